"""GET /api/history/<row>: who changed what and when, newest first, found through the spaces the person may see."""

from __future__ import annotations

import re
from typing import Any, Final

from flask import Blueprint, Response, jsonify, request

from exposure import history
from exposure.db import connection, milliseconds
from exposure.errors import NotFound, Unreadable
from exposure.exchange import Exchange
from exposure.web.house import house, now, visitor

blueprint = Blueprint("history", __name__)

_MARK: Final = re.compile(r"([0-9]{1,9})\.([0-9]{1,9})")


@blueprint.get("/api/history/<uuid:row>")
def of_row(row: object) -> Response:
    """A page of edits. `before` is the mark of the page before; somebody else's row and none at all look alike."""
    who = visitor()
    before = _mark(request.args.get("before", ""))
    exchange = Exchange(connection(), house().vault, who.person, who.login, now())
    exchange.see(lock=False)
    found = history.of_row(connection(), str(row), exchange.keys, before) if exchange.keys else []
    if not found:
        raise NotFound
    last = found[-1]
    more = f"{last['revision']}.{last['ordinal']}" if len(found) == history.PAGE else None
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
        "verb": entry["verb"],
        "changes": entry["changes"],
        "outcome": entry["outcome"],
        "kept": entry["kept"],
    }
