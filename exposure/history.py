"""The edit log: who changed what and when, old and new; append-only.

It makes a repeated edit harmless (its stored answer is given again), and it is where
every wording that ever was acknowledged can be found again.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Select,
    Text,
    bindparam,
    delete,
    exists,
    insert,
    literal_column,
    or_,
    select,
    text,
)
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column

from exposure import rows
from exposure.db import Base, Document, Id, Moment
from exposure.guests import Reader, edit_told, is_put_away
from exposure.ready import Ready
from exposure.spaces import Membership
from exposure.vault import PersonKey

PAGE = 50
_SAID = text("kind IN ('comment', 'idea', 'message', 'proposal')")


class LoggedEdit(Base):
    """One edit as it came and what became of it; never changed afterwards."""

    __tablename__ = "edit"
    __table_args__ = (
        Index("edit_of_row", "space_id", "target", "revision", "ordinal"),
        Index("edit_said", "space_id", "actor_id", "kind", "at_server", sqlite_where=_SAID, postgresql_where=_SAID),
        Base.__table_args__,
    )

    # An edit's id is unique for its actor, so one person's ids tell another nothing.
    # It holds on to nobody: when a therapist leaves, what they did stays in the history of the person's ladder.
    actor_id: Mapped[str] = mapped_column(Id, primary_key=True)
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
    # [[field, previous, new], …] under the space owner's key, with whose words were taken as a fourth; empty for a
    # refused edit, whose words stay on the device that made it.
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)


_E = LoggedEdit.__table__.c
_M = Membership.__table__.c
# As the index `edit_said` has it, so that it is used.
SAID = _E.kind.in_([literal_column(f"'{kind}'") for kind in ("comment", "idea", "message", "proposal")])
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
    known = _SEEN.rows(bound, actor=actor, ids=list(ids))
    return {
        found: Answer(found, outcome, reason, tuple(json.loads(kept or "[]"))) for found, outcome, reason, kept in known
    }


def record(bound: Connection, entries: list[dict[str, Any]]) -> None:
    """Append to the log; one statement."""
    _INSERT.each(bound, entries)


def forget_refused(bound: Connection, actor: str) -> None:
    """Let go of the answers that belong to no space, inside a write; the rest goes with its space."""
    bound.execute(delete(LoggedEdit).where(_E.actor_id == actor, _E.space_id.is_(None)))


def seal(key: PersonKey, space: str, edit_id: str, changes: list[list[Any]]) -> bytes:
    said = json.dumps(changes, ensure_ascii=False, separators=(",", ":"))
    return key.seal(said, "edit", space, edit_id)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of edits, newest first, as its reader gets them; the mark of the next one; in which spaces they lie."""

    edits: list[dict[str, Any]]
    before: tuple[int, int] | None
    spaces: frozenset[str]


def of_row(
    bound: Connection,
    target: str,
    spaces: Mapping[str, PersonKey],
    readers: Mapping[str, Reader],
    before: tuple[int, int] | None = None,
) -> Page:
    """A page of a row's edits, through the spaces in which the reader may read its history.

    `before` is the (revision, ordinal) of the last one already known (keyset paging).
    """
    if not spaces:
        return Page([], None, frozenset())
    reader = readers[next(iter(spaces))].person
    found = bound.execute(_page(reader, before).where(_E.space_id.in_(spaces), _E.target == target)).all()
    return _told(found, spaces, readers)


def of_ladder(
    bound: Connection,
    space: str,
    key: PersonKey,
    reader: Reader,
    before: tuple[int, int] | None = None,
) -> Page:
    """A page of what was changed on a ladder and its steps; what was said about them is not in it.

    A guest is told nothing more of what was put away.
    """
    of = _page(reader.person, before).where(_E.space_id == space, _E.kind.in_(("ladder", "step")))
    found = bound.execute(of).all()
    page = _told(found, {space: key}, {space: reader})
    if not reader.is_guest or not found:
        return page
    held = rows.load(bound, {(space, row.target) for row in found}, {space: key})
    away = {target for (_, target), row in held.items() if is_put_away(reader, row)}
    return replace(page, edits=[edit for edit in page.edits if edit["target"] not in away])


def _told(found: Sequence[Any], keys: Mapping[str, PersonKey], readers: Mapping[str, Reader]) -> Page:
    told = ((row.space_id, edit_told(readers[row.space_id], entry(row, keys[row.space_id]))) for row in found)
    edits = [(space, edit) for space, edit in told if edit is not None]
    mark = (found[-1].revision, found[-1].ordinal) if len(found) == PAGE else None
    return Page([edit for _, edit in edits], mark, frozenset(space for space, _ in edits))


def _page(reader: str, before: tuple[int, int] | None) -> Select[Any]:
    statement = (
        select(LoggedEdit.__table__)
        .where(_E.outcome != "refused", _open_to(reader))
        .order_by(_E.revision.desc(), _E.ordinal.desc())
        .limit(PAGE)
    )
    if before:
        revision, ordinal = before
        statement = statement.where((_E.revision < revision) | ((_E.revision == revision) & (_E.ordinal < ordinal)))
    return statement


def _open_to(reader: str) -> ColumnElement[bool]:
    """The owner reads everything; a guest from the moment they were let in: what was said otherwise before is not
    theirs to know."""
    return exists().where(
        _M.space_id == _E.space_id,
        _M.person_id == reader,
        _M.until.is_(None),
        or_(_M.role == "owner", _M.since <= _E.at_server),
    )


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
        "kind": row.kind,
        "target": row.target,
        "verb": row.verb,
        "outcome": row.outcome,
        "kept": list(row.kept or ()),
        "changes": [_change(*change) for change in changes],
    }


def _change(name: str, previous: Any, new: Any, by: str = "") -> dict[str, Any]:
    told = {"field": name, "previous": previous, "new": new}
    return {**told, "by": {"id": by}} if by else told
