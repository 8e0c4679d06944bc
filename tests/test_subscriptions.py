"""Subscriptions: keys are checked, sealed, found again, taken over by who holds the browser, and forgotten."""

import os
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import select

from exposure import subscriptions
from exposure.config import PUSH_HOSTS
from exposure.db import connection
from exposure.errors import Conflict
from exposure.logins import Login
from exposure.subscriptions import BadSubscription, Gone, Subscription, read_keys
from tests.dispatching import Post
from tests.hostile import endpoints
from tests.push_service import HOST, Device, PushService, letters


@pytest.fixture(scope="module")
def service():
    made = PushService()
    yield made
    made.close()


@pytest.fixture
def post(app, clock, service):
    return Post(app, service, clock)


def browser(url=f"https://{HOST}/wpush/v2/x"):
    return Device(url, ec.generate_private_key(ec.SECP256R1()), os.urandom(16))


def all_of(post):
    with post.app.app_context():
        return list(connection().execute(select(Subscription.__table__).order_by(Subscription.seen)))


def test_what_a_browser_gives_is_kept_as_the_browser_wrote_it():
    device = browser("https://fcm.googleapis.com/fcm/send/A:b-c_D")
    assert read_keys({**device.json, "expirationTime": None}, PUSH_HOSTS) == device.keys


def test_padding_of_old_browsers_is_taken_off():
    device = browser()
    padded = {"p256dh": letters(device.point) + "=", "auth": letters(device.auth) + "=="}
    assert read_keys({"endpoint": device.endpoint, "keys": padded}, PUSH_HOSTS) == device.keys


GOOD = browser()
COMPRESSED = bytes([2 + GOOD.point[64] % 2]) + GOOD.point[1:33]


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [
        (letters(GOOD.point), ""),
        (letters(GOOD.point), letters(b"s" * 15)),
        (letters(GOOD.point), letters(b"s" * 17)),
        (letters(GOOD.point), "A" * 21 + "!"),
        (letters(GOOD.point), "A" * 21 + "B"),  # not the letters that sixteen bytes are written with
        (letters(GOOD.point), " " + "A" * 22),
        (letters(GOOD.point), None),
        (letters(GOOD.point), ["A"]),
        (letters(COMPRESSED), letters(GOOD.auth)),
        (letters(GOOD.point[:64]), letters(GOOD.auth)),
        (letters(GOOD.point + b"\0"), letters(GOOD.auth)),
        (letters(b"\x04" + b"\xff" * 64), letters(GOOD.auth)),
        (letters(b"\x04" + b"\0" * 64), letters(GOOD.auth)),
        (letters(GOOD.point).replace("B", "+", 1), letters(GOOD.auth)),
        ("é" * 87, letters(GOOD.auth)),
        ("A" * 1_000_000, letters(GOOD.auth)),
        (7, letters(GOOD.auth)),
    ],
    ids=map(str, range(17)),  # the keys are new each time, and two workers have to name the tests alike
)
def test_keys_that_no_device_could_open_with_are_refused(p256dh, auth):
    with pytest.raises(BadSubscription):
        read_keys({"endpoint": GOOD.endpoint, "keys": {"p256dh": p256dh, "auth": auth}}, PUSH_HOSTS)


@pytest.mark.parametrize("raw", [None, [], {}, {"endpoint": 5, "keys": {}}, {"endpoint": GOOD.endpoint, "keys": []}])
def test_what_is_no_subscription_is_refused(raw):
    with pytest.raises(BadSubscription):
        read_keys(raw, PUSH_HOSTS)


@pytest.mark.parametrize("url", endpoints(8443))
def test_a_hostile_endpoint_is_refused_when_subscribing(url):
    with pytest.raises(BadSubscription):
        read_keys({**GOOD.json, "endpoint": url}, PUSH_HOSTS)


def test_the_same_device_told_again_is_one_subscription_with_the_newest_keys(post, ada):
    first = browser()
    renewed = Device(first.endpoint, ec.generate_private_key(ec.SECP256R1()), os.urandom(16))
    assert post.subscribe(ada, first.keys) == post.subscribe(ada, renewed.keys)
    (row,) = all_of(post)
    with post.write() as bound:
        assert subscriptions.unseal(post.key(bound, ada), row.id, row.sealed) == renewed.keys


def test_nothing_of_a_device_can_be_read_from_the_table(post, ada):
    device = browser("https://fcm.googleapis.com/fcm/send/CANARY")
    post.subscribe(ada, device.keys)
    (row,) = all_of(post)
    stored = repr(tuple(row))
    secrets = ("CANARY", "googleapis", letters(device.auth), letters(device.point))
    assert [part for part in secrets if part in stored] == []


def test_who_holds_the_browser_takes_it_over_and_the_one_before_is_not_nudged_there(post, ada, una):
    device = browser()
    post.subscribe(ada, device.keys)
    post.subscribe(una, device.keys)
    (row,) = all_of(post)
    assert row.person_id == una.person


def test_who_only_knows_the_address_changes_nothing(post, ada, una):
    device = browser()
    post.subscribe(ada, device.keys)
    stranger = Device(device.endpoint, ec.generate_private_key(ec.SECP256R1()), os.urandom(16))
    with pytest.raises(Conflict):
        post.subscribe(una, stranger.keys)
    with post.write() as bound:
        subscriptions.forget(bound, post.app.extensions["ippo"].vault, una.person, device.endpoint)
    (row,) = all_of(post)
    assert row.person_id == ada.person


def test_the_eleventh_device_makes_the_one_not_seen_longest_leave(post, ada, clock):
    devices = [browser(f"https://{HOST}/wpush/v2/{number}") for number in range(11)]
    first = post.subscribe(ada, devices[0].keys)
    for device in devices[1:]:
        clock.pass_by(minutes=1)
        post.subscribe(ada, device.keys)
    rows = all_of(post)
    assert len(rows) == 10
    assert first not in [row.id for row in rows]


def test_a_device_signed_out_is_a_device_no_longer_nudged(post, ada):
    post.subscribe(ada, browser().keys)
    with post.write() as bound:
        bound.execute(Login.__table__.delete().where(Login.person_id == ada.person))
    assert all_of(post) == []


def test_an_endpoint_that_is_gone_is_not_taken_back_so_that_the_browser_asks_for_another(post, ada):
    device = browser()
    its_id = post.subscribe(ada, device.keys)
    with post.write() as bound:
        subscriptions.forget_gone(bound, [its_id], post.clock())
    assert all_of(post) == []
    with pytest.raises(Gone):
        post.subscribe(ada, device.keys)
    post.subscribe(ada, browser(f"https://{HOST}/wpush/v2/another").keys)
    assert len(all_of(post)) == 1


def test_three_refusals_within_a_day_let_a_device_rest_until_it_comes_again(post, ada, clock):
    device = browser()
    its_id = post.subscribe(ada, device.keys)
    for _ in range(3):
        assert all_of(post)[0].stopped is None
        with post.write() as bound:
            subscriptions.note_refusals(bound, [its_id], clock())
        clock.pass_by(hours=1)
    assert all_of(post)[0].stopped is not None
    post.subscribe(ada, device.keys)
    assert (all_of(post)[0].stopped, all_of(post)[0].refusals) == (None, 0)


def test_refusals_on_different_days_are_not_added_up(post, ada, clock):
    its_id = post.subscribe(ada, browser().keys)
    for _ in range(5):
        with post.write() as bound:
            subscriptions.note_refusals(bound, [its_id], clock())
        clock.at += timedelta(hours=25)
    row = all_of(post)[0]
    assert (row.refusals, row.stopped) == (1, None)
