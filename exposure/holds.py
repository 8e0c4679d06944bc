"""Holds: push services that hang, ask for rest, or refuse our own signature, and how long nobody waits for them."""

from __future__ import annotations

import logging
from collections import deque

from exposure.push import Outcome

log = logging.getLogger("ippo.clock")


class Holds:
    """One slow push service must not stop the others: for a while nothing is tried there (times are monotonic)."""

    HANGING = 30.0  # seconds
    LONGEST = 60.0
    MOST = 1000  # names, before those that are free again are forgotten

    def __init__(self) -> None:
        self._until: dict[str, float] = {}

    def hear(self, host: str, outcome: Outcome, wait: float, at: float) -> None:
        """One more answer from there; `wait` is how many seconds lie before the next try."""
        if outcome.why == "TimeoutError":
            self._hold(host, self.HANGING, at)
        elif outcome.asked:
            self._hold(host, wait, at)

    def left(self, host: str, at: float) -> float:
        """Seconds to wait; 0 when the way is free."""
        return max(0.0, self._until.get(host, 0.0) - at)

    def _hold(self, host: str, seconds: float, at: float) -> None:
        if len(self._until) >= self.MOST:  # a service may have any number of names below its own
            self._until = {name: until for name, until in self._until.items() if until > at}
        self._until[host] = max(self._until.get(host, 0.0), at + min(seconds, self.LONGEST))


class Signature:
    """Watches for the day on which push services refuse our own signature: then stop, keep everything, say so.

    One voice for each person: a few devices of somebody's that refuse whatever comes must not stop everybody's.
    """

    WITHIN = 300.0  # seconds
    LEAST = 5  # answers, before a share of them means anything
    SHARE = 0.2
    PAUSE = 60.0

    def __init__(self) -> None:
        # One entry a second, not one an answer: a busy night has a million of them.
        self._seconds: deque[tuple[int, int, int]] = deque()  # which second, answers, refusals
        self._all = self._refused = 0
        self._refusers: dict[str, int] = {}  # who was refused, and in which second, the oldest first
        self._out_until = 0.0
        self.is_suspect = False  # from an outage on until something arrives again, however seldom we ask

    def hear(self, outcome: Outcome, at: float, whose: str) -> None:
        """One more answer of a push service about a device that takes things, or took some, at a monotonic time."""
        refused = int(outcome.became == "outage")
        if refused:
            if self._refusers.get(whose, float("-inf")) >= int(at) - self.WITHIN:
                return
            self._refusers.pop(whose, None)
            self._refusers[whose] = int(at)
        self._note(int(at), refused)
        self.is_suspect = self.is_suspect and outcome.became != "delivered"
        if not refused or self._all < self.LEAST or self._refused <= self.SHARE * self._all:
            return
        if not self.is_out(at):
            log.critical("push services refuse our signature (%d of %d); nothing is lost", self._refused, self._all)
        self._seconds.clear()
        self._refusers.clear()
        self._all = self._refused = 0
        self._out_until = at + self.PAUSE
        self.is_suspect = True

    def _note(self, second: int, refused: int) -> None:
        self._all += 1
        self._refused += refused
        if self._seconds and self._seconds[-1][0] == second:
            _, answers, refusals = self._seconds.pop()
            self._seconds.append((second, answers + 1, refusals + refused))
        else:
            self._seconds.append((second, 1, refused))
        while self._seconds[0][0] < second - self.WITHIN:
            _, answers, refusals = self._seconds.popleft()
            self._all -= answers
            self._refused -= refusals
        while self._refusers and next(iter(self._refusers.values())) < second - self.WITHIN:
            del self._refusers[next(iter(self._refusers))]

    def is_out(self, at: float) -> bool:
        """Whether to send nothing for now: what is due stays due."""
        return at < self._out_until
