"""Opening: what is seen to before the house opens, and the lock that says that somebody is in."""

import contextlib
import fcntl
from collections.abc import Iterable, Iterator

from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from exposure import keys, turning
from exposure.config import BadSetting, Settings
from exposure.db import close, connection, db
from exposure.people import Person
from exposure.vault import Unopenable, Vault

OLDEST = 5  # people whose keys are tried before the house opens


@contextlib.contextmanager
def present(settings: Settings) -> Iterator[None]:
    """While this lasts, somebody works with the database and nobody may lay another in its place."""
    with locked(settings, fcntl.LOCK_SH):
        yield


@contextlib.contextmanager
def locked(settings: Settings, how: int) -> Iterator[None]:
    """Hold the lock of this house (flock). Raises BlockingIOError where it is not to be waited for."""
    settings.data.mkdir(parents=True, exist_ok=True)
    with (settings.data / "ippo.lock").open("w") as file:
        fcntl.flock(file, how)
        yield


def before_opening(app: Flask) -> None:
    """Nobody comes in, and nothing is written, under keys that are not those of the people here. Raises BadSetting."""
    with app.app_context():
        try:
            _try_keys(app.extensions["ippo"].settings, app.extensions["ippo"].vault)
        finally:
            close()
            db.engine.dispose()  # processes that come of this one make connections of their own


def _try_keys(settings: Settings, vault: Vault) -> None:
    try:
        oldest = connection().execute(
            select(Person.id, Person.key_wrapped).order_by(Person.created, Person.id).limit(OLDEST)
        )
        people, kept = [(row.id, row.key_wrapped) for row in oldest], turning.kept()
    except DBAPIError:  # no shape yet, or away for the moment: whoever needs it will say so
        return
    if people and not opened(vault, people):
        raise BadSetting("This master key does not open what people wrote. Bring back the right one (docs/backups.md).")
    ring = keys.master_keys(settings)
    # What names and codes are found by follows from the first master key there was, until a turning sets it apart.
    if people and kept is None and not opened(Vault(lambda: ring[-1:]), people):
        raise BadSetting("IPPO_MASTER_KEY is to be the new key, a comma and the old one, in this order.")


def opened(vault: Vault, people: Iterable[tuple[str, bytes]]) -> int:
    """How many of these people's keys this vault opens."""
    many = 0
    for person, wrapped in people:
        with contextlib.suppress(Unopenable):
            vault.opener(person, wrapped)
            many += 1
    return many
