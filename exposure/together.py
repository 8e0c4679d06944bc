"""Together: the person opens a ladder for a call, and whoever reads it with them writes directly. It ends by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, select, update
from sqlalchemy.engine import Connection

from exposure import consents, presence, rows
from exposure.db import milliseconds
from exposure.errors import Conflict, NotFound
from exposure.guests import Reader
from exposure.laid import hold, lay
from exposure.spaces import Membership, Place, Space, places_of
from exposure.vault import PersonKey, Vault
from exposure.words import N_

OPEN_FOR: Final = timedelta(hours=2)
NOBODY = N_("Nobody reads this ladder with you yet.")
CLOSED = N_("You are not working together on this ladder just now.")


@dataclass(frozen=True)
class Turned:
    """What opening or ending changed: until when, and the spaces that moved."""

    until: datetime | None
    moved: dict[str, int]


def start(bound: Connection, vault: Vault, person: str, space: str, now: datetime) -> Turned:
    """Open a ladder for all who read it with the person, inside a write. Raises NotFound, Conflict."""
    place = _own(bound, person, space, now)
    return _turn(bound, vault, place, now + OPEN_FOR, now)


def end(bound: Connection, vault: Vault, person: str, space: str, now: datetime) -> Turned:
    """Close it again, inside a write; closing what is closed does nothing. Raises NotFound."""
    place = _own(bound, person, space, now)
    if open_until(bound, space, now) is None:
        return Turned(None, {})
    return _turn(bound, vault, place, None, now)


def open_until(bound: Connection, space: str, now: datetime, guest: str | None = None) -> datetime | None:
    """Until when this ladder is open for two (for this guest of it); None when it is not."""
    until = [Membership.space_id == space, Membership.until.is_(None), Membership.together_until > now]
    if guest is not None:
        until.append(Membership.person_id == guest)
    found = bound.execute(select(func.max(Membership.together_until)).where(*until)).scalar()
    return None if found is None else found


def look(bound: Connection, vault: Vault, person: str, space: str, now: datetime) -> tuple[Place, dict[str, Any]]:
    """Where one looks; whether it is open, in which role one writes, and who is here at which step. Raises NotFound.

    Nobody watches unseen: to a guest it is told who is here only while they are here themselves.
    """
    place = _member(bound, person, space, now)
    until = open_until(bound, space, now, _guest(place, person))
    told: dict[str, Any] = {"until": None if until is None else milliseconds(until), "role": place.role, "here": []}
    found = presence.here(bound, space, now) if until is not None else []
    if not found or (_guest(place, person) and person not in dict(found)):
        return place, told
    names = _names(bound, vault.opener(place.owner, place.key_wrapped), place)
    reader = Reader(person, place.owner)
    told["here"] = [
        {"person": who, "name": names.get(who, ""), "step": step, "you": who == person}
        for who, step in found
        if reader.knows(who)
    ]
    return place, told


def be_here(bound: Connection, person: str, space: str, step: str | None, now: datetime) -> None:
    """Say at which step one is, inside a write. Raises NotFound, and Conflict when it is not open."""
    place = _member(bound, person, space, now)
    if open_until(bound, space, now, _guest(place, person)) is None:
        raise Conflict(CLOSED, code="closed")
    presence.be(bound, space, person, step, now)


def _own(bound: Connection, person: str, space: str, now: datetime) -> Place:
    place = _member(bound, person, space, now)
    if place.role != "owner":
        raise NotFound
    return place


def _guest(place: Place, person: str) -> str | None:
    return None if person == place.owner else person


def _member(bound: Connection, person: str, space: str, now: datetime) -> Place:
    place = places_of(bound, person, now, only=(space,)).get(space)
    if place is None or place.kind != "ladder" or place.role == "viewer":
        raise NotFound
    return place


def _turn(bound: Connection, vault: Vault, place: Place, until: datetime | None, now: datetime) -> Turned:
    key, private = vault.opener(place.owner, place.key_wrapped), consents.private_of(bound, place.owner)
    hold(bound, {place.id, private})
    links = consents.confirmed_with(bound, place.owner)
    theirs = (Membership.space_id == place.id, Membership.until.is_(None))
    readers = Membership.person_id.in_([link.therapist_id for link in links])
    turned = update(Membership).where(*theirs, readers).values(together_until=until)
    who = set(bound.execute(turned.returning(Membership.person_id)).scalars())
    if until is not None and not who:
        raise Conflict(NOBODY, code="nobody")
    if until is None:
        presence.leave(bound, (place.id,))
    mirrors = consents.mirrors(bound, key, (link for link in links if link.therapist_id in who), private, now)
    return Turned(until, lay(bound, key, mirrors, place.owner, {place.id}))


def _names(bound: Connection, key: PersonKey, place: Place) -> dict[str, str]:
    names = consents.names_of(bound, key, place.owner)
    private = bound.execute(select(Space.id).where(Space.owner_id == place.owner, Space.kind == "private")).scalar_one()
    setting = rows.load(bound, {(private, private)}, {private: key}).get((private, private))
    return {**names, place.owner: str(setting.fields.get("nickname", "")) if setting else ""}
