"""Take everything with you, as JSON or as a table. How it comes in again: bringing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from flask import Blueprint, Response, stream_with_context

from exposure import calendars, export, mailboxes, outlook
from exposure.db import close, connection
from exposure.export import Line
from exposure.spaces import Place
from exposure.timetable import local_day, zone_or_utc
from exposure.vault import PersonKey
from exposure.web.account import profile
from exposure.web.house import house, now, visitor

blueprint = Blueprint("export", __name__)

PIECE: Final = 64 * 1024  # letters sent at once


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
    # The name tells the person's own day, and not what it is about: it will lie among other downloads.
    day = local_day(now(), zone_or_utc(who.zone))
    answer.headers["Content-Disposition"] = f'attachment; filename="ippo-{day}.{ending}"'
    return answer
