"""Watch: what waits to be sent, whether a clock is alive, and how push services answer, in lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from exposure import heartbeats, hosts
from exposure.deliveries import Delivery
from exposure.heartbeats import SILENT
from exposure.reminders import Reminder

_R, _D = Reminder.__table__.c, Delivery.__table__.c


def lines(bound: Connection, now: datetime) -> Iterator[str]:
    """One line for each thing: the clock, the queue, each push service."""
    yield f"clock     {_clock(heartbeats.last(bound), now)}"
    yield f"queue     {_queue(bound, now)}"
    coming = bound.execute(select(func.count()).where(_R.due > now)).scalar_one()
    yield f"later     {_many(coming, 'reminder')} asleep"
    for row, why in hosts.since(bound, now):
        yield f"service   {_service(row, why, now)}"


def _clock(last: tuple[datetime, str] | None, now: datetime) -> str:
    if last is None:
        return "none was started yet"
    at, note = last
    said = "alive" if now - at <= SILENT else "silent"
    return f"{said}, last heard {_ago(at, now)}" + (f"; {note}" if note else "")


def _queue(bound: Connection, now: datetime) -> str:
    due, first = bound.execute(select(func.count(), func.min(_R.due)).where(_R.due <= now)).one()
    ready, oldest = bound.execute(select(func.count(), func.min(_D.due)).where(_D.state == "open", _D.due <= now)).one()
    held = bound.execute(select(func.count()).where(_D.state == "open", _D.due > now)).scalar_one()
    since = min((each for each in (first, oldest) if each is not None), default=None)
    waits = "nothing waits" if since is None else f"{due + ready} due, the oldest {_ago(since, now)}"
    return waits + (f"; {held} on the way or to be tried again" if held else "")


def _service(row: Any, why: str | None, now: datetime) -> str:
    counts = ", ".join(f"{getattr(row, name)} {name}" for name in ("taken", "later", "refused", "gone"))
    taken = f"last taken {_ago(row.last_taken, now)}" if row.last_taken else "nothing taken"
    trouble = f"; last trouble {why} {_ago(row.last_trouble, now)}" if row.last_trouble else ""
    return f"{row.name}: {counts} since yesterday; {taken}{trouble}"


def _ago(at: datetime, now: datetime) -> str:
    passed = max(now - at, timedelta(0))
    for unit, name in ((timedelta(days=1), "day"), (timedelta(hours=1), "hour"), (timedelta(minutes=1), "minute")):
        if passed >= unit:
            return f"{_many(passed // unit, name)} ago"
    return f"{_many(int(passed.total_seconds()), 'second')} ago"


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
