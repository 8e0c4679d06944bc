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
        self._until[host] = max(self._until.get(host, 0.0), at + min(seconds, self.LONGEST))


class Signature:
    """Watches for the day on which push services refuse our own signature: then stop, keep everything, say so."""

    WITHIN = 300.0  # seconds
    LEAST = 5  # answers, before a share of them means anything
    SHARE = 0.2
    PAUSE = 60.0

    def __init__(self) -> None:
        self._answers: deque[tuple[float, bool]] = deque()
        self._out_until = 0.0

    def hear(self, outcome: Outcome, at: float) -> None:
        """One more answer of a push service, at a monotonic time."""
        self._answers.append((at, outcome.became == "outage"))
        while self._answers[0][0] < at - self.WITHIN:
            self._answers.popleft()
        refused = sum(1 for _, was_refused in self._answers if was_refused)
        if len(self._answers) < self.LEAST or refused <= self.SHARE * len(self._answers):
            return
        if not self.is_out(at):
            log.critical("push services refuse our signature (%d of %d); nothing is lost", refused, len(self._answers))
        self._answers.clear()
        self._out_until = at + self.PAUSE

    def is_out(self, at: float) -> bool:
        """Whether to send nothing for now: what is due stays due."""
        return at < self._out_until
