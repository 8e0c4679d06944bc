"""Laid: rows that the house itself puts into a space, beside what devices send. They travel by sync like any other."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from exposure import rows
from exposure.merge import Row
from exposure.spaces import Space
from exposure.vault import PersonKey


def hold(bound: Connection, spaces: Iterable[str]) -> None:
    """Hold these spaces until commit, in the one order in which everybody takes them; call inside a write."""
    bound.execute(select(Space.id).where(Space.id.in_(set(spaces))).order_by(Space.id).with_for_update()).all()


def lay(
    bound: Connection, key: PersonKey, laid: Sequence[Row], writer: str, touched: Iterable[str] = ()
) -> dict[str, int]:
    """Write these rows of one owner's spaces over what is there; the new revision of each space.

    `touched` are spaces in which no row changes and which are to be looked at again all the same (a role did).
    """
    spaces = {row.space for row in laid} | set(touched)
    moved = _next(bound, spaces)
    keys = dict.fromkeys(spaces, key)
    known = rows.load(bound, {(row.space, row.id) for row in laid}, keys) if laid else {}
    written = [_over(known.get((row.space, row.id)), row, writer, moved[row.space]) for row in laid]
    if written:
        rows.store(bound, written, known.keys(), moved, keys)
    return moved


def _next(bound: Connection, spaces: set[str]) -> dict[str, int]:
    if not spaces:
        return {}
    hold(bound, spaces)
    turned = update(Space).where(Space.id.in_(spaces)).values(revision=Space.revision + 1)
    return {row.id: row.revision for row in bound.execute(turned.returning(Space.id, Space.revision))}


def _over(known: Row | None, row: Row, writer: str, revision: int) -> Row:
    old: Mapping[str, object] = known.fields if known else {}
    written = Row(row.id, row.space, row.kind, {**old, **row.fields})
    if row.kind != "consent":  # a mirror: it has no writer but the house
        written.versions = {**(known.versions if known else {}), **dict.fromkeys(row.fields, revision)}
        written.writers = {**(known.writers if known else {}), **dict.fromkeys(row.fields, writer)}
    return written
