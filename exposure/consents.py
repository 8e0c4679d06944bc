"""Consent: the link between one person and one therapist. The table decides; a mirror row tells the person's phone.

Offered (an invitation), accepted by the therapist, confirmed by the person who sees the name, withdrawn at any moment.
Nothing is readable before it is confirmed. What a therapist may read of ladders and messages is their membership of
those spaces, given and taken here and nowhere else, in the same transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, Text, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column

from exposure.db import Base, Flag, Id, Moment, milliseconds
from exposure.merge import Row
from exposure.spaces import Membership, Space
from exposure.vault import PersonKey

ROLES: Final = {"propose": "proposer", "write": "editor"}
TERMS: Final = {role: term for term, role in ROLES.items()}


class Consent(Base):
    """One link, from accepting to withdrawing; a new link after that is a new row."""

    __tablename__ = "consent"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    # No foreign key: whoever leaves, the person keeps knowing with whom they shared what, and when it ended.
    therapist_id: Mapped[str] = mapped_column(Id, index=True)
    thread_id: Mapped[str] = mapped_column(Id)  # the space of their messages, made at confirming
    code: Mapped[str] = mapped_column(Text, unique=True)  # of the invitation: accepting again finds this row
    # {name, reads_days, reads_note} as the therapist said at accepting, under the person's key.
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    entries: Mapped[str] = mapped_column(Text, default="none")  # none | chosen | all
    messages: Mapped[bool] = mapped_column(Flag, default=False)
    # Grows by one whenever an entry changed that the therapist may see: what their open stream watches.
    news: Mapped[int] = mapped_column(Integer, default=0)
    accepted_at: Mapped[datetime] = mapped_column(Moment)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)

    __table_args__ = (
        Index(
            "consent_open", "person_id", "therapist_id", unique=True,
            sqlite_where=withdrawn_at.is_(None), postgresql_where=withdrawn_at.is_(None),
        ),
        Base.__table_args__,
    )  # fmt: skip


C = Consent.__table__.c


@dataclass(frozen=True)
class Said:
    """What a therapist says of themselves when they accept."""

    name: str
    reads_days: list[int]
    reads_note: str


@dataclass(frozen=True)
class Shared:
    """A ladder that a therapist reads: how, and until when together."""

    space: str
    role: str
    together: datetime | None


def seal(key: PersonKey, consent: str, said: Said) -> bytes:
    """What the therapist said, under the person's key."""
    text = json.dumps(said.__dict__, ensure_ascii=False)
    return key.seal(text, "consent", "sealed", consent)


def said_in(key: PersonKey, consent: Any) -> Said:
    """What the therapist of this row said."""
    return Said(**json.loads(key.open(consent.sealed, "consent", "sealed", consent.id)))


def state_of(consent: Any) -> str:
    """accepted, confirmed or withdrawn."""
    if consent.withdrawn_at is not None:
        return "withdrawn"
    return "accepted" if consent.confirmed_at is None else "confirmed"


def shared_with(bound: Connection, person: str, therapist: str | None = None) -> dict[str, list[Shared]]:
    """therapist -> the ladders of this person that they read now; one statement."""
    found = (
        select(Membership.person_id, Membership.space_id, Membership.role, Membership.together_until)
        .join(Space, Space.id == Membership.space_id)
        .where(Space.owner_id == person, Space.kind == "ladder")
        .where(Membership.person_id != person, Membership.until.is_(None))
        .order_by(Membership.space_id)
    )
    if therapist is not None:
        found = found.where(Membership.person_id == therapist)
    shared: dict[str, list[Shared]] = {}
    for row in bound.execute(found):
        shared.setdefault(row.person_id, []).append(Shared(row.space_id, row.role, row.together_until))
    return shared


def fields_of(consent: Any, key: PersonKey, shared: list[Shared], now: datetime) -> dict[str, Any]:
    """A consent as the person's phone knows it: the fields of the mirror."""
    confirmed = state_of(consent) == "confirmed"
    open_now = [one for one in shared if one.together is not None and now < one.together]
    return {
        "therapist": consent.therapist_id,
        "name": said_in(key, consent).name,
        "state": state_of(consent),
        "ladders": [[one.space, TERMS[one.role]] for one in shared if one.role in TERMS] if confirmed else [],
        "entries": consent.entries,
        "messages": bool(consent.messages),
        "thread": None if consent.confirmed_at is None else consent.thread_id,
        "accepted": milliseconds(consent.accepted_at),
        "confirmed": None if consent.confirmed_at is None else milliseconds(consent.confirmed_at),
        "withdrawn": None if consent.withdrawn_at is None else milliseconds(consent.withdrawn_at),
        "together": [[one.space, milliseconds(one.together)] for one in open_now if one.together] if confirmed else [],
    }


def of_person(bound: Connection, key: PersonKey, person: str, now: datetime) -> list[dict[str, Any]]:
    """Every consent this person ever gave or was asked for, oldest first, as the mirror has it."""
    shared = shared_with(bound, person)
    rows = bound.execute(select(Consent.__table__).where(C.person_id == person).order_by(C.accepted_at, C.id))
    return [{"id": row.id, **fields_of(row, key, shared.get(row.therapist_id, []), now)} for row in rows]


def find(bound: Connection, person: str, consent: str) -> Any | None:
    """This person's consent of that id, unless it is withdrawn."""
    mine = (C.id == consent, C.person_id == person, C.withdrawn_at.is_(None))
    return bound.execute(select(Consent.__table__).where(*mine)).first()


def confirmed_with(bound: Connection, person: str, therapist: str | None = None) -> list[Any]:
    """The confirmed links of this person, or the one with that therapist."""
    living = (C.person_id == person, C.confirmed_at.is_not(None), C.withdrawn_at.is_(None))
    found = select(Consent.__table__).where(*living).order_by(C.id)
    return list(bound.execute(found if therapist is None else found.where(C.therapist_id == therapist)))


def is_linked(bound: Connection, person: str) -> bool:
    """Whether a link of this person is open, confirmed or still to be."""
    links = select(C.id).where(C.person_id == person, C.withdrawn_at.is_(None))
    return bound.execute(links.limit(1)).first() is not None


def names_of(bound: Connection, key: PersonKey, person: str) -> dict[str, str]:
    """therapist -> the name they gave this person, the newest of it."""
    rows = bound.execute(select(C.id, C.therapist_id, C.sealed).where(C.person_id == person).order_by(C.accepted_at))
    return {row.therapist_id: said_in(key, row).name for row in rows}


def private_of(bound: Connection, person: str) -> str:
    """The id of this person's private space."""
    return bound.execute(select(Space.id).where(Space.owner_id == person, Space.kind == "private")).scalar_one()


def mirror(bound: Connection, key: PersonKey, consent: str, private: str, now: datetime) -> Row:
    """The mirror row of a consent as the table has it now."""
    row = bound.execute(select(Consent.__table__).where(C.id == consent)).one()
    shared = shared_with(bound, row.person_id, row.therapist_id).get(row.therapist_id, [])
    return Row(row.id, private, "consent", fields_of(row, key, shared, now))


def mirrors(bound: Connection, key: PersonKey, links: Iterable[Any], private: str, now: datetime) -> list[Row]:
    """The mirror rows of these links of one person; one statement however many they are."""
    links = list(links)
    shared = shared_with(bound, links[0].person_id) if links else {}
    return [
        Row(link.id, private, "consent", fields_of(link, key, shared.get(link.therapist_id, []), now)) for link in links
    ]


def told(row: Row) -> Mapping[str, Any]:
    """A mirror row as the API answers it."""
    return {"id": row.id, **row.fields}
