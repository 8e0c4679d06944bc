"""Logbook: what goes into the log of edits, and with whose name beside it."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from exposure import history
from exposure.db import milliseconds, moment
from exposure.edits import Edit
from exposure.exchange import Exchange
from exposure.fits import is_id, one_of
from exposure.history import Answer
from exposure.kinds import KINDS
from exposure.merge import Decision
from exposure.shared import WAITS
from exposure.spaces import Place


def refuse(exchange: Exchange, raw: Mapping[str, Any], reason: str) -> Answer:
    """Answer an edit that could not even be read; of what stands where a code belongs only codes are kept."""
    kind, target, verb = (
        str(raw[name]) if raw.get(name) is not None and fits(raw[name]) else ""
        for name, fits in (("kind", one_of(*KINDS)), ("target", is_id), ("verb", one_of("add", "set")))
    )
    _log(exchange, raw["id"], kind, target, verb, Decision("refused", reason), at=exchange.now)
    return Answer(raw["id"], "refused", reason)


def note(
    exchange: Exchange,
    edit: Edit,
    decision: Decision,
    place: Place | None,
    changes: list[list[Any]],
) -> None:
    """Write down an edit and what became of it; its words only where they are kept."""
    entry = _log(exchange, edit.id, edit.kind, edit.target, edit.verb, decision, at=moment(edit.at))
    if place is not None:
        entry["space_id"] = place.id
        entry["revision"] = place.revision + 1
        entry["sealed"] = history.seal(exchange.keys[place.id], place.id, edit.id, changes)


def _log(
    exchange: Exchange,
    edit_id: str,
    kind: str,
    target: str,
    verb: str,
    decision: Decision,
    *,
    at: datetime,
) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "actor_id": exchange.actor,
        "id": edit_id,
        "space_id": None,
        "revision": 0,
        "ordinal": len(exchange.log),
        "device": exchange.device,
        "at_device": milliseconds(at),
        "at_server": milliseconds(exchange.now),
        "kind": kind,
        "target": target,
        "verb": verb,
        "outcome": decision.outcome,
        "reason": decision.reason,
        "kept": json.dumps(decision.kept) if decision.kept else None,
        "sealed": None,
    }
    exchange.log.append(entry)
    return entry


def credit(exchange: Exchange, edit: Edit, place: Place, changes: list[list[Any]]) -> None:
    """Note whose words the owner takes: of each change that is just what the proposal says."""
    proposal = exchange.rows.get((edit.space, edit.took)) if edit.took and place.role == "owner" else None
    if proposal is None or proposal.kind != "proposal":
        return
    told = proposal.fields
    # Taken while its author took it back, without either knowing: the words are still theirs.
    waits = told["state"] in WAITS or proposal.writers.get("state") == told["by"]
    if not waits or told["target"] != edit.target or told["by"] == exchange.actor:
        return
    offered = {told["field"]: told["value"]} if told["field"] else told["value"]
    for change in changes:
        if change[0] in offered and offered[change[0]] == change[2]:
            change.append(told["by"])
