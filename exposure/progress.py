"""Progress: a bar for commands that take their time. On a terminal only; a log or a pipe gets nothing of it."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from typing import TextIO

WIDE = 24
QUICK = 0.5  # seconds; what ends sooner shows no bar
OFTEN = 0.1

Show = Callable[[int, int], None]


@contextlib.contextmanager
def bar(words: str, to: TextIO | None = None) -> Iterator[Show]:
    """While this lasts, `show(done, whole)` draws how far it is; at the end the line is wiped."""
    where = to or sys.stderr
    begun = drawn = time.monotonic()
    shown = False

    def show(done: int, whole: int) -> None:
        nonlocal drawn, shown
        at = time.monotonic()
        if not where.isatty() or at - begun < QUICK or at - drawn < OFTEN:
            return
        drawn, shown = at, True
        where.write(f"\r{words} {line(done, whole)}")
        where.flush()

    try:
        yield show
    finally:
        if shown:
            where.write("\r\x1b[K")
            where.flush()


def line(done: int, whole: int) -> str:
    """The bar itself: `[======------------------] 25 of 100`."""
    full = WIDE * done // whole if whole else WIDE
    return f"[{'=' * full}{'-' * (WIDE - full)}] {done:,} of {whole:,}"
