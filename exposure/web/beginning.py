"""Begin as a guest, with nothing but a tap; and what becomes of whoever was in this browser before."""

from __future__ import annotations

import contextlib
from typing import Final

from flask import Blueprint, Response, request

from exposure import accounts, credentials, limits
from exposure.accounts import Start
from exposure.db import connection, writing
from exposure.errors import Conflict
from exposure.logins import Visitor, visitor_of
from exposure.strict import read_object
from exposure.web import cookies
from exposure.web.account import MOST_DEVICE, OTHER_KIND, told, zone
from exposure.web.edge import Fields, to_base64url
from exposure.web.house import house, now, recognised
from exposure.web.signin import bring_along
from exposure.words import LANGUAGES

blueprint = Blueprint("beginning", __name__)

MOST_NICKNAME: Final = 120
KINDS: Final = ("person", "therapist")


@blueprint.post("/api/start")
def start() -> tuple[Response, int]:
    """Begin as a guest: no name, no mail. The same request sent twice begins once.

    A browser that lost what it kept begins as somebody new, and may still hold the only way back to a guest: with
    `bring`, what they wrote comes along.
    """
    given = Fields(read_object(request.get_data()))
    begun = Start(
        person=given.id("person"),
        space=given.id("space"),
        nickname=given.text("nickname", MOST_NICKNAME, default=""),
        language=given.choice("language", LANGUAGES),
        zone=zone(given),
        device=given.text("device", MOST_DEVICE, default=""),
        kind=given.choice("kind", KINDS, default="person"),
    )
    # The device keeps its secret until its browser has surely kept the cookie (anew.js). The cookie's token is another
    # one, made from it here, so that nothing a script ever held opens a session by itself.
    token = house().vault.lookup(to_base64url(given.secret("secret", 32, 32)), "start")
    bring = given.flag("bring", default=False)
    given.done()
    here = recognised()
    if here is not None and here.kind != begun.kind:
        raise Conflict(OTHER_KIND, code="other_kind")
    with writing() as bound:
        limits.count(bound, limits.STARTS, cookies.address_key(), now())
    with writing() as bound:
        accounts.begin(bound, house().vault, begun, token, now())
    who = visitor_of(connection(), token, now())
    if who is None or (who.person, who.kind) != (begun.person, begun.kind):
        raise Conflict
    # Asking again is for a lost answer. Once there is a way in, the secret an old phone may still hold opens nothing.
    if credentials.kinds_of(connection(), who.person):
        raise Conflict
    if here is not None and here.person != begun.person:
        _pass_on(here, who, bring=bring)
    return cookies.give(told(who), token, cookies.lives_of(who)), 201


def _pass_on(here: Visitor, fresh: Visitor, *, bring: bool) -> None:
    """Somebody new began where `here` was: a login with another way back ends, a guest's things go with the new one."""
    with writing() as bound:
        guest = not credentials.kinds_of(bound, here.person)
        ended = accounts.leave_device(bound, here)
    house().hub.end_logins(ended)
    if bring and guest and not here.is_therapist:
        with contextlib.suppress(Conflict), writing() as bound:  # whom somebody reads with stays as they are
            bring_along(bound, here, fresh.person, fresh.login)
