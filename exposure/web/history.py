"""GET /api/history/<row> and /api/history/ladder/<space>: who changed what and when, newest first, found through the
spaces the person may see."""

from __future__ import annotations

import re
from typing import Any, Final

from flask import Blueprint, Response, jsonify, request

from exposure import guests, history, rows
from exposure.db import connection, milliseconds
from exposure.errors import NotFound, Unreadable
from exposure.exchange import Exchange
from exposure.guests import Reader, is_hidden, is_remembered
from exposure.merge import Row
from exposure.web.house import house, now, visitor
from exposure.web.visits import looked

blueprint = Blueprint("history", __name__)

_MARK: Final = re.compile(r"([0-9]{1,9})\.([0-9]{1,9})")


@blueprint.get("/api/history/<uuid:row>")
def of_row(row: object) -> Response:
    """A page of edits. `before` is the mark of the page before; somebody else's row and none at all look alike."""
    before = _mark(request.args.get("before", ""))
    exchange = _exchange()
    held, readers = _held(exchange, str(row)), _readers(exchange)
    shut = {space for space, found in held.items() if not is_remembered(readers[space], found)}
    # Where a row lies that is none of theirs, there is nothing; a step that is only proposed has edits and no row.
    hidden = {space for space, found in held.items() if is_hidden(readers[space], found, exchange.authors)}
    keys = {space: key for space, key in exchange.keys.items() if space not in shut | hidden}
    found = history.of_row(connection(), str(row), keys, readers, before)
    seen = (held.keys() - hidden) | found.spaces
    if not seen:
        raise NotFound
    looked(visitor(), (exchange.places[space] for space in sorted(seen)), "history")
    return _page(found)


@blueprint.get("/api/history/ladder/<uuid:space>")
def of_ladder(space: object) -> Response:
    """A page of what became of a ladder and its steps, for whoever has a place in its space."""
    before = _mark(request.args.get("before", ""))
    exchange = _exchange()
    place = exchange.places.get(str(space))
    if place is None or place.kind != "ladder":
        raise NotFound
    looked(visitor(), [place], "history")
    reader = Reader(exchange.actor, place.owner)
    return _page(history.of_ladder(connection(), place.id, exchange.keys[place.id], reader, before))


def _exchange() -> Exchange:
    who = visitor()
    exchange = Exchange(connection(), house().vault, who.person, who.login, now())
    exchange.see(lock=False)
    return exchange


def _readers(exchange: Exchange) -> dict[str, Reader]:
    return {place.id: Reader(exchange.actor, place.owner) for place in exchange.places.values()}


def _held(exchange: Exchange, row: str) -> dict[str, Row]:
    """space -> the row of this id in it, of the spaces they may see; whose the proposal is that it speaks of, too."""
    wanted = {(space, row) for space in exchange.places}
    found = rows.load(connection(), wanted, exchange.keys) if wanted else {}
    exchange.authors = guests.authors(connection(), found.values(), exchange.keys)
    return {space: held for (space, _), held in found.items()}


def _page(found: history.Page) -> Response:
    before = None if found.before is None else "{}.{}".format(*found.before)
    return jsonify(edits=[_told(entry) for entry in found.edits], before=before)


def _mark(text: str) -> tuple[int, int] | None:
    """The place of a page in the log. Raises Unreadable."""
    if not text:
        return None
    parts = _MARK.fullmatch(text)
    if parts is None or not text.isascii():
        raise Unreadable(code="bad_field")
    return int(parts[1]), int(parts[2])


def _told(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": entry["id"],
        "at_server": milliseconds(entry["at_server"]),
        "at_device": milliseconds(entry["at_device"]),
        "actor": {"id": entry["actor"]},
        "kind": entry["kind"],
        "target": entry["target"],
        "verb": entry["verb"],
        "changes": entry["changes"],
        "outcome": entry["outcome"],
        "kept": entry["kept"],
    }
