"""Shareable: which of a person's entries their therapists may see, and since when they are as they are.

A plain projection of sealed rows, kept in the same transaction, and only for people somebody reads with. Whoever may
not see an entry learns nothing of it: no number, no poke, no moved time. The words stay where they are, sealed.

Under `all` an attempt that follows what was agreed is open to whoever reads its ladder now; one on no ladder to all.
What stands in the diary, in a check-in or in the plan for hard weeks follows no agreement: each is opened by itself.
So does a look back at an attempt: it was written later, for oneself. What an attempt keeps for the app alone (its place
in the book, the answer about another step) goes to nobody (rule T4).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ForeignKey, Index, Text, bindparam, delete, false, func, literal_column, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql import ColumnElement

from exposure import consents, homes, rows
from exposure.consents import Consent
from exposure.db import Base, Flag, Id, Moment, upsert
from exposure.history import LoggedEdit, entry
from exposure.laid import hold
from exposure.merge import Row
from exposure.ready import Ready
from exposure.rows import SyncedRow
from exposure.spaces import Membership
from exposure.vault import PersonKey

BY_ITSELF: Final = ("diary", "checkin", "plan")
KINDS: Final = ("attempt", "rest", *BY_ITSELF)
PAGE: Final = 400
LATER: Final = frozenset({"looked_back", "looked_back_at"})
OWN: Final = frozenset({"sharing", "archived", "book", "ready_answer"})
WHOLE: Final = "whole"  # the row that says: everything older stands here too


class Shareable(Base):
    """One entry: what decides who sees it, and when it was last changed."""

    __tablename__ = "shareable"
    __table_args__ = (Index("shareable_newest", "person_id", "changed_at"), Base.__table_args__)

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)  # one of KINDS, or whole
    sharing: Mapped[str] = mapped_column(Text)  # '' | open | private
    finished: Mapped[bool] = mapped_column(Flag)
    # The space of its ladder, None when it is on no ladder. Until a ladder that is named arrives, the ladder's own id
    # stands here: no space has it, so the attempt is open to nobody unless it says so itself.
    space_id: Mapped[str | None] = mapped_column(Id)
    changed_at: Mapped[datetime] = mapped_column(Moment)


_S = Shareable.__table__.c
_LINKS = Ready(
    select(Consent.id, Consent.therapist_id, Consent.entries).where(
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
    written = list(written)
    entries = [row for row in written if row.kind in KINDS and not _is_quiet(row, row.touched)]
    ladders = [row for row in written if row.kind == "ladder"]
    if not entries and not ladders:
        return
    links = _LINKS.rows(bound, person=person_id)
    if not links:
        return
    for row in ladders:
        waited = (_S.person_id == person_id, _S.space_id == row.id)
        bound.execute(update(Shareable).where(*waited).values(space_id=row.space))
    if entries:
        _follow(bound, person_id, entries, links, now)


def _follow(bound: Connection, person: str, entries: list[Row], links: Sequence[Any], now: datetime) -> None:
    at, old = homes.of(bound, person, entries), []
    if is_whole(bound, person):
        known = select(_S.sharing, _S.finished, _S.space_id).where(_S.person_id == person)
        old = [tuple(row) for row in bound.execute(known.where(_S.id.in_([row.id for row in entries])))]
        values = [_columns(person, row, at[row.id], now) for row in entries]
        upsert(bound, Shareable, values, key=("person_id", "id"))
    new = [(sharing_of(row), is_finished(row.kind, row.fields), at[row.id]) for row in entries]
    read = homes.read_by(bound, [therapist for _, therapist, _ in links], [home for *_, home in new + old])
    heard = set()
    for link, therapist, how in links:
        for sharing, done, home in new + old:
            if done and sees(how, sharing, home is None or (therapist, home) in read):
                heard.add(link)
    if heard:
        bound.execute(update(Consent).where(Consent.id.in_(heard)).values(news=Consent.news + 1))


def is_finished(kind: str, fields: Mapping[str, Any]) -> bool:
    """Whether an entry is there to be read at all: an attempt that is over, and nothing put away or passed over."""
    gone = fields.get("archived") or fields.get("skipped")
    return not gone and (kind != "attempt" or fields.get("outcome") is not None)


def hidden_in(row: Row) -> frozenset[str]:
    """The fields of an entry that are told to nobody, though the entry is open to somebody."""
    return OWN if sharing_of(row) == "open" else OWN | LATER


def _is_quiet(row: Row, touched: set[str]) -> bool:
    """Whether nothing was written but what nobody is told: then it moves no number and no time either."""
    return bool(touched) and touched <= hidden_in(row) - {"sharing", "archived"}


def sharing_of(row: Row) -> str:
    """What the person wished for this entry: '' (as agreed), open or private."""
    wish = str(row.fields.get("sharing") or "")
    return "private" if row.kind in BY_ITSELF and wish != "open" else wish


def sees(entries: str, sharing: str, reads: bool) -> bool:
    """Whether under these terms (`none`, `chosen`, `all`) an entry with this wish is open; `reads`: its ladder is."""
    if sharing == "open":
        return entries in {"chosen", "all"}
    return entries == "all" and sharing != "private" and reads


def _columns(person: str, row: Row, home: str | None, when: datetime) -> dict[str, Any]:
    return {
        "person_id": person,
        "id": row.id,
        "kind": row.kind,
        "sharing": sharing_of(row),
        "finished": is_finished(row.kind, row.fields),
        "space_id": home,
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
    table = SyncedRow.__table__.c
    held = select(table.id, table.kind, table.sealed).where(table.space_id == private, table.kind.in_(KINDS))
    found = [
        Row(row.id, private, row.kind, rows.unseal(key, private, row.id, row.sealed)) for row in bound.execute(held)
    ]
    at, changed = homes.of(bound, person, found, every=True), _changed(bound, key, private, found)
    values = [_columns(person, row, at[row.id], changed.get(row.id, now)) for row in found]
    values.append(_columns(person, Row(private, private, WHOLE, {"archived": True}), None, now))
    upsert(bound, Shareable, values, key=("person_id", "id"))


def _changed(bound: Connection, key: PersonKey, private: str, found: Iterable[Row]) -> dict[str, datetime]:
    """When each entry was last changed, as it would have been followed: what nobody is told of moves no time.

    Only where something of that kind was written are the edits themselves opened.
    """
    log = LoggedEdit.__table__.c
    ours = (log.space_id == private, log.kind.in_(KINDS))
    last = select(log.target, func.max(log.at_server)).where(*ours).group_by(log.target)
    changed: dict[str, datetime] = {row[0]: row[1] for row in bound.execute(last)}
    partly = {row.id: row for row in found if row.fields.keys() & (hidden_in(row) - {"sharing", "archived"})}
    ids = sorted(partly)
    for start in range(0, len(ids), PAGE):
        of = select(LoggedEdit.__table__).where(*ours, log.target.in_(ids[start : start + PAGE]))
        for row in bound.execute(of.order_by(log.revision, log.ordinal)):
            touched = {change["field"] for change in entry(row, key)["changes"]}
            if not _is_quiet(partly[row.target], touched):
                changed[row.target] = row.at_server
    return changed


def _visible(link: Any) -> tuple[ColumnElement[bool], ...]:
    theirs = select(Membership.space_id).where(Membership.person_id == link.therapist_id, Membership.until.is_(None))
    follows = (_S.sharing != "private") & (_S.space_id.is_(None) | _S.space_id.in_(theirs))
    shared = {"chosen": _S.sharing == "open", "all": (_S.sharing == "open") | follows}.get(link.entries, false())
    return (_S.person_id == link.person_id, _S.finished == literal_column("1"), _S.kind != WHOLE, shared)


def fresh(bound: Connection, link: Any, since: datetime | None) -> int:
    """How many entries open to this link (a consent's row) changed since then."""
    mine = select(func.count()).where(*_visible(link))
    return bound.execute(mine if since is None else mine.where(_S.changed_at > since)).scalar_one()


def newest(bound: Connection, link: Any, *kinds: str, before: tuple[datetime, str] | None = None) -> Sequence[Any]:
    """(id, changed_at) of a page of entries of these kinds open to this link, last changed first."""
    mine = select(_S.id, _S.changed_at).where(*_visible(link), _S.kind.in_(kinds))
    if before is not None:
        at, row = before
        mine = mine.where((_S.changed_at < at) | ((_S.changed_at == at) & (_S.id < row)))
    return bound.execute(mine.order_by(_S.changed_at.desc(), _S.id.desc()).limit(PAGE * len(kinds))).all()


def opened(bound: Connection, key: PersonKey, private: str, link: Any, ids: Iterable[str]) -> list[dict[str, Any]]:
    """These entries with their words, newest first by when they happened.

    Not with the row's revision or its other versions: the gaps between them would tell of what is private.
    """
    wanted = {(private, row) for row in ids}
    found = list(rows.load(bound, wanted, {private: key}).values()) if wanted else []
    # Asked of the words themselves once more: what decides is the row, the projection only finds it.
    at = homes.of(bound, link.person_id, found, every=True)
    read = {space for _, space in homes.read_by(bound, [link.therapist_id], at.values())}
    open_now = [
        row
        for row in found
        if is_finished(row.kind, row.fields)
        and sees(link.entries, sharing_of(row), at[row.id] is None or at[row.id] in read)
    ]
    open_now.sort(key=lambda row: (moment_of(row.fields), row.id), reverse=True)
    return [_told(row) for row in open_now]


def _told(row: Row) -> dict[str, Any]:
    hidden = hidden_in(row)
    return {"id": row.id, "kind": row.kind, "fields": {n: v for n, v in row.fields.items() if n not in hidden}}


def moment_of(fields: Mapping[str, Any]) -> int:
    """When an entry happened, in milliseconds, as far as it says."""
    return int(fields.get("ended") or fields.get("started") or fields.get("at") or 0)
