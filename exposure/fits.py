"""Fits: what a field accepts, as small functions that answer yes or no.

Texts are limited in code points; ratings are SUDS 0-100; times are milliseconds UTC.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

Fits = Callable[[Any], bool]

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
POSITION = re.compile(r"[A-Za-z][0-9A-Za-z]{1,199}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
CODE = re.compile(r"[a-z_]{1,24}")
_ZONE = re.compile(r"[A-Za-z0-9_+\-]{1,32}(/[A-Za-z0-9_+\-]{1,32}){0,2}")
_LATEST = 253_402_300_799_000  # the last second of the year 9999


def is_id(value: Any) -> bool:
    """A lower-case UUID as text."""
    return isinstance(value, str) and _UUID.fullmatch(value) is not None


def is_zone(value: Any) -> bool:
    """Shaped like an IANA time zone name (whether it exists is the timetable's question)."""
    return isinstance(value, str) and _ZONE.fullmatch(value) is not None


def is_moment(value: Any) -> bool:
    """Whole milliseconds since 1970 UTC, up to the year 9999."""
    return whole(value) and 0 <= value <= _LATEST


def whole(value: Any) -> bool:
    """A whole number; true is none."""
    return isinstance(value, int) and not isinstance(value, bool)


def text(limit: int) -> Fits:
    return lambda value: isinstance(value, str) and len(value) <= limit


def number(low: int, high: int) -> Fits:
    return lambda value: value is None or (whole(value) and low <= value <= high)


def one_of(*words: str | None) -> Fits:
    return lambda value: (value is None or isinstance(value, str)) and value in words


def matching(pattern: re.Pattern[str]) -> Fits:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def is_day(value: Any) -> bool:
    """A day of the calendar, 2026-02-28: the 31st of February is none."""
    if not (isinstance(value, str) and _DAY.fullmatch(value)):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def or_null(fits: Fits) -> Fits:
    return lambda value: value is None or fits(value)


def or_empty(fits: Fits) -> Fits:
    return lambda value: value == "" or fits(value)


def flag(value: Any) -> bool:
    return isinstance(value, bool)


def listing(fits: Fits, most: int) -> Fits:
    return lambda value: isinstance(value, list) and len(value) <= most and all(fits(item) for item in value)


def rating_during(value: Any) -> bool:
    """A pair: when, and how much."""
    return isinstance(value, list) and len(value) == 2 and is_moment(value[0]) and SUDS(value[1])


SUDS = number(0, 100)
MOMENT = or_null(is_moment)
REF = or_null(is_id)
LINE, TITLE, NAME, WORDS, STORY = text(200), text(500), text(120), text(1000), text(5000)
DAYS = listing(lambda value: whole(value) and 0 <= value <= 6, 7)
DAY_OR_NONE, CLOCK_OR_NONE = or_empty(is_day), or_empty(matching(CLOCK))
SHARING = one_of("", "open", "private")


def with_id(fits: Fits) -> Fits:
    """A pair: a space's id, and something said of it."""
    return lambda value: isinstance(value, list) and len(value) == 2 and is_id(value[0]) and fits(value[1])
