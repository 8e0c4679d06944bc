"""Room: how much one person may leave in a space, so that nobody's amount stops the others.

Proposals that wait stand in a plain table beside their sealed rows, kept in the same transaction: who made them, of
which field of what. So they are found, and counted, without opening a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ForeignKey, Index, Text, and_, bindparam, delete, func, literal, or_, select, union_all
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column

from exposure.db import Base, Flag, Id, upsert
from exposure.edits import Edit
from exposure.history import SAID, LoggedEdit
from exposure.merge import Decision, Loss, Row
from exposure.ready import Ready
from exposure.reminders import Reminder
from exposure.shared import WAITS
from exposure.spaces import Place

MOST_WAITING: Final = 300  # proposals of one person that wait in one space
MOST_WORDS: Final = 1000  # comments, or ideas, of one guest in one space
MOST_MESSAGES: Final = 300  # of one person in one thread, in an hour
MOST_REMINDERS: Final = 200  # of one person that are on; each is looked at at every tick and in every answer
HOUR: Final = timedelta(hours=1)


class Waiting(Base):
    """One proposal that waits for the owner; gone from here as soon as it is answered or taken back."""

    __tablename__ = "waiting"
    __table_args__ = (Index("waiting_of", "by", "space_id"), Base.__table_args__)

    space_id: Mapped[str] = mapped_column(ForeignKey("space.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    by: Mapped[str] = mapped_column(Id)
    target: Mapped[str] = mapped_column(Id)
    field: Mapped[str] = mapped_column(Text)


_W = Waiting.__table__.c
_E = LoggedEdit.__table__.c
_R = Reminder.__table__.c
_MINE = Ready(
    select(_W.space_id, _W.id, _W.target, _W.field)
    .where(_W.by == bindparam("by"), _W.space_id.in_(bindparam("spaces", expanding=True)))
    .order_by(_W.id)
)


@dataclass(slots=True)
class Room:
    """What the actor has waiting where their edits go, and how much they said there."""

    waiting: dict[tuple[str, str, str], list[str]] = field(default_factory=dict)  # (space, target, field) -> proposals
    taken: dict[tuple[str, str], int] = field(default_factory=dict)  # (space, kind) -> how many

    def proposals(self, space: str, target: str, name: str) -> list[str]:
        return self.waiting.get((space, target, name), [])

    def about(self, edits: Iterable[Edit]) -> set[tuple[str, str]]:
        """Where the actor's proposals lie that are about what these edits mean."""
        named = {(edit.space, edit.target) for edit in edits}
        return {(s, one) for (s, target, _), ids in self.waiting.items() if (s, target) in named for one in ids}

    def waits(self, space: str, target: str, name: str, proposal: str) -> None:
        self.waiting.setdefault((space, target, name), []).append(proposal)
        self.taken[space, "proposal"] = self.taken.get((space, "proposal"), 0) + 1

    def refusal(self, edit: Edit, row: Row | None, place: Place, losses: list[Loss]) -> str:
        """Why there is no room for this edit; empty when there is, and then it takes its room."""
        if place.role != "owner" and losses:
            full = self.taken.get((place.id, "proposal"), 0) + len(losses) > MOST_WAITING
            return "many_proposals" if full else ""
        if edit.kind == "reminder":
            return self._one_more_reminder(edit, row)
        if edit.verb != "add" or row is not None or not _is_counted(edit, place):
            return ""
        said = self.taken.get((place.id, edit.kind), 0)
        if said >= _most(edit.kind):
            return "many_messages" if edit.kind == "message" else "many_words"
        self.taken[place.id, edit.kind] = said + 1
        return ""

    def _one_more_reminder(self, edit: Edit, row: Row | None) -> str:
        """Whether one more may be on; one that is put away, or off, gives its room back."""
        was = row is not None and _is_on(row.fields)
        will = _is_on((row.fields if row else {}) | edit.fields)
        many = self.taken.get((edit.space, "reminder"), 0) + will - was
        if will and not was and many > MOST_REMINDERS:
            return "many_reminders"
        self.taken[edit.space, "reminder"] = many
        return ""


def _is_on(fields: Mapping[str, Any]) -> bool:
    return bool(not fields.get("archived") and fields.get("on", True))


def _is_counted(edit: Edit, place: Place) -> bool:
    """What guests say; messages whoever writes them. What owners note on their own ladder is theirs."""
    return edit.kind == "message" or (edit.kind in ("comment", "idea") and place.role != "owner")


def _most(kind: str) -> int:
    return MOST_MESSAGES if kind == "message" else MOST_WORDS


def of(bound: Connection, actor: str, places: Mapping[str, Place], edits: Iterable[Edit], now: datetime) -> Room:
    """The room of these edits: at most two statements, and none where nobody but the owner writes."""
    room, edits = Room(), [edit for edit in edits if edit.space in places]
    guest = {e.space for e in edits if e.kind in ("step", "ladder") and places[e.space].role != "owner"}
    found = _MINE.rows(bound, by=actor, spaces=sorted(guest)) if guest else []
    for space, proposal, target, name in found:
        room.waits(space, target, name, proposal)
    said = {(e.space, e.kind) for e in edits if e.verb == "add" and _is_counted(e, places[e.space])}
    said |= {(e.space, e.kind) for e in edits if e.kind == "reminder"}
    if said:
        counts = union_all(*(_count(actor, space, kind, now) for space, kind in sorted(said)))
        room.taken |= {(space, kind): many for space, kind, many in bound.execute(counts)}
    return room


def _count(actor: str, space: str, kind: str, now: datetime) -> Any:
    """How often somebody said something there, counted no further than there is room for; how many reminders are on."""
    if kind == "reminder":
        mine = select(_R.id).where(_R.person_id == actor, _R.live == literal(True, Flag))
        return select(literal(space), literal(kind), func.count()).select_from(mine.limit(MOST_REMINDERS).subquery())
    mine = select(_E.id).where(SAID, _E.space_id == space, _E.actor_id == actor, _E.kind == kind, _E.verb == "add")
    if kind == "message":
        mine = mine.where(_E.at_server > now - HOUR)
    return select(literal(space), literal(kind), func.count()).select_from(mine.limit(_most(kind)).subquery())


def is_said(rows: Mapping[tuple[str, str], Row], room: Room, edit: Edit, loss: Loss) -> bool:
    """Whether just this waits already: the same proposal twice is one."""
    held = (rows.get((edit.space, one)) for one in room.proposals(edit.space, edit.target, loss.field))
    return any(row and row.fields["state"] in WAITS and row.fields["value"] == loss.value for row in held)


def refused(room: Room, edit: Edit, row: Row | None, place: Place, decision: Decision) -> Decision:
    """The decision, or that there is no room for it."""
    reason = "" if decision.outcome == "refused" else room.refusal(edit, row, place, decision.losses)
    return Decision("refused", reason) if reason else decision


def project(bound: Connection, written: Iterable[Row]) -> None:
    """Follow the proposals just written; call inside the same transaction."""
    proposals = [row for row in written if row.kind == "proposal"]
    wait = [row for row in proposals if row.fields.get("state") in WAITS]
    done = [row for row in proposals if row.fields.get("state") not in WAITS]
    if wait:
        upsert(bound, Waiting, [_columns(row) for row in wait], key=("space_id", "id"))
    if done:
        over = or_(*(and_(_W.space_id == s, _W.id.in_(ids)) for s, ids in _by_space(done).items()))
        bound.execute(delete(Waiting).where(over))


def _by_space(found: Iterable[Row]) -> dict[str, list[str]]:
    spaces: dict[str, list[str]] = {}
    for row in found:
        spaces.setdefault(row.space, []).append(row.id)
    return spaces


def _columns(row: Row) -> dict[str, Any]:
    told = row.fields
    return {"space_id": row.space, "id": row.id, "by": told["by"], "target": told["target"], "field": told["field"]}
