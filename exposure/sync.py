"""Sync: apply what a device did, once.

The way of an edit: a device's edit -> `decide` (merge) -> row, proposals and log, all in
one write transaction -> the space's next revision -> every other device's next pull.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, literal_column, select, update
from sqlalchemy.engine import Connection

from exposure import history, homes, logbook, room, rows
from exposure.db import milliseconds
from exposure.edits import Edit, Unfit, read_edit
from exposure.errors import NotSignedIn
from exposure.exchange import Exchange
from exposure.fits import is_id
from exposure.history import Answer
from exposure.kinds import KINDS
from exposure.merge import Decision, Loss, Row, decide, said
from exposure.people import Person
from exposure.ready import Ready
from exposure.shared import WAITS
from exposure.spaces import Place, Space, found_ladders

MOST_EDITS = 200
MOST_SPACES = 500  # ladders of one person, their private space with them
_MINE = Ready(select(Person.id).where(Person.id == bindparam("person")).with_for_update(key_share=True))
_NEXT = Ready(
    update(Space)
    .where(Space.id.in_(bindparam("spaces", expanding=True)))
    .values(revision=Space.revision + literal_column("1"))
)

# Fields that name another row of the same space.
_POINTS = {"step": ("ladder",), "comment": ("target",), "idea": ("step", "ladder")}

Projection = Callable[[Connection, str, Sequence[Row], datetime], None]
"""Keeps plain tables in step with sealed rows: (connection, person, rows just written, now)."""


def is_readable(sent: Any) -> bool:
    """Whether every edit can at least be answered: a list of at most 200 objects with ids."""
    return (
        isinstance(sent, list)
        and len(sent) <= MOST_EDITS
        and all(isinstance(raw, dict) and is_id(raw.get("id")) for raw in sent)
    )


def push(exchange: Exchange, sent: Sequence[Mapping[str, Any]], projections: Sequence[Projection]) -> list[Answer]:
    """Apply these edits in order, each once; call inside `writing()`.

    An edit that cannot be applied is answered "refused" with a reason and does not stop
    the ones behind it. Returns one answer for each edit, in the order sent.
    """
    bound, actor = exchange.bound, exchange.actor
    one_at_a_time(bound, actor)
    answers = history.answered(bound, actor, [raw["id"] for raw in sent])
    exchange.see(lock=True)
    fresh: list[Edit] = []
    for raw in sent:
        if raw["id"] in answers:
            continue
        try:
            edit = read_edit(raw)
        except Unfit as unfit:
            answers[raw["id"]] = logbook.refuse(exchange, raw, unfit.reason)
            continue
        answers[edit.id] = Answer(edit.id, "")  # a second copy in the same batch is no second edit
        fresh.append(edit)
    _open_ladders(exchange, fresh)
    exchange.room = room.of(bound, actor, exchange.places, fresh, exchange.now)
    wanted = {(e.space, row) for e in fresh if e.space in exchange.places for row in _named(e)}
    wanted |= exchange.room.about(fresh)
    exchange.rows = rows.load(bound, wanted, exchange.keys) if wanted else {}
    exchange.known = set(exchange.rows)
    exchange.elsewhere = homes.elsewhere(bound, _begun_by_guests(exchange, fresh))
    for edit in fresh:
        answers[edit.id] = _apply(exchange, edit)
    _keep(exchange, projections)
    return [answers[raw["id"]] for raw in sent]


def one_at_a_time(bound: Connection, actor: str) -> None:
    """Wait for this person's other writes. Raises NotSignedIn where the account is gone."""
    # On PostgreSQL two copies of one request may arrive together; holding the actor's own
    # row (always the first lock taken) lets the second see the first one's answers.
    if not _MINE.rows(bound, person=actor):
        raise NotSignedIn  # deleted since we knew them: a refusal written now would belong to nobody, for ever


def _open_ladders(exchange: Exchange, edits: Sequence[Edit]) -> None:
    """Adding a ladder to a space nobody has yet makes that space, with the adder as owner."""
    wanted = [e.space for e in edits if _opens(e) and e.space not in exchange.places and exchange.only is None]
    wanted = wanted[: max(0, MOST_SPACES - len(exchange.places))]
    if not wanted:
        return
    if found_ladders(exchange.bound, exchange.actor, wanted, exchange.now):
        exchange.see(lock=False)


def _apply(exchange: Exchange, edit: Edit) -> Answer:
    place = exchange.places.get(edit.space)
    if place is None or KINDS[edit.kind].space != place.kind:
        full = place is None and _opens(edit) and len(exchange.places) >= MOST_SPACES
        decision = Decision("refused", "full" if full else "no_space")
    else:
        row, role = exchange.rows.get((edit.space, edit.target)), place.role
        edit = said(edit, row, role, exchange.actor, milliseconds(exchange.now))
        if row is None and edit.verb == "set" and role in ("editor", "proposer"):
            row, role = _waiting(exchange, edit), "proposer"
        decision = decide(_within(edit, place), row, role, exchange.actor)
        if _strays(exchange, edit, place):
            decision = Decision("refused", "missing")
        if row is None and (edit.space, edit.target) in exchange.elsewhere:
            decision = Decision("refused", "not_allowed")
        decision = room.refused(exchange.room, edit, row, place, decision)
    if place is None or decision.outcome == "refused":
        logbook.note(exchange, edit, decision, None, [])
        return Answer(edit.id, "refused", decision.reason)
    changes = _write(exchange, edit, place, decision)
    for loss in decision.losses:
        _propose(exchange, edit, place, loss)
        if not any(change[0] == loss.field for change in changes):
            changes.append([loss.field, None, loss.value])
    logbook.credit(exchange, edit, place, changes)
    logbook.note(exchange, edit, decision, place, changes)
    return Answer(edit.id, decision.outcome, kept=tuple(decision.kept))


def _opens(edit: Edit) -> bool:
    return edit.kind == "ladder" and edit.verb == "add"


def _named(edit: Edit) -> set[str]:
    """The rows this edit is about: its target, what it points to in the same space, and the proposal it takes."""
    pointed = {edit.fields.get(name) for name in _POINTS.get(edit.kind, ())}
    return {row for row in (edit.target, edit.took, *pointed) if row}


def _begun_by_guests(exchange: Exchange, edits: Sequence[Edit]) -> dict[tuple[str, str], str]:
    """The places of the rows that guests would begin, and whose spaces these are. What owners do with ids is theirs."""
    placed = ((edit, exchange.places.get(edit.space)) for edit in edits if edit.verb == "add")
    return {(edit.space, edit.target): place.owner for edit, place in placed if place and place.role != "owner"}


def _within(edit: Edit, place: Place) -> Edit:
    # A base from the future would never be stale, and would write over words nobody had seen.
    return replace(edit, base={name: min(seen, place.revision) for name, seen in edit.base.items()})


def _strays(exchange: Exchange, edit: Edit, place: Place) -> bool:
    """Whether somebody who is not the owner points to what is not in this space: a ladder, a step, a proposal."""
    if place.role == "owner":
        return False
    for name in _POINTS.get(edit.kind, ()):
        if edit.fields.get(name) is not None:
            row = exchange.rows.get((edit.space, edit.fields[name]))
            kind = edit.fields.get("target_kind", row and row.kind) if name == "target" else name
            if row is None or row.kind != kind:
                return True
    return False


def _waiting(exchange: Exchange, edit: Edit) -> Row | None:
    """The step of this id as the actor proposed it, while it waits: what they change of it is one more proposal."""
    for one in exchange.room.proposals(edit.space, edit.target, ""):
        proposal = exchange.rows.get((edit.space, one))
        if proposal and proposal.fields["state"] in WAITS:
            return Row(edit.target, edit.space, proposal.fields["target_kind"], proposal.fields["value"])
    return None


def _write(exchange: Exchange, edit: Edit, place: Place, decision: Decision) -> list[list[Any]]:
    if not decision.writes:
        return []
    where = (edit.space, edit.target)
    row = exchange.rows.setdefault(where, Row(edit.target, edit.space, edit.kind, {}))
    changes = [[name, row.fields.get(name), value] for name, value in decision.writes.items()]
    row.fields.update(decision.writes)
    row.touched.update(decision.writes)
    if place.kind != "private":
        for name in decision.writes:
            row.versions[name] = place.revision + 1
            row.writers[name] = exchange.actor
    exchange.changed[where] = row
    return changes


def _propose(exchange: Exchange, edit: Edit, place: Place, loss: Loss) -> None:
    mine = loss.by == exchange.actor
    if mine and room.is_said(exchange.rows, exchange.room, edit, loss):
        return
    proposal = str(uuid.uuid4())  # nobody can have made a row of this id beforehand
    where = (edit.space, proposal)
    row = Row(
        proposal,
        edit.space,
        "proposal",
        {
            "target": edit.target,
            "target_kind": edit.kind,
            "field": loss.field,
            "value": loss.value,
            "by": loss.by,
            "state": "open",
            "conflict": loss.conflict,
            "at": milliseconds(exchange.now),
        },
    )
    row.versions = dict.fromkeys(row.fields, place.revision + 1)
    row.writers = dict.fromkeys(row.fields, exchange.actor)
    exchange.rows[where] = row
    exchange.changed[where] = row
    if mine:
        exchange.room.waits(edit.space, edit.target, loss.field, proposal)


def _keep(exchange: Exchange, projections: Sequence[Projection]) -> None:
    """Store rows, revisions, log and projections: a constant number of statements."""
    bound = exchange.bound
    touched = {entry["space_id"] for entry in exchange.log} - {None}
    if touched:
        _NEXT.do(bound, spaces=sorted(touched))
    revisions = {space: exchange.places[space].revision + 1 for space in touched}
    if exchange.changed:
        rows.store(bound, exchange.changed.values(), exchange.known, revisions, exchange.keys)
    room.project(bound, exchange.changed.values())
    history.record(bound, exchange.log)
    for project in projections:
        project(bound, exchange.actor, list(exchange.changed.values()), exchange.now)
    exchange.moved = revisions
    exchange.places.update({s: replace(exchange.places[s], revision=revisions[s]) for s in touched})
