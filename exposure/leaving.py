"""Leaving: an account ends for good, and nothing of it lingers in the files of the database."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.engine import Connection

from exposure import history
from exposure.db import is_postgres, upsert, writing
from exposure.deliveries import Delivery
from exposure.heartbeats import Heartbeat
from exposure.logins import Login
from exposure.mailings import Mailing
from exposure.people import Person
from exposure.reminders import Reminder

# The note that SQLite's log may still hold what was deleted.
SCRUB: Final = "scrub"


def leave(bound: Connection, person: str, now: datetime) -> list[str]:
    """Delete the person and all that is theirs, inside a write; the logins that ended with it.

    The wrapped key goes with the row, so what a backup still holds can be read by nobody (reliability T17).
    """
    logins = list(bound.execute(select(Login.id).where(Login.person_id == person)).scalars())
    history.forget_refused(bound, person)
    for of in (Delivery, Mailing, Reminder):  # as a clock takes them, so that neither waits for the other for ever
        bound.execute(select(of.id).where(of.person_id == person).order_by(of.id).with_for_update()).all()
    bound.execute(delete(Person).where(Person.id == person))
    if not is_postgres(bound):
        # In the same transaction: whatever stops us before the scrub, the next one knows of it.
        upsert(bound, Heartbeat, [{"name": SCRUB, "at": now, "note": ""}], key=("name",))
    return logins


def scrub(bound: Connection) -> bool:
    """Let nothing that was deleted linger in SQLite's log; PostgreSQL sees to it by itself. Whether it is done.

    Whoever still reads an old state (a backup, a slow download) holds the log: then the note stays, and the clock
    tries again at each tick. Not inside a write.
    """
    if is_postgres(bound) or bound.execute(select(Heartbeat.at).where(Heartbeat.name == SCRUB)).first() is None:
        return True
    bound.commit()  # our own read would hold the log too
    # While it waits for the readers nobody can write, so it waits briefly.
    bound.exec_driver_sql("PRAGMA busy_timeout=300")
    try:
        busy = bound.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
    finally:
        bound.exec_driver_sql("PRAGMA busy_timeout=5000")
        bound.commit()
    if busy:
        return False
    with writing() as again:
        again.execute(delete(Heartbeat).where(Heartbeat.name == SCRUB))
    return True
