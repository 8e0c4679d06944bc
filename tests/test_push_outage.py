"""When push services refuse our own signature: everything stops, everything is kept, and it all goes on afterwards."""

import time
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select, update

from exposure.db import connection
from exposure.heartbeats import last
from exposure.subscriptions import Subscription
from tests.conftest import enter
from tests.dispatching import Post
from tests.push_service import PushService

PEOPLE = 24


@pytest.fixture(params=["sqlite"])
def engine_name(request):
    return request.param


@pytest.fixture
def post(app, clock, monkeypatch):
    # Hours pass in seconds, for the patience of the clock as well.
    passing = SimpleNamespace(**{**vars(time), "monotonic": lambda: clock().timestamp()})
    monkeypatch.setattr("exposure.dispatch.time", passing)
    service = PushService()
    made = Post(app, service, clock)
    yield made
    made.dispatch.close()
    service.close()


@pytest.fixture
def actors(app):
    return [enter(app) for _ in range(PEOPLE)]


def listening(post):
    with post.app.app_context():
        rows = connection().execute(select(Subscription.__table__))
        return sum(row.stopped is None for row in rows)


def held_against(post):
    with post.app.app_context():
        return sum(row.refusals for row in connection().execute(select(Subscription.__table__)))


def minute(post, clock):
    clock.pass_by(minutes=1)
    return post.tick()


def took_before(post, clock):
    with post.write() as bound:
        bound.execute(update(Subscription).values(delivered=clock() - timedelta(days=1)))


def outage(post, actors, clock, minutes, **fields):
    for actor in actors:
        post.device(actor)
        post.remind(actor, **fields)
    took_before(post, clock)
    post.dispatch.close()
    post.dispatch = post.hands(threads=1, batch=2)  # the first answers are written down before it is clear whose fault
    post.service.usual = lambda _path: (403, "")
    return [minute(post, clock) for _ in range(minutes)]


def test_hours_of_refusal_cost_nobody_a_device_and_nobody_a_reminder(post, actors, clock, caplog):
    counts = outage(post, actors, clock, 180, window=1440)
    assert "refuse our signature" in caplog.text
    assert (listening(post), held_against(post)) == (PEOPLE, 0)
    assert set(post.states()) == {"open"}
    assert {name for told in counts for name in told} <= {"due", "outage", "held"}
    asked = len(post.service.seen)
    assert asked <= 180 * 10  # a few questions a minute, not one for each device
    post.service.usual = lambda _path: (201, "")
    for _ in range(75):  # whoever was asked last may have been told to wait for an hour
        minute(post, clock)
    assert post.states() == ["sent"] * PEOPLE
    assert len({seen.path for seen in post.service.seen[asked:]}) == PEOPLE
    assert len(post.service.seen) == asked + PEOPLE


def test_what_an_outage_outlasts_waits_in_the_app_and_comes_no_more(post, actors, clock):
    outage(post, actors, clock, 45, window=30)
    post.service.usual = lambda _path: (201, "")
    for _ in range(60):
        minute(post, clock)
    assert set(post.states()) == {"late"}
    assert listening(post) == PEOPLE
    assert {seen.status for seen in post.service.seen} == {403}


def test_the_house_says_so_while_it_lasts(post, actors, clock):
    outage(post, actors, clock, 1, window=60)
    clock.pass_by(seconds=20)
    post.tick()
    with post.app.app_context():
        assert last(connection()) == (clock(), "outage")


def test_one_service_that_refuses_while_the_others_deliver_stops_only_its_own_devices(post, actors, clock):
    refused = {post.device(actors[0]).endpoint.rsplit("/", 1)[1]}
    post.service.usual = lambda path: (403 if path.rsplit("/", 1)[1] in refused else 201, "")
    for actor in actors[1:]:
        post.device(actor)
    for actor in actors:
        post.remind(actor, window=600)
    for _ in range(90):
        minute(post, clock)
    assert listening(post) == PEOPLE - 1
    assert sorted(set(post.states())) == ["refused", "sent"]
    assert post.states().count("sent") == PEOPLE - 1


def test_in_a_house_of_two_whoever_rests_begins_anew_by_coming(post, app, clock):
    """Too few answers to be sure whose fault it is: they may rest, are not deleted, and come again."""
    actors = [enter(app), enter(app)]
    outage(post, actors, clock, 30, window=60)
    post.service.usual = lambda _path: (201, "")
    for actor, device in zip(actors, post.service.devices.values(), strict=True):
        post.subscribe(actor, device.keys)
    clock.pass_by(hours=23, minutes=30)
    for _ in range(5):
        minute(post, clock)
    assert post.states().count("sent") == 2
    assert listening(post) == 2


def test_devices_that_never_took_anything_stop_themselves_and_nobody_else(post, actors, clock):
    """Subscribed under another key, say: they refuse whatever comes from here, and whoever owns them has many."""
    paths = set()
    for eve in actors[:5]:
        for _ in range(4):
            paths.add(post.device(eve).endpoint.rsplit("/", 1)[1])
        post.remind(eve, window=1440)
    for actor in actors[5:]:
        post.device(actor)
        post.remind(actor, window=30)
    post.service.usual = lambda path: (403 if path.rsplit("/", 1)[1] in paths else 201, "")
    minute(post, clock)
    assert not post.dispatch.signature.is_out(clock().timestamp())
    assert post.states().count("sent") == PEOPLE - 5
    for _ in range(15):
        minute(post, clock)
        assert not post.dispatch.signature.is_out(clock().timestamp())
    assert listening(post) == PEOPLE - 5


def test_they_rest_while_our_signature_is_in_doubt_as_well(post, actors, clock):
    outage(post, actors[:-1], clock, 2, window=1440)
    post.device(actors[-1])
    post.remind(actors[-1], window=1440)
    for _ in range(30):
        minute(post, clock)
    assert listening(post) == PEOPLE - 1
