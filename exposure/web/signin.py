"""Sign in: with a name and password, or with the one-time recovery code.

Known and unknown names get the same answer after the same time; tries are counted for the name and for the address.
Signing in again on a device that is signed in as the same person only proves that it is them.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

from flask import Blueprint, Response, jsonify, request
from sqlalchemy.engine import Connection

from exposure import accounts, bringing, consents, credentials, export, leaving, limits, passwords
from exposure.db import connection, writing
from exposure.errors import Conflict, NotSignedIn
from exposure.logins import Visitor, visitor_of
from exposure.strict import read_object
from exposure.vault import PersonKey
from exposure.web import cookies
from exposure.web.account import MOST_DEVICE, OTHER_KIND, profile
from exposure.web.bringing import bring_in
from exposure.web.edge import Fields
from exposure.web.house import house, now, recognised
from exposure.words import N_

blueprint = Blueprint("signin", __name__)

NO_MATCH = N_("This name and password do not go together. You can try again, or use the recovery code.")
NO_CODE = N_("This code does not open anything. It works once; perhaps there is a newer one.")
NOT_BROUGHT = N_(
    "Not everything written here could come along, so all of it stays here. You can save it as a file first."
)
STILL_LINKED = N_(
    "Somebody reads with you on this phone, and that stays with this account. You can end it first, and invite them "
    "again from the other account."
)


Opens = Callable[[Connection], None]
"""Uses a credential up, in the transaction that lets somebody in. Raises NotSignedIn when it is gone by now.

Looking whether a password fits takes a while, and in it the person may have chosen another: then the login made with
the old one would be there after all others have ended. And a code must not be spent without opening the door.
"""


@blueprint.post("/api/signin")
def sign_in() -> Response:
    """Sign in with name and password; an unknown name takes as long as a wrong password."""
    given = Fields(read_object(request.get_data()))
    name = credentials.tidy_name(given.text("name", credentials.MOST_NAME, least=1))
    password = given.text("password", passwords.MOST, least=1)
    device, bring = given.text("device", MOST_DEVICE, default=""), given.flag("bring", default=False)
    given.done()
    lookup = house().vault.lookup(name, "signin")
    found = credentials.find(connection(), "password", lookup)
    counted = _counted_under(lookup, None if found is None else found.person_id)
    with writing() as bound:
        limits.count(bound, limits.PER_ADDRESS, cookies.address_key(), now())
        limits.count(bound, limits.PER_ACCOUNT, counted, now())
    fits = passwords.fits(None if found is None else bytes(found.secret), password)
    if found is None or not fits:
        raise NotSignedIn(NO_MATCH, code="no_match")
    renewed = passwords.hashed(password) if passwords.is_old(bytes(found.secret)) else None
    with writing() as bound:
        limits.clear(bound, limits.PER_ACCOUNT, counted)
        limits.take_back(bound, limits.PER_ADDRESS, cookies.address_key())
    return let_in(found.person_id, device, using(found.id, NO_MATCH, secret=renewed), bring=bring)


def _counted_under(lookup: str, person: str | None) -> str:
    """The key of the tries at this name: one for all strangers, one for each device that is signed in to it.

    So whoever guesses at a name from afar never shuts out the person on a phone of their own.
    """
    here = recognised()
    if here is None or here.person != person:
        return lookup
    return house().vault.lookup(f"{lookup}:{here.login}", "limit")


@blueprint.post("/api/signin/recovery")
def recover() -> Response:
    """The code opens once; the app then offers a new one and a new password."""
    given = Fields(read_object(request.get_data()))
    code = credentials.tidy_code(given.text("code", 100, least=1))
    device, bring = given.text("device", MOST_DEVICE, default=""), given.flag("bring", default=False)
    given.done()
    with writing() as bound:
        limits.count(bound, limits.PER_ADDRESS, cookies.address_key(), now())
    lookup = house().vault.lookup(code, "recovery")
    found = credentials.find(connection(), "recovery", lookup)
    if found is None:
        raise NotSignedIn(NO_CODE, code="no_match")

    def spend(bound: Connection) -> None:
        if credentials.spend_code(bound, lookup) is None:
            raise NotSignedIn(NO_CODE, code="no_match")
        limits.take_back(bound, limits.PER_ADDRESS, cookies.address_key())

    return let_in(found.person_id, device, spend, bring=bring)


def using(credential: str, refusal: str, *, secret: bytes | None = None, signs: int | None = None) -> Opens:
    """Uses the credential of this id; a renewed hash, or a passkey's new count, is stored with it."""

    def use(bound: Connection) -> None:
        if not credentials.used(bound, credential, now(), secret=secret, signs=signs):
            raise NotSignedIn(refusal, code="no_match")

    return use


def let_in(person: str, device: str, opens: Opens, *, bring: bool, factor: str = "") -> Response:
    """Sign this device in as `person`, whose credential was shown just now; the answer of /api/me.

    With `bring`, what a guest wrote on this device moves into the account, and the guest is no more. `factor` is what
    was shown when it counts as a second factor as well.
    """
    here = recognised()
    if here is not None and here.person == person:
        return _let_stay(here, opens, factor)
    if bring and here is not None:
        _count_bringing(here)
    token = secrets.token_urlsafe(32)
    moved: dict[str, int] = {}
    ended: list[str] = []
    with writing() as bound:
        key, kind = _hold(bound, person)
        opens(bound)
        if here is not None and here.kind != kind:
            # A guest's only way back is this cookie, and a therapist's screens are no place for a ladder of one's own.
            raise Conflict(OTHER_KIND, code="other_kind")
        login = accounts.sign_in(bound, key, person, kind, token, device, now(), proved=True, factor=factor)
        if bring and here is not None and not credentials.kinds_of(bound, here.person):
            moved = bring_along(bound, here, person, login)
        elif here is not None:
            ended = accounts.leave_device(bound, here)
    house().hub.end_logins(ended)
    house().hub.poke(moved, actor=person)
    who = visitor_of(connection(), token, now())
    if who is None:  # the account was deleted in this very moment
        raise NotSignedIn
    return cookies.give(jsonify(profile(who)), token, cookies.lives_of(who))


def _count_bringing(guest: Visitor) -> None:
    """Never taken back: one that fails has held everybody's pen as long as one that does not. Raises TooMany."""
    with writing() as bound:
        limits.count(bound, limits.BRINGS_PER_ADDRESS, cookies.address_key(), now())
        limits.count(bound, limits.BRINGS, house().vault.lookup(guest.person, "limit"), now())


def _hold(bound: Connection, person: str) -> tuple[PersonKey, str]:
    """The person's key and kind; their row is held first, as in sync, and then what is theirs."""
    found = accounts.key_of(bound, house().vault, person)
    if found is None:  # the account was deleted in this very moment
        raise NotSignedIn
    return found


def _let_stay(here: Visitor, opens: Opens, factor: str) -> Response:
    """The same person on the same device: the login stays what it is, and knows that it was them."""
    with writing() as bound:
        _hold(bound, here.person)
        opens(bound)
        accounts.prove(bound, here.login, now())
        up = lifted(here, factor) if factor else here
        token = cookies.rising(bound, here) if factor else ""
    answer = jsonify(profile(up))
    return cookies.follow(answer, here, token) if token else cookies.renew(answer, here)


def lifted(who: Visitor, factor: str) -> Visitor:
    """The login of `who` after a second factor was shown just now."""
    with writing() as bound:
        return accounts.lift(bound, who, factor, now())


def bring_along(bound: Connection, guest: Visitor, person: str, login: str) -> dict[str, int]:
    """The spaces that moved. All or nothing: whose words did not all come along stays a guest. Raises Conflict."""
    if consents.is_linked(bound, guest.person):
        raise Conflict(STILL_LINKED, code="linked")
    key = house().vault.opener(guest.person, guest.key_wrapped)
    document = bringing.carried(bound, key, export.owned(bound, guest.person, now()), guest.person)
    moved: dict[str, int] = {}
    if bring_in(document, person, login, moved)[1]:
        raise Conflict(NOT_BROUGHT, code="not_brought")
    leaving.leave(bound, guest.person, now())
    return moved
