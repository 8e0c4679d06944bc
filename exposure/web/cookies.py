"""The cookie that names a login, and what a browser is told to forget when the login ends."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address

from flask import Response, request

from exposure.logins import LIFETIME
from exposure.web.house import house


def name() -> str:
    """`__Host-` ties the cookie to https and this host; plain where there is no TLS (localhost)."""
    return "__Host-ippo" if house().settings.secure else "ippo"


def give(answer: Response, token: str) -> Response:
    """Put the cookie on this device. It lives as long as browsers allow, 400 days, and every visit renews it:
    a guest who comes back after months finds everything (rule G5)."""
    answer.set_cookie(
        name(),
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
    return give(answer, request.cookies[name()])


def wipe(answer: Response) -> Response:
    """End the cookie and all that this browser keeps of us (caches, databases, the worker)."""
    answer.delete_cookie(name(), path="/", secure=house().settings.secure, httponly=True, samesite="Lax")
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
