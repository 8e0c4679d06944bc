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
    """A person's mailbox: `confirmed` when its owner showed the code, `stopped` when its server refuses it."""

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
    """Keep an address that `code` was mailed to, in the place of the one before; call in a write."""
    its_id = str(uuid.uuid4())
    new = {
        "person_id": person_id,
        "id": its_id,
        "sealed": key.seal(address, "mailbox", "sealed", its_id),
        "off": _hash_of(vault, off_secret(vault, its_id)),
        "code": vault.lookup(f"{its_id}:{code}", "mailbox-code"),
        "asked": now,
        "tries": 0,
        "confirmed": None,
        "refusals": 0,
        "stopped": None,
    }
    upsert(bound, Mailbox, [new], key=("person_id",))


def confirm(bound: Connection, vault: Vault, person_id: str, typed: str, now: datetime) -> bool:
    """Whether the code fits; a wrong one counts, and the fifth ends it. Call in a write."""
    code = "".join(sign for sign in unicodedata.normalize("NFKC", typed) if sign.isdigit())
    found = bound.execute(select(_B.id, _B.code, _B.asked, _B.tries).where(_B.person_id == person_id).with_for_update())
    box = found.first()
    if box is None or box.code is None or box.tries >= CODE_TRIES or now - box.asked > CODE_LIVES:
        return False
    fits = secrets.compare_digest(box.code, vault.lookup(f"{box.id}:{code}", "mailbox-code"))
    news: dict[str, Any] = {"code": None, "confirmed": now} if fits else {"tries": box.tries + 1}
    bound.execute(update(Mailbox).where(_B.person_id == person_id).values(**news))
    return fits


def told(bound: Connection, key: PersonKey, person_id: str) -> dict[str, str] | None:
    """The address, and its state: waiting, on or stopped; None when there is none."""
    box = bound.execute(select(_B.id, _B.sealed, _B.confirmed, _B.stopped).where(_B.person_id == person_id)).first()
    if box is None:
        return None
    state = "waiting" if box.confirmed is None else "on" if box.stopped is None else "stopped"
    return {"address": address_of(key, box.id, box.sealed), "state": state}


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
