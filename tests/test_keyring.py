"""Key ring: whatever is laid back over whatever, and whichever key was forgotten: nothing that opened stops opening."""

import shutil
from pathlib import Path

import pytest

from exposure import backups, keyring
from exposure.config import Settings
from tests.processes import exposure, people


def test_a_restore_with_another_master_key_is_refused_and_makes_none(house: Path, tmp_path: Path) -> None:
    kept, keys = tmp_path / "ippo.backup", house / "keys"
    assert exposure("backup", str(kept), data=house).returncode == 0
    alone = tmp_path / "without the master key"
    (alone / "keys").mkdir(parents=True)
    shutil.copy(keys / "people.keys", alone / "keys")
    told = exposure("restore", str(kept), data=alone)
    assert (told.returncode, "master.key is missing" in told.stderr) == (1, True), told.stderr
    assert not (alone / "keys" / "master.key").exists()
    told = exposure("restore", str(kept), data=tmp_path / "with no keys at all")
    assert told.returncode == 1
    assert "Lay the newest copy of the keys folder there first" in told.stderr
    assert "--leave-unreadable" not in told.stderr, "whoever forgot a folder was told to go on without everybody"

    old = (keys / "people.keys").read_bytes()
    assert exposure("rotate", data=house).returncode == 0
    shutil.copy(keys / "master.key", alone / "keys")  # of today, beside people's keys of yesterday
    told = exposure("restore", str(kept), data=alone)
    assert (told.returncode, "does not open the keys of 2 people" in told.stderr) == (1, True), told.stderr
    assert not (alone / "ippo.db").exists()
    assert (alone / "keys" / "people.keys").read_bytes() == old


def test_what_a_restore_set_aside_can_be_laid_back_after_the_master_key_has_turned(house: Path, tmp_path: Path) -> None:
    kept = tmp_path / "ippo.backup"
    for command in (("backup", str(kept)), ("restore", str(kept)), ("rotate",)):
        assert exposure(*command, data=house).returncode == 0
    (before,) = house.glob("ippo.db.before-*")
    assert exposure("restore", str(before), data=house).returncode == 0
    assert people(house).startswith("well")


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_key_that_opens_is_never_exchanged_for_one_that_does_not(house: Path, tmp_path: Path, command: str) -> None:
    """A database of before the turning was copied into its place by hand; what the key folder holds is newer."""
    first, kept = tmp_path / "copied.db", tmp_path / "ippo.backup"
    assert exposure("backup", str(kept), data=house).returncode == 0
    shutil.copy(house / "ippo.db", first)
    assert exposure("rotate", data=house).returncode == 0
    shutil.copy(first, house / "ippo.db")
    assert people(house).startswith("NOT WELL")
    assert exposure(command, str(kept), data=house).returncode == 0
    assert exposure("restore", str(kept), data=house).returncode == 0
    assert people(house).startswith("well")


def test_the_master_key_does_not_turn_while_a_backup_is_made(house: Path, tmp_path: Path, monkeypatch) -> None:
    """Otherwise keys from before would be held last, and the key that opens them is gone."""
    kept, told, real = tmp_path / "ippo.backup", [], keyring.take

    def slowly(copy):
        taken = real(copy)
        told.append(exposure("rotate", data=house))
        return taken

    monkeypatch.setattr(keyring, "take", slowly)
    backups.back_up(Settings(data=house), kept)
    assert (told[0].returncode, "is at work" in told[0].stderr) == (1, True), told[0].stderr
    assert exposure("rotate", data=house).returncode == 0
    assert exposure("restore", str(kept), data=house).returncode == 0
    assert people(house).startswith("well")
