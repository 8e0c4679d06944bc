"""Ippo: one small step at a time. This is the front door; it alone sees all floors."""

import mimetypes
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask

from exposure import keys, turning, web
from exposure.config import Settings
from exposure.db import close, db
from exposure.live import Hub
from exposure.push import Push
from exposure.vault import Vault
from exposure.web.house import House

HERE = Path(__file__).parent
FRONT = HERE / "_front" if (HERE / "_front").is_dir() else HERE.parent
STREAM_RESERVE = 32  # threads that streams never take, so that requests always find one


class Ippo(Flask):
    """Flask, where nothing is a coroutine: it would ask each function of ours at each request."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func


def create_app(settings: Settings | None = None, *, now: Callable[[], datetime] | None = None) -> Flask:
    """The whole app. `now` gives aware UTC datetimes; tests pass their own."""
    settings = settings or Settings.from_environment()
    settings.data.mkdir(parents=True, exist_ok=True)
    app = Ippo(
        __name__,
        template_folder=str(FRONT / "templates"),
        static_folder=None,
        instance_path=str(settings.data.absolute()),
    )
    app.config.update(
        SQLALCHEMY_DATABASE_URI=settings.database,
        SQLALCHEMY_ENGINE_OPTIONS=_engine_options(settings),
        MAX_CONTENT_LENGTH=8 * 1024 * 1024,
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    mimetypes.add_type("text/javascript", ".js")
    db.init_app(app)
    app.teardown_appcontext(close)
    vapid = keys.vapid_keys(settings)
    house = House(
        settings=settings,
        vault=Vault(lambda: keys.master_keys(settings), turning.kept),
        vapid=vapid,
        hub=Hub(most=max(1, settings.threads - STREAM_RESERVE)),
        push=Push.of(settings, vapid),
        now=now or _utc_now,
    )
    web.open_doors(app, house)
    return app


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _engine_options(settings: Settings) -> dict[str, Any]:
    # hide_parameters: what people write must not reach a log through an error (T20).
    options: dict[str, Any] = {"hide_parameters": True}
    if settings.database.startswith("postgresql"):
        options |= {
            "pool_pre_ping": True,
            "pool_size": 10,
            "max_overflow": 30,
            "connect_args": {
                "connect_timeout": 2,
                "options": "-c statement_timeout=5000 -c lock_timeout=2000",
            },
        }
    else:
        options |= {"pool_size": 40, "max_overflow": settings.threads}
    return options
