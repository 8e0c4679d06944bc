"""Letter: a claimed delivery, opened: to whom, and what it says. Here, at the last moment: is it still wanted?"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, literal, select
from sqlalchemy.engine import Connection

from exposure import rows, subscriptions
from exposure.db import Flag, milliseconds
from exposure.deliveries import Claimed
from exposure.manners import DEFAULT, Manners, manners_of
from exposure.marks import is_wanted, marks_of
from exposure.notification import TooLong, reminder
from exposure.people import Person
from exposure.ready import Ready
from exposure.reminders import Reminder
from exposure.rows import SyncedRow
from exposure.subscriptions import Keys, Subscription
from exposure.timetable import is_zone, local_day
from exposure.vault import PersonKey, Unopenable, Vault

log = logging.getLogger("ippo.clock")


@dataclass(frozen=True, slots=True)
class Letter:
    """Ready to be sealed and posted."""

    claimed: Claimed
    keys: Keys
    payload: bytes
    proven: bool = True  # its device has taken something before: then a refusal may be for what we do


_P, _R, _S, _Y = Person.__table__.c, Reminder.__table__.c, Subscription.__table__.c, SyncedRow.__table__.c
_DEVICES = Ready(
    select(_S.id, _S.sealed, _S.stopped, _S.delivered, _P.id.label("person"), _P.language, _P.key_wrapped)
    .join(Person.__table__, _P.id == _S.person_id)
    .where(_S.id.in_(bindparam("ids", expanding=True)))
)
REMINDERS = select(
    _R.person_id, _R.id, _R.space_id, _R.step, _R.ladder, _R.zone, _R.live, _R.answered, _Y.sealed.label("own")
).outerjoin(SyncedRow.__table__, and_(_Y.space_id == _R.space_id, _Y.id == _R.id, _R.neutral == literal(False, Flag)))
# A row's id is unique in its own space only: which is whose, the pairs tell.
_REMINDERS = Ready(
    REMINDERS.where(_R.person_id.in_(bindparam("people", expanding=True)), _R.id.in_(bindparam("ids", expanding=True)))
)


def open_letters(
    bound: Connection, vault: Vault, claimed: Sequence[Claimed], base: str, now: datetime
) -> tuple[list[Letter], list[tuple[Claimed, str, datetime | None]]]:
    """The letters to send, and the deliveries without one, each with its state. Four statements.

    A state with a time is no end: it waits until then, because its person sleeps.
    """
    if not claimed:
        return [], []
    devices = {row.id: row for row in _DEVICES.named(bound, ids=[c.subscription_id for c in claimed])}
    people = {c.person_id for c in claimed}
    about = _REMINDERS.named(bound, people=list(people), ids=[c.reminder_id for c in claimed])
    reminders = {(row.person_id, row.id): row for row in about}
    marks, said = marks_of(bound, reminders.values(), now), manners_of(bound, people)
    letters: list[Letter] = []
    over: list[tuple[Claimed, str, datetime | None]] = []
    for each in claimed:
        its_reminder = reminders.get((each.person_id, each.reminder_id))
        device = devices.get(each.subscription_id)
        manners = said.get(each.person_id, DEFAULT)
        state, wait = standing(each, its_reminder, device, now, manners, marks.get(each.person_id, ()))
        rests = device is not None and device.stopped is not None  # refused too often, for this one as well
        letter = None if state or rests else _letter(vault, each, its_reminder, device, base)
        if letter is None:
            over.append((each, state or "refused", wait))
        else:
            letters.append(letter)
    return letters, over


def standing(
    each: Claimed, its_reminder: Any, device: Any, now: datetime, manners: Manners, marks: Sequence[Any]
) -> tuple[str, datetime | None]:
    """The same as `why_not`; whatever is wrong with one ends that one only, never the round of everybody."""
    try:
        return why_not(each, its_reminder, device, now, manners, marks)
    except Exception as error:  # noqa: BLE001 - one person's rows must not stop the others
        log.error("a reminder could not be judged: unforeseen %s", type(error).__name__)
        return "refused", None


def why_not(
    each: Claimed, its_reminder: Any, device: Any, now: datetime, manners: Manners, marks: Sequence[Any]
) -> tuple[str, datetime | None]:
    """The state of a delivery that is not to be sent, and until when it only waits; empty when it is still wanted."""
    if device is None or device.person != each.person_id:
        return "gone", None
    if now >= each.until:
        return "late", None
    if its_reminder is None or not its_reminder.live or manners.is_paused(now):
        return "unwanted", None
    through = its_reminder.answered
    if through is not None and each.occurrence <= through and not each.again:  # on another device
        return "unwanted", None
    zone = its_reminder.zone
    if not is_zone(zone):  # changed since it fell due, to one that nobody knows
        return "unwanted", None
    days = {local_day(each.occurrence, zone), local_day(now, zone)}  # a window may reach over midnight
    if not is_wanted(its_reminder.step, its_reminder.ladder, days, zone, marks):
        return "unwanted", None
    quiet = manners.quiet_until(zone, now)
    if quiet is None:
        return "", None
    return ("late", None) if quiet >= each.until else ("quiet", quiet)


def _letter(vault: Vault, each: Claimed, its_reminder: Any, device: Any, base: str) -> Letter | None:
    try:
        key = vault.opener(each.person_id, device.key_wrapped)
        keys = subscriptions.unseal(key, device.id, device.sealed)
        words = _own_words(key, its_reminder)
        payload = reminder(device.language, base, each.reminder_id, milliseconds(each.occurrence), words)
    except (Unopenable, TooLong):
        return None
    except Exception as error:  # noqa: BLE001 - as above
        log.error("a letter could not be written: unforeseen %s", type(error).__name__)
        return None
    return Letter(each, keys, payload, proven=device.delivered is not None)


def _own_words(key: PersonKey, its_reminder: Any) -> str:
    """The person's own words, when they chose to see them on the lock screen."""
    if its_reminder.own is None:
        return ""
    fields = rows.unseal(key, its_reminder.space_id, its_reminder.id, its_reminder.own)
    return str(fields.get("words", "")).strip()
