"""Checkup: whether keys, database and clock are well, in sentences for whoever runs the house."""

import contextlib
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import func, select

from exposure import heartbeats, house, keys, keystore
from exposure.config import BadSetting, Settings
from exposure.db import connection
from exposure.endings import Ending
from exposure.heartbeats import SILENT
from exposure.keys import MASTER, VAPID
from exposure.migrate import FOLDER
from exposure.opening import opened
from exposure.people import Person
from exposure.vault import Vault

KEYS = (MASTER, VAPID)
HANDED = timedelta(minutes=2)  # what ended stands in the ledger within seconds, while a clock is alive
ASIDE = timedelta(days=7)  # the database that a restore replaced holds keys of people who have left since
FULL, SPARE = 0.9, 5 << 30  # a disk nine tenths full has no room, unless a few gigabytes are left of a large one


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    name: str
    well: bool
    sentence: str


def findings(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Look at everything, worst cause first: with no keys or no database the rest cannot be looked at."""
    found = look_at_keys(settings)
    yield found
    if not found.well:
        return
    yield look_at_database(settings)
    yield look_at_room(settings)
    yield from look_at_what_was_set_aside(settings, now)
    app = house.build(settings)
    with app.app_context():
        shape = look_at_shape()
        yield shape
        if shape.well:
            yield look_at_people(app)
            yield look_at_clock(now)
            yield from look_at_ledger(now)


def look_at_keys(settings: Settings) -> Finding:
    """The key files are there and nobody else can read them."""
    for name in KEYS:
        path = settings.data / "keys" / name
        if name == "master.key" and settings.master_key:
            continue
        if not path.exists():
            return Finding("keys", False, f"{path} is missing. If there are people in the database, bring it back.")
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            return Finding("keys", False, f"{path} can be read by others (mode {mode:o}). Please: chmod 600 {path}")
    try:
        ring, _, _ = keys.master_keys(settings), keys.vapid_keys(settings), keystore.held(settings)
    except BadSetting as error:
        return Finding("keys", False, f"{error}")
    except ValueError:
        return Finding("keys", False, f"{keystore.KEYS} is damaged. Bring back a copy of the keys folder.")
    if len(ring) > 1:
        return Finding("keys", False, "The master key is half turned, and all is readable. `exposure rotate` goes on.")
    return Finding("keys", True, "The keys are there and only readable by us.")


def look_at_database(settings: Settings) -> Finding:
    """SQLite's own full check; PostgreSQL looks after itself."""
    if settings.database_url:
        return Finding("database", True, "PostgreSQL keeps its own checks.")
    path = settings.data / "ippo.db"
    if not path.exists():
        return Finding("database", False, f"There is no database at {path}. `exposure serve` makes it.")
    try:
        with contextlib.closing(sqlite3.connect(f"file:{path.absolute()}?mode=ro", uri=True)) as alone:
            found = alone.execute("PRAGMA integrity_check(1)").fetchone()[0]
            loose = alone.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        return Finding("database", False, f"{path} cannot be read: {error}.")
    well = found == "ok" and not loose
    return Finding("database", well, "The database is sound." if well else f"{path} is damaged: {found}.")


def look_at_room(settings: Settings) -> Finding:
    """The disk under the data folder has room to write to; without it people can only read (507)."""
    disk = shutil.disk_usage(settings.data)
    left = f"{disk.free >> 20:,} MB are left where {settings.data} lies"
    if disk.free < SPARE and disk.free < (1 - FULL) * disk.total:
        return Finding("room", False, f"The disk is nearly full: {left}. Once it is, nobody can write.")
    return Finding("room", True, f"There is room: {left}.")


def look_at_shape() -> Finding:
    """Every migration has been applied."""
    wanted = set(ScriptDirectory(str(FOLDER)).get_heads())
    present = set(MigrationContext.configure(connection()).get_current_heads())
    if present == wanted:
        return Finding("migrations", True, "The database has its present shape.")
    return Finding("migrations", False, "The database is of another version. `exposure migrate` brings it up to date.")


def look_at_people(app: Flask) -> Finding:
    """The master key is the one that these people's keys were wrapped with."""
    vault: Vault = app.extensions["ippo"].vault
    people = [(row.id, row.key_wrapped) for row in connection().execute(select(Person.id, Person.key_wrapped))]
    shut = len(people) - opened(vault, people)
    if shut:
        said = f"This master key does not open what people wrote ({shut} of {len(people)}). Is it the right one?"
        return Finding("people", False, said)
    return Finding("people", True, f"The master key opens what people wrote ({len(people)} looked at).")


def look_at_clock(now: datetime) -> Finding:
    """A clock was alive within the last minute. Where none was ever started there is none to miss."""
    last = heartbeats.last(connection())
    if last is None:
        return Finding("clock", True, "No clock was started yet; reminders wait for one.")
    at, note = last
    if at - now > SILENT:
        return Finding("clock", False, f"The clock was last alive at {at:%Y-%m-%d %H:%M} UTC. Is the time here right?")
    if now - at > SILENT:
        return Finding("clock", False, f"No clock since {at:%Y-%m-%d %H:%M} UTC: `exposure serve` or `exposure clock`.")
    return Finding("clock", not note, f"The clock says: {note}." if note else "The clock is alive.")


def look_at_ledger(now: datetime) -> Iterator[Finding]:
    """What ended is handed over to the ledger; only said when it is not."""
    oldest = connection().execute(select(func.min(Ending.__table__.c.at))).scalar()
    if oldest is not None and now - oldest > HANDED:
        said = f"What ended since {oldest:%Y-%m-%d %H:%M} UTC is not in {keystore.LEDGER}. Can the clock write there?"
        yield Finding("ledger", False, said)


def look_at_what_was_set_aside(settings: Settings, now: datetime) -> Iterator[Finding]:
    """What a restore replaced does not lie about for ever; only said when it does."""
    for path in sorted(settings.data.glob("ippo.db.before-*")):
        if now - datetime.fromtimestamp(path.stat().st_ctime, UTC) > ASIDE:
            yield Finding("set aside", False, f"{path} holds words of people who may have left since. Take it away.")
