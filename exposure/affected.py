"""Affected: whom a breach through a therapist's account may have touched, out of the access log and the links.

For the day on which a therapist's browser, second key or account was in other hands (docs/incident.md). It names ids
and kinds, and opens no word. What is open in other hands is closed here, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, or_, select
from sqlalchemy.engine import Connection

from exposure import credentials
from exposure.consents import Consent
from exposure.credentials import Credential
from exposure.logins import WORKDAY, Login
from exposure.people import Person
from exposure.vault import Vault
from exposure.visits import LIST, Visit

_V, _C, _P = Visit.__table__.c, Consent.__table__.c, Person.__table__.c
_ONLY_OPEN: Final = "nothing"


@dataclass(frozen=True, order=True)
class Touched:
    """One person and one therapist: on which login what was looked at, from when until when.

    Where nothing was looked at the link was only open, and it says since when and until when (None: still).
    """

    person: str
    therapist: str
    login: str
    what: str  # list | overview | entries | ladder | history | messages | nothing
    at: datetime
    until: datetime | None

    def told(self) -> str:
        """A line for a terminal."""
        until = "now" if self.until is None else f"{self.until:%Y-%m-%d %H:%M:%S}"
        times = f"{self.at:%Y-%m-%d %H:%M:%S} to {until} UTC"
        if self.what == _ONLY_OPEN:
            return f"{self.person}  not looked at; open to {self.therapist} from {times}"
        return f"{self.person}  {self.what} looked at by {self.therapist} on login {self.login} from {times}"


def named(bound: Connection, vault: Vault, name: str) -> str | None:
    """Who signs in by this name; None when nobody does."""
    found = credentials.find(bound, "password", vault.lookup(credentials.tidy_name(name), "signin"))
    return None if found is None else str(found.person_id)


def is_known(bound: Connection, therapist: str) -> bool:
    """Whether somebody is, or was, a therapist under this number; also one who has left since."""
    ever = (
        select(_P.id).where(_P.id == therapist, _P.kind == "therapist"),
        select(_C.id).where(_C.therapist_id == therapist),
        select(_V.id).where(_V.therapist_id == therapist),
    )
    return any(bound.execute(one.limit(1)).first() is not None for one in ever)


def touched(bound: Connection, since: datetime, until: datetime, therapist: str | None = None) -> list[Touched]:
    """Everybody who was looked at between these two moments (UTC, both counted), or could have been, in order.

    Of one therapist, or of all.
    """
    looks = list(_looks(bound, since, until, therapist))
    seen = {(one.person, one.therapist) for one in looks}
    links = [one for one in _links(bound, since, until, therapist) if (one.person, one.therapist) not in seen]
    return sorted([*looks, *links])


def _looks(bound: Connection, since: datetime, until: datetime, therapist: str | None) -> Iterator[Touched]:
    found = select(_V.person_id, _V.therapist_id, _V.login_id, _V.what, _V.at, _V.until).where(
        _V.at <= until, _V.until >= since, *([_V.therapist_id == therapist] if therapist else [])
    )
    for row in bound.execute(found):
        yield Touched(*row)
    # The list is written down once for each login, which may look at it again until its half day is over.
    again = (
        select(_V.person_id, _V.therapist_id, _V.login_id, _V.at)
        .join(Consent, _C.id == _V.consent_id)
        .where(_V.what == LIST, _V.until < since, _V.at >= since - WORKDAY)
        .where(or_(_C.withdrawn_at.is_(None), _C.withdrawn_at >= since))
    )
    for one in bound.execute(again.where(_V.therapist_id == therapist) if therapist else again):
        yield Touched(one.person_id, one.therapist_id, one.login_id, LIST, one.at, one.at + WORKDAY)


def _links(bound: Connection, since: datetime, until: datetime, therapist: str | None) -> Iterator[Touched]:
    found = select(_C.person_id, _C.therapist_id, _C.confirmed_at, _C.withdrawn_at).where(
        _C.confirmed_at <= until,
        or_(_C.withdrawn_at.is_(None), _C.withdrawn_at >= since),
        *([_C.therapist_id == therapist] if therapist else []),
    )
    for row in bound.execute(found):
        yield Touched(row.person_id, row.therapist_id, "", _ONLY_OPEN, row.confirmed_at, row.withdrawn_at)


def sign_out(bound: Connection, person: str | None) -> int:
    """End every login of this person, or of everybody (None), inside a write; how many. Streams end within a second.

    A guest's is left: their cookie is their only way back to what they wrote.
    """
    found = delete(Login).where(Login.person_id.in_(select(Credential.person_id)))
    return bound.execute(found if person is None else found.where(Login.person_id == person)).rowcount


def lines(found: list[Touched]) -> Iterator[str]:
    """Every one in a line, and how many people that is."""
    yield from (one.told() for one in found)
    people = {one.person for one in found}
    looked = {one.person for one in found if one.what != _ONLY_OPEN}
    yield f"{len(people)} people: {len(looked)} looked at, {len(people - looked)} open to be looked at, and not."
