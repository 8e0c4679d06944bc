"""The cookie that names a login, and what a browser is told to forget when the login ends."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address

from flask import Response, request

from exposure.logins import LIFETIME
from exposure.web.house import cookie_name, house


def give(answer: Response, token: str) -> Response:
    """Put the cookie on this device. It lives as long as browsers allow, 400 days, and every visit renews it:
    a guest who comes back after months finds everything (rule G5)."""
    answer.set_cookie(
        cookie_name(house().settings.secure),
        token,
        max_age=int(LIFETIME.total_seconds()),
        path="/",
        secure=house().settings.secure,
        httponly=True,
        samesite="Lax",
    )
    return answer


def renew(answer: Response) -> Response:
    """The same cookie for another 400 days."""
    return give(answer, request.cookies[cookie_name(house().settings.secure)])


def wipe(answer: Response) -> Response:
    """End the cookie and all that this browser keeps of us (caches, databases, the worker)."""
    secure = house().settings.secure
    answer.delete_cookie(cookie_name(secure), path="/", secure=secure, httponly=True, samesite="Lax")
    answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
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
