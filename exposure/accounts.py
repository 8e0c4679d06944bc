"""Account: how a person begins here, on which devices they are, and how one of them ends."""

from __future__ import annotations

import math
import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.engine import Connection

from exposure import rows, sync, totp
from exposure.credentials import Credential
from exposure.db import insert_free, milliseconds
from exposure.errors import Conflict
from exposure.exchange import Exchange
from exposure.logins import Login, Visitor, lifetime, token_hash
from exposure.people import Person
from exposure.ready import Ready
from exposure.rows import SyncedRow
from exposure.spaces import Membership, Space
from exposure.vault import PersonKey, Vault

# For this long after showing a credential a person may do what cannot be undone.
PROVED_FOR: Final = timedelta(minutes=10)
_FIRST: Final = uuid.UUID("0b1f4f7e-4a51-4cf1-8d9c-5a6f3a0f7d21")
_ME = Ready(
    select(Space.id, SyncedRow.sealed, Credential.kind)
    .outerjoin(SyncedRow, (SyncedRow.space_id == Space.id) & (SyncedRow.id == Space.id))
    .outerjoin(Credential, Credential.person_id == Space.owner_id)
    .where(Space.owner_id == bindparam("person"), Space.kind == "private")
)


@dataclass(frozen=True)
class Start:
    """What a device sends to begin: ids of its own making, and how the person likes to be met."""

    person: str
    space: str
    nickname: str
    language: str
    zone: str
    device: str
    kind: str = "person"


def begin(bound: Connection, vault: Vault, start: Start, token: str, now: datetime) -> None:
    """Make a person with a private space and a signed-in device, inside a write.

    Doing it again with the same token does nothing: the first answer may have been lost. Raises Conflict when the ids
    belong to somebody, or to an earlier beginning with another token.
    """
    if _began(bound, start, token):
        return
    key = vault.new_person_key(start.person)
    person = {"id": start.person, "kind": start.kind, "language": start.language, "zone": start.zone}
    if not insert_free(bound, Person, {**person, "key_wrapped": key, "created": now}):
        if _began(bound, start, token):
            return
        raise Conflict
    space = {"id": start.space, "owner_id": start.person, "kind": "private", "revision": 0}
    if not insert_free(bound, Space, space):
        raise Conflict
    member = {"id": str(uuid.uuid4()), "space_id": start.space, "person_id": start.person, "role": "owner"}
    bound.execute(insert(Membership).values(**member, since=now))
    login = sign_in(bound, vault.opener(start.person, key), start.person, start.kind, token, start.device, now)
    if start.nickname:
        _write_nickname(bound, vault, start, login, now)


def _began(bound: Connection, start: Start, token: str) -> bool:
    found = bound.execute(select(Login.person_id).where(Login.token_hash == token_hash(token))).scalar()
    if found is not None and found != start.person:
        raise Conflict
    return found is not None


def _write_nickname(bound: Connection, vault: Vault, start: Start, login: str, now: datetime) -> None:
    exchange = Exchange(bound, vault, start.person, login, now)
    edit = {
        "id": str(uuid.uuid5(_FIRST, start.person)),
        "space": start.space,
        "kind": "setting",
        "target": start.space,
        "verb": "add",
        "fields": {"nickname": start.nickname},
        "at": milliseconds(now),
    }
    sync.push(exchange, [edit], ())


def sign_in(
    bound: Connection,
    key: PersonKey,
    person: str,
    kind: str,
    token: str,
    device: str,
    now: datetime,
    *,
    proved: bool = False,
    factor: str = "",
) -> str:
    """A login row for this device, inside a write; its id.

    `proved`: a credential was shown just now. `factor`: and it was a second factor too.
    """
    login = str(uuid.uuid4())
    bound.execute(
        insert(Login).values(
            id=login,
            person_id=person,
            token_hash=token_hash(token),
            device=key.seal(device, "login", "device", login),
            created=now,
            seen=now,
            expires=now + lifetime(kind),
            proved=now if proved else None,
            factor=factor or None,
            raised=now if factor else None,
        )
    )
    return login


def key_of(bound: Connection, vault: Vault, person: str) -> tuple[PersonKey, str] | None:
    """The person's data key, opened, and which kind of person they are; held, inside a write. None: they left."""
    held = select(Person.key_wrapped, Person.kind).where(Person.id == person).with_for_update(key_share=True)
    found = bound.execute(held).first()
    return None if found is None else (vault.opener(person, found.key_wrapped), found.kind)


def prove(bound: Connection, login: str, now: datetime) -> None:
    """Note that whoever holds this login showed a credential just now."""
    bound.execute(update(Login).where(Login.id == login).values(proved=now))


def lift(bound: Connection, who: Visitor, factor: str, now: datetime) -> Visitor:
    """Note that whoever holds this login showed a second factor just now."""
    # Each showing is a moment of its own: what may be opened is counted for each (see visits).
    raised = now if who.raised is None else max(now, who.raised + timedelta(milliseconds=1))
    bound.execute(update(Login).where(Login.id == who.login).values(proved=now, factor=factor, raised=raised))
    return replace(who, factor=factor, raised=raised)


def has_proved(bound: Connection, who: Visitor, now: datetime) -> bool:
    """Whether this login may do what cannot be undone: freshly proved, or there is nothing to prove with."""
    ways = bound.execute(select(func.count()).where(Credential.person_id == who.person)).scalar_one()
    proved = bound.execute(select(Login.proved).where(Login.id == who.login)).scalar()
    return ways == 0 or (proved is not None and now - proved <= PROVED_FOR)


def devices(bound: Connection, key: PersonKey, who: Visitor, now: datetime) -> list[dict[str, Any]]:
    """Every device this person is signed in on, last seen first."""
    found = bound.execute(
        select(Login.id, Login.device, Login.created, Login.seen)
        .where(Login.person_id == who.person, Login.expires > now)
        .order_by(Login.seen.desc(), Login.id)
    )
    return [
        {
            "id": row.id,
            "device": key.open(row.device, "login", "device", row.id) if row.device else "",
            "created": milliseconds(row.created),
            "seen": milliseconds(row.seen),
            "current": row.id == who.login,
        }
        for row in found
    ]


def end_login(bound: Connection, person: str, login: str) -> bool:
    """End one device of this person; whether there was such a one."""
    return bool(bound.execute(delete(Login).where(Login.id == login, Login.person_id == person)).rowcount)


def end_others(bound: Connection, who: Visitor) -> list[str]:
    """End every other device of this person; which they were."""
    others = delete(Login).where(Login.person_id == who.person, Login.id != who.login).returning(Login.id)
    return list(bound.execute(others).scalars())


def leave_device(bound: Connection, here: Visitor) -> list[str]:
    """Somebody else comes in on the device of `here`: their login ends with its cookie; which it was (ASVS 7.2.4).

    A guest's stays: if the answer is lost, the cookie they still hold is their only way back.
    """
    if bound.execute(select(Credential.id).where(Credential.person_id == here.person).limit(1)).first() is None:
        return []
    end_login(bound, here.person, here.login)
    return [here.login]


def has_factor(bound: Connection, person: str) -> bool:
    """Whether this person has a second factor: codes of an app, or a passkey, which asks for a finger or a PIN."""
    passkey = select(Credential.id).where(Credential.person_id == person, Credential.kind == "passkey")
    return bound.execute(passkey.limit(1)).first() is not None or totp.in_use(bound, person)


def factor_of(bound: Connection, who: Visitor) -> str:
    """How this login showed a second factor (`totp`, `passkey`), that it has to (`needed`), or that there is none."""
    if not who.is_therapist:
        return "none"
    if who.raised is not None:
        return who.factor
    return "needed" if has_factor(bound, who.person) else "none"


def me(bound: Connection, key: PersonKey, who: Visitor, now: datetime) -> dict[str, Any]:
    """What the app shows of the person who asks; of a person with a ladder in one statement."""
    found = _ME.rows(bound, person=who.person)
    space, sealed = found[0][:2]
    setting = rows.unseal(key, space, space, sealed) if sealed else {}
    ways = sorted({kind for _, _, kind in found if kind})
    return {
        "person": who.person,
        "nickname": setting.get("nickname", ""),
        "language": who.language,
        "zone": who.zone,
        "kind": who.kind,
        "guest": not ways,
        "ways": ways,
        "space": space,
        "login": who.login,
        "factor": factor_of(bound, who),
        **(_workday(bound, who, now) if who.is_therapist else {}),
    }


def _workday(bound: Connection, who: Visitor, now: datetime) -> dict[str, Any]:
    left = math.ceil((who.expires - now).total_seconds() / 3600)
    return {
        "expires": milliseconds(who.expires),
        "hours_left": left,
        "totp": totp.in_use(bound, who.person),
        "recovery_left": totp.codes_left(bound, who.person),
    }


def meet(bound: Connection, person: str, language: str, zone: str) -> None:
    """Speak this language to the person from now on, and keep this clock."""
    bound.execute(update(Person).where(Person.id == person).values(language=language, zone=zone))
