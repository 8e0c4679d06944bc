"""A crowd: as many people as wanted, each with one phone and one reminder that fell due a moment ago.

One person comes in by the front door, with a device and a reminder as `sync` keeps them; the others are copies of their
rows, each with a key of its own and a subscription sealed under it. So whatever the house comes to keep of a reminder,
the crowd has it too.
"""

import itertools
import sqlite3
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask
from sqlalchemy import Table, select

from exposure import subscriptions
from exposure.db import Base, connection, writing
from exposure.logins import Login
from exposure.reminders import Reminder
from exposure.subscriptions import Keys, Subscription
from exposure.timetable import local_day
from tests.conftest import Actor, enter, new_id
from tests.push_service import HOST, Device
from tests.pushing import a_device

ZONES = ("Asia/Tokyo", "Europe/Berlin", "America/New_York")
# Where it is day just now: what falls behind in a long run would not be caught up with at night.
ZONE = next(zone for zone in ZONES if 9 <= datetime.now(ZoneInfo(zone)).hour < 20)
AT_ONCE = 2000  # people of one write
DEVICES = 200  # different key pairs; making one costs more than copying a person
LEFT = {"login", "membership", "delivery", "subscription"}  # what copies do without, or is made for each


def gather(app: Flask, people: int, due: datetime) -> None:
    """Let so many people in, each with a reminder due at `due` and an hour's window."""
    first, phones = _first(app, due), [_phone() for _ in range(DEVICES)]
    with app.app_context():
        originals = _rows_of(first)
        login = connection().execute(select(Login.id).where(Login.person_id == first.person)).scalar_one()
        connection().commit()
        numbers = iter(range(people))
        while batch := list(itertools.islice(numbers, AT_ONCE)):
            with writing() as bound:
                for table, rows in _copies(app, originals, batch, phones, login).items():
                    bound.execute(table.insert(), rows)
        with writing() as bound:
            bound.execute(Reminder.__table__.delete().where(Reminder.__table__.c.person_id == first.person))


def put_to_sleep(app: Flask, reminders: int, due: datetime) -> None:
    """So many reminders of one person, falling due one after the other from `due` on."""
    first = _first(app, due)
    with app.app_context():
        original = _rows_of(first)[Reminder.__table__][0]
        numbers = iter(range(reminders))
        while batch := list(itertools.islice(numbers, 20 * AT_ONCE)):
            later = [due + timedelta(seconds=number % 86_400) for number in batch]
            rows = [original | {"id": new_id(), "due": at, "until": at + timedelta(hours=1)} for at in later]
            with writing() as bound:
                bound.execute(Reminder.__table__.insert(), rows)


def _first(app: Flask, due: datetime) -> Actor:
    actor = enter(app)
    wall = due.astimezone(UTC) + timedelta(hours=9)
    actor.sync(actor.add("reminder", days=[0, 1, 2, 3, 4, 5, 6], time=f"{wall:%H:%M}", zone=ZONE, on=True))
    with app.app_context(), writing() as bound:
        mine = Reminder.__table__.c.person_id == actor.person
        bound.execute(Reminder.__table__.update().where(mine).values(**_due(due)))
    return actor


def _due(due: datetime) -> dict[str, Any]:
    return {"day": local_day(due, ZONE).isoformat(), "due": due, "until": due + timedelta(hours=1)}


def _phone() -> Keys:
    return Device(f"https://{HOST}/x", ec.generate_private_key(ec.SECP256R1()), b"s" * 16).keys


def _rows_of(first: Actor) -> dict[Table, list[dict[str, Any]]]:
    """Everything the house keeps of this person by their id, but for what is in LEFT."""
    found = {}
    for table in Base.metadata.sorted_tables:
        column = "id" if table.name == "person" else "person_id"
        if column not in table.c or table.name in LEFT:
            continue
        rows = connection().execute(select(table).where(table.c[column] == first.person))
        found[table] = [dict(row._mapping) for row in rows]
    return {table: rows for table, rows in found.items() if rows}


def _copies(
    app: Flask, originals: dict[Table, list[dict[str, Any]]], batch: list[int], phones: list[Keys], login: str
) -> dict[Table, list[dict[str, Any]]]:
    vault, made = app.extensions["ippo"].vault, {table: [] for table in [*originals, Subscription.__table__]}
    for number in batch:
        person = new_id()
        wrapped = vault.new_person_key(person)
        for table, rows in originals.items():
            if table.name == "person":
                made[table].append(rows[0] | {"id": person, "key_wrapped": wrapped})
            else:
                made[table] += [row | {"person_id": person} | ({"id": new_id()} if "id" in row else {}) for row in rows]
        made[Subscription.__table__].append(_subscription(vault, person, wrapped, phones[number % DEVICES], login))
    return made


def _subscription(vault: Any, person: str, wrapped: bytes, phone: Keys, login: str) -> dict[str, Any]:
    its_id = new_id()
    letters = its_id.replace("-", "") * 5  # as long as real ones
    keys = Keys(f"https://{HOST}/wpush/v2/{letters}", phone.p256dh, phone.auth)
    return {
        "id": its_id, "person_id": person, "login_id": login, "lookup": its_id, "secret": "",
        "sealed": subscriptions.seal(vault.opener(person, wrapped), its_id, keys),
        "created": datetime.now(UTC), "seen": datetime.now(UTC), "refusals": 0,
    }  # fmt: skip


def fill_peer(folder: Path, count: int) -> None:
    """The table of a small app that sends reminders."""
    path = folder / "peer.db"
    path.unlink(missing_ok=True)
    table = sqlite3.connect(path)
    table.execute("PRAGMA journal_mode=WAL")
    columns = "id INTEGER PRIMARY KEY, endpoint TEXT, p256dh TEXT, auth TEXT, sent INTEGER DEFAULT 0"
    table.execute(f"CREATE TABLE due({columns})")
    phones = [a_device() for _ in range(200)]
    rows = [(f"https://{HOST}/wpush/v2/{uuid.uuid4().hex * 5}", phones[n % 200]) for n in range(count)]
    values = [(endpoint, phone.p256dh, phone.auth) for endpoint, phone in rows]
    table.executemany("INSERT INTO due(endpoint, p256dh, auth) VALUES (?, ?, ?)", values)
    table.commit()
    table.close()
