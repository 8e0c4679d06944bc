"""Refusal: the answer for those there is no room for, made once at the start by the app itself.

It is an answer like any other (the sentence, the headers, the page), so it is asked of the app; and it is a few bytes
to send, so a server that has no time left can send it thousands of times a second.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from exposure.web.guard import FULL
from exposure.words import LANGUAGES, choose_language

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

Refusal = Callable[[str, str, bool], bytes]


def refusal(app: WSGIApplication) -> Refusal:
    """(method, Accept-Language, wants a page) -> the whole answer: 503, Retry-After and a sentence."""
    made = {(spoken, page): _asked(app, spoken, page) for spoken in LANGUAGES for page in (False, True)}

    def answer(method: str, wished: str, page: bool) -> bytes:
        head, body = made[choose_language(wished), page]
        return head if method == "HEAD" else head + body

    return answer


def _asked(app: WSGIApplication, spoken: str, page: bool) -> tuple[bytes, bytes]:
    """The head and the body of the app's own answer, as they go over a line that ends with it."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": "/" if page else "/api/me", "QUERY_STRING": "",
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "localhost",
        "HTTP_ACCEPT": "text/html" if page else "application/json", "HTTP_ACCEPT_LANGUAGE": spoken, FULL: True,
        "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True, "wsgi.multiprocess": False, "wsgi.run_once": False,
    }  # fmt: skip
    said: list[str] = []

    def start(status: str, headers: list[tuple[str, str]], _trouble: Any = None) -> Any:
        said[:] = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers), "Connection: close"]
        return said.append  # nobody calls it

    answer = app(environ, start)
    body = b"".join(answer)
    if close := getattr(answer, "close", None):
        close()
    return ("\r\n".join(said) + "\r\n\r\n").encode("latin-1"), body
