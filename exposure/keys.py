"""Keys of the house: made at the first start, mode 0600, never overwritten.

The master key wraps people's keys; the VAPID pair signs pushes. Losing the first makes
the database unreadable, losing the second ends every push subscription: back up both.
"""

import base64
import os
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from exposure import keystore
from exposure.config import Settings
from exposure.vault import Vault

MASTER = "master.key"


@dataclass(frozen=True)
class VapidKeys:
    """The pair that signs pushes: PEM private and public, and the key a browser subscribes with."""

    private_pem: bytes
    public_pem: bytes
    application_key: str


def master_keys(settings: Settings) -> tuple[bytes, ...]:
    """The keys of 32 bytes that wrap people's keys, newest first: from the environment, else from the data folder.

    More than one only while they are being turned (see `turning`).
    """
    if settings.master_key:
        written = settings.master_key.split(",")
    else:
        written = _kept(settings, MASTER, new_master).decode().split()
    return tuple(Vault.parse_key(text) for text in written)


def new_master() -> bytes:
    """A fresh master key as it is written."""
    return base64.urlsafe_b64encode(os.urandom(32))


def keep_masters(settings: Settings, *written: bytes) -> None:
    """Write the ring of master keys into the data folder, newest first."""
    keystore.put(keystore.folder(settings) / MASTER, b"\n".join(written))


def vapid_keys(settings: Settings) -> VapidKeys:
    """The VAPID pair from the data folder, made when there is none."""
    private_pem = _kept(settings, "vapid.pem", _new_vapid_pem)
    private = serialization.load_pem_private_key(private_pem, None)
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
