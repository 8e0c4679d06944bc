"""Login: one device that is signed in. The row decides; the cookie only names it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Text, bindparam, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column

from exposure.db import Base, Id, Moment, Sealed, milliseconds, moment
from exposure.people import Person
from exposure.ready import Ready

# A guest has no other way back in, and coming back after a year is to be like coming back
# after a day (rule G5): so the row lives as long as browsers keep a cookie, renewed by use.
LIFETIME = timedelta(days=400)
# A therapist reads what others entrusted to them: half a day from signing in, however busy (ASVS 7.3).
WORKDAY = timedelta(hours=12)
SEEN_EVERY = timedelta(hours=1)


class Login(Base):
    """A signed-in device: who, on what, since when, until when."""

    __tablename__ = "login"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(Text, unique=True)
    device: Mapped[bytes] = mapped_column(Sealed, default=b"")
    created: Mapped[datetime] = mapped_column(Moment)
    seen: Mapped[datetime] = mapped_column(Moment)
    expires: Mapped[datetime] = mapped_column(Moment)
    proved: Mapped[datetime | None] = mapped_column(Moment)
    # Of a therapist: how the second factor was shown here, and when last.
    factor: Mapped[str | None] = mapped_column(Text)  # totp | passkey
    raised: Mapped[datetime | None] = mapped_column(Moment)


@dataclass(frozen=True, slots=True)
class Visitor:
    """The person asking, as one request knows them; answers Flask-Login's four questions."""

    person: str
    login: str
    kind: str
    language: str
    zone: str
    key_wrapped: bytes
    seen: datetime
    expires: datetime
    factor: str
    raised: datetime | None

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        return self.login

    @property
    def is_therapist(self) -> bool:
        return self.kind == "therapist"


def token_hash(token: str) -> str:
    """What is stored of a cookie's token; the token itself is 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


_FIND = Ready(
    select(
        Login.person_id,
        Login.id,
        Person.kind,
        Person.language,
        Person.zone,
        Person.key_wrapped,
        Login.seen,
        Login.expires,
        Login.factor,
        Login.raised,
    )
    .join(Person, Person.id == Login.person_id)
    .where(Login.token_hash == bindparam("token_hash"), Login.expires > bindparam("now"))
)


def lifetime(kind: str) -> timedelta:
    """How long a login of such a person lasts."""
    return WORKDAY if kind == "therapist" else LIFETIME


def visitor_of(bound: Connection, token: str, now: datetime) -> Visitor | None:
    """Who holds this token, in one statement; None when it is unknown, ended or past its time."""
    found = _FIND.rows(bound, token_hash=token_hash(token), now=milliseconds(now))
    if not found:
        return None
    person, login, kind, language, zone, key, seen, expires, factor, raised = found[0]
    up = None if raised is None else moment(raised)
    return Visitor(person, login, kind, language, zone, key, moment(seen), moment(expires), factor or "", up)


def is_there(bound: Connection, login: str) -> bool:
    """Whether this login has not ended."""
    return bound.execute(select(Login.id).where(Login.id == login)).first() is not None


def touch(bound: Connection, visitor: Visitor, now: datetime) -> None:
    """Renew a login that is in use (called at most once an hour, inside a write)."""
    expires = visitor.expires if visitor.is_therapist else now + LIFETIME
    bound.execute(update(Login).where(Login.id == visitor.login).values(seen=now, expires=expires))


def rename(bound: Connection, login: str, token: str) -> None:
    """Know this device by another token from now on, inside a write: copies of the one before open nothing any more."""
    bound.execute(update(Login).where(Login.id == login).values(token_hash=token_hash(token)))
