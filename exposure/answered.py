"""Answered: what a person did that answers their reminders, so that patience begins anew (rule R-5).

An answer row (might, later, not today, as it is) answers its reminder through its day. An attempt or a rest answers
all that were told before it. Changing a reminder answers it too (see reminders). Opening the app does not. An answer
that is taken back stays an answer, somebody was there; only its "later" does not come any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, literal, literal_column, select, union, update
from sqlalchemy.engine import Connection

from exposure import marks, patience
from exposure.db import Flag, moment
from exposure.merge import Row
from exposure.ready import Ready
from exposure.reminders import NEXT, RHYTHM, Reminder, next_columns, parse_day, rhythm_of
from exposure.timetable import end_of_day, is_zone, local_day, next_due

LONGEST_LATER = timedelta(hours=24)
SOON = timedelta(seconds=1)
SOONEST_LATER = timedelta(minutes=5)
"""After it was asked for. Nobody says "later" and means at once."""
FAR = 40
"""Days. Nobody answers what was longer ago."""

_R = Reminder.__table__.c
_CHANGED = ("unanswered", "tellings", "skip", "answered", "spoken", *NEXT)
_KNOWN = select(_R.id, *RHYTHM, *(_R[name] for name in _CHANGED), _R.live, _R.told)
_ON = select(_R.id).where(_R.person_id == bindparam("person"), _R.live == literal(True, Flag))
_WAITING = Ready(_ON.where(_R.unanswered > literal_column("0")).limit(1))
_ANSWER = (
    update(Reminder)
    .where(_R.person_id == bindparam("of_person"), _R.id == bindparam("of_id"))
    .values({name: bindparam(f"new_{name}") for name in _CHANGED})
)


@dataclass(frozen=True, slots=True)
class Act:
    """What was done: one answer's fields, or an attempt or a rest at an instant (`fields` is None)."""

    at: datetime
    fields: dict[str, Any] | None = None


def project(bound: Connection, person_id: str, written: Iterable[Row], now: datetime) -> None:
    """Follow answers, attempts and rests just written: three statements, however many there are."""
    rows = list(written)
    answers = [Act(_at(row.fields, now), row.fields) for row in rows if row.kind == "answer"]
    done = [at for row in rows if row.kind in ("attempt", "rest") and (at := marks.moment_of(row, now)) is not None]
    if not answers and not (done and _WAITING.rows(bound, person=person_id)):
        return
    said: dict[str, list[Act]] = {}
    for act in sorted(answers, key=lambda act: act.at):
        said.setdefault(str(act.fields and act.fields["reminder"]), []).append(act)
    # One that is off waits for nothing: whoever switches it on has answered it (see reminders).
    mine = select(_R.id).where(_R.person_id == person_id)
    waiting = mine.where(_R.live == literal(True, Flag), _R.unanswered > 0)
    meant = union(waiting, mine.where(_R.id.in_(sorted(said)))) if said else waiting
    held = _KNOWN.where(_R.person_id == person_id, _R.id.in_(meant)).order_by(_R.id).with_for_update()
    found = bound.execute(held).all()
    last = max(done, default=None)
    through = {row.id: _through(row, said.get(row.id, ()), last, now) for row in found}
    changes = [
        {"of_person": person_id, "of_id": row.id} | {f"new_{name}": value for name, value in new.items()}
        for row in found
        if (new := _after(row, said.get(row.id, ()), through[row.id], now)) is not None
    ]
    if changes:
        bound.execute(_ANSWER, changes)


def _at(fields: dict[str, Any], now: datetime) -> datetime:
    ms = fields.get("at")
    return now if ms is None else min(moment(ms), now)


def _through(row: Any, said: Sequence[Act], done: datetime | None, now: datetime) -> datetime | None:
    """Through when this reminder is answered by what was done; None when by nothing."""
    ends = [_end(act, row.zone, now) for act in said]
    if done is not None and row.told is not None:
        ends.append(min(done, row.told))  # what was not told yet is not answered by doing something else
    return max(ends, default=None)


def _end(act: Act, zone: str, now: datetime) -> datetime:
    """An answer given late, or on a phone whose clock is behind, still answers the day it was given for."""
    day = (act.fields or {}).get("day") or ""
    near = {(now + timedelta(days=ahead)).date().isoformat() for ahead in range(-FAR, 2)}
    if day not in near or not is_zone(zone):
        return act.at
    return max(act.at, min(end_of_day(date.fromisoformat(day), zone), now))


def _after(row: Any, said: Sequence[Act], through: datetime | None, now: datetime) -> dict[str, Any] | None:
    """The columns of a reminder that was answered; None when it was not."""
    if through is None:
        return None
    new = {name: getattr(row, name) for name in _CHANGED}
    new["answered"] = through if row.answered is None else max(through, row.answered)
    left = [told for told in row.tellings.split() if moment(int(told)) > through]
    if len(left) < row.unanswered:
        new |= {"unanswered": len(left), "skip": 0, "tellings": "".join(f"{told} " for told in left)}
    rhythm = rhythm_of(row)
    if row.live and rhythm is not None:
        if row.due is None and patience.stride(new["unanswered"]) is not None:
            new |= next_columns(next_due(rhythm, now, parse_day(row.last_day)), row.last_day)
        if said:
            new |= _later(row, said[-1], now)
    if said:
        new["spoken"] = max(said[-1].at, row.spoken or said[-1].at)
    return new


def _later(row: Any, act: Act, now: datetime) -> dict[str, Any]:
    """The one more time that was asked for, unless something newer was said; or, taken back, the next regular one."""
    answer = act.fields or {}
    ms = answer.get("again")
    if answer.get("choice") != "later" or ms is None or (answer.get("archived") and not row.again):
        return {}
    wish = moment(ms)
    asked = max(wish, act.at + SOONEST_LATER)
    if answer.get("archived"):
        ours = row.until - timedelta(minutes=row.window) == asked
        rhythm = rhythm_of(row) if ours else None
        return {} if rhythm is None else next_columns(next_due(rhythm, now, parse_day(row.last_day)), row.last_day)
    if row.spoken is not None and act.at < row.spoken:
        return {}
    if asked > now + LONGEST_LATER or wish + timedelta(minutes=row.window) <= now + SOON:
        return {}
    due, until = max(asked, now + SOON), asked + timedelta(minutes=row.window)
    day = local_day(due, row.zone).isoformat()
    return {"day": day, "due": due, "until": until, "last_day": row.last_day, "again": True}
