"""Shareable: which of a person's attempts and rests their therapists may see, and since when they are as they are.

A plain projection of sealed rows, kept in the same transaction, and only for people somebody reads with. Whoever may
not see an entry learns nothing of it: no number, no poke, no moved time. The words stay where they are, sealed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ForeignKey, Index, Text, bindparam, delete, false, func, literal_column, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql import ColumnElement

from exposure import consents, rows
from exposure.consents import Consent
from exposure.db import Base, Flag, Id, Moment, upsert
from exposure.history import LoggedEdit
from exposure.laid import hold
from exposure.merge import Row
from exposure.ready import Ready
from exposure.rows import SyncedRow
from exposure.vault import PersonKey

KINDS: Final = ("attempt", "rest")
PAGE: Final = 400
WHOLE: Final = "whole"  # the row that says: everything older stands here too


class Shareable(Base):
    """One entry: what decides who sees it, and when it was last changed."""

    __tablename__ = "shareable"
    __table_args__ = (Index("shareable_newest", "person_id", "changed_at"), Base.__table_args__)

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)  # attempt | rest | whole
    sharing: Mapped[str] = mapped_column(Text)  # '' | open | private
    finished: Mapped[bool] = mapped_column(Flag)
    changed_at: Mapped[datetime] = mapped_column(Moment)


_S = Shareable.__table__.c
_LINKS = Ready(
    select(Consent.id, Consent.entries).where(
        Consent.person_id == bindparam("person"),
        Consent.entries != literal_column("'none'"),
        Consent.confirmed_at.is_not(None),
        Consent.withdrawn_at.is_(None),
    )
)


def project(bound: Connection, person_id: str, written: Iterable[Row], now: datetime) -> None:
    """Follow the entries just written, and tell of those that a therapist may see or could see until now.

    Called by sync inside its transaction. While nobody reads a person's entries it follows nothing (see `begin`).
    """
    entries = [row for row in written if row.kind in KINDS]
    if not entries:
        return
    links = _LINKS.rows(bound, person=person_id)
    if not links:
        return
    before: dict[str, Any] = {}
    if is_whole(bound, person_id):
        known = select(_S.id, _S.sharing, _S.finished).where(_S.person_id == person_id)
        before = {old.id: old for old in bound.execute(known.where(_S.id.in_([row.id for row in entries])))}
        upsert(bound, Shareable, [_columns(person_id, row, now) for row in entries], key=("person_id", "id"))
    states = [(row.fields.get("sharing") or "", is_finished(row.kind, row.fields)) for row in entries]
    states += [(old.sharing, old.finished) for old in before.values()]
    heard = [link for link, how in links if any(done and sees(how, sharing) for sharing, done in states)]
    if heard:
        bound.execute(update(Consent).where(Consent.id.in_(heard)).values(news=Consent.news + 1))


def is_finished(kind: str, fields: Mapping[str, Any]) -> bool:
    """Whether an entry is there to be read at all: an attempt that is over, and nothing that was put away."""
    return not fields.get("archived") and (kind != "attempt" or fields.get("outcome") is not None)


def sees(entries: str, sharing: str) -> bool:
    """Whether under these terms (`none`, `chosen`, `all`) an entry with this wish is open."""
    return sharing == "open" if entries == "chosen" else entries == "all" and sharing != "private"


def _columns(person: str, row: Row, when: datetime) -> dict[str, Any]:
    return {
        "person_id": person,
        "id": row.id,
        "kind": row.kind,
        "sharing": row.fields.get("sharing") or "",
        "finished": is_finished(row.kind, row.fields),
        "changed_at": when,
    }


def begin(bound: Connection, person_id: str) -> None:
    """Terms are about to change: what was not followed because nobody read is looked up anew. Call inside a write."""
    if not _LINKS.rows(bound, person=person_id):
        bound.execute(delete(Shareable).where(_S.person_id == person_id))


def is_whole(bound: Connection, person: str) -> bool:
    """Whether everything this person wrote before is projected as well."""
    return bound.execute(select(_S.id).where(_S.person_id == person, _S.kind == WHOLE)).first() is not None


def complete(bound: Connection, key: PersonKey, person: str, now: datetime) -> None:
    """Project what was written before anybody read along; call inside a write, once for a person."""
    private = consents.private_of(bound, person)
    hold(bound, (private,))  # what the phone writes meanwhile comes after, and is followed
    if is_whole(bound, person):
        return
    log = LoggedEdit.__table__.c
    last = select(log.target, func.max(log.at_server)).where(log.space_id == private, log.kind.in_(KINDS))
    changed: dict[str, datetime] = {row[0]: row[1] for row in bound.execute(last.group_by(log.target))}
    table = SyncedRow.__table__.c
    held = select(table.id, table.kind, table.sealed).where(table.space_id == private, table.kind.in_(KINDS))
    found = [
        Row(row.id, private, row.kind, rows.unseal(key, private, row.id, row.sealed)) for row in bound.execute(held)
    ]
    values = [_columns(person, row, changed.get(row.id, now)) for row in found]
    values.append(_columns(person, Row(private, private, WHOLE, {"archived": True}), now))
    upsert(bound, Shareable, values, key=("person_id", "id"))


def _visible(person: str, entries: str) -> tuple[ColumnElement[bool], ...]:
    shared = _S.sharing == "open" if entries == "chosen" else _S.sharing != "private"
    if entries not in {"chosen", "all"}:
        shared = false()
    return (_S.person_id == person, _S.finished == literal_column("1"), _S.kind != WHOLE, shared)


def fresh(bound: Connection, person: str, entries: str, since: datetime | None) -> int:
    """How many entries open under these terms changed since then."""
    mine = select(func.count()).where(*_visible(person, entries))
    return bound.execute(mine if since is None else mine.where(_S.changed_at > since)).scalar_one()


def newest(
    bound: Connection, person: str, entries: str, kind: str, before: tuple[datetime, str] | None = None
) -> Sequence[Any]:
    """(id, changed_at) of a page of entries of this kind open under these terms, last changed first."""
    mine = select(_S.id, _S.changed_at).where(*_visible(person, entries), _S.kind == kind)
    if before is not None:
        at, row = before
        mine = mine.where((_S.changed_at < at) | ((_S.changed_at == at) & (_S.id < row)))
    return bound.execute(mine.order_by(_S.changed_at.desc(), _S.id.desc()).limit(PAGE)).all()


def opened(bound: Connection, key: PersonKey, private: str, entries: str, ids: Iterable[str]) -> list[dict[str, Any]]:
    """These entries with their words, newest first by when they happened.

    Not with the row's revision or its other versions: the gaps between them would tell of what is private.
    """
    wanted = {(private, row) for row in ids}
    found = rows.load(bound, wanted, {private: key}).values() if wanted else ()
    # Asked of the words themselves once more: what decides is the row, the projection only finds it.
    open_now = [
        row for row in found if is_finished(row.kind, row.fields) and sees(entries, row.fields.get("sharing") or "")
    ]
    open_now.sort(key=lambda row: (moment_of(row.fields), row.id), reverse=True)
    hidden = {"sharing", "archived"}
    return [
        {"id": row.id, "kind": row.kind, "fields": {n: v for n, v in row.fields.items() if n not in hidden}}
        for row in open_now
    ]


def moment_of(fields: Mapping[str, Any]) -> int:
    """When an entry happened, in milliseconds, as far as it says."""
    return int(fields.get("ended") or fields.get("started") or fields.get("at") or 0)
