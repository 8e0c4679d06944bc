"""GET /api/visits: who looked, for the person. And how every way to a person's words writes its line there first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from flask import Blueprint, Response, jsonify, request

from exposure import desk, visits
from exposure.db import connection, moment, writing
from exposure.errors import Busy, Unreadable
from exposure.logins import Visitor
from exposure.spaces import Place, places_of
from exposure.visits import Look
from exposure.web.house import house, now, visitor

blueprint = Blueprint("visits", __name__)

# Fourteen digits of milliseconds reach past every calendar we compare with.
_MARK: Final = re.compile(r"([0-9]{1,14})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


@blueprint.get("/api/visits")
def mine() -> Response:
    """A page of the access log of the person who asks. `before` is the mark of the page before."""
    who = visitor()
    key = house().vault.opener(who.person, who.key_wrapped)
    found = visits.of_person(connection(), key, who.person, mark(request.args.get("before", "")))
    more = f"{found[-1]['at']}.{found[-1]['id']}" if len(found) == visits.PAGE else None
    return jsonify(visits=[{name: value for name, value in one.items() if name != "id"} for one in found], before=more)


def mark(text: str) -> tuple[datetime, str] | None:
    """The place of a page in a list by moment and id. Raises Unreadable."""
    if not text:
        return None
    parts = _MARK.fullmatch(text)
    if parts is None or not text.isascii():
        raise Unreadable(code="bad_field")
    return moment(int(parts[1])), parts[2]


def looked(who: Visitor, places: Iterable[Place], what: str = "") -> None:
    """Write down that a therapist is about to be shown something of these places; for anybody else do nothing.

    `what` says otherwise than the place itself does (a ladder, messages). Call before anything leaves the house.
    Raises NotAllowed when the second factor is to be shown again, Busy when a consent ended in this very moment.
    """
    others = [place for place in places if place.owner != who.person] if who.is_therapist else []
    if not others:
        return
    with writing() as bound:
        links = desk.through(bound, who.person, (place.owner for place in others))
        still = places_of(bound, who.person, now())
        if any(place.id not in still for place in others):
            raise Busy  # somebody said no since these places were found: no line, no answer. Asked again, they are gone
        looks = [_look(links[place.owner], place, what) for place in others if place.owner in links]
        visits.record(bound, house().vault, who, looks, now())


def _look(link: Any, place: Place, what: str) -> Look:
    return Look(link, what or ("messages" if place.kind == "thread" else "ladder"), place.id)
