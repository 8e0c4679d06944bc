"""Sealing what people write: AES-256-GCM, a key per person, wrapped by a master key.

The master key lives outside the database. Deleting a person's wrapped key makes
every copy of their rows unreadable, backups included (reliability T17).

A sealed value is `version(1) | nonce(12) | ciphertext+tag`. Its additional data
names the table, column and row it belongs to, so a ciphertext moved to another
place no longer opens. A column type could not do this: it never learns the row's id.
"""

import base64
import hashlib
import hmac
import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = b"\x01"
NONCE = 12
TAG = 16


class Unopenable(ValueError):
    """A sealed value that this key does not open here."""


def _seal(cipher: AESGCM, plain: bytes, where: tuple[str, ...]) -> bytes:
    nonce = os.urandom(NONCE)
    return VERSION + nonce + cipher.encrypt(nonce, plain, ":".join(where).encode())


def _open(cipher: AESGCM, blob: bytes, where: tuple[str, ...]) -> bytes:
    # Told as every other: one value cut short must not end a round of letters.
    if blob[:1] != VERSION or len(blob) < 1 + NONCE + TAG:
        raise Unopenable("unknown version")
    try:
        return cipher.decrypt(blob[1 : 1 + NONCE], blob[1 + NONCE :], ":".join(where).encode())
    except InvalidTag as error:
        raise Unopenable("wrong key or wrong place") from error


@dataclass(frozen=True)
class PersonKey:
    """One person's data key, unwrapped, for the length of one request."""

    cipher: AESGCM

    def seal(self, text: str, *where: str) -> bytes:
        """Seal `text` for the place named by `where` (table, column, row id)."""
        return _seal(self.cipher, text.encode(), where)

    def open(self, blob: bytes, *where: str) -> str:
        """The text sealed at `where`. Raises Unopenable."""
        return _open(self.cipher, bytes(blob), where).decode()


class Vault:
    """Holds the master key: makes, wraps and opens people's keys, and keyed hashes."""

    def __init__(self, master_key: bytes) -> None:
        if len(master_key) != 32:
            raise ValueError("the master key is 32 bytes")
        self._wrapper = AESGCM(master_key)
        self._pepper = hashlib.sha256(b"ippo lookup:" + master_key).digest()

    def new_person_key(self, person_id: str) -> bytes:
        """A fresh random key for this person, wrapped for the database."""
        return _seal(self._wrapper, AESGCM.generate_key(256), ("person", "key", person_id))

    def opener(self, person_id: str, wrapped: bytes) -> PersonKey:
        """Unwrap a person's key. Raises Unopenable."""
        key = _open(self._wrapper, bytes(wrapped), ("person", "key", person_id))
        return PersonKey(AESGCM(key))

    def lookup(self, text: str, purpose: str) -> str:
        """A keyed hash to find a secret or a name by, without storing it (64 hex characters)."""
        return hmac.new(self._pepper, f"{purpose}:{text}".encode(), "sha256").hexdigest()

    @staticmethod
    def parse_key(text: str) -> bytes:
        """A master key from its written form: 32 bytes in base64url."""
        return base64.urlsafe_b64decode(text.strip() + "=" * (-len(text.strip()) % 4))
