"""Credential: a way back in. A password with a name of one's own, passkeys, and one recovery code.

A guest has none and needs none. Whoever wants Ippo on another phone adds one, and is then shown a code to keep.
"""

from __future__ import annotations

import re
import secrets
import threading
import unicodedata
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import ForeignKey, Integer, LargeBinary, Text, UniqueConstraint, delete, insert, select, update
from sqlalchemy.engine import Connection, Row
from sqlalchemy.orm import Mapped, mapped_column

from exposure.db import Base, Id, Moment
from exposure.errors import Busy
from exposure.lazily import lazily
from exposure.turns import resting

if TYPE_CHECKING:
    import zxcvbn
else:
    zxcvbn = lazily("zxcvbn")  # its lists of words are 12 MB, which most processes never open

LEAST_PASSWORD: Final = 12
MOST_PASSWORD: Final = 256
MOST_NAME: Final = 64
CEREMONY: Final = timedelta(minutes=5)
# Fewer guesses than this and it is on, or next to, every list of common passwords (zxcvbn's lists).
LEAST_GUESSES_LOG10: Final = 8.0
# What somebody would try first at this door (ASVS 6.1.2); beside the person's own name.
OUR_WORDS: Final = ("ippo", "exposure", "ladder", "therapist", "一歩", "いっぽ", "はしご", "治療")
# zxcvbn tries every reading of signs that stand for letters (@ for a, $ for s): with ten kinds of them it thinks for
# seconds. Digits are cheap; of the other signs it is shown three kinds, and 32 letters in all: 0.1 s at the very worst.
_JUDGED_LETTERS: Final = 32
_JUDGED_SIGNS: Final = 3
_SIGNS: Final = frozenset("@({[<!|$+%")

# 32 letters without I, L, O and U, so that a code read aloud or off paper comes back right.
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LETTERS: Final = 25  # 5 bits each: 125 bits
_MISREAD: Final = str.maketrans("OIL", "011")

# OWASP's floor: 19 MiB, two passes, one lane. Two at once bound the memory, also while being hammered.
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)
_TWO: Final = threading.BoundedSemaphore(2)
_WAIT_SECONDS: Final = 10.0
# zxcvbn keeps the name in a table all threads share; and it is loaded by whoever comes first.
_JUDGE: Final = threading.Lock()
# Verified when the name is unknown, so that knowing and not knowing take the same time.
_NOBODY: Final = _HASHER.hash(secrets.token_urlsafe(32))


class Credential(Base):
    """One way in. `lookup` is a keyed hash of what finds it: the name, the passkey's id, the code."""

    __tablename__ = "credential"
    __table_args__ = (UniqueConstraint("kind", "lookup"), Base.__table_args__)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(Text)  # password | passkey | recovery
    lookup: Mapped[str] = mapped_column(Text)
    secret: Mapped[bytes] = mapped_column(LargeBinary)  # argon2 text | passkey's public key | nothing
    sign_count: Mapped[int] = mapped_column(Integer, default=0)
    created: Mapped[datetime] = mapped_column(Moment)
    used: Mapped[datetime | None] = mapped_column(Moment)


class Ceremony(Base):
    """A passkey's challenge, waiting to be answered once."""

    __tablename__ = "ceremony"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    challenge: Mapped[bytes] = mapped_column(LargeBinary)
    expires: Mapped[datetime] = mapped_column(Moment, index=True)


def tidy_name(name: str) -> str:
    """The form in which a sign-in name is compared: width, case and spaces at the ends do not matter."""
    return unicodedata.normalize("NFKC", name).casefold().strip()


def tidy_password(password: str) -> str:
    """Composed and decomposed letters look the same on every keyboard, so they are the same here."""
    return unicodedata.normalize("NFC", password)


def too_common(password: str, name: str) -> bool:
    """Whether a guesser would come to it soon: common passwords, keyboard rows, repeats, our words, the name.

    Raises Busy when too many ask at once.
    """
    kinds: dict[str, int] = {}
    beginning = _judged(password, kinds)
    with _Turn(), _JUDGE:
        found = zxcvbn.zxcvbn(beginning, user_inputs=[*OUR_WORDS, _judged(name, kinds)])
    return float(found["guesses_log10"]) < LEAST_GUESSES_LOG10


def _judged(text: str, kinds: dict[str, int]) -> str:
    """What zxcvbn is shown: the beginning, in which signs past the third kind become signs it knows nothing about."""
    # Another sign for each, so that a row of different ones does not turn into an easy repeat.
    return "".join(
        letter
        if letter not in _SIGNS or kinds.setdefault(letter, len(kinds)) < _JUDGED_SIGNS
        else chr(0xE000 + ord(letter))
        for letter in text[:_JUDGED_LETTERS]
    )


def hashed(password: str) -> bytes:
    """The argon2id text to store. Raises Busy when too many are being hashed."""
    with _Turn():
        return _HASHER.hash(tidy_password(password)).encode("ascii")


def fits(stored: bytes | None, password: str) -> bool:
    """Whether `password` is the one hashed in `stored`; None costs the same time and never fits. Raises Busy."""
    text = _NOBODY if stored is None else stored.decode("ascii")
    with _Turn():
        try:
            _HASHER.verify(text, tidy_password(password))
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None


def is_old(stored: bytes) -> bool:
    """Whether the hash was made with weaker settings than today's."""
    return _HASHER.check_needs_rehash(stored.decode("ascii"))


class _Turn:
    """One of two places at the hashing bench."""

    def __enter__(self) -> None:
        with resting():
            free = _TWO.acquire(timeout=_WAIT_SECONDS)
        if not free:
            raise Busy(5)

    def __exit__(self, *_: object) -> None:
        _TWO.release()


def new_code() -> str:
    """A recovery code of 125 random bits, in five groups of five."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LETTERS))
    return "-".join(letters[at : at + 5] for at in range(0, CODE_LETTERS, 5))


def tidy_code(written: str) -> str:
    """A code as it was meant: full-width letters, small letters, spaces, O for 0 and I for 1 are understood."""
    plain = unicodedata.normalize("NFKC", written).upper()
    return re.sub(r"[^0-9A-Z]", "", plain).translate(_MISREAD)


def add(
    bound: Connection, person: str, kind: str, lookup: str, now: datetime, *, secret: bytes = b"", signs: int = 0
) -> None:
    """Store a credential, inside a write. A second one with the same kind and lookup breaks the unique rule."""
    row = {"id": str(uuid.uuid4()), "person_id": person, "kind": kind, "lookup": lookup, "secret": secret}
    bound.execute(insert(Credential).values(**row, sign_count=signs, created=now))


def find(bound: Connection, kind: str, lookup: str) -> Row[str, str, bytes, int] | None:
    """(id, person_id, secret, sign_count) of the credential found by this, or None."""
    return bound.execute(
        select(Credential.id, Credential.person_id, Credential.secret, Credential.sign_count).where(
            Credential.kind == kind, Credential.lookup == lookup
        )
    ).first()


def kinds_of(bound: Connection, person: str) -> dict[str, int]:
    """How many credentials of each kind this person has."""
    kinds = bound.execute(select(Credential.kind).where(Credential.person_id == person)).scalars().all()
    return {kind: kinds.count(kind) for kind in set(kinds)}


def listed(bound: Connection, person: str, kind: str) -> Sequence[Row[str, datetime, datetime | None]]:
    """(id, created, used) of this person's credentials of one kind, oldest first."""
    found = select(Credential.id, Credential.created, Credential.used).where(
        Credential.person_id == person, Credential.kind == kind
    )
    return bound.execute(found.order_by(Credential.created, Credential.id)).all()


def remove(bound: Connection, person: str, kind: str, credential: str) -> bool:
    """Take away one credential of this person, inside a write; whether there was such a one."""
    mine = (Credential.id == credential, Credential.person_id == person, Credential.kind == kind)
    return bool(bound.execute(delete(Credential).where(*mine)).rowcount)


def passkeys_of(bound: Connection, person: str) -> list[str]:
    """The lookups of this person's passkeys."""
    found = select(Credential.lookup).where(Credential.person_id == person, Credential.kind == "passkey")
    return list(bound.execute(found).scalars())


def used(
    bound: Connection, credential: str, now: datetime, *, secret: bytes | None = None, signs: int | None = None
) -> bool:
    """Note that a credential was used, inside a write, with a renewed hash or a passkey's new count; was it there?"""
    values: dict[str, object] = {"used": now}
    if secret is not None:
        values["secret"] = secret
    if signs is not None:
        values["sign_count"] = signs
    return bool(bound.execute(update(Credential).where(Credential.id == credential).values(**values)).rowcount)


def forget(bound: Connection, person: str, kind: str) -> int:
    """Take away every credential of this kind; how many there were."""
    gone = bound.execute(delete(Credential).where(Credential.person_id == person, Credential.kind == kind))
    return gone.rowcount


def spend_code(bound: Connection, lookup: str) -> str | None:
    """Use up a recovery code, inside a write: whose it was, or None. Of two at once, one gets it."""
    return bound.execute(
        delete(Credential)
        .where(Credential.kind == "recovery", Credential.lookup == lookup)
        .returning(Credential.person_id)
    ).scalar()


def open_ceremony(bound: Connection, ceremony: str, person: str | None, challenge: bytes, now: datetime) -> None:
    """Remember a challenge for five minutes; forgotten ones are swept on the way."""
    bound.execute(delete(Ceremony).where(Ceremony.expires <= now))
    bound.execute(insert(Ceremony).values(id=ceremony, person_id=person, challenge=challenge, expires=now + CEREMONY))


def close_ceremony(bound: Connection, ceremony: str, person: str | None, now: datetime) -> bytes | None:
    """The challenge of this ceremony, once; None when it is unknown, used, late or somebody else's."""
    found = bound.execute(
        delete(Ceremony)
        .where(Ceremony.id == ceremony)
        .returning(Ceremony.person_id, Ceremony.challenge, Ceremony.expires)
    ).first()
    if found is None or found.expires <= now or found.person_id != person:
        return None
    return bytes(found.challenge)
