"""Checkup: whether keys, database and clock are well, in sentences for whoever runs the house."""

import contextlib
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import select

from exposure import create_app, heartbeats
from exposure.config import Settings
from exposure.db import connection
from exposure.heartbeats import SILENT
from exposure.keys import master_keys
from exposure.migrate import FOLDER
from exposure.people import Person
from exposure.vault import Unopenable, Vault

KEYS = ("master.key", "vapid.pem")
SAMPLE = 200  # people whose key is opened
FULL, SPARE = 0.9, 5 << 30  # a disk nine tenths full has no room, unless a few gigabytes are left of a large one


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    name: str
    well: bool
    sentence: str


def findings(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Look at everything, worst cause first: with no keys or no database the rest cannot be looked at."""
    keys = look_at_keys(settings)
    yield keys
    if not keys.well:
        return
    yield look_at_database(settings)
    yield look_at_room(settings)
    app = create_app(settings)
    with app.app_context():
        shape = look_at_shape()
        yield shape
        if shape.well:
            yield look_at_people(app)
            yield look_at_clock(now)


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
    if len(master_keys(settings)) > 1:
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
        with contextlib.closing(sqlite3.connect(f"file:{path.absolute()}?mode=ro", uri=True)) as opened:
            found = opened.execute("PRAGMA integrity_check(1)").fetchone()[0]
            loose = opened.execute("PRAGMA foreign_key_check").fetchone()
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
    people = connection().execute(select(Person.id, Person.key_wrapped).limit(SAMPLE)).all()
    try:
        for person, wrapped in people:
            vault.opener(person, wrapped)
    except Unopenable:
        return Finding("people", False, "This master key does not open what people wrote. Is it the right one?")
    return Finding("people", True, f"The master key opens what people wrote ({len(people)} looked at).")


def look_at_clock(now: datetime) -> Finding:
    """A clock was alive within the last minute. Where none was ever started there is none to miss."""
    last = heartbeats.last(connection())
    if last is None:
        return Finding("clock", True, "No clock was started yet; reminders wait for one.")
    at, note = last
    if now - at > SILENT:
        return Finding("clock", False, f"No clock since {at:%Y-%m-%d %H:%M} UTC: `exposure serve` or `exposure clock`.")
    return Finding("clock", not note, f"The clock says: {note}." if note else "The clock is alive.")
