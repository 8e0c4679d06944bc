"""Checkup: under wrong keys, settings or owners nothing is opened, nothing is made, and one sentence says why."""

import base64
import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from exposure import checkup, cli
from exposure.config import BadSetting, Settings, unknown
from tests.processes import bare_environment, exposure


def test_nobody_comes_in_under_keys_that_are_not_theirs(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Else people write on under a key that the next copy of the right one takes away."""
    key, old = house / "keys" / "master.key", (house / "keys" / "master.key").read_text()
    for wrong, said in (
        (None, "is missing"),
        ("", "wants 32 bytes"),
        ("not a key", "wants 32 bytes"),
        ("A" * 43 + "=", "does not open what people wrote"),
    ):
        key.unlink() if wrong is None else key.write_text(wrong)
        told = exposure("serve", data=house)
        assert (told.returncode, said in told.stderr, told.stderr.count("\n")) == (1, True, 1), told.stderr
        for command in ("clock", "rotate", "settle", "check"):
            assert cli.main([command, "--data", str(house)]) == 1
            shown = capsys.readouterr()
            assert command == "check" or said in shown.err, (command, shown.err)
        if wrong is None:
            assert not key.exists(), "a new key was made in the place of a lost one"
        key.write_text("")
    key.write_text(old)
    assert exposure("rotate", data=house).returncode == 0


def test_the_new_key_and_the_old_in_the_wrong_order_change_nothing(house: Path) -> None:
    old, new = (house / "keys" / "master.key").read_text(), base64.urlsafe_b64encode(os.urandom(32)).decode()
    for ring, code in ((f"{old},{new}", 1), (f"{new},{old}", 0), (new, 0)):
        environ = bare_environment(IPPO_MASTER_KEY=ring)
        command = [sys.executable, "-m", "exposure.cli", "rotate" if "," in ring else "check", "--data", str(house)]
        told = subprocess.run(command, env=environ, capture_output=True, text=True, check=False, timeout=60)
        assert told.returncode == code, told.stderr + told.stdout
        assert code == 0 or "in this order" in told.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can write into the folder of another")
def test_root_changes_nothing_in_the_folder_of_another(house, tmp_path, capsys) -> None:
    os.chown(house, 65534, -1)
    before = set((house / "keys").glob(".*"))
    for command in (["backup", str(tmp_path / "x")], ["rotate"], ["serve"], ["restore", str(tmp_path / "x")]):
        assert cli.main([*command, "--data", str(house)]) == 1
        assert "Please as that user: sudo -u " in capsys.readouterr().err
    assert set((house / "keys").glob(".*")) == before


def test_a_newer_database_and_one_that_is_away_are_said_in_one_sentence(house: Path) -> None:
    with sqlite3.connect(house / "ippo.db") as opened:
        opened.execute("UPDATE alembic_version SET version_num = '9999'")
    told = exposure("serve", data=house)
    assert (told.returncode, told.stderr.count("\n"), "newer version" in told.stderr) == (1, 1, True), told.stderr
    environ = bare_environment(DATABASE_URL="postgresql://nobody@127.0.0.1:9/x")
    command = [sys.executable, "-m", "exposure.cli", "check", "--data", str(house)]
    told = subprocess.run(command, env=environ, capture_output=True, text=True, check=False, timeout=60)
    assert (told.returncode, "cannot be used" in told.stderr, "Traceback" in told.stderr) == (1, True, False)


def test_a_check_sees_what_was_not_handed_over_and_what_was_left_lying(house: Path) -> None:
    far = datetime.now(UTC) + timedelta(days=3650)
    with sqlite3.connect(house / "ippo.db") as opened:
        opened.execute("INSERT INTO ending (what, which, at) VALUES ('login', 'x', 1700000000000)")
        opened.execute("INSERT INTO heartbeat (name, at, note) VALUES ('clock', ?, '')", (far.timestamp() * 1000 // 1,))
    (house / "ippo.db.before-x").touch()
    found = [one.name for one in checkup.findings(Settings(data=house), datetime.now(UTC)) if not one.well]
    assert found == ["clock", "ledger"]
    later = datetime.now(UTC) + timedelta(days=8)
    assert "set aside" in [one.name for one in checkup.findings(Settings(data=house), later) if not one.well]


@pytest.mark.parametrize(
    "url",
    [
        "https://ippo.example:99999",
        "https://a:b@ippo.example",
        "https://ippo.example?",
        "https://ippo.example/#x",
        "http://[::1",
    ],
)
def test_an_address_that_is_no_origin_is_refused(url: str) -> None:
    with pytest.raises(BadSetting, match="IPPO_URL wants an origin"):
        Settings.from_environment({"IPPO_URL": url})


def test_a_name_with_a_letter_wrong_is_told_and_a_password_is_not() -> None:
    assert unknown({"IPPO_PROXY": "1", "IPPO_PROXIES": "1", "PATH": "x"}) == ["IPPO_PROXY"]
    with pytest.raises(BadSetting) as told:
        Settings.from_environment({"DATABASE_URL": "mysql://a:secret@b/c"})
    assert "secret" not in str(told.value)
