"""Answers: every trouble becomes `{"error", "detail"}`, a sentence a person can act on."""

import logging

from flask import Flask, Response, g, jsonify, request
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from exposure.errors import Busy, TooMany, Trouble
from exposure.words import choose_language, gettext_for

log = logging.getLogger("exposure")


def language() -> str:
    """The language to answer in: the person's own, else what their browser asks for."""
    known = getattr(g.get("visitor"), "language", "")
    return choose_language(request.headers.get("Accept-Language", ""), known)


def register(app: Flask) -> None:
    """Turn every error into an answer; nothing anybody wrote is logged."""

    @app.errorhandler(Trouble)
    def _trouble(trouble: Trouble) -> Response:
        return _answer(trouble)

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response:
        trouble = Trouble()
        trouble.status = error.code or 500
        trouble.code = (error.name or "error").lower().replace(" ", "_")
        return _answer(trouble)

    @app.errorhandler(OperationalError)
    def _away(error: OperationalError) -> Response:
        log.error("database away", extra={"kind": type(error.orig).__name__})
        return _answer(Busy())


def _answer(trouble: Trouble) -> Response:
    said = gettext_for(language())(trouble.detail)
    answer = jsonify(error=trouble.code, detail=said)
    answer.status_code = trouble.status
    if isinstance(trouble, (TooMany, Busy)):
        answer.headers["Retry-After"] = str(trouble.retry_after)
    return answer


def translate(sentence: str) -> str:
    """A sentence of the catalogue in the language of the person asking."""
    return gettext_for(language())(sentence)
