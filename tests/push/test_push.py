"""Push: proved at the wire, against a push service of our own that opens what it is sent."""

import time
from datetime import timedelta
from email.utils import format_datetime

import pytest
import webpush
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure import wire
from exposure.config import PUSH_HOSTS, Settings
from exposure.endpoints import endpoint
from exposure.keys import VapidKeys, vapid_keys
from exposure.push import MOST_SIGNED, Message, Push, became
from exposure.subscriptions import Keys
from tests.push_service import (
    CLOSE_AFTER,
    DRIP,
    ENDLESS,
    HANG,
    HOST,
    RESET_AFTER,
    RESET_BEFORE,
    Device,
    letters,
    unletters,
)
from tests.pushing import CONTACT, HELLO, NOW


def test_a_message_arrives_and_opens_with_the_devices_own_key(push, service):
    device = service.device()
    assert push.send(device.keys, HELLO, NOW).became == "delivered"
    (seen,) = service.seen
    assert seen.opened == {"title": "hello"}
    assert seen.claims["sub"] == f"mailto:{CONTACT}"
    assert {name: seen.headers[name] for name in ("ttl", "urgency", "topic", "content-encoding", "host")} == {
        "ttl": "600",
        "urgency": "high",
        "topic": "a" * 32,
        "content-encoding": "aes128gcm",
        "host": HOST,
    }


def test_the_library_gives_the_bytes_of_rfc_8291_appendix_a(vapid, monkeypatch):
    private = ec.derive_private_key(
        int.from_bytes(unletters("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big"), ec.SECP256R1()
    )
    monkeypatch.setattr(webpush.ec, "generate_private_key", lambda *_: private)
    monkeypatch.setattr(webpush.os, "urandom", lambda _: unletters("DGv6ra1nlYgDCS1FRnbzlw"))
    keys = Keys(
        f"https://{HOST}/x",
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "BTBZMqHH6r4Tts7J_aSIgg",
    )
    push = Push(vapid, CONTACT, PUSH_HOSTS)
    _, body = push.seal(
        endpoint(keys.endpoint, PUSH_HOSTS), keys, Message(b"When I grow up, I want to be a watermelon", 0)
    )
    assert letters(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3"
        "jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=2000))
def test_whatever_is_sealed_opens_again(sealer, payload):
    device = Device(f"https://{HOST}/x", ec.generate_private_key(ec.SECP256R1()), b"s" * 16)
    _, body = sealer.seal(endpoint(device.endpoint, PUSH_HOSTS), device.keys, Message(payload, 60))
    assert device.open(body) == payload


def test_one_connection_carries_many_messages(push, service):
    devices = [service.device() for _ in range(20)]
    assert [push.send(device.keys, HELLO, NOW).became for device in devices] == ["delivered"] * 20
    assert service.connections == 1


def test_a_connection_that_was_closed_while_idle_is_opened_again(push, service):
    device = service.device()
    service.answer(device, CLOSE_AFTER)
    assert [push.send(device.keys, HELLO, NOW).became for _ in range(2)] == ["delivered", "delivered"]
    assert service.connections == 2


def test_one_signature_serves_an_origin_for_half_its_life(vapid, service):
    clock = [time.time()]
    push = Push(vapid, CONTACT, PUSH_HOSTS, service.wire(), clock=lambda: clock[0])
    device = service.device()
    told = []
    for hours in (0, 5, 2):
        clock[0] += hours * 3600
        push.send(device.keys, HELLO, NOW)
        told.append(service.seen[-1].headers["authorization"])
    assert told[0] == told[1]
    assert told[1] != told[2]


def test_signatures_of_many_origins_are_not_kept_for_ever(vapid, service):
    push, device = Push(vapid, CONTACT, PUSH_HOSTS), service.device()
    signatures = []
    for number in [0, 0, *range(MOST_SIGNED), 0]:
        to = endpoint(f"https://n{number}.push.apple.com/x", PUSH_HOSTS)
        signatures.append(push.seal(to, device.keys, HELLO)[0]["Authorization"])
    assert signatures[0] == signatures[1] == signatures[2]
    assert len(set(signatures[2:-1])) == MOST_SIGNED
    assert signatures[-1] == signatures[0]
    push.seal(endpoint("https://more.push.apple.com/x", PUSH_HOSTS), device.keys, HELLO)
    to = endpoint("https://n0.push.apple.com/x", PUSH_HOSTS)
    assert push.seal(to, device.keys, HELLO)[0]["Authorization"] != signatures[0]


def test_a_pair_of_keys_that_do_not_belong_together_is_refused_at_the_start(vapid, tmp_path):
    other = vapid_keys(Settings(data=tmp_path))
    for mixed in (
        VapidKeys(other.private_pem, vapid.public_pem, vapid.application_key),
        VapidKeys(vapid.private_pem, vapid.public_pem, other.application_key),
    ):
        with pytest.raises(ValueError, match="VAPID"):
            Push(mixed, CONTACT, PUSH_HOSTS)


# ---- what a push service may answer


@pytest.mark.parametrize(
    ("status", "ends_as"),
    [
        (201, "delivered"),
        (200, "delivered"),
        (202, "delivered"),
        (404, "gone"),
        (410, "gone"),
        (400, "refused"),
        (413, "refused"),
        (301, "refused"),
        (307, "refused"),
        (401, "outage"),
        (403, "outage"),
        (429, "later"),
        (500, "later"),
        (502, "later"),
        (503, "later"),
    ],
)
def test_every_answer_ends_in_its_own_outcome(push, service, status, ends_as):
    device = service.device()
    service.answer(device, status)
    outcome = push.send(device.keys, HELLO, NOW)
    assert (outcome.became, outcome.why) == (ends_as, str(status))
    assert (outcome.retry_at is not None) == (ends_as in ("later", "outage"))
    assert len(service.seen) == 1  # no redirect is followed, nothing is tried again at once


@pytest.mark.parametrize("how", [RESET_BEFORE, RESET_AFTER, ENDLESS])
def test_a_broken_exchange_is_no_disaster_and_the_next_one_works(push, service, how):
    device = service.device()
    service.answer(device, how)
    outcome = push.send(device.keys, HELLO, NOW)
    assert outcome.became == ("delivered" if how == ENDLESS else "later")  # ten megabytes of "yes" are not read
    assert push.send(device.keys, HELLO, NOW).became == "delivered"


@pytest.mark.parametrize("how", [HANG, DRIP])
def test_a_service_that_hangs_or_drips_is_left_when_its_whole_time_is_over(vapid, service, how):
    push = Push(vapid, CONTACT, PUSH_HOSTS, service.wire(seconds=0.6))
    device = service.device()
    service.answer(device, how)
    begun = time.monotonic()
    outcome = push.send(device.keys, HELLO, NOW)
    assert (outcome.became, outcome.why) == ("later", "TimeoutError")
    assert time.monotonic() - begun < 2


def test_a_certificate_for_another_name_is_not_spoken_to(vapid, service):
    push = Push(vapid, CONTACT, PUSH_HOSTS, service.wire(secure=wire.tls()))
    assert push.send(service.device().keys, HELLO, NOW).became == "later"
    assert service.seen == []


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("7", timedelta(seconds=7)),
        (format_datetime(NOW + timedelta(minutes=3), usegmt=True), timedelta(minutes=3)),
        ("86400", timedelta(hours=1)),
        ("0", timedelta(seconds=1)),
        (format_datetime(NOW - timedelta(days=3), usegmt=True), timedelta(seconds=1)),
    ],
)
def test_a_wish_to_be_left_alone_is_kept_for_up_to_an_hour(said, wait):
    assert became(429, said, NOW, 1).retry_at == NOW + wait


ENDLESS_YEAR = "Mon, 01 Jan 99999999999999999999999 00:00:00 GMT"
ENDLESS_ZONE = "Mon, 01 Jan 2020 00:00:00 +99999999999999999"


@pytest.mark.parametrize("said", ["", "soon", "-5", "99999999999999999999", "1e3", "٣", ENDLESS_YEAR, ENDLESS_ZONE])
def test_a_wish_nobody_can_read_is_answered_with_our_own_patience(said):
    waits = [(became(429, said, NOW, tries).retry_at - NOW).total_seconds() for tries in (1, 2, 3, 50)]
    assert 15 <= waits[0] <= 30 < waits[1] <= 60 < waits[2] <= 120
    assert 1800 <= waits[3] <= 3600


@pytest.mark.parametrize(
    "keys",
    [
        ("", ""),
        ("!" * 87, "A" * 22),
        ("B" + "A" * 86, "A" * 22),
        ("é" * 87, "A" * 22),
        ("A" * 87, "A" * 22),
        (letters(b"\x04" + b"\xff" * 64), "A" * 22),
    ],
)
def test_keys_put_straight_into_the_database_end_as_an_outcome(push, service, keys):
    outcome = push.send(Keys(f"https://{HOST}/x", *keys), HELLO, NOW)
    assert outcome.became == "refused"
    assert service.seen == []
