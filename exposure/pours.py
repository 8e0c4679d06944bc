"""Pour: how much one person sends to write in an hour, so that no guest fills the disk of everybody.

Counted by bytes, in the memory of each process, as water in a vessel that runs out by itself. Whoever writes with
fingers never comes near it: a year of diary is less than a hundredth. A file that is brought in counts as well; the
largest fits once.
"""

from __future__ import annotations

import math
import threading
from datetime import datetime, timedelta
from typing import Final

from exposure.errors import TooMany

MOST: Final = 32 * 1024 * 1024  # bytes at once
EMPTIES: Final = timedelta(hours=1)  # a full one
MANY: Final = 10_000  # people; then those whose vessel is empty are forgotten


class Pours:
    """What everybody has sent lately."""

    def __init__(self) -> None:
        self._full_until: dict[str, datetime] = {}  # when the vessel of each is empty again
        self._lock = threading.Lock()

    def add(self, person: str, size: int, now: datetime) -> None:
        """Count `size` bytes of this person. Raises TooMany when they do not fit, and then counts nothing."""
        with self._lock:
            # Never further ahead than full: a clock that was set back must shut nobody out.
            begins = min(max(self._full_until.get(person, now), now), now + EMPTIES)
            empty = begins + EMPTIES * (size / MOST)
            over = empty - (now + EMPTIES)
            if len(self._full_until) >= MANY:
                self._full_until = {who: until for who, until in self._full_until.items() if until > now}
            self._full_until[person] = begins if over > timedelta(0) else empty
            if over > timedelta(0):
                raise TooMany(max(1, math.ceil(over.total_seconds())))
