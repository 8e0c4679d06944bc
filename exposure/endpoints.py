"""Endpoint: where a device asked to be pushed to. It is a URL chosen by a stranger, so nothing about it is believed.

Every push endpoint is a way to make this server call an address of someone's choosing (reliability T11). The rule,
asked when a device subscribes and again each time something is sent: ASCII, https, no user, a host on the list, its
port, and an address that anyone on the internet could reach. The URL that is used is built again from the parts that
were checked, because two parsers of one odd URL see two different hosts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

LONGEST = 2048
"""Characters of an endpoint."""

_HTTPS = 443
# Printable ASCII without blanks, quotes, brackets and the backslash that browsers read as a slash.
_WHOLE = re.compile(r"(https://[!$-.0-;=@-Z_a-z~]+)([!#-;=?-Z_a-z~]*)", re.ASCII)  # up to the path, and from there
# A part of more than 63 letters is no name: a resolver raises something else for it than for a name it does not know.
_PART = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?=.{{1,253}}\Z){_PART}(\.{_PART})+", re.ASCII)

# `ipaddress.is_global` is not enough: Python 3.11 calls NAT64, 6to4, site-local and multicast addresses public.
_INSIDE = tuple(
    IPv4Network(block)
    for block in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
    )
)
# The only IPv6 block handed out to the public, and the parts of it that lead elsewhere.
_PUBLIC_V6 = IPv6Network("2000::/3")
_INSIDE_V6 = tuple(
    IPv6Network(block)
    for block in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3ffe::/16", "3fff::/20")
)


class BadEndpoint(ValueError):
    """An endpoint that this server will not call. The message says why and never repeats the URL."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A checked endpoint: the parts to connect with and to ask for."""

    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """As RFC 6454 writes it; another port than 443 stays in sight, since VAPID's `aud` must name it."""
        return f"https://{self.authority}"

    @property
    def authority(self) -> str:
        return self.host if self.port == _HTTPS else f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        return self.origin + self.path


def endpoint(text: str, hosts: tuple[str, ...]) -> Endpoint:
    """The endpoint in `text` when its host is one of `hosts` or below one of them; raises BadEndpoint.

    A host of the list may carry a port ("push.example.org:8443"), for a push service of one's own; otherwise it is 443.
    """
    if len(text) > LONGEST:
        raise BadEndpoint("longer than an endpoint can be")
    whole = _WHOLE.fullmatch(text)
    if whole is None:
        raise BadEndpoint("not a plain https address")
    host, port = _service(whole[1], hosts)
    path, _, query = whole[2].partition("#")[0].partition("?")
    return Endpoint(host, port, f"{path or '/'}?{query}" if query else path or "/")


@lru_cache(maxsize=256)
def _service(origin: str, hosts: tuple[str, ...]) -> tuple[str, int]:
    """Host and port of `https://host:port`; remembered, because nearly all devices ask for the same few services."""
    try:
        parts = urlsplit(origin)
        port = _HTTPS if parts.port is None else parts.port
    except ValueError as error:
        raise BadEndpoint("not an address") from error
    host = (parts.hostname or "").lower()
    if "@" in parts.netloc or not _HOST.fullmatch(host) or host.rsplit(".", 1)[-1].isdigit():
        raise BadEndpoint("not the name of a host")
    if not any(_covers(entry, host, port) for entry in hosts):
        raise BadEndpoint("not a push service on the list")
    return host, port


def service_of(text: str, hosts: tuple[str, ...]) -> str:
    """The push service an endpoint belongs to, as the list names it; "elsewhere" when it is not on the list."""
    name, _, port = text.removeprefix("https://").partition("/")[0].lower().partition(":")
    number = int(port) if port.isascii() and port.isdigit() else _HTTPS
    return next((entry for entry in hosts if _covers(entry, name, number)), "elsewhere")


def is_public(address: str) -> bool:
    """Whether anyone on the internet could reach this address: the last question before connecting."""
    try:
        where = ip_address(address)
    except ValueError:
        return False
    return _is_public(where)


def _is_public(where: IPv4Address | IPv6Address) -> bool:
    if isinstance(where, IPv6Address):
        if where.ipv4_mapped is not None:
            return False  # no resolver says it this way; someone who wants to be clever does
        return where in _PUBLIC_V6 and not any(where in block for block in _INSIDE_V6)
    return not any(where in block for block in _INSIDE)


def _covers(entry: str, host: str, port: int) -> bool:
    name, _, own_port = entry.partition(":")
    wanted = int(own_port) if own_port.isdigit() else _HTTPS
    return port == wanted and (host == name or host.endswith("." + name))
