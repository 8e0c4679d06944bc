"""Together: opened and ended by the owner of a ladder; whoever is in it says where they are, and sees who else is."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request

from exposure import together
from exposure.db import connection, milliseconds, writing
from exposure.errors import Unreadable
from exposure.fits import is_id
from exposure.strict import read_object
from exposure.web.edge import Fields
from exposure.web.house import house, now, visitor
from exposure.web.visits import looked

blueprint = Blueprint("together", __name__)


@blueprint.put("/api/together/<uuid:space>")
def start(space: object) -> Response:
    """Open it for two hours from now; opening it again begins them anew."""
    who = visitor()
    Fields(read_object(request.get_data())).done()
    with writing() as bound:
        turned = together.start(bound, house().vault, who.person, str(space), now())
    house().hub.poke(turned.moved, actor=who.person)
    return jsonify(until=None if turned.until is None else milliseconds(turned.until))


@blueprint.delete("/api/together/<uuid:space>")
def end(space: object) -> tuple[str, int]:
    who = visitor()
    with writing() as bound:
        turned = together.end(bound, house().vault, who.person, str(space), now())
    house().hub.poke(turned.moved, actor=who.person)
    return "", 204


@blueprint.get("/api/together/<uuid:space>")
def look(space: object) -> Response:
    """Who is here; that a therapist was told stands in the person's log before it leaves."""
    who = visitor()
    place, told = together.look(connection(), house().vault, who.person, str(space), now())
    if told["here"]:
        looked(who, [place])
    return jsonify(told)


@blueprint.put("/api/together/<uuid:space>/here")
def be_here(space: object) -> tuple[str, int]:
    """Every ten seconds, and when going to another step."""
    who = visitor()
    step = _step(read_object(request.get_data()))
    with writing() as bound:
        together.be_here(bound, who.person, str(space), step, now())
    return "", 204


def _step(body: dict[str, Any]) -> str | None:
    """`{"step": id or null}` and nothing else. Raises Unreadable."""
    if set(body) != {"step"} or not (body["step"] is None or is_id(body["step"])):
        raise Unreadable(code="bad_field")
    step: str | None = body["step"]
    return step
