"""Turning: a new master key in place of the old, while the house is open.

    turn(settings, vault)    # `exposure rotate`; killed at any moment, the next one goes on where it was

What people wrote is not touched: each person's key is wrapped anew, five hundred in a transaction. Both master keys
are held until none needs the old one. The keys that a backup wants (`keystore`) turn with them, so that one from before
can still be laid back. With IPPO_MASTER_KEY whoever runs the house writes "new,old" there first, then "new".
"""

from __future__ import annotations

import contextlib
import time
from typing import Final

from sqlalchemy import LargeBinary, Text, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column

from exposure import keys, keystore
from exposure.config import CannotDo, Settings
from exposure.db import Base, connection, is_postgres, upsert, writing
from exposure.people import Person
from exposure.progress import bar
from exposure.vault import LOOKUP, Unopenable, Vault

BATCH: Final = 500
# Longer than SQLite lets a waiting process sleep: without it, people's writes in another process give up waiting.
PAUSE: Final = 0.15


class HouseKey(Base):
    """A key of the house's own, sealed by the master key: that of the keyed hashes, once the master key has turned."""

    __tablename__ = "house_key"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class CannotTurn(CannotDo):
    """The master key cannot be turned now."""


def kept() -> bytes | None:
    """The sealed key of the keyed hashes; None before the first turning."""
    return connection().execute(select(HouseKey.sealed).where(HouseKey.name == LOOKUP)).scalar()


def turn(settings: Settings, vault: Vault) -> int:
    """Turn the master key; how many people's keys were wrapped anew. Not inside a write. Raises CannotTurn."""
    try:
        with keystore.turning(settings, keystore.ALONE):
            return _turn(settings, vault)
    except BlockingIOError:
        raise CannotTurn("A backup or another turning is at work. Please again when it is done.") from None


def _turn(settings: Settings, vault: Vault) -> int:
    ring = keys.master_keys(settings)
    if len(ring) == 1 and settings.master_key:
        raise CannotTurn("Set IPPO_MASTER_KEY to the new key, a comma and the old one, for every process. Then again.")
    _set_apart(vault)
    if len(ring) == 1:
        old = (keystore.folder(settings) / keys.MASTER).read_bytes().strip()
        keys.keep_masters(settings, keys.new_master(), old)
    vault.look()
    turned = 0
    # A process that took up the old key just before the new one came may write a person down after the first look.
    while again := _everybody(vault):
        turned += again
    _set_apart(vault)
    keystore.hold(settings, {**_turned_copies(settings, vault), LOOKUP: kept() or b""})
    if not settings.master_key:
        newest = (keystore.folder(settings) / keys.MASTER).read_bytes().split()[0]
        keys.keep_masters(settings, newest)
    return turned


def _set_apart(vault: Vault) -> None:
    """The key of the keyed hashes stands by itself, under the newest master key; what it finds it goes on finding."""
    with writing() as bound:
        upsert(bound, HouseKey, [{"name": LOOKUP, "sealed": vault.pepper(kept())}], key=("name",))


def _everybody(vault: Vault) -> int:
    """Wrap anew what an older master key has wrapped; how many there were."""
    turned, after = 0, ""
    with bar("Turning") as show:
        while True:
            with writing() as bound:
                if is_postgres(bound):  # whoever is being written down is waited for
                    bound.exec_driver_sql("LOCK TABLE person IN SHARE ROW EXCLUSIVE MODE")
                met, changed, after = _batch(bound, vault, after)
            turned += changed
            if met < BATCH:
                return turned
            time.sleep(PAUSE)
            show(turned, turned + BATCH)


def _batch(bound: Connection, vault: Vault, after: str) -> tuple[int, int, str]:
    page = select(Person.id, Person.key_wrapped).where(Person.id > after).order_by(Person.id).limit(BATCH)
    people = bound.execute(page).all()
    new = {row.id: vault.turned(row.id, row.key_wrapped) for row in people}
    changed = [row.id for row in people if new[row.id] != bytes(row.key_wrapped)]
    for person in changed:
        bound.execute(update(Person).where(Person.id == person).values(key_wrapped=new[person]))
    return len(people), len(changed), people[-1].id if people else after


def _turned_copies(settings: Settings, vault: Vault) -> dict[str, bytes]:
    """The keys held for backups, under the newest master key too; what none of ours opens stays as it is."""
    copies: dict[str, bytes] = {}
    for name, key in keystore.held(settings).items():
        with contextlib.suppress(Unopenable):
            copies[name] = vault.turned(name, key)
    return copies
