"""Heartbeat: that a clock is alive. One row, whichever clock wrote it last; red when it is older than a minute."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Text, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column

from exposure.db import Base, Moment, upsert

SILENT = timedelta(seconds=60)
CLOCK = "clock"


class Heartbeat(Base):
    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    note: Mapped[str] = mapped_column(Text)  # "" | outage: the push services refuse our signature


_H = Heartbeat.__table__.c


def beat(bound: Connection, now: datetime, note: str = "") -> None:
    """A clock is alive; call in a write."""
    upsert(bound, Heartbeat, [{"name": CLOCK, "at": now, "note": note}], key=("name",))


def last(bound: Connection) -> tuple[datetime, str] | None:
    """When a clock was last alive and what it had to say; None when there never was one."""
    found = bound.execute(select(_H.at, _H.note).where(_H.name == CLOCK)).first()
    return None if found is None else (found.at, found.note)
