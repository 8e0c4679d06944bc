"""Letter: a claimed delivery, opened: to whom, and what it says. Here, at the last moment: is it still wanted?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, literal, select, tuple_
from sqlalchemy.engine import Connection

from exposure import rows, subscriptions
from exposure.db import Flag, milliseconds
from exposure.deliveries import Claimed
from exposure.notification import TooLong, reminder
from exposure.people import Person
from exposure.reminders import Reminder, is_wanted, marks_of
from exposure.rows import SyncedRow
from exposure.subscriptions import Keys, Subscription
from exposure.timetable import local_day
from exposure.vault import PersonKey, Unopenable, Vault


@dataclass(frozen=True, slots=True)
class Letter:
    """Ready to be sealed and posted."""

    claimed: Claimed
    keys: Keys
    payload: bytes


_P, _R, _S, _Y = Person.__table__.c, Reminder.__table__.c, Subscription.__table__.c, SyncedRow.__table__.c
_DEVICES = select(_S.id, _S.sealed, _P.id.label("person"), _P.language, _P.key_wrapped).join(
    Person, _P.id == _S.person_id
)
_REMINDERS = select(
    _R.person_id, _R.id, _R.space_id, _R.step, _R.ladder, _R.zone, _R.due, _Y.sealed.label("own")
).outerjoin(SyncedRow, and_(_Y.space_id == _R.space_id, _Y.id == _R.id, _R.neutral == literal(False, Flag)))


def open_letters(
    bound: Connection, vault: Vault, claimed: Sequence[Claimed], base: str, now: datetime
) -> tuple[list[Letter], list[tuple[Claimed, str]]]:
    """The letters to send, and the deliveries that are over without one, each with its state. Three statements."""
    if not claimed:
        return [], []
    devices = {row.id: row for row in bound.execute(_DEVICES.where(_S.id.in_({c.subscription_id for c in claimed})))}
    about = tuple_(_R.person_id, _R.id).in_({(c.person_id, c.reminder_id) for c in claimed})
    reminders = {(row.person_id, row.id): row for row in bound.execute(_REMINDERS.where(about))}
    marks = marks_of(bound, {c.person_id for c in claimed})
    letters, over = [], []
    for each in claimed:
        its_reminder = reminders.get((each.person_id, each.reminder_id))
        device = devices.get(each.subscription_id)
        state = _why_not(each, its_reminder, device, marks.get(each.person_id, ()), now)
        letter = None if state else _letter(vault, each, its_reminder, device, base)
        if letter is None:
            over.append((each, state or "refused"))
        else:
            letters.append(letter)
    return letters, over


def _why_not(each: Claimed, its_reminder: Any, device: Any, marks: Sequence[Any], now: datetime) -> str:
    """The state of a delivery that is not to be sent; empty when it is still wanted."""
    if device is None or device.person != each.person_id:
        return "gone"
    if now >= each.until:
        return "late"
    if its_reminder is None or its_reminder.due is None:  # switched off or put away since
        return "unwanted"
    zone = its_reminder.zone
    days = {local_day(each.occurrence, zone), local_day(now, zone)}  # a window may reach over midnight
    return "" if is_wanted(its_reminder.step, its_reminder.ladder, days, zone, marks) else "unwanted"


def _letter(vault: Vault, each: Claimed, its_reminder: Any, device: Any, base: str) -> Letter | None:
    try:
        key = vault.opener(each.person_id, device.key_wrapped)
        keys = subscriptions.unseal(key, device.id, device.sealed)
        words = _own_words(key, its_reminder)
        payload = reminder(device.language, base, each.reminder_id, milliseconds(each.occurrence), words)
    except (Unopenable, TooLong):
        return None
    return Letter(each, keys, payload)


def _own_words(key: PersonKey, its_reminder: Any) -> str:
    """The person's own words, when they chose to see them on the lock screen."""
    if its_reminder.own is None:
        return ""
    fields = rows.unseal(key, its_reminder.space_id, its_reminder.id, its_reminder.own)
    return str(fields.get("words", "")).strip()
