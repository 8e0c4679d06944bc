"""Turns: who of those that hold a thread works, and who only waits for somebody else.

A house does well what it does a few at a time. So those at work are counted (`crowding.py`), and whoever waits for
another computer, for a place at the hashing bench or for something to tell a stream says so here and is not counted
meanwhile.
Where nobody counts (tests, tools) nothing happens.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

LONG = 1.0  # seconds; whatever takes longer is not counted any more: a few slow ones must not close the house

_mine = threading.local()


class Turn:
    """One request, from the moment it is let in until it is answered."""

    def __init__(self) -> None:
        self.rests = False
        self._began: float | None = None

    def begin(self) -> None:
        """This thread is now about this request."""
        self._began = time.monotonic()
        _mine.turn = self

    def works(self, now: float) -> bool:
        """Whether it takes room; `now` is monotonic, in seconds."""
        return not self.rests and (self._began is None or now - self._began < LONG)


def rest() -> None:
    """From here to its end this request only waits: a stream."""
    turn: Turn | None = getattr(_mine, "turn", None)
    if turn is not None:
        turn.rests = True


@contextmanager
def resting() -> Iterator[None]:
    """Inside, this request waits for somebody else."""
    turn: Turn | None = getattr(_mine, "turn", None)
    if turn is None:
        yield
        return
    turn.rests = True
    try:
        yield
    finally:
        turn.rests = False
