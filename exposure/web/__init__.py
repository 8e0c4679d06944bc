"""The web floor: requests, pages, JSON. Each file is a blueprint named for its noun."""

from flask import Flask
from flask_login import LoginManager

from exposure.house import House
from exposure.logins import Visitor
from exposure.web import (
    account,
    answers,
    beginning,
    bringing,
    calendar,
    consents,
    doors,
    export,
    factor,
    finder,
    front,
    guard,
    health,
    history,
    invitations,
    live,
    mailbox,
    passkeys,
    people,
    push,
    reminders,
    signin,
    sync,
    together,
    visits,
)
from exposure.web.asking import Asking
from exposure.web.house import recognised
from exposure.web.tokens import Token

BLUEPRINTS = (
    doors.blueprint,
    front.blueprint,
    sync.blueprint,
    live.blueprint,
    history.blueprint,
    account.blueprint,
    beginning.blueprint,
    signin.blueprint,
    passkeys.blueprint,
    factor.blueprint,
    export.blueprint,
    bringing.blueprint,
    push.blueprint,
    reminders.blueprint,
    calendar.blueprint,
    mailbox.blueprint,
    invitations.blueprint,
    consents.blueprint,
    together.blueprint,
    people.blueprint,
    visits.blueprint,
    health.blueprint,
    finder.blueprint,
)


def open_doors(app: Flask) -> None:
    """Hang every door of the house into the app."""
    house: House = app.extensions["ippo"]
    app.request_class = Asking
    app.url_map.converters["token"] = Token
    # `//` is no address of ours. Werkzeug would send it on to a host it reads from the request.
    app.url_map.merge_slashes = app.url_map.strict_slashes = False
    guard.protect(app, url=house.settings.url, proxies=house.settings.proxies)
    answers.register(app)
    _recognise(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)


def _recognise(app: Flask) -> None:
    """Flask-Login as glue only: `current_user` for the doors' templates, no cookie of its own."""
    manager = LoginManager(app, add_context_processor=False)  # or every page would look the visitor up
    manager.session_protection = None

    @manager.request_loader  # type: ignore[untyped-decorator]
    def _load(_request: object) -> Visitor | None:
        return recognised()
