"""A house to measure in: a real app on a SQLite file, Ada with a ladder, and calls without a server in between."""

import contextlib
import io
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from flask import Flask
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy

from exposure import migrate
from exposure.app import create_app
from exposure.config import Settings
from exposure.db import db
from tests.bench.rounds import Variant
from tests.conftest import Actor, enter


@contextlib.contextmanager
def house() -> Iterator[Flask]:
    """An app with an empty database on the disk, as `exposure serve` has it."""
    folder = Path(tempfile.mkdtemp(prefix="ippo-bench-"))
    try:
        app = create_app(Settings(data=folder))
        migrate.to_present(app)
        yield app
        with app.app_context():
            db.engine.dispose()
    finally:
        shutil.rmtree(folder)


def hello() -> Flask:
    """Bare Flask, the measure of all things here."""
    app = Flask("hello")

    @app.get("/hello")
    def greet() -> str:
        return "hello"

    return app


def hello_with_company() -> Flask:
    """The same with Flask-SQLAlchemy and Flask-Login moved in and never asked: the goals were set beside this one."""
    app = hello()
    app.config.update(SECRET_KEY="bench", SQLALCHEMY_DATABASE_URI="sqlite://")
    SQLAlchemy(app)
    LoginManager(app)
    return app


def newcomer(app: Flask) -> tuple[Actor, str]:
    """Somebody with one device, and the cookie it sends."""
    actor = enter(app)
    cookie = actor.client.get_cookie("ippo", domain="localhost")
    assert cookie
    return actor, f"ippo={cookie.value}"


def call(
    app: Flask, method: str, path: str, cookie: str = "", bodies: Iterable[Any] | None = None, query: str = ""
) -> Variant:
    """A variant that asks the app directly; `bodies` are taken one for each call."""
    base: dict[str, Any] = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "SCRIPT_NAME": "", "QUERY_STRING": query,
        "REMOTE_ADDR": "127.0.0.1",
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "localhost",
        "HTTP_COOKIE": cookie, "HTTP_ACCEPT_ENCODING": "gzip, br", "wsgi.version": (1, 0), "wsgi.url_scheme": "http",
        "wsgi.errors": io.StringIO(), "wsgi.multithread": True, "wsgi.multiprocess": False, "wsgi.run_once": False,
    }  # fmt: skip
    given = iter(bodies) if bodies is not None else None
    status: list[str] = []

    def run(count: int) -> None:
        for _ in range(count):
            environ = dict(base)
            if given is not None:
                body = json.dumps(next(given)).encode()
                environ |= {"CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(body))}
                environ["wsgi.input"] = io.BytesIO(body)
            else:
                environ["wsgi.input"] = io.BytesIO()
            status.clear()
            answer = app(environ, lambda said, _headers, _error=None: status.append(said))  # type: ignore[arg-type]
            content = b"".join(answer)
            if hasattr(answer, "close"):
                answer.close()
            assert status[0].startswith("200"), (path, status, content[:300])

    return run
