"""Backup and restore, with a real house that people write in meanwhile."""

import contextlib
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from exposure import backups
from exposure.config import Settings
from tests.conftest import START
from tests.processes import Device, Running, exposure, people, write_for


@pytest.fixture
def running(data: Path) -> Iterator[Running]:
    """`exposure serve` in an empty folder."""
    served = Running(data)
    yield served
    if served.process.poll() is None:
        served.end()
    served.close()


@pytest.mark.promise("Backup")
@pytest.mark.parametrize("drills", [1, pytest.param(0, marks=pytest.mark.nightly, id="all")])
def test_a_backup_made_under_writes_brings_back_every_word_from_before_it(data, tmp_path, proof, drills):
    drills = drills or int(os.environ.get("IPPO_DRILLS", "10"))
    holes = written = 0
    with proof.bar("drills", drills) as tick:
        for number in range(drills):
            lost, there = drill(data / str(number), tmp_path / str(number))
            holes, written = holes + lost, written + there
            tick()
    proof.line(
        "Words missing after: backup under writes, everything destroyed, restore, self-test",
        wanted="0, every run",
        measured=f"{holes} of {written:,} in {drills} runs",
    )
    assert holes == 0


def drill(data: Path, elsewhere: Path) -> tuple[int, int]:
    """Back up while four phones write, lose the machine, come back from the backup and the keys; (missing, written)."""
    running = Running(data)
    phone = Device(running.port)
    told = phone.edit(note="窓を手のひらだけ開けた")
    phone.sync(told)
    writers = write_for(0.7, running.port)
    before = {writer.device: list(writer.acknowledged) for writer in writers}
    kept = elsewhere / "backups" / "ippo.backup"
    kept.parent.mkdir(parents=True)
    made = exposure("backup", str(kept), data=data)
    assert made.returncode == 0, made.stderr
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    for writer in writers:
        writer.stop.set()
        writer.join(10)
        assert len(writer.acknowledged) > len(before[writer.device]), "nobody wrote while the backup was made"
    running.end()

    # The machine is gone; the backup and a copy of the keys lie elsewhere, apart.
    shutil.copytree(data / "keys", elsewhere / "keys")
    shutil.rmtree(data)
    shutil.copytree(elsewhere / "keys", data / "keys")
    restored = exposure("restore", str(kept), data=data)
    assert restored.returncode == 0, restored.stderr
    shut = exposure("check", data=data)
    assert (shut.returncode, "No clock was started yet" in shut.stdout) == (0, True), shut.stdout
    again = Running(data, port=running.port)
    try:
        checked = [line for line in exposure("check", data=data).stdout.splitlines() if " clock " not in line]
        assert len(checked) >= 4, checked
        assert all(line.startswith("well") for line in checked), checked
        assert phone.rows()[told["target"]]["note"] == "窓を手のひらだけ開けた"
        lost = sum(len(set(acknowledged) - set(device.rows())) for device, acknowledged in before.items())
    finally:
        again.end()
    return lost, sum(map(len, before.values()))


def test_after_a_restore_a_phone_that_saw_more_still_hears_of_what_is_new(running: Running, tmp_path: Path) -> None:
    phone = Device(running.port)
    phone.sync(phone.edit())
    kept = tmp_path / "ippo.backup"
    assert exposure("backup", str(kept), data=running.data).returncode == 0
    later = [phone.sync(phone.edit()) for _ in range(5)]
    seen = later[-1]["spaces"][phone.space]["revision"]
    running.end()
    assert exposure("restore", str(kept), data=running.data).returncode == 0
    again = Running(running.data, port=running.port)
    try:
        new = phone.edit(note="あとで")
        phone.sync(new, cursor=seen)
        heard = phone.sync(cursor=seen)["spaces"][phone.space]["rows"]
        assert new["target"] in {row["id"] for row in heard}
    finally:
        again.end()


def test_a_backup_alone_tells_nothing_of_what_was_written(running: Running, tmp_path: Path) -> None:
    phone = Device(running.port)
    phone.sync(phone.edit(note="canary-7f3a 玄関まで"))
    kept = tmp_path / "ippo.backup"
    assert exposure("backup", str(kept), data=running.data).returncode == 0
    raw = kept.read_bytes()
    assert b"canary-7f3a" not in raw
    assert "玄関".encode() not in raw
    assert (running.data / "keys" / "master.key").read_bytes().strip() not in raw


def test_nothing_is_restored_into_a_house_that_is_open(running: Running, tmp_path: Path) -> None:
    kept = tmp_path / "ippo.backup"
    assert exposure("backup", str(kept), data=running.data).returncode == 0
    told = exposure("restore", str(kept), data=running.data)
    assert told.returncode == 1
    assert "Ippo is running on this data" in told.stderr


def test_a_damaged_backup_is_refused_and_the_database_stays(running: Running, tmp_path: Path) -> None:
    phone = Device(running.port)
    phone.sync(*(phone.edit(note="x" * 400) for _ in range(150)))
    kept = tmp_path / "ippo.backup"
    assert exposure("backup", str(kept), data=running.data).returncode == 0
    running.end()
    torn = bytearray(kept.read_bytes())
    torn[len(torn) // 3 : len(torn) // 3 + 4096] = b"\xff" * 4096
    kept.write_bytes(torn)
    before = (running.data / "ippo.db").read_bytes()
    told = exposure("restore", str(kept), data=running.data)
    assert told.returncode == 1
    assert "damaged" in told.stderr
    assert (running.data / "ippo.db").read_bytes() == before


def test_what_a_restore_replaces_is_kept_beside_it(running: Running, tmp_path: Path) -> None:
    phone = Device(running.port)
    kept = tmp_path / "ippo.backup"
    assert exposure("backup", str(kept), data=running.data).returncode == 0
    phone.sync(phone.edit())
    running.end()
    assert exposure("restore", str(kept), data=running.data).returncode == 0
    (before,) = running.data.glob("ippo.db.before-*")
    count = "SELECT count(*) FROM synced_row WHERE kind = 'rest'"
    assert sqlite3.connect(before).execute(count).fetchone() == (1,)
    assert sqlite3.connect(running.data / "ippo.db").execute(count).fetchone() == (0,)


@pytest.mark.parametrize("name", ["ippo.db", "ippo.db-wal", "ippo.lock", "keys/master.key", "keys/x"])
def test_a_backup_never_lies_over_what_it_is_made_of(house: Path, tmp_path: Path, name: str) -> None:
    other = tmp_path / "by another way"
    other.symlink_to(house)
    for folder in (house, other):
        told = exposure("backup", str(folder / name), data=house)
        assert (told.returncode, "is the house's own" in told.stderr) == (1, True), told.stderr
    assert people(house).startswith("well")


def test_a_backup_that_has_nowhere_to_go_is_one_sentence(house: Path, tmp_path: Path) -> None:
    for target in (tmp_path, tmp_path / "nowhere" / "x.db"):
        told = exposure("backup", str(target), data=house)
        assert (told.returncode, told.stderr.count("\n")) == (1, 1), told.stderr


def dies(data: Path, what: str, file: Path, at: int) -> bool:
    """Whether a process was killed, -9, at this opening, moving or taking away of a file; else it ended well."""
    child = os.fork()
    if child == 0:
        steps = []

        def step(event, said):
            opens = event == "open" and isinstance(said[2], int) and said[2] & (os.O_WRONLY | os.O_RDWR)
            if opens or event in ("os.rename", "os.link", "os.remove"):
                steps.append(event)
                if len(steps) == at:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(step)
        with contextlib.suppress(BaseException):
            settings = Settings(data=data)
            made = backups.back_up(settings, file) if what == "backup" else backups.restore(settings, file, START)
            os._exit(0 if made else 1)
        os._exit(1)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert ended in (0, -signal.SIGKILL)
    return ended != 0


def titles(database: Path) -> set[str]:
    with sqlite3.connect(database) as opened:
        return {row[0] for row in opened.execute("SELECT zone FROM person")}


def test_a_restore_killed_at_any_step_leaves_the_old_database_or_the_new(house: Path, tmp_path: Path) -> None:
    kept = tmp_path / "ippo.backup"
    assert exposure("backup", str(kept), data=house).returncode == 0
    # The house was killed, too: its last words stand only in what SQLite keeps beside the database.
    write = "import os,sqlite3,sys;c=sqlite3.connect(sys.argv[1]);c.execute(\"UPDATE person SET zone='Asia/Seoul'\");"
    subprocess.run([sys.executable, "-c", write + "c.commit();os._exit(0)", str(house / "ippo.db")], check=True)
    assert (house / "ippo.db-wal").stat().st_size
    step, killed = 0, True
    while killed:
        step += 1
        data = tmp_path / str(step)
        shutil.copytree(house, data)
        killed = dies(data, "restore", kept, step)
        stands = titles(data / "ippo.db") if (data / "ippo.db").exists() else set()
        assert stands in ({"Asia/Seoul"}, {"Asia/Tokyo"}), (step, stands)
        beside = list(data.glob("ippo.db.before-*"))
        assert stands == {"Asia/Seoul"} or titles(beside[0]) == {"Asia/Seoul"}
        shutil.rmtree(data)
    assert step > 10
    assert stands == {"Asia/Tokyo"}


def test_a_backup_killed_at_any_step_leaves_no_key_among_the_backups(house: Path, tmp_path: Path) -> None:
    with sqlite3.connect(house / "ippo.db") as opened:
        keys = [row[0] for row in opened.execute("SELECT key_wrapped FROM person")]
    folder, step = tmp_path / "backups", 1
    folder.mkdir()
    while dies(house, "backup", folder / "ippo-3.db", step):
        left = b"".join(path.read_bytes() for path in folder.iterdir())
        assert not [key for key in keys if key in left], f"a key after being killed at step {step}"
        step += 1
    assert step > 5
    assert [path.name for path in folder.iterdir()] == ["ippo-3.db"], "what was left was not swept away"
    assert not list(house.glob(".*.ippo-new*"))
