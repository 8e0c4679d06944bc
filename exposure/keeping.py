"""Keeping: what is let go of when its time is over, once an hour. A test asks every table how long its rows are kept.

What is not here goes with the account, or with the row it belongs to. Whoever cleans a door on the way (a limit, an
invitation) does so for speed; this is the promise, also for a house that nobody visits (reliability 4). The clock calls
it once its time has gone on evenly for a day (`heartbeats.steady`).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, delete, select, tuple_, update
from sqlalchemy.engine import Connection

from exposure import deliveries, mailings, marks, subscriptions
from exposure.credentials import Ceremony
from exposure.deliveries import Delivery
from exposure.falling import CatchUp
from exposure.invitations import Invitation
from exposure.limits import Tally
from exposure.logins import Login
from exposure.mailboxes import Mailbox
from exposure.mailings import Mailing
from exposure.marks import DayMark
from exposure.presence import Presence
from exposure.spaces import Membership
from exposure.subscriptions import GoneEndpoint

NOT_AFTER: Final = timedelta(0)
WEEK: Final = timedelta(days=7)

KEPT: Final[dict[Any, timedelta]] = {
    Tally.forget: NOT_AFTER,  # keyed hashes of addresses and names: a day at most
    Invitation.expires: NOT_AFTER,
    Ceremony.expires: NOT_AFTER,
    Login.expires: NOT_AFTER,  # the name of the device goes with it
    Presence.at: timedelta(hours=1),
    CatchUp.at: timedelta(days=1),
    Membership.until: timedelta(days=30),
    DayMark.at: marks.MARKS_KEPT,
    Delivery.occurrence: deliveries.KEPT,
    Mailing.occurrence: mailings.KEPT,
    GoneEndpoint.at: subscriptions.GONE_KEPT,
}
"""From the moment in this column on, so long."""


def forget_past(bound: Connection, now: datetime) -> None:
    """Let go of everything whose time is over; call in a write."""
    for column, kept in KEPT.items():
        _forget(bound, column.class_, column < now - kept)
    # A mail address whose owner never showed the code: nobody knows whose it is.
    old = Mailbox.asked < now - WEEK
    _forget(bound, Mailbox, old & Mailbox.confirmed.is_(None))
    never = old & Mailbox.next_id.is_not(None)
    bound.execute(update(Mailbox).where(never).values(next_id=None, next_sealed=None, code=None))


def _forget(bound: Connection, model: Any, past: ColumnElement[bool]) -> None:
    # What another process holds it is using: the next hour finds it again.
    key = list(model.__table__.primary_key)
    found = select(*key).where(past).with_for_update(skip_locked=True)
    bound.execute(delete(model).where((tuple_(*key) if len(key) > 1 else key[0]).in_(found)))
