"""The traps of `webpush`: the adapter is caught by none, and without the adapter each one is met."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import jwt
import pytest
from webpush import WebPush, WebPushSubscription

from exposure.config import PUSH_HOSTS
from exposure.endpoints import endpoint
from exposure.keys import VapidKeys
from exposure.notification import topic
from exposure.push import Message, Push
from exposure.subscriptions import Keys
from tests.push_service import HOST, letters, unletters
from tests.pushing import CONTACT, a_device


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


def check_junk_between_the_letters_is_not_skipped(sealer: Any) -> None:
    keys = a_device()
    for auth in ("!" * 22, keys.auth[:20] + "!!", keys.auth[:20] + "==", "+" * 22):
        with pytest.raises(ValueError, match="length"):
            sealer.seal(Keys(keys.endpoint, keys.p256dh, auth), b"x", 60)


def check_what_no_device_can_open_or_no_bridge_carries_is_not_made(sealer: Any) -> None:
    for size in (2001, 2745, 3994, 4080, 4100, 100_000):
        with pytest.raises(ValueError, match=f"{size} bytes"):
            sealer.seal(a_device(), b"x" * size, 60)


def check_a_caller_is_not_changed(sealer: Any) -> None:
    """What one message asked for leaves no trace in the next that asks for nothing of the kind."""
    sealer.seal(a_device(), b"x", 86_400)
    assert sealer.seal(a_device(), b"x", 0)[0]["Ttl"] == "0"


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
