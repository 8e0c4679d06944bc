"""Delivery: one occurrence of one reminder on its way to one device.

The way of a reminder: it falls due -> one delivery for each device, and its next occurrence, in the same transaction ->
a clock claims a batch under a lease -> sends -> settles. Any number of clocks may do this on one database. One that
dies leaves leases that run out; what it had already sent may be sent once more, under the same topic and tag, so that
it is seen once. Nothing is sent after its window, nothing twice for one date, and after a silence each person gets at
most one reminder that is late (reliability 3a).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ForeignKey,
    Index,
    Integer,
    Text,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column

from exposure.db import Base, Id, Moment, insert_new, is_postgres
from exposure.reminders import Reminder, next_columns, parse_day, rhythm_of
from exposure.subscriptions import Subscription
from exposure.timetable import Occurrence, next_due, open_now

BATCH = 100
LEASE = timedelta(seconds=60)
LATE = timedelta(minutes=2)
"""What falls due longer ago than this was held up: then at most one for each person, and at most one an hour."""
ONE_LATE_IN = timedelta(hours=1)
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

    __table_args__ = (
        UniqueConstraint("person_id", "reminder_id", "occurrence", "subscription_id"),
        Index("delivery_open", "due", sqlite_where=state == "open", postgresql_where=state == "open"),
        Index("delivery_past", "occurrence"),
        Base.__table_args__,
    )


class CatchUp(Base):
    """When a person last got a reminder that was late."""

    __tablename__ = "catch_up"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)


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


_R, _S, _D = Reminder.__table__.c, Subscription.__table__.c, Delivery.__table__.c
_DUE = (
    select(_R.person_id, _R.id, _R.days, _R.at, _R.zone, _R.window, _R.day, _R.due, _R.until)
    .where(_R.due <= bindparam("now"))
    .order_by(_R.due)
    .with_for_update(skip_locked=True)
)
_MOVE_ON = (
    update(Reminder)
    .where(_R.person_id == bindparam("of_person"), _R.id == bindparam("of_id"))
    .values({name: bindparam(name) for name in ("day", "due", "until", "last_day")})
)
_OURS = (_D.id, _D.person_id, _D.reminder_id, _D.occurrence, _D.subscription_id, _D.until, _D.tries)


def fall_due(bound: Connection, now: datetime, most: int = BATCH) -> int:
    """Turn reminders that are due into deliveries and move each on to its next occurrence; call in a write.

    Returns how many reminders were due; the same number of statements for one as for `most`.
    """
    due = bound.execute(_DUE.limit(most), {"now": now}).all()
    if not due:
        return 0
    told: dict[tuple[str, str], Occurrence] = {}
    moves = []
    for row in due:
        now_open, following = _step(row, now)
        if now_open is not None:
            told[row.person_id, row.id] = now_open
        moves.append({"of_person": row.person_id, "of_id": row.id, **following})
    _let_one_late_through(bound, told, now)
    _address(bound, told)
    bound.execute(_MOVE_ON, moves)
    return len(due)


def _step(row: Any, now: datetime) -> tuple[Occurrence | None, dict[str, Any]]:
    """The occurrence to tell of now, if its window is still open, and the columns of the one after it."""
    rhythm = rhythm_of(row.days, row.at, row.zone, row.window)
    day = parse_day(row.day)
    if rhythm is None or day is None:
        return None, next_columns(None, row.day)
    now_open = Occurrence(day, row.due, row.until) if now < row.until else open_now(rhythm, now, day)
    last = now_open.day if now_open is not None else day
    return now_open, next_columns(next_due(rhythm, now, last), last.isoformat())


def _let_one_late_through(bound: Connection, told: dict[tuple[str, str], Occurrence], now: datetime) -> None:
    """Of what was held up, keep the newest of each person, and that only if none came late within the hour."""
    newest: dict[str, tuple[str, str]] = {}
    late = [which for which, occurrence in told.items() if now - occurrence.due > LATE]
    for which in sorted(late, key=lambda each: (told[each].due, each)):
        newest[which[0]] = which
    if not newest:
        return
    new = (postgresql.insert if is_postgres(bound) else sqlite.insert)(CatchUp)
    # One row each, taken in one order by every clock; whoever finds it fresh lets the reminder go.
    mine = new.on_conflict_do_update(
        index_elements=["person_id"],
        set_={"at": new.excluded.at},
        where=CatchUp.__table__.c.at <= now - ONE_LATE_IN,
    ).returning(CatchUp.__table__.c.person_id)
    people = [{"person_id": person, "at": now} for person in sorted(newest)]
    through = {row.person_id for row in bound.execute(mine.values(people))}
    for which in late:
        if which[0] not in through or newest[which[0]] != which:
            del told[which]


def _address(bound: Connection, told: Mapping[tuple[str, str], Occurrence]) -> None:
    """One delivery for each device that listens; a device already told of this occurrence keeps what it has."""
    if not told:
        return
    people = {person for person, _ in told}
    devices: dict[str, list[str]] = {}
    for row in bound.execute(select(_S.person_id, _S.id).where(_S.person_id.in_(people), _S.stopped.is_(None))):
        devices.setdefault(row.person_id, []).append(row.id)
    new = [
        {
            "id": str(uuid.uuid4()),
            "person_id": person,
            "reminder_id": reminder,
            "occurrence": occurrence.due,
            "subscription_id": device,
            "state": "open",
            "due": occurrence.due,
            "until": occurrence.until,
            "lease": None,
            "tries": 0,
        }
        for (person, reminder), occurrence in told.items()
        for device in devices.get(person, ())
    ]
    insert_new(bound, Delivery, new)


def claim(bound: Connection, now: datetime, most: int = BATCH, lease: timedelta = LEASE) -> list[Claimed]:
    """Take up to `most` deliveries that may be sent now, for the length of a lease; call in a write.

    One statement, right on both databases: SKIP LOCKED on PostgreSQL, and `state` and `due` asked once more outside,
    without which PostgreSQL hands more than every second one to two clocks (performance 3).
    """
    ready = (_D.state == "open", _D.due <= now)
    batch = select(_D.id).where(*ready).order_by(_D.due).limit(most).with_for_update(skip_locked=True)
    chosen = batch.cte("chosen").prefix_with("MATERIALIZED", dialect="postgresql")
    token = str(uuid.uuid4())
    take = (
        update(Delivery)
        .where(_D.id.in_(select(chosen.c.id)), *ready)
        .values(due=now + lease, lease=token)
        .returning(*_OURS)
    )
    return [
        Claimed(r.id, r.person_id, r.reminder_id, r.occurrence, r.subscription_id, r.until, r.tries, token)
        for r in bound.execute(take)
    ]


def settle(bound: Connection, settled: Iterable[tuple[Claimed, str, datetime | None]]) -> None:
    """Write down what became of claimed deliveries: a final state, or when to try again; call in a write.

    Whoever took a delivery over after our lease ran out is not disturbed: the lease must still be ours.
    """
    groups: dict[tuple[str, datetime | None, str], list[str]] = {}
    for claimed, became, wanted in settled:
        # What would come after its window is not sent any more: it waits in the app instead.
        late = became == "open" and (wanted is None or wanted >= claimed.until)
        final = ("late", None) if late else (became, wanted)
        groups.setdefault((*final, claimed.lease), []).append(claimed.id)
    for (state, again, lease), ids in groups.items():
        # Back to `occurrence` for what is over, so that `due` never lies in a future that will not come.
        due = _D.occurrence if again is None else again
        mine = update(Delivery).where(_D.id.in_(ids), _D.lease == lease, _D.state == "open")
        bound.execute(mine.values(state=state, due=due, lease=None, tries=_D.tries + 1))


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


def overdue(bound: Connection, now: datetime) -> int:
    """How many reminders and deliveries are held up: a gauge for whoever watches over the house."""
    asleep = select(func.count()).where(_R.due < now - LATE).scalar_subquery()
    waiting = select(func.count()).where(_D.state == "open", _D.due < now - LATE).scalar_subquery()
    return int(bound.execute(select(asleep + waiting)).scalar_one())


def forget_past(bound: Connection, now: datetime) -> None:
    """Let go of what became of deliveries two months ago."""
    bound.execute(delete(Delivery).where(_D.occurrence < now - KEPT))
