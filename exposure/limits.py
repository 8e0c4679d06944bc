"""Limits: how often a door may be tried. The counts live in the database, so every process sees the same ones.

A count is made before the try and taken back when it succeeds: counting afterwards would let a thousand tries
through at once. What is counted (a sign-in name, an address) is stored as a keyed hash only.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Integer, Text, bindparam, delete, literal, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column

from exposure.db import Base, Moment, milliseconds
from exposure.errors import Busy, TooMany
from exposure.ready import Ready, inserting, plain


class Tally(Base):
    """Tries at one door under one key, the last of them, and from when the next is let in."""

    __tablename__ = "tally"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    tries: Mapped[int] = mapped_column(Integer)
    last: Mapped[datetime] = mapped_column(Moment)
    again: Mapped[datetime] = mapped_column(Moment)
    forget: Mapped[datetime] = mapped_column(Moment, index=True)


@dataclass(frozen=True)
class Limit:
    """`most` tries; from then on a wait that doubles, until `window` has passed in quiet."""

    name: str
    most: int
    window: timedelta
    first_wait: timedelta = timedelta(seconds=30)
    longest_wait: timedelta | None = None  # the window, unless named

    def wait_after(self, tries: int) -> timedelta:
        """How long the door stays shut after this many tries."""
        if tries < self.most:
            return timedelta(0)
        doubled: int = 2 ** min(tries - self.most, 16)
        return min(self.longest_wait or self.window, self.first_wait * doubled)


PER_ACCOUNT: Final = Limit("account", 10, timedelta(minutes=15))
PER_ADDRESS: Final = Limit("address", 100, timedelta(hours=1))
STARTS: Final = Limit("start", 60, timedelta(hours=1))
CEREMONIES: Final = Limit("ceremony", 200, timedelta(hours=1))
# Six digits: a guesser gets to try about a hundred of a million in a day.
FACTORS: Final = Limit("factor", 10, timedelta(hours=24), longest_wait=timedelta(minutes=15))
# Fifty bits: a thousand tries an hour, for a hundred years, find one of the ten codes about once in 100,000 times.
PAPERS: Final = Limit("paper", 1000, timedelta(hours=1))
NAMES: Final = Limit("name", 20, timedelta(hours=1))
# Names that are taken: a new guest is made in a moment, a new address is not.
NAMES_PER_ADDRESS: Final = Limit("names", 30, timedelta(hours=1))
INVITATIONS: Final = Limit("invitation", 30, timedelta(hours=1))
# 49 bits stand behind a code; so few tries that nobody ever comes upon an open one.
CODES: Final = Limit("code", 10, timedelta(hours=1))
CODES_PER_ADDRESS: Final = Limit("codes", 30, timedelta(hours=1))
# A file brought in is up to 20,000 rows on the disk.
IMPORTS: Final = Limit("import", 10, timedelta(hours=1))
IMPORTS_PER_ADDRESS: Final = Limit("imports", 30, timedelta(hours=1))

# What a guest wrote moves into an account in one write, all or nothing, and may be refused at its end.
BRINGS: Final = Limit("bring", 5, timedelta(hours=1))
BRINGS_PER_ADDRESS: Final = Limit("brings", 30, timedelta(hours=1))


TWICE: Final = 2
_T = Tally.__table__.c
_OPEN = inserting(Tally.__table__)
_HELD = Ready(select(_T.tries, _T.again, _T.forget).where(_T.key == bindparam("name")).with_for_update())
_MARK = Ready(
    update(Tally.__table__)
    .where(_T.key == bindparam("name"))
    .values({name: bindparam(f"new_{name}") for name in ("tries", "last", "again", "forget")})
)
_PAST = select(_T.key).where(_T.forget <= bindparam("now")).limit(literal(50)).with_for_update(skip_locked=True)
_SWEEP = Ready(delete(Tally.__table__).where(_T.key.in_(_PAST)))


def count(bound: Connection, limit: Limit, key: str, now: datetime) -> None:
    """Count one try under `key` (a keyed hash), inside a write. Raises TooMany, and then counts nothing."""
    name = f"{limit.name}:{key}"
    # We keep little: counts past their time go whenever anything is counted; another process keeps what it holds.
    _SWEEP.do(bound, now=milliseconds(now))
    row = _held(bound, {"key": name, "tries": 0, "last": now, "again": now, "forget": now + limit.window})
    if row.tries >= limit.most and row.forget > now and row.again > now:
        raise TooMany(max(1, math.ceil((row.again - now).total_seconds())))
    tries = 1 if row.forget <= now else row.tries + 1
    marked = {"tries": tries, "last": now, "again": now + limit.wait_after(tries), "forget": now + limit.window}
    _MARK.do(bound, name=name, **{f"new_{field}": value for field, value in plain(marked).items()})


def _held(bound: Connection, blank: dict[str, Any]) -> Any:
    """The tally of this key, made where there is none and held. Raises Busy."""
    for _ in range(TWICE):
        # Made first and then locked, so that two processes never both find nothing and both begin to count.
        _OPEN.each(bound, [plain(blank)])
        if found := _HELD.named(bound, name=blank["key"]):
            return found[0]
        # Another process swept it between the two. What is made now is ours, and nobody sees it to sweep it.
    raise Busy


def take_back(bound: Connection, limit: Limit, key: str) -> None:
    """One counted try was a good one."""
    name = f"{limit.name}:{key}"
    bound.execute(
        update(Tally).where(Tally.key == name, Tally.tries > 0).values(tries=Tally.tries - 1, again=Tally.last)
    )


def clear(bound: Connection, limit: Limit, key: str) -> None:
    """Forget every try under `key`."""
    bound.execute(delete(Tally).where(Tally.key == f"{limit.name}:{key}"))
