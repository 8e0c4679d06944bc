"""Backup: the whole SQLite database in one file, taken while people write, and laid back when the house is closed.

Only the database is in it, never the keys: whoever finds a backup alone can read none of what people wrote. Keep the
`keys` folder in another place, because without it a backup cannot be read by its owner either.
"""

import contextlib
import fcntl
import os
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from exposure.config import Settings
from exposure.progress import bar

# A device may already have seen revisions that came after the backup. New ones start above all of them, so that no
# device takes a new change for one it knows.
LEAP = 1_000_000
PIECE = 2000  # pages copied between two looks at the bar


class CannotBackup(RuntimeError):
    """What was asked is not possible; the message says why and what to do instead."""


@contextlib.contextmanager
def present(settings: Settings) -> Iterator[None]:
    """While this lasts, somebody works with the database and nobody may lay another in its place."""
    with _lock(settings, fcntl.LOCK_SH):
        yield


def back_up(settings: Settings, target: Path) -> int:
    """Write a checked copy of the database to `target` (mode 0600) and return its size in bytes.

    SQLite's backup API reads one moment of the database while others go on writing; a plain copy of the file was stale
    or broken 40 times of 40 (reliability 3c). Raises CannotBackup.
    """
    source = _database(settings)
    if not source.exists():
        raise CannotBackup(f"There is no database at {source} yet.")
    aside = _aside(target)
    try:
        with contextlib.closing(sqlite3.connect(source)) as live, contextlib.closing(sqlite3.connect(aside)) as copy:
            live.backup(copy)  # at one go, so without a bar: in pieces, each write in between begins it anew
            copy.execute("PRAGMA journal_mode=DELETE")
        _check(aside)
        _settle(aside, target)
    finally:
        aside.unlink(missing_ok=True)
    return target.stat().st_size


def restore(settings: Settings, source: Path, now: datetime) -> Path | None:
    """Lay a backup in the place of the database; what stood there is kept beside it, and its path returned.

    Raises CannotBackup when the house is open, or when `source` is damaged or no database of ours.
    """
    target = _database(settings)
    target.parent.mkdir(parents=True, exist_ok=True)
    if not source.is_file():
        raise CannotBackup(f"There is no file {source}.")
    with _lock(settings, fcntl.LOCK_EX | fcntl.LOCK_NB):
        aside = _aside(target)
        try:
            _copy_for_restore(source, aside)
            before = _set_aside(target, now)
            _settle(aside, target)
        finally:
            aside.unlink(missing_ok=True)
    return before


def _copy_for_restore(source: Path, aside: Path) -> None:
    _check(source)
    with (
        contextlib.closing(sqlite3.connect(f"file:{source.absolute()}?mode=ro", uri=True)) as kept,
        contextlib.closing(sqlite3.connect(aside)) as copy,
    ):
        with bar("Laying back") as show:
            kept.backup(copy, pages=PIECE, sleep=0, progress=lambda _, left, whole: show(whole - left, whole))
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("UPDATE space SET revision = revision + ?", (LEAP,))
        copy.commit()


def _set_aside(target: Path, now: datetime) -> Path | None:
    """Rename the present database, with what SQLite keeps beside it, to a name that tells when."""
    if not target.exists():
        return None
    before = target.with_name(f"{target.name}.before-{now:%Y%m%dT%H%M%SZ}")
    for ending in ("-wal", "-shm", ""):
        part = Path(f"{target}{ending}")
        if part.exists():
            part.rename(f"{before}{ending}")
    return before


def _check(path: Path) -> None:
    """Raises CannotBackup unless this is a sound database of ours. `quick_check` finds a tenth of what this finds."""
    try:
        with contextlib.closing(sqlite3.connect(f"file:{path.absolute()}?mode=ro", uri=True)) as opened:
            found = opened.execute("PRAGMA integrity_check(1)").fetchone()[0]
            loose = opened.execute("PRAGMA foreign_key_check").fetchone()
            opened.execute("SELECT revision FROM space LIMIT 1").fetchone()
    except sqlite3.DatabaseError as error:
        raise CannotBackup(f"{path} is not a database of Ippo's, or it is damaged ({error}).") from error
    if found != "ok" or loose:
        raise CannotBackup(f"{path} is damaged: {found}.")


def _settle(aside: Path, target: Path) -> None:
    """On the disk, then under its name: a power cut leaves the old file or the new one, nothing between."""
    with aside.open("rb+") as file:
        os.fchmod(file.fileno(), 0o600)
        os.fsync(file.fileno())
    aside.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _aside(target: Path) -> Path:
    """An empty file beside the target that only we may read, before anything is in it."""
    aside = target.with_name(f".{target.name}.{os.getpid()}.new")
    aside.unlink(missing_ok=True)
    os.close(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return aside


def _database(settings: Settings) -> Path:
    if settings.database_url:
        raise CannotBackup("The database is PostgreSQL, which has its own ways: pg_dump and pg_restore.")
    return settings.data / "ippo.db"


@contextlib.contextmanager
def _lock(settings: Settings, how: int) -> Iterator[None]:
    settings.data.mkdir(parents=True, exist_ok=True)
    with (settings.data / "ippo.lock").open("w") as file:
        try:
            fcntl.flock(file, how)
        except BlockingIOError as error:
            raise CannotBackup("Ippo is running on this data. Please stop it first, then restore.") from error
        yield
