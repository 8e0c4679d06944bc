"""Export: everything a person made leaves as one JSON document or one table. `bringing` is the way back.

The JSON holds every row of the spaces the person owns, with what others said in them, and the whole log of edits.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.engine import Connection

from exposure import history, rows
from exposure.document import FORMAT
from exposure.history import LoggedEdit
from exposure.rows import SyncedRow
from exposure.spaces import Place, places_of
from exposure.vault import PersonKey

PAGE: Final = 500
# A cell that begins so is run as a formula by the spreadsheet that opens it; so are the wide signs of Japan.
FORMULA: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
# Not for a spreadsheet: what the app keeps about itself.
_NOT_TOLD: Final = frozenset({"setting", "proposal", "consent", "thread"})

COLUMNS: Final = (
    *("kind", "id", "ladder", "step", "title", "wish", "hint", "predicted", "day", "started", "ended", "zone"),
    *("guess", "likelihood", "before", "peak", "after", "outcome", "happened", "found_out", "aids", "feelings"),
    *("where", "first_time", "looked_back", "looked_back_at"),
    *("note", "text", "by", "at", "time", "days", "date", "cue", "words", "choice", "sharing", "archived"),
    *("about", "harder", "ease", "direction", "skipped"),  # a check-in
    *("name", "sort", "near", "liked", "tiny"),  # a support
    *("signs", "helps", "who", "smaller"),  # the plan for hard weeks
)

Line = Callable[[], Connection]
"""Gives the connection to read the next page with: between two pages whoever sends them holds none."""


def owned(bound: Connection, person: str, now: datetime) -> list[Place]:
    """The spaces that are this person's own, the private one first."""
    mine = [place for place in places_of(bound, person, now).values() if place.owner == person]
    return sorted(mine, key=lambda place: (place.kind != "private", place.id))


def rows_of(line: Line, key: PersonKey, space: str) -> Iterator[dict[str, Any]]:
    """Every row of a space, opened, a page at a time so that memory stays flat."""
    table, after = SyncedRow.__table__.c, ""
    while True:
        page = line().execute(
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


def edits_of(line: Line, key: PersonKey, space: str) -> Iterator[dict[str, Any]]:
    """Every logged edit of a space, oldest first."""
    table, after = LoggedEdit.__table__.c, (-1, -1)
    while True:
        page = line().execute(
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
    line: Line, key: PersonKey, places: list[Place], person: Mapping[str, Any], now: datetime
) -> Iterator[str]:
    """The document, piece by piece."""
    head = {"ippo": FORMAT, "made": stamp(now), "person": dict(person)}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "spaces": ['
    for at, place in enumerate(places):
        yield (",\n" if at else "\n") + json.dumps({"id": place.id, "kind": place.kind})[:-1] + ', "rows": '
        yield from _list(rows_of(line, key, place.id))
        yield ', "edits": '
        yield from _list(edits_of(line, key, place.id))
        yield "}"
    yield "\n]}\n"


def _list(things: Iterator[dict[str, Any]]) -> Iterator[str]:
    yield "["
    for at, thing in enumerate(things):
        yield (",\n" if at else "\n") + json.dumps(thing, ensure_ascii=False)
    yield "]"


def as_table(line: Line, key: PersonKey, places: list[Place]) -> Iterator[str]:
    """The same rows as a table for a spreadsheet, one thing a line."""
    yield "\ufeff"  # without it a spreadsheet takes Japanese for noise
    yield _line(COLUMNS)
    names: dict[str, str] = {}
    for place in places:  # the private one comes first, and in it the names of those who say something in the others
        for row in rows_of(line, key, place.id):
            if row["kind"] == "consent":
                names[row["fields"]["therapist"]] = row["fields"]["name"]
            if row["kind"] not in _NOT_TOLD:
                yield _line([_cell(row, column, names) for column in COLUMNS])


def _cell(row: Mapping[str, Any], column: str, names: Mapping[str, str]) -> str:
    value: Any = row.get(column) if column in {"kind", "id"} else row["fields"].get(column)
    if value is None:
        return ""
    if column == "by":
        value = names.get(value, "")  # nobody's name stands beside one's own words
    if column in {"started", "ended", "at", "looked_back_at"}:
        return stamp(datetime.fromtimestamp(value / 1000, UTC))
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, list):
        return " ".join(str(part) for part in value)
    text = str(value)
    return "'" + text if text.startswith(FORMULA) else text


def _line(cells: Any) -> str:
    sheet = io.StringIO()
    csv.writer(sheet).writerow(cells)
    return sheet.getvalue()
