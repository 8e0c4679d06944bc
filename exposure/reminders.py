"""Reminder: what the server must know of one to send it in time, and nothing it need not know.

The reminder itself is a sealed row like any other (see rows). `sync` calls `project` for every private row it writes,
in the same transaction, and the few plain columns kept here follow: when it falls due next, and which step it is about.
A rest and a finished attempt leave a mark for a day or two, so that nothing is sent for what was already done.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, Text, bindparam, delete, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column

from exposure.db import Base, Flag, Id, Moment, milliseconds, moment, upsert
from exposure.merge import Row
from exposure.ready import Ready, upserting
from exposure.timetable import Occurrence, Rhythm, local_day, next_due

MARKS_KEPT = timedelta(days=3)
"""Longer than any local day can still be today somewhere."""


class Reminder(Base):
    """When a reminder falls due. Named by its person as well: a row's id is unique in its own space only."""

    __tablename__ = "reminder"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    space_id: Mapped[str] = mapped_column(Id)
    step: Mapped[str | None] = mapped_column(Id)
    ladder: Mapped[str | None] = mapped_column(Id)
    days: Mapped[int] = mapped_column(Integer)  # one bit a weekday, Monday the lowest
    at: Mapped[str] = mapped_column(Text)  # HH:MM on the wall
    zone: Mapped[str] = mapped_column(Text)
    window: Mapped[int] = mapped_column(Integer)  # minutes
    neutral: Mapped[bool] = mapped_column(Flag)
    # The next occurrence; without a `due` there is none (switched off, put away, no days).
    day: Mapped[str | None] = mapped_column(Text)
    due: Mapped[datetime | None] = mapped_column(Moment)
    until: Mapped[datetime | None] = mapped_column(Moment)
    # The local date last told or let go, so that a clock set back tells nothing again.
    last_day: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        Index("reminder_due", "due", sqlite_where=due.isnot(None), postgresql_where=due.isnot(None)),
        Base.__table_args__,
    )


class DayMark(Base):
    """That a person rests on a day, or was at a step at an instant. Gone after three days."""

    __tablename__ = "day_mark"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    day: Mapped[str | None] = mapped_column(Text)  # a rest: the person's own date
    at: Mapped[datetime] = mapped_column(Moment, index=True)  # an attempt: when it ended, or began
    step: Mapped[str | None] = mapped_column(Id)
    ladder: Mapped[str | None] = mapped_column(Id)


_R = Reminder.__table__.c
_M = DayMark.__table__.c
_MARK = upserting(DayMark.__table__, key=("person_id", "id"))
_UNMARK = Ready(
    delete(DayMark).where(_M.person_id == bindparam("person"), _M.id.in_(bindparam("ids", expanding=True)))
)


def project(bound: Connection, person_id: str, rows: Iterable[Row], now: datetime) -> None:
    """Bring the plain columns up to date with rows just written to this person's private space.

    Called by sync inside its transaction, for all rows of one request at once: at most four statements.
    """
    written = list(rows)
    reminders = [row for row in written if row.kind == "reminder"]
    marks = [row for row in written if row.kind in ("rest", "attempt")]
    if reminders:
        _project_reminders(bound, person_id, reminders, now)
    if marks:
        _project_marks(bound, person_id, marks, now)


def rhythm_of(days: int, at: str, zone: str, window: int) -> Rhythm | None:
    """The rhythm kept in these columns; None when nobody could follow it (a zone that no longer exists)."""
    try:
        return Rhythm(frozenset(d for d in range(7) if days >> d & 1), time.fromisoformat(at), zone, window)
    except ValueError:
        return None


def parse_day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _project_reminders(bound: Connection, person_id: str, rows: list[Row], now: datetime) -> None:
    known = select(_R.id, _R.days, _R.at, _R.zone, _R.window, _R.day, _R.due, _R.until, _R.last_day)
    found = bound.execute(known.where(_R.person_id == person_id, _R.id.in_([row.id for row in rows])))
    before = {old.id: old for old in found}
    values = [_columns(person_id, row, before.get(row.id), now) for row in rows]
    upsert(bound, Reminder, values, key=("person_id", "id"))


def _columns(person_id: str, row: Row, old: Any, now: datetime) -> dict[str, Any]:
    fields = row.fields
    rhythm = {
        "days": sum(1 << day for day in set(fields["days"])),
        "at": fields["time"],
        "zone": fields["zone"],
        "window": fields.get("window") or 60,
    }
    plain = {
        "person_id": person_id,
        "id": row.id,
        "space_id": row.space,
        "step": fields.get("step"),
        "ladder": fields.get("ladder"),
        "neutral": fields.get("neutral", True),
    }
    return plain | rhythm | _next(fields, rhythm, old, now)


def _next(fields: Mapping[str, Any], rhythm: dict[str, Any], old: Any, now: datetime) -> dict[str, Any]:
    # A new time of day is a new wish: it may still come today. Anything else never comes twice on one date.
    last_day = old.last_day if old is not None and old.at == rhythm["at"] else None
    kept = rhythm_of(**rhythm)
    if kept is None or fields.get("archived") or not fields.get("on", True):
        return next_columns(None, last_day)
    same = old is not None and all(getattr(old, name) == value for name, value in rhythm.items())
    if same and old.due is not None:
        # Other words for a reminder that is due this minute must not push it on to another day.
        return {"day": old.day, "due": old.due, "until": old.until, "last_day": last_day}
    return next_columns(next_due(kept, now, parse_day(last_day)), last_day)


def next_columns(occurrence: Occurrence | None, last_day: str | None) -> dict[str, Any]:
    """The columns that hold the next occurrence."""
    if occurrence is None:
        return {"day": None, "due": None, "until": None, "last_day": last_day}
    day, due, until = occurrence.day.isoformat(), occurrence.due, occurrence.until
    return {"day": day, "due": due, "until": until, "last_day": last_day}


def _project_marks(bound: Connection, person_id: str, rows: list[Row], now: datetime) -> None:
    marks = [mark for row in rows if (mark := _mark(person_id, row, now)) is not None]
    left = {mark["id"] for mark in marks}
    over = [row.id for row in rows if row.id not in left]
    if over:
        _UNMARK.do(bound, person=person_id, ids=over)
    _MARK.each(bound, [mark | {"at": milliseconds(mark["at"])} for mark in marks])


def _mark(person_id: str, row: Row, now: datetime) -> dict[str, Any] | None:
    fields = row.fields
    ms = fields.get("at") if row.kind == "rest" else fields.get("ended") or fields.get("started")
    at = now if ms is None and row.kind == "rest" else None if ms is None else moment(ms)
    if fields.get("archived") or at is None or at < now - MARKS_KEPT:
        return None
    at = min(at, now)  # a phone whose clock runs years ahead must not leave a mark for years
    mark = {"person_id": person_id, "id": row.id, "at": at, "day": None, "step": None, "ladder": None}
    if row.kind == "rest":
        return mark | {"day": fields["day"]}
    return mark | {"step": fields.get("step"), "ladder": fields.get("ladder")}


def marks_of(bound: Connection, people: Iterable[str]) -> dict[str, list[Any]]:
    """The marks of these people; one statement."""
    found: dict[str, list[Any]] = {}
    for mark in bound.execute(select(DayMark.__table__).where(_M.person_id.in_(set(people)))):
        found.setdefault(mark.person_id, []).append(mark)
    return found


def is_wanted(step: str | None, ladder: str | None, days: set[date], zone: str, marks: Iterable[Any]) -> bool:
    """Whether a reminder about this step (or ladder, or anything at all) is still wanted on these local dates.

    Not on a day of not doing, and not for what was already done, or is being done, on that day.
    """
    for mark in marks:
        if mark.day is not None:
            if mark.day in {day.isoformat() for day in days}:
                return False
        elif local_day(mark.at, zone) in days:
            about = mark.step == step if step else mark.ladder == ladder if ladder else True
            if about:
                return False
    return True


def forget_marks(bound: Connection, now: datetime) -> None:
    """Let go of marks that no day needs any more."""
    bound.execute(delete(DayMark).where(_M.at < now - MARKS_KEPT))
