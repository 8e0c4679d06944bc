"""Synced rows: everything a person makes, sealed under the owner's key, one table.

One table whatever the kinds, so that a pull and a push are a constant number of
statements; the fields are one sealed document, so that ratings are as private as words.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import (
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Text,
    and_,
    bindparam,
    insert,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column

from exposure.db import Base, Document, Id
from exposure.merge import Row
from exposure.vault import PersonKey

PAGE = 2000


class SyncedRow(Base):
    __tablename__ = "synced_row"
    __table_args__ = (Index("synced_row_since", "space_id", "revision"), Base.__table_args__)

    # Found through its space: the same id in another space is another row, so nobody can
    # learn from an answer that somebody else's row exists.
    space_id: Mapped[str] = mapped_column(ForeignKey("space.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(Integer)
    versions: Mapped[dict[str, int] | None] = mapped_column(Document)
    writers: Mapped[dict[str, str] | None] = mapped_column(Document)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


_T = SyncedRow.__table__.c
_COLUMNS = (_T.space_id, _T.id, _T.kind, _T.revision, _T.versions, _T.writers, _T.sealed)
_LOAD = select(*_COLUMNS).where(tuple_(_T.space_id, _T.id).in_(bindparam("wanted", expanding=True)))
_INSERT = insert(SyncedRow.__table__)
_UPDATE = (
    update(SyncedRow.__table__)
    .where(_T.space_id == bindparam("at_space"), _T.id == bindparam("at_id"))
    .values(
        revision=bindparam("revision"),
        versions=bindparam("versions"),
        writers=bindparam("writers"),
        sealed=bindparam("sealed"),
    )
)


def seal(key: PersonKey, space: str, row_id: str, fields: Mapping[str, Any]) -> bytes:
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return key.seal(text, "synced_row", space, row_id)


def unseal(key: PersonKey, space: str, row_id: str, sealed: bytes) -> dict[str, Any]:
    fields: dict[str, Any] = json.loads(key.open(sealed, "synced_row", space, row_id))
    return fields


def load(
    bound: Connection, wanted: Iterable[tuple[str, str]], keys: Mapping[str, PersonKey]
) -> dict[tuple[str, str], Row]:
    """The rows at these (space, id) places, opened; one statement."""
    found = bound.execute(_LOAD, {"wanted": sorted(wanted)})
    return {
        (r.space_id, r.id): Row(
            r.id,
            r.space_id,
            r.kind,
            unseal(keys[r.space_id], r.space_id, r.id, r.sealed),
            r.versions or {},
            r.writers or {},
        )
        for r in found
    }


def store(
    bound: Connection,
    rows: Iterable[Row],
    known: Iterable[tuple[str, str]],
    revisions: Mapping[str, int],
    keys: Mapping[str, PersonKey],
) -> None:
    """Write these rows at their space's new revision: at most one insert and one update."""
    old = set(known)
    values = [_values(row, revisions[row.space], keys[row.space]) for row in rows]
    fresh = [value for value in values if (value["space_id"], value["id"]) not in old]
    changed = [
        {"at_space": value.pop("space_id"), "at_id": value.pop("id"), **value}
        for value in values
        if (value["space_id"], value["id"]) in old
    ]
    if fresh:
        bound.execute(_INSERT, fresh)
    if changed:
        bound.execute(_UPDATE, changed)


def _values(row: Row, revision: int, key: PersonKey) -> dict[str, Any]:
    return {
        "space_id": row.space,
        "id": row.id,
        "kind": row.kind,
        "revision": revision,
        "versions": row.versions or None,
        "writers": row.writers or None,
        "sealed": seal(key, row.space, row.id, row.fields),
    }


def since(bound: Connection, cursors: Mapping[str, int]) -> list[Any]:
    """Rows changed after each space's cursor, in (space, revision) order; one statement.

    One more than a page is read, so that the caller knows whether there is more.
    """
    after = or_(*(and_(_T.space_id == s, _T.revision > c) for s, c in sorted(cursors.items())))
    order = select(*_COLUMNS).where(after).order_by(_T.space_id, _T.revision, _T.id)
    return list(bound.execute(order.limit(PAGE + 1)))
