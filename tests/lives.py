"""One reminder as a clock meets it, in memory: for years in seconds, and every zone of the world."""

from datetime import date, datetime
from types import SimpleNamespace

from exposure import falling
from exposure.falling import Telling
from exposure.manners import DEFAULT, Manners
from exposure.reminders import next_columns, rhythm_of
from exposure.timetable import next_due


class Life:
    """One reminder, met by the clock's own decision at every look, as the table would hold it."""

    def __init__(
        self,
        days: int,
        at: str,
        zone: str,
        window: int,
        start: datetime,
        *,
        said: Manners = DEFAULT,
        on: str | None = None,
    ) -> None:
        self.row = SimpleNamespace(days=days, at=at, zone=zone, window=window, date=on, step=None, ladder=None)
        self.row.answered, self.row.unanswered, self.row.skip = None, 0, 0
        self.said, self.told = said, list[Telling]()
        self._put(next_columns(next_due(rhythm_of(self.row), start), None))

    def _put(self, columns: dict) -> None:
        vars(self.row).update(columns)

    def look(self, now: datetime) -> Telling | None:
        """One look of a clock; what it tells is told and not answered."""
        if self.row.due is None or self.row.due > now:
            return None
        telling, following = falling._step(self.row, self.said, (), now)
        self._put(following)
        if telling is not None:
            self.told.append(telling)
            self.row.unanswered, self.row.skip = self.row.unanswered + 1, 0
        return telling

    def answer(self, now: datetime) -> None:
        """Somebody does something with it."""
        self.row.unanswered = self.row.skip = 0
        if self.row.due is None:
            last = self.row.last_day
            following = next_due(rhythm_of(self.row), now, last and date.fromisoformat(last))
            self._put(next_columns(following, last))
