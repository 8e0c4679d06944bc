"""The edit log: who changed what and when, old and new; append-only.

It makes a repeated edit harmless (its stored answer is given again), and it is where
every wording that ever was acknowledged can be found again.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, Text, bindparam, insert, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column

from exposure.db import Base, Document, Id, Moment
from exposure.ready import Ready
from exposure.vault import PersonKey

PAGE = 50


class LoggedEdit(Base):
    """One edit as it came and what became of it; never changed afterwards."""

    __tablename__ = "edit"
    __table_args__ = (
        Index("edit_of_row", "space_id", "target", "revision", "ordinal"),
        Base.__table_args__,
    )

    # An edit's id is unique for its actor, so one person's ids tell another nothing.
    actor_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    space_id: Mapped[str | None] = mapped_column(ForeignKey("space.id", ondelete="CASCADE"))
    revision: Mapped[int] = mapped_column(Integer)
    ordinal: Mapped[int] = mapped_column(Integer)
    device: Mapped[str] = mapped_column(Text)
    at_device: Mapped[datetime] = mapped_column(Moment)
    at_server: Mapped[datetime] = mapped_column(Moment)
    kind: Mapped[str] = mapped_column(Text)
    target: Mapped[str] = mapped_column(Text)
    verb: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    kept: Mapped[list[str] | None] = mapped_column(Document)
    # [[field, previous, new], …] under the space owner's key; empty for a refused edit,
    # whose words stay on the device that made it.
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)


_E = LoggedEdit.__table__.c
_SEEN = Ready(
    select(_E.id, _E.outcome, _E.reason, _E.kept).where(
        _E.actor_id == bindparam("actor"), _E.id.in_(bindparam("ids", expanding=True))
    )
)
_INSERT = Ready(insert(LoggedEdit.__table__))


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an edit."""

    id: str
    outcome: str
    reason: str = ""
    kept: tuple[str, ...] = ()


def answered(bound: Connection, actor: str, ids: Iterable[str]) -> dict[str, Answer]:
    """The stored answers of edits this person sent before; one statement."""
    rows = _SEEN.rows(bound, actor=actor, ids=list(ids))
    return {
        found: Answer(found, outcome, reason, tuple(json.loads(kept or "[]"))) for found, outcome, reason, kept in rows
    }


def record(bound: Connection, entries: list[dict[str, Any]]) -> None:
    """Append to the log; one statement."""
    _INSERT.each(bound, entries)


def seal(key: PersonKey, space: str, edit_id: str, changes: list[list[Any]]) -> bytes:
    text = json.dumps(changes, ensure_ascii=False, separators=(",", ":"))
    return key.seal(text, "edit", space, edit_id)


def of_row(
    bound: Connection,
    target: str,
    spaces: Mapping[str, PersonKey],
    before: tuple[int, int] | None = None,
) -> list[dict[str, Any]]:
    """A page of a row's edits, newest first, through the spaces the person may see.

    `before` is the (revision, ordinal) of the last one already known (keyset paging).
    """
    statement = (
        select(LoggedEdit.__table__)
        .where(_E.space_id.in_(spaces), _E.target == target, _E.outcome != "refused")
        .order_by(_E.revision.desc(), _E.ordinal.desc())
        .limit(PAGE)
    )
    if before:
        revision, ordinal = before
        statement = statement.where((_E.revision < revision) | ((_E.revision == revision) & (_E.ordinal < ordinal)))
    return [entry(row, spaces[row.space_id]) for row in bound.execute(statement)]


def entry(row: Any, key: PersonKey) -> dict[str, Any]:
    """One logged edit, opened."""
    changes = json.loads(key.open(row.sealed, "edit", row.space_id, row.id))
    return {
        "id": row.id,
        "revision": row.revision,
        "ordinal": row.ordinal,
        "at_server": row.at_server,
        "at_device": row.at_device,
        "actor": row.actor_id,
        "verb": row.verb,
        "outcome": row.outcome,
        "kept": list(row.kept or ()),
        "changes": [{"field": f, "previous": p, "new": n} for f, p, n in changes],
    }
