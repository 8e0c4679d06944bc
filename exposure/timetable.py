"""When a reminder next falls due, on a person's own clock, across daylight saving.

A reminder says "Mondays and Thursdays at 10:30 in Tokyo, for an hour", or "on the 4th". A `Rhythm` keeps exactly that;
`next_due` and `open_now` turn it into instants, `quiet_until` does so with the hours in which somebody sleeps. Three
rules, each because a library got it wrong (APScheduler's CronTrigger skipped or doubled 688 of 17,472 cases):

* a wall time that the clock jumps over falls on the first instant after the jump;
* a wall time that comes twice is taken the first time only;
* there is one occurrence for each local date, named by that date; a date that a country skipped whole has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

LONGEST_WINDOW = 24 * 60
"""Minutes. A longer window would let yesterday's reminder arrive beside today's."""

_HORIZON = 16  # days: one week for the rarest rhythm, and room for a date that a country skipped


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What a person chose: weekdays (Monday 0) or one date, a wall time, a zone by its IANA name, a window in minutes.

    Raises ValueError for a weekday outside 0-6, a window outside 1-1,440, a zone that does not exist, a date of
    another age.
    """

    days: frozenset[int]
    at: time
    zone: str
    window: int = 60
    date: date | None = None

    def __post_init__(self) -> None:
        if not self.days <= frozenset(range(7)):
            raise ValueError("a weekday is a number from 0 (Monday) to 6")
        if not 1 <= self.window <= LONGEST_WINDOW:
            raise ValueError(f"a window is 1 to {LONGEST_WINDOW} minutes")
        if not is_zone(self.zone):
            raise ValueError("no such time zone")
        if self.date is not None and not 1970 < self.date.year < 2200:
            raise ValueError("no day anybody means")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One falling due: the local date it belongs to, and the two UTC instants between which it may be told."""

    day: date
    due: datetime
    until: datetime


def is_zone(name: str) -> bool:
    """Whether `name` is a zone of the IANA database. Asked of a list, so that no name is ever used as a file path."""
    return name in _zone_names()


def zone_or_utc(name: str) -> str:
    """This zone, or UTC where it is none: a phone may know of one that this house has not heard of yet."""
    return name if is_zone(name) else "UTC"


def next_due(rhythm: Rhythm, after: datetime, last_day: date | None = None) -> Occurrence | None:
    """The first occurrence strictly after `after` (aware) on a local date later than `last_day`; None without days."""
    zone = _zone(rhythm.zone)
    if rhythm.date is not None:
        only = None if last_day is not None and rhythm.date <= last_day else _on(rhythm, rhythm.date, zone)
        return only if only is not None and only.due > after else None
    # One day back, since the jump of a clock may carry the end of a date into the next one.
    day = after.astimezone(zone).date() - timedelta(days=1)
    if last_day is not None:
        day = max(day, last_day + timedelta(days=1))
    for _ in range(_HORIZON):
        found = _on(rhythm, day, zone)
        if found is not None and found.due > after:
            return found
        day += timedelta(days=1)
    return None


def open_now(rhythm: Rhythm, now: datetime, last_day: date | None = None) -> Occurrence | None:
    """The latest occurrence whose window `now` (aware) stands in, on a local date later than `last_day`, if any."""
    zone = _zone(rhythm.zone)
    today = now.astimezone(zone).date()
    for back in range(-1, 3):
        day = today - timedelta(days=back)
        if last_day is not None and day <= last_day:
            return None
        found = _on(rhythm, day, zone)
        if found is not None and found.due <= now < found.until:
            return found
    return None


def end_of_day(day: date, zone: str) -> datetime:
    """The instant at which a local date is over."""
    return datetime.combine(day + timedelta(days=1), time(), _zone(zone)).astimezone(UTC)


def quiet_until(start: time, end: time, zone: str, now: datetime) -> datetime | None:
    """When the quiet hours end in which `now` (aware) lies; None outside them. They are read off the wall of the zone.

    They may reach over midnight; from a time to the same time are none. An hour that comes twice is quiet twice.
    """
    place = _zone(zone)
    today = _wall(now, place)
    if not _lies_in(today.time(), start, end):
        return None
    for ahead in range(_HORIZON):
        at = datetime.combine(today.date() + timedelta(days=ahead), end)
        passes = [at.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1)]
        shown = [each for each in passes if _wall(each, place) == at]  # twice, once, or a gap lies there
        jump = None if shown else _instant(at.date(), end, place)
        ends = (each for each in (*shown, jump) if each is not None and each > now)
        # A jump over the end may land where the next quiet begins.
        over = [each for each in ends if not _lies_in(_wall(each, place).time(), start, end)]
        if over:
            return min(over)
    return None


def _lies_in(wall: time, start: time, end: time) -> bool:
    return start <= wall < end if start <= end else wall >= start or wall < end


@lru_cache(maxsize=4096)
def local_day(instant: datetime, zone: str) -> date:
    """The date on the wall of `zone` at an aware instant. Raises ValueError for a zone that does not exist."""
    if not is_zone(zone):
        raise ValueError("no such time zone")
    return instant.astimezone(_zone(zone)).date()


def _on(rhythm: Rhythm, day: date, zone: ZoneInfo) -> Occurrence | None:
    if day.weekday() not in rhythm.days if rhythm.date is None else day != rhythm.date:
        return None
    due = _instant(day, rhythm.at, zone)
    return None if due is None else Occurrence(day, due, due + timedelta(minutes=rhythm.window))


@lru_cache(maxsize=4096)  # many are reminded at the same hour
def _instant(day: date, at: time, zone: ZoneInfo) -> datetime | None:
    wall = datetime.combine(day, at.replace(tzinfo=None, fold=0))
    first = wall.replace(tzinfo=zone).astimezone(UTC)  # fold 0: the first pass, where there are two
    if _wall(first, zone) == wall:
        return first
    jump = _end_of_gap(wall, zone)
    # The date itself may be missing (Apia had no 30 December 2011): then nothing of it is left to be reminded on.
    existed = _wall(jump - timedelta(seconds=1), zone).date() == day or _wall(jump, zone).date() == day
    return jump if existed else None


def _end_of_gap(wall: datetime, zone: ZoneInfo) -> datetime:
    """The first instant whose wall time is past `wall`, which no clock of the zone ever shows."""
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    after = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
        if _wall(middle, zone) < wall:
            before = middle
        else:
            after = middle
    return after


def _wall(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@cache
def _zone_names() -> frozenset[str]:
    return frozenset(available_timezones())
