"""Finder: where somebody who found a hole in this house reaches whoever runs it (RFC 9116)."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Final

from flask import Blueprint, Response, abort

from exposure.web.house import house, now
from exposure.words import LANGUAGES

blueprint = Blueprint("finder", __name__)

# RFC 9116 wants less than a year. Computed anew each day, so no file lies about that somebody has to renew.
VALID: Final = timedelta(days=180)


@blueprint.get("/.well-known/security.txt")
def security() -> Response:
    """The contact of this house, as IPPO_CONTACT has it. 404 where none was set: the RFC knows no file without."""
    settings = house().settings
    if not settings.contact:
        abort(404)
    until = datetime.combine(now().date() + VALID, time(), UTC)
    lines = (
        f"Contact: mailto:{settings.contact}",
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(LANGUAGES)}",
        f"Canonical: {settings.url}/.well-known/security.txt",
    )
    answer = Response("".join(f"{line}\n" for line in lines), mimetype="text/plain")
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer
