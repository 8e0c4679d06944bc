"""Credential: a way back in. A password with a name of one's own, passkeys, and one recovery code.

A guest has none and needs none. Whoever wants Ippo on another phone adds one, and is then shown a code to keep.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ForeignKey, Integer, LargeBinary, Text, UniqueConstraint, delete, insert, select, update
from sqlalchemy.engine import Connection, Row
from sqlalchemy.orm import Mapped, mapped_column

from exposure.db import Base, Id, Moment

MOST_NAME: Final = 64
CEREMONY: Final = timedelta(minutes=5)

# 32 letters without I, L, O and U, so that a code read aloud or off paper comes back right.
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LETTERS: Final = 25  # 5 bits each: 125 bits
_MISREAD: Final = str.maketrans("OIL", "011")


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
