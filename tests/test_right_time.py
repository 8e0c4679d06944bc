"""Right time: whatever the clocks of the world do, what was wished is told once on each date, and never in the quiet.

The timetable alone is held against a plain walk through time in test_timetable; here it is what the clock decides.
"""

import os
import random
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure.manners import Manners
from exposure.timetable import Rhythm, next_due, quiet_until
from tests.lives import Life
from tests.test_timetable import HALF_HOURS, ZONES, transitions, utc

AROUND = timedelta(days=3)
ODD = ["America/Havana", "Australia/Lord_Howe", "America/Nuuk", "Asia/Beirut", "Africa/Casablanca", "Pacific/Apia"]


def some_zones() -> list[str]:
    return random.Random(os.environ.get("IPPO_SEED", "2026")).sample(ZONES, len(ZONES) // 20) + ODD


def dates_between(zone: str, start: datetime, end: datetime) -> set[date]:
    """The dates that this zone's walls show wholly between two instants, read a quarter of an hour at a time."""
    info, seen, at = ZoneInfo(zone), list[date](), start
    while at < end:
        seen.append(at.astimezone(info).date())
        at += timedelta(minutes=15)
    return set(seen) - {seen[0], seen[-1]}


def told_around(zone: str, change: datetime) -> tuple[int, list[str]]:
    """Every half hour, by a clock that looks when it is due: how many tellings, and what is skipped or doubled."""
    start, end, wrong, count = change - AROUND, change + AROUND, [], 0
    days = dates_between(zone, start, end)
    for at in HALF_HOURS:
        life, now = Life(127, at.isoformat("minutes"), zone, 60, start), start
        while life.row.due is not None and (now := max(now, life.row.due)) < end + timedelta(days=1):
            telling = life.look(now)
            life.answer(now)
            if telling is None or not telling.occurrence.due <= now < telling.occurrence.until:
                wrong.append(f"{zone} {at} at {now}: {telling}")
        told = [telling.day for telling in life.told]
        count += len(told)
        if len(told) != len(set(told)):
            wrong.append(f"{zone} {at}: a date twice around {change}")
        wrong += [f"{zone} {at}: nothing on {day}" for day in sorted(days) if day.isoformat() not in told]
    return count, wrong


def sweep(zones: list[str], first: int, last: int) -> tuple[int, list[str]]:
    count, wrong = 0, list[str]()
    for zone in zones:
        for change in transitions(zone, utc(first, 1, 1), utc(last, 1, 1)) or [utc(first, 6, 1)]:
            told, found = told_around(zone, change)
            count, wrong = count + told, wrong + found
    return count, wrong


def test_nothing_is_skipped_doubled_or_stale_around_the_changes_of_two_years():
    count, wrong = sweep(some_zones(), 2026, 2028)
    assert count >= 48 * 5 * len(ODD)
    assert wrong == []


def test_a_date_that_a_country_skipped_is_the_only_one_that_is_not_told():
    """Apia had no 30 December 2011."""
    count, wrong = told_around("Pacific/Apia", utc(2011, 12, 30, 10))
    assert count >= 48 * 5
    assert wrong == []
    life, now = Life(127, "10:00", "Pacific/Apia", 60, utc(2011, 12, 27)), utc(2011, 12, 27)
    for _ in range(4):
        now = life.row.due
        life.look(now)
        life.answer(now)
    assert [telling.day for telling in life.told] == ["2011-12-27", "2011-12-28", "2011-12-29", "2011-12-31"]
    one = Life(0, "10:00", "Pacific/Apia", 60, utc(2011, 12, 27), on="2011-12-30")
    assert one.row.due is None


@pytest.mark.nightly
def test_nothing_is_skipped_doubled_or_stale_anywhere():
    count, wrong = sweep(ZONES, 2026, 2028)
    assert count >= 48 * 5 * len(ZONES)
    assert wrong == []


# ---- quiet hours, against the wall


def wrong_quiet(zone: str, change: datetime, start: time, end: time) -> list[str]:
    """Every ten minutes around a change: it is quiet exactly when the wall says so, and over when it first says not."""
    info, found = ZoneInfo(zone), []
    walk = [change - timedelta(hours=30) + timedelta(minutes=10 * step) for step in range(360)]
    for at in walk:
        wall = at.astimezone(info).time()
        inside = start <= wall < end if start < end else wall >= start or wall < end
        until = quiet_until(start, end, zone, at)
        if (until is not None) != (inside and start != end):
            found.append(f"{zone} {wall} in {start}-{end}: {until}")
        elif until is not None:
            after = until.astimezone(info).time()
            if until <= at or (start <= after < end if start < end else after >= start or after < end):
                found.append(f"{zone} {wall} in {start}-{end}: ends at {after}, in the quiet")
            elif until - at > timedelta(hours=49):
                found.append(f"{zone} {wall} in {start}-{end}: ends at {until}, long after")
    return found


HOURS = [(time(22), time(8)), (time(1), time(9, 30)), (time(9), time(17)), (time(23, 30), time(2)), (time(2), time(3)),
         (time(0), time(0)), (time(2, 30), time(2, 10))]  # fmt: skip


def test_it_is_quiet_when_the_wall_says_so_also_when_the_clocks_change():
    wrong = []
    for zone in ODD + some_zones()[:6]:
        for change in transitions(zone, utc(2026, 1, 1), utc(2027, 1, 1)):
            for hours in HOURS:
                wrong += wrong_quiet(zone, change, *hours)
    wrong += wrong_quiet("Pacific/Apia", utc(2011, 12, 30, 10), time(22), time(8))
    assert wrong == []


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(ZONES), st.datetimes(datetime(2000, 1, 1), datetime(2037, 1, 1)), st.times(), st.times())  # noqa: DTZ001
def test_the_end_of_the_quiet_is_never_quiet(zone, at, start, end):
    start, end = (each.replace(second=0, microsecond=0) for each in (start, end))
    now = at.replace(tzinfo=UTC, microsecond=0)
    until = quiet_until(start, end, zone, now)
    assert until is None or (until > now and quiet_until(start, end, zone, until) is None)


def test_a_reminder_in_quiet_hours_is_told_when_they_end_across_a_change():
    """In New York, 22:00 to 07:00, the night the clocks jump: at seven by the wall, an hour earlier by the sun."""
    said = Manners(quiet=(time(22), time(7)))
    life = Life(127, "23:00", "America/New_York", 600, utc(2026, 3, 6, 12), said=said)
    ends = []
    for _ in range(3):
        telling = life.look(life.row.due)
        life.answer(telling.at)
        ends.append(telling.at)
    assert ends == [utc(2026, 3, 7, 12), utc(2026, 3, 8, 11), utc(2026, 3, 9, 11)]


# ---- one date


def test_one_date_is_that_date_in_its_zone_and_no_other():
    rhythm = Rhythm(frozenset(), time(2, 30), "America/New_York", 60, date(2026, 3, 8))
    found = next_due(rhythm, utc(2026, 1, 1))
    assert found is not None
    assert (found.day, found.due) == (date(2026, 3, 8), utc(2026, 3, 8, 7))
    assert next_due(rhythm, found.due) is None
    assert next_due(rhythm, utc(2026, 1, 1), date(2026, 3, 8)) is None
    every = Rhythm(frozenset(range(7)), time(2, 30), "America/New_York", 60, date(2026, 3, 8))
    assert next_due(every, found.due) is None


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31), date(1969, 12, 31)])
def test_a_date_of_another_age_is_refused(day):
    with pytest.raises(ValueError, match="day"):
        Rhythm(frozenset(), time(10), "Asia/Tokyo", 60, day)
