"""GET /api/people: whom a therapist reads with, and one person's page. Only what is confirmed at this moment."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from exposure import desk, shareable, visits
from exposure.db import connection, milliseconds, writing
from exposure.errors import NotFound
from exposure.visits import Look
from exposure.web.house import house, now, visitor
from exposure.web.visits import mark

blueprint = Blueprint("people", __name__)


@blueprint.get("/api/people")
def people() -> Response:
    """Everybody who lets this therapist read, in the order they came. Somebody with a ladder of their own: nobody."""
    who = visitor()
    if not who.is_therapist:
        return jsonify(people=[])
    for link in desk.incomplete(connection(), desk.links(connection(), who.person)):
        _complete(link.person_id)
    with writing() as bound:
        listed = [Look(link, visits.LIST) for link in desk.links(bound, who.person) if link.confirmed_at is not None]
        visits.record(bound, house().vault, who, listed, now())
    written = {look.consent.id for look in listed}
    return jsonify(people=desk.people(connection(), house().vault, who, now(), written))


def _complete(person: str) -> None:
    """One at a time: two desks that read with the same people never wait for each other in a ring."""
    with writing() as bound:
        met = desk.known(bound, house().vault, (person,)).get(person)
        if met is not None:  # who deleted their account in this very moment has nothing to complete
            shareable.complete(bound, met.key, person, now())


@blueprint.get("/api/people/<uuid:consent>")
def page(consent: object) -> Response:
    """What one person shares; the look stands in their access log before a word of it leaves."""
    who, before = visitor(), mark(request.args.get("before", ""))
    link = desk.link(connection(), who.person, str(consent))
    if link is None:
        raise NotFound
    for one in desk.incomplete(connection(), [link]):
        _complete(one.person_id)
    with writing() as bound:
        link = desk.link(bound, who.person, str(consent))
        if link is None:  # withdrawn while we waited for the pen
            raise NotFound
        there = shareable.fresh(bound, link, None)
        last = visits.last_looks(bound, who, but=now()).get((link.id, None))
        visits.record(bound, house().vault, who, [Look(link, "entries" if there else "overview")], now())
    told = desk.page(connection(), house().vault, link, before, last, now())
    return jsonify(**told, last_look=None if last is None else milliseconds(last))
