"""Space: the unit of sharing and of counting revisions. Membership: who may do what in it.

Each person has one private space; each ladder has a space of its own. There is no
other way to a row than through a membership of the person asking.
"""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, Text, UniqueConstraint, bindparam, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column

from exposure.db import Base, Id, Moment, insert_free, milliseconds
from exposure.people import Person
from exposure.ready import Ready


class Space(Base):
    """What is synced together and shared together; its revision counts the transactions that changed it."""

    __tablename__ = "space"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    owner_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(Text)  # private | ladder | thread
    revision: Mapped[int] = mapped_column(Integer, default=0)


class Membership(Base):
    """A person's place in a space. It is a row, so giving and taking away leave their moments."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("space_id", "person_id"),
        Index("membership_of_person", "person_id"),
        Base.__table_args__,
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    space_id: Mapped[str] = mapped_column(ForeignKey("space.id", ondelete="CASCADE"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(Text)  # owner | editor | proposer | viewer
    since: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime | None] = mapped_column(Moment)
    # "Together": while it is earlier than this, a proposer writes as an editor does.
    together_until: Mapped[datetime | None] = mapped_column(Moment)


@dataclass(frozen=True, slots=True)
class Place:
    """One space as the person asking may see it."""

    id: str
    kind: str
    role: str
    revision: int
    owner: str
    key_wrapped: bytes


_PLACES = (
    select(
        Space.id,
        Space.kind,
        Membership.role,
        Space.revision,
        Space.owner_id,
        Person.key_wrapped,
        Membership.together_until,
    )
    .join(Membership, Membership.space_id == Space.id)
    .join(Person, Person.id == Space.owner_id)
    .where(Membership.until.is_(None), Membership.person_id == bindparam("person"))
    .order_by(Space.id)
)
_NAMED = _PLACES.where(Space.id.in_(bindparam("only", expanding=True)))
# The membership is held too: PostgreSQL looks again only at what it locks, and a writer who waited for a
# withdrawal would else be let in by the membership of before.
_HELD = (Space.__table__, Membership.__table__)
_SEE, _HOLD = Ready(_PLACES), Ready(_PLACES.with_for_update(of=_HELD))
_SEE_NAMED, _HOLD_NAMED = Ready(_NAMED), Ready(_NAMED.with_for_update(of=_HELD))


def places_of(
    bound: Connection, person_id: str, now: datetime, *, lock: bool = False, only: Collection[str] | None = None
) -> dict[str, Place]:
    """Every space this person may see (or `only` these of them), by id, with their role at this moment; one statement.

    With `lock`, PostgreSQL holds the spaces until commit (in one order, so two writers
    never wait for each other); SQLite's write transaction already does.
    """
    if only is None:
        found = (_HOLD if lock else _SEE).rows(bound, person=person_id)
    else:
        found = (_HOLD_NAMED if lock else _SEE_NAMED).rows(bound, person=person_id, only=sorted(only))
    return {row[0]: _place(*row, now=milliseconds(now)) for row in found}


def _place(
    space: str, kind: str, role: str, revision: int, owner: str, key: bytes, together: int | None, *, now: int
) -> Place:
    direct = role == "proposer" and together is not None and now < together
    return Place(space, kind, "editor" if direct else role, revision, owner, key)


def found_ladders(bound: Connection, person_id: str, ids: Iterable[str], now: datetime) -> bool:
    """Make those of these ladder spaces that nobody has yet, with this person as owner; whether any was made.

    Call inside a write. A space that somebody has stays theirs, and nothing tells that it is there.
    """
    blank = {"owner_id": person_id, "kind": "ladder", "revision": 0}
    made = [space for space in dict.fromkeys(ids) if insert_free(bound, Space, {"id": space, **blank})]
    members = [
        {"id": str(uuid.uuid4()), "space_id": space, "person_id": person_id, "role": "owner", "since": now}
        for space in made
    ]
    if members:
        bound.execute(Membership.__table__.insert(), members)
    return bool(made)
