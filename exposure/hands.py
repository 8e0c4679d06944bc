"""Hands: threads that each do one piece of work at a time, and become more while all of them only wait.

A push service that answers at once keeps a core busy with few hands; one that takes its time wants many. Which it is,
is tried: while work lies there and the processor is not busy, twice as many are taken, and again if that helped.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterable
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

Work = TypeVar("Work")
Done = TypeVar("Done")

FIRST = 2  # while a service answers at once, more would only hand the interpreter to and fro
BUSY = 0.75  # of one core: then more hands would only be in each other's way
LOOK = 0.2  # seconds between two looks
HELPED = 1.2  # times as much done as before: where a neighbour has the processor, more hands bring nothing
ENOUGH = 1.0  # seconds until it is tried again
IDLE = 30.0  # seconds after which a hand beyond the first few goes home, and its connections with it


def in_long_turns() -> None:
    """Let the threads of this process change places less often; for a process that does nothing but send.

    A thread with something to compute then keeps the interpreter for up to 50 ms, not 5. Nobody waits for a
    clock, and changing places was a fifth of what a reminder cost.
    """
    sys.setswitchinterval(0.05)


class Hands(Generic[Work, Done]):
    """One who gives work and takes what is done; the work itself is done in threads."""

    def __init__(self, does: Callable[[Work], Done], most: int) -> None:
        self._does, self._most = does, most
        self._given: SimpleQueue[Work | None] = SimpleQueue()
        self._done: SimpleQueue[tuple[Work, Done | BaseException]] = SimpleQueue()
        self._lock = threading.Lock()
        self.count = 0  # hands there are
        self.out = 0  # pieces given and not taken back
        self._looked, self._spent = time.monotonic(), time.process_time()
        self._taken, self._rate, self._grew, self._enough = 0, 0.0, False, 0.0

    def give(self, works: Iterable[Work]) -> None:
        """Lay work down for whoever is free."""
        for work in works:
            self.out += 1
            self._given.put(work)
        if self.count < min(self.out, FIRST, self._most):
            self._take_on(min(self.out, FIRST, self._most) - self.count)

    @property
    def waiting(self) -> int:
        """Pieces nobody has begun."""
        return self._given.qsize()

    def take(self, seconds: float, linger: float = 0.0) -> list[tuple[Work, Done]]:
        """What was done meanwhile; waits up to `seconds` for the first, then `linger` for its company.

        What the work raised is raised here.
        """
        if not self.out:
            return []
        try:
            found = [self._done.get(timeout=seconds) if seconds else self._done.get_nowait()]
        except Empty:
            return []
        if linger:
            time.sleep(linger)
        while True:
            try:
                found.append(self._done.get_nowait())
            except Empty:
                break
        self.out -= len(found)
        self._taken += len(found)
        return [(work, _unless_raised(done)) for work, done in found]

    def look(self) -> None:
        """Take on more hands when there is work, the processor is idle, and the last ones did not come in vain."""
        at = time.monotonic()
        seconds = at - self._looked
        if seconds < LOOK:
            return
        spent = time.process_time()
        busy, rate = (spent - self._spent) / seconds, self._taken / seconds
        if self._grew and rate < HELPED * self._rate:
            self._enough = at + ENOUGH
        self._looked, self._spent, self._taken, self._rate = at, spent, 0, rate
        wanted = busy < BUSY and self.waiting > 0 and at >= self._enough
        self._grew = wanted and FIRST <= self.count < self._most
        if self._grew:
            self._take_on(min(self.count, self._most - self.count))

    def close(self) -> None:
        """Send those home that have nothing to do; the others end with the process."""
        for _ in range(self.count):
            self._given.put(None)

    def _take_on(self, number: int) -> None:
        with self._lock:
            self.count += number
        for _ in range(number):
            threading.Thread(target=self._work, name="push", daemon=True).start()

    def _work(self) -> None:
        while (work := self._next()) is not None:
            try:
                done: Done | BaseException = self._does(work)
            except BaseException as error:  # noqa: BLE001 - told to whoever takes it
                done = error
            self._done.put((work, done))

    def _next(self) -> Work | None:
        """The next piece; None when it is time to go home."""
        while True:
            try:
                return self._given.get(timeout=IDLE)
            except Empty:
                with self._lock:
                    if self.count > FIRST:
                        self.count -= 1
                        return None


def _unless_raised(done: Done | BaseException) -> Done:
    if isinstance(done, BaseException):
        raise done
    return done
