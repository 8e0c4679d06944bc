"""Dispatch: from due to shown, with a push service that answers whatever one can answer."""

import os
import time

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import select, update

from exposure import wire
from exposure.db import connection
from exposure.subscriptions import Keys, Subscription
from tests.conftest import enter
from tests.dispatching import post_office  # noqa: F401 - a fixture
from tests.hostile import INNER_ADDRESSES, UNNAMEABLE
from tests.push_service import HANG, HOST, RESET_AFTER, RESET_BEFORE, Device, PushService


def subscriptions_left(post):
    with post.app.app_context():
        return [(row.refusals, row.stopped is not None) for row in connection().execute(select(Subscription.__table__))]


def test_a_reminder_reaches_every_device_of_its_person_and_nobody_elses(post, ada, una, clock):
    phone, tablet, other = post.device(ada), post.device(ada), post.device(una)
    reminder = post.remind(ada, window=30)
    assert post.tick() == {}
    clock.pass_by(minutes=1, seconds=10)
    assert post.tick() == {"due": 1, "delivered": 2}
    assert post.tick() == {}
    assert {f"https://{HOST}{seen.path}" for seen in post.service.seen} == {phone.endpoint, tablet.endpoint}
    assert other.endpoint not in str(post.service.seen)
    shown = post.service.seen[0].opened
    assert shown["navigate"] == f"https://ippo.example/app#/reminder/{reminder}/open"
    assert shown["lang"] == "ja"
    assert post.states() == ["sent", "sent"]


def test_a_push_lives_no_longer_than_its_window(post, ada, clock):
    post.device(ada)
    post.remind(ada, window=30)
    clock.pass_by(minutes=1, seconds=30)
    post.tick()
    assert post.service.seen[0].headers["ttl"] == str(30 * 60 - 30)


def test_what_lay_in_our_hands_until_its_window_closed_is_not_sent_any_more(post, app, clock):
    for _ in range(3):
        actor = enter(app)
        post.device(actor)
        post.remind(actor, window=5)
    clock.pass_by(minutes=1)
    post.dispatch = post.hands(threads=1)
    post.service.usual = lambda _path: (clock.pass_by(minutes=5) and 201, "")
    assert post.tick() == {"due": 3, "delivered": 1, "held": 2}
    clock.pass_by(seconds=2)
    assert post.tick() == {"late": 2}
    assert len(post.service.seen) == 1


def test_a_repeat_folds_into_the_first_and_two_reminders_do_not_fold_together(post, ada, clock):
    device = post.device(ada)
    post.allow(ada)
    post.remind(ada)
    post.remind(ada)
    post.service.answer(device, RESET_AFTER, RESET_AFTER)
    clock.pass_by(minutes=1)
    post.tick()
    clock.pass_by(seconds=40)
    post.tick()
    topics = [seen.headers["topic"] for seen in post.service.seen]
    assert len(topics) == 4
    assert len(set(topics)) == 2


def test_the_persons_own_words_are_shown_only_when_they_chose_so(post, ada, clock):
    post.device(ada)
    post.allow(ada)
    post.remind(ada, words="窓をあけてみる", neutral=True)
    post.remind(ada, words="郵便受けまで", neutral=False)
    clock.pass_by(minutes=1)
    post.tick()
    bodies = sorted(seen.opened["body"] for seen in post.service.seen)
    assert len(bodies) == 2
    assert "郵便受けまで" in bodies
    assert "窓" not in "".join(bodies)
    assert len({len(seen.body) for seen in post.service.seen}) == 1


# ---- what a push service answers


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_forgotten(post, ada, clock, status):
    device = post.device(ada)
    post.remind(ada)
    post.service.answer(device, status)
    clock.pass_by(minutes=1)
    assert post.tick() == {"due": 1, "gone": 1}
    assert (post.states(), subscriptions_left(post)) == (["gone"], [])


@pytest.mark.parametrize("status", [500, 502, 503, 429, RESET_BEFORE, RESET_AFTER])
def test_trouble_on_the_way_is_tried_again_within_the_window(post, ada, clock, status):
    device = post.device(ada)
    post.remind(ada)
    post.service.answer(device, status)
    clock.pass_by(minutes=1)
    assert post.tick() == {"due": 1, "later": 1}
    clock.pass_by(seconds=31)
    assert post.tick() == {"delivered": 1}
    assert post.states() == ["sent"]


def test_a_wish_to_wait_is_kept(post, ada, clock):
    device = post.device(ada)
    post.remind(ada)
    post.service.answer(device, 429, retry_after="600")
    clock.pass_by(minutes=1)
    post.tick()
    post.dispatch = post.hands()  # another clock, which has not heard of it
    clock.pass_by(seconds=599)
    assert post.tick() == {}
    clock.pass_by(seconds=1)
    assert post.tick() == {"delivered": 1}


@pytest.mark.parametrize("status", [400, 413, 301])
def test_what_cannot_be_mended_is_not_tried_again(post, ada, clock, status):
    device = post.device(ada)
    post.remind(ada)
    post.service.answer(device, status)
    clock.pass_by(minutes=1)
    assert post.tick() == {"due": 1, "refused": 1}
    clock.pass_by(minutes=30)
    assert post.tick() == {}
    assert subscriptions_left(post) == [(1 if status == 400 else 0, False)]


def test_one_device_that_is_refused_three_times_rests_and_is_not_deleted(post, ada, clock):
    device = post.device(ada)
    post.remind(ada)
    post.service.answer(device, 403, 403, 403)
    clock.pass_by(minutes=1)
    for _ in range(3):
        post.tick()
        clock.pass_by(minutes=5)
    assert subscriptions_left(post) == [(3, True)]


def test_when_everyone_is_refused_nothing_is_sent_and_nothing_is_thrown_away(post, app, clock, caplog):
    post.service.usual = lambda _path: (403, "")
    for _ in range(30):
        actor = enter(app)
        post.device(actor)
        post.remind(actor)
    with post.write() as bound:  # they took something before
        bound.execute(update(Subscription).values(delivered=clock()))
    clock.pass_by(minutes=1)
    post.dispatch = post.hands(batch=10, threads=2)
    post.tick()
    assert "refuse our signature" in caplog.text
    assert len(post.service.seen) < 30
    assert [stopped for _, stopped in subscriptions_left(post)] == [False] * 30
    assert set(post.states()) == {"open"}
    post.service.usual = lambda _path: (201, "")
    post.dispatch = post.hands()  # the keys were mended and the clock started again
    for _ in range(3):
        clock.pass_by(minutes=5)
        post.tick()
    assert post.states() == ["sent"] * 30


def test_a_service_that_hangs_holds_nobody_else_up(post, app, clock):
    post.seconds = 2.5
    slow, fast = PushService("fcm.googleapis.com"), post.service
    slow.usual = lambda _path: (HANG, "")
    ports = {"fcm.googleapis.com": (slow.port, "34.1.1.1"), HOST: (fast.port, "34.2.2.2")}
    post.dispatch = post.hands(threads=4)
    post.dispatch.push.wire = both(ports, slow, fast, seconds=2.5)
    for number in range(40):
        actor = enter(app)
        device = (slow if number % 4 else fast).device()
        post.subscribe(actor, device.keys)
        post.remind(actor)
    clock.pass_by(minutes=1)
    begun = time.monotonic()
    counts = post.tick()
    assert counts["delivered"] == 10
    assert time.monotonic() - begun < 15
    assert counts["later"] <= 8  # a few found out; the others did not wait for it
    assert max(seen.at for seen in fast.seen) - begun < 8
    slow.close()


def both(ports, slow, fast, seconds):
    """A wire to two push services, each under its own name and certificate."""
    addresses = {address: port for port, address in ports.values()}
    secure = {slow.host: wire.tls(slow.certificate), fast.host: wire.tls(fast.certificate)}
    return wire.Wire(
        look_up=lambda host, _port: [ports[host][1]],
        connect=lambda address, _port, limit: wire.connect("127.0.0.1", addresses[address], limit),
        secure=lambda plain, host: secure[host](plain, host),
        seconds=seconds,
    )


# ---- strangers' endpoints, put straight into the database


def test_names_that_lead_inside_are_not_connected_to_either(post, ada, clock):
    connected, addresses = [], iter(INNER_ADDRESSES * 2)
    object.__setattr__(post.dispatch.push.wire, "look_up", lambda *_: [next(addresses)])
    object.__setattr__(post.dispatch.push.wire, "connect", lambda *where: connected.append(where))
    for _ in range(10):
        post.device(ada)
    post.remind(ada)
    clock.pass_by(minutes=1)
    assert post.tick() == {"due": 1, "refused": 10}
    assert connected == []


@pytest.mark.parametrize("url", UNNAMEABLE, ids=lambda url: f"{url[8:30]}-{len(url)}")
def test_a_stranger_with_an_impossible_name_holds_up_nobody(post, ada, una, clock, url):
    real, bent = wire.look_up, post.dispatch.push.wire.look_up
    object.__setattr__(
        post.dispatch.push.wire, "look_up", lambda host, port: (bent if host == HOST else real)(host, port)
    )
    post.subscribe(una, Device(url, ec.generate_private_key(ec.SECP256R1()), os.urandom(16)).keys)
    post.device(ada)
    for actor in (una, ada):
        post.remind(actor)
    clock.pass_by(minutes=1)
    assert post.tick()["delivered"] == 1


def test_a_fault_nobody_foresaw_holds_up_nobody_and_says_nothing_of_them(post, ada, una, clock, caplog):
    first, _ = post.device(una), post.device(ada)
    for actor in (una, ada):
        post.remind(actor)
    plain = post.dispatch.push.send

    def stumble(keys, *rest):
        if keys == first.keys:
            raise RuntimeError(keys.endpoint)
        return plain(keys, *rest)

    post.dispatch.push.send = stumble
    clock.pass_by(minutes=1)
    assert post.tick() == {"due": 2, "refused": 1, "delivered": 1}
    assert "unforeseen RuntimeError" in caplog.text
    assert first.endpoint not in caplog.text


def test_one_bad_row_does_not_stop_the_batch(post, ada, clock):
    post.device(ada)
    post.subscribe(ada, Keys(f"https://{HOST}/wpush/v2/odd", "é", ""))
    post.remind(ada)
    clock.pass_by(minutes=1)
    assert post.tick() == {"due": 1, "refused": 1, "delivered": 1}
