"""Patience: how often a reminder still comes when nobody answers it (rule R-5).

The field's reminders nudge more when they are ignored. Ours comes less: from the third unanswered on every second time,
from the fifth every fourth time, and after the seventh not at all, until its person does something with it.
What counts as an answer is told in docs/reminders.md.
"""

from __future__ import annotations

from typing import Final

RARER: Final = 3
"""So many unanswered, and it comes every second time; the app asks once, inside the app, what is wished."""
RAREST: Final = 5
SILENT: Final = 7


def stride(unanswered: int) -> int | None:
    """Of how many occurrences one is told; None when none is any more."""
    if unanswered >= SILENT:
        return None
    return 4 if unanswered >= RAREST else 2 if unanswered >= RARER else 1


def tells(unanswered: int, skipped: int) -> bool:
    """Whether the next occurrence is told, when `skipped` were passed over since the last one that was."""
    every = stride(unanswered)
    return every is not None and skipped + 1 >= every
