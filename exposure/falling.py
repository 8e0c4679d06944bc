"""Falling due: which of the reminders whose time has come are told, and when each comes next.

Decided here, for each occurrence, in this order: is its window still open; is it wanted (a pause, a day of not doing,
what is done already); has patience run out (rule R-5); is it quiet; is it the one late one; has the day room (R-1).
Whatever is not told waits in the app: it is not late, not counted, and does not come afterwards.
"""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, bindparam, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column

from exposure import deliveries, mailings, manners, patience, places
from exposure.db import Base, Moment, is_postgres, milliseconds
from exposure.deliveries import BATCH, LATE
from exposure.manners import DEFAULT, Manners, manners_of
from exposure.marks import is_wanted, marks_of
from exposure.ready import Ready, plain
from exposure.reminders import NEXT, RHYTHM, Reminder, next_columns, parse_day, rhythm_of
from exposure.subscriptions import Subscription
from exposure.timetable import Occurrence, local_day, next_due, open_now

ONE_LATE_IN = timedelta(hours=1)
FAR = timedelta(days=20)
"""Further ahead than any reminder on weekdays can be."""


class CatchUp(Base):
    """When a person last got a reminder that was late."""

    __tablename__ = "catch_up"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)


@dataclass(frozen=True, slots=True)
class Telling:
    """One occurrence that is to be told: from `at` on, which is later than its due time where it had to wait."""

    occurrence: Occurrence
    at: datetime
    late: bool
    again: bool
    zone: str
    moved: bool = False  # to another time since it was told last, perhaps on the same date

    @property
    def day(self) -> str:
        """The local date it counts for: its own, or the one it comes on when it had to wait."""
        waited = self.at > self.occurrence.due
        return (local_day(self.at, self.zone) if waited else self.occurrence.day).isoformat()


_Which = tuple[str, str]
_R, _S, _C = Reminder.__table__.c, Subscription.__table__.c, CatchUp.__table__.c
_KNOWN = (_R.person_id, _R.id, _R.step, _R.ladder, *RHYTHM, *(_R[name] for name in NEXT), _R.unanswered, _R.skip)
_ANY = select(*_KNOWN, _R.answered).where(_R.due <= bindparam("now")).order_by(_R.due)
_DUE = Ready(_ANY.limit(bindparam("most")).with_for_update(skip_locked=True))
_REST = Ready(_ANY.where(_R.person_id.in_(bindparam("people", expanding=True))).with_for_update(skip_locked=True))
_MOVE_ON = Ready(
    update(Reminder.__table__)
    .where(_R.person_id == bindparam("of_person"), _R.id == bindparam("of_id"))
    .values({name: bindparam(f"new_{name}") for name in (*NEXT, "skip")})
)
_DEVICES = Ready(
    select(_S.person_id, _S.id).where(_S.person_id.in_(bindparam("people", expanding=True)), _S.stopped.is_(None))
)


def fall_due(bound: Connection, now: datetime, most: int = BATCH) -> int:
    """Turn reminders that are due into deliveries and move each on to its next occurrence; call in a write.

    Returns how many reminders were due; the same number of statements for one as for `most`.
    """
    due = _taken(bound, now, most)
    if not due:
        return 0
    people = {row.person_id for row in due}
    said, marks = manners_of(bound, people), marks_of(bound, due, now)
    told: dict[_Which, Telling] = {}
    moves = []
    for row in due:
        telling, following = _step(row, said.get(row.person_id, DEFAULT), marks.get(row.person_id, ()), now)
        if telling is not None:
            told[row.person_id, row.id] = telling
        moves.append({"of_person": row.person_id, "of_id": row.id} | {f"new_{n}": v for n, v in following.items()})
    _let_one_late_through(bound, told, now)
    devices, boxes = _devices(bound, told), mailings.boxes_of(bound, {person for person, _ in told})
    _keep_to_the_ceiling(bound, told, {*devices, *boxes}, said)
    _address(bound, told, devices)
    mailings.address(bound, told, boxes)
    _MOVE_ON.each(bound, [plain(move) for move in moves])
    return len(due)


def _taken(bound: Connection, now: datetime, most: int) -> list[Any]:
    """Some of what is due; of those for whom something is late, all: only then is it known which is the newest."""
    due = _DUE.named(bound, now=milliseconds(now), most=most)
    late = {row.person_id for row in due if now - row.due > LATE} if len(due) >= most else ()
    if late:
        have = {(row.person_id, row.id) for row in due}
        rest = _REST.named(bound, now=milliseconds(now), people=sorted(late))
        due += [row for row in rest if (row.person_id, row.id) not in have]
    return due


def _step(row: Any, said: Manners, marks: Sequence[Any], now: datetime) -> tuple[Telling | None, dict[str, Any]]:
    """What to tell now, if anything, and the columns of the occurrence after it."""
    rhythm, day = rhythm_of(row), parse_day(row.day)
    if rhythm is None or day is None:
        return None, next_columns(None, row.day) | {"skip": row.skip}
    now_open: Occurrence | None = Occurrence(day, row.due, row.until)
    if now >= row.until:
        now_open = None if row.again else open_now(rhythm, now, day)
    # Somebody's "later" is none of its dates: the regular ones go on after it.
    last = parse_day(row.last_day) if row.again else now_open.day if now_open is not None else day
    telling, skip = _telling(row, now_open, said, marks, now)
    silent = patience.stride(row.unanswered) is None and not row.again
    following = None if silent else next_due(rhythm, now, last)
    return telling, next_columns(following, None if last is None else last.isoformat()) | {"skip": skip}


def _telling(
    row: Any, one: Occurrence | None, said: Manners, marks: Sequence[Any], now: datetime
) -> tuple[Telling | None, int]:
    """How this occurrence is told, None when it is not; and how many were passed over since the last that was."""
    if one is None or said.is_paused(now):
        return None, row.skip
    days = {one.day, local_day(one.due, row.zone), local_day(now, row.zone)}
    if not is_wanted(row.step, row.ladder, days, row.zone, marks):
        return None, row.skip
    if not row.again and not patience.tells(row.unanswered, row.skip):
        return None, row.skip + 1
    late = now - one.due > LATE
    quiet = said.quiet_until(row.zone, now, late=late)
    if quiet is not None and quiet >= one.until:
        return None, row.skip
    at = quiet or (now if late else one.due)
    moved = row.last_day is None and row.answered is not None
    return Telling(one, at, late, row.again, row.zone, moved), row.skip


def set_right(bound: Connection, now: datetime, most: int = 1000) -> int:
    """Bring back what a clock that ran far ahead has put off for months or years; call in a write. How many there were.

    Nothing comes today any more: what was told by the wrong clock is not told again.
    """
    lost = select(_R.person_id, _R.id, *RHYTHM, _R.skip).where(_R.due > now + FAR, _R.date.is_(None))
    found = bound.execute(lost.order_by(_R.person_id, _R.id).limit(most).with_for_update(skip_locked=True)).all()
    moves = []
    for row in found:
        rhythm = rhythm_of(row)
        today = local_day(now, row.zone) if rhythm else now.date()
        following = next_due(rhythm, now, today) if rhythm else None
        columns = next_columns(following, today.isoformat()) | {"skip": row.skip}
        moves.append({"of_person": row.person_id, "of_id": row.id} | {f"new_{n}": v for n, v in columns.items()})
    _MOVE_ON.each(bound, [plain(move) for move in moves])
    for name in ("told", "answered"):
        bound.execute(update(Reminder).where(_R[name] > now + FAR).values({name: now}))
    return len(found)


def _let_one_late_through(bound: Connection, told: dict[_Which, Telling], now: datetime) -> None:
    """Of what was held up, keep the newest of each person, and that only if none came late within the hour."""
    newest: dict[str, _Which] = {}
    late = [which for which, telling in told.items() if telling.late]
    for which in sorted(late, key=lambda each: (told[each].occurrence.due, each)):
        newest[which[0]] = which
    if not newest:
        return
    new = (postgresql.insert if is_postgres(bound) else sqlite.insert)(CatchUp)
    # One row each, taken in one order by every clock; whoever finds it fresh lets the reminder go.
    mine = new.on_conflict_do_update(
        index_elements=["person_id"],
        set_={"at": new.excluded.at},
        where=or_(_C.at <= now - ONE_LATE_IN, _C.at > now + ONE_LATE_IN),  # or a clock that was wrong wrote it
    ).returning(_C.person_id)
    people = [{"person_id": person, "at": now} for person in sorted(newest)]
    through = {row.person_id for row in bound.execute(mine, people)}
    for which in late:
        if which[0] not in through or newest[which[0]] != which:
            del told[which]


def _devices(bound: Connection, told: Iterable[_Which]) -> dict[str, list[str]]:
    """The devices that listen, of those who are to be told something."""
    found: dict[str, list[str]] = {}
    people = {person for person, _ in told}
    if people:
        for person, device in _DEVICES.rows(bound, people=list(people)):
            found.setdefault(person, []).append(device)
    return found


def _keep_to_the_ceiling(
    bound: Connection, told: dict[_Which, Telling], reached: set[str], said: Mapping[str, Manners]
) -> None:
    """Of what counts, keep what the day has room for, the earliest first; whoever is reached nowhere takes no room.

    One that was moved on the same day keeps the place it has. No reminder comes more than a few times in a day.
    """
    names = {which: (*which, telling.day, telling.again) for which, telling in told.items() if which[0] in reached}
    known = places.days_of(bound, (names[which] for which in names if told[which].again or told[which].moved))
    counted: dict[tuple[str, str], list[_Which]] = {}
    for which in sorted(names, key=lambda each: (told[each].occurrence.due, each)):
        day, telling = known.get(names[which], places.Day()), told[which]
        if day.is_full:
            del told[which]
        elif not telling.again and not day.holds:
            counted.setdefault((which[0], telling.day), []).append(which)
    given = manners.grant(bound, {each: len(those) for each, those in counted.items()}, said)
    for each, those in counted.items():
        for which in those[given[each] :]:
            del told[which]


def _address(bound: Connection, told: Mapping[_Which, Telling], devices: Mapping[str, Sequence[str]]) -> None:
    """One delivery for each device; a device already told of this occurrence keeps what it has."""
    blank = {"state": "open", "lease": None, "tries": 0}
    # The ids of a batch lie side by side: the index then changes in a few pages, now, when claimed and when settled.
    batch, numbers = str(uuid.uuid4())[:24], itertools.count()
    new = [
        {
            "id": f"{batch}{next(numbers):012x}",
            "person_id": person,
            "reminder_id": reminder,
            "occurrence": telling.occurrence.due,
            "subscription_id": device,
            "due": telling.at,
            "until": telling.occurrence.until,
            "again": telling.again,
            "day": telling.day,
            **blank,
        }
        for (person, reminder), telling in told.items()
        for device in devices.get(person, ())
    ]
    deliveries.address(bound, new)
