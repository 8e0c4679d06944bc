"""Take everything with you, as JSON or as a table, and bring it in again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any, Final

from flask import Blueprint, Response, jsonify, request, stream_with_context
from sqlalchemy.engine import Connection

from exposure import export, sync
from exposure.db import connection, milliseconds, writing
from exposure.errors import Unreadable
from exposure.exchange import Exchange
from exposure.spaces import Place
from exposure.vault import PersonKey
from exposure.web.account import profile
from exposure.web.edge import read_object
from exposure.web.house import house, now, visitor
from exposure.web.sync import PROJECTIONS
from exposure.words import N_

blueprint = Blueprint("export", __name__)

MOST_BYTES: Final = 32 * 1024 * 1024
NOT_OURS: Final = N_("This file is not an export of Ippo, or it was changed. Nothing was brought in.")


@blueprint.get("/api/export")
def as_json() -> Response:
    """Every row and every edit of the spaces that are one's own."""
    who = visitor()
    about = {name: profile(who)[name] for name in ("person", "nickname", "language", "zone")}
    return _file(lambda bound, key, mine: export.as_json(bound, key, mine, about, now()), "application/json", "json")


@blueprint.get("/api/export.csv")
def as_table() -> Response:
    """The same for a spreadsheet."""
    return _file(export.as_table, "text/csv", "csv")


def _file(told: Callable[[Connection, PersonKey, list[Place]], Iterator[str]], mimetype: str, ending: str) -> Response:
    """A download that is read from the database while it is sent, so that memory stays flat."""
    who = visitor()
    key = house().vault.opener(who.person, who.key_wrapped)

    def pieces() -> Iterator[str]:
        # Asked for here: Flask has closed the request's own connection by the time the sending begins.
        bound = connection()
        yield from told(bound, key, export.owned(bound, who.person))

    answer = Response(stream_with_context(pieces()), mimetype=mimetype)
    # The name tells the day and not what it is about: it will lie among other downloads.
    answer.headers["Content-Disposition"] = f'attachment; filename="ippo-{now():%Y-%m-%d}.{ending}"'
    return answer


@blueprint.post("/api/import")
def read_in() -> Response:
    """Add what an export holds and is not here yet. Nothing that is here is changed."""
    who = visitor()
    request.max_content_length = MOST_BYTES
    document = read_object(request.get_data(), MOST_BYTES)
    if not export.is_document(document):
        raise Unreadable(NOT_OURS, code="not_an_export")
    added, refused = bring_in(document, who.person, who.login)
    return jsonify(added=added, refused=refused)


def bring_in(document: Mapping[str, Any], person: str, login: str) -> tuple[int, int]:
    """Add the document's rows to this person's spaces, all or nothing; how many came in and how many did not fit."""
    moved: dict[str, int] = {}
    outcomes: list[str] = []
    with writing() as bound:
        exchange = Exchange(bound, house().vault, person, login, now())
        exchange.see(lock=True)
        private = next(place.id for place in exchange.places.values() if place.kind == "private")
        edits = export.edits_to_add(document, exchange, private, milliseconds(now()))
        for batch in _batches(edits, sync.MOST_EDITS):
            turn = Exchange(bound, house().vault, person, login, now())
            outcomes += [answer.outcome for answer in sync.push(turn, batch, PROJECTIONS)]
            moved.update(turn.moved)
    house().hub.poke(moved, actor=person)
    refused = outcomes.count("refused")
    return len(outcomes) - refused, refused


def _batches(things: Iterator[dict[str, Any]], size: int) -> Iterator[list[dict[str, Any]]]:
    while batch := list(islice(things, size)):
        yield batch
