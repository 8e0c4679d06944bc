"""Edits a device may send: how one is read, and who may write what.

This is the only place that says which role may touch which field (`MAY_ADD`, `MAY_SET`, `ITS_AUTHORS`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from exposure.fits import flag, is_id, is_moment, whole
from exposure.kind import Kind
from exposure.kinds import KINDS

_ALL = {name: frozenset(kind.fields) for name, kind in KINDS.items()}
_SHARED_STEP = _ALL["step"] - {"ladder", "from_library", "split_from", "varied_from", "turned"}
_IDEA = frozenset({"step", "ladder", "days", "time", "window", "words", "archived"})
_TWO_PENS: dict[str, frozenset[str]] = {
    "ladder": frozenset({"title", "ready_times", "ready_days", "ready_rating", "ready_share"}),
    "step": _SHARED_STEP,
    "proposal": frozenset({"state"}),  # to take one's own back while it waits, and no more: see merge
    "comment": frozenset({"text", "archived"}),
    "idea": _IDEA,
    "message": frozenset({"text", "archived"}),
    "thread": frozenset({"reads_days", "reads_note", "away_until", "receipts_therapist", "seen_therapist"}),
}

# role -> kind -> fields. What is not written here is refused.
MAY_SET: dict[str, dict[str, frozenset[str]]] = {
    "owner": {
        **{name: _ALL[name] for name, kind in KINDS.items() if not kind.made_by_server and not kind.own_words},
        "proposal": frozenset({"state"}),
        "comment": frozenset({"text", "archived"}),
        "idea": _IDEA | {"state"},
        "message": frozenset({"text", "archived", "worry"}),
        "thread": frozenset({"receipts_person", "seen_person"}),
    },
    "editor": _TWO_PENS,
    "proposer": _TWO_PENS,
    "viewer": {},
}

MAY_ADD: dict[str, frozenset[str]] = {
    "owner": frozenset(name for name, kind in KINDS.items() if not kind.made_by_server),
    "editor": frozenset({"step", "comment", "idea", "message"}),
    "proposer": frozenset({"step", "comment", "idea", "message"}),
    "viewer": frozenset(),
}

# Of what somebody said, these fields are theirs alone, whatever the role; the rest is the owner's too.
ITS_AUTHORS: dict[str, frozenset[str]] = {
    "comment": frozenset({"text"}),
    "idea": _IDEA,
    "message": frozenset({"text", "archived", "worry"}),
}


class Unfit(ValueError):
    """An edit that cannot be read; `reason` is a short word for the device."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Edit:
    """One named change: `verb` (add or set) some `fields` of the row `target`.

    `took` names the proposal whose words the owner takes by it; the history then keeps whose they were.
    `undo` takes one's own earlier change back, and nothing that somebody else has written since.
    """

    id: str
    space: str
    kind: str
    target: str
    verb: str
    fields: dict[str, Any]
    base: dict[str, int]
    at: int
    took: str = ""
    undo: bool = False


def read_edit(raw: Mapping[str, Any]) -> Edit:
    """Check one edit as sent by a device. Raises Unfit with the reason."""
    kind = KINDS.get(raw["kind"]) if isinstance(raw.get("kind"), str) else None
    fields, base, took, undo = raw.get("fields"), raw.get("base", {}), raw.get("took"), raw.get("undo", False)
    if kind is None or raw.get("verb") not in ("add", "set"):
        raise Unfit("unknown_kind")
    if not is_id(raw.get("space")) or not is_id(raw.get("target")) or not (took is None or is_id(took)):
        raise Unfit("unfit")
    if not isinstance(fields, dict) or not fields or not is_moment(raw.get("at")) or not flag(undo):
        raise Unfit("unfit")
    if not isinstance(base, dict) or not all(whole(v) and v >= 0 for v in base.values()):
        raise Unfit("unfit")
    _check_fields(kind, fields, raw["verb"])
    return Edit(
        raw["id"],
        raw["space"],
        raw["kind"],
        raw["target"],
        raw["verb"],
        fields,
        {name: base[name] for name in base if name in kind.fields},
        raw["at"],
        took or "",
        undo,
    )


def _check_fields(kind: Kind, fields: Mapping[str, Any], verb: str) -> None:
    for name, value in fields.items():
        if name not in kind.fields or not kind.fields[name](value):
            raise Unfit("unfit")
    if verb == "add" and any(name not in fields for name in kind.needs):
        raise Unfit("unfit")
