"""The account: begin as a guest, who am I, devices, password, recovery code, sign out, delete."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, Response, jsonify, request
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from exposure import accounts, credentials, leaving, limits, passwords, terms
from exposure.db import connection, milliseconds, writing
from exposure.errors import Conflict, NotAllowed, NotFound, Unreadable
from exposure.fits import is_zone
from exposure.logins import Visitor
from exposure.strict import read_object
from exposure.web import cookies
from exposure.web.consents import tell
from exposure.web.edge import Fields
from exposure.web.house import ends_here, house, now, renewed, visitor
from exposure.words import LANGUAGES, N_

blueprint = Blueprint("account", __name__)

MOST_DEVICE: Final = 80
OTHER_KIND = N_(
    "This browser belongs to an account of the other kind: one is for a ladder of one's own, one for reading with "
    "others. Please sign out first, or use another browser."
)
TAKEN = N_("This name is in use already. Please try another one.")
TOO_SHORT = N_("Twelve characters or more, please. A few words in a row are easy to keep in mind.")
TOO_COMMON = N_("This one is easy to guess. A few words that only you would put together are safer.")
LAST_FACTOR = N_("This is the only second key here. Please set up another one first.")
PROVE_AGAIN = N_("Please show once more that it is you, and then try again.")


@blueprint.get("/api/me")
def me() -> Response:
    """Who is asking. The app asks at every start, which also renews the cookie (once an hour)."""
    who = visitor()
    answer = cookies.keep_lock(told(who))
    return cookies.renew(answer, who) if renewed(who) else answer


@blueprint.put("/api/me")
def meet() -> Response:
    """The language to speak and the clock to keep: they follow the device."""
    who = visitor()
    given = Fields(read_object(request.get_data()))
    language, clock = given.choice("language", LANGUAGES), zone(given)
    given.done()
    with writing() as bound:
        accounts.meet(bound, who.person, language, clock)
    return jsonify({**profile(who), "language": language, "zone": clock})


@blueprint.get("/api/logins")
def logins() -> Response:
    who = visitor()
    key = house().vault.opener(who.person, who.key_wrapped)
    return jsonify(logins=accounts.devices(connection(), key, who, now()))


@blueprint.delete("/api/logins/<uuid:login>")
def end_login(login: object) -> Response:
    """End a device that is lost or lent. Its open stream stops in the same act."""
    who = visitor()
    with writing() as bound:
        if not accounts.end_login(bound, who.person, str(login)):
            raise NotFound
    house().hub.end_logins([str(login)])
    answer = jsonify(ended=str(login))
    return cookies.wipe(answer) if str(login) == who.login else answer


@blueprint.post("/api/signout")
def sign_out() -> Response:
    """End this device: the row, its push subscription with it, and all the browser keeps of us."""
    who, shared = visitor(), _is_shared()
    with writing() as bound:
        accounts.end_login(bound, who.person, who.login)
    ends_here()
    house().hub.end_logins([who.login])
    return cookies.wipe(jsonify(ended=who.login), shared=shared)


@blueprint.put("/api/password")
def set_password() -> Response:
    """Choose a name and a password to sign in with elsewhere. A changed password ends every other device.

    This one gets another cookie, so that a copy of the one before ends too.
    """
    who = visitor()
    given = Fields(read_object(request.get_data()))
    name = credentials.tidy_name(given.text("name", credentials.MOST_NAME, least=1))
    password = given.text("password", passwords.MOST)
    given.done()
    must_prove(who)
    _refuse_short(name, password)
    with writing() as bound:
        limits.count(bound, limits.NAMES_PER_ADDRESS, cookies.address_key(), now())
        limits.count(bound, limits.NAMES, house().vault.lookup(who.person, "limit"), now())
    # Judging costs more than any other step, so it comes after the count.
    if passwords.too_common(password, name):
        raise Unreadable(TOO_COMMON, code="password_common")
    secret = passwords.hashed(password)
    try:
        with writing() as bound:
            changed = credentials.forget(bound, who.person, "password")
            lookup = house().vault.lookup(name, "signin")
            credentials.add(bound, who.person, "password", lookup, now(), secret=secret)
            ended = accounts.end_others(bound, who) if changed else []
            accounts.prove(bound, who.login, now())
            token = cookies.another(bound, who)
            limits.take_back(bound, limits.NAMES_PER_ADDRESS, cookies.address_key())
    except IntegrityError:
        raise Conflict(TAKEN, code="name_taken") from None
    house().hub.end_logins(ended)
    return cookies.follow(jsonify(profile(who)), who, token)


@blueprint.post("/api/recovery")
def new_recovery_code() -> Response:
    """A one-time code to keep on paper. It is shown here once; we keep a keyed hash. An older code ends."""
    who = visitor()
    Fields(read_object(request.get_data())).done()
    must_prove(who)
    code = credentials.new_code()
    with writing() as bound:
        credentials.forget(bound, who.person, "recovery")
        lookup = house().vault.lookup(credentials.tidy_code(code), "recovery")
        credentials.add(bound, who.person, "recovery", lookup, now())
        # Making the first code gives a guest a way to prove who they are; this device has just been there.
        accounts.prove(bound, who.login, now())
    return jsonify(code=code)


@blueprint.delete("/api/account")
def leave() -> Response:
    """Delete everything, for good, now."""
    who, shared = visitor(), _is_shared()
    must_prove(who)
    with writing() as bound:
        # Those a therapist reads with keep their record of it, and are told that it ended.
        links = terms.depart(bound, house().vault, who.person, now())
        ended = leaving.leave(bound, who.person, now())
    ends_here()
    for link in links:
        tell(link)
    leaving.scrub(connection())
    house().hub.end_logins(ended)
    return cookies.wipe(jsonify(deleted=who.person), shared=shared)


def _is_shared() -> bool:
    """Whether the page says that words of somebody else lie on this phone too; a bare request says nothing."""
    given = Fields(read_object(request.get_data() or b"{}"))
    shared = given.flag("shared", default=False)
    given.done()
    return shared


def _refuse_short(name: str, password: str) -> None:
    """Long is all that is asked; which signs it is made of is the person's own affair. Raises Unreadable."""
    if not name:
        raise Unreadable(code="bad_field")
    if len(password) < passwords.LEAST:
        raise Unreadable(TOO_SHORT, code="password_short")


def must_prove(who: Visitor) -> None:
    """What cannot be undone asks for the password or passkey again, where there is one. Raises NotAllowed."""
    if not accounts.has_proved(connection(), who, now()):
        raise NotAllowed(PROVE_AGAIN, code="prove_again")


def keep_a_factor(bound: Connection, who: Visitor) -> None:
    """A therapist is never left without a second factor; call in the write that took one away. Raises Conflict."""
    if who.is_therapist and not accounts.has_factor(bound, who.person):
        raise Conflict(LAST_FACTOR, code="last_factor")


def profile(who: Visitor) -> dict[str, Any]:
    """What the app is told of the person who asks, and of the house."""
    key = house().vault.opener(who.person, who.key_wrapped)
    return {
        **accounts.me(connection(), key, who, now()),
        "vapid": house().vapid.application_key,
        "now": milliseconds(now()),
    }


def told(who: Visitor) -> Response:
    return jsonify(profile(who))


def zone(given: Fields) -> str:
    value = given.text("zone", 64, least=1)
    if not is_zone(value):
        raise Unreadable(code="bad_field")
    return value
