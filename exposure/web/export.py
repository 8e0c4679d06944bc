"""Take everything with you, as JSON or as a table, and bring it in again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from flask import Blueprint, Response, jsonify, request, stream_with_context
from sqlalchemy import select
from sqlalchemy.engine import Connection

from exposure import bringing, calendars, export, limits, mailboxes, outlook, sync
from exposure.db import close, connection, milliseconds, writing
from exposure.errors import Busy, NotSignedIn, TooLarge, Unreadable
from exposure.exchange import Exchange
from exposure.export import Line
from exposure.people import Person
from exposure.spaces import Place
from exposure.vault import PersonKey
from exposure.web import cookies
from exposure.web.account import profile
from exposure.web.edge import read_object
from exposure.web.house import house, now, visitor
from exposure.web.sync import PROJECTIONS
from exposure.words import N_

blueprint = Blueprint("export", __name__)

MOST_BYTES: Final = 32 * 1024 * 1024
PIECE: Final = 64 * 1024  # letters sent at once
MOST_PARTS: Final = 200_000
MOST_ROWS: Final = 20_000
NOT_OURS: Final = N_("This file is not an export of Ippo, or it was changed. Nothing was brought in.")
TOO_MANY: Final = N_(
    "This file holds more than 20,000 things, and that is more than fits in one go. Nothing was brought in."
)
ANOTHER: Final = N_("Another file is being brought in just now. Please try again in a little while.")

_reading = threading.Lock()


@blueprint.get("/api/export")
def as_json() -> Response:
    """Every row and every edit of the spaces that are one's own."""
    who = visitor()
    about = {name: profile(who)[name] for name in ("person", "nickname", "language", "zone")}
    # What is kept of reminders beside the rows.
    about["mail"] = mailboxes.told(connection(), house().vault.opener(who.person, who.key_wrapped), who.person)
    about["calendar"] = calendars.has_address(connection(), who.person)
    about["reminders"] = outlook.met(connection(), who.person)
    return _file(lambda line, key, mine: export.as_json(line, key, mine, about, now()), "application/json", "json")


@blueprint.get("/api/export.csv")
def as_table() -> Response:
    """The same for a spreadsheet."""
    return _file(export.as_table, "text/csv", "csv")


def _file(told: Callable[[Line, PersonKey, list[Place]], Iterator[str]], mimetype: str, ending: str) -> Response:
    """A download that is read from the database while it is sent, so that memory stays flat."""
    who = visitor()
    key = house().vault.opener(who.person, who.key_wrapped)

    def pieces() -> Iterator[str]:
        held: list[str] = []
        size = 0
        for piece in told(connection, key, export.owned(connection(), who.person, now())):
            held.append(piece)
            size += len(piece)
            if size >= PIECE:
                # Whoever downloads slowly holds no connection, which others wait for, and no old state of the database:
                # a deletion meanwhile is at once in its file.
                close()
                yield "".join(held)
                held.clear()
                size = 0
        close()
        yield "".join(held)

    answer = Response(stream_with_context(pieces()), mimetype=mimetype)
    # The name tells the day and not what it is about: it will lie among other downloads.
    answer.headers["Content-Disposition"] = f'attachment; filename="ippo-{now():%Y-%m-%d}.{ending}"'
    return answer


@blueprint.post("/api/import")
def read_in() -> Response:
    """Add what an export holds and is not here yet. Nothing that is here is changed.

    One file at a time in each process: what is parsed lies in memory whole.
    """
    who = visitor()
    moved: dict[str, int] = {}
    request.max_content_length = MOST_BYTES
    raw = request.get_data()
    if not _reading.acquire(blocking=False):
        raise Busy(10, ANOTHER)
    try:
        with writing() as bound:
            limits.count(bound, limits.IMPORTS_PER_ADDRESS, cookies.address_key(), now())
            limits.count(bound, limits.IMPORTS, house().vault.lookup(who.person, "import"), now())
        added, refused = bring_in(_document(raw), who.person, who.login, moved)
    finally:
        _reading.release()
        house().hub.poke(moved, actor=who.person)
    return jsonify(added=added, refused=refused)


def _document(raw: bytes) -> dict[str, Any]:
    document = bringing.of_file(read_object(raw, MOST_BYTES, MOST_PARTS))
    if document is None:
        raise Unreadable(NOT_OURS, code="not_an_export")
    return document


def bring_in(document: Mapping[str, Any], person: str, login: str, moved: dict[str, int]) -> tuple[int, int]:
    """Add the document's rows to this person's spaces; how many came in and how many did not fit.

    The pen is put down after every batch, so that others' words are not kept waiting; inside `writing()` it is all or
    nothing. An import that stopped half way is taken up where it stopped when the file comes again.
    `moved` is told the spaces that changed: others are poked by the caller, who knows when all of it is committed.
    Raises TooLarge, NotSignedIn.
    """
    if sum(len(space["rows"]) for space in document["spaces"]) > MOST_ROWS:
        raise TooLarge(TOO_MANY)
    outcomes: list[str] = []
    planned, left = _planned(document, person, login)
    for batch in _batches(planned, sync.MOST_EDITS):
        with writing() as bound:
            _still_here(bound, person)
            turn = Exchange(bound, house().vault, person, login, now())
            fresh = bringing.without_known(bound, batch)
            outcomes += [answer.outcome for answer in sync.push(turn, fresh, PROJECTIONS)]
        moved.update(turn.moved)
    refused = outcomes.count("refused")
    return len(outcomes) - refused, refused + left


def _planned(document: Mapping[str, Any], person: str, login: str) -> tuple[list[dict[str, Any]], int]:
    """The edits to make, and how many words have no place here."""
    exchange = Exchange(connection(), house().vault, person, login, now())
    exchange.see(lock=False)
    private = next((place.id for place in exchange.places.values() if place.kind == "private"), None)
    if private is None:  # the account was deleted meanwhile
        raise NotSignedIn
    edits = list(bringing.edits_to_add(document, exchange, private, milliseconds(now())))
    return edits, bringing.left_out(document, exchange)


def _still_here(bound: Connection, person: str) -> None:
    # The person's own row is always the first lock taken (see sync).
    if bound.execute(select(Person.id).where(Person.id == person).with_for_update(key_share=True)).first() is None:
        raise NotSignedIn


def _batches(things: Sequence[dict[str, Any]], size: int) -> Iterator[Sequence[dict[str, Any]]]:
    for start in range(0, len(things), size):
        yield things[start : start + size]
