"""Consents: the person confirms, changes and withdraws what a therapist may see. It holds from the answer on."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request
from sqlalchemy import select

from exposure import consents, terms
from exposure.consents import ROLES
from exposure.db import connection, writing
from exposure.errors import Unreadable
from exposure.fits import is_id
from exposure.logins import Login
from exposure.strict import read_object
from exposure.terms import Changed, Terms
from exposure.web.edge import Fields
from exposure.web.house import house, now, visitor

blueprint = Blueprint("consents", __name__)

MOST_LADDERS = 500


@blueprint.get("/api/consents")
def mine() -> Response:
    """Every link of this person, withdrawn ones too, as the mirror on their phone has them."""
    who = visitor()
    key = house().vault.opener(who.person, who.key_wrapped)
    return jsonify(consents=consents.of_person(connection(), key, who.person, now()))


@blueprint.put("/api/consents/<uuid:consent>")
def agree(consent: object) -> Response:
    """Confirm, or change what is shared; both are the same act: these are the terms from now on."""
    who = visitor()
    given = Fields(read_object(request.get_data()))
    wanted = Terms(
        ladders=_ladders(given.object("ladders")),
        entries=given.choice("entries", ("none", "chosen", "all")),
        messages=given.flag("messages"),
    )
    given.done()
    with writing() as bound:
        changed = terms.agree(bound, house().vault, who.person, str(consent), wanted, now())
    tell(changed)
    return jsonify(changed.consent)


@blueprint.delete("/api/consents/<uuid:consent>")
def withdraw(consent: object) -> tuple[str, int]:
    """Decline or withdraw. What was seen cannot be unseen; nothing more is."""
    who = visitor()
    with writing() as bound:
        changed = terms.withdraw(bound, house().vault, who.person, str(consent), now())
    tell(changed)
    return "", 204


def _ladders(given: dict[str, Any]) -> dict[str, str]:
    if len(given) > MOST_LADDERS:
        raise Unreadable(code="bad_field")
    if not all(is_id(space) and isinstance(term, str) and term in ROLES for space, term in given.items()):
        raise Unreadable(code="bad_field")
    return given


def tell(changed: Changed) -> None:
    """Poke both sides, after the commit; where the therapist sees less than before, their streams end at once.

    Streams in other processes are ended by their own look at the database, each second.
    """
    hub = house().hub
    hub.poke(changed.moved, actor=changed.person)
    hub.poke({changed.consent["id"]: 0}, actor=changed.therapist)  # heard also by a stream that ends below
    if changed.less:
        logins = select(Login.id).where(Login.person_id == changed.therapist)
        hub.end_logins(connection().execute(logins).scalars())
        return
    private = consents.private_of(connection(), changed.person)
    hub.poke({s: r for s, r in changed.moved.items() if s != private}, actor=changed.therapist)
