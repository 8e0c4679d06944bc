"""Homes: the space in which the ladder of an attempt lies, and who reads there now; in which a row is at home."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import bindparam, literal_column, select
from sqlalchemy.engine import Connection

from exposure.merge import Row
from exposure.ready import Ready
from exposure.rows import SyncedRow
from exposure.spaces import Membership, Space

_R = SyncedRow.__table__.c
_OF_LADDERS = (
    select(_R.id, _R.kind, _R.space_id)
    .join(Space.__table__, Space.id == _R.space_id)
    .where(Space.owner_id == bindparam("person"), _R.kind.in_((literal_column("'ladder'"), literal_column("'step'"))))
)
_EVERY_HOME, _HOMES = Ready(_OF_LADDERS), Ready(_OF_LADDERS.where(_R.id.in_(bindparam("ids", expanding=True))))
_ANYWHERE = Ready(
    select(_R.id, _R.space_id, Space.owner_id)
    .join(Space.__table__, Space.id == _R.space_id)
    .where(Space.owner_id.in_(bindparam("owners", expanding=True)), _R.id.in_(bindparam("ids", expanding=True)))
)
_READ = Ready(
    select(Membership.person_id, Membership.space_id).where(
        Membership.space_id.in_(bindparam("spaces", expanding=True)),
        Membership.person_id.in_(bindparam("readers", expanding=True)),
        Membership.until.is_(None),
    )
)


def read_by(bound: Connection, therapists: Iterable[str], spaces: Iterable[str | None]) -> set[tuple[str, str]]:
    """(therapist, space) for those of these spaces that are shared with them now."""
    asked = sorted({space for space in spaces if space is not None})
    found = _READ.rows(bound, spaces=asked, readers=list(therapists)) if asked else []
    return {(row[0], row[1]) for row in found}


def elsewhere(bound: Connection, wanted: Mapping[tuple[str, str], str]) -> set[tuple[str, str]]:
    """Those of these places, (space, row) -> whose space, where no row may begin: one of that id lies elsewhere.

    A phone knows a row by its id alone, and would keep one of the two. One statement.
    """
    if not wanted:
        return set()
    owners, ids = sorted(set(wanted.values())), sorted({row for _, row in wanted})
    held: dict[tuple[str, str], set[str]] = {}
    for row, space, owner in _ANYWHERE.rows(bound, owners=owners, ids=ids):
        held.setdefault((owner, row), set()).add(space)
    return {(space, row) for (space, row), owner in wanted.items() if held.get((owner, row), set()) - {space}}


def of(bound: Connection, person: str, entries: Sequence[Row], *, every: bool = False) -> dict[str, str | None]:
    """entry -> the space of its ladder; a row id that lies in two spaces is at home in neither.

    `every`: look through all ladders at once rather than for the ones named.
    """
    on = {row.id: _names(row) for row in entries}
    ids = sorted({name for _, name in on.values() if name})
    if not ids:
        return dict.fromkeys(on)
    found = _EVERY_HOME.rows(bound, person=person) if every else _HOMES.rows(bound, person=person, ids=ids)
    spaces: dict[tuple[str, str], set[str]] = {}
    for row, kind, space in found:
        spaces.setdefault((kind, row), set()).add(space)
    return {entry: _home(*named, spaces.get(named, set())) for entry, named in on.items()}


def _names(row: Row) -> tuple[str, str]:
    """What an entry hangs on: its ladder, or the step where it names no ladder."""
    ladder = row.fields.get("ladder")
    return ("ladder", ladder) if ladder else ("step", row.fields.get("step") or "")


def _home(kind: str, named: str, spaces: set[str]) -> str | None:
    if len(spaces) == 1:
        return next(iter(spaces))
    return named if spaces or kind == "ladder" else None
