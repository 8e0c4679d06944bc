"""Export and import: everything a person made leaves as one JSON document or one table, and comes back from it.

The JSON holds every row of the spaces the person owns and the whole log of edits. An import only adds: what is there
already stays as it is, so it may be run twice, or on top of newer work. Bringing a guest's things into an account goes
the same way, and there the guest's own later words are set.
"""

from __future__ import annotations

import csv
import io
import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.engine import Connection

from exposure import history, rows
from exposure.exchange import Exchange
from exposure.fits import is_id
from exposure.history import LoggedEdit
from exposure.kinds import KINDS
from exposure.rows import SyncedRow
from exposure.spaces import Place, places_of
from exposure.vault import PersonKey

FORMAT: Final = 1
PAGE: Final = 500
_HERE: Final = uuid.UUID("5f0a3c1e-92b4-4d0e-8a63-2f6b7c9d1e40")
# The fields that name another row.
POINTERS: Final = frozenset({"ladder", "step", "split_from", "today_step"})

COLUMNS: Final = (
    *("kind", "id", "ladder", "step", "title", "wish", "hint", "predicted", "day", "started", "ended", "zone"),
    *("guess", "likelihood", "before", "peak", "after", "outcome", "happened", "found_out", "aids", "feelings"),
    *("note", "time", "days", "words", "archived"),
)


def owned(bound: Connection, person: str, now: datetime) -> list[Place]:
    """The spaces that are this person's own, the private one first."""
    mine = [place for place in places_of(bound, person, now).values() if place.owner == person]
    return sorted(mine, key=lambda place: (place.kind != "private", place.id))


def rows_of(bound: Connection, key: PersonKey, space: str) -> Iterator[dict[str, Any]]:
    """Every row of a space, opened, a page at a time so that memory stays flat."""
    table, after = SyncedRow.__table__.c, ""
    while True:
        page = bound.execute(
            select(table.id, table.kind, table.sealed)
            .where(table.space_id == space, table.id > after)
            .order_by(table.id)
            .limit(PAGE)
        ).all()
        for row in page:
            yield {"id": row.id, "kind": row.kind, "fields": rows.unseal(key, space, row.id, row.sealed)}
        if len(page) < PAGE:
            return
        after = page[-1].id


def edits_of(bound: Connection, key: PersonKey, space: str) -> Iterator[dict[str, Any]]:
    """Every logged edit of a space, oldest first."""
    table, after = LoggedEdit.__table__.c, (-1, -1)
    while True:
        page = bound.execute(
            select(LoggedEdit.__table__)
            .where(table.space_id == space)
            .where((table.revision > after[0]) | ((table.revision == after[0]) & (table.ordinal > after[1])))
            .order_by(table.revision, table.ordinal)
            .limit(PAGE)
        ).all()
        for row in page:
            entry = history.entry(row, key)
            entry["at_server"], entry["at_device"] = stamp(row.at_server), stamp(row.at_device)
            yield {**entry, "target": row.target, "kind": row.kind}
        if len(page) < PAGE:
            return
        after = (page[-1].revision, page[-1].ordinal)


def stamp(when: datetime) -> str:
    """A moment as ISO 8601 in UTC, readable by people and machines."""
    return when.astimezone(UTC).isoformat(timespec="milliseconds")


def as_json(
    bound: Connection, key: PersonKey, places: list[Place], person: Mapping[str, Any], now: datetime
) -> Iterator[str]:
    """The document, piece by piece."""
    head = {"ippo": FORMAT, "made": stamp(now), "person": dict(person)}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "spaces": ['
    for at, place in enumerate(places):
        yield (",\n" if at else "\n") + json.dumps({"id": place.id, "kind": place.kind})[:-1] + ', "rows": '
        yield from _list(rows_of(bound, key, place.id))
        yield ', "edits": '
        yield from _list(edits_of(bound, key, place.id))
        yield "}"
    yield "\n]}\n"


def _list(things: Iterator[dict[str, Any]]) -> Iterator[str]:
    yield "["
    for at, thing in enumerate(things):
        yield (",\n" if at else "\n") + json.dumps(thing, ensure_ascii=False)
    yield "]"


def as_table(bound: Connection, key: PersonKey, places: list[Place]) -> Iterator[str]:
    """The same rows as a table for a spreadsheet, one thing a line."""
    yield "\ufeff"  # without it a spreadsheet takes Japanese for noise
    yield _line(COLUMNS)
    for place in places:
        for row in rows_of(bound, key, place.id):
            if row["kind"] in {"setting", "proposal"}:
                continue
            yield _line([_cell(row, column) for column in COLUMNS])


def _cell(row: Mapping[str, Any], column: str) -> str:
    value = row.get(column) if column in {"kind", "id"} else row["fields"].get(column)
    if value is None:
        return ""
    if column in {"started", "ended"}:
        return stamp(datetime.fromtimestamp(value / 1000, UTC))
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, list):
        return " ".join(str(part) for part in value)
    text = str(value)
    # A cell that begins so would be run as a formula by the spreadsheet that opens it.
    return "'" + text if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def _line(cells: Any) -> str:
    sheet = io.StringIO()
    csv.writer(sheet).writerow(cells)
    return sheet.getvalue()


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
    for row, home, target, known in planned:
        fields = _pointed({**row["fields"]}, own[home], moved)
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
    for space in document["spaces"]:
        home = private if space["kind"] == "private" else _home(exchange, space, where)
        met: set[str] = set()
        for row in sorted(space["rows"], key=lambda row: row["kind"] != "ladder"):
            target = home if row["kind"] == "setting" else _target(home, row["id"], where)
            if row["kind"] == "proposal" or target in met:
                continue
            known = home in where.get(target, ())
            where.setdefault(target, set()).add(home)
            met.add(target)
            yield row, home, target, known


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


def carried(bound: Connection, key: PersonKey, places: list[Place]) -> dict[str, Any]:
    """A guest's spaces as a document to bring into an account; `changed` names what was written over by hand."""
    spaces = []
    for place in places:
        changed: dict[str, set[str]] = {}
        for edit in edits_of(bound, key, place.id):
            if edit["verb"] == "set":
                changed.setdefault(edit["target"], set()).update(change["field"] for change in edit["changes"])
        held = [{**row, "changed": changed.get(row["id"], ())} for row in rows_of(bound, key, place.id)]
        spaces.append({"id": place.id, "kind": place.kind, "rows": held})
    return {"spaces": spaces}


def is_document(given: Mapping[str, Any]) -> bool:
    """Whether this is shaped as `as_json` writes it; single rows are judged one by one when they are added."""
    spaces = given.get("spaces")
    return (
        given.get("ippo") == FORMAT and isinstance(spaces, list) and len(spaces) <= 500 and all(map(_is_space, spaces))
    )


def _is_space(space: Any) -> bool:
    return (
        isinstance(space, dict)
        and is_id(space.get("id"))
        and space.get("kind") in ("private", "ladder")  # a tuple: what was sent may have no hash
        and isinstance(space.get("rows"), list)
        and all(map(_is_row, space["rows"]))
    )


def _is_row(row: Any) -> bool:
    return (
        isinstance(row, dict)
        and is_id(row.get("id"))
        and isinstance(row.get("kind"), str)
        and row["kind"] in KINDS
        and isinstance(row.get("fields"), dict)
    )
