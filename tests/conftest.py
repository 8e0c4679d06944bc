"""The cast and the stage: an app on each database, a clock that tests move, Ada, Theo and Una.

Ada owns a ladder, Theo is her consented therapist (proposer unless a test says editor),
Una is a therapist with no consent. Every fixture that touches a database runs twice:
on SQLite and on a real PostgreSQL of the tests' own.
"""

import gc
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from exposure import endings, migrate
from exposure.app import create_app
from exposure.config import Settings
from exposure.db import db, milliseconds, writing
from exposure.logins import LIFETIME, Login, token_hash
from exposure.people import Person
from exposure.spaces import Membership, Space
from tests import canaries, compiled, postgres
from tests.processes import exposure

pytest_plugins = ["tests.proof", "tests.sweep"]
compiled.share_routes()
LONGEST = {"test_every_screen", "test_sync_machine", "test_airplane", "test_xss", "test_fuzz", "test_desk_axe"}

MASTER = "bWFzdGVyIGtleSBvZiB0aGUgdGVzdHMsIDMyIGJ5dGU="
START = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest come first, or one worker waits for the other at the end; all the rest in any order."""
    items.sort(key=lambda item: item.path.stem not in LONGEST)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: looking for rubbish among it was a tenth of what a test costs."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


@dataclass
class Clock:
    """The time, as tests set it."""

    at: datetime = START

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **kwargs: float) -> datetime:
        """Let time pass: `pass_by(hours=3)`."""
        self.at += timedelta(**kwargs)
        return self.at


@dataclass
class Actor:
    """Somebody with a device that is signed in."""

    client: FlaskClient
    person: str
    space: str
    device: str = field(default_factory=lambda: str(uuid.uuid4()))

    def sync(self, *edits: dict[str, Any], **cursors: int) -> dict[str, Any]:
        """Send edits, get changes; cursors by space id."""
        answer = self.client.post(
            "/api/sync",
            json={"v": 1, "device": self.device, "cursors": cursors, "edits": list(edits)},
        )
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return answer.get_json()

    def edit(self, verb: str, kind: str, target: str, space: str | None = None, /, **fields: Any) -> dict[str, Any]:
        """An edit as a device makes it; `base={…}` gives the versions it was made on."""
        base = fields.pop("base", {})
        return {
            "id": new_id(),
            "space": space or self.space,
            "kind": kind,
            "target": target,
            "verb": verb,
            "fields": fields,
            "base": base,
            "at": milliseconds(START),
        }

    def add(self, kind: str, space: str | None = None, /, **fields: Any) -> dict[str, Any]:
        return self.edit("add", kind, new_id(), space, **fields)

    def change(self, kind: str, target: str, space: str | None = None, /, **fields: Any) -> dict[str, Any]:
        return self.edit("set", kind, target, space, **fields)


@dataclass
class Ladder:
    """A ladder of Ada's with one step, as ids."""

    space: str
    id: str
    step: str


def new_id() -> str:
    return str(uuid.uuid4())


@pytest.fixture(scope="session")
def cluster() -> Iterator[postgres.Cluster]:
    made = postgres.start()
    made.template(lambda url: _fill(url, Path(tempfile.mkdtemp(dir=MEMORY))))
    yield made
    canaries.RUN.raw(made.folder)
    made.stop()


@pytest.fixture(scope="session")
def sqlite_template() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(dir=MEMORY))
    _fill("", folder)
    yield folder / "ippo.db"
    shutil.rmtree(folder)


def _fill(url: str, folder: Path) -> None:
    app = create_app(Settings(data=folder, database_url=url, master_key=MASTER))
    migrate.to_present(app)
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_name(request: pytest.FixtureRequest) -> str:
    """The database this test runs on."""
    return str(request.param)


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder in memory."""
    folder = Path(tempfile.mkdtemp(prefix="ippo-", dir=MEMORY))
    yield folder
    canaries.RUN.folder(folder)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def demo_template() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(dir=MEMORY))
    made = exposure("demo", "--language", "en", data=folder)
    assert made.returncode == 0, made.stderr
    app = create_app(Settings(data=folder))
    with app.app_context():
        endings.hand_over(app.extensions["ippo"].settings)  # as a clock does: a check minds after two minutes
        db.engine.dispose()
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def house(data: Path, demo_template: Path) -> Path:
    """A data folder with two people in it, shut."""
    shutil.copytree(demo_template, data, dirs_exist_ok=True)
    return data


@pytest.fixture
def settings(engine_name: str, data: Path, request: pytest.FixtureRequest) -> Iterator[Settings]:
    """Settings with an empty database of this test's own, migrated."""
    url = ""
    if engine_name == "postgresql":
        cluster = request.getfixturevalue("cluster")
        url = cluster.fresh_database()
    else:
        shutil.copy(request.getfixturevalue("sqlite_template"), data / "ippo.db")
    yield Settings(data=data, database_url=url, master_key=MASTER, contact="care@ippo.example")
    if url:
        cluster.drop(url)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(settings: Settings, clock: Clock) -> Iterator[Flask]:
    made = create_app(settings, now=clock)
    with made.app_context():
        compiled.share_statements(db.engine)
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Nobody: a browser that is not signed in."""
    return app.test_client()


@pytest.fixture
def ada(app: Flask) -> Actor:
    return enter(app, "person")


@pytest.fixture
def theo(app: Flask) -> Actor:
    return enter(app, "therapist")


@pytest.fixture
def una(app: Flask) -> Actor:
    return enter(app, "therapist")


@pytest.fixture
def ladder(ada: Actor) -> Ladder:
    """Ada's ladder with one step on it."""
    made = Ladder(new_id(), new_id(), new_id())
    ada.sync(
        ada.edit("add", "ladder", made.id, made.space, title="外へ", position="a0"),
        ada.edit("add", "step", made.step, made.space, ladder=made.id, title="窓を開ける", position="a0"),
    )
    return made


def enter(app: Flask, kind: str = "person") -> Actor:
    """A new person with a private space and one signed-in device."""
    house = app.extensions["ippo"]
    person, space = new_id(), new_id()
    with app.app_context(), writing() as bound:
        at = house.now()
        bound.execute(
            Person.__table__.insert().values(
                id=person,
                kind=kind,
                language="ja",
                zone="Asia/Tokyo",
                key_wrapped=house.vault.new_person_key(person),
                created=at,
            )
        )
        bound.execute(Space.__table__.insert().values(id=space, owner_id=person, kind="private", revision=0))
        bound.execute(
            Membership.__table__.insert().values(id=new_id(), space_id=space, person_id=person, role="owner", since=at)
        )
    return Actor(sign_in(app, person), person, space)


def sign_in(app: Flask, person: str) -> FlaskClient:
    """Another device of this person, signed in."""
    house = app.extensions["ippo"]
    token = uuid.uuid4().hex + uuid.uuid4().hex
    at = house.now()
    with app.app_context(), writing() as bound:
        bound.execute(
            Login.__table__.insert().values(
                id=new_id(),
                person_id=person,
                token_hash=token_hash(token),
                device=b"",
                created=at,
                seen=at,
                expires=at + LIFETIME,
                proved=None,
                # A therapist of the cast has shown a second factor; it means nothing on anybody else.
                factor="totp",
                raised=at,
            )
        )
    client = app.test_client()
    client.set_cookie("ippo", token, domain="localhost", httponly=True, samesite="Lax")
    return client


def let_in(app: Flask, person: str, space: str, role: str) -> None:
    """Make `person` a member of `space`; the consent behind it is another matter."""
    with app.app_context(), writing() as bound:
        bound.execute(
            Membership.__table__.insert().values(
                id=new_id(),
                space_id=space,
                person_id=person,
                role=role,
                since=app.extensions["ippo"].now(),
            )
        )
