"""Reminder: what the server must know of one to send it in time, and nothing it need not know.

The reminder itself is a sealed row like any other (see rows). `sync` calls `project` for every private row it writes,
in the same transaction, and the few plain columns kept here follow: when it falls due next, and which step it is about.
Rests and attempts (marks) and the person's setting (manners) are followed with it; what counts as an answer: answered.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ForeignKey, Index, Integer, Text, literal, select, union
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column

from exposure import manners, marks
from exposure.db import Base, Flag, Id, Moment, upsert
from exposure.merge import Row
from exposure.timetable import Occurrence, Rhythm, next_due, open_now


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
    date: Mapped[str | None] = mapped_column(Text)  # on that one day only
    live: Mapped[bool] = mapped_column(Flag)  # switched on, and not put away
    # The next occurrence; without a `due` there is none (switched off, silent, no day left).
    day: Mapped[str | None] = mapped_column(Text)
    due: Mapped[datetime | None] = mapped_column(Moment)
    until: Mapped[datetime | None] = mapped_column(Moment)
    # The local date last told or let go, so that a clock set back tells nothing again.
    last_day: Mapped[str | None] = mapped_column(Text)
    # Whether the next one is somebody's "later", which comes once more and counts nowhere.
    again: Mapped[bool] = mapped_column(Flag)
    # How it is met (rule R-5): the last one told, how many since the last answer and when (milliseconds, a blank after
    # each), how many passed over since, and through when it is answered.
    told: Mapped[datetime | None] = mapped_column(Moment)
    unanswered: Mapped[int] = mapped_column(Integer)
    tellings: Mapped[str] = mapped_column(Text)
    skip: Mapped[int] = mapped_column(Integer)
    answered: Mapped[datetime | None] = mapped_column(Moment)
    spoken: Mapped[datetime | None] = mapped_column(Moment)  # when its newest answer was given

    __table_args__ = (
        Index("reminder_live", "person_id", "live"),
        Index("reminder_due", "due", sqlite_where=due.isnot(None), postgresql_where=due.isnot(None)),
        Base.__table_args__,
    )


class Kept(NamedTuple):
    """The columns that hold a rhythm."""

    days: int
    at: str
    zone: str
    window: int
    date: str | None


NEXT = ("day", "due", "until", "last_day", "again")
"""The columns that hold the next occurrence, and the last date."""

_R = Reminder.__table__.c
RHYTHM = tuple(_R[name] for name in Kept._fields)
_KNOWN = (_R.id, *RHYTHM, *(_R[name] for name in NEXT), _R.answered)


def project(bound: Connection, person_id: str, rows: Iterable[Row], now: datetime) -> None:
    """Bring the plain columns up to date with rows just written to this person's private space.

    Called by sync inside its transaction, for all rows of one request at once: at most five statements.
    """
    written = list(rows)
    reminders = [row for row in written if row.kind == "reminder"]
    if reminders:
        answered = {str(row.fields["reminder"]) for row in written if row.kind == "answer"}
        _project_reminders(bound, person_id, reminders, answered, now)
    marks.project(bound, person_id, written, now)
    manners.project(bound, person_id, written, now)


def rhythm_of(row: Any) -> Rhythm | None:
    """The rhythm kept in these columns; None when nobody could follow it (a zone that no longer exists)."""
    return _rhythm(row.days, row.at, row.zone, row.window, row.date)


@lru_cache(maxsize=4096)
def _rhythm(days: int, at: str, zone: str, window: int, day: str | None) -> Rhythm | None:
    weekdays = frozenset(weekday for weekday in range(7) if days >> weekday & 1)
    try:
        return Rhythm(weekdays, time.fromisoformat(at), zone, window, parse_day(day))
    except ValueError:
        return None


def parse_day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _project_reminders(bound: Connection, person_id: str, rows: list[Row], answered: set[str], now: datetime) -> None:
    # Held against a clock that would move one on meanwhile, in one order: whoever answers (see answered) or settles
    # takes them in the same, so that no two ever wait for each other. Those that are on are held too, and those that
    # the same request answers: answered takes them next, and to take a lower one after a higher one is how two come to
    # wait for each other (`test_answered.py`). Those that lie there switched off, however many, stay where they are.
    on = select(_R.id).where(_R.person_id == person_id, _R.live == literal(True, Flag))
    named = select(_R.id).where(_R.person_id == person_id, _R.id.in_(sorted({row.id for row in rows} | answered)))
    mine = select(*_KNOWN).where(_R.person_id == person_id, _R.id.in_(union(on, named)))
    before = {old.id: old for old in bound.execute(mine.order_by(_R.id).with_for_update())}
    values = [_columns(person_id, row, before.get(row.id), now) for row in rows]
    upsert(bound, Reminder, values, key=("person_id", "id"))


def _columns(person_id: str, row: Row, old: Any, now: datetime) -> dict[str, Any]:
    fields = row.fields
    kept = Kept(
        days=sum(1 << day for day in set(fields["days"])),
        at=fields["time"],
        zone=fields["zone"],
        window=fields.get("window") or 60,
        date=fields.get("date") or None,
    )
    live = not fields.get("archived") and fields.get("on", True)
    plain = {
        "person_id": person_id,
        "id": row.id,
        "space_id": row.space,
        "step": fields.get("step"),
        "ladder": fields.get("ladder"),
        "neutral": fields.get("neutral", True),
        "live": live,
        # Whoever changes a reminder has answered it.
        "unanswered": 0,
        "tellings": "",
        "skip": 0,
    }
    follows = _next(kept, live, old, now)
    return plain | kept._asdict() | follows | {"answered": _called_off(kept, follows, old, now)}


def _called_off(kept: Kept, follows: dict[str, Any], old: Any, now: datetime) -> datetime | None:
    """Through when it is answered: what is on its way for a time or a day that is not wished any more is not sent."""
    if old is None:
        return None
    last = parse_day(old.last_day)
    stays = (old.at, old.date) == (kept.at, kept.date)
    if stays and (last is None or kept.date is not None or kept.days >> last.weekday() & 1):
        return old.answered  # type: ignore[no-any-return]
    due = follows["due"]
    through = now if due is None or due > now else due - timedelta(milliseconds=1)
    return through if old.answered is None else max(through, old.answered)


def _next(kept: Kept, live: bool, old: Any, now: datetime) -> dict[str, Any]:
    # A new time of day is a new wish: it may still come today. Anything else never comes twice on one date.
    last_day = old.last_day if old is not None and (old.at, old.date) == (kept.at, kept.date) else None
    rhythm = rhythm_of(kept)
    if rhythm is None or not live:
        return next_columns(None, last_day)
    same = old is not None and all(getattr(old, name) == value for name, value in kept._asdict().items())
    if same and old.due is not None:
        # Other words for a reminder that is due this minute must not push it on to another day.
        return {name: getattr(old, name) for name in NEXT}
    if _is_due(old, kept, now):
        # Nor must another window, other days or another zone lose what is due and open.
        still = open_now(rhythm, now, parse_day(last_day))
        if still is not None:
            return next_columns(still, last_day)
    return next_columns(next_due(rhythm, now, parse_day(last_day)), last_day)


def _is_due(old: Any, kept: Kept, now: datetime) -> bool:
    """Whether its time has come, for the same time on the wall, and no clock has looked yet."""
    if old is None or old.due is None or old.again or old.due > now:
        return False
    return (old.at, old.date) == (kept.at, kept.date)


def next_columns(occurrence: Occurrence | None, last_day: str | None) -> dict[str, Any]:
    """The columns that hold the next occurrence."""
    if occurrence is None:
        return {"day": None, "due": None, "until": None, "last_day": last_day, "again": False}
    day, due, until = occurrence.day.isoformat(), occurrence.due, occurrence.until
    return {"day": day, "due": due, "until": until, "last_day": last_day, "again": False}
