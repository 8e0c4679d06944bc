"""Sealing what people write: AES-256-GCM, a key per person, wrapped by a master key.

The master key lives outside the database. A backup holds no person's key (`keystore`
does), so deleting a person's key makes every copy of their rows unreadable (reliability T17).

A sealed value is `version(1) | nonce(12) | ciphertext+tag`. Its additional data
names the table, column and row it belongs to, so a ciphertext moved to another
place no longer opens. A column type could not do this: it never learns the row's id.
"""

import base64
import contextlib
import hashlib
import hmac
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = b"\x01"
NONCE = 12
TAG = 16
LOOKUP = "lookup"


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
    """Holds the master keys, newest first: makes, wraps and opens people's keys, and keyed hashes.

    There is one, but while it is being turned (`turning`): then what was wrapped by an older one opens still. `ring`
    is asked again whenever something does not open, and before each new key is wrapped, so that a process that was
    there before the turning goes on. `kept` gives the sealed key of the keyed hashes, once a turning has set it apart.
    """

    def __init__(self, ring: Callable[[], Sequence[bytes]], kept: Callable[[], bytes | None] = lambda: None) -> None:
        self._ring, self._kept = ring, kept
        self._wrappers: list[AESGCM] = []
        self._masters: tuple[bytes, ...] = ()
        self._pepper = b""
        self.look()

    def look(self) -> bool:
        """Take the ring as it is now; whether it is another."""
        masters = tuple(self._ring())
        if not masters or any(len(master) != 32 for master in masters):
            raise ValueError("the master key is 32 bytes")
        if masters == self._masters:
            return False
        self._wrappers, self._masters = [AESGCM(master) for master in masters], masters
        return True

    def new_person_key(self, person_id: str) -> bytes:
        """A fresh random key for this person, wrapped for the database."""
        self.look()
        return _seal(self._wrappers[0], AESGCM.generate_key(256), ("person", "key", person_id))

    def opener(self, person_id: str, wrapped: bytes) -> PersonKey:
        """Unwrap a person's key. Raises Unopenable."""
        return PersonKey(AESGCM(self._unwrap(bytes(wrapped), ("person", "key", person_id))))

    def turned(self, person_id: str, wrapped: bytes) -> bytes:
        """The same key of the same person, wrapped by the newest master key. Raises Unopenable."""
        return self._turned(bytes(wrapped), ("person", "key", person_id))

    def _turned(self, blob: bytes, where: tuple[str, ...]) -> bytes:
        plain = self._unwrap(blob, where)
        with contextlib.suppress(Unopenable):
            _open(self._wrappers[0], blob, where)
            return blob
        return _seal(self._wrappers[0], plain, where)

    def _unwrap(self, blob: bytes, where: tuple[str, ...]) -> bytes:
        for wrapper in self._wrappers:
            with contextlib.suppress(Unopenable):
                return _open(wrapper, blob, where)
        if self.look():
            return self._unwrap(blob, where)
        raise Unopenable("wrong key or wrong place")

    def pepper(self, kept: bytes | None = None) -> bytes:
        """The key of the keyed hashes, sealed by the newest master key: what stays the same when that one turns."""
        where = ("house_key", "sealed", LOOKUP)
        return self._turned(kept, where) if kept else _seal(self._wrappers[0], self._pepper_now(), where)

    def _pepper_now(self) -> bytes:
        if not self._pepper:
            kept = self._kept()
            # Before the first turning there is one master key, and it follows from that.
            first = hashlib.sha256(b"ippo lookup:" + self._masters[-1]).digest()
            self._pepper = first if kept is None else self._unwrap(bytes(kept), ("house_key", "sealed", LOOKUP))
        return self._pepper

    def lookup(self, text: str, purpose: str) -> str:
        """A keyed hash to find a secret or a name by, without storing it (64 hex characters)."""
        return hmac.new(self._pepper_now(), f"{purpose}:{text}".encode(), "sha256").hexdigest()

    @staticmethod
    def parse_key(text: str) -> bytes:
        """A master key from its written form: 32 bytes in base64url."""
        return base64.urlsafe_b64decode(text.strip() + "=" * (-len(text.strip()) % 4))
