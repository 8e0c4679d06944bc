"""The cookie that names a login, and what a browser is told to forget when the login ends."""

from __future__ import annotations

import secrets
from datetime import timedelta
from ipaddress import IPv6Address, ip_address

from flask import Response, request
from sqlalchemy.engine import Connection

from exposure.logins import LIFETIME, Visitor, rename
from exposure.web.house import cookie_name, house, now

LOCK = "ippo-lock"


def give(answer: Response, token: str, lives: timedelta = LIFETIME) -> Response:
    """Put the cookie on this device. It lives as long as browsers allow, 400 days, and every visit renews it:
    a guest who comes back after months finds everything (rule G5). A therapist's ends with their login."""
    answer.set_cookie(
        cookie_name(house().settings.secure),
        token,
        max_age=int(lives.total_seconds()),
        path="/",
        secure=house().settings.secure,
        httponly=True,
        samesite="Lax",
    )
    return answer


def renew(answer: Response, who: Visitor) -> Response:
    """The same cookie for another 400 days; a therapist's for what is left of their half day."""
    return give(answer, request.cookies[cookie_name(house().settings.secure)], lives_of(who))


def another(bound: Connection, who: Visitor) -> str:
    """A new token for this device, inside a write; the answer is to give it (`follow`). A copied cookie is out."""
    token = secrets.token_urlsafe(32)
    rename(bound, who.login, token)
    return token


def rising(bound: Connection, who: Visitor) -> str:
    """A new token where a second factor was shown here for the first time, inside a write; else '': requests of a desk
    may be on their way. Whoever copied the cookie before, or put it here, does not rise with it."""
    return another(bound, who) if who.is_therapist and who.raised is None else ""


def follow(answer: Response, who: Visitor, token: str) -> Response:
    """Give this login its new token, if there is one."""
    return give(answer, token, lives_of(who)) if token else answer


def keep_lock(answer: Response) -> Response:
    """A page notes that it has a lock (static/js/here.js); some browsers keep for a week what a page itself noted."""
    if request.cookies.get(LOCK) == "1":
        lives = int(LIFETIME.total_seconds())
        answer.set_cookie(LOCK, "1", max_age=lives, path="/", secure=house().settings.secure, samesite="Strict")
    return answer


def lives_of(who: Visitor) -> timedelta:
    """How long the cookie of this login is to live."""
    return max(timedelta(0), who.expires - now()) if who.is_therapist else LIFETIME


def wipe(answer: Response, *, shared: bool = False) -> Response:
    """End the cookie and all that this browser keeps of us (caches, databases, the worker).

    On a `shared` phone lie the sealed words of somebody who could not send them yet: there the page takes away what is
    its own person's, and nobody else's goes with it.
    """
    secure = house().settings.secure
    answer.delete_cookie(cookie_name(secure), path="/", secure=secure, httponly=True, samesite="Lax")
    answer.headers["Clear-Site-Data"] = '"cache", "cookies"' + ("" if shared else ', "storage"')
    return answer


def address_key() -> str:
    """A keyed hash of where the request comes from; for IPv6 the household, since a phone has 2**64 addresses."""
    text = request.remote_addr or ""
    try:
        where = ip_address(text)
    except ValueError:
        return house().vault.lookup(text, "address")
    if isinstance(where, IPv6Address):
        text = where.ipv4_mapped.compressed if where.ipv4_mapped else where.exploded[:19]
    return house().vault.lookup(text, "address")
