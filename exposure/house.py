"""House: what is made once at the start of a process, in an app that has no doors yet.

    app = house.build(settings)    # enough for a clock and for whoever looks after the house
    app = create_app(settings)     # the same with every door in it (`app`): some thirty megabytes more
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask

from exposure import keys, turning
from exposure.config import Settings
from exposure.db import close, db
from exposure.keys import VapidKeys
from exposure.live import Hub
from exposure.pours import Pours
from exposure.push import Push
from exposure.vault import Vault

HERE = Path(__file__).resolve().parent
FRONT = HERE / "_front" if (HERE / "_front").is_dir() else HERE.parent
"""Where the front of the house lies: inside an installed wheel, else beside the package."""
STREAM_RESERVE = 32  # threads that streams never take, so that requests always find one


@dataclass
class House:
    """Everything made once at the start of the process."""

    settings: Settings
    vault: Vault
    vapid: VapidKeys
    hub: Hub
    push: Push
    pours: Pours
    now: Callable[[], datetime]


class Ippo(Flask):
    """Flask, where nothing is a coroutine: it would ask each function of ours at each request."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func


def build(settings: Settings, *, now: Callable[[], datetime] | None = None) -> Flask:
    """The app with its database and its House. `now` gives aware UTC datetimes; tests pass their own."""
    settings.data.mkdir(parents=True, exist_ok=True)
    app = Ippo(
        "exposure",
        template_folder=str(FRONT / "templates"),
        static_folder=None,
        instance_path=str(settings.data.absolute()),
    )
    app.config.update(
        SQLALCHEMY_DATABASE_URI=settings.database,
        SQLALCHEMY_ENGINE_OPTIONS=_engine_options(settings),
    )
    db.init_app(app)
    with app.app_context():
        # At the end of the process, too: it is then that SQLite folds its log into the database.
        weakref.finalize(app, db.engine.dispose)
    app.teardown_appcontext(close)
    vapid = keys.vapid_keys(settings)
    app.extensions["ippo"] = House(
        settings=settings,
        vault=Vault(lambda: keys.master_keys(settings), turning.kept),
        vapid=vapid,
        hub=Hub(most=max(1, settings.threads - STREAM_RESERVE)),
        push=Push.of(settings, vapid),
        pours=Pours(),
        now=now or _utc_now,
    )
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
            "pool_timeout": 5,  # seconds; then it is said that we are busy
            "connect_args": {
                "connect_timeout": 2,
                "options": "-c statement_timeout=5000 -c lock_timeout=2000",
            },
        }
    else:
        options |= {"pool_size": 40, "max_overflow": settings.threads}
    return options
