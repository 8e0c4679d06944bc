"""GET /api/history/<row> and /api/history/ladder/<space>: who changed what and when, newest first, found through the
spaces the person may see."""

from __future__ import annotations

import re
from typing import Any, Final

from flask import Blueprint, Response, jsonify, request

from exposure import history, rows
from exposure.db import connection, milliseconds
from exposure.errors import NotFound, Unreadable
from exposure.exchange import Exchange
from exposure.web.house import house, now, visitor
from exposure.web.visits import holding, looked

blueprint = Blueprint("history", __name__)

_MARK: Final = re.compile(r"([0-9]{1,9})\.([0-9]{1,9})")


@blueprint.get("/api/history/<uuid:row>")
def of_row(row: object) -> Response:
    """A page of edits. `before` is the mark of the page before; somebody else's row and none at all look alike."""
    before = _mark(request.args.get("before", ""))
    exchange = _exchange()
    found = history.of_row(connection(), str(row), exchange.keys, exchange.actor, before) if exchange.keys else []
    if not found and not _is_there(exchange, str(row)):
        raise NotFound
    looked(visitor(), holding(exchange.places.values(), str(row)), "history")
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
    return _page(history.of_ladder(connection(), place.id, exchange.keys[place.id], exchange.actor, before))


def _exchange() -> Exchange:
    who = visitor()
    exchange = Exchange(connection(), house().vault, who.person, who.login, now())
    exchange.see(lock=False)
    return exchange


def _is_there(exchange: Exchange, row: str) -> bool:
    """Whether they may see the row at all: a guest who came after its last change has read nothing of it yet."""
    wanted = {(space, row) for space in exchange.places}
    return bool(wanted and rows.load(connection(), wanted, exchange.keys))


def _page(found: list[dict[str, Any]]) -> Response:
    more = f"{found[-1]['revision']}.{found[-1]['ordinal']}" if len(found) == history.PAGE else None
    return jsonify(edits=[_told(entry) for entry in found], before=more)


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
