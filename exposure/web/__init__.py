"""The web floor: requests, pages, JSON. Each file is a blueprint named for its noun."""

from flask import Flask, g, request
from flask_login import LoginManager

from exposure.db import connection
from exposure.logins import Visitor, visitor_of
from exposure.web import answers, front, guard, sync
from exposure.web.house import House

BLUEPRINTS = (front.blueprint, sync.blueprint)


def open_doors(app: Flask, house: House) -> None:
    """Hang every door of the house into the app."""
    app.extensions["ippo"] = house
    guard.protect(app, url=house.settings.url)
    answers.register(app)
    _recognise(app, house)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)


def cookie_name(secure: bool) -> str:
    """`__Host-` ties the cookie to https and this host; plain where there is no TLS (localhost)."""
    return "__Host-ippo" if secure else "ippo"


def _recognise(app: Flask, house: House) -> None:
    """Flask-Login as glue only: the cookie names a row, the row decides on every request."""
    manager = LoginManager(app)
    # Flask-Login would otherwise re-sign a session of its own on each request.
    manager.session_protection = None
    name = cookie_name(house.settings.secure)

    @manager.request_loader  # type: ignore[untyped-decorator]
    def _load(_request: object) -> Visitor | None:
        token = request.cookies.get(name, "")
        if not 20 <= len(token) <= 100:
            return None
        found = visitor_of(connection(), token, house.now())
        g.visitor = found
        return found
