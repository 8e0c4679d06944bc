"""News: what people said on their ladders and in their messages since a therapist last looked there.

Counted from the log of edits, which tells kind, place and moment without opening a word; only what is counted is
opened, to leave out what was put away again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select, union_all
from sqlalchemy.engine import Connection

from exposure import guests, rows
from exposure.guests import Reader, is_hidden
from exposure.history import SAID, LoggedEdit
from exposure.merge import Row
from exposure.spaces import Space
from exposure.vault import PersonKey

# What counts: (kind, verb) -> the name of the count.
COUNTED: Final = {
    ("message", "add"): "messages",
    ("comment", "add"): "comments",
    ("proposal", "set"): "answers",
    ("idea", "set"): "answers",
}
NEAR: Final = 20  # spaces asked about in one statement; SQLite puts no more than 500 questions together
MANY: Final = 20  # nobody is told of more than "more than twenty", and so no more is looked for
NEWEST: Final = 2 * (MANY + 1)  # edits looked at for one count: some are of the same thing, or were put away
_E = LoggedEdit.__table__.c


def said(
    bound: Connection, therapist: str, since: Mapping[str, datetime | None], keys: Mapping[str, PersonKey]
) -> dict[str, Counter[str]]:
    """space -> how many messages, comments and answers came from its owner after the moment named for it."""
    spaces, counts = sorted(since), dict[str, Counter[str]]()
    for start in range(0, len(spaces), NEAR):
        near = {space: since[space] for space in spaces[start : start + NEAR]}
        counts |= _said(bound, therapist, near, keys)
    return counts


def few(many: int) -> int:
    """The number as it is told: above `MANY` it stands still."""
    return min(many, MANY + 1)


def _said(
    bound: Connection, therapist: str, since: Mapping[str, datetime | None], keys: Mapping[str, PersonKey]
) -> dict[str, Counter[str]]:
    owned = select(Space.id, Space.owner_id).where(Space.id.in_(since), Space.owner_id != therapist)
    owners: dict[str, str] = {row.id: row.owner_id for row in bound.execute(owned)}
    if not owners:
        return {}
    newest = (
        _newest(space, owner, kind, verb, since[space]) for space, owner in owners.items() for kind, verb in COUNTED
    )
    found = {tuple(row) for row in bound.execute(union_all(*newest))}
    held = rows.load(bound, {(space, target) for space, target, *_ in found}, keys) if found else {}
    authors = guests.authors(bound, held.values(), keys)
    counts: dict[str, Counter[str]] = {}
    for space, target, kind, verb in sorted(found):
        row, reader = held.get((space, target)), Reader(therapist, owners[space])
        if row is not None and not is_hidden(reader, row, authors) and _counts(row, COUNTED[kind, verb]):
            counts.setdefault(space, Counter())[COUNTED[kind, verb]] += 1
    return counts


def _newest(space: str, owner: str, kind: str, verb: str, since: datetime | None) -> Any:
    """The newest edits that count, as far as they are counted: as many are read whether ten or a million are there."""
    mine = select(_E.space_id, _E.target, _E.kind, _E.verb).where(SAID, _E.space_id == space, _E.actor_id == owner)
    mine = mine.where(_E.kind == kind, _E.verb == verb, _E.outcome != "refused")
    if since is not None:
        mine = mine.where(_E.at_server > since)
    return select(mine.order_by(_E.at_server.desc()).limit(NEWEST).subquery())


def _counts(row: Row, name: str) -> bool:
    """What was put away again is not news."""
    if row.fields.get("archived"):
        return False
    return name != "answers" or row.fields.get("state") not in {"open", None}
