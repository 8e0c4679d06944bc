"""Passkeys: sign in with the phone's own lock. The device finds the account by itself; nothing has to be typed.

W3C WebAuthn level 3 by the `webauthn` package. A challenge is answered once, within five minutes.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from typing import Final, TypeVar
from urllib.parse import urlsplit

from flask import Blueprint, Response, jsonify, request
from sqlalchemy.exc import IntegrityError
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from exposure import accounts, credentials, limits
from exposure.db import connection, milliseconds, writing
from exposure.errors import Conflict, NotFound, NotSignedIn, Unreadable
from exposure.logins import Visitor
from exposure.strict import read_object
from exposure.web import cookies
from exposure.web.account import MOST_DEVICE, keep_a_factor, must_prove, profile
from exposure.web.edge import Fields, from_base64url, new_id, to_base64url
from exposure.web.house import house, now, visitor
from exposure.web.signin import let_in, lifted, using
from exposure.words import N_

blueprint = Blueprint("passkeys", __name__)

MOST_PASSKEYS: Final = 10
NO_PASSKEY: Final = N_("This passkey does not open anything here. You can try again, or sign in another way.")
NOT_MADE: Final = N_("The passkey could not be made. You can try again, or choose a password instead.")
ENOUGH: Final = N_("There are ten passkeys already. That is enough.")

Verified = TypeVar("Verified")


@blueprint.get("/api/passkeys")
def passkeys() -> Response:
    """The passkeys of the person who asks: when each was made and last used."""
    found = credentials.listed(connection(), visitor().person, "passkey")
    return jsonify(
        passkeys=[
            {"id": one.id, "created": milliseconds(one.created), "used": milliseconds(one.used) if one.used else None}
            for one in found
        ]
    )


@blueprint.delete("/api/passkeys/<uuid:passkey>")
def remove(passkey: object) -> Response:
    """Take a passkey away, for a lost phone: it opens nothing from then on, and every other device is out.

    The answer of /api/me.
    """
    who = visitor()
    must_prove(who)
    with writing() as bound:
        if not credentials.remove(bound, who.person, "passkey", str(passkey)):
            raise NotFound
        keep_a_factor(bound, who)
        ended = accounts.end_others(bound, who)
        token = cookies.another(bound, who)
    house().hub.end_logins(ended)
    return cookies.follow(jsonify(profile(who)), who, token)


@blueprint.post("/api/passkeys/options")
def options_to_add() -> Response:
    """What the browser needs to make a passkey for the person who asks."""
    who = visitor()
    Fields(read_object(request.get_data())).done()
    must_prove(who)
    with writing() as bound:
        limits.count(bound, limits.CEREMONIES, house().vault.lookup(who.person, "limit"), now())
    if credentials.kinds_of(connection(), who.person).get("passkey", 0) >= MOST_PASSKEYS:
        raise Conflict(ENOUGH, code="enough")
    challenge = secrets.token_bytes(32)
    name = profile(who)["nickname"] or "Ippo"
    options = generate_registration_options(
        rp_id=_site(),
        rp_name="Ippo",
        user_name=name,
        user_display_name=name,
        user_id=_handle(who.person),
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
    )
    return jsonify(ceremony=_remember(who.person, challenge), options=json.loads(options_to_json(options)))


@blueprint.post("/api/passkeys")
def add() -> tuple[Response, int]:
    """Keep the passkey the browser made."""
    who = visitor()
    given = Fields(read_object(request.get_data()))
    ceremony, made = given.id("ceremony"), given.object("credential")
    given.done()
    must_prove(who)
    challenge = _recall(ceremony, who.person)
    if challenge is None:
        raise Unreadable(NOT_MADE, code="not_made")
    verified = _checked(
        lambda: verify_registration_response(
            credential=made,
            expected_challenge=challenge,
            expected_rp_id=_site(),
            expected_origin=house().settings.url,
            require_user_verification=True,
        )
    )
    if verified is None:
        raise Unreadable(NOT_MADE, code="not_made")
    _keep(who, _lookup(verified.credential_id), verified.credential_public_key, verified.sign_count)
    with writing() as bound:
        up, token = lifted(who, "passkey") if who.is_therapist else who, cookies.rising(bound, who)
    return cookies.follow(jsonify(profile(up)), who, token), 201


def _keep(who: Visitor, lookup: str, public_key: bytes, signs: int) -> None:
    try:
        with writing() as bound:
            # Asked again: many ceremonies may have been begun while there was room for one.
            if credentials.kinds_of(bound, who.person).get("passkey", 0) >= MOST_PASSKEYS:
                raise Conflict(ENOUGH, code="enough")
            credentials.add(bound, who.person, "passkey", lookup, now(), secret=public_key, signs=signs)
            accounts.prove(bound, who.login, now())
    except IntegrityError:
        raise Conflict(NOT_MADE, code="not_made") from None


@blueprint.post("/api/signin/passkey/options")
def options_to_sign_in() -> Response:
    """A challenge for whoever is there. It names no account, so it tells nothing about one."""
    Fields(read_object(request.get_data())).done()
    with writing() as bound:
        limits.count(bound, limits.CEREMONIES, cookies.address_key(), now())
    challenge = secrets.token_bytes(32)
    options = generate_authentication_options(
        rp_id=_site(), challenge=challenge, user_verification=UserVerificationRequirement.REQUIRED
    )
    return jsonify(ceremony=_remember(None, challenge), options=json.loads(options_to_json(options)))


@blueprint.post("/api/signin/passkey")
def sign_in() -> Response:
    """Sign in with a passkey; this device gets a login of its own."""
    given = Fields(read_object(request.get_data()))
    ceremony, shown = given.id("ceremony"), given.object("credential")
    device, bring = given.text("device", MOST_DEVICE, default=""), given.flag("bring", default=False)
    given.done()
    with writing() as bound:
        limits.count(bound, limits.PER_ADDRESS, cookies.address_key(), now())
    challenge, raw = _recall(ceremony, None), shown.get("rawId")
    credential_id = from_base64url(raw) if isinstance(raw, str) else None
    found = credentials.find(connection(), "passkey", _lookup(credential_id)) if credential_id else None
    if challenge is None or found is None:
        raise NotSignedIn(NO_PASSKEY, code="no_match")
    verified = _checked(
        lambda: verify_authentication_response(
            credential=shown,
            expected_challenge=challenge,
            expected_rp_id=_site(),
            expected_origin=house().settings.url,
            credential_public_key=bytes(found.secret),
            credential_current_sign_count=found.sign_count,
            require_user_verification=True,
        )
    )
    if verified is None:
        raise NotSignedIn(NO_PASSKEY, code="no_match")
    with writing() as bound:
        limits.take_back(bound, limits.PER_ADDRESS, cookies.address_key())
    opens = using(found.id, NO_PASSKEY, signs=verified.new_sign_count)
    # The authenticator asked for a finger, a face or a PIN: that is two factors in one touch.
    return let_in(found.person_id, device, opens, bring=bring, factor="passkey")


def _checked(verify: Callable[[], Verified]) -> Verified | None:
    """What the library says of bytes a stranger sent; None for anything it does not like."""
    try:
        return verify()
    except Exception:  # noqa: BLE001 (its parsers of CBOR, DER and JSON raise whatever they stumble over)
        return None


def _site() -> str:
    """The relying party's id: our host name without the port."""
    return urlsplit(house().settings.url).hostname or "localhost"


def _handle(person: str) -> bytes:
    """What an authenticator remembers the account by: 32 bytes that mean nothing elsewhere."""
    return bytes.fromhex(house().vault.lookup(person, "handle"))


def _lookup(credential_id: bytes) -> str:
    return house().vault.lookup(to_base64url(credential_id), "passkey")


def _remember(person: str | None, challenge: bytes) -> str:
    ceremony = new_id()
    with writing() as bound:
        credentials.open_ceremony(bound, ceremony, person, challenge, now())
    return ceremony


def _recall(ceremony: str, person: str | None) -> bytes | None:
    with writing() as bound:
        return credentials.close_ceremony(bound, ceremony, person, now())
