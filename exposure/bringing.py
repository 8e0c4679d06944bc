"""Bringing in: what an export holds comes back, and a guest's things come into an account.

An import only adds: what is here already stays as it is, so it may be run twice, or on top of newer work. Of a guest's
things the later words are set. What somebody else said comes in under their name or not at all, never as one's own; the
messages of a thread stay in the file, because nobody is at the other end of them here.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.engine import Connection

from exposure import rows
from exposure.exchange import Exchange
from exposure.export import edits_of, rows_of
from exposure.fits import is_id
from exposure.kinds import KINDS
from exposure.rows import SyncedRow
from exposure.spaces import Place
from exposure.vault import PersonKey

_HERE: Final = uuid.UUID("5f0a3c1e-92b4-4d0e-8a63-2f6b7c9d1e40")
# The fields that name another row.
POINTERS: Final = frozenset({"ladder", "step", "split_from", "varied_from", "today_step", "target", "reminder"})


def edits_to_add(document: Mapping[str, Any], exchange: Exchange, private: str, at: int) -> Iterator[dict[str, Any]]:
    """The edits that bring a document's rows in; `private` is the person's own private space. Raises ValueError.

    A row that is here already is passed over, but for the fields its `changed` names (a guest's own later words, see
    `carried`): they are set, and what stood there stays in the history. A row keeps its id unless the person can see
    that id in another space: a phone knows a row by its id alone.
    """
    where = _where(exchange)
    planned = list(_planned(document, exchange, private, where))
    moved = {row["id"]: target for row, _, target, _ in planned}
    own: dict[str, dict[str, str]] = {}
    for row, home, target, _ in planned:
        own.setdefault(home, {})[row["id"]] = target
    author, names = _author(document), _names(document)
    for row, home, target, known in planned:
        fields = _pointed({**(_brought(row, author, names) or {})}, own[home], moved)
        if known:
            fields = _news(exchange, row, home, target, fields)
        if fields:
            yield {
                "id": str(uuid.uuid5(_HERE, f"{exchange.actor}:{home}:{target}:{at}")),
                "space": home,
                "kind": row["kind"],
                "target": target,
                "verb": "set" if known else "add",
                "fields": fields,
                "at": at,
            }


def _planned(
    document: Mapping[str, Any], exchange: Exchange, private: str, where: dict[str, set[str]]
) -> Iterator[tuple[dict[str, Any], str, str, bool]]:
    """Each row of a document once, with its space, its id there, and whether it is there already."""
    author, names = _author(document), _names(document)
    for space in document["spaces"]:
        if space["kind"] == "thread":
            continue
        home = private if space["kind"] == "private" else _home(exchange, space, where)
        met: set[str] = set()
        for row in sorted(space["rows"], key=lambda row: row["kind"] != "ladder"):
            target = home if row["kind"] == "setting" else _target(home, row["id"], where)
            if target in met or _brought(row, author, names) is None:
                continue
            known = home in where.get(target, ())
            where.setdefault(target, set()).add(home)
            met.add(target)
            yield row, home, target, known


def left_out(document: Mapping[str, Any], exchange: Exchange) -> int:
    """How many words a document holds that somebody said and that cannot come in: messages, answers to proposals."""
    author, names, where = _author(document), _names(document), _where(exchange)
    return sum(
        row["kind"] in ("message", "comment")
        and not where.get(row["id"])
        and (space["kind"] == "thread" or _brought(row, author, names) is None)
        for space in document["spaces"]
        for row in space["rows"]
    )


def _author(document: Mapping[str, Any]) -> Any:
    person = document.get("person")
    return person.get("person") if isinstance(person, dict) else None


def _names(document: Mapping[str, Any]) -> dict[str, str]:
    """The names of those who read with the person, by their ids, as the mirrors of their consents have them."""
    mirrors = (row["fields"] for space in document["spaces"] for row in space["rows"] if row["kind"] == "consent")
    told = ((fields.get("therapist"), fields.get("name")) for fields in mirrors)
    return {who: name for who, name in told if is_id(who) and isinstance(name, str) and name}


def _brought(row: Mapping[str, Any], author: Any, names: Mapping[str, str]) -> Mapping[str, Any] | None:
    """The fields a row comes in with; None when it does not. What the house made itself, it makes anew."""
    kind, fields = KINDS[row["kind"]], row["fields"]
    if kind.made_by_server or row["kind"] == "message" or fields.get("target_kind") == "proposal":
        return None
    by = fields.get("by")
    if not kind.own_words or by is None or by == author:
        return dict(fields)
    if row["kind"] != "comment" or not isinstance(by, str) or by not in names:
        return None
    return {**fields, "text": f"{names[by]}: {fields.get('text')}"}


def _where(exchange: Exchange) -> dict[str, set[str]]:
    """In which of the spaces this person sees each row id is."""
    table, found = SyncedRow.__table__.c, dict[str, set[str]]()
    for space, row in exchange.bound.execute(
        select(table.space_id, table.id).where(table.space_id.in_(list(exchange.places)))
    ):
        found.setdefault(row, set()).add(space)
    return found


def _home(exchange: Exchange, space: Mapping[str, Any], where: Mapping[str, set[str]]) -> str:
    """Where a ladder goes: to its own space, to the one it came to before, or to a new one that follows from both."""
    mine = {place.id for place in exchange.places.values() if place.owner == exchange.actor and place.kind == "ladder"}
    ladders = [row["id"] for row in space["rows"] if row["kind"] == "ladder"]
    among = [space["id"], *(home for ladder in ladders for home in sorted(where.get(ladder, ())))]
    return next((home for home in among if home in mine), str(uuid.uuid5(_HERE, f"{exchange.actor}:{space['id']}")))


def _target(home: str, row: str, where: Mapping[str, set[str]]) -> str:
    derived = str(uuid.uuid5(uuid.UUID(home), row))
    if home in where.get(derived, ()):
        return derived
    return derived if where.get(row) and home not in where[row] else row


def _pointed(fields: dict[str, Any], own: Mapping[str, str], moved: Mapping[str, str]) -> dict[str, Any]:
    """The fields, pointing to the rows under their new ids: those of the same space first."""
    for name in POINTERS & fields.keys():
        old = fields[name]
        if isinstance(old, str):
            fields[name] = own.get(old) or moved.get(old, old)
    return fields


def _news(
    exchange: Exchange, row: Mapping[str, Any], home: str, target: str, fields: Mapping[str, Any]
) -> dict[str, Any]:
    """What to set of a row that is here: of the setting what is still empty, else what was changed by hand."""
    changed = fields.keys() & row.get("changed", ())
    if row["kind"] != "setting" and not changed:
        return {}
    here = rows.load(exchange.bound, {(home, target)}, exchange.keys)[home, target].fields
    if row["kind"] == "setting":
        return {name: value for name, value in fields.items() if here.get(name) in (None, "")}
    return {name: fields[name] for name in sorted(changed) if here.get(name) != fields[name]}


def without_known(bound: Connection, edits: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The edits without those that would add what has come in since they were planned; call inside a write."""
    table = SyncedRow.__table__.c
    found = bound.execute(
        select(table.space_id, table.id).where(
            table.space_id.in_({edit["space"] for edit in edits}), table.id.in_({edit["target"] for edit in edits})
        )
    )
    known = {(space, row) for space, row in found}
    return [edit for edit in edits if edit["verb"] == "set" or (edit["space"], edit["target"]) not in known]


def carried(bound: Connection, key: PersonKey, places: list[Place], person: str) -> dict[str, Any]:
    """A guest's spaces as a document to bring into an account; `changed` names what was written over by hand."""
    spaces = []
    for place in places:
        changed: dict[str, set[str]] = {}
        for edit in edits_of(lambda: bound, key, place.id):
            if edit["verb"] == "set":
                changed.setdefault(edit["target"], set()).update(change["field"] for change in edit["changes"])
        held = [{**row, "changed": changed.get(row["id"], ())} for row in rows_of(lambda: bound, key, place.id)]
        spaces.append({"id": place.id, "kind": place.kind, "rows": held})
    return {"person": {"person": person}, "spaces": spaces}
