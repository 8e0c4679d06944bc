"""Invitation: ten letters that a person hands to their therapist. They work once, for 72 hours, and tell nothing."""

from __future__ import annotations

import re
import secrets
import unicodedata
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ForeignKey, Text, delete, func, insert, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column

from exposure.db import Base, Id, Moment, milliseconds
from exposure.errors import Conflict
from exposure.people import Person
from exposure.vault import Vault
from exposure.words import N_

# Without 0, O, 1, I, L and U: read aloud or off paper, no letter is taken for another. 30 ** 10 is 49 bits.
ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LETTERS: Final = 10
OPEN_FOR: Final = timedelta(hours=72)
MOST_OPEN: Final = 5
ENOUGH = N_("Five invitations are open already. You can take one back, and then make another.")


class Invitation(Base):
    """An open invitation; the row goes when it is used, taken back or past its time."""

    __tablename__ = "invitation"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(Text, unique=True)  # a keyed hash
    created: Mapped[datetime] = mapped_column(Moment)
    expires: Mapped[datetime] = mapped_column(Moment, index=True)


@dataclass(frozen=True)
class Made:
    """An invitation just made: the only moment at which its code is known."""

    id: str
    code: str
    expires: datetime


def tidy_code(written: str) -> str:
    """The code as it was meant: any case, full-width letters, dashes and spaces."""
    plain = unicodedata.normalize("NFKC", written).upper()
    return re.sub(r"[^0-9A-Z]", "", plain)


def shown(code: str) -> str:
    """The code as it is shown, in two groups of five."""
    return f"{code[:5]}-{code[5:]}"


def key_of(vault: Vault, written: str) -> str:
    """The keyed hash a written code is found by."""
    return vault.lookup(tidy_code(written), "invitation")


def make(bound: Connection, vault: Vault, person: str, now: datetime) -> Made:
    """A new invitation of this person, inside a write. Raises Conflict when five are open."""
    _sweep(bound, now)
    # Held, so that two phones at once do not make six.
    bound.execute(select(Person.id).where(Person.id == person).with_for_update(key_share=True))
    still = select(func.count()).where(Invitation.person_id == person, Invitation.expires > now)
    if bound.execute(still).scalar_one() >= MOST_OPEN:
        raise Conflict(ENOUGH, code="enough_invitations")
    code = "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))
    made = Made(str(uuid.uuid4()), shown(code), now + OPEN_FOR)
    row = {"id": made.id, "person_id": person, "code": key_of(vault, code), "created": now, "expires": made.expires}
    bound.execute(insert(Invitation).values(**row))
    return made


def open_ones(bound: Connection, person: str, now: datetime) -> list[dict[str, Any]]:
    """This person's open invitations, newest first; the codes are known to nobody any more."""
    found = select(Invitation.id, Invitation.created, Invitation.expires).where(
        Invitation.person_id == person, Invitation.expires > now
    )
    rows = bound.execute(found.order_by(Invitation.created.desc(), Invitation.id))
    return [{"id": r.id, "created": milliseconds(r.created), "expires": milliseconds(r.expires)} for r in rows]


def take_back(bound: Connection, person: str, invitation: str, now: datetime) -> bool:
    """End an invitation, inside a write; whether it was this person's and open."""
    mine = (Invitation.id == invitation, Invitation.person_id == person, Invitation.expires > now)
    return bool(bound.execute(delete(Invitation).where(*mine)).rowcount)


def look(bound: Connection, key: str, now: datetime) -> tuple[str, datetime] | None:
    """Whose open invitation has this keyed code, and until when; or None."""
    open_one = (Invitation.code == key, Invitation.expires > now)
    found = bound.execute(select(Invitation.person_id, Invitation.expires).where(*open_one)).first()
    return None if found is None else (found.person_id, found.expires)


def spend(bound: Connection, key: str, now: datetime) -> str | None:
    """Use an invitation up, inside a write: whose it was, or None. Of two at once, one gets it."""
    used = delete(Invitation).where(Invitation.code == key, Invitation.expires > now)
    return bound.execute(used.returning(Invitation.person_id)).scalar()


def _sweep(bound: Connection, now: datetime) -> None:
    """We keep little: what is past its time goes when another is made."""
    old = select(Invitation.id).where(Invitation.expires <= now).limit(50).with_for_update(skip_locked=True)
    bound.execute(delete(Invitation).where(Invitation.id.in_(old)))
