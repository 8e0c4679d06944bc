"""Calendar: reminders for a calendar of one's own, as a private address or as one file. Neutral words, both."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from flask import Blueprint, Response, jsonify, request

from exposure import calendars, ics, limits
from exposure.db import connection, writing
from exposure.errors import NotFound
from exposure.limits import Limit
from exposure.strict import read_object
from exposure.web import cookies
from exposure.web.edge import Fields
from exposure.web.house import house, now, visitor

blueprint = Blueprint("calendar", __name__)

# A calendar program asks every five minutes at most; a service asks for many people from one place, so each address of
# ours counts for itself. Only what opens nothing counts for the place it came from.
VISITS: Final = Limit("calendar", 60, timedelta(hours=1), longest_wait=timedelta(minutes=5))
MISSES: Final = Limit("calendar-miss", 30, timedelta(hours=1))
CHANGES: Final = Limit("calendar-new", 20, timedelta(hours=1))


@blueprint.get("/calendar/<token:token>.ics")
def subscribed(token: str) -> Response:
    """What a calendar program finds at a private address. It shows no cookie: the address is the key."""
    found = calendars.reader_of(connection(), house().vault, token)
    with writing() as bound:
        if found is None:
            limits.count(bound, MISSES, cookies.address_key(), now())
        else:
            limits.count(bound, VISITS, house().vault.lookup(found.id, "calendar-visits"), now())
    if found is None:
        raise NotFound
    entries = calendars.ahead(connection(), found.id, now())
    return _file(ics.calendar(found.language, house().settings.url, found.zone, entries, now()))


@blueprint.get("/api/reminders/<uuid:reminder>.ics")
def one(reminder: object) -> Response:
    """One reminder as a file to put into any calendar."""
    who = visitor()
    entry = calendars.series(connection(), who.person, str(reminder), now())
    if entry is None:
        raise NotFound
    return _file(ics.calendar(who.language, house().settings.url, who.zone, [entry], now()))


@blueprint.post("/api/calendar")
def open_address() -> Response:
    """A new private address, told this once. The one before it opens nothing any more."""
    who = visitor()
    Fields(read_object(request.get_data())).done()
    with writing() as bound:
        limits.count(bound, CHANGES, house().vault.lookup(who.person, "limit"), now())
        secret = calendars.open_address(bound, house().vault, who.person, now())
    return jsonify(address=f"{house().settings.url}/calendar/{secret}.ics")


@blueprint.delete("/api/calendar")
def close_address() -> Response:
    """The address opens nothing any more."""
    who = visitor()
    with writing() as bound:
        calendars.close_address(bound, who.person)
    return jsonify(calendar=False)


def _file(content: bytes) -> Response:
    answer = Response(content, mimetype="text/calendar")
    # Not an attachment: a phone then offers to add it, where it would only put a download aside.
    answer.headers["Content-Disposition"] = 'inline; filename="ippo.ics"'
    return answer
