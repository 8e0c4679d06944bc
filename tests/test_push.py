"""Push: proved at the wire, against a push service of our own that opens what it is sent."""

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import jwt
import pytest
import webpush
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st
from webpush import WebPush, WebPushSubscription

from exposure import wire
from exposure.config import PUSH_HOSTS, Settings
from exposure.endpoints import BadEndpoint, endpoint, is_public
from exposure.keys import VapidKeys, vapid_keys
from exposure.notification import SIZE, TooLong, reminder, topic, trial
from exposure.push import Message, Push, became
from exposure.subscriptions import Keys
from exposure.words import LANGUAGES
from tests.hostile import INNER_ADDRESSES, PUBLIC_ADDRESSES, endpoints
from tests.push_service import (
    CLOSE_AFTER,
    DRIP,
    ENDLESS,
    HANG,
    HOST,
    PUBLIC,
    RESET_AFTER,
    RESET_BEFORE,
    Device,
    PushService,
    letters,
    unletters,
)

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
CONTACT = "care@ippo.example"
HELLO = Message(b'{"notification":{"title":"hello"}}'.ljust(SIZE), ttl=600, topic="a" * 32)


@pytest.fixture(scope="module")
def vapid(tmp_path_factory) -> VapidKeys:
    return vapid_keys(Settings(data=tmp_path_factory.mktemp("keys")))


@pytest.fixture(scope="module")
def sealer(vapid) -> Push:
    """A sender that is only asked to seal."""
    return Push(vapid, CONTACT, PUSH_HOSTS)


@pytest.fixture
def service(vapid) -> Iterator[PushService]:
    made = PushService(public_key=vapid.application_key)
    yield made
    made.close()


@pytest.fixture
def push(vapid, service) -> Push:
    return Push(vapid, CONTACT, PUSH_HOSTS, service.wire())


# ---- the way there


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


@pytest.mark.parametrize("said", ["", "soon", "-5", "99999999999999999999", "1e3", "٣"])
def test_a_wish_nobody_can_read_is_answered_with_our_own_patience(said):
    waits = [(became(429, said, NOW, tries).retry_at - NOW).total_seconds() for tries in (1, 2, 3, 50)]
    assert 15 <= waits[0] <= 30 < waits[1] <= 60 < waits[2] <= 120
    assert 1800 <= waits[3] <= 3600


# ---- the traps of the library (each check is shown to fail without the adapter)


class Bare:
    """`webpush` as its README shows it: what the adapter stands in front of."""

    def __init__(self, vapid: VapidKeys) -> None:
        self.shared = WebPush(private_key=vapid.private_pem, public_key=vapid.public_pem, subscriber=CONTACT)

    def seal(self, keys: Keys, payload: bytes, ttl: int) -> tuple[dict[str, str], bytes]:
        whom = WebPushSubscription(endpoint=keys.endpoint, keys={"p256dh": keys.p256dh, "auth": keys.auth})
        made = self.shared.get(payload, whom, ttl=ttl)
        return {name.title(): value for name, value in made.headers.items()}, made.encrypted


class Adapted:
    def __init__(self, vapid: VapidKeys) -> None:
        self.hosts = (*PUSH_HOSTS, f"{HOST}:8443")
        self.push = Push(vapid, CONTACT, self.hosts)

    def seal(self, keys: Keys, payload: bytes, ttl: int) -> tuple[dict[str, str], bytes]:
        headers, body = self.push.seal(
            endpoint(keys.endpoint, self.hosts), keys, Message(payload, ttl, topic("one reminder"))
        )
        return {name.title(): value for name, value in headers.items()}, body


def a_device(url: str = f"https://{HOST}/x") -> Keys:
    return Device(url, ec.generate_private_key(ec.SECP256R1()), b"s" * 16).keys


def check_a_time_to_live_is_not_kept_for_the_next(sealer: Any) -> None:
    assert [sealer.seal(a_device(), b"x", ttl)[0]["Ttl"] for ttl in (10, 600, 0)] == ["10", "600", "0"]


def check_threads_do_not_take_each_others_time_to_live(sealer: Any) -> None:
    keys, start = a_device(), threading.Barrier(4)

    def many(ttl: int) -> int:
        start.wait()
        return sum(sealer.seal(keys, b"x", ttl)[0]["Ttl"] != str(ttl) for _ in range(150))

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(many, (10, 20, 30, 40))) == 0


def check_the_port_stays_in_the_audience(sealer: Any) -> None:
    headers, _ = sealer.seal(a_device(f"https://{HOST}:8443/x"), b"x", 60)
    token = headers["Authorization"].removeprefix("vapid t=").partition(",")[0]
    assert jwt.decode(token, options={"verify_signature": False})["aud"] == f"https://{HOST}:8443"


def check_a_secret_of_another_length_is_refused(sealer: Any) -> None:
    for auth in ("", "AA", letters(b"s" * 15), letters(b"s" * 17)):
        with pytest.raises(ValueError, match="length"):
            sealer.seal(Keys(f"https://{HOST}/x", a_device().p256dh, auth), b"x", 60)


def check_a_compressed_point_is_refused(sealer: Any) -> None:
    point = unletters(a_device().p256dh)
    compressed = bytes([2 + point[64] % 2]) + point[1:33]
    with pytest.raises(ValueError, match="length"):
        sealer.seal(Keys(f"https://{HOST}/x", letters(compressed), letters(b"s" * 16)), b"x", 60)


def check_what_no_device_can_open_is_not_made(sealer: Any) -> None:
    with pytest.raises(ValueError, match="4100 bytes"):
        sealer.seal(a_device(), b"x" * 4100, 60)


def check_repeats_fold_together_and_sleeping_phones_wake(sealer: Any) -> None:
    headers, _ = sealer.seal(a_device(), b"x", 60)
    assert headers["Urgency"] == "high"
    assert len(headers["Topic"]) == 32
    assert headers["Topic"].isalnum()


def check_one_signature_is_made_for_many_messages(sealer: Any) -> None:
    assert len({sealer.seal(a_device(), b"x", 60)[0]["Authorization"] for _ in range(10)}) == 1


TRAPS = [check for name, check in sorted(globals().items()) if name.startswith("check_")]


@pytest.mark.parametrize("check", TRAPS, ids=lambda check: check.__name__)
def test_the_adapter_is_not_caught_by(vapid, check):
    check(Adapted(vapid))


@pytest.mark.parametrize("check", TRAPS, ids=lambda check: check.__name__)
def test_the_bare_library_is_caught_by(vapid, check):
    with pytest.raises((AssertionError, KeyError, pytest.fail.Exception)):
        check(Bare(vapid))


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


# ---- endpoints of strangers


@pytest.fixture
def trap() -> Iterator[socket.socket]:
    """A listener on loopback that nobody may ever reach."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening


def visitors(listening: socket.socket) -> int:
    count = 0
    while True:
        try:
            listening.accept()[0].close()
        except BlockingIOError:
            return count
        count += 1


def test_no_hostile_endpoint_is_ever_connected_to(vapid, trap):
    hostile = endpoints(trap.getsockname()[1])
    assert len(set(hostile)) == 60
    looked_up: list[str] = []
    push = Push(
        vapid, CONTACT, PUSH_HOSTS, wire.Wire(look_up=lambda host, port: looked_up.append(host) or ["127.0.0.1"])
    )
    outcomes = [push.send(Keys(each, a_device().p256dh, letters(b"s" * 16)), HELLO, NOW) for each in hostile]
    assert {outcome.became for outcome in outcomes} == {"refused"}
    assert looked_up == []
    assert visitors(trap) == 0


@pytest.mark.parametrize("address", INNER_ADDRESSES)
def test_a_permitted_name_that_leads_inside_is_not_connected_to(vapid, address):
    connected = []
    for addresses in ([address], [PUBLIC, address], [address, PUBLIC]):
        bent = wire.Wire(look_up=lambda *_, a=addresses: a, connect=lambda *args: connected.append(args))
        assert Push(vapid, CONTACT, PUSH_HOSTS, bent).send(a_device(), HELLO, NOW).why == "bad_endpoint"
    assert connected == []


def test_a_name_that_leads_nowhere_is_tried_again_later(vapid):
    def nowhere(*_):
        raise socket.gaierror(-2, "Name or service not known")

    assert Push(vapid, CONTACT, PUSH_HOSTS, wire.Wire(look_up=nowhere)).send(a_device(), HELLO, NOW).became == "later"
    assert (
        Push(vapid, CONTACT, PUSH_HOSTS, wire.Wire(look_up=lambda *_: [])).send(a_device(), HELLO, NOW).became
        == "refused"
    )


@pytest.mark.parametrize("address", PUBLIC_ADDRESSES)
def test_real_push_services_have_addresses_we_speak_to(address):
    assert is_public(address)


def test_the_connection_goes_to_the_very_address_that_was_checked(vapid, service):
    answers, went = iter([[PUBLIC], ["127.0.0.1"]]), []

    def connect(address, port, seconds):
        went.append((address, port))
        return wire.connect("127.0.0.1", service.port, seconds)

    push = Push(vapid, CONTACT, PUSH_HOSTS, service.wire(look_up=lambda *_: next(answers), connect=connect))
    assert push.send(service.device().keys, HELLO, NOW).became == "delivered"
    assert went == [(PUBLIC, 443)]


@pytest.mark.parametrize(
    ("given", "origin", "path"),
    [
        ("https://fcm.googleapis.com/fcm/send/a:b-c_d", "https://fcm.googleapis.com", "/fcm/send/a:b-c_d"),
        ("https://web.push.apple.com/QGu", "https://web.push.apple.com", "/QGu"),
        (
            "https://wns2-by3p.notify.windows.com/w/?token=a%2fb%3d",
            "https://wns2-by3p.notify.windows.com",
            "/w/?token=a%2fb%3d",
        ),
        ("https://FCM.googleapis.com:443/x", "https://fcm.googleapis.com", "/x"),
        ("https://push.example.org:8443/x", "https://push.example.org:8443", "/x"),
        ("https://fcm.googleapis.com", "https://fcm.googleapis.com", "/"),
    ],
)
def test_a_permitted_endpoint_is_built_again_from_its_checked_parts(given, origin, path):
    found = endpoint(given, (*PUSH_HOSTS, "push.example.org:8443"))
    assert (found.origin, found.path) == (origin, path)


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=80).map(lambda text: "https://" + text) | st.text(max_size=80))
def test_no_text_makes_the_check_of_an_endpoint_stumble(text):
    try:
        found = endpoint(text, PUSH_HOSTS)
    except BadEndpoint:
        return
    assert found.host.endswith(PUSH_HOSTS)


def test_the_reason_of_a_refusal_never_repeats_the_endpoint():
    for hostile in endpoints(8443):
        with pytest.raises(BadEndpoint) as refused:
            endpoint(hostile, PUSH_HOSTS)
        assert not hostile or hostile not in str(refused.value)


# ---- the words


def test_nothing_on_the_lock_screen_tells_what_the_app_is_for():
    for language in LANGUAGES:
        text = reminder(language, "https://ippo.example", "0" * 36, 1).decode()
        words = text.lower()
        assert not [
            word
            for word in ("exposure", "anx", "fear", "ladder", "therap", "step", "不安", "階段", "練習")
            if word in words
        ]


def test_every_payload_has_one_size_whatever_it_says():
    long = "https://a-rather-long-name-of-a-house.example.org:8443"
    payloads = [
        reminder("ja", "https://ippo.example", "0" * 36, 1),
        reminder("en", long, "0" * 36, 1_795_000_000_000, "😀" * 80),
        reminder("ja", long, "0" * 36, 1_795_000_000_000, '"\\' * 40),
        trial("ja", "https://ippo.example"),
        trial("en", "https://ippo.example"),
    ]
    assert {len(payload) for payload in payloads} == {SIZE}


def test_a_house_with_an_endless_address_is_told_and_not_cut_off():
    with pytest.raises(TooLong):
        reminder("ja", "https://" + "a" * 900, "0" * 36, 1)


def test_one_payload_serves_safari_by_itself_and_the_worker(push, service):
    device = service.device()
    payload = reminder("en", "https://ippo.example", "ab" * 16, 5)
    push.send(device.keys, Message(payload, 60), NOW)
    shown = service.seen[0].opened
    assert service.seen[0].plain.startswith(b'{"web_push":8030,"notification":{')
    assert shown["navigate"] == f"https://ippo.example/app#/reminder/{'ab' * 16}/open"
    assert shown["tag"] == "r-abababab"
    assert [(action["action"], action["navigate"].partition("#")[2]) for action in shown["actions"]] == [
        ("start", f"/reminder/{'ab' * 16}/open"),
        ("nottoday", "/rest"),
    ]
    assert shown["silent"] is False


def test_own_words_are_said_as_they_were_written():
    assert "窓をあけてみる".encode() in reminder("ja", "https://ippo.example", "0" * 36, 1, "窓をあけてみる")
