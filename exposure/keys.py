"""Keys of the house: made at the first start, mode 0600, never overwritten.

The master key wraps people's keys; the VAPID pair signs pushes. Losing the first makes
the database unreadable, losing the second ends every push subscription: back up both.
"""

import base64
import binascii
import contextlib
import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from exposure import keystore
from exposure.config import BadSetting, Settings
from exposure.vault import Vault

MASTER, VAPID = "master.key", "vapid.pem"


@dataclass(frozen=True)
class VapidKeys:
    """The pair that signs pushes: PEM private and public, and the key a browser subscribes with."""

    private_pem: bytes
    public_pem: bytes
    application_key: str


def master_keys(settings: Settings) -> tuple[bytes, ...]:
    """The keys of 32 bytes that wrap people's keys, newest first: from the environment, else from the data folder.

    More than one only while they are being turned (see `turning`). Raises BadSetting.
    """
    if settings.master_key:
        name, written = "IPPO_MASTER_KEY", settings.master_key.split(",")
    else:
        path = keystore.folder(settings) / MASTER
        _miss(settings, path)
        name, written = str(path), _kept(settings, MASTER, new_master).decode("ascii", "replace").split()
    try:
        ring = tuple(Vault.parse_key(text) for text in written)
    except (ValueError, binascii.Error):
        ring = ()
    if not ring or any(len(key) != 32 for key in ring):
        raise BadSetting(f"{name} wants 32 bytes in base64url, and holds something else. Bring back the right one.")
    return ring


def _miss(settings: Settings, path: Path) -> None:
    """A new key beside what an older one has sealed opens nothing, and a copy of it would lie over the right one's."""
    if path.exists():
        return
    if (path.parent / keystore.KEYS).exists() or (not settings.database_url and _anybody(settings.data / "ippo.db")):
        raise BadSetting(f"{path} is missing, and it alone opens what is here. Bring it (or IPPO_MASTER_KEY) back.")


def _anybody(database: Path) -> bool:
    """Whether people are in it; also said of one that cannot be read."""
    if not database.exists():
        return False
    try:
        with contextlib.closing(sqlite3.connect(f"file:{database.absolute()}?mode=ro", uri=True)) as opened:
            if opened.execute("SELECT 1 FROM sqlite_schema WHERE name = 'person'").fetchone() is None:
                return False
            return opened.execute("SELECT 1 FROM person LIMIT 1").fetchone() is not None
    except sqlite3.Error:
        return True


def new_master() -> bytes:
    """A fresh master key as it is written."""
    return base64.urlsafe_b64encode(os.urandom(32))


def keep_masters(settings: Settings, *written: bytes) -> None:
    """Write the ring of master keys into the data folder, newest first."""
    keystore.put(keystore.folder(settings) / MASTER, b"\n".join(written))


def vapid_keys(settings: Settings) -> VapidKeys:
    """The VAPID pair from the data folder, made when there is none."""
    private_pem = _kept(settings, VAPID, _new_vapid_pem)
    try:
        private = serialization.load_pem_private_key(private_pem, None)
    except ValueError as error:
        raise BadSetting(f"{keystore.folder(settings) / VAPID} holds no key. Bring back the right one.") from error
    public = private.public_key()
    public_pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    point = public.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    key = base64.urlsafe_b64encode(point).rstrip(b"=").decode()
    return VapidKeys(private_pem, public_pem, key)


def _new_vapid_pem() -> bytes:
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _kept(settings: Settings, name: str, make: Callable[[], bytes]) -> bytes:
    path = keystore.folder(settings) / name
    if not path.exists():
        keystore.put(path, make(), over=False)
    return path.read_bytes()
