"""Visit: somebody looked. One line for each look of a therapist, in the person's own access log, written before the
words leave the house. Nobody has a way to change or delete a line, the person neither."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ForeignKey, Index, Text, bindparam, func, insert, or_, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column

from exposure import consents
from exposure.db import Base, Id, Moment, Sealed, milliseconds
from exposure.errors import NotAllowed
from exposure.logins import Visitor
from exposure.people import Person
from exposure.ready import Ready, plain
from exposure.rows import SyncedRow, unseal
from exposure.vault import PersonKey, Vault
from exposure.words import N_

WITHIN: Final = timedelta(minutes=10)  # looking on is the same look
MOST_OPENED: Final = 30  # different people in that time, with one showing of the second factor
PAGE: Final = 50
LIST: Final = "list"
STEP_UP = N_("Many people were opened in a short time. Please show your second key once more.")


class Visit(Base):
    """One look: from when until when, through which consent, at what."""

    __tablename__ = "visit"
    __table_args__ = (
        Index("visit_of_person", "person_id", "at"),
        Index("visit_of_therapist", "therapist_id", "until"),
        Base.__table_args__,
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    # No foreign keys: the line stays when the therapist, their login or their consent are no more.
    therapist_id: Mapped[str] = mapped_column(Id)
    login_id: Mapped[str] = mapped_column(Id)
    consent_id: Mapped[str] = mapped_column(Id)
    what: Mapped[str] = mapped_column(Text)  # list | overview | entries | ladder | history | messages
    space_id: Mapped[str | None] = mapped_column(Id)
    at: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime] = mapped_column(Moment)
    # The name as the therapist gave it to this person, under the person's key.
    name: Mapped[bytes] = mapped_column(Sealed)
    # On which showing of the second factor it stands.
    raised: Mapped[datetime | None] = mapped_column(Moment)


V = Visit.__table__.c

# A look is written before every page of a desk: these are asked as often as a sync.
_HELD = Ready(select(Person.id).where(Person.id == bindparam("therapist")).with_for_update(key_share=True))
_OPENED = Ready(
    select(V.consent_id)
    .where(V.therapist_id == bindparam("therapist"), V.login_id == bindparam("login"))
    .where(V.raised.is_not_distinct_from(bindparam("raised")), V.until > bindparam("since"), V.what != LIST)
    .distinct()
)
_LATELY = Ready(
    select(V.id, V.consent_id, V.what, V.space_id)
    .where(V.therapist_id == bindparam("therapist"), V.login_id == bindparam("login"))
    .where(V.consent_id.in_(bindparam("consents", expanding=True)))
    .where(or_(V.until >= bindparam("since"), V.what == LIST))
    .order_by(V.until)
)
_ON = Ready(
    update(Visit.__table__)
    .where(V.id.in_(bindparam("lines", expanding=True)))
    .values(until=bindparam("now"), raised=bindparam("shown"))
)


@dataclass(frozen=True)
class Look:
    """What is about to be shown of one person: through which consent (its row), what, in which space."""

    consent: Any
    what: str
    space: str | None = None


def record(bound: Connection, vault: Vault, who: Visitor, looks: Iterable[Look], now: datetime) -> None:
    """Write these looks down, inside a write, before anything of them is shown. Raises NotAllowed (step up)."""
    wanted = {(look.consent.id, look.what, look.space): look for look in looks}
    if not wanted:
        return
    # Held, so that two requests of one therapist do not both begin a line, or both open the thirtieth person.
    _HELD.rows(bound, therapist=who.person)
    _step_up(bound, who, {look.consent.id for look in wanted.values() if look.what != LIST}, now)
    going_on = _going_on(bound, who, {consent for consent, _, _ in wanted}, now)
    again = [line for key, line in going_on.items() if key in wanted and key[1] != LIST]
    if again:
        _ON.do(bound, lines=again, **plain({"now": now, "shown": who.raised}))
    fresh = [look for key, look in wanted.items() if key not in going_on]
    if fresh:
        bound.execute(insert(Visit), _lines(bound, vault, who, fresh, now))


def _step_up(bound: Connection, who: Visitor, opening: set[str], now: datetime) -> None:
    """Whoever opens very many people at a stretch shows once more that it is them. Raises NotAllowed."""
    if not opening:
        return
    stretch = plain({"raised": who.raised, "since": now - WITHIN})
    lately = {consent for (consent,) in _OPENED.rows(bound, therapist=who.person, login=who.login, **stretch)}
    if len(opening | lately) > MOST_OPENED:
        raise NotAllowed(STEP_UP, code="step_up")


def _going_on(bound: Connection, who: Visitor, of: set[str], now: datetime) -> dict[tuple[str, str, str | None], str]:
    """(consent, what, space) -> the line that still goes on. In the list one is seen once with each signing in."""
    since = milliseconds(now - WITHIN)
    found = _LATELY.rows(bound, therapist=who.person, login=who.login, consents=sorted(of), since=since)
    return {(consent, what, space): line for line, consent, what, space in found}


def _lines(bound: Connection, vault: Vault, who: Visitor, fresh: list[Look], now: datetime) -> list[dict[str, Any]]:
    people = {look.consent.person_id for look in fresh}
    wrapped = bound.execute(select(Person.id, Person.key_wrapped).where(Person.id.in_(people)))
    keys = {row.id: vault.opener(row.id, row.key_wrapped) for row in wrapped}
    return [_line(keys[look.consent.person_id], who, look, now) for look in fresh]


def _line(key: PersonKey, who: Visitor, look: Look, now: datetime) -> dict[str, Any]:
    line, consent = str(uuid.uuid4()), look.consent
    return {
        "id": line,
        "person_id": consent.person_id,
        "therapist_id": who.person,
        "login_id": who.login,
        "consent_id": consent.id,
        "what": look.what,
        "space_id": look.space,
        "at": now,
        "until": now,
        "name": key.seal(consents.said_in(key, consent).name, "visit", "name", line),
        "raised": who.raised,
    }


def last_looks(
    bound: Connection, who: Visitor, *, but: datetime | None = None
) -> dict[tuple[str, str | None], datetime]:
    """(consent, space) -> when this therapist last looked there; the person's page and entries stand under None.

    `but`: leave out what goes on since then on this login, so that looking again does not make news old.
    """
    looks = select(V.consent_id, V.space_id, func.max(V.until)).where(
        V.therapist_id == who.person, V.what.not_in((LIST, "history"))
    )
    if but is not None:
        looks = looks.where((V.login_id != who.login) | (V.until < but - WITHIN))
    found = bound.execute(looks.group_by(V.consent_id, V.space_id))
    return {(consent, space): until for consent, space, until in found}


def of_person(
    bound: Connection, key: PersonKey, person: str, before: tuple[datetime, str] | None = None
) -> list[dict[str, Any]]:
    """A page of this person's access log, newest first."""
    mine = select(Visit.__table__).where(V.person_id == person)
    if before is not None:
        at, line = before
        mine = mine.where((V.at < at) | ((V.at == at) & (V.id < line)))
    page = bound.execute(mine.order_by(V.at.desc(), V.id.desc()).limit(PAGE)).all()
    named = titles(bound, dict.fromkeys({line.space_id for line in page if line.space_id}, key))
    return [
        {
            "id": line.id,
            "at": milliseconds(line.at),
            "until": milliseconds(line.until),
            "name": key.open(line.name, "visit", "name", line.id),
            "what": line.what,
            "title": named.get(line.space_id),
        }
        for line in page
    ]


def titles(bound: Connection, spaces: Mapping[str, PersonKey], *, away: bool = True) -> dict[str, str]:
    """space -> the title of the ladder in it, also of one that was put away, or '' for that; one statement."""
    table = SyncedRow.__table__.c
    held = select(table.space_id, table.id, table.sealed).where(table.space_id.in_(spaces), table.kind == "ladder")
    found: dict[str, str] = {}
    for row in bound.execute(held.order_by(table.space_id, table.id)):
        fields = unseal(spaces[row.space_id], row.space_id, row.id, row.sealed)
        if not fields.get("archived") or row.space_id not in found:
            found[row.space_id] = str(fields.get("title", "")) if away or not fields.get("archived") else ""
    return found
