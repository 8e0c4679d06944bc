"""TOTP: a therapist's second factor from an app on their own phone, with ten codes for the day that phone is lost.

RFC 6238 by the `pyotp` package. The secret lies sealed under the person's key. A code opens once: what was used is
remembered by its half minute, so that whoever reads it over a shoulder is too late.
"""

from __future__ import annotations

import hmac
import secrets
import unicodedata
from datetime import datetime
from typing import Final

import pyotp
from sqlalchemy import ForeignKey, Integer, Text, delete, func, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column

from exposure.credentials import ALPHABET, tidy_code
from exposure.db import Base, Id, Sealed, upsert
from exposure.vault import PersonKey, Vault

SECONDS: Final = 30
AROUND: Final = (0, -1, 1)  # a phone's clock may be off by half a minute
CODES: Final = 10
CODE_LETTERS: Final = 10  # 50 bits, behind a limit on tries


class Totp(Base):
    """One person's secret: the one in use, and one that waits to be confirmed with its first code."""

    __tablename__ = "totp"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    secret: Mapped[bytes | None] = mapped_column(Sealed)
    fresh: Mapped[bytes | None] = mapped_column(Sealed)
    used: Mapped[int] = mapped_column(Integer, default=0)  # the half minute of the last code, counted from 1970


class FactorCode(Base):
    """A code to keep on paper, instead of the app, once. Only a keyed hash is stored."""

    __tablename__ = "factor_code"

    lookup: Mapped[str] = mapped_column(Text, primary_key=True)
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("person.id", ondelete="CASCADE"), index=True)


def begin(bound: Connection, key: PersonKey, person: str) -> str:
    """A new secret that waits for its first code, inside a write. An older one in use stays in use until then."""
    secret: str = pyotp.random_base32()
    fresh = key.seal(secret, "totp", "fresh", person)
    upsert(bound, Totp, [{"person_id": person, "fresh": fresh}], key=("person_id",))
    return secret


def address(secret: str, name: str) -> str:
    """What the app on the phone reads out of the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="Ippo")


def shown(secret: str, now: datetime) -> str:
    """What an app with this secret shows now."""
    return str(pyotp.TOTP(secret).at(now))


def confirm(bound: Connection, key: PersonKey, person: str, written: str, now: datetime) -> bool:
    """Take the waiting secret into use when this is its code, inside a write."""
    sealed = bound.execute(select(Totp.fresh).where(Totp.person_id == person).with_for_update()).scalar()
    step = None if sealed is None else _step(key.open(sealed, "totp", "fresh", person), written, now)
    if sealed is None or step is None:
        return False
    secret = key.seal(key.open(sealed, "totp", "fresh", person), "totp", "secret", person)
    bound.execute(update(Totp).where(Totp.person_id == person).values(secret=secret, fresh=None, used=step))
    return True


def opens(bound: Connection, key: PersonKey, person: str, written: str, now: datetime) -> bool:
    """Whether this is the code of this half minute, used up by being shown; inside a write."""
    sealed = bound.execute(select(Totp.secret).where(Totp.person_id == person)).scalar()
    step = None if sealed is None else _step(key.open(sealed, "totp", "secret", person), written, now)
    if step is None:
        return False
    # Of two at once with the same code, one gets in.
    later = update(Totp).where(Totp.person_id == person, Totp.used < step).values(used=step)
    return bool(bound.execute(later).rowcount)


def _step(secret: str, written: str, now: datetime) -> int | None:
    """The half minute whose code this is, near `now`."""
    code = "".join(unicodedata.normalize("NFKC", written).split())
    current = int(now.timestamp()) // SECONDS
    app = pyotp.TOTP(secret)
    fitting = [current + off for off in AROUND if _same(app.generate_otp(current + off), code)]
    return fitting[0] if fitting else None


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def in_use(bound: Connection, person: str) -> bool:
    """Whether this person shows codes of an app."""
    return bound.execute(select(Totp.secret).where(Totp.person_id == person)).scalar() is not None


def remove(bound: Connection, person: str) -> bool:
    """Take the secret and its paper codes away, inside a write; whether there was one in use."""
    there = in_use(bound, person)
    bound.execute(delete(Totp).where(Totp.person_id == person))
    bound.execute(delete(FactorCode).where(FactorCode.person_id == person))
    return there


def new_codes(bound: Connection, vault: Vault, person: str) -> list[str]:
    """Ten codes to keep on paper, inside a write; older ones end. They are told here once."""
    bound.execute(delete(FactorCode).where(FactorCode.person_id == person))
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(CODE_LETTERS)) for _ in range(CODES)]
    bound.execute(insert(FactorCode), [{"lookup": _lookup(vault, person, c), "person_id": person} for c in codes])
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def spend_code(bound: Connection, vault: Vault, person: str, written: str) -> bool:
    """Use up one of this person's paper codes, inside a write; whether it was one."""
    mine = (FactorCode.lookup == _lookup(vault, person, tidy_code(written)), FactorCode.person_id == person)
    return bool(bound.execute(delete(FactorCode).where(*mine)).rowcount)


def codes_left(bound: Connection, person: str) -> int:
    """How many paper codes have not been used."""
    return bound.execute(select(func.count()).where(FactorCode.person_id == person)).scalar_one()


def _lookup(vault: Vault, person: str, code: str) -> str:
    return vault.lookup(f"{person}:{code}", "factor")
