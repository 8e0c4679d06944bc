"""Dispatch: what is due -> claimed -> opened -> sealed and posted by a few threads -> settled.

Database work is done by the one who calls; the threads only seal and post, so that a push service that hangs holds a
thread and nothing else. Answers are settled as they come, together only when many come at once: a clock killed now has
little to say twice.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from exposure import deliveries, falling, heartbeats, hosts, places, subscriptions
from exposure.db import connection, writing
from exposure.deliveries import BATCH, LEASE, Claimed
from exposure.endpoints import service_of
from exposure.hands import LOOK, Hands
from exposure.holds import Holds, Signature
from exposure.letters import Letter, open_letters
from exposure.notification import topic
from exposure.push import Message, Outcome, Push
from exposure.vault import Vault

THREADS = 128  # at most, for a push service that takes its time; twice as many sent no more, and held 16 MB
MANY = 16  # letters on their way: then answers wait a moment for each other
MOMENT = 0.02
GRACE = 3.0  # seconds for what is on its way when the clock is asked to stop
MARGIN = 15.0  # seconds of lease without which nothing is begun: longer than one whole exchange
BEAT = 15.0
AGAIN = 2.0  # seconds after which we look for what fell due meanwhile, although somebody still hangs

log = logging.getLogger("ippo.clock")

_Errand = tuple[Letter, float]  # and when it was claimed, monotonic

_STATES = {"delivered": "sent", "gone": "gone", "refused": "refused", "later": "open", "outage": "open"}


class Dispatch:
    """One clock's hands. `round` is called again and again, inside an app context."""

    def __init__(
        self,
        push: Push,
        vault: Vault,
        base: str,
        now: Callable[[], datetime],
        *,
        threads: int = THREADS,
        batch: int = BATCH,
        lease: timedelta = LEASE,
    ) -> None:
        self.push, self.vault, self.base, self.now = push, vault, base, now
        self.batch, self.lease = batch, lease
        self.holds, self.signature = Holds(), Signature()
        self.stop = threading.Event()
        self._hands: Hands[_Errand, Outcome | None] = Hands(lambda errand: self._send(*errand), threads)
        self._beaten = float("-inf")

    def round(self) -> Counter[str]:
        """Send all that is due now. Returns how many deliveries ended how."""
        counts: Counter[str] = Counter()
        hands, more, patience, looked = self._hands, True, float("inf"), 0.0
        while more or hands.out:
            self._beat()
            more = more or time.monotonic() - looked > AGAIN
            if self.stop.is_set():
                more, patience = False, min(patience, time.monotonic() + GRACE)
                if time.monotonic() > patience:
                    break  # the leases of what still hangs run out by themselves
            room = more and hands.waiting <= self.batch // 2 and hands.out < self.batch + 2 * hands.count
            done = hands.take(0.0) if room else hands.take(LOOK, MOMENT if hands.out >= MANY else 0.0)
            # What was sent is written down before anything else is begun: a clock killed now would send it again.
            self._settle([(errand[0], outcome) for errand, outcome in done], counts)
            if room:
                letters, more = self._take(counts)
                begun = looked = time.monotonic()
                hands.give((letter, begun) for letter in letters)
            hands.look()
        return counts

    def close(self) -> None:
        """Let the threads go that have nothing to do; those in an exchange end with the process."""
        self._hands.close()

    def _beat(self) -> None:
        at = time.monotonic()
        if at - self._beaten >= BEAT:
            self._beaten = at
            with writing() as bound:
                heartbeats.beat(bound, self.now(), "outage" if self.signature.is_out(at) else "")

    def _take(self, counts: Counter[str]) -> tuple[list[Letter], bool]:
        """Claim a batch and open it; whether there may be more."""
        if self.signature.is_out(time.monotonic()):
            return [], False
        anything = deliveries.is_anything_due(connection(), self.now())
        connection().commit()
        if not anything:
            return [], False  # an idle tick takes no lock
        # Two writes: nobody else waits for the pen while both are done.
        with writing() as bound:
            due = falling.fall_due(bound, self.now(), self.batch)
        with writing() as bound:
            claimed = deliveries.claim(bound, self.now(), self.batch, self.lease)
        letters, over = open_letters(connection(), self.vault, claimed, self.base, self.now())
        connection().commit()
        if over:
            with writing() as bound:
                deliveries.let_go(bound, over)
                places.free(bound, [each for each, _, wait in over if wait is None])
        counts.update({"due": due, **Counter(state for _, state, _ in over)})
        return letters, bool(due or claimed)

    def _send(self, letter: Letter, begun: float) -> Outcome | None:
        """In a thread: what became of one letter; None when it was not tried after all."""
        at, host = time.monotonic(), _host(letter)
        late = at > begun + self.lease.total_seconds() - min(MARGIN, self.lease.total_seconds() / 2)
        if late or self.stop.is_set() or self.holds.left(host, at) or self.signature.is_out(at):
            return None
        claimed, now = letter.claimed, self.now()
        left = int((claimed.until - now).total_seconds())
        if left < 1:
            return None  # its window closed while it lay in our hands
        # It lives no longer than its window: a phone switched on at night gets nothing stale.
        message = Message(letter.payload, ttl=left, topic=topic(claimed.reminder_id))
        try:
            outcome = self.push.send(letter.keys, message, now, claimed.tries + 1)
        except Exception as error:  # noqa: BLE001 - whatever it is, one letter never holds up all the others
            log.error("a message could not be sent: unforeseen %s", type(error).__name__)
            outcome = Outcome("refused", "unforeseen")
        wait_for = 0.0 if outcome.retry_at is None else (outcome.retry_at - now).total_seconds()
        self.holds.hear(host, outcome, wait_for, time.monotonic())
        return outcome

    def _settle(self, answers: Sequence[tuple[Letter, Outcome | None]], counts: Counter[str]) -> None:
        tried = [(letter.claimed, outcome) for letter, outcome in answers if outcome is not None]
        untried = [letter for letter, outcome in answers if outcome is None]
        if not tried and not untried:
            return
        at = time.monotonic()
        was_out = self.signature.is_out(at)
        proven = {letter.claimed.id for letter, _ in answers if letter.proven}
        for each, outcome in tried:
            if each.id in proven or outcome.became == "delivered":
                self.signature.hear(outcome, at, each.person_id)
            if outcome.why == "413":
                log.error("a push service finds our messages too large (413); all have one size")
        ours = proven if self.signature.is_suspect else set()
        gone, wrong = _devices(tried, ours)
        now = self.now()
        with writing() as bound:
            deliveries.settle(bound, [(each, _STATES[outcome.became], outcome.retry_at) for each, outcome in tried])
            for letter in untried:
                pause = max(self.holds.left(_host(letter), at), 0.0 if self.stop.is_set() else 1.0)
                deliveries.give_back(bound, [letter.claimed], now + timedelta(seconds=pause))
            places.free(bound, [each for each, outcome in tried if outcome.became != "delivered"])
            taken = [each.subscription_id for each, outcome in tried if outcome.became == "delivered"]
            subscriptions.note_delivered(bound, taken, now)
            subscriptions.forget_gone(bound, gone, now)
            subscriptions.note_refusals(bound, wrong, now)
            if self.signature.is_out(at) and not was_out:  # the first who were refused were not at fault either
                subscriptions.forgive(bound, now - timedelta(seconds=self.signature.WITHIN))
            hosts.note(bound, self._heard(answers), now)
        counts.update(outcome.became for _, outcome in tried)
        counts["held"] += len(untried)

    def _heard(self, answers: Iterable[tuple[Letter, Outcome | None]]) -> Iterator[tuple[str, str, str]]:
        for letter, outcome in answers:
            if outcome is not None:
                yield service_of(letter.keys.endpoint, self.push.hosts), outcome.became, outcome.why


def _devices(tried: list[tuple[Claimed, Outcome]], ours: Container[str]) -> tuple[list[str], list[str]]:
    """Devices the push service has forgotten, and those it finds fault with (but where the fault may be ours)."""
    gone = [each.subscription_id for each, outcome in tried if outcome.became == "gone"]
    faults = ((each, {"400"} if each.id in ours else {"400", "401", "403"}, outcome.why) for each, outcome in tried)
    return gone, [each.subscription_id for each, these, why in faults if why in these]


def _host(letter: Letter) -> str:
    return letter.keys.endpoint.removeprefix("https://").partition("/")[0]
