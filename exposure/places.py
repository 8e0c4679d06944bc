"""Place: the room a day has for a reminder (rule R-1), taken when it falls due, given back if nobody heard.

It belongs to a reminder and a local date. One that is moved on the same day keeps its place, and a place whose every
delivery and mailing ended without reaching anybody is free for the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, literal, or_, select, update
from sqlalchemy.engine import Connection

from exposure.db import Flag
from exposure.deliveries import Claimed, Delivery
from exposure.mailings import Mailing
from exposure.manners import ToldDay
from exposure.ready import Ready

TIMES: Final = 3
"""So often a reminder may come in a day: at its times, however often they are moved; and so many "later" too."""

_T = ToldDay.__table__.c
_WAYS = (Delivery.__table__.c, Mailing.__table__.c)
_TELLINGS = tuple(
    Ready(
        select(of.person_id, of.reminder_id, of.day, of.again, of.occurrence, of.state).where(
            of.person_id.in_(bindparam("people", expanding=True)),
            of.reminder_id.in_(bindparam("reminders", expanding=True)),
            of.day.in_(bindparam("days", expanding=True)),
        )
    )
    for of in _WAYS
)
_MINE = (_T.person_id == bindparam("of_person"), _T.day == bindparam("of_day"))
_HOLD = Ready(update(ToldDay.__table__).where(*_MINE).values(before=_T.before))
_FREE = Ready(
    update(ToldDay.__table__)
    .where(
        *_MINE,
        _T.many > literal(0),
        *(
            ~select(of.id)
            .where(
                of.person_id == bindparam("of_person"),
                of.reminder_id == bindparam("of_reminder"),
                of.day == bindparam("of_day"),
                of.again == literal(False, Flag),
                or_(of.state == literal("open"), of.state == literal("sent")),
            )
            .exists()
            for of in _WAYS
        ),
    )
    .values(many=_T.many - literal(1))
)


@dataclass(slots=True)
class Day:
    """What became of one reminder on one date so far."""

    times: set[datetime] = field(default_factory=set)
    holds: bool = False  # its place is taken already

    @property
    def is_full(self) -> bool:
        return len(self.times) >= TIMES


Which = tuple[str, str, str, bool]
"""A person, a reminder, a local date, and whether it is about its "later"."""


def days_of(bound: Connection, asked: Iterable[Which]) -> dict[Which, Day]:
    """What was told, or is on its way, of these; two statements, or none."""
    wanted = set(asked)
    found = {each: Day() for each in wanted}
    if wanted:
        people, reminders, days = (sorted({each[at] for each in wanted}) for at in range(3))
        for way in _TELLINGS:
            for row in way.named(bound, people=people, reminders=reminders, days=days):
                day = found.get((row.person_id, row.reminder_id, row.day, row.again))
                if day is not None:
                    day.times.add(row.occurrence)
                    day.holds = day.holds or row.state in ("open", "sent")
    return found


def free(bound: Connection, ended: Iterable[Claimed]) -> None:
    """Give back the places of those that reached nobody, now that they ended; call in a write.

    The row of the day is held before anybody looks, so that of two clocks with two devices the second one sees it all.
    """
    places = sorted({(each.person_id, each.day, each.reminder_id) for each in ended if each.day and not each.again})
    rows = [dict(zip(("of_person", "of_day", "of_reminder"), each, strict=True)) for each in places]
    _HOLD.each(bound, [{name: row[name] for name in ("of_person", "of_day")} for row in rows])
    _FREE.each(bound, rows)
