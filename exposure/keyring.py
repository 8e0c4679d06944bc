"""Key ring: the keys in a copy of the database, taken out for a backup and given back when it is laid back.

A key that opens is never exchanged for one that does not, neither in a database nor in what is held (`keystore`).
"""

import contextlib
import sqlite3
from pathlib import Path

from exposure import keys, keystore
from exposure.config import BadSetting, CannotDo, Settings
from exposure.vault import LOOKUP, Unopenable, Vault


class CannotBackup(CannotDo):
    """No backup can be made or laid back in this way."""


def take(copy: sqlite3.Connection) -> dict[str, bytes]:
    """Take every key out of a copy; whose they were. What lies in unused pages stays behind at the VACUUM."""
    copy.execute("PRAGMA journal_mode=DELETE")
    copy.execute("PRAGMA journal_mode=MEMORY")
    copy.execute("PRAGMA secure_delete=ON")
    taken = found_in(copy)
    copy.execute("UPDATE person SET key_wrapped = x''")
    if _has(copy, "house_key"):
        copy.execute("DELETE FROM house_key")
    copy.commit()
    return taken


def worth_holding(settings: Settings, found: dict[str, bytes]) -> dict[str, bytes]:
    """Of keys found in a database: those that nobody holds yet, and those that open."""
    held = keystore.held(settings)
    try:
        vault = Vault(lambda: keys.master_keys(settings))
    except BadSetting:  # a nightly backup needs no master key
        return {name: key for name, key in found.items() if name not in held}
    return {name: key for name, key in found.items() if name not in held or _opens(vault, name, key)}


def _opens(vault: Vault, name: str, key: bytes) -> bool:
    try:
        _ = vault.pepper(key) if name == LOOKUP else vault.opener(name, key)
    except Unopenable:
        return False
    return True


def found_in(opened: sqlite3.Connection) -> dict[str, bytes]:
    """Every key in a database, by whose it is."""
    keys = dict(opened.execute("SELECT id, key_wrapped FROM person WHERE length(key_wrapped) > 0"))
    return keys | (dict(opened.execute("SELECT name, sealed FROM house_key")) if _has(opened, "house_key") else {})


def _has(opened: sqlite3.Connection, table: str) -> bool:
    found = opened.execute("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", (table,))
    return found.fetchone() is not None


def give(settings: Settings, beside: Path, *, leave: bool) -> None:
    """Give people the key that opens: their own, else the one held. Whoever has none is erased, or was, or is lost.

    Raises CannotBackup when somebody is lost, unless they are to be left behind (`leave`).
    """
    held = keystore.held(settings)
    with contextlib.closing(sqlite3.connect(beside)) as copy:
        copy.execute("PRAGMA foreign_keys=ON")
        copy.execute("PRAGMA secure_delete=ON")
        own = dict(copy.execute("SELECT id, key_wrapped FROM person"))
        if own and (settings.master_key or any(own.values()) or held):
            vault = Vault(lambda: keys.master_keys(settings))
            given = {one: _given(vault, one, own[one], held.get(one, b"")) for one in own}
        else:
            given = {}
        none = {one for one in own if not given.get(one)}
        lost = none - {line.which for line in keystore.ended(settings) if line.what == "person"}
        if lost and not leave:
            raise CannotBackup(_said_of(settings, lost, any(own[one] or one in held for one in lost), bool(held)))
        for person in given.keys() - none:
            copy.execute("UPDATE person SET key_wrapped = ? WHERE id = ?", (given[person], person))
        copy.executemany("DELETE FROM person WHERE id = ?", [(person,) for person in none])
        if LOOKUP in held and _has(copy, "house_key"):
            copy.execute("INSERT OR REPLACE INTO house_key (name, sealed) VALUES (?, ?)", (LOOKUP, held[LOOKUP]))
        copy.commit()


def _given(vault: Vault, person: str, *wrapped: bytes) -> bytes:
    return next((key for key in wrapped if key and _opens(vault, person, key)), b"")


def _said_of(settings: Settings, lost: set[str], there: bool, others: bool) -> str:
    if not there and not others:
        return (
            f"There are no keys of people in {settings.data / 'keys'}, and without them nobody can read this backup. "
            "Lay the newest copy of the keys folder there first, the whole folder of one day."
        )
    if there:
        return (
            f"The master key here does not open the keys of {len(lost)} people in this backup: it is another's, or it "
            f"was turned since {keystore.KEYS} was copied. Bring back the whole keys folder as it was on one day."
        )
    return (
        f"The keys of {len(lost)} people in this backup are not in {keystore.KEYS}. Bring back a newer copy of "
        "the keys folder, or add --leave-unreadable to go on without them."
    )
