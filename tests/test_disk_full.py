"""A full disk: who writes is told so in a sentence, who reads goes on, and once there is room all goes on by itself.

The disk is a small one of the test's own, in memory; making it wants root.
"""

import os
import shutil
import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from exposure.checkup import look_at_room
from exposure.config import Settings
from exposure.words import gettext_for
from tests.conftest import MASTER
from tests.faithful import Phone, come_home
from tests.killing_house import Web
from tests.processes import Device
from tests.web.people import PASSWORD, beginning

pytestmark = pytest.mark.promise("Kill and cut")

SENTENCE = "Ippo has no room left to write just now. What you wrote is kept on your device and will be sent."
PATIENCE = 60.0
SIZE = {"sqlite": 8, "postgresql": 32}  # MB


@pytest.fixture
def small_disk(engine_name):
    """A folder on a disk of few megabytes."""
    folder = Path(tempfile.mkdtemp(prefix="ippo-small-"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE[engine_name]}m,mode=0777", "tmpfs", str(folder)]
    told = subprocess.run(mount, capture_output=True, text=True, check=False)
    if told.returncode:
        folder.rmdir()
        pytest.skip(f"no disk of its own can be made here: {told.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)
    folder.rmdir()


@pytest.fixture
def house(engine_name, small_disk, data, request):
    """A house whose database lies on the small disk. PostgreSQL's log has room elsewhere: without, the server stops."""
    if engine_name == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), small_disk / "ippo.db")
        yield Settings(data=small_disk, master_key=MASTER)
        return
    cluster = request.getfixturevalue("cluster")
    url = cluster.fresh_database()
    name, space = url.partition("@/")[2].partition("?")[0], f"small{os.getpid()}"
    where = small_disk / "space"
    where.mkdir()
    os.chown(where, cluster.folder.stat().st_uid, -1)
    cluster.order(f"CREATE TABLESPACE {space} LOCATION '{where}'")
    cluster.order(f"ALTER DATABASE {name} SET TABLESPACE {space}")
    yield Settings(data=data, database_url=url, master_key=MASTER)
    cluster.drop(url)
    cluster.order(f"DROP TABLESPACE {space}")


def fill(disk):
    """Write until nothing more fits; what takes the room."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(1 << 16)):
                pass
        except OSError:
            return ballast


def until(fits, what):
    deadline = time.monotonic() + PATIENCE
    while not fits():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)


def long_away(settings, phone):
    """Make it hours since this phone was last seen: its next question would be written down."""
    seen = "UPDATE login SET seen = seen - 7200000"
    if settings.database_url:
        with psycopg.connect(settings.database_url.replace("+psycopg", "")) as session:
            session.execute(seen)
    else:
        with sqlite3.connect(settings.data / "ippo.db", timeout=10) as opened:
            opened.execute(seen)


def test_a_full_disk_is_told_and_reading_goes_on_and_writing_begins_again(house, small_disk, proof):
    web = Web(house)
    try:
        reader = Phone(Device(web.port))
        writers = [Phone(Device(web.port), words="x" * 4000) for _ in range(2)]
        for phone in writers:
            phone.start()
        until(lambda: all(phone.acknowledged for phone in writers), "nobody can write")
        long_away(house, reader)
        ballast = fill(small_disk)
        until(lambda: all(phone.history[-1].status == 507 for phone in writers), "the disk is never full")
        read = [reader.ask("GET", path)[0] for path in ("/api/me", "/api/export", "/app", "/healthz")]
        read.append(reader.sync([])[0])
        password = ("PUT", "/api/password", {"name": "ada", "password": PASSWORD})
        others = {reader.ask(*each)[0] for each in (("POST", "/api/start", beginning()), password)}
        warned = look_at_room(Settings(data=small_disk))
        full = time.monotonic()
        ballast.unlink()
        before = [len(phone.acknowledged) for phone in writers]
        until(lambda: all(len(p.acknowledged) > n for p, n in zip(writers, before, strict=True)), "no writing again")
        again = time.monotonic() - full
        told = come_home(writers)
    finally:
        unforeseen = web.end()
    refusals = [answer for answer in told.history if answer.status == 507]
    proof.line(
        "A full disk: told in a sentence, read from meanwhile, written to once there is room",
        wanted="507 for all, 0 reads refused, 0 lost",
        measured=f"{len(refusals)} × 507, {read.count(200)} of {len(read)} reads, again after {again:.1f} s, "
        f"{told.lost} of {told.acknowledged} lost",
    )
    assert unforeseen == []
    assert read == [200] * 5
    assert others <= {200, 201, 507}, "a row that fits into a page begun may still be written"
    assert not warned.well
    assert set(told.answers) == {200, 507}
    assert {(one.says, one.retry_after) for one in refusals} == {(gettext_for("ja")(SENTENCE), "60")}
    assert told.is_whole(), told
