"""Invitations: a person makes one, a therapist answers it. Codes travel in bodies only, never in an address."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request

from exposure import invitations, limits, names, terms
from exposure.consents import Said
from exposure.db import connection, milliseconds, writing
from exposure.errors import NotAllowed, NotFound, Unreadable
from exposure.fits import DAYS
from exposure.qr import drawn
from exposure.strict import read_object
from exposure.web import cookies
from exposure.web.consents import tell
from exposure.web.edge import Fields
from exposure.web.house import house, now, visitor
from exposure.words import N_

blueprint = Blueprint("invitations", __name__)

MOST_NAME = 120
MOST_NOTE = 200
FOR_PEOPLE = N_("A therapist's account makes no invitations: the person makes one, on their own phone.")
FOR_THERAPISTS = N_("This code is for the therapist. They open it in their own browser, with an account of their own.")
NOTHING = N_("This code opens nothing. It works once and for three days; perhaps there is a newer one.")
NAME_UNSEEN = N_("Please write the name in letters that can be read, without signs that nobody sees.")
NAME_FIRST = N_("Please write the name by which the person knows you.")


@blueprint.post("/api/invitations")
def make() -> tuple[Response, int]:
    """A new invitation; its code is told this once."""
    who = visitor()
    Fields(read_object(request.get_data())).done()
    if who.kind == "therapist":
        raise NotAllowed(FOR_PEOPLE)
    with writing() as bound:
        limits.count(bound, limits.INVITATIONS, house().vault.lookup(who.person, "limit"), now())
    with writing() as bound:
        made = invitations.make(bound, house().vault, who.person, now())
    # Behind the hash, so that the code is in no request, no log and no Referer.
    link = f"{house().settings.url}/therapist#/join/{made.code}"
    told = {"id": made.id, "code": made.code, "link": link, "qr": drawn(link), "expires": milliseconds(made.expires)}
    return jsonify(told), 201


@blueprint.get("/api/invitations")
def open_ones() -> Response:
    return jsonify(invitations=invitations.open_ones(connection(), visitor().person, now()))


@blueprint.delete("/api/invitations/<uuid:invitation>")
def take_back(invitation: object) -> tuple[str, int]:
    """An invitation that is not to be used after all."""
    who = visitor()
    with writing() as bound:
        if not invitations.take_back(bound, who.person, str(invitation), now()):
            raise NotFound
    return "", 204


@blueprint.post("/api/invitations/look")
def look() -> Response:
    """Whether a code opens something, and until when; nothing about whose it is."""
    given = Fields(read_object(request.get_data()))
    key = invitations.key_of(house().vault, given.text("code", 100, least=1))
    given.done()
    _count()
    found = invitations.look(connection(), key, now())
    if found is None:
        raise NotFound(NOTHING)
    _good()
    return jsonify(expires=milliseconds(found[1]))


@blueprint.post("/api/invitations/accept")
def accept() -> tuple[Response, int]:
    """The therapist says who they are and when they read. Nothing opens before the person confirms."""
    who = visitor()
    given = Fields(read_object(request.get_data()))
    key = invitations.key_of(house().vault, given.text("code", 100, least=1))
    said = _said(given)
    given.done()
    if who.kind != "therapist":
        raise NotAllowed(FOR_THERAPISTS)
    if not said.name:
        raise Unreadable(NAME_FIRST, code="name_first")
    if not names.can_be_read(said.name):
        raise Unreadable(NAME_UNSEEN, code="name_unseen")
    _count(who.login)
    with writing() as bound:
        changed = terms.accept(bound, house().vault, key, who.person, said, now())
    if changed is None:
        raise NotFound(NOTHING)
    _good(who.login)
    tell(changed)
    return jsonify(consent=changed.consent["id"], state=changed.consent["state"]), 201


def _said(given: Fields) -> Said:
    name = names.tidy(given.text("name", MOST_NAME))
    days: list[Any] = given.list("reads_days", 7)
    if not DAYS(days) or len(name) > MOST_NAME:
        raise Unreadable(code="bad_field")
    return Said(name, sorted(set(days)), given.text("reads_note", MOST_NOTE, default=""))


def _count(login: str = "") -> None:
    """A try is counted for the address, and for the login where there is one."""
    with writing() as bound:
        limits.count(bound, limits.CODES_PER_ADDRESS, cookies.address_key(), now())
        if login:
            limits.count(bound, limits.CODES, house().vault.lookup(login, "limit"), now())


def _good(login: str = "") -> None:
    """It was a good one."""
    with writing() as bound:
        limits.take_back(bound, limits.CODES_PER_ADDRESS, cookies.address_key())
        if login:
            limits.take_back(bound, limits.CODES, house().vault.lookup(login, "limit"))
