"""Exchange: one device's turn with the server, and the half of it that tells what changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection

from exposure import guests, rows
from exposure.errors import NotFound
from exposure.guests import Reader
from exposure.merge import Row
from exposure.room import Room
from exposure.rows import Stored
from exposure.spaces import Place, places_of
from exposure.vault import PersonKey, Vault

NEAR = 256  # spaces asked about in one statement; SQLite follows no more than 1,000 ORs


@dataclass(frozen=True, slots=True)
class Pull:
    """What changed in one space for this person, after their cursor."""

    place: Place
    revision: int
    rows: list[dict[str, Any]]
    more: bool


@dataclass(slots=True)
class Exchange:
    """One device's turn: who asks, what they sent, and what has come of it so far."""

    bound: Connection
    vault: Vault
    actor: str
    device: str
    now: datetime
    places: dict[str, Place] = field(default_factory=dict)
    keys: dict[str, PersonKey] = field(default_factory=dict)
    rows: dict[tuple[str, str], Row] = field(default_factory=dict)
    known: set[tuple[str, str]] = field(default_factory=set)
    room: Room = field(default_factory=Room)
    elsewhere: set[tuple[str, str]] = field(default_factory=set)  # where a guest may begin no row: it is another's id
    changed: dict[tuple[str, str], Row] = field(default_factory=dict)
    log: list[dict[str, Any]] = field(default_factory=list)
    moved: dict[str, int] = field(default_factory=dict)
    authors: dict[tuple[str, str], str] = field(default_factory=dict)  # of the proposals that a guest's page speaks of
    only: frozenset[str] | None = None  # the spaces this device speaks of, where it names them

    def see(self, *, lock: bool) -> None:
        """Look up the person's spaces and open their owners' keys. Raises NotFound when one it names is not theirs."""
        self.places = places_of(self.bound, self.actor, self.now, lock=lock, only=self.only)
        if self.only is not None and self.only - self.places.keys():
            raise NotFound
        # Somebody with a hundred ladders has one key.
        owners = {place.owner: place.key_wrapped for place in self.places.values()}
        opened = {owner: self.vault.opener(owner, wrapped) for owner, wrapped in owners.items()}
        self.keys |= {place.id: opened[place.owner] for place in self.places.values()}


def pull(exchange: Exchange, cursors: Mapping[str, int]) -> tuple[list[Pull], list[str]]:
    """What changed after these cursors, and which spaces are no longer this person's.

    At most a page of rows; a page never splits one revision, so no row is passed over.
    A cursor ahead of its space (the house was restored from a backup) starts again from 0.
    """
    if exchange.only is not None:
        cursors = {space: cursor for space, cursor in cursors.items() if space in exchange.only}
    gone = sorted(space for space in cursors if space not in exchange.places)
    start = {
        place.id: cursor if (cursor := cursors.get(place.id, 0)) <= place.revision else 0
        for place in exchange.places.values()
    }
    behind = {s: c for s, c in start.items() if c < exchange.places[s].revision}
    found, cut = _page(exchange, behind)
    exchange.authors = _authors(exchange, found)
    pulls = [_pull_of(exchange, exchange.places[space], found, cut, behind[space]) for space in behind]
    pulls += [
        Pull(exchange.places[space], 0, [], False) for space in start if space not in behind and space not in cursors
    ]
    return pulls, gone


def _page(exchange: Exchange, behind: Mapping[str, int]) -> tuple[list[Stored], tuple[str, int] | None]:
    """A page of rows, and the (space, revision) from which on they are left for later."""
    near = dict(sorted(behind.items())[:NEAR])
    found, more = rows.since(exchange.bound, near) if near else ([], False)
    if not more:
        far = sorted(behind.keys() - near.keys())
        return found, (far[0], 0) if far else None
    first, last = found[0], found[-1]
    if (first.space_id, first.revision) != (last.space_id, last.revision):
        return found, (last.space_id, last.revision)
    # One push of long offline work can leave more rows than a page; they travel together.
    whole = rows.at(exchange.bound, first.space_id, first.revision)
    return whole, (first.space_id, first.revision + 1)


def _pull_of(exchange: Exchange, place: Place, found: list[Stored], cut: tuple[str, int] | None, cursor: int) -> Pull:
    mine = [r for r in found if r.space_id == place.id and (cut is None or (r.space_id, r.revision) < cut)]
    # Every later space in the order is untouched by this page: its cursor stays.
    more = cut is not None and place.id >= cut[0]
    revision = place.revision if not more else (mine[-1].revision if mine else cursor)
    return Pull(place, revision, [wire for r in mine if (wire := _wire(exchange, place, r))], more)


def _authors(exchange: Exchange, found: list[Stored]) -> dict[tuple[str, str], str]:
    """Whose the proposals are that comments on this page speak of: nothing but a guest asks for it."""
    said = [r for r in found if r.kind == "comment" and exchange.places[r.space_id].owner != exchange.actor]
    opened = (rows.opened(r, exchange.keys[r.space_id]) for r in said)
    return guests.authors(exchange.bound, opened, exchange.keys)


def _wire(exchange: Exchange, place: Place, r: Stored) -> dict[str, Any] | None:
    """The row as it goes to whoever asks; None when it is none of theirs."""
    reader = Reader(exchange.actor, place.owner)
    row = guests.told(reader, rows.opened(r, exchange.keys[place.id]), exchange.authors)
    if row is None:
        return None
    wire = {"id": r.id, "kind": r.kind, "revision": r.revision, "fields": row.fields}
    return wire | {"versions": row.versions, "writers": row.writers} if row.versions else wire
