"""Card: a claimed mailing, opened: to whom, and what it says. Here, as with a letter: is it still wanted?"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.engine import Connection

from exposure import mailboxes, postcard
from exposure.deliveries import Claimed
from exposure.letters import REMINDERS, standing
from exposure.mailboxes import Mailbox
from exposure.manners import DEFAULT, manners_of
from exposure.marks import marks_of
from exposure.people import Person
from exposure.reminders import Reminder
from exposure.vault import Unopenable, Vault

log = logging.getLogger("ippo.clock")


@dataclass(frozen=True, slots=True)
class Card:
    """Ready to be handed in."""

    claimed: Claimed
    to: str
    letter: EmailMessage


_B, _P, _R = Mailbox.__table__.c, Person.__table__.c, Reminder.__table__.c
_BOXES = (
    select(_B.id, _B.sealed, _P.id.label("person"), _P.language, _P.key_wrapped)
    .join(Person, _P.id == _B.person_id)
    .where(_B.confirmed.isnot(None), _B.stopped.is_(None))
)


def open_cards(
    bound: Connection, vault: Vault, claimed: Sequence[Claimed], base: str, sender: str, now: datetime
) -> tuple[list[Card], list[tuple[Claimed, str, datetime | None]]]:
    """The cards to send, and the mailings without one, each with its state and until when it only waits."""
    if not claimed:
        return [], []
    boxes = {row.id: row for row in bound.execute(_BOXES.where(_B.id.in_({c.subscription_id for c in claimed})))}
    about = tuple_(_R.person_id, _R.id).in_({(c.person_id, c.reminder_id) for c in claimed})
    reminders = {(row.person_id, row.id): row for row in bound.execute(REMINDERS.where(about))}
    people = {c.person_id for c in claimed}
    marks, said = marks_of(bound, reminders.values(), now), manners_of(bound, people)
    cards: list[Card] = []
    over: list[tuple[Claimed, str, datetime | None]] = []
    for each in claimed:
        box = boxes.get(each.subscription_id)
        its_reminder = reminders.get((each.person_id, each.reminder_id))
        manners = said.get(each.person_id, DEFAULT)
        state, wait = standing(each, its_reminder, box, now, manners, marks.get(each.person_id, ()))
        card = None if state or box is None else _card(vault, each, box, base, sender, now)
        if card is None:
            over.append((each, state or "refused", wait))
        else:
            cards.append(card)
    return cards, over


def _card(vault: Vault, each: Claimed, box: Any, base: str, sender: str, now: datetime) -> Card | None:
    try:
        key = vault.opener(each.person_id, box.key_wrapped)
        to = mailboxes.address_of(key, box.id, box.sealed)
    except Unopenable:
        return None
    off, about = mailboxes.off_secret(vault, box.id), each.reminder_id
    try:
        letter = postcard.reminder(box.language, base, sender, to, about=about, name=each.id, off=off, now=now)
    except postcard.BadHeader:
        return None
    return Card(each, to, letter)
