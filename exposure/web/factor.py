"""The second factor of a therapist: without it nothing of anybody is open, whatever else was shown.

A passkey is one by itself (web/passkeys). Here are the codes of an app on the phone, with ten more to keep on paper.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from flask import Blueprint, Response, jsonify, request
from sqlalchemy.engine import Connection

from exposure import accounts, credentials, limits, qr, totp
from exposure.db import connection, writing
from exposure.errors import Conflict, NotAllowed, NotFound, Unreadable
from exposure.logins import Visitor
from exposure.strict import read_object
from exposure.web import cookies
from exposure.web.account import keep_a_factor, must_prove, profile
from exposure.web.edge import Fields
from exposure.web.house import house, now, recognised, visitor
from exposure.web.signin import lifted
from exposure.words import N_

blueprint = Blueprint("factor", __name__)

MOST_CODE: Final = 100
ON_PAPER: Final = (credentials.CODE_LETTERS, totp.CODE_LETTERS)
SHOW: Final = N_("Please show your second key first.")
NO_FIT: Final = N_("This code does not fit. A code of the app lives half a minute; please try the newest one.")
FOR_THERAPISTS: Final = N_("A second key is for accounts that read with others.")
FIRST: Final = N_("Please choose a name and a password first.")

# What a therapist's login may do before its second factor was shown …
ALWAYS: Final = frozenset(
    {
        "beginning.start", "account.me", "account.meet", "account.sign_out", "factor.show",
        "signin.sign_in", "signin.recover", "passkeys.options_to_sign_in", "passkeys.sign_in",
    }
)  # fmt: skip
# … and what only as long as there is none yet: else a stolen password would simply set up another.
SETTING_UP: Final = frozenset(
    {"account.set_password", "factor.begin", "factor.confirm", "passkeys.passkeys", "passkeys.options_to_add",
     "passkeys.add"}
)  # fmt: skip


@blueprint.before_app_request
def rise() -> None:
    """Refuse a therapist's login that has not shown a second factor. New routes are closed to it by themselves."""
    if not request.path.startswith("/api/") or request.endpoint is None or request.endpoint in ALWAYS:
        return
    who = recognised()
    if who is None or not who.is_therapist or who.raised is not None:
        return
    if request.endpoint in SETTING_UP and not accounts.has_factor(connection(), who.person):
        return
    raise NotAllowed(SHOW, code="second_factor")


@blueprint.post("/api/totp")
def begin() -> Response:
    """A new secret for the app on the phone. What was in use before stays so until the first code of this one."""
    who = visitor()
    Fields(read_object(request.get_data())).done()
    _is_therapist(who)
    must_prove(who)
    about = profile(who)
    if about["guest"]:
        raise Conflict(FIRST, code="no_way_in")
    with writing() as bound:
        limits.count(bound, limits.CEREMONIES, house().vault.lookup(who.person, "limit"), now())
        secret = totp.begin(bound, house().vault.opener(who.person, who.key_wrapped), who.person)
    uri = totp.address(secret, about["nickname"] or "Ippo")
    return jsonify(secret=secret, uri=uri, qr=qr.drawn(uri))


@blueprint.post("/api/totp/confirm")
def confirm() -> Response:
    """The first code of the app: from now on it is asked for. The ten codes for paper are shown here once."""
    who = visitor()
    code = _code()
    _is_therapist(who)
    must_prove(who)
    key = house().vault.opener(who.person, who.key_wrapped)
    _count(who, limits.FACTORS)
    with writing() as bound:
        if not totp.confirm(bound, key, who.person, code, now()):
            raise Unreadable(NO_FIT, code="no_match")
        _good(bound, who, limits.FACTORS)
        recovery = totp.new_codes(bound, house().vault, who.person)
        ended = accounts.end_others(bound, who)
        lifted(who, "totp")
        token = cookies.another(bound, who)
    house().hub.end_logins(ended)
    return cookies.follow(jsonify(recovery=recovery), who, token)


@blueprint.delete("/api/totp")
def remove() -> Response:
    """No more codes of an app; a passkey must be there instead. Every other device is out. The answer of /api/me."""
    who = visitor()
    _is_therapist(who)
    must_prove(who)
    with writing() as bound:
        if not totp.remove(bound, who.person):
            raise NotFound
        keep_a_factor(bound, who)
        ended = accounts.end_others(bound, who)
        token = cookies.another(bound, who)
    house().hub.end_logins(ended)
    return cookies.follow(jsonify(profile(who)), who, token)


@blueprint.post("/api/signin/factor")
def show() -> Response:
    """Show the second factor on this login: the app's code, a code from paper, or the account's recovery code."""
    who = visitor()
    code = _code()
    _is_therapist(who)
    # Six digits are soon tried; a code from paper is none to guess, and is let in while somebody else tries digits.
    limit = limits.PAPERS if len(credentials.tidy_code(code)) in ON_PAPER else limits.FACTORS
    _count(who, limit)
    with writing() as bound:
        if not _fits(bound, who, code):
            raise Unreadable(NO_FIT, code="no_match")
        _good(bound, who, limit)
        up = lifted(who, "totp")
        token = cookies.rising(bound, who)
    return cookies.follow(jsonify(profile(up)), who, token)


def _fits(bound: Connection, who: Visitor, code: str) -> bool:
    vault = house().vault
    key = vault.opener(who.person, who.key_wrapped)
    tidy = credentials.tidy_code(code)
    if len(tidy) == credentials.CODE_LETTERS:
        return credentials.spend_code(bound, vault.lookup(tidy, "recovery")) == who.person
    if len(tidy) == totp.CODE_LETTERS:
        return totp.spend_code(bound, vault, who.person, tidy)
    return totp.opens(bound, key, who.person, code, now())


def _code() -> str:
    given = Fields(read_object(request.get_data()))
    code = unicodedata.normalize("NFKC", given.text("code", MOST_CODE, least=1))
    given.done()
    return code


def _count(who: Visitor, limit: limits.Limit) -> None:
    """Every try is counted, for the person and for the address: whoever is here knows the password already."""
    with writing() as bound:
        limits.count(bound, limits.PER_ADDRESS, cookies.address_key(), now())
        limits.count(bound, limit, _tries(who), now())


def _good(bound: Connection, who: Visitor, limit: limits.Limit) -> None:
    limits.clear(bound, limit, _tries(who))
    limits.take_back(bound, limits.PER_ADDRESS, cookies.address_key())


def _tries(who: Visitor) -> str:
    """The key of the tries: one for all who know the password only, one for each login that was here before.

    So whoever has the password and guesses never shuts out the therapist on a browser of their own.
    """
    mine = who.person if who.raised is None else f"{who.person}:{who.login}"
    return house().vault.lookup(mine, "factor")


def _is_therapist(who: Visitor) -> None:
    if not who.is_therapist:
        raise NotAllowed(FOR_THERAPISTS)
