"""Heartbeat: that a clock is alive, and since when its time has gone on evenly. A row each."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Text, delete, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column

from exposure.db import Base, Moment, upsert

SILENT = timedelta(seconds=60)
CLOCK = "clock"
SWEEP = "sweep"
GAP = timedelta(days=3)  # a house that was shut for longer has its time looked at anew
STEADY = timedelta(days=1)


class Heartbeat(Base):
    """What a clock last said of itself, under a name."""

    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    # clock: "" | outage: the push services refuse our signature. sweep: since when its time has gone on evenly
    note: Mapped[str] = mapped_column(Text)


_H = Heartbeat.__table__.c


def beat(bound: Connection, now: datetime, note: str = "") -> None:
    """A clock is alive; call in a write."""
    upsert(bound, Heartbeat, [{"name": CLOCK, "at": now, "note": note}], key=("name",))


def forget(bound: Connection) -> None:
    """No clock was alive here yet: what a backup tells of its clock is of another day; call in a write."""
    bound.execute(delete(Heartbeat).where(_H.name == CLOCK))


def last(bound: Connection) -> tuple[datetime, str] | None:
    """When a clock was last alive and what it had to say; None when there never was one."""
    found = bound.execute(select(_H.at, _H.note).where(_H.name == CLOCK)).first()
    return None if found is None else (found.at, found.note)


def steady(bound: Connection, now: datetime) -> bool:
    """Whether this time may be believed, so that something may be let go of for good; call in a write, about hourly.

    A machine whose clock runs years ahead for an hour would take every login for expired. So time has to have gone on
    without a leap, forward or back, for a whole day.
    """
    found = bound.execute(select(_H.at, _H.note).where(_H.name == SWEEP)).first()
    since = datetime.fromisoformat(found.note) if found and abs(now - found.at) <= GAP else now
    upsert(bound, Heartbeat, [{"name": SWEEP, "at": now, "note": since.isoformat()}], key=("name",))
    return now - since >= STEADY
