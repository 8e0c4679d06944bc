"""Outlook: what a person's phone is told of their reminders and devices: how often they come now, and when next."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import literal, select
from sqlalchemy.engine import Connection

from exposure import patience
from exposure.db import Flag, milliseconds
from exposure.logins import Login, Visitor
from exposure.manners import DEFAULT, Manners, manners_of
from exposure.reminders import NEXT, RHYTHM, Reminder, parse_day, rhythm_of
from exposure.subscriptions import Subscription
from exposure.timetable import Occurrence, next_due
from exposure.vault import PersonKey

AHEAD = 8  # occurrences looked through for one that comes: patience passes over three of them at most
FAR = timedelta(days=1000)
JUST = timedelta(milliseconds=1)

_R, _S, _L = Reminder.__table__.c, Subscription.__table__.c, Login.__table__.c
_REMINDERS = select(
    _R.id, *RHYTHM, *(_R[name] for name in NEXT), _R.told, _R.unanswered, _R.skip
)  # fmt: skip
_DEVICES = select(_S.id, _S.login_id, _S.delivered, _S.stopped, _L.device).join(Login, _L.id == _S.login_id)


def reminders_of(bound: Connection, person: str, now: datetime) -> list[dict[str, Any]]:
    """Each of this person's reminders that is on: how it is met, and when it is told next. Two statements."""
    said = manners_of(bound, [person]).get(person, DEFAULT)
    mine = _REMINDERS.where(_R.person_id == person, _R.live == literal(True, Flag)).order_by(_R.id)
    return [
        {
            "id": row.id,
            "unanswered": row.unanswered,
            "rarer": patience.stride(row.unanswered) not in (1, None),
            "silent": patience.stride(row.unanswered) is None,
            "told": None if row.told is None else milliseconds(row.told),
            "next": None if (at := coming(row, said, now)) is None else milliseconds(at),
        }
        for row in bound.execute(mine)
    ]


def met(bound: Connection, person: str) -> list[dict[str, Any]]:
    """How each of this person's reminders was met so far, for the file that holds everything. One statement."""
    mine = select(_R.id, _R.told, _R.unanswered, _R.answered).where(_R.person_id == person).order_by(_R.id)
    names = ("told", "answered")
    return [
        {"id": row.id, "unanswered": row.unanswered}
        | {name: None if getattr(row, name) is None else milliseconds(getattr(row, name)) for name in names}
        for row in bound.execute(mine)
    ]


def coming(row: Any, said: Manners, now: datetime) -> datetime | None:
    """When this reminder is told next, as far as is known now; None when it is not."""
    rhythm, every = rhythm_of(row), patience.stride(row.unanswered)
    if row.due is None or rhythm is None or said.paused == "open":
        return None
    if row.again:
        return row.due if said.is_paused(row.due) is False else None
    passed = row.skip
    one: Occurrence | None = Occurrence(parse_day(row.day) or row.due.date(), row.due, row.until)
    for _ in range(AHEAD):
        if one is None or every is None:
            return None
        after = one.due
        if said.is_paused(one.due):
            after = (said.paused_until or after) - JUST  # however long it is, it is one step
            if after > now + FAR:
                return None
        elif passed + 1 < every:
            passed += 1
        else:
            quiet = said.quiet_until(row.zone, one.due)
            if quiet is None or quiet < one.until:
                return max(quiet or one.due, now)
        one = next_due(rhythm, after, one.day)
    return None


def devices_of(bound: Connection, key: PersonKey, who: Visitor) -> list[dict[str, Any]]:
    """Each device that agreed to be nudged, the newest delivery first. One statement."""
    found = [
        {
            "id": row.id,
            "name": key.open(row.device, "login", "device", row.login_id) if row.device else "",
            "here": row.login_id == who.login,
            "delivered": None if row.delivered is None else milliseconds(row.delivered),
            "state": "on" if row.stopped is None else "stopped",
        }
        for row in bound.execute(_DEVICES.where(_S.person_id == who.person).order_by(_S.id))
    ]
    return sorted(found, key=lambda device: (not device["here"], -(device["delivered"] or 0)))
