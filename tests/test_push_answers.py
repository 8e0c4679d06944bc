"""Every answer a push service can give ends in the right state: the table, row by row, from due to settled."""

from datetime import timedelta
from email.utils import format_datetime

import pytest
from sqlalchemy import select

from exposure.db import connection
from exposure.subscriptions import Subscription
from exposure.wire import tls
from tests.conftest import enter
from tests.dispatching import post_office  # noqa: F401 - a fixture
from tests.push_service import CLOSE_AFTER, DRIP, ENDLESS, HANG, RESET_AFTER, RESET_BEFORE

WINDOW = 60  # minutes


@pytest.fixture(params=["sqlite"])
def engine_name(request):
    """One database: what becomes of an answer is decided before it is written down (see test_dispatch for both)."""
    return request.param


def devices(post):
    """Of each device that is still known: how often it was refused, and whether it rests."""
    with post.app.app_context():
        return [(row.refusals, row.stopped is not None) for row in connection().execute(select(Subscription.__table__))]


def due_once(post, actor, clock):
    device = post.device(actor)
    post.remind(actor, window=WINDOW)
    clock.pass_by(minutes=1)
    return device


def until_settled(post, clock, most=200):
    """Tick at every moment at which something may happen, each time with the hands of another clock."""
    begun = clock()
    for _ in range(most):
        waiting = [row for row in post.deliveries() if row.state == "open"]
        if not waiting and post.deliveries():
            return
        clock.at = max(clock(), min((row.due for row in waiting), default=clock()))
        assert clock() <= begun + timedelta(minutes=WINDOW + 60), "never settled"
        post.dispatch.close()
        post.dispatch = post.hands()
        post.tick()
    raise AssertionError("never settled")


ANSWERS = [
    # the answer, what becomes of it, how often it is sent, what is left of the device
    (201, "sent", 1, [(0, False)]),
    (200, "sent", 1, [(0, False)]),
    (202, "sent", 1, [(0, False)]),
    (CLOSE_AFTER, "sent", 1, [(0, False)]),
    (ENDLESS, "sent", 1, [(0, False)]),
    (404, "gone", 1, []),
    (410, "gone", 1, []),
    (400, "refused", 1, [(1, False)]),
    (413, "refused", 1, [(0, False)]),
    (301, "refused", 1, [(0, False)]),
    (302, "refused", 1, [(0, False)]),
    (303, "refused", 1, [(0, False)]),
    (307, "refused", 1, [(0, False)]),
    (308, "refused", 1, [(0, False)]),
    (405, "refused", 1, [(0, False)]),
    (401, "sent", 2, [(1, False)]),
    (403, "sent", 2, [(1, False)]),
    (429, "sent", 2, [(0, False)]),
    (500, "sent", 2, [(0, False)]),
    (502, "sent", 2, [(0, False)]),
    (503, "sent", 2, [(0, False)]),
    (504, "sent", 2, [(0, False)]),
    (599, "sent", 2, [(0, False)]),
    (RESET_BEFORE, "sent", 2, [(0, False)]),
    (RESET_AFTER, "sent", 2, [(0, False)]),
    (HANG, "sent", 2, [(0, False)]),
    (DRIP, "sent", 2, [(0, False)]),
]


@pytest.mark.parametrize(("answer", "state", "sent", "left"), ANSWERS)
def test_an_answer_ends_in_its_state(post, ada, clock, answer, state, sent, left):
    device = due_once(post, ada, clock)
    post.service.answer(device, answer)
    if answer in (HANG, DRIP):
        post.seconds = 0.5  # the whole time such a one is given; the next answers at once, on a busy machine too
        post.dispatch = post.hands()
    post.tick()
    post.seconds = 5
    until_settled(post, clock)
    assert post.states() == [state]
    assert len(post.service.seen) == sent
    assert devices(post) == left
    clock.pass_by(minutes=WINDOW)
    assert post.tick() == {}


LASTING = [500, 503, 429, 401, RESET_BEFORE, HANG]


@pytest.mark.parametrize("answer", LASTING)
def test_trouble_that_lasts_ends_with_the_window_and_waits_in_the_app(post, ada, clock, answer):
    device = due_once(post, ada, clock)
    begun = clock()
    post.service.answer(device, *[answer] * 100)
    post.seconds = 0.3 if answer == HANG else 5
    post.dispatch = post.hands()
    until_settled(post, clock)
    assert post.states() == ["late" if answer != 401 else "refused"]
    assert 3 <= len(post.service.seen) <= 14  # with ever longer waits, not as fast as it can
    lives = [int(seen.headers["ttl"]) for seen in post.service.seen]
    assert lives == sorted(lives, reverse=True)
    assert lives[0] <= WINDOW * 60
    assert clock() <= begun + timedelta(minutes=WINDOW)
    assert devices(post) == [(3, True) if answer == 401 else (0, False)]


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("7", 7), ("600", 600), ("3600", 3600), ("86400", 3600), ("0", 1), ("date", 180), ("past", 1)],
)
@pytest.mark.parametrize("status", [429, 503])
def test_a_service_that_names_the_time_is_obeyed_up_to_an_hour(post, ada, clock, status, said, seconds):
    device = post.device(ada)
    post.remind(ada, window=300)
    clock.pass_by(minutes=1)
    when = {"date": timedelta(minutes=3), "past": timedelta(days=-3)}.get(said)
    spoken = said if when is None else format_datetime(clock() + when, usegmt=True)
    post.service.answer(device, status, retry_after=spoken)
    post.tick()
    (only,) = post.deliveries()
    assert only.due == clock() + timedelta(seconds=seconds)


@pytest.mark.parametrize(("answer", "first"), [(429, 30), (500, 5), (RESET_BEFORE, 5)])
def test_waits_double_and_are_not_all_alike(post, app, clock, answer, first):
    for _ in range(8):
        actor = enter(app)
        post.service.answer(post.device(actor), answer, answer, answer)
        post.remind(actor, window=WINDOW)
    clock.pass_by(minutes=1)
    for tries in range(3):
        post.dispatch = post.hands()
        post.tick()
        waits = [(row.due - clock()).total_seconds() for row in post.deliveries()]
        assert all(first * 2**tries * 0.5 <= wait <= first * 2**tries for wait in waits)
        assert len(set(waits)) > 1
        clock.pass_by(seconds=first * 2**tries)


@pytest.mark.parametrize("answer", [400, 401, 403])
def test_a_device_refused_three_times_in_a_day_rests_and_is_asked_no_more(post, ada, clock, answer):
    post.service.usual = lambda _path: (answer, "")
    post.device(ada)
    post.allow(ada)
    for minutes in (1, 20, 40, 60):
        post.remind(ada, window=WINDOW, time=(clock() + timedelta(hours=9, minutes=minutes)).strftime("%H:%M"))
    rests = []
    for _ in range(60):
        clock.pass_by(minutes=2)
        post.dispatch = post.hands()
        post.tick()
        rests.append((len(post.service.seen), *devices(post)[0]))
    assert rests[-1] == (3, 3, True)
    assert "open" not in post.states()


def test_a_message_that_is_too_large_is_our_own_fault_and_said_aloud(post, ada, clock, caplog):
    device = due_once(post, ada, clock)
    post.service.answer(device, 413)
    post.tick()
    assert [record.levelname for record in caplog.records if "413" in record.getMessage()] == ["ERROR"]
    assert device.endpoint not in caplog.text


def test_a_certificate_of_another_is_trouble_on_the_way(post, ada, clock):
    due_once(post, ada, clock)
    bent = {"secure": tls()}  # the authorities of the machine, which do not know the service of the tests
    plain, post.service.wire = post.service.wire, lambda **how: plain(**how, **bent)
    post.dispatch = post.hands()
    assert post.tick() == {"due": 1, "later": 1}
    post.service.wire = plain
    until_settled(post, clock)
    assert post.states() == ["sent"]
