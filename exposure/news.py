"""News: what people said on their ladders and in their messages since a therapist last looked there.

Counted from the log of edits, which tells kind, place and moment without opening a word; only what is counted is
opened, to leave out what was put away again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, or_, select
from sqlalchemy.engine import Connection

from exposure import guests, rows
from exposure.guests import Reader, is_hidden
from exposure.history import LoggedEdit
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
NEAR: Final = 200  # spaces asked about in one statement; SQLite follows no more than 1,000 ORs
_E = LoggedEdit.__table__.c


def said(
    bound: Connection, therapist: str, since: Mapping[str, datetime | None], keys: Mapping[str, PersonKey]
) -> dict[str, Counter[str]]:
    """space -> how many messages, comments and answers came from its owner after the moment named for it."""
    spaces, found = sorted(since), set[tuple[str, str, str, str, str]]()
    for start in range(0, len(spaces), NEAR):
        near = {space: since[space] for space in spaces[start : start + NEAR]}
        found |= {tuple(row) for row in bound.execute(_after(therapist, near))}
    owners = {space: owner for space, _, _, _, owner in found}
    held = rows.load(bound, {(space, target) for space, target, *_ in found}, keys) if found else {}
    authors = guests.authors(bound, held.values(), keys)
    counts: dict[str, Counter[str]] = {}
    for space, target, kind, verb, _ in sorted(found):
        row, reader = held.get((space, target)), Reader(therapist, owners[space])
        if row is not None and not is_hidden(reader, row, authors) and _counts(row, COUNTED[kind, verb]):
            counts.setdefault(space, Counter())[COUNTED[kind, verb]] += 1
    return counts


def _after(therapist: str, since: Mapping[str, datetime | None]) -> Any:
    where = [_E.space_id == s if at is None else and_(_E.space_id == s, _E.at_server > at) for s, at in since.items()]
    kinds = [and_(_E.kind == kind, _E.verb == verb) for kind, verb in COUNTED]
    named = select(_E.space_id, _E.target, _E.kind, _E.verb, Space.owner_id).distinct()
    named = named.join(Space, and_(Space.id == _E.space_id, Space.owner_id == _E.actor_id))
    return named.where(or_(*where), or_(*kinds), _E.actor_id != therapist, _E.outcome != "refused")


def _counts(row: Row, name: str) -> bool:
    """What was put away again is not news."""
    if row.fields.get("archived"):
        return False
    return name != "answers" or row.fields.get("state") not in {"open", None}
