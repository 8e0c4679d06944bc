"""Calendar: a private address at which a person's own calendar finds when their reminders come.

Whoever knows the address can read it, so it is long, it tells times and neutral words only, it is kept as a keyed hash,
and it ends the moment the person says so. What it tells is worked out anew at each visit: a pause empties it, and a
calendar that is never asked again falls silent by itself after eight weeks.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import ForeignKey, Text, delete, literal, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column

from exposure.db import Base, Flag, Moment, upsert
from exposure.manners import DEFAULT, Manners, manners_of
from exposure.patience import stride
from exposure.people import Person
from exposure.reminders import Reminder, parse_day, rhythm_of
from exposure.timetable import Occurrence, next_due
from exposure.vault import Vault

PURPOSE: Final = "calendar"
AHEAD: Final = timedelta(weeks=8)
SERIES: Final = timedelta(weeks=12)
"""A file cannot be asked again, so it knows from the beginning when it ends."""
MOST: Final = 50  # reminders of one person that a calendar holds


class CalendarAddress(Base):
    """The one address of a person's calendar, as a hash."""

    __tablename__ = "calendar_address"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    lookup: Mapped[str] = mapped_column(Text, unique=True)
    created: Mapped[datetime] = mapped_column(Moment)


@dataclass(frozen=True, slots=True)
class Entry:
    """One event: its wall time without a zone, and the zone beside it.

    With `days` (Monday 0) it comes again on each of them until the instant `last`.
    """

    uid: str
    reminder: str
    wall: datetime
    zone: str
    minutes: int
    days: tuple[int, ...] = ()
    last: datetime | None = None


_C, _P, _R = CalendarAddress.__table__.c, Person.__table__.c, Reminder.__table__.c
_LIVE = _R.live == literal(True, Flag)


def open_address(bound: Connection, vault: Vault, person_id: str, now: datetime) -> str:
    """A new secret, told this once; the one before opens nothing any more. Call in a write."""
    secret = secrets.token_urlsafe(32)
    new = {"person_id": person_id, "lookup": vault.lookup(secret, PURPOSE), "created": now}
    upsert(bound, CalendarAddress, [new], key=("person_id",))
    return secret


def close_address(bound: Connection, person_id: str) -> None:
    """The address opens nothing any more; call in a write."""
    bound.execute(delete(CalendarAddress).where(_C.person_id == person_id))


def has_address(bound: Connection, person_id: str) -> bool:
    return bound.execute(select(_C.person_id).where(_C.person_id == person_id)).first() is not None


def reader_of(bound: Connection, vault: Vault, secret: str) -> Any:
    """Whose calendar this secret opens: `id`, `language`, `zone`; None when nobody's."""
    whose = select(_P.id, _P.language, _P.zone).join(CalendarAddress, _C.person_id == _P.id)
    return bound.execute(whose.where(_C.lookup == vault.lookup(secret, PURPOSE))).first()


def ahead(bound: Connection, person_id: str, now: datetime) -> list[Entry]:
    """What this person's reminders will tell in the next weeks, as far as it can be known now; two statements.

    As the dispatch has it: rarer where nobody answered, not in a pause, not in quiet hours, no more in a day than the
    person wants.
    """
    manners = manners_of(bound, [person_id]).get(person_id, DEFAULT)
    mine = select(Reminder.__table__).where(_R.person_id == person_id, _LIVE).order_by(_R.at, _R.id).limit(MOST)
    coming = [one for row in bound.execute(mine) for one in _told(row, manners, now)]
    full: dict[str, int] = {}
    kept = []
    for at, occurrence, row in sorted(coming, key=lambda one: (one[0], one[2].id)):
        day = occurrence.day.isoformat()
        full[day] = full.get(day, 0) + 1
        if full[day] <= manners.ceiling:
            minutes = int((occurrence.until - at).total_seconds()) // 60
            wall = at.astimezone(ZoneInfo(row.zone)).replace(tzinfo=None)
            kept.append(Entry(f"{row.id}-{day}", row.id, wall, row.zone, minutes))
    return kept


def _told(row: Any, manners: Manners, now: datetime) -> Iterator[tuple[datetime, Occurrence, Any]]:
    """The occurrences of one reminder that would be told if nothing changed, each with the instant it would be."""
    every = stride(row.unanswered)
    if every is None:
        return
    for occurrence in islice(_coming(row, now), max(0, every - 1 - row.skip), None, every):
        if manners.is_paused(occurrence.due):
            continue
        at = manners.quiet_until(row.zone, occurrence.due) or occurrence.due
        if at < occurrence.until:
            yield at, occurrence, row


def _coming(row: Any, now: datetime) -> Iterator[Occurrence]:
    rhythm, last = rhythm_of(row), parse_day(row.last_day)
    found = None if rhythm is None else next_due(rhythm, now, last)
    while rhythm is not None and found is not None and found.due < now + AHEAD:
        yield found
        found = next_due(rhythm, found.due, found.day)


def series(bound: Connection, person_id: str, reminder_id: str, now: datetime) -> Entry | None:
    """One reminder for a file, from its next time on for twelve weeks; None when there is none, or it never comes."""
    its = select(Reminder.__table__).where(_R.person_id == person_id, _R.id == reminder_id, _LIVE)
    row = bound.execute(its).first()
    rhythm = None if row is None else rhythm_of(row)
    first = None if rhythm is None else next_due(rhythm, now)
    if row is None or rhythm is None or first is None:
        return None
    days = () if rhythm.date else tuple(sorted(rhythm.days))
    last = (first.due + SERIES).astimezone(UTC) if days else None
    return Entry(row.id, row.id, datetime.combine(first.day, rhythm.at), row.zone, row.window, days, last)
