"""Synced rows: everything a person makes, sealed under the owner's key, one table.

One table whatever the kinds, so that a pull and a push are a constant number of
statements; the fields are one sealed document, so that ratings are as private as words.
"""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

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
    update,
)
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column

from exposure.db import Base, Document, Id
from exposure.merge import Row
from exposure.ready import Ready
from exposure.vault import PersonKey

PAGE = 2000
PAGE_BYTES = 4 * 1024 * 1024


class SyncedRow(Base):
    """One thing of a person's, whatever its kind: its fields sealed, its version and writer per field beside them."""

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
_LOAD = Ready(
    select(*_COLUMNS).where(
        _T.space_id.in_(bindparam("spaces", expanding=True)),
        _T.id.in_(bindparam("ids", expanding=True)),
    )
)
_AT = Ready(
    select(*_COLUMNS).where(_T.space_id == bindparam("space"), _T.revision == bindparam("revision")).order_by(_T.id)
)
_INSERT = Ready(insert(SyncedRow.__table__))
_UPDATE = Ready(
    update(SyncedRow.__table__)
    .where(_T.space_id == bindparam("at_space"), _T.id == bindparam("at_id"))
    .values(
        revision=bindparam("revision"),
        versions=bindparam("versions"),
        writers=bindparam("writers"),
        sealed=bindparam("sealed"),
    )
)


class Stored(NamedTuple):
    """A row as it lies in the table: sealed, its versions and writers still text."""

    space_id: str
    id: str
    kind: str
    revision: int
    versions: str | None
    writers: str | None
    sealed: bytes


def seal(key: PersonKey, space: str, row_id: str, fields: Mapping[str, Any]) -> bytes:
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return key.seal(text, "synced_row", space, row_id)


def unseal(key: PersonKey, space: str, row_id: str, sealed: bytes) -> dict[str, Any]:
    fields: dict[str, Any] = json.loads(key.open(sealed, "synced_row", space, row_id))
    return fields


def load(bound: Connection, wanted: set[tuple[str, str]], keys: Mapping[str, PersonKey]) -> dict[tuple[str, str], Row]:
    """The rows at these (space, id) places, opened; one statement."""
    spaces, ids = sorted({space for space, _ in wanted}), sorted({row_id for _, row_id in wanted})
    found = (Stored(*row) for row in _LOAD.rows(bound, spaces=spaces, ids=ids))
    return {(r.space_id, r.id): opened(r, keys[r.space_id]) for r in found if (r.space_id, r.id) in wanted}


def opened(r: Stored, key: PersonKey) -> Row:
    """A row as it is worked with."""
    fields = unseal(key, r.space_id, r.id, r.sealed)
    return Row(r.id, r.space_id, r.kind, fields, json.loads(r.versions or "{}"), json.loads(r.writers or "{}"))


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
    _INSERT.each(bound, fresh)
    _UPDATE.each(bound, changed)


def _values(row: Row, revision: int, key: PersonKey) -> dict[str, Any]:
    return {
        "space_id": row.space,
        "id": row.id,
        "kind": row.kind,
        "revision": revision,
        "versions": json.dumps(row.versions) if row.versions else None,
        "writers": json.dumps(row.writers) if row.writers else None,
        "sealed": seal(key, row.space, row.id, row.fields),
    }


def since(bound: Connection, cursors: Mapping[str, int]) -> tuple[list[Stored], bool]:
    """Rows changed after each space's cursor, in (space, revision) order; one statement.

    At most a page of them, in rows and in bytes, and one more; and whether there is more.
    """
    places = sorted(cursors.items())
    size = 1 << (len(places) - 1).bit_length()
    parameters: dict[str, Any] = {"most": PAGE + 1}
    for i, (space, cursor) in enumerate(places + places[-1:] * (size - len(places))):
        parameters |= {f"space_{i}": space, f"cursor_{i}": cursor}
    found: list[Stored] = []
    weight = 0
    for row in _since(size).stream(bound, **parameters):
        found.append(Stored(*row))
        weight += len(found[-1].sealed)
        if len(found) > PAGE or weight > PAGE_BYTES:
            return found, True
    return found, False


def at(bound: Connection, space: str, revision: int) -> list[Stored]:
    """Every row of one revision of a space, however many; one statement."""
    return [Stored(*row) for row in _AT.rows(bound, space=space, revision=revision)]


@cache
def _since(size: int) -> Ready:
    after = (and_(_T.space_id == bindparam(f"space_{i}"), _T.revision > bindparam(f"cursor_{i}")) for i in range(size))
    order = select(*_COLUMNS).where(or_(*after)).order_by(_T.space_id, _T.revision, _T.id)
    return Ready(order.limit(bindparam("most")))
