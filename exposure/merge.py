"""What becomes of an edit: the rule per field, pure.

Nobody's words vanish and the owner is never refused (design decision 3): the value
that loses becomes a proposal, or, where it was empty, stays in the history alone.
No device's clock decides anything; order of arrival at the server does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from exposure.edits import ITS_AUTHORS, MAY_ADD, MAY_SET, Edit
from exposure.kinds import KINDS
from exposure.shared import WAITS

OFFLINE = 60 * 24 * 3_600_000  # so long may a device keep what was said before it sends it
SEEN = ("seen_person", "seen_therapist")


@dataclass(slots=True)
class Row:
    """A stored row, opened: its fields, and for shared rows who wrote which field when."""

    id: str
    space: str
    kind: str
    fields: dict[str, Any]
    versions: dict[str, int] = field(default_factory=dict)
    writers: dict[str, str] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set, compare=False)  # what of it was written just now


@dataclass(frozen=True, slots=True)
class Loss:
    """A value that was not written, or was written over: it becomes an open proposal."""

    field: str
    value: Any
    by: str
    conflict: bool


@dataclass(slots=True)
class Decision:
    """The outcome of one edit, before anything is stored."""

    outcome: str  # written | kept | refused
    reason: str = ""
    writes: dict[str, Any] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)

    @property
    def kept(self) -> list[str]:
        return [loss.field for loss in self.losses] if self.outcome == "kept" else []


def decide(edit: Edit, row: Row | None, role: str, actor: str) -> Decision:
    """What to write, what to keep as a proposal, or why not.

    `row` is the target as it stands (None when there is none), `role` the actor's role
    in the edit's space. Source of the rule: pwa.md 2.4, design decisions 3 and 4.
    """
    refusal = _refusal(edit, row, role, actor)
    if refusal:
        return Decision("refused", refusal)
    if KINDS[edit.kind].own_words:
        return Decision("written", writes=dict(edit.fields))
    if role == "proposer" and edit.kind != "proposal":
        return _propose(edit, row, actor)
    if row is None:
        return Decision("written", writes=dict(edit.fields))
    decision = Decision("written")
    for name, value in edit.fields.items():
        _settle(decision, edit, row, role, actor, name, value)
    return decision


def _refusal(edit: Edit, row: Row | None, role: str, actor: str) -> str:
    if edit.verb == "add" and row is None:
        return "" if edit.kind in MAY_ADD[role] else "not_allowed"
    # Adding what is there already (an import run twice) is setting it.
    if row is None or row.kind != edit.kind:
        return "missing"
    allowed = MAY_SET[role].get(edit.kind)  # of what was said already, an `add` may have no field left to set
    fits = allowed is not None and set(edit.fields) <= allowed
    if edit.kind == "proposal" and role != "owner":
        fits = fits and edit.verb == "set" and _takes_back(edit, row, actor)
    return "" if fits and not _is_anothers(edit, row, role, actor) else "not_allowed"


def _takes_back(edit: Edit, row: Row, actor: str) -> bool:
    """Whether this takes a proposal back that is the actor's own and still waits: all its author may do with it."""
    waits = row.fields.get("by") == actor and row.fields.get("state") in WAITS
    return waits and edit.fields == {"state": "left"}


def _is_anothers(edit: Edit, row: Row, role: str, actor: str) -> bool:
    """Whether this would change what somebody else said, or bring back what the owner put away."""
    if not KINDS[edit.kind].own_words:
        return False
    if row.fields.get("by") != actor and set(edit.fields) & ITS_AUTHORS[edit.kind]:
        return True
    put_away = row.fields.get("archived") and row.writers.get("archived", actor) != actor
    return role != "owner" and "archived" in edit.fields and (row.fields.get("by") != actor or bool(put_away))


def _is_taken_back(row: Row, actor: str) -> bool:
    """Whether somebody else, whose words these are, has taken them back."""
    by = row.fields.get("by")
    return bool(row.fields.get("archived")) and by != actor and row.writers.get("archived") == by


def said(edit: Edit, row: Row | None, role: str, actor: str, now: int) -> Edit:
    """What somebody says, under their own name and when it can have been, whatever their device claims."""
    if edit.kind == "thread":  # what was seen was seen by now
        return replace(edit, fields={n: min(v, now) if n in SEEN and v else v for n, v in edit.fields.items()})
    if not KINDS[edit.kind].own_words:
        return edit
    if row is not None:
        kept = {n: v for n, v in edit.fields.items() if edit.verb == "set" or n in MAY_SET[role].get(edit.kind, ())}
        if role == "owner" and _is_taken_back(row, actor):
            kept.pop("archived", None)  # it is with its author: nobody else brings it back, or puts it away once more
        return replace(edit, fields=kept)
    at = edit.fields.get("at")
    # What the owner brings in from a file of theirs keeps its day; nobody speaks to another out of the past.
    earliest = 0 if role == "owner" and edit.kind != "message" else now - OFFLINE
    fields = edit.fields | {"by": actor, "at": min(max(edit.at if at is None else at, earliest), now)}
    if edit.kind == "idea":
        fields["state"] = "open"
    if role != "owner":
        fields.pop("worry", None)
    return replace(edit, fields=fields)


def _propose(edit: Edit, row: Row | None, actor: str) -> Decision:
    if row is None:
        whole = Loss("", dict(edit.fields), actor, conflict=False)
        return Decision("kept", losses=[whole])
    changed = {n: v for n, v in edit.fields.items() if row.fields.get(n) != v}
    losses = [Loss(name, value, actor, conflict=False) for name, value in changed.items()]
    return Decision("kept" if losses else "written", losses=losses)


def _settle(decision: Decision, edit: Edit, row: Row, role: str, actor: str, name: str, value: Any) -> None:
    current, stale = row.fields.get(name), is_stale(edit.base, row, actor, name)
    if edit.undo and stale:
        return  # what somebody else has written since is not ours to take back
    # A word about a proposal is no wording: there is nothing to keep of the one before.
    if name == "position" or edit.kind == "proposal" or not stale or current == value:
        decision.writes[name] = value
    elif role == "owner":
        decision.writes[name] = value
        if current not in (None, ""):
            decision.losses.append(Loss(name, current, row.writers[name], conflict=True))
    else:
        decision.losses.append(Loss(name, value, actor, conflict=True))
        decision.outcome = "kept"


def is_stale(base: Mapping[str, int], row: Row, actor: str, name: str) -> bool:
    """Whether somebody else wrote this field after the version the edit was made on."""
    written = row.versions.get(name, 0)
    return written > base.get(name, 0) and row.writers.get(name, actor) != actor
