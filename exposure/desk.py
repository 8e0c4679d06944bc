"""Desk: whom a therapist reads with, what is new since they last looked, and one person's page.

Found through the consent, at every request anew. In the order in which the links began: nobody is ranked, nothing is
overdue, and silence is not news (T5, T10).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection

from exposure import consents, news, rows, shareable, visits
from exposure.consents import Consent
from exposure.db import milliseconds
from exposure.errors import NotFound
from exposure.logins import Visitor
from exposure.people import Person
from exposure.ready import Ready
from exposure.spaces import Membership, Place, Space, places_of
from exposure.vault import PersonKey, Vault

COUNTS: Final = ("messages", "comments", "answers")
OTHERS: Final = {"rest": "rests", "diary": "diary", "checkin": "checkins", "plan": "plans"}
C = Consent.__table__.c
_THROUGH = Ready(
    select(Consent.__table__)
    .where(C.therapist_id == bindparam("therapist"), C.person_id.in_(bindparam("owners", expanding=True)))
    .where(C.confirmed_at.is_not(None), C.withdrawn_at.is_(None))
)


@dataclass(frozen=True)
class Known:
    """What is needed to read with one person: their key, their private space, the name they go by."""

    key: PersonKey
    private: str
    name: str


def links(bound: Connection, therapist: str) -> list[Any]:
    """This therapist's links, from accepting to withdrawing, in the order they began."""
    mine = (C.therapist_id == therapist, C.withdrawn_at.is_(None))
    return list(bound.execute(select(Consent.__table__).where(*mine).order_by(C.accepted_at, C.id)))


def link(bound: Connection, therapist: str, consent: str) -> Any | None:
    """One confirmed link of this therapist."""
    mine = (C.id == consent, C.therapist_id == therapist, C.confirmed_at.is_not(None), C.withdrawn_at.is_(None))
    return bound.execute(select(Consent.__table__).where(*mine)).first()


def through(bound: Connection, therapist: str, owners: Iterable[str]) -> dict[str, Any]:
    """owner -> the confirmed link through which this therapist sees what is theirs."""
    return {row.person_id: row for row in _THROUGH.named(bound, therapist=therapist, owners=sorted(set(owners)))}


def incomplete(bound: Connection, found: Iterable[Any]) -> list[Any]:
    """Of these links those whose person's older entries are not projected yet."""
    reading = (one for one in found if one.confirmed_at is not None and one.entries != "none")
    return [one for one in reading if not shareable.is_whole(bound, one.person_id)]


def known(bound: Connection, vault: Vault, people: Iterable[str]) -> dict[str, Known]:
    """Keys and names of these people; three statements for all of them."""
    of = set(people)
    mine = select(Space.id, Person.id, Person.key_wrapped).join(Person, Person.id == Space.owner_id)
    found = bound.execute(mine.where(Person.id.in_(of), Space.kind == "private")).all()
    keys = {space: vault.opener(person, wrapped) for space, person, wrapped in found}
    settings = rows.load(bound, {(space, space) for space in keys}, keys) if keys else {}
    names = {space: str(row.fields.get("nickname", "")) for (space, _), row in settings.items()}
    return {person: Known(keys[space], space, names.get(space, "")) for space, person, _ in found}


@dataclass(frozen=True)
class Desk:
    """Everything the list is told from, found in a constant number of statements and two for each person."""

    met: Mapping[str, Known]
    places: Mapping[str, list[Place]]  # owner -> what of theirs is open here
    titles: Mapping[str, str]
    together: Mapping[str, datetime]
    looked: Mapping[tuple[str, str | None], datetime]
    said: Mapping[str, Counter[str]]


def people(
    bound: Connection, vault: Vault, who: Visitor, now: datetime, written: Collection[str]
) -> list[dict[str, Any]]:
    """Everybody who lets this therapist read, with what is new. Of somebody who has not confirmed, nothing.

    Nor of a link that is not among those `written` down as looked at: who confirms in this very moment is told of when
    they are asked about next, with a line.
    """
    found = links(bound, who.person)
    read = {one.person_id: one for one in found if one.confirmed_at is not None and one.id in written}
    desk = _desk(bound, vault, who, read, now)
    return [_told(bound, desk, one) if one.person_id in desk.met else _waiting(one) for one in found]


def _desk(bound: Connection, vault: Vault, who: Visitor, confirmed: Mapping[str, Any], now: datetime) -> Desk:
    met = known(bound, vault, confirmed)
    places: dict[str, list[Place]] = {}
    for place in places_of(bound, who.person, now).values():
        if place.owner in met:
            places.setdefault(place.owner, []).append(place)
    keys = {place.id: met[owner].key for owner, theirs in places.items() for place in theirs}
    looked = visits.last_looks(bound, who)
    since = {place.id: looked.get((confirmed[owner].id, place.id)) for owner, own in places.items() for place in own}
    open_now = select(Membership.space_id, Membership.together_until).where(
        Membership.person_id == who.person, Membership.until.is_(None), Membership.together_until > now
    )
    together = {space: until for space, until in bound.execute(open_now) if until is not None}
    return Desk(
        met, places, visits.titles(bound, keys, away=False), together, looked, news.said(bound, who.person, since, keys)
    )


def _told(bound: Connection, desk: Desk, one: Any) -> dict[str, Any]:
    places = desk.places.get(one.person_id, [])
    until = [desk.together[place.id] for place in places if place.id in desk.together]
    last = desk.looked.get((one.id, None))
    said = sum((desk.said[place.id] for place in places if place.id in desk.said), Counter[str]())
    return {
        "consent": one.id,
        "state": consents.state_of(one),
        "person": one.person_id,
        "name": desk.met[one.person_id].name,
        "since": milliseconds(one.confirmed_at),
        "ladders": [
            {"space": place.id, "role": place.role, "title": desk.titles[place.id]}
            for place in places
            if place.id in desk.titles
        ],
        "thread": next((place.id for place in places if place.kind == "thread"), None),
        "entries": one.entries,
        "together": milliseconds(max(until)) if until else None,
        "news": {"entries": news.few(shareable.fresh(bound, one, last))} | {n: news.few(said[n]) for n in COUNTS},
        "last_look": None if last is None else milliseconds(last),
    }


def _waiting(one: Any) -> dict[str, Any]:
    """A link the person has not confirmed: the therapist knows that they accepted, and nothing else."""
    return {
        "consent": one.id,
        "state": "accepted",
        "person": None,
        "name": "",
        "since": milliseconds(one.accepted_at),
        "ladders": [],
        "thread": None,
        "entries": "none",
        "together": None,
        "news": dict.fromkeys(("entries", *COUNTS), 0),
        "last_look": None,
    }


def page(
    bound: Connection,
    vault: Vault,
    one: Any,
    before: tuple[datetime, str] | None,
    last: datetime | None,
    now: datetime,
) -> dict[str, Any]:
    """What one person shares of what they tried, rested and wrote; the older attempts behind `before`.

    What the list counted as new since the `last` look is named, by the same rule: when it came, not when it happened.
    Raises NotFound when the person has left meanwhile.
    """
    met = known(bound, vault, (one.person_id,)).get(one.person_id)
    if met is None:
        raise NotFound
    shared = consents.shared_with(bound, one.person_id, one.therapist_id).get(one.therapist_id, [])
    attempts = shareable.newest(bound, one, "attempt", before=before)
    others = [] if before else shareable.newest(bound, one, *OTHERS)
    came = {row.id: row.changed_at for row in (*attempts, *others)}
    opened = shareable.opened(bound, met.key, met.private, one, came)
    more = attempts[-1] if len(attempts) == shareable.PAGE else None
    terms = consents.fields_of(one, met.key, shared, now)
    return {
        "consent": one.id,
        "person": one.person_id,
        "name": met.name,
        "terms": {name: terms[name] for name in ("ladders", "entries", "messages")},
        "attempts": [row for row in opened if row["kind"] == "attempt"],
        **{name: [row for row in opened if row["kind"] == kind] for kind, name in OTHERS.items()},
        "fresh": [row["id"] for row in opened if last is not None and came[row["id"]] > last],
        "before": None if more is None else f"{milliseconds(more.changed_at)}.{more.id}",
    }
