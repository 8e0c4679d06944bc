"""An answer says "kept" only once the words are on the disk: the kernel is watched while people write."""

import os
import shutil
import tempfile

import pytest

from exposure import migrate
from exposure.app import create_app
from exposure.config import Settings
from tests import postgres, system_calls
from tests.conftest import MASTER
from tests.faithful import Phone
from tests.killing_house import Web
from tests.processes import Device, children
from tests.web.people import PASSWORD

pytestmark = [
    pytest.mark.promise("Kill and cut"),
    pytest.mark.skipif(bool(system_calls.why_not()), reason=system_calls.why_not() or "it runs"),
]

# A house whose answers run ahead of its disk: the one thing this proof must see.
HASTY = """
import sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
from exposure import cli, db  # ours listens after the house's own, which says FULL
event.listen(Engine, "connect", lambda made, _record: made.execute("PRAGMA synchronous=NORMAL"))
sys.exit(cli.main(sys.argv[1:]))
"""


WALK = [
    ("PUT", "/api/me", {"language": "en", "zone": "Europe/London"}),
    ("PUT", "/api/password", {"name": "ada.durable", "password": PASSWORD}),
    ("POST", "/api/recovery", {}),
    ("POST", "/api/invitations", {}),
    ("POST", "/api/calendar", {}),
    ("DELETE", "/api/calendar", None),
    ("POST", "/api/signout", {}),
]


def write_under_watch(settings, writes, *, phones, walk=(), start=("-m", "exposure.cli"), also=()):
    """So many requests that write: how many were answered, and where the kernel's side of it is written down."""
    log = settings.data / "calls"
    web = Web(settings, start=start, before=system_calls.listening(log, also))
    try:
        made = [Phone(Device(web.port)) for _ in range(phones)]
        for phone in made:
            phone.until = lambda phone=phone: len(phone.history) >= writes // phones
            phone.start()
        for phone in made:
            phone.join(900)
        said = [made[0].ask(*each) for each in walk]
    finally:
        web.end()
    assert [status // 100 for status, _ in said] == [2] * len(said), said
    assert {answer.status // 100 for phone in made for answer in phone.history} == {2}
    return phones + sum(len(phone.history) for phone in made), log


def is_of_sqlite(path):
    return path.endswith("/ippo.db-wal")


def is_of_postgres(path):
    return "/pg_wal/" in path


def wanted(full):
    return int(os.environ.get("IPPO_WRITES", "1000")) if full else 30


@pytest.fixture
def on_disk(tmp_path, sqlite_template):
    shutil.copy(sqlite_template, tmp_path / "ippo.db")
    return Settings(data=tmp_path, master_key=MASTER)


FULL = pytest.mark.parametrize(
    "full", [pytest.param(True, id="full", marks=pytest.mark.nightly), False], ids=["full", "few"]
)


@FULL
def test_every_write_is_on_the_disk_before_it_is_answered_on_sqlite(on_disk, proof, full):
    sent, log = write_under_watch(on_disk, wanted(full), phones=3, walk=WALK)
    prove(proof, system_calls.judge(log, is_of_sqlite, shared=False), sent, full)


@pytest.mark.nightly
def test_every_write_is_on_the_disk_before_it_is_answered_on_postgresql(tmp_path, proof):
    """One phone: the one sync that several commits may share could not be told apart."""
    cluster = postgres.start(postgres.DURABLE, place=tempfile.gettempdir())
    try:
        settings = Settings(data=tmp_path, database_url=cluster.fresh_database(), master_key=MASTER)
        migrate.to_present(create_app(settings))
        everybody = [cluster.process.pid, *children(cluster.process.pid)]
        sent, log = write_under_watch(settings, wanted(True), phones=1, also=everybody)
    finally:
        cluster.stop()
    prove(proof, system_calls.judge(log, is_of_postgres, shared=True), sent, True)


def prove(proof, judged, sent, full):
    if full:
        proof.line(
            "On the disk before the answer, as the kernel sees it",
            wanted="1,000 of 1,000 writes",
            measured=f"{judged.durable:,} of {judged.answered:,}",
        )
    assert judged.answered == sent, "a write went by unseen"
    assert judged.too_soon == []


@pytest.mark.nightly
def test_the_proof_finds_a_house_whose_answers_run_ahead_of_its_disk(on_disk):
    sent, log = write_under_watch(on_disk, 20, phones=1, start=("-c", HASTY))
    judged = system_calls.judge(log, is_of_sqlite, shared=False)
    assert judged.answered == sent
    assert len(judged.too_soon) > sent / 2
