"""Terms: how a consent comes to be, changes and ends. Each is one transaction over the table, the memberships and the
mirror; access is given and taken in it, so the next request of the therapist already meets what was decided."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from exposure import consents, invitations, shareable
from exposure.consents import ROLES, Consent, Said
from exposure.db import upsert
from exposure.errors import Conflict, NotFound
from exposure.laid import hold, lay
from exposure.merge import Row
from exposure.people import Person
from exposure.presence import leave
from exposure.spaces import Membership, Space
from exposure.vault import PersonKey, Vault
from exposure.words import N_

LINKED = N_("You are linked with this person already.")


@dataclass(frozen=True)
class Terms:
    """What a person shares: which ladders and how, which entries, messages or none."""

    ladders: Mapping[str, str]
    entries: str
    messages: bool


@dataclass(frozen=True)
class Changed:
    """What came of it, and who is to be told: `parted` are spaces that the therapist sees no more."""

    consent: dict[str, Any]
    person: str
    therapist: str
    moved: dict[str, int] = field(default_factory=dict)
    parted: frozenset[str] = frozenset()
    less: bool = False  # the therapist may see less than before: open streams are to end


def accept(bound: Connection, vault: Vault, key: str, therapist: str, said: Said, now: datetime) -> Changed | None:
    """A therapist answers the invitation with this keyed code, inside a write; None when it opens nothing.

    Doing it again with the same code finds the same link: the first answer may have been lost. Raises Conflict.
    """
    again = bound.execute(select(Consent.__table__).where(Consent.code == key, Consent.therapist_id == therapist))
    if (row := again.first()) is not None:
        return Changed({"id": row.id, "state": consents.state_of(row)}, row.person_id, therapist)
    open_one = invitations.look(bound, key, now)
    if open_one is None:
        return None
    person = open_one[0]
    own = _key_held(bound, vault, person)
    mine = (Consent.person_id == person, Consent.therapist_id == therapist, Consent.withdrawn_at.is_(None))
    if bound.execute(select(Consent.id).where(*mine)).first() is not None:
        raise Conflict(LINKED, code="linked")
    if invitations.spend(bound, key, now) is None:
        return None
    consent = str(uuid.uuid4())
    row_of = {"id": consent, "person_id": person, "therapist_id": therapist, "thread_id": str(uuid.uuid4())}
    sealed = consents.seal(own, consent, said)
    bound.execute(insert(Consent).values(**row_of, code=key, sealed=sealed, accepted_at=now))
    return _mirrored(bound, own, consent, person, therapist, now)


def agree(bound: Connection, vault: Vault, person: str, consent: str, terms: Terms, now: datetime) -> Changed:
    """Confirm a link, or change what is shared by it, inside a write. Raises NotFound."""
    key = _key_held(bound, vault, person)
    row = consents.find(bound, person, consent)
    if row is None or not _owns(bound, person, terms.ladders):
        raise NotFound
    shareable.begin(bound, person)
    before = {one.space: one for one in consents.shared_with(bound, person, row.therapist_id).get(row.therapist_id, [])}
    parted = before.keys() - terms.ladders.keys()
    hold(bound, {*before, *terms.ladders, row.thread_id, consents.private_of(bound, person)})
    laid = _open_thread(bound, key, row, now) if row.confirmed_at is None else []
    roles = {space: ROLES[term] for space, term in terms.ladders.items()}
    news = {space: role for space, role in roles.items() if space not in before or before[space].role != role}
    _turn(bound, row.therapist_id, {space: role for space, role in news.items() if space in before})
    _give(bound, row.therapist_id, {space: role for space, role in news.items() if space not in before}, now)
    end_places(bound, row.therapist_id, parted, now)
    silenced = _thread(bound, row, terms.messages, now)
    values = {"entries": terms.entries, "messages": terms.messages, "confirmed_at": row.confirmed_at or now}
    values["news"] = Consent.news + 1  # open desks look again
    bound.execute(update(Consent).where(Consent.id == consent).values(**values))
    touched = {*news, *parted}
    if terms.messages != bool(row.messages):
        touched.add(row.thread_id)
    less = bool(parted) or silenced or any(news[space] == "proposer" for space in news.keys() & before.keys())
    less = less or _ORDER[terms.entries] < _ORDER[row.entries]
    gone = frozenset(parted | ({row.thread_id} if silenced else set()))
    return _mirrored(bound, key, consent, person, row.therapist_id, now, laid, touched, gone, less)


def withdraw(bound: Connection, vault: Vault, person: str, consent: str, now: datetime) -> Changed:
    """End a link (or decline it) at once, inside a write. Raises NotFound."""
    key = _key_held(bound, vault, person)
    row = consents.find(bound, person, consent)
    if row is None:
        raise NotFound
    owned = set(bound.execute(select(Space.id).where(Space.owner_id == person)).scalars())
    hold(bound, owned)
    theirs = select(Membership.space_id).where(Membership.person_id == row.therapist_id, Membership.until.is_(None))
    parted = frozenset(bound.execute(theirs.where(Membership.space_id.in_(owned))).scalars())
    end_places(bound, row.therapist_id, parted, now)
    bound.execute(update(Consent).where(Consent.id == consent).values(withdrawn_at=now))
    return _mirrored(bound, key, consent, person, row.therapist_id, now, (), parted, parted, less=True)


def depart(bound: Connection, vault: Vault, therapist: str, now: datetime) -> list[Changed]:
    """End every link of a therapist who leaves for good, inside a write: the people they read with are told."""
    _key_held(bound, vault, therapist)  # whoever acts holds their own row first, here too
    theirs = (Consent.therapist_id == therapist, Consent.withdrawn_at.is_(None))
    links = bound.execute(select(Consent.person_id, Consent.id).where(*theirs).order_by(Consent.person_id)).all()
    return [withdraw(bound, vault, link.person_id, link.id, now) for link in links]


def end_places(bound: Connection, therapist: str, spaces: frozenset[str] | set[str], now: datetime) -> None:
    """Take these places away from a therapist, inside a write."""
    if spaces:
        mine = (Membership.person_id == therapist, Membership.space_id.in_(spaces), Membership.until.is_(None))
        bound.execute(update(Membership).where(*mine).values(until=now, together_until=None))
        leave(bound, spaces, therapist)


_ORDER = {"none": 0, "chosen": 1, "all": 2}


def _key_held(bound: Connection, vault: Vault, person: str) -> PersonKey:
    """The person's key; their row is held first, as in sync, so that two changes come one after the other."""
    held = select(Person.key_wrapped).where(Person.id == person).with_for_update(key_share=True)
    wrapped = bound.execute(held).scalar()
    if wrapped is None:
        raise NotFound
    return vault.opener(person, wrapped)


def _owns(bound: Connection, person: str, spaces: Mapping[str, str]) -> bool:
    mine = (Space.owner_id == person, Space.kind == "ladder", Space.id.in_(list(spaces)))
    return len(list(bound.execute(select(Space.id).where(*mine)))) == len(spaces)


def _open_thread(bound: Connection, key: PersonKey, row: Any, now: datetime) -> list[Row]:
    """The space of their messages, and in it when the therapist reads: known before the first message (T6)."""
    said = consents.said_in(key, row)
    bound.execute(insert(Space).values(id=row.thread_id, owner_id=row.person_id, kind="thread", revision=0))
    _give(bound, row.person_id, {row.thread_id: "owner"}, now)
    days = {"reads_days": said.reads_days, "reads_note": said.reads_note}
    return [Row(row.thread_id, row.thread_id, "thread", days)]


def _thread(bound: Connection, row: Any, messages: bool, now: datetime) -> bool:
    """Open or shut the thread for the therapist; whether it was shut."""
    if messages and row.messages:
        return False
    if messages:
        _give(bound, row.therapist_id, {row.thread_id: "editor"}, now)
        return False
    end_places(bound, row.therapist_id, {row.thread_id}, now)
    return bool(row.messages)


def _turn(bound: Connection, therapist: str, roles: Mapping[str, str]) -> None:
    """Another role in spaces they are in already; since when they read there stays as it was.

    Whoever is to propose from now on does so at once: what was opened for a call ends for them.
    """
    for role in set(roles.values()):
        spaces = [space for space, theirs in roles.items() if theirs == role]
        mine = (Membership.person_id == therapist, Membership.space_id.in_(spaces))
        ended: dict[str, Any] = {"together_until": None} if role == "proposer" else {}
        bound.execute(update(Membership).where(*mine).values(role=role, **ended))
        if ended:
            leave(bound, spaces, therapist)


def _give(bound: Connection, person: str, roles: Mapping[str, str], now: datetime) -> None:
    """Give somebody places in these spaces, or give them back, from now on; two statements."""
    if not roles:
        return
    mine = (Membership.person_id == person, Membership.space_id.in_(list(roles)))
    known = {row.space_id: row.id for row in bound.execute(select(Membership.space_id, Membership.id).where(*mine))}
    values = [
        {"id": known.get(space) or str(uuid.uuid4()), "space_id": space, "person_id": person, "role": role}
        for space, role in roles.items()
    ]
    upsert(bound, Membership, [{**one, "since": now, "until": None} for one in values], key=("space_id", "person_id"))


def _mirrored(
    bound: Connection,
    key: PersonKey,
    consent: str,
    person: str,
    therapist: str,
    now: datetime,
    laid: Any = (),
    touched: Any = (),
    parted: frozenset[str] = frozenset(),
    less: bool = False,
) -> Changed:
    """Write the mirror beside what was decided, and turn the spaces that are to be looked at again."""
    private = consents.private_of(bound, person)
    row = consents.mirror(bound, key, consent, private, now)
    moved = lay(bound, key, [row, *laid], therapist, touched)
    return Changed(dict(consents.told(row)), person, therapist, moved, parted, less)
