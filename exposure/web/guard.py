"""The guard: who may knock (same-origin requests only) and what every answer carries.

No tokens: a queued offline request would outlive them. Browsers say themselves where a request comes from
(`Sec-Fetch-Site`, since iOS 16.4 everywhere), older ones send `Origin`; together with a SameSite=Lax cookie and JSON
bodies only this is the rule of Go 1.25's CrossOriginProtection.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from flask import Flask, Request, request
from werkzeug.middleware.proxy_fix import ProxyFix

from exposure.errors import Busy, NotAllowed, WrongKind

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    Dress = list[tuple[str, str]]

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types lit-html ippo"
)

# What a ladder needs (a screen that stays awake, passkeys, a code copied) a browser grants to our own pages by itself.
# What it could be misused for is closed to us too.
PERMISSIONS: Final = (
    "camera=(), display-capture=(), geolocation=(), hid=(), microphone=(), midi=(), payment=(), serial=(), usb=()"
)

HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "Permissions-Policy": PERMISSIONS,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
    # Firefox looks up the host of every link on a page before anybody touches one: whoever opened the help card would
    # be known to a resolver as somebody who did.
    "X-DNS-Prefetch-Control": "off",
}
PAGES_ONLY: Final = frozenset({"Permissions-Policy", "X-DNS-Prefetch-Control"})
# What is no page (JSON, the worker, a calendar) draws nothing: a policy that closes all doors says it in a tenth of the
# bytes. The worker's is its own script's, and it has to ask our server. No browser reads permissions there.
NO_PAGE: Final = {"Content-Security-Policy": "default-src 'none'; connect-src 'self'; frame-ancestors 'none'"}
# A file of the shelf is no page and asks for nothing itself: on seven files the rest would cost 5 kB of a first visit.
# "Not modified" says nothing new: the browser goes on with the headers it has.
FILE_HEADERS: Final = ("X-Content-Type-Options", "Cross-Origin-Resource-Policy", "Strict-Transport-Security")
# The one button in a mail program asks from anywhere and as a form; the secret in its address is all it can show.
ONE_CLICK: Final = frozenset({"mailbox.leave"})
# Reads its body itself, after it has counted.
LARGE: Final = frozenset({"bringing.read_in"})
# Set by the server itself, never by who asks: an answer is wanted for those there is no room for (`refusal`).
FULL: Final = "ippo.full"
HSTS: Final = "max-age=63072000; includeSubDomains"


def protect(app: Flask, *, url: str, proxies: int) -> None:
    """Put the guard before every request and the headers on every answer; `url` is our own origin.

    `proxies` is how many of our own stand in front: only what the last of them says of an address is believed, since
    whoever asks may write any number of addresses before it.
    """
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
    always = [*HEADERS.items()] + ([("Strict-Transport-Security", HSTS)] if url.startswith("https://") else [])
    for_files = [(name, value) for name, value in always if name in FILE_HEADERS]
    for_doors = [(name, value) for name, value in always if name != "X-Robots-Tag"]
    for_others = [(name, NO_PAGE.get(name, value)) for name, value in always if name not in PAGES_ONLY]
    app.wsgi_app = _dressed(app.wsgi_app, always, for_files, for_doors, for_others)  # type: ignore[method-assign,assignment]

    @app.before_request
    def knock() -> None:
        asked: Request = request._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - looked up once
        if FULL in asked.environ:
            raise Busy
        check(asked, url)
        if asked.method not in SAFE and asked.endpoint not in LARGE:
            # Before anything is looked up: whoever sends slowly must not hold a connection that others wait for.
            asked.get_data()


def _dressed(
    inner: WSGIApplication, always: Dress, for_files: Dress, for_doors: Dress, for_others: Dress
) -> WSGIApplication:
    """Outside of Flask headers are a plain list, so dressing, which every answer pays for, costs little."""

    def serve(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        def dress(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            said = dict(headers)
            shelved = "immutable" in said.get("Cache-Control", "") or status.startswith("304")
            welcome = "X-Robots-Tag" in said  # a door that wants to be found says so itself
            page = said.get("Content-Type", "").startswith("text/html")
            worn = for_files if shelved else for_doors if welcome else always if page else for_others
            own = "Content-Security-Policy" in said
            headers.extend((each for each in worn if each[0] not in said) if own else worn)
            # Whatever has not said that it may be kept is nobody's to keep (ASVS 14.3.2).
            if "Cache-Control" not in said:
                headers.append(("Cache-Control", "no-store"))
            return start(status, headers, exc_info) if exc_info else start(status, headers)

        return inner(environ, dress)

    return serve


def check(asked: Request, url: str) -> None:
    """Refuse a change asked for by another site, or not as JSON. Raises NotAllowed, WrongKind."""
    # What a person wrote is asked for by a page of ours. An address typed above it, or a link on any other page, would
    # pass the lock of a phone: its cookie goes along.
    site = asked.headers.get("Sec-Fetch-Site", "same-origin")
    if asked.path.startswith("/api/") and asked.method in SAFE and site != "same-origin":
        raise NotAllowed(code="typed")
    if asked.method in SAFE or asked.endpoint in ONE_CLICK:
        return
    if not from_here(asked.headers.get("Sec-Fetch-Site"), asked.headers.get("Origin"), asked.host, url):
        raise NotAllowed(code="cross_site")
    # A DELETE without a body can come from no form; everything else says that it is JSON, which no form can.
    bare = asked.method == "DELETE" and not asked.content_length
    if not bare and asked.mimetype != "application/json":
        raise WrongKind
    if asked.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise WrongKind(code="compressed")


def from_here(site: str | None, origin: str | None, host: str, url: str) -> bool:
    """Whether a request with these headers was made by our own pages (or by no browser at all)."""
    if site is not None:
        return site in {"same-origin", "none"}
    if origin is None:
        return True
    return origin in {url, f"http://{host}", f"https://{host}"}
