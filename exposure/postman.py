"""Postman: what is due by mail -> claimed -> opened -> handed in -> settled, one after the other.

He walks beside the dispatch and shares only the database with it: a mail server that hangs keeps him, and no push. When
the server does not answer he comes home with the rest of the bag, instead of waiting once for each card.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from exposure import mailboxes, mailings, places
from exposure.cards import Card, open_cards
from exposure.db import connection, writing
from exposure.mail import Line, Mail
from exposure.push import Outcome
from exposure.vault import Vault

REST = timedelta(minutes=1)
STATES = {"delivered": "sent", "refused": "refused", "later": "open", "outage": "open"}

log = logging.getLogger("ippo.clock")


class Postman:
    """One clock's way to the mail server. `round` is called again and again, inside an app context."""

    def __init__(self, mail: Mail, vault: Vault, base: str, now: Callable[[], datetime]) -> None:
        self.mail, self.vault, self.base, self.now = mail, vault, base, now
        self.stop = threading.Event()

    def round(self) -> Counter[str]:
        """Hand in all that is due now. Returns how many mails ended how."""
        counts: Counter[str] = Counter()
        with self.mail.line() as line:
            while not self.stop.is_set():
                cards = self._take(counts)
                if not cards or not self._carry(line, cards, counts):
                    break
        return counts

    def _take(self, counts: Counter[str]) -> list[Card]:
        """Claim a few and open them, until there are some to hand in or nothing is due."""
        while True:
            anything = mailings.is_anything_due(connection(), self.now())
            connection().commit()
            if not anything:
                return []
            with writing() as bound:
                claimed = mailings.claim(bound, self.now())
            cards, over = open_cards(connection(), self.vault, claimed, self.base, self.mail.sender, self.now())
            connection().commit()
            if over:
                with writing() as bound:
                    for each, state, wait in over:
                        mailings.settle(bound, each, "open" if wait else state, wait, tried=False)
                    places.free(bound, [each for each, _, wait in over if wait is None])
            counts.update(state for _, state, _ in over)
            if cards or not claimed:
                return cards

    def _carry(self, line: Line, cards: Sequence[Card], counts: Counter[str]) -> bool:
        """Hand these in; False when the server does not take any just now, and the rest was brought home."""
        for at, card in enumerate(cards):
            each = card.claimed
            outcome = line.send(card.to, card.letter, self.now(), each.tries + 1)
            self._settle(card, outcome)
            counts[outcome.became] += 1
            away = outcome.became == "outage" or (
                outcome.became == "later" and outcome.why not in ("recipient", "data")
            )
            if away or self.stop.is_set():
                self._bring_home(cards[at + 1 :])
                if away:
                    log.warning("the mail server does not take mail (%s); nothing is lost", outcome.why)
                return False
        return True

    def _settle(self, card: Card, outcome: Outcome) -> None:
        box = [card.claimed.subscription_id]
        with writing() as bound:
            mailings.settle(bound, card.claimed, STATES[outcome.became], outcome.retry_at)
            if outcome.became != "delivered":
                places.free(bound, [card.claimed])
            if outcome.became == "delivered":
                mailboxes.note_arrivals(bound, box)
            elif outcome.became == "refused" and outcome.why == "recipient":
                mailboxes.note_refusals(bound, box, self.now())

    def _bring_home(self, cards: Sequence[Card]) -> None:
        """Not tried: not counted as a try, and tried in a minute."""
        with writing() as bound:
            for card in cards:
                mailings.settle(bound, card.claimed, "open", self.now() + REST, tried=False)
