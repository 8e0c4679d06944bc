"""Mailing: one occurrence of one reminder on its way to its person's mailbox, as a delivery is on its way to a device.

A table of its own: a mail server may hang for an hour, and no push is to stand behind it in a line. The rest is as with
deliveries: claimed under a lease, sent, settled; what a clock had sent when it died goes once more under the same name.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final, Protocol

from sqlalchemy import ForeignKey, Index, Integer, Text, UniqueConstraint, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column

from exposure.db import Base, Flag, Id, Moment, insert_new
from exposure.deliveries import Claimed, becomes, claimed_by, claiming, note_told
from exposure.mailboxes import Mailbox
from exposure.timetable import Occurrence

BATCH: Final = 10
LEASE: Final = timedelta(minutes=10)
"""Longer than a batch takes at a server that answers each letter at the last moment."""
KEPT: Final = timedelta(days=60)


class Mailing(Base):
    """What becomes of one occurrence on its way to a mailbox."""

    __tablename__ = "mailing"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    reminder_id: Mapped[str] = mapped_column(Id)
    occurrence: Mapped[datetime] = mapped_column(Moment)
    mailbox_id: Mapped[str] = mapped_column(Id)
    state: Mapped[str] = mapped_column(Text)  # open | sent | gone | refused | late | unwanted
    due: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime] = mapped_column(Moment)
    lease: Mapped[str | None] = mapped_column(Text)
    tries: Mapped[int] = mapped_column(Integer)
    again: Mapped[bool] = mapped_column(Flag)  # somebody's "later" come once more: it counts nowhere
    day: Mapped[str | None] = mapped_column(Text)  # the local date it is told on, whose place it takes

    __table_args__ = (
        UniqueConstraint("person_id", "reminder_id", "occurrence"),
        Index("mailing_open", "due", sqlite_where=state == "open", postgresql_where=state == "open"),
        Index("mailing_past", "occurrence"),
        Base.__table_args__,
    )


_B, _L = Mailbox.__table__.c, Mailing.__table__.c
_TAKE = claiming(Mailing.__table__, _L.mailbox_id)


class Telling(Protocol):
    """What falling decided to tell: an occurrence, from when on, and whether it is a "later" come once more."""

    @property
    def occurrence(self) -> Occurrence: ...
    @property
    def at(self) -> datetime: ...
    @property
    def again(self) -> bool: ...
    @property
    def day(self) -> str: ...


def boxes_of(bound: Connection, people: Iterable[str]) -> dict[str, str]:
    """The mailboxes that are to be written to, of those who are to be told something; one statement."""
    wanted = set(people)
    if not wanted:
        return {}
    open_ = _B.confirmed.isnot(None) & _B.stopped.is_(None)
    return {
        row.person_id: row.id
        for row in bound.execute(select(_B.person_id, _B.id).where(_B.person_id.in_(wanted), open_))
    }


def address(bound: Connection, told: Mapping[tuple[str, str], Telling], boxes: Mapping[str, str]) -> None:
    """One mailing for each mailbox; what was addressed before keeps what it has. Call in a write."""
    new = [
        {
            "id": str(uuid.uuid4()),
            "person_id": person,
            "reminder_id": reminder,
            "occurrence": telling.occurrence.due,
            "mailbox_id": boxes[person],
            "state": "open",
            "due": telling.at,
            "until": telling.occurrence.until,
            "lease": None,
            "tries": 0,
            "again": telling.again,
            "day": telling.day,
        }
        for (person, reminder), telling in told.items()
        if person in boxes
    ]
    insert_new(bound, Mailing, new)


def claim(bound: Connection, now: datetime) -> list[Claimed]:
    """Take a few mailings that may be sent now, for the length of a lease; call in a write (see deliveries)."""
    return claimed_by(_TAKE, bound, now, BATCH, LEASE)


def settle(bound: Connection, each: Claimed, became: str, again: datetime | None = None, *, tried: bool = True) -> None:
    """Write down what became of a claimed mailing: a final state, or when to try again; call in a write."""
    state, due = becomes(each, became, again)
    mine = update(Mailing).where(_L.id == each.id, _L.lease == each.lease, _L.state == "open")
    news = {"state": state, "due": due or each.occurrence, "lease": None, "tries": each.tries + tried}
    bound.execute(mine.values(**news))
    if became == "sent" and not each.again:
        note_told(bound, {(each.person_id, each.reminder_id, each.occurrence)})


def is_anything_due(bound: Connection, now: datetime) -> bool:
    """Whether there is a mail to send; a read."""
    return bound.execute(select(_L.id).where(_L.state == "open", _L.due <= now).limit(1)).first() is not None
