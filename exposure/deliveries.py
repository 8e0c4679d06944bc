"""Delivery: one occurrence of one reminder on its way to one device.

The way of a reminder: it falls due -> one delivery for each device, and its next occurrence, in the same transaction ->
a clock claims a batch under a lease -> sends -> settles. Any number of clocks may do this on one database. One that
dies leaves leases that run out; what it had already sent may be sent once more, under the same topic and tag, so that
it is seen once. Nothing is sent after its window, nothing twice for one date, and after a silence each person gets at
most one reminder that is late (reliability 3a).
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    func,
    literal,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column

from exposure.db import Base, Flag, Id, Moment, milliseconds
from exposure.ready import Ready, inserting, plain
from exposure.reminders import Reminder

BATCH = 80
"""So many at a time: of a hundred, every hundredth write held the pen for more than 15 ms."""
LEASE = timedelta(seconds=60)
LATE = timedelta(minutes=2)
"""What fell due longer ago than this was held up."""
KEPT = timedelta(days=60)


class Delivery(Base):
    """What becomes of one occurrence on one device. It outlives the device, so that the history stays true."""

    __tablename__ = "delivery"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    reminder_id: Mapped[str] = mapped_column(Id)
    occurrence: Mapped[datetime] = mapped_column(Moment)
    subscription_id: Mapped[str] = mapped_column(Id)
    state: Mapped[str] = mapped_column(Text)  # open | sent | gone | refused | late | unwanted
    # When it may be claimed (again). A claim moves it to the end of the lease: one column, one index, for both.
    due: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime] = mapped_column(Moment)
    lease: Mapped[str | None] = mapped_column(Text)
    tries: Mapped[int] = mapped_column(Integer)
    again: Mapped[bool] = mapped_column(Flag)  # somebody's "later" come once more: it counts nowhere
    day: Mapped[str | None] = mapped_column(Text)  # the local date it is told on, whose place it takes

    __table_args__ = (
        UniqueConstraint("person_id", "reminder_id", "occurrence", "subscription_id"),
        Index("delivery_open", "due", sqlite_where=state == "open", postgresql_where=state == "open"),
        Index("delivery_past", "occurrence"),
        Base.__table_args__,
    )


Told = tuple[str, str, datetime]
"""A person, a reminder and one of its occurrences."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery that is ours until its lease runs out; `tries` are those before."""

    id: str
    person_id: str
    reminder_id: str
    occurrence: datetime
    subscription_id: str
    until: datetime
    tries: int
    lease: str
    again: bool = False
    day: str | None = None


_R, _D = Reminder.__table__.c, Delivery.__table__.c
_TOLD = Ready(
    update(Reminder.__table__)
    .where(
        _R.person_id == bindparam("of_person"),
        _R.id == bindparam("of_id"),
        or_(_R.told.is_(None), _R.told < bindparam("told_at")),
        or_(_R.answered.is_(None), _R.answered < bindparam("told_at")),
    )
    .values(told=bindparam("told_at"), unanswered=_R.unanswered + 1, skip=0, tellings=_R.tellings + bindparam("noted"))
)


def claiming(of: Table, to: Column[str]) -> Ready:
    """The statement that claims what is due in a table of letters on their way; `to` is where each of them goes.

    One statement, right on both databases: SKIP LOCKED on PostgreSQL, and `state` and `due` asked once more outside,
    without which PostgreSQL hands more than every second one to two clocks (performance 3).
    """
    ready = (of.c.state == "open", of.c.due <= bindparam("now"))
    batch = select(of.c.id).where(*ready).order_by(of.c.due).limit(bindparam("most")).with_for_update(skip_locked=True)
    chosen = batch.cte("chosen").prefix_with("MATERIALIZED", dialect="postgresql")
    take = update(of).where(of.c.id.in_(select(chosen.c.id)), *ready)
    ours = (of.c.id, of.c.person_id, of.c.reminder_id, of.c.occurrence, to)
    more = (of.c.until, of.c.tries, of.c.again, of.c.day)
    return Ready(take.values(due=bindparam("ends"), lease=bindparam("token")).returning(*ours, *more))


_TAKE = claiming(Delivery.__table__, _D.subscription_id)
_ADDRESS = inserting(Delivery.__table__)
_SETTLE = Ready(
    update(Delivery.__table__)
    .where(_D.id.in_(bindparam("ids", expanding=True)), _D.lease == bindparam("of_lease"), _D.state == "open")
    # Back to `occurrence` for what is over, so that `due` never lies in a future that will not come.
    .values(state=bindparam("becomes"), due=func.coalesce(bindparam("retry"), _D.occurrence))
    .values(lease=null(), tries=_D.tries + 1)
)


def address(bound: Connection, new: Iterable[Mapping[str, Any]]) -> None:
    """Lay these deliveries down, but for those that are there already; call in a write."""
    _ADDRESS.each(bound, [plain(each) for each in new])


def claim(bound: Connection, now: datetime, most: int = BATCH, lease: timedelta = LEASE) -> list[Claimed]:
    """Take up to `most` deliveries that may be sent now, for the length of a lease; call in a write."""
    return claimed_by(_TAKE, bound, now, most, lease)


def claimed_by(take: Ready, bound: Connection, now: datetime, most: int, lease: timedelta) -> list[Claimed]:
    """What a statement made by `claiming` takes; call in a write."""
    token = str(uuid.uuid4())
    taken = take.named(bound, now=milliseconds(now), most=most, ends=milliseconds(now + lease), token=token)
    return [
        Claimed(r.id, r.person_id, r.reminder_id, r.occurrence, r[4], r.until, r.tries, token, r.again, r.day)
        for r in taken
    ]


def becomes(claimed: Claimed, became: str, wanted: datetime | None) -> tuple[str, datetime | None]:
    """The state of one that was claimed, and when to try again: what would come after its window is not sent any more.

    It waits in the app instead.
    """
    late = became == "open" and (wanted is None or wanted >= claimed.until)
    return ("late", None) if late else (became, wanted)


def settle(bound: Connection, settled: Iterable[tuple[Claimed, str, datetime | None]]) -> None:
    """Write down what became of claimed deliveries: a final state, or when to try again; call in a write.

    Whoever took a delivery over after our lease ran out is not disturbed: the lease must still be ours.
    """
    groups: dict[tuple[str, datetime | None, str], list[str]] = {}
    told: set[Told] = set()
    for claimed, became, wanted in settled:
        if became == "sent" and not claimed.again:
            told.add((claimed.person_id, claimed.reminder_id, claimed.occurrence))
        groups.setdefault((*becomes(claimed, became, wanted), claimed.lease), []).append(claimed.id)
    for (state, again, lease), ids in groups.items():
        retry = None if again is None else milliseconds(again)
        _SETTLE.do(bound, ids=ids, of_lease=lease, becomes=state, retry=retry)
    note_told(bound, told)


def note_told(bound: Connection, told: Collection[Told]) -> None:
    """These occurrences reached somebody: each counts once, however many devices it reached; call in a write."""
    if told:  # in one order for all clocks
        names = ("of_person", "of_id", "told_at", "noted")
        rows = [dict(zip(names, (*each, f"{milliseconds(each[2])} "), strict=True)) for each in sorted(told)]
        _TOLD.each(bound, [plain(row) for row in rows])


def let_go(bound: Connection, over: Collection[tuple[Claimed, str, datetime | None]]) -> None:
    """Claimed deliveries without a letter: over, or to wait until the person's quiet hours end; call in a write."""
    waits = [(each, until) for each, _, until in over if until is not None]
    for each, until in waits:
        give_back(bound, [each], until)
    settle(bound, [(each, state, None) for each, state, until in over if until is None])


def give_back(bound: Connection, claimed: Iterable[Claimed], again: datetime) -> None:
    """Deliveries that were not tried after all: anybody's from `again` on; call in a write."""
    by_lease: dict[str, list[str]] = {}
    for each in claimed:
        by_lease.setdefault(each.lease, []).append(each.id)
    for lease, ids in by_lease.items():
        mine = update(Delivery).where(_D.id.in_(ids), _D.lease == lease, _D.state == "open")
        bound.execute(mine.values(due=again, lease=None))


def is_anything_due(bound: Connection, now: datetime) -> bool:
    """Whether there is anything to do at all; a read."""
    asleep = select(_R.id).where(_R.due <= now).exists()
    waiting = select(_D.id).where(_D.state == "open", _D.due <= now).exists()
    return bound.execute(select(literal(1)).where(or_(asleep, waiting))).first() is not None


def held_up(bound: Connection, now: datetime) -> int:
    """How many reminders and deliveries are held up: a gauge for whoever watches over the house."""
    asleep = select(func.count()).where(_R.due < now - LATE).scalar_subquery()
    waiting = select(func.count()).where(_D.state == "open", _D.due < now - LATE).scalar_subquery()
    return int(bound.execute(select(asleep + waiting)).scalar_one())
