"""Manners: how a person wants to be reminded at all. How often in a day, not while they sleep, not for a while.

They come from the person's setting and follow it like the reminders do (see reminders). Who told nothing has the
defaults: one reminder a day (rule R-1), and what is late is not caught up with between 22 and 8.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from sqlalchemy import ForeignKey, Index, Integer, Text, bindparam, case, delete, func, literal_column, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column

from exposure.db import Base, Moment, is_postgres, moment, upsert
from exposure.merge import Row
from exposure.ready import Ready
from exposure.timetable import quiet_until

CEILING: Final = 1
NIGHT: Final = (time(22), time(8))
"""Quiet for what is late, for whoever did not say when they sleep. What they set for the night themselves comes."""


@dataclass(frozen=True, slots=True)
class Manners:
    """What one person said. Without quiet hours of their own `quiet` is None."""

    quiet: tuple[time, time] | None = None
    ceiling: int = CEILING
    paused: str = ""  # "" | until | open
    paused_until: datetime | None = None

    def is_paused(self, now: datetime) -> bool:
        """Whether nothing is to be sent. A pause that names no end it could have is over."""
        ends = self.paused_until
        return self.paused == "open" or (self.paused == "until" and ends is not None and now < ends)

    def quiet_until(self, zone: str, now: datetime, *, late: bool = False) -> datetime | None:
        """When the quiet ends in which `now` lies on the wall of this zone; None when there is none."""
        hours = self.quiet or (NIGHT if late else None)
        return None if hours is None else quiet_until(*hours, zone, now)


DEFAULT: Final = Manners()


class Manner(Base):
    """The manners of a person who has told any."""

    __tablename__ = "manner"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    quiet_from: Mapped[str] = mapped_column(Text)  # HH:MM or ''
    quiet_to: Mapped[str] = mapped_column(Text)
    ceiling: Mapped[int] = mapped_column(Integer)
    paused: Mapped[str] = mapped_column(Text)  # '' | until | open
    paused_until: Mapped[datetime | None] = mapped_column(Moment)


class ToldDay(Base):
    """How many reminders a person was told of on a local date; `before` is how many it had been a moment ago."""

    __tablename__ = "told_day"
    __table_args__ = (Index("told_day_past", "day"), Base.__table_args__)

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[str] = mapped_column(Text, primary_key=True)
    many: Mapped[int] = mapped_column(Integer)
    before: Mapped[int] = mapped_column(Integer)


_M, _T = Manner.__table__.c, ToldDay.__table__.c
_OF_PEOPLE = Ready(select(Manner.__table__).where(_M.person_id.in_(bindparam("people", expanding=True))))


def project(bound: Connection, person_id: str, written: Iterable[Row], _now: datetime) -> None:
    """Follow the person's setting (its id is its space's): at most one statement."""
    settings = [row for row in written if row.kind == "setting" and row.id == row.space]
    upsert(bound, Manner, [_columns(person_id, row.fields) for row in settings], key=("person_id",))


def _columns(person_id: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    until = fields.get("paused_until")
    return {
        "person_id": person_id,
        "quiet_from": fields.get("quiet_from") or "",
        "quiet_to": fields.get("quiet_to") or "",
        "ceiling": fields.get("ceiling") or CEILING,
        "paused": fields.get("paused") or "",
        "paused_until": None if until is None else moment(until),
    }


def manners_of(bound: Connection, people: Iterable[str]) -> dict[str, Manners]:
    """The manners of those of these people who told any; one statement."""
    return {row.person_id: _manners(row) for row in _OF_PEOPLE.named(bound, people=list(people))}


def _manners(row: Any) -> Manners:
    hours = (row.quiet_from, row.quiet_to)
    quiet = (time.fromisoformat(hours[0]), time.fromisoformat(hours[1])) if all(hours) else None
    return Manners(quiet, row.ceiling, row.paused, row.paused_until)


def grant(
    bound: Connection, wanted: Mapping[tuple[str, str], int], manners: Mapping[str, Manners]
) -> dict[tuple[str, str], int]:
    """How many of the wanted reminders may be told, by person and local date; call in a write.

    One statement takes the places there are, whichever clock asks: a row is held until the transaction ends, so that
    two clocks never give the same place away twice.
    """
    if not wanted:
        return {}
    new: Any = (postgresql.insert if is_postgres(bound) else sqlite.insert)(ToldDay)
    # By name: a column of the table would be asked of all its rows here, not of the one that is there already.
    own = select(_M.ceiling).where(_M.person_id == literal_column("told_day.person_id")).scalar_subquery()
    ceiling, sum_ = func.coalesce(own, CEILING), _T.many + new.excluded.many
    full = case((_T.many >= ceiling, _T.many), (sum_ > ceiling, ceiling), else_=sum_)
    take = new.on_conflict_do_update(index_elements=["person_id", "day"], set_={"many": full, "before": _T.many})
    rows = [
        {"person_id": person, "day": day, "many": min(number, manners.get(person, DEFAULT).ceiling), "before": 0}
        for (person, day), number in sorted(wanted.items())
    ]
    # The rows beside the statement, not in it: with its values in it, it would be compiled anew each time.
    given = bound.execute(take.returning(_T.person_id, _T.day, _T.many, _T.before), rows)
    return {(row.person_id, row.day): row.many - row.before for row in given}


def forget_days(bound: Connection, today: date) -> None:
    """Let go of what was told before this date."""
    bound.execute(delete(ToldDay).where(_T.day < today.isoformat()))
