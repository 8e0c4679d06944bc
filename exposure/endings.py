"""Ending: what was ended for good, and must stay so when an older database is laid back.

Triggers (migrations 0011, 0012) write a row here in the very transaction in which something ends. The clock hands the
rows over to the ledger beside the keys (`keystore`), within ten seconds; a restore reads the ledger and ends it all
again.
"""

from __future__ import annotations

import base64
import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Text, delete, insert, inspect, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column

from exposure import consents, keystore, terms
from exposure.calendars import CalendarAddress
from exposure.config import Settings
from exposure.consents import Consent
from exposure.credentials import Credential
from exposure.db import Base, Moment, connection, is_postgres, milliseconds, moment, writing
from exposure.errors import NotFound
from exposure.invitations import Invitation
from exposure.keystore import Ended
from exposure.laid import lay
from exposure.logins import Login
from exposure.mailboxes import Mailbox
from exposure.people import Person
from exposure.spaces import Membership, Space
from exposure.subscriptions import Subscription
from exposure.totp import FactorCode
from exposure.vault import Vault

# Nothing else is to be done with these than to take the row away again.
_ROWS: Final = {
    "login": Login.id,
    "subscription": Subscription.id,
    "invitation": Invitation.id,
    "factor_code": FactorCode.lookup,
    "credential": Credential.id,
    "calendar": CalendarAddress.lookup,
    "mailbox": Mailbox.id,
}
_WIDTH: Final = {"none": 0, "chosen": 1, "all": 2}


class Ending(Base):
    """Something that ended and is not in the ledger yet."""

    __tablename__ = "ending"

    what: Mapped[str] = mapped_column(Text, primary_key=True)
    which: Mapped[str] = mapped_column(Text, primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)


def hand_over(settings: Settings) -> int:
    """Write what ended into the ledger and let go of the rows; how many there were. Not inside a write.

    The ledger comes first: whoever is killed in between notes the same lines twice, which does no harm.
    """
    if connection().execute(select(Ending.what).limit(1)).first() is None:
        return 0
    with writing() as bound:
        taken = delete(Ending).returning(Ending.what, Ending.which, Ending.at)
        lines = [_line(bound, *row) for row in bound.execute(taken)]
        lines.sort(key=lambda line: (line.at, line.what, line.which))
        keystore.note(settings, lines)
        if any(line.what == "person" for line in lines) and keystore.held(settings):
            keystore.hold(settings, {})
    return len(lines)


def _line(bound: Connection, what: str, which: str, at: datetime) -> Ended:
    """The line, and with it what stands now where something else took the place of what ended."""
    stands: Any = None
    if what == "password":
        mine = (Credential.person_id == which, Credential.kind == "password")
        now = bound.execute(select(Credential.lookup, Credential.secret).where(*mine)).first()
        stands = None if now is None else [now.lookup, base64.b64encode(bytes(now.secret)).decode()]
    if what == "token":
        stands = bound.execute(select(Login.token_hash).where(Login.id == which)).scalar()
    if what == "terms":
        said = bound.execute(select(Consent.entries, Consent.messages).where(Consent.id == which)).first()
        stands = None if said is None else [said.entries, bool(said.messages)]
    return Ended(what, which, milliseconds(at), stands)


def end_again(bound: Connection, vault: Vault, ledger: Iterable[Ended], now: datetime) -> int:
    """End in this database what the ledger says was ended, inside a write; how many rows were still there."""
    lines = list(ledger)
    found = sum(_erase(bound, line) for line in lines if line.what == "person")
    changed: set[str] = set()
    for line in lines:
        if line.what in _ROWS:
            column = _ROWS[line.what]
            found += bound.execute(delete(column.class_).where(column == line.which)).rowcount
        elif line.what == "password":
            found += _password(bound, line)
        elif line.what == "token":
            found += _token(bound, line)
        elif line.what == "membership":
            found += _place(bound, line, changed)
        elif line.what == "terms":
            found += _terms(bound, line, changed)
    for line in lines:
        if line.what == "consent":
            found += _withdraw(bound, vault, line)
    for consent in sorted(changed):
        _mirror(bound, vault, consent, now)
    # What was just done is in the ledger: these rows would only say it once more.
    bound.execute(delete(Ending))
    return found


def take_orphans(bound: Connection) -> int:
    """Take away what belongs to nobody who is there, inside a write; how many rows.

    For a PostgreSQL dump whose people were laid back from a newer copy of the keys, before it gets its pointers back.
    """
    there, taken = set(inspect(bound).get_table_names()), 0
    if is_postgres(bound):
        bound.exec_driver_sql("SET LOCAL statement_timeout = 0")
    for table in Base.metadata.sorted_tables:  # parents first, so that once round is enough
        for column in table.columns:
            for key in column.foreign_keys:
                if table.name in there and key.ondelete == "CASCADE":
                    parents = select(key.column)
                    taken += bound.execute(delete(table).where(column.is_not(None), column.not_in(parents))).rowcount
    return taken


def _erase(bound: Connection, line: Ended) -> int:
    # Whoever began again with the same id lives on.
    theirs = (Person.id == line.which, Person.created <= moment(line.at))
    return bound.execute(delete(Person).where(*theirs)).rowcount


def _password(bound: Connection, line: Ended) -> int:
    """The newest password, in place of one that opens nothing any more; nobody is shut out, and no thief let in."""
    owner = (Credential.person_id == line.which, Credential.kind == "password")
    stands = bound.execute(select(Credential.lookup, Credential.secret).where(*owner)).first()
    if stands is not None and line.now == [stands.lookup, base64.b64encode(bytes(stands.secret)).decode()]:
        return 0
    found = bound.execute(delete(Credential).where(*owner)).rowcount
    if found and line.now:
        lookup, secret = line.now
        new = {"id": str(uuid.uuid4()), "person_id": line.which, "kind": "password", "lookup": lookup}
        kept = {"secret": base64.b64decode(secret), "sign_count": 0, "created": moment(line.at)}
        bound.execute(insert(Credential).values(**new, **kept))
    return found


def _token(bound: Connection, line: Ended) -> int:
    """The newest token of a login, in place of one of which there may be a copy; the device itself goes on."""
    if line.now is None:  # it ended since, and there is a line of that
        return 0
    another = (Login.id == line.which, Login.token_hash != line.now)
    return bound.execute(update(Login).where(*another).values(token_hash=line.now)).rowcount


def _place(bound: Connection, line: Ended, changed: set[str]) -> int:
    open_still = (Membership.id == line.which, Membership.until.is_(None), Membership.since <= moment(line.at))
    over = update(Membership).where(*open_still).values(until=moment(line.at), together_until=None)
    row = bound.execute(over.returning(Membership.space_id, Membership.person_id)).first()
    if row is None:
        return 0
    owner = select(Space.owner_id).where(Space.id == row.space_id).scalar_subquery()
    links = select(Consent.id).where(Consent.therapist_id == row.person_id, Consent.person_id == owner)
    changed.update(bound.execute(links).scalars())
    return 1


def _terms(bound: Connection, line: Ended, changed: set[str]) -> int:
    had = bound.execute(select(Consent.entries, Consent.messages).where(Consent.id == line.which)).first()
    if had is None or not line.now:
        return 0
    entries, messages = min(had.entries, line.now[0], key=_WIDTH.__getitem__), bool(had.messages and line.now[1])
    if (entries, messages) == (had.entries, bool(had.messages)):
        return 0
    bound.execute(update(Consent).where(Consent.id == line.which).values(entries=entries, messages=messages))
    changed.add(line.which)
    return 1


def _withdraw(bound: Connection, vault: Vault, line: Ended) -> int:
    person = bound.execute(select(Consent.person_id).where(Consent.id == line.which)).scalar()
    if person is None:
        return 0
    try:
        terms.withdraw(bound, vault, person, line.which, moment(line.at))
    except NotFound:  # it was withdrawn then already
        return 0
    return 1


def _mirror(bound: Connection, vault: Vault, consent: str, now: datetime) -> None:
    """What the person's own phone is told of the link, as it stands now."""
    row = bound.execute(select(Consent.__table__).where(Consent.id == consent)).one()
    wrapped = bound.execute(select(Person.key_wrapped).where(Person.id == row.person_id)).scalar_one()
    key = vault.opener(row.person_id, wrapped)
    private = consents.private_of(bound, row.person_id)
    lay(bound, key, [consents.mirror(bound, key, consent, private, now)], row.therapist_id)
