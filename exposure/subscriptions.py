"""Subscription: a device that agreed to be nudged. Forgotten on sign-out, and when its push service says it is gone.

The endpoint is a capability (who knows it and the keys can push), so it lies sealed under the person's key and is found
again by a keyed hash. A browser has one endpoint whoever is signed in on it: whoever shows the same `auth` secret holds
the same browser and takes it over; whoever knows the address alone changes nothing (reliability T12).
"""

from __future__ import annotations

import base64
import json
import re
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import ForeignKey, Integer, LargeBinary, Text, bindparam, case, delete, literal, or_, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column

from exposure.db import Base, Id, Moment, insert_new, milliseconds
from exposure.endpoints import BadEndpoint, endpoint
from exposure.errors import Conflict, Trouble
from exposure.ready import Ready
from exposure.vault import PersonKey, Vault
from exposure.words import N_

MOST = 10
"""Devices of one person. The one not seen for longest makes room."""

REFUSALS = 3
REFUSALS_WITHIN = timedelta(hours=24)

GONE_KEPT = timedelta(days=400)

_BASE64URL = re.compile(r"[A-Za-z0-9_-]+={0,2}", re.ASCII)
_POINT = 65
_SECRET = 16


class BadSubscription(Trouble):
    """What a browser calls its subscription, and is none that can be sent to."""

    code = "bad_subscription"
    status = 400
    detail = N_("This browser's notifications cannot be used here. Everything else works without them.")


class Gone(Trouble):
    """The push service has forgotten this endpoint: the browser is to ask it for another."""

    code = "gone"
    status = 410
    detail = N_("Notifications stopped on this device. Please turn them on again.")


class Subscription(Base):
    """One device of one person, as a push service knows it."""

    __tablename__ = "subscription"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    login_id: Mapped[str] = mapped_column(ForeignKey("login.id", ondelete="CASCADE"), index=True)
    lookup: Mapped[str] = mapped_column(Text, unique=True)  # keyed hash of the endpoint
    secret: Mapped[str] = mapped_column(Text)  # keyed hash of its auth secret
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    created: Mapped[datetime] = mapped_column(Moment)
    seen: Mapped[datetime] = mapped_column(Moment)
    # The push service says this one is wrong (400, 401, 403): after three in a day it rests until it comes back.
    refusals: Mapped[int] = mapped_column(Integer, default=0)
    refused: Mapped[datetime | None] = mapped_column(Moment)
    stopped: Mapped[datetime | None] = mapped_column(Moment)
    delivered: Mapped[datetime | None] = mapped_column(Moment)  # when its push service last took something for it


class GoneEndpoint(Base):
    """An endpoint its push service has forgotten. A browser may hold on to it; it is to subscribe anew then."""

    __tablename__ = "gone_endpoint"

    lookup: Mapped[str] = mapped_column(Text, primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)


@dataclass(frozen=True, slots=True)
class Keys:
    """What a browser gives out when it subscribes: the address as it wrote it, its point, its secret."""

    endpoint: str
    p256dh: str
    auth: str


_S, _G = Subscription.__table__.c, GoneEndpoint.__table__.c
_DELIVERED = Ready(
    update(Subscription.__table__).where(_S.id.in_(bindparam("ids", expanding=True))).values(delivered=bindparam("at"))
)


def read_keys(raw: Any, hosts: tuple[str, ...]) -> Keys:
    """A browser's subscription, checked: raises BadSubscription.

    The library that encrypts checks next to nothing: it takes an empty secret, a compressed point and junk between the
    letters, and makes a message that no device can open (reliability 2.3, 6).
    """
    keys = raw.get("keys") if isinstance(raw, dict) else None
    if not isinstance(keys, dict) or not isinstance(raw.get("endpoint"), str):
        raise BadSubscription
    try:
        endpoint(raw["endpoint"], hosts)
        point, secret = _decoded(keys.get("p256dh"), _POINT), _decoded(keys.get("auth"), _SECRET)
        if point[0] != 4:
            raise ValueError("a compressed point")
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except (BadEndpoint, ValueError) as error:
        raise BadSubscription from error
    return Keys(raw["endpoint"], _encoded(point), _encoded(secret))


def keep(
    bound: Connection, vault: Vault, key: PersonKey, keys: Keys, *, person_id: str, login_id: str, now: datetime
) -> str:
    """Keep this device's subscription and return its id; call in a write. Raises Conflict when it is somebody's."""
    lookup, secret = vault.lookup(keys.endpoint, "endpoint"), vault.lookup(keys.auth, "push-secret")
    if bound.execute(select(_G.lookup).where(_G.lookup == lookup)).first():
        raise Gone
    old = bound.execute(select(_S.id, _S.person_id, _S.secret).where(_S.lookup == lookup)).first()
    if old is not None and old.person_id != person_id and old.secret != secret:
        raise Conflict
    if old is not None and old.person_id != person_id:
        bound.execute(delete(Subscription).where(_S.id == old.id))
        old = None
    its_id = str(uuid.uuid4()) if old is None else str(old.id)
    values = {
        "login_id": login_id,
        "secret": secret,
        "sealed": seal(key, its_id, keys),
        "seen": now,
        "refusals": 0,
        "refused": None,
        "stopped": None,
    }
    if old is not None:
        bound.execute(update(Subscription).where(_S.id == its_id).values(**values))
        return its_id
    new = {"id": its_id, "person_id": person_id, "lookup": lookup, "created": now, **values}
    insert_new(bound, Subscription, [new])
    _make_room(bound, person_id)
    return its_id


def _make_room(bound: Connection, person_id: str) -> None:
    by_age = select(_S.id).where(_S.person_id == person_id).order_by(_S.seen.desc(), _S.id)
    too_many = [row.id for row in bound.execute(by_age.offset(MOST))]
    if too_many:
        bound.execute(delete(Subscription).where(_S.id.in_(too_many)))


def forget(bound: Connection, vault: Vault, person_id: str, endpoint_text: str) -> None:
    """This person's device no longer wants to be nudged; somebody else's endpoint is left alone."""
    lookup = vault.lookup(endpoint_text, "endpoint")
    bound.execute(delete(Subscription).where(_S.lookup == lookup, _S.person_id == person_id))


def forget_gone(bound: Connection, ids: list[str], now: datetime) -> None:
    """The push service says these are no more (404, 410)."""
    if not ids:
        return
    gone = [{"lookup": row.lookup, "at": now} for row in bound.execute(select(_S.lookup).where(_S.id.in_(ids)))]
    insert_new(bound, GoneEndpoint, gone)
    bound.execute(delete(Subscription).where(_S.id.in_(ids)))



def note_refusals(bound: Connection, ids: list[str], now: datetime) -> None:
    """Count a refusal of each; the third within a day lets the subscription rest until its device comes again."""
    if not ids:
        return
    old = or_(_S.refused.is_(None), _S.refused < now - REFUSALS_WITHIN)
    count = case((old, 1), else_=_S.refusals + 1)
    which = update(Subscription).where(_S.id.in_(ids))
    bound.execute(which.values(refusals=count, refused=case((old, literal(now, Moment)), else_=_S.refused)))
    bound.execute(which.where(_S.refusals >= REFUSALS, _S.stopped.is_(None)).values(stopped=now))


def forgive(bound: Connection, since: datetime) -> None:
    """Refusals since then were ours to answer for (a bad signature): not those of devices that never took anything."""
    ours = update(Subscription).where(or_(_S.refused >= since, _S.stopped >= since), _S.delivered.isnot(None))
    bound.execute(ours.values(refusals=0, refused=None, stopped=None))


def note_delivered(bound: Connection, ids: list[str], now: datetime) -> None:
    """The push service took something for each of these."""
    if ids:
        _DELIVERED.do(bound, ids=ids, at=milliseconds(now))


def seal(key: PersonKey, its_id: str, keys: Keys) -> bytes:
    return key.seal(json.dumps([keys.endpoint, keys.p256dh, keys.auth]), "subscription", "sealed", its_id)


def unseal(key: PersonKey, its_id: str, sealed: bytes) -> Keys:
    """The keys of a subscription. Raises Unopenable."""
    return Keys(*json.loads(key.open(sealed, "subscription", "sealed", its_id)))


def of_person(bound: Connection, key: PersonKey, person_id: str, login_id: str) -> list[tuple[str, Keys]]:
    """The subscriptions of one device that is signed in (usually one)."""
    mine = select(_S.id, _S.sealed).where(_S.person_id == person_id, _S.login_id == login_id)
    return [(row.id, unseal(key, row.id, row.sealed)) for row in bound.execute(mine)]


def _decoded(text: Any, length: int) -> bytes:
    if not isinstance(text, str) or len(text) > 2 * length or not _BASE64URL.fullmatch(text):
        raise ValueError("not base64url")
    bare = text.rstrip("=")
    raw = base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
    if len(raw) != length or _encoded(raw) != bare:
        raise ValueError("not the length of such a key")
    return raw


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
