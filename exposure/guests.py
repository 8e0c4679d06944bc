"""Guests: what somebody who reads along gets from a space that is another's.

Rows, history, news and presence are told through here, so that two who read with one person learn nothing of each
other, and nobody gets words that were taken back before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy.engine import Connection

from exposure import rows
from exposure.kinds import KINDS
from exposure.merge import Row
from exposure.vault import PersonKey

SOMEBODY: Final = ""  # who wrote it, where that is another guest
_ONES_OWN: Final = frozenset({"proposal", "idea"})  # between the owner and whoever made it
Place = tuple[str, str]  # (space, row)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, and whose space it is."""

    person: str
    owner: str

    @property
    def is_guest(self) -> bool:
        return self.person != self.owner

    def knows(self, who: object) -> bool:
        """Whether this reader may be told of somebody: guests of themselves and the owner only."""
        return not self.is_guest or who in (self.person, self.owner)


def told(reader: Reader, row: Row, authors: Mapping[Place, str]) -> Row | None:
    """The row as this reader gets it: whole, bare when it was put away, None when it is none of theirs.

    `authors` says whose the proposals are that the owner's comments speak of. All of this changes with the row's
    revision only, so nobody keeps what they should no longer have, or misses what came back.
    """
    if is_hidden(reader, row, authors):
        return None
    if is_put_away(reader, row):
        row = _bare(row)
    if not reader.is_guest:
        return row
    return replace(row, writers={name: who if reader.knows(who) else SOMEBODY for name, who in row.writers.items()})


def is_hidden(reader: Reader, row: Row, authors: Mapping[Place, str]) -> bool:
    """Whether this row lies between the owner and another guest."""
    by = row.fields.get("by")
    if not reader.is_guest or by == reader.person:
        return False
    if row.kind in _ONES_OWN:
        return True
    if not KINDS[row.kind].own_words:
        return False
    return by != reader.owner or (_is_on_proposal(row) and authors.get(_target(row)) != reader.person)


def is_put_away(reader: Reader, row: Row) -> bool:
    """Whether its words are no longer for this reader. One's own stay one's own; the owner keeps what they put away
    themselves, and not what its author took back."""
    said = KINDS[row.kind].own_words
    if not row.fields.get("archived") or (said and row.fields.get("by") == reader.person):
        return False
    return reader.is_guest or (said and row.writers.get("archived", reader.owner) != reader.owner)


def _bare(row: Row) -> Row:
    """That it was put away, and who did that when: bringing it back is an edit like any other."""
    return Row(row.id, row.space, row.kind, {"archived": True}, _away(row.versions), _away(row.writers))


def _away(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name == "archived"}


def authors(bound: Connection, found: Iterable[Row], keys: Mapping[str, PersonKey]) -> dict[Place, str]:
    """Whose the proposals are that are spoken of here; one statement, and none where nobody speaks of any."""
    wanted = {_target(row) for row in found if _is_on_proposal(row)}
    held = rows.load(bound, wanted, keys) if wanted else {}
    return {where: str(row.fields.get("by")) for where, row in held.items()}


def _is_on_proposal(row: Row) -> bool:
    return row.kind == "comment" and row.fields.get("target_kind") == "proposal"


def _target(row: Row) -> Place:
    return row.space, str(row.fields["target"])


# ---- history


def is_remembered(reader: Reader, row: Row) -> bool:
    """Whether the earlier words of a row that this reader sees are theirs to read as well.

    What somebody said is its author's, what was said differently first too; a comment is also the owner's.
    """
    if is_put_away(reader, row):
        return False
    if not KINDS[row.kind].own_words or row.fields.get("by") == reader.person:
        return True
    return row.kind == "comment" and not reader.is_guest


def edit_told(reader: Reader, entry: dict[str, Any]) -> dict[str, Any] | None:
    """One logged edit as this reader gets it: of other guests what was written, by somebody; what they only proposed
    is left out."""
    if not reader.is_guest or entry["actor"] == reader.person:
        return entry
    changes = [_uncredited(reader, change) for change in entry["changes"]]
    if entry["actor"] == reader.owner:
        return entry | {"changes": changes}
    changes = [change for change in changes if change["field"] not in entry["kept"]]
    return entry | {"actor": SOMEBODY, "outcome": "written", "kept": [], "changes": changes} if changes else None


def _uncredited(reader: Reader, change: dict[str, Any]) -> dict[str, Any]:
    if reader.knows(change.get("by", {}).get("id", reader.owner)):
        return change
    return {name: value for name, value in change.items() if name != "by"}
