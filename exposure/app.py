"""App: the house with every door in it. This is the front door; it alone sees all floors."""

import mimetypes
from collections.abc import Callable
from datetime import datetime

from flask import Flask

from exposure import house, web
from exposure.config import Settings
from exposure.strict import MOST_BYTES


def create_app(settings: Settings | None = None, *, now: Callable[[], datetime] | None = None) -> Flask:
    """The whole app. `now` gives aware UTC datetimes; tests pass their own."""
    app = house.build(settings or Settings.from_environment(), now=now)
    app.config.update(MAX_CONTENT_LENGTH=MOST_BYTES)  # what is larger is not read; a door that takes more says so
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    mimetypes.add_type("text/javascript", ".js")
    web.open_doors(app)
    return app
