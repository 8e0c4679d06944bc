"""Backup: the whole SQLite database in one file, taken while people write, and laid back when the house is closed.

No key is in it, neither the master key nor anybody's own: those are held in the `keys` folder (`keystore`), which is to
be copied to another place after each backup. So whoever finds a backup can read nothing of it, and of those who were
erased since nobody can, whoever has the keys of today included. What was ended since the backup ends again with it.
"""

import contextlib
import fcntl
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from exposure import aside, endings, heartbeats, house, keyring, keystore, migrate
from exposure.config import Settings
from exposure.db import close, db, writing
from exposure.keyring import CannotBackup
from exposure.opening import locked
from exposure.progress import bar

# A device may already have seen revisions that came after the backup. New ones start above all of them, so that no
# device takes a new change for one it knows.
LEAP = 1_000_000
PIECE = 2000  # pages copied between two looks at the bar


def back_up(settings: Settings, target: Path) -> int:
    """Write a checked copy of the database to `target` (mode 0600) and return its size in bytes.

    SQLite's backup API reads one moment of the database while others go on writing; a plain copy of the file was stale
    or broken 40 times of 40 (reliability 3c). Raises CannotBackup.
    """
    source = _database(settings)
    if not source.exists():
        raise CannotBackup(f"There is no database at {source} yet.")
    _refuse_ours(settings, target)
    # The keys are taken out in our own folder: whoever is killed over it has left none among the backups.
    with keystore.turning(settings, keystore.BESIDE), aside.made(source) as whole, aside.made(target) as bare:
        with contextlib.closing(sqlite3.connect(source)) as live, contextlib.closing(sqlite3.connect(whole)) as copy:
            live.backup(copy)  # at one go, so without a bar: in pieces, each write in between begins it anew
            keystore.hold(settings, keyring.worth_holding(settings, keyring.take(copy)))
            copy.execute("VACUUM INTO ?", (str(bare.absolute()),))
        _check(bare)
        aside.settle(bare, target)
    return target.stat().st_size


def _refuse_ours(settings: Settings, target: Path) -> None:
    """Raises CannotBackup where a backup would lie over what it is made of."""
    place, data = target.resolve(), settings.data.resolve()
    if place.parent == data / "keys" or (place.parent == data and place.name.startswith(("ippo.db", "ippo.lock"))):
        raise CannotBackup(f"{target} is the house's own. A backup wants another name, and best another disk.")
    if place.is_dir() or not place.parent.is_dir():
        raise CannotBackup(f"{target} is no file that can be written: the folder is to be there, and a name in it.")


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
    with _alone(settings), aside.made(target) as copy:
        _check(source)
        _last_words(settings, target)
        _copy_for_restore(source, copy)
        keyring.give(settings, copy, leave=leave_unreadable)
        _bring_to_today(settings, copy, now)
        before = _keep_beside(target, now)
        aside.settle(copy, target)
    return before


def _last_words(settings: Settings, target: Path) -> None:
    """What only the present database knows: what ended last, and everybody's keys."""
    if not target.exists():
        return
    app = house.build(settings)
    # One that is damaged, or older than the ledger, has nothing to say.
    with contextlib.suppress(DatabaseError, sqlite3.DatabaseError), app.app_context():
        try:
            endings.hand_over(settings)
        finally:
            close()
            db.engine.dispose()
    with contextlib.suppress(sqlite3.DatabaseError), contextlib.closing(sqlite3.connect(target)) as present:
        keystore.hold(settings, keyring.worth_holding(settings, keyring.found_in(present)))


def _copy_for_restore(source: Path, beside: Path) -> None:
    with (
        contextlib.closing(sqlite3.connect(f"file:{source.absolute()}?mode=ro", uri=True)) as kept,
        contextlib.closing(sqlite3.connect(beside)) as copy,
    ):
        with bar("Laying back") as show:
            kept.backup(copy, pages=PIECE, sleep=0, progress=lambda _, left, whole: show(whole - left, whole))
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("UPDATE space SET revision = revision + ?", (LEAP,))
        copy.commit()


def _bring_to_today(settings: Settings, beside: Path, now: datetime) -> None:
    """Its present shape, and ended again what ended since: all of it before anybody can come in."""
    app = house.build(replace(settings, database_url=f"sqlite:///{beside.absolute()}"))
    migrate.to_present(app)
    with app.app_context():
        with writing() as bound:
            endings.end_again(bound, app.extensions["ippo"].vault, keystore.ended(settings), now)
            heartbeats.forget(bound)
        close()
        db.engine.dispose()
    _fold(beside)


def _fold(path: Path) -> None:
    """All of a database in its one file, with nothing beside it."""
    with contextlib.closing(sqlite3.connect(path)) as alone:
        alone.execute("PRAGMA journal_mode=DELETE")


def _keep_beside(target: Path, now: datetime) -> Path | None:
    """The present database under a second name, one that tells when; under its own it stands until it is replaced."""
    if not target.exists():
        return None
    with contextlib.suppress(sqlite3.DatabaseError):  # one that is damaged keeps what lies beside it
        _fold(target)
    before = target.with_name(f"{target.name}.before-{now:%Y%m%dT%H%M%S.%fZ}")
    parts = [ending for ending in ("", *aside.BESIDE) if Path(f"{target}{ending}").exists()]
    for ending in parts:
        Path(f"{before}{ending}").hardlink_to(f"{target}{ending}")
    for ending in parts[1:]:  # it would be taken for the new one's
        Path(f"{target}{ending}").unlink()
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


def _database(settings: Settings) -> Path:
    if settings.database_url:
        raise CannotBackup("The database is PostgreSQL, which has its own ways: docs/backups.md tells them.")
    return settings.data / "ippo.db"


@contextlib.contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """Raises CannotBackup while anybody is in."""
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(locked(settings, fcntl.LOCK_EX | fcntl.LOCK_NB))
        except BlockingIOError as error:
            raise CannotBackup("Ippo is running on this data. Please stop it first, then restore.") from error
        yield
