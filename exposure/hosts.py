"""Host: how a push service has been answering, by the day, for whoever runs the house.

Named as the list of push services names it, never as an endpoint does: strangers choose those. No person stands here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Integer, Text, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column

from exposure.db import Base, Moment
from exposure.ready import Ready, plain

KEPT: Final = timedelta(days=14)


class PushHost(Base):
    """One push service on one day (UTC): what it took, what it wants to have later, what it refused."""

    __tablename__ = "push_host"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    day: Mapped[str] = mapped_column(Text, primary_key=True)
    taken: Mapped[int] = mapped_column(Integer)
    later: Mapped[int] = mapped_column(Integer)
    refused: Mapped[int] = mapped_column(Integer)
    gone: Mapped[int] = mapped_column(Integer)
    last_taken: Mapped[datetime | None] = mapped_column(Moment)
    last_trouble: Mapped[datetime | None] = mapped_column(Moment)
    trouble: Mapped[str | None] = mapped_column(Text)  # the last one, in a short word: "503", "TimeoutError"


_H = PushHost.__table__.c
_COUNTS: Final = {"delivered": "taken", "later": "later", "refused": "refused", "outage": "refused", "gone": "gone"}


_LATEST: Final = ("last_taken", "last_trouble", "trouble")


def _noting() -> Ready:
    words = {}
    for database, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert)):
        new: Any = insert(PushHost.__table__)
        added = {name: _H[name] + new.excluded[name] for name in set(_COUNTS.values())}
        latest = {name: func.coalesce(new.excluded[name], _H[name]) for name in _LATEST}
        words[database] = new.on_conflict_do_update(index_elements=["name", "day"], set_=added | latest)
    return Ready(words)


_NOTE: Final = _noting()


def note(bound: Connection, heard: Iterable[tuple[str, str, str]], now: datetime) -> None:
    """Add these answers: the service's name, what became of a message, and why; last in a write.

    Last, since all clocks write the same few rows: whoever holds one of them is to wait for nothing else.
    """
    rows: dict[str, dict[str, Any]] = {}
    for name, became, why in heard:
        blank = {"name": name, "day": now.date().isoformat(), "taken": 0, "later": 0, "refused": 0, "gone": 0}
        row = rows.setdefault(name, blank | dict.fromkeys(_LATEST))
        row[_COUNTS[became]] += 1
        if became == "delivered":
            row["last_taken"] = now
        elif became != "gone":
            row |= {"last_trouble": now, "trouble": why}
    _NOTE.each(bound, [plain(rows[name]) for name in sorted(rows)])


def since(bound: Connection, now: datetime) -> list[Any]:
    """What each push service answered today and yesterday, summed; one row each."""
    sums = [func.sum(_H[name]).label(name) for name in ("taken", "later", "refused", "gone")]
    moments = [func.max(_H[name]).label(name) for name in ("last_taken", "last_trouble")]
    newest = select(_H.trouble).where(_H.trouble.isnot(None)).order_by(_H.last_trouble.desc()).limit(1)
    day = (now - timedelta(days=1)).date().isoformat()
    held = select(_H.name, *sums, *moments).where(_H.day >= day).group_by(_H.name).order_by(_H.name)
    why = newest.where(_H.day >= day)
    return [(row, bound.execute(why.where(_H.name == row.name)).scalar()) for row in bound.execute(held)]


def forget_past(bound: Connection, now: datetime) -> None:
    """Let go of what was answered two weeks ago."""
    bound.execute(delete(PushHost).where(_H.day < (now - KEPT).date().isoformat()))
