"""POST /api/import: bring in what was taken with one (see export). Nothing that is here is changed."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from flask import Blueprint, Response, jsonify, request

from exposure import bringing, limits, sync
from exposure.db import close, connection, milliseconds, writing
from exposure.errors import Busy, NotSignedIn, TooLarge, Unreadable
from exposure.exchange import Exchange
from exposure.logins import Visitor
from exposure.sieve import sift
from exposure.turns import resting
from exposure.web import cookies
from exposure.web.house import house, now, visitor
from exposure.web.sync import PROJECTIONS
from exposure.words import N_

blueprint = Blueprint("bringing", __name__)

MOST_BYTES: Final = 32 * 1024 * 1024
MOST_PARTS: Final = 200_000
MOST_ROWS: Final = 20_000
MOST_FILES: Final = 3  # in the memory of one process: one that is brought in, and others on their way
PATIENCE: Final = 20.0  # seconds a file that is here waits for its turn
NOT_OURS: Final = N_("This file is not an export of Ippo, or it was changed. Nothing was brought in.")
TOO_MANY: Final = N_(
    "This file holds more than 20,000 things, and that is more than fits in one go. Nothing was brought in."
)
ANOTHER: Final = N_("Another file is being brought in just now. Please try again in a little while.")

_files = threading.BoundedSemaphore(MOST_FILES)
_turn = threading.Lock()


@blueprint.post("/api/import")
def read_in() -> Response:
    """Add what an export holds and is not here yet.

    Who asks, how often, and whether there is room is looked at before a byte of the file is read. One is brought in at
    a time in each process; whoever comes second has sent theirs already, perhaps over a poor line, and waits.
    """
    who = visitor()
    request.max_content_length = MOST_BYTES
    with _room():
        _count(who)
        close()  # whoever sends slowly holds no connection, which others wait for
        raw = request.get_data()
        house().pours.add(who.person, len(raw), now())
        try:
            return _in_turn(raw, who)
        except Busy:
            _take_back(who)
            raise


@contextmanager
def _room() -> Iterator[None]:
    if not _files.acquire(blocking=False):
        raise Busy(10, ANOTHER)
    try:
        yield
    finally:
        _files.release()


def _in_turn(raw: bytes, who: Visitor) -> Response:
    with resting():
        mine = _turn.acquire(timeout=PATIENCE)
    if not mine:
        raise Busy(10, ANOTHER)
    moved: dict[str, int] = {}
    try:
        added, refused = bring_in(_document(raw), who.person, who.login, moved)
    finally:
        _turn.release()
        house().hub.poke(moved, actor=who.person)
    return jsonify(added=added, refused=refused)


def _count(who: Visitor) -> None:
    with writing() as bound:
        limits.count(bound, limits.IMPORTS_PER_ADDRESS, cookies.address_key(), now())
        limits.count(bound, limits.IMPORTS, house().vault.lookup(who.person, "import"), now())


def _take_back(who: Visitor) -> None:
    with writing() as bound:
        limits.take_back(bound, limits.IMPORTS_PER_ADDRESS, cookies.address_key())
        limits.take_back(bound, limits.IMPORTS, house().vault.lookup(who.person, "import"))


def _document(raw: bytes) -> dict[str, Any]:
    document = sift(raw, MOST_BYTES, MOST_PARTS)
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
            sync.one_at_a_time(bound, person)
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


def _batches(things: Sequence[dict[str, Any]], size: int) -> Iterator[Sequence[dict[str, Any]]]:
    for start in range(0, len(things), size):
        yield things[start : start + size]
