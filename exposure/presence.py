"""Presence: who is here now and at which step, while a ladder is open for two. Forgotten half a minute later."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column

from exposure.db import Base, Id, Moment, upsert
from exposure.spaces import Membership

HERE_FOR: Final = timedelta(seconds=30)


class Presence(Base):
    """Somebody at a ladder, last heard of at this moment."""

    __tablename__ = "presence"

    space_id: Mapped[str] = mapped_column(ForeignKey("space.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    step: Mapped[str | None] = mapped_column(Id)
    at: Mapped[datetime] = mapped_column(Moment)


def be(bound: Connection, space: str, person: str, step: str | None, now: datetime) -> None:
    """Say that somebody is here, inside a write."""
    upsert(bound, Presence, [{"space_id": space, "person_id": person, "step": step, "at": now}],
           key=("space_id", "person_id"))  # fmt: skip


def leave(bound: Connection, spaces: Iterable[str], person: str | None = None) -> None:
    """Forget who is here (or one of them), inside a write."""
    gone = delete(Presence).where(Presence.space_id.in_(list(spaces)))
    bound.execute(gone if person is None else gone.where(Presence.person_id == person))


def here(bound: Connection, space: str, now: datetime) -> list[tuple[str, str | None]]:
    """(person, step) of everybody heard of within half a minute who has a place there still."""
    placed = (Membership.space_id == Presence.space_id) & (Membership.person_id == Presence.person_id)
    found = (
        select(Presence.person_id, Presence.step)
        .join(Membership, placed & Membership.until.is_(None))
        .where(Presence.space_id == space, Presence.at > now - HERE_FOR)
    )
    return [(row.person_id, row.step) for row in bound.execute(found.order_by(Presence.person_id))]
