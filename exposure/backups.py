"""Backup: the whole SQLite database in one file, taken while people write, and laid back when the house is closed.

No key is in it, neither the master key nor anybody's own: those are held in the `keys` folder (`keystore`), which is to
be copied to another place after each backup. So whoever finds a backup can read nothing of it, and of those who were
erased since nobody can, whoever has the keys of today included. What was ended since the backup ends again with it.
"""

import contextlib
import fcntl
import os
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from exposure import create_app, endings, keystore, migrate
from exposure.config import Settings
from exposure.db import connection, db, writing
from exposure.progress import bar
from exposure.vault import LOOKUP

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
            keystore.hold(settings, _take_keys(copy))
        _check(aside)
        _settle(aside, target)
    finally:
        aside.unlink(missing_ok=True)
    return target.stat().st_size


def _take_keys(copy: sqlite3.Connection) -> dict[str, bytes]:
    """Take every key out of a copy, without a trace in its pages; whose they were."""
    copy.execute("PRAGMA journal_mode=DELETE")
    copy.execute("PRAGMA journal_mode=MEMORY")
    copy.execute("PRAGMA secure_delete=ON")
    taken = _keys_in(copy)
    copy.execute("UPDATE person SET key_wrapped = x''")
    if _has(copy, "house_key"):
        copy.execute("DELETE FROM house_key")
    copy.commit()
    copy.execute("VACUUM")
    return taken


def _keys_in(opened: sqlite3.Connection) -> dict[str, bytes]:
    """Every key in a database, by whose it is."""
    keys = dict(opened.execute("SELECT id, key_wrapped FROM person WHERE length(key_wrapped) > 0"))
    return keys | (dict(opened.execute("SELECT name, sealed FROM house_key")) if _has(opened, "house_key") else {})


def _has(opened: sqlite3.Connection, table: str) -> bool:
    found = opened.execute("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", (table,))
    return found.fetchone() is not None


def restore(settings: Settings, source: Path, now: datetime, *, leave_unreadable: bool = False) -> Path | None:
    """Lay a backup in the place of the database; what stood there is kept beside it, and its path returned.

    What was ended after the backup (logins, calendar addresses, links, people who were erased) ends again. Raises
    CannotBackup when the house is open, when `source` is damaged or no database of ours, or when the keys of some
    people are nowhere and they are not to be left behind (`leave_unreadable`).
    """
    target = _database(settings)
    target.parent.mkdir(parents=True, exist_ok=True)
    if not source.is_file():
        raise CannotBackup(f"There is no file {source}.")
    with _lock(settings, fcntl.LOCK_EX | fcntl.LOCK_NB):
        aside = _aside(target)
        try:
            _check(source)
            _last_words(settings, target)
            _copy_for_restore(source, aside)
            _give_keys(aside, keystore.held(settings), _erased(settings), leave_unreadable)
            _bring_to_today(settings, aside, now)
            before = _set_aside(target, now)
            _settle(aside, target)
        finally:
            for ending in ("", "-wal", "-shm"):
                Path(f"{aside}{ending}").unlink(missing_ok=True)
    return before


def _last_words(settings: Settings, target: Path) -> None:
    """What only the present database knows: what ended last, and everybody's keys."""
    if not target.exists():
        return
    app = create_app(settings)
    # One that is damaged, or older than the ledger, has nothing to say.
    with contextlib.suppress(DatabaseError, sqlite3.DatabaseError), app.app_context():
        try:
            endings.hand_over(settings)
        finally:
            db.engine.dispose()
    with contextlib.suppress(sqlite3.DatabaseError), contextlib.closing(sqlite3.connect(target)) as present:
        keystore.hold(settings, _keys_in(present))


def _erased(settings: Settings) -> set[str]:
    return {line.which for line in keystore.ended(settings) if line.what == "person"}


def _copy_for_restore(source: Path, aside: Path) -> None:
    with (
        contextlib.closing(sqlite3.connect(f"file:{source.absolute()}?mode=ro", uri=True)) as kept,
        contextlib.closing(sqlite3.connect(aside)) as copy,
    ):
        with bar("Laying back") as show:
            kept.backup(copy, pages=PIECE, sleep=0, progress=lambda _, left, whole: show(whole - left, whole))
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("UPDATE space SET revision = revision + ?", (LEAP,))
        copy.commit()


def _give_keys(aside: Path, held: Mapping[str, bytes], erased: set[str], leave: bool) -> None:
    """Give people their keys back; whoever has none is erased, or was, or cannot be read. Raises CannotBackup."""
    with contextlib.closing(sqlite3.connect(aside)) as copy:
        copy.execute("PRAGMA foreign_keys=ON")
        copy.execute("PRAGMA secure_delete=ON")
        bare = {person for (person,) in copy.execute("SELECT id FROM person WHERE length(key_wrapped) = 0")}
        lost = bare - held.keys() - erased
        if lost and not leave:
            raise CannotBackup(
                f"The keys of {len(lost)} people in this backup are not in {keystore.KEYS}. Bring back a newer copy of "
                "the keys folder, or add --leave-unreadable to go on without them."
            )
        for person in bare & held.keys():
            copy.execute("UPDATE person SET key_wrapped = ? WHERE id = ?", (held[person], person))
        copy.executemany("DELETE FROM person WHERE id = ?", [(person,) for person in bare - held.keys()])
        if LOOKUP in held and _has(copy, "house_key"):
            copy.execute("INSERT OR REPLACE INTO house_key (name, sealed) VALUES (?, ?)", (LOOKUP, held[LOOKUP]))
        copy.commit()


def _bring_to_today(settings: Settings, aside: Path, now: datetime) -> None:
    """Its present shape, and ended again what ended since: all of it before anybody can come in."""
    app = create_app(replace(settings, database_url=f"sqlite:///{aside.absolute()}"))
    migrate.to_present(app)
    with app.app_context():
        with writing() as bound:
            endings.end_again(bound, app.extensions["ippo"].vault, keystore.ended(settings), now)
        connection().close()
        db.engine.dispose()
    with contextlib.closing(sqlite3.connect(aside)) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")


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
        raise CannotBackup("The database is PostgreSQL, which has its own ways: docs/backups.md tells them.")
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
