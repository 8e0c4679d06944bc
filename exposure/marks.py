"""Mark: what a day already holds, so that nothing is sent for what was already done (see reminders).

A rest and an attempt leave a mark for a day or two: the rest its date, the attempt its step and its ladder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    ForeignKey,
    Text,
    bindparam,
    case,
    delete,
    literal_column,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column

from exposure.db import Base, Id, Moment, milliseconds, moment
from exposure.merge import Row
from exposure.ready import Ready, upserting
from exposure.timetable import local_day

MARKS_KEPT = timedelta(days=3)
"""Longer than any local day can still be today somewhere."""
NEAR = timedelta(days=7)
"""No window reaches further."""

AT_ONCE = 200
"""Reminders asked about in one statement, and those of the last of their people."""
_ASKED = ("person_id", "step", "ladder")
_person = attrgetter("person_id")


class DayMark(Base):
    """That a person rests on a day, or was at a step at an instant. Gone after three days."""

    __tablename__ = "day_mark"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    day: Mapped[str | None] = mapped_column(Text)  # a rest: the person's own date
    at: Mapped[datetime] = mapped_column(Moment, index=True)  # an attempt: when it ended, or began
    step: Mapped[str | None] = mapped_column(Id)
    ladder: Mapped[str | None] = mapped_column(Id)


_M = DayMark.__table__.c
_MARK = upserting(DayMark.__table__, key=("person_id", "id"))
# To the quarter of an hour, which every offset of a zone is a multiple of; of steps and ladders only those that are
# asked about, and of rests only days that can be today somewhere. So however much somebody does, or however many rests
# they note, what is read under the pen stays small.
_QUARTER: ColumnElement[int] = literal_column(str(15 * 60 * 1000))
_AT = type_coerce(_M.at, BigInteger)
_OF_PEOPLE = Ready(
    select(
        _M.person_id,
        _M.day,
        case((_M.step.in_(bindparam("steps", expanding=True)), _M.step)).label("step"),
        case((_M.ladder.in_(bindparam("ladders", expanding=True)), _M.ladder)).label("ladder"),
        type_coerce(case((_M.day.is_(None), _AT - _AT % _QUARTER)), Moment()).label("at"),
    )
    .distinct()
    .where(_M.person_id.in_(bindparam("people", expanding=True)))
    .where(or_(_M.day.is_(None), _M.day.between(bindparam("first"), bindparam("last"))))
)
_UNMARK = Ready(delete(DayMark).where(_M.person_id == bindparam("person"), _M.id.in_(bindparam("ids", expanding=True))))


def project(bound: Connection, person_id: str, written: Iterable[Row], now: datetime) -> None:
    """Follow the rests and attempts just written: at most two statements."""
    rows = [row for row in written if row.kind in ("rest", "attempt")]
    marks = [mark for row in rows if (mark := _mark(person_id, row, now)) is not None]
    left = {mark["id"] for mark in marks}
    over = [row.id for row in rows if row.id not in left]
    if over:
        _UNMARK.do(bound, person=person_id, ids=over)
    _MARK.each(bound, [mark | {"at": milliseconds(mark["at"])} for mark in marks])


def moment_of(row: Row, now: datetime) -> datetime | None:
    """When a rest was taken, or an attempt ended or began; None of what was put away or is only being written."""
    fields = row.fields
    if fields.get("archived"):
        return None
    ms = fields.get("at") if row.kind == "rest" else fields.get("ended") or fields.get("started")
    if ms is None:
        return now if row.kind == "rest" else None
    return min(moment(ms), now)  # a phone whose clock runs years ahead must not leave a mark for years


def _mark(person_id: str, row: Row, now: datetime) -> dict[str, Any] | None:
    at = moment_of(row, now)
    if at is None or at < now - MARKS_KEPT:
        return None
    mark = {"person_id": person_id, "id": row.id, "at": at, "day": None, "step": None, "ladder": None}
    if row.kind == "rest":
        return mark | {"day": row.fields["day"]}
    return mark | {"step": row.fields.get("step"), "ladder": row.fields.get("ladder")}


class Marks(list[Any]):
    """The marks of one person, sorted once: many reminders ask the same of them, under a lock."""

    @cached_property
    def rests(self) -> set[str]:
        """The dates of not doing."""
        return {mark.day for mark in self if mark.day is not None}

    @cached_property
    def done(self) -> dict[tuple[str, str | None], set[datetime]]:
        """When each step, each ladder and anything at all was done."""
        found: dict[tuple[str, str | None], set[datetime]] = {}
        for mark in self:
            if mark.day is None:
                for about in (("step", mark.step), ("ladder", mark.ladder), ("", None)):
                    found.setdefault(about, set()).add(mark.at)
        return found


def marks_of(bound: Connection, reminders: Iterable[Any], now: datetime) -> dict[str, Marks]:
    """person -> the marks that may matter to these reminders, each instant to the quarter of an hour.

    One statement for as many as a clock takes at once; more after a silence, when some have hundreds that are late.
    """
    found: dict[str, Marks] = {}
    near = {"first": (now - NEAR).date().isoformat(), "last": (now + NEAR).date().isoformat()}
    for some in _by_people(reminders):
        people, steps, ladders = ({getattr(one, name) for one in some} - {None} for name in _ASKED)
        for mark in _OF_PEOPLE.named(bound, people=list(people), steps=list(steps), ladders=list(ladders), **near):
            found.setdefault(mark.person_id, Marks()).append(mark)
    return found


def _by_people(reminders: Iterable[Any]) -> Iterator[list[Any]]:
    """All of a person's together, and so few that no database finds its parameters too many."""
    some: list[Any] = []
    for _, theirs in groupby(sorted(reminders, key=_person), key=_person):
        some += theirs
        if len(some) >= AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def is_wanted(step: str | None, ladder: str | None, days: set[date], zone: str, marks: Iterable[Any]) -> bool:
    """Whether a reminder about this step (or ladder, or anything at all) is still wanted on these local dates.

    Not on a day of not doing, and not for what was already done, or is being done, on that day.
    """
    held = marks if isinstance(marks, Marks) else Marks(marks)
    if not held.rests.isdisjoint(day.isoformat() for day in days):
        return False
    about = ("step", step) if step else ("ladder", ladder) if ladder else ("", None)
    return not any(local_day(at, zone) in days for at in held.done.get(about, ()))
