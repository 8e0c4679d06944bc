"""Push: encrypt one message with `webpush`, post it, and say what became of it. Failure is a value here.

`webpush` 1.0.6 encrypts correctly and trusts its caller with everything else (reliability 2.3). This is its doorman:
time-to-live, urgency and topic are written here and never given to it, since it would keep them for the next caller;
the port stays in VAPID's `aud`; keys, length and address are checked; the signature is made once for each origin, not
for each message (44 % of the work); every error it can raise ends as an outcome.
"""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Literal, NamedTuple
from urllib.parse import urlsplit

import jwt
from webpush import WebPush, WebPushException
from webpush.vapid import VAPID

from exposure.config import Settings
from exposure.endpoints import BadEndpoint, Endpoint, endpoint
from exposure.keys import VapidKeys
from exposure.subscriptions import Keys
from exposure.wire import Unreachable, Wire

LONGEST = 2000
"""Bytes of a payload; more is cut off by some bridges, and nobody would say so."""

# 65 and 16 bytes in base64url. Among them the library would skip whatever is no letter, and take what is left.
_POINT = re.compile(r"[A-Za-z0-9_-]{87}", re.ASCII)
_SECRET = re.compile(r"[A-Za-z0-9_-]{22}", re.ASCII)

SIGNED_FOR = 12 * 60 * 60
MOST_SIGNED = 256  # origins; one more lets the oldest go
LONGEST_WAIT = timedelta(hours=1)
FIRST_WAIT = {"busy": 30.0, "away": 5.0}  # seconds; doubled at each try

Became = Literal["delivered", "gone", "later", "refused", "outage"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one message; `retry_at` (UTC) for `later` and `outage`, `why` a short word for the log.

    `asked` is true when the service itself named the time: it then wants rest from everyone, not from this one.
    """

    became: Became
    why: str
    retry_at: datetime | None = None
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """A payload and how it may be carried: seconds to live, and the topic that folds repeats together."""

    payload: bytes
    ttl: int
    topic: str = ""
    urgency: str = "high"  # `normal` was seen two minutes late on a phone that slept lightly


class _Origin(NamedTuple):
    """What the library reads of an endpoint. `host` carries the port, which the library would leave out of `aud`."""

    scheme: str
    host: str


class _Whom(NamedTuple):
    """What the library reads of a subscription."""

    endpoint: _Origin
    keys: Keys


class _CachedVapid(VAPID):  # type: ignore[misc]
    """One signature for each origin and half of its life, as RFC 8292 section 2 means it."""

    def __init__(self, private_key: bytes, public_key: bytes, clock: Callable[[], float]) -> None:
        super().__init__(private_key=private_key, public_key=public_key)
        self._clock = clock
        self._signed: dict[str, tuple[float, str]] = {}
        self._lock = threading.Lock()

    def get_authorization_header(self, endpoint: Any, subscriber: str, expiration: int) -> str:
        if known := self._known(endpoint.host, expiration):
            return known
        with self._lock:  # asked again: two that wait for the same signature get one
            if known := self._known(endpoint.host, expiration):
                return known
            until = self._clock() + expiration / 2
            if len(self._signed) >= MOST_SIGNED:
                del self._signed[next(iter(self._signed))]
            header = str(super().get_authorization_header(endpoint, subscriber, expiration))
            self._signed[endpoint.host] = until, header
            return header

    def _known(self, host: str, expiration: int) -> str:
        until, header = self._signed.get(host, (0.0, ""))
        return header if until - expiration / 2 <= self._clock() < until else ""


class Push:
    """The one sender of a process; safe to use from many threads."""

    def __init__(
        self,
        keys: VapidKeys,
        contact: str,
        hosts: tuple[str, ...],
        wire: Wire | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`contact` is the mail address push services may write to. Raises ValueError when the pair does not fit."""
        _check_pair(keys)
        self.hosts = hosts
        self.wire = wire or Wire()
        self._sealer = WebPush(
            private_key=keys.private_pem, public_key=keys.public_pem, subscriber=contact, expiration=SIGNED_FOR
        )
        self._sealer.vapid = _CachedVapid(keys.private_pem, keys.public_pem, clock)

    @classmethod
    def of(cls, settings: Settings, keys: VapidKeys, wire: Wire | None = None) -> Push:
        """The sender of a house with these settings."""
        # Without a contact nobody can be written to; Apple then refuses, the others deliver.
        contact = settings.contact or f"ippo@{urlsplit(settings.url).hostname}"
        return cls(keys, contact, settings.push_hosts, wire)

    def seal(self, to: Endpoint, keys: Keys, message: Message) -> tuple[dict[str, str], bytes]:
        """Headers and body, ready to post. Raises ValueError for keys or a payload that cannot be sent."""
        if len(message.payload) > LONGEST:
            raise ValueError(f"a payload of {len(message.payload)} bytes")
        if not (_POINT.fullmatch(keys.p256dh) and _SECRET.fullmatch(keys.auth)):
            raise ValueError("keys of another length")  # the library would make what no device can open
        # The library only reads these names; its own model would parse the URL once more, and rewrite it.
        sealed = self._sealer.get(message.payload, _Whom(_Origin("https", to.authority), keys))
        headers = {
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/notification+json",
            "Authorization": sealed.headers["authorization"],
            "TTL": str(max(0, message.ttl)),
            "Urgency": message.urgency,
        }
        return (headers | {"Topic": message.topic} if message.topic else headers), sealed.encrypted

    def send(self, keys: Keys, message: Message, now: datetime, tries: int = 1) -> Outcome:
        """Send one message and say what became of it. Raises nothing that a stranger's keys or server could cause."""
        try:
            to = endpoint(keys.endpoint, self.hosts)
            headers, body = self.seal(to, keys, message)
        except BadEndpoint:
            return Outcome("refused", "bad_endpoint")
        except (ValueError, WebPushException):
            return Outcome("refused", "unfit")  # binascii and Unicode errors are ValueErrors too
        try:
            answer = self.wire.post(to, headers, body)
        except BadEndpoint:
            return Outcome("refused", "bad_endpoint")
        except Unreachable as error:
            return Outcome("later", str(error), _wait("away", tries, now))
        return became(answer.status, answer.retry_after, now, tries)


def became(status: int, retry_after: str, now: datetime, tries: int) -> Outcome:
    """The outcome of an answer (table of reliability 3a). No redirect is ever followed."""
    why = str(status)
    if status in (200, 201, 202, 204):
        return Outcome("delivered", why)
    if status in (404, 410):
        return Outcome("gone", why)
    if status in (401, 403):
        # Our signature, or this one device's: whoever sends many can tell which. Nothing is thrown away for it.
        return Outcome("outage", why, _wait("busy", tries, now))
    if status == 429 or status >= 500:
        asked = _asked(retry_after, now)
        wait = _wait("busy" if status == 429 else "away", tries, now)
        return Outcome("later", why, asked or wait, asked is not None)
    return Outcome("refused", why)


def _asked(retry_after: str, now: datetime) -> datetime | None:
    """When the service asked us to come back: seconds or a date, at most an hour ahead."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit() and len(text) < 10:
        wanted = now + timedelta(seconds=int(text))
    else:
        try:
            wanted = parsedate_to_datetime(text)
        except (ValueError, OverflowError):  # a year, or a zone, of many digits
            return None
        wanted = wanted if wanted.tzinfo else wanted.replace(tzinfo=UTC)
    return min(max(wanted, now + timedelta(seconds=1)), now + LONGEST_WAIT)


def _wait(kind: str, tries: int, now: datetime) -> datetime:
    # Jitter, so that all who were turned away together do not come back together.
    seconds = FIRST_WAIT[kind] * 2 ** min(max(tries, 1) - 1, 10) * random.uniform(0.5, 1.0)  # noqa: S311
    return now + min(timedelta(seconds=seconds), LONGEST_WAIT)


def _check_pair(keys: VapidKeys) -> None:
    """A pair that does not belong together would be refused by every service, for everyone, in silence."""
    kept = VAPID(private_key=keys.private_pem, public_key=keys.public_pem)
    header = kept.get_authorization_header(_Origin("https", "push.invalid"), "check", 60)
    token = header.removeprefix("vapid t=").partition(",")[0]
    if kept.get_application_server_key(kept.public_key) != keys.application_key or not _verifies(
        token, kept.public_key
    ):
        raise ValueError("the VAPID keys do not belong together")


def _verifies(token: str, public_key: Any) -> bool:
    try:
        jwt.decode(token, public_key, algorithms=["ES256"], audience="https://push.invalid")
    except jwt.InvalidTokenError:
        return False
    return True
