"""Answers: every trouble becomes `{"error", "detail"}`, a sentence a person can act on."""

from __future__ import annotations

import errno
import logging
import traceback
from typing import Final

from flask import Flask, Response, g, jsonify, request
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from werkzeug.exceptions import HTTPException

from exposure.db import is_full
from exposure.errors import Busy, Conflict, NoRoom, NotFound, NotSignedIn, TooLarge, TooMany, Trouble, WrongKind
from exposure.web import doors
from exposure.web.house import has_gone
from exposure.words import N_, choose_language, gettext_for

log = logging.getLogger("exposure")

FULL: Final = (errno.ENOSPC, errno.EDQUOT)
KNOWN: Final = {404: NotFound, 413: TooLarge, 415: WrongKind}


class Unforeseen(Trouble):
    """Our own mistake. What was written is kept on the device and can be sent again."""

    code = "unforeseen"
    status = 500
    detail = N_("Something went wrong on our side. What you wrote is kept on your device.")


def language() -> str:
    """The language to answer in: the person's own, else what their browser asks for."""
    known = getattr(g.get("visitor"), "language", "")
    return choose_language(request.headers.get("Accept-Language", ""), known)


def register(app: Flask) -> None:
    """Turn every error into an answer; nothing anybody wrote is logged."""

    @app.errorhandler(Trouble)
    def _trouble(trouble: Trouble) -> Response:
        return _answer(NotSignedIn() if isinstance(trouble, Conflict) and has_gone() else trouble)

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response:
        trouble = KNOWN.get(error.code or 500, Trouble)()
        if type(trouble) is Trouble:
            trouble.status = error.code or 500
            trouble.code = (error.name or "error").lower().replace(" ", "_")
        answer = _answer(trouble)
        for name, value in error.get_headers():
            if name == "Allow":
                answer.headers[name] = value
        return answer

    @app.errorhandler(NoConnection)
    @app.errorhandler(OperationalError)
    def _away(error: OperationalError | NoConnection) -> Response:
        full = isinstance(error, OperationalError) and is_full(error)
        kind = type(getattr(error, "orig", error)).__name__
        log.error("no room left on the disk" if full else "database away", extra={"kind": kind})
        return _answer(NoRoom() if full else Busy())

    @app.errorhandler(OSError)
    def _stuck(error: OSError) -> Response:
        # A file of ours beside the database.
        return _answer(NoRoom()) if error.errno in FULL else _unforeseen(error)

    app.register_error_handler(Exception, _unforeseen)


def _unforeseen(error: Exception) -> Response:
    # Where and of which kind, never the message: it may quote what a person wrote (reliability T20).
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    where = " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(frames))
    log.error("unforeseen %s at %s", type(error).__name__, where)
    # Whoever was deleted in the middle of what they asked finds nothing of theirs any more, wherever they look. It may
    # still have been a mistake of ours: it stands in the log.
    return _answer(NotSignedIn() if has_gone() else Unforeseen())


def _answer(trouble: Trouble) -> Response:
    said = gettext_for(language())(trouble.detail)
    if _wants_page():
        said = gettext_for(doors.language())(trouble.detail)
        answer = doors.page("error", trouble.status, detail=said)
    else:
        answer = jsonify(error=trouble.code, detail=said)
        answer.status_code = trouble.status
    if isinstance(trouble, (TooMany, Busy, NoRoom)):
        answer.headers["Retry-After"] = str(trouble.retry_after)
    return answer


def _wants_page() -> bool:
    """A person who followed a link gets a page; a program gets JSON."""
    return not request.path.startswith("/api/") and "text/html" in request.headers.get("Accept", "")


def translate(sentence: str) -> str:
    """A sentence of the catalogue in the language of the person asking."""
    return gettext_for(language())(sentence)
