"""The Saturday to come, noon in Tokyo: the hour at which a page's made-up clock begins.

Where the house has a real clock no date is written down: once that has passed it, nothing comes on that day any more.
"""

from datetime import UTC, datetime, timedelta

_TOMORROW = datetime.now(UTC).replace(hour=3, minute=0, second=0, microsecond=0) + timedelta(days=1)
SATURDAY = _TOMORROW + timedelta(days=(5 - _TOMORROW.weekday()) % 7)


def date(days):
    """So many days later, as the app keeps it: 2026-11-28."""
    return f"{SATURDAY + timedelta(days=days):%Y-%m-%d}"


def told(days):
    """So many days later, as the app tells it: 11月28日(土)."""
    day = SATURDAY + timedelta(days=days)
    return f"{day.month}月{day.day}日({'月火水木金土日'[day.weekday()]})"
