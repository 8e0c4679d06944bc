"""Mailbox: the mail address a person gave for reminders, if they gave one. Nothing is sent to it until they showed by a
code, which was mailed there, that it is theirs.

The address lies sealed. The secret behind "no more mails" is derived, not stored: it has to stand in every mail.
"""

from __future__ import annotations

import base64
import re
import secrets
import unicodedata
import uuid
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ForeignKey, Integer, LargeBinary, Text, case, delete, literal, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column

from exposure.db import Base, Id, Moment, upsert
from exposure.errors import Trouble
from exposure.vault import PersonKey, Vault
from exposure.words import N_

CODE_LIVES: Final = timedelta(hours=1)
CODE_TRIES: Final = 5
REFUSALS: Final = 3
LONGEST: Final = 254
NONE: Final = {"address": "", "state": "none"}
"""What is told of nobody's."""

# Phones in Japan have had addresses with dots where the standard allows none (a..b.@docomo.ne.jp): so dots are free.
_LOCAL: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}", re.ASCII)
_HOST: Final = re.compile(
    r"([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])", re.ASCII
)


class BadAddress(Trouble):
    """What was typed cannot be a mail address."""

    code = "bad_address"
    status = 400
    detail = N_("This does not look like a mail address. Perhaps a letter is missing.")


class BadCode(Trouble):
    """Not the code that was mailed, or not any more."""

    code = "bad_code"
    status = 400
    detail = N_("This code does not fit. The newest mail has the one that does.")


class Mailbox(Base):
    """A person's mailbox: `confirmed` when its owner showed the code, `stopped` when its server refuses it.

    Where it is to be another, `next_…` waits for its code (`code`, `asked` and `tries` are then of the next one), and
    this one goes on: a letter missing in the new address ends no reminder.
    """

    __tablename__ = "mailbox"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(Id, unique=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    off: Mapped[str] = mapped_column(Text, unique=True)  # keyed hash of the secret that ends it
    code: Mapped[str | None] = mapped_column(Text)  # keyed hash, while one is awaited
    asked: Mapped[datetime] = mapped_column(Moment)
    tries: Mapped[int] = mapped_column(Integer)
    confirmed: Mapped[datetime | None] = mapped_column(Moment)
    refusals: Mapped[int] = mapped_column(Integer)
    stopped: Mapped[datetime | None] = mapped_column(Moment)
    next_id: Mapped[str | None] = mapped_column(Id)
    next_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)


_B = Mailbox.__table__.c


def read_address(text: str) -> str:
    """A mail address as a person typed it, in one form. Raises BadAddress."""
    tidy = unicodedata.normalize("NFKC", text).strip()
    local, _, host = tidy.rpartition("@")
    # Python's own headers decode what begins like an encoded word, line ends and all (RFC 2047): nobody's name does.
    if len(tidy) > LONGEST or "=?" in local or not _LOCAL.fullmatch(local) or not _HOST.fullmatch(host):
        raise BadAddress
    return f"{local}@{host.lower()}"


def box_of(address: str) -> str:
    """What is counted as one mailbox: many of its spellings (a+1@, a.b@) reach the same person."""
    local, _, host = address.lower().rpartition("@")
    return f"{local.partition('+')[0].replace('.', '')}@{host}"


def new_code() -> str:
    """Six digits to mail."""
    return f"{secrets.randbelow(1_000_000):06}"


def keep(
    bound: Connection, vault: Vault, key: PersonKey, *, person_id: str, address: str, code: str, now: datetime
) -> None:
    """Keep an address that `code` was mailed to; one that is on stays so until the code came back. Call in a write."""
    its_id = str(uuid.uuid4())
    sealed = key.seal(address, "mailbox", "sealed", its_id)
    awaited = {"code": vault.lookup(f"{its_id}:{code}", "mailbox-code"), "asked": now, "tries": 0}
    goes_on = (_B.person_id == person_id, _B.confirmed.is_not(None), _B.stopped.is_(None))
    beside = update(Mailbox).where(*goes_on).values(next_id=its_id, next_sealed=sealed, **awaited)
    if bound.execute(beside.returning(_B.id)).first() is None:
        first = _box(vault, its_id, sealed) | awaited | {"person_id": person_id, "confirmed": None}
        upsert(bound, Mailbox, [first], key=("person_id",))


def _box(vault: Vault, its_id: str, sealed: bytes) -> dict[str, Any]:
    """The columns of a mailbox as it begins."""
    fresh = {"refusals": 0, "stopped": None, "next_id": None, "next_sealed": None}
    return {"id": its_id, "sealed": sealed, "off": _hash_of(vault, off_secret(vault, its_id)), **fresh}


def keep_this(bound: Connection, person_id: str) -> None:
    """The next address is not wanted after all: its code opens nothing any more; call in a write."""
    mine = (_B.person_id == person_id, _B.next_id.is_not(None))
    bound.execute(update(Mailbox).where(*mine).values(next_id=None, next_sealed=None, code=None))


def confirm(bound: Connection, vault: Vault, person_id: str, typed: str, now: datetime) -> bool:
    """Whether the code fits; a wrong one counts, and the fifth ends it. Call in a write."""
    code = "".join(sign for sign in unicodedata.normalize("NFKC", typed) if sign.isdigit())
    box = bound.execute(select(Mailbox.__table__).where(_B.person_id == person_id).with_for_update()).first()
    if box is None or box.code is None or box.tries >= CODE_TRIES or now - box.asked > CODE_LIVES:
        return False
    fits = secrets.compare_digest(box.code, vault.lookup(f"{box.next_id or box.id}:{code}", "mailbox-code"))
    news: dict[str, Any] = {"code": None, "confirmed": now} if fits else {"tries": box.tries + 1}
    if fits and box.next_id is not None:
        news |= _box(vault, box.next_id, box.next_sealed)
    bound.execute(update(Mailbox).where(_B.person_id == person_id).values(**news))
    return fits


def told(bound: Connection, key: PersonKey, person_id: str) -> dict[str, str] | None:
    """The address, its state (waiting, on or stopped) and the one that is to follow it; None when there is none."""
    box = bound.execute(select(Mailbox.__table__).where(_B.person_id == person_id)).first()
    if box is None:
        return None
    state = "waiting" if box.confirmed is None else "on" if box.stopped is None else "stopped"
    now = {"address": address_of(key, box.id, box.sealed), "state": state}
    return now if box.next_id is None else now | {"next": address_of(key, box.next_id, box.next_sealed)}


def address_of(key: PersonKey, its_id: str, sealed: bytes) -> str:
    """The address of a mailbox. Raises Unopenable."""
    return key.open(sealed, "mailbox", "sealed", its_id)


def forget(bound: Connection, person_id: str) -> None:
    """No more mails, and the address is gone; call in a write."""
    bound.execute(delete(Mailbox).where(_B.person_id == person_id))


def forget_by(bound: Connection, vault: Vault, secret: str) -> None:
    """The same, for whoever holds the secret of one of its mails; a second time nothing happens. Call in a write."""
    bound.execute(delete(Mailbox).where(_B.off == _hash_of(vault, secret)))


def is_open(bound: Connection, vault: Vault, secret: str) -> bool:
    """Whether this secret ends anything; a read, so that whoever makes secrets up holds nobody up."""
    return bound.execute(select(_B.id).where(_B.off == _hash_of(vault, secret))).first() is not None


def off_secret(vault: Vault, its_id: str) -> str:
    """What stands in every mail to this mailbox and ends it."""
    return base64.urlsafe_b64encode(bytes.fromhex(vault.lookup(its_id, "mailbox-off"))).rstrip(b"=").decode()


def note_refusals(bound: Connection, ids: list[str], now: datetime) -> None:
    """The mail server says there is no such mailbox: the third time it rests until the person looks. In a write."""
    if not ids:
        return
    more = _B.refusals + 1
    stopped = case((more >= REFUSALS, literal(now, Moment)), else_=_B.stopped)
    bound.execute(update(Mailbox).where(_B.id.in_(ids)).values(refusals=more, stopped=stopped))


def note_arrivals(bound: Connection, ids: list[str]) -> None:
    """Mail is taken there again; call in a write."""
    if ids:
        bound.execute(update(Mailbox).where(_B.id.in_(ids), _B.refusals > 0).values(refusals=0))


def _hash_of(vault: Vault, secret: str) -> str:
    return vault.lookup(secret, "mailbox-off-hash")
