"""The timetable: every zone, every half hour, every change of the clocks, against a plain walk through time."""

import os
import random
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure.timetable import Occurrence, Rhythm, is_zone, local_day, next_due, open_now

DAILY = frozenset(range(7))
HALF_HOURS = [time(hour, minute) for hour in range(24) for minute in (0, 30)]
ZONES = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def due(rhythm: Rhythm, after: datetime, last_day: date | None = None) -> datetime:
    found = next_due(rhythm, after, last_day)
    assert found is not None
    return found.due


def test_a_reminder_falls_due_at_its_time_on_the_wall_of_its_zone():
    rhythm = Rhythm(DAILY, time(10, 30), "Asia/Tokyo", 45)
    assert next_due(rhythm, utc(2026, 11, 21, 12)) == Occurrence(
        date(2026, 11, 22), utc(2026, 11, 22, 1, 30), utc(2026, 11, 22, 2, 15)
    )


def test_the_moment_itself_is_not_after_itself():
    rhythm = Rhythm(DAILY, time(10), "Asia/Tokyo")
    assert due(rhythm, utc(2026, 11, 22, 1)) == utc(2026, 11, 23, 1)


def test_only_the_chosen_weekdays_count():
    mondays = Rhythm(frozenset({0}), time(9), "Europe/London")
    assert due(mondays, utc(2026, 11, 21, 12)) == utc(2026, 11, 23, 9)
    assert due(mondays, utc(2026, 11, 23, 9)) == utc(2026, 11, 30, 9)


def test_without_days_there_is_nothing_to_come():
    assert next_due(Rhythm(frozenset(), time(9), "Asia/Tokyo"), utc(2026, 1, 1)) is None


def test_a_time_that_the_clock_jumps_over_falls_right_after_the_jump():
    rhythm = Rhythm(DAILY, time(2, 30), "America/New_York")
    assert due(rhythm, utc(2026, 3, 7, 12)) == utc(2026, 3, 8, 7)  # 03:00 on that wall


def test_a_time_that_comes_twice_is_taken_the_first_time_only():
    rhythm = Rhythm(DAILY, time(1, 30), "America/New_York")
    first = due(rhythm, utc(2026, 10, 31, 12))
    assert first == utc(2026, 11, 1, 5, 30)
    assert due(rhythm, first) == utc(2026, 11, 2, 6, 30)


def test_midnight_that_does_not_exist_is_not_a_lost_day():
    rhythm = Rhythm(DAILY, time(0, 0), "America/Havana")
    assert due(rhythm, utc(2026, 3, 7, 12)) == utc(2026, 3, 8, 5)  # 01:00 on that wall


def test_half_an_hour_of_daylight_saving_is_known_too():
    rhythm = Rhythm(DAILY, time(2, 15), "Australia/Lord_Howe")
    assert due(rhythm, utc(2026, 10, 3, 0)) == utc(2026, 10, 3, 15, 30)  # 02:00 jumps to 02:30


def test_a_day_that_a_country_skipped_has_no_reminder():
    rhythm = Rhythm(DAILY, time(10), "Pacific/Apia")
    eve = due(rhythm, utc(2011, 12, 29, 12))
    assert local_day(eve, "Pacific/Apia") == date(2011, 12, 29)
    following = next_due(rhythm, eve)
    assert following is not None
    assert following.day == date(2011, 12, 31)
    fridays = Rhythm(frozenset({4}), time(10), "Pacific/Apia")  # 30 December 2011 would have been one
    assert next_due(fridays, eve).day == date(2012, 1, 6)


def test_a_gap_over_midnight_belongs_to_the_evening_it_cut_off():
    saturdays = Rhythm(frozenset({5}), time(23, 30), "America/Nuuk")  # 23:00 jumps to Sunday 00:00
    found = next_due(saturdays, utc(2026, 3, 28, 12))
    assert found is not None
    assert (found.day, found.due) == (date(2026, 3, 28), utc(2026, 3, 29, 1))


def test_a_date_already_told_is_not_told_again():
    rhythm = Rhythm(DAILY, time(10), "Asia/Tokyo")
    assert due(rhythm, utc(2026, 11, 21, 0), date(2026, 11, 21)) == utc(2026, 11, 22, 1)
    assert due(rhythm, utc(2026, 11, 20, 0), date(2026, 11, 25)) == utc(2026, 11, 26, 1)


def test_a_window_stays_open_over_midnight():
    rhythm = Rhythm(DAILY, time(23, 30), "Asia/Tokyo", 60)
    night = utc(2026, 11, 21, 15, 10)  # 00:10 on the 22nd
    found = open_now(rhythm, night)
    assert found is not None
    assert found.day == date(2026, 11, 21)
    assert open_now(rhythm, utc(2026, 11, 21, 15, 30)) is None
    assert open_now(rhythm, night, date(2026, 11, 21)) is None


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "Asia", "", "Asia/Nowhere", "asia/tokyo", "posixrules"]
)
def test_what_is_no_zone_is_refused(name):
    assert not is_zone(name)
    with pytest.raises(ValueError, match="zone"):
        Rhythm(DAILY, time(10), name)


@pytest.mark.parametrize("window", [0, -5, 1441])
def test_a_window_longer_than_a_day_is_refused(window):
    with pytest.raises(ValueError, match="window"):
        Rhythm(DAILY, time(10), "Asia/Tokyo", window)


def test_a_weekday_that_is_none_is_refused():
    with pytest.raises(ValueError, match="weekday"):
        Rhythm(frozenset({7}), time(10), "Asia/Tokyo")


# ---- every zone, against an oracle


def transitions(zone: str, start: datetime, end: datetime) -> list[datetime]:
    """The instants (to the minute) at which a zone's offset changes."""
    info, found, step = ZoneInfo(zone), [], timedelta(hours=6)
    at = start
    while at < end:
        low, high = at, at + step
        if low.astimezone(info).utcoffset() != high.astimezone(info).utcoffset():
            while high - low > timedelta(minutes=1):
                middle = low + timedelta(minutes=int((high - low).total_seconds()) // 120)
                same = middle.astimezone(info).utcoffset() == low.astimezone(info).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            found.append(high)
        at += step
    return found


def minutes_of(zone: str, start: datetime, end: datetime) -> dict[datetime, datetime]:
    """Wall time -> the first instant that shows it, by walking through the days a quarter of an hour at a time."""
    info, seen, at = ZoneInfo(zone), {}, start
    while at < end:
        seen.setdefault(at.astimezone(info).replace(tzinfo=None, fold=0), at)
        at += timedelta(minutes=15)
    return seen


def wrong_around(zone: str, change: datetime) -> list[str]:
    """Every half hour of the clock, three days on each side of one change: what is skipped, doubled or off."""
    start, end = change - timedelta(days=3), change + timedelta(days=3)
    walls, found = minutes_of(zone, start - timedelta(days=1), end + timedelta(days=1)), []
    days = sorted({wall.date() for wall, at in walls.items() if start <= at < end})[1:-1]
    for clock in HALF_HOURS:
        rhythm, at, told = Rhythm(DAILY, clock, zone), start, {}
        while (occurrence := next_due(rhythm, at)) is not None and occurrence.due < end:
            if occurrence.day in told or occurrence.due <= at:
                found.append(f"{zone} {clock} twice on {occurrence.day}")
                break
            told[occurrence.day], at = occurrence.due, occurrence.due
        for day in days:
            wall = datetime.combine(day, clock)
            if day not in told:
                found.append(f"{zone} {clock} skipped {day}")
            elif wall in walls and told[day] != walls[wall]:
                found.append(f"{zone} {clock} on {day} at {told[day]}, not {walls[wall]}")
            elif wall not in walls and told[day] != min(walls[later] for later in walls if later > wall):
                found.append(f"{zone} {clock} on {day} not right after the gap")
    return found


def sweep(zones: list[str]) -> tuple[int, list[str]]:
    cases, wrong = 0, []
    for zone in zones:
        for change in transitions(zone, utc(2026, 1, 1), utc(2028, 1, 1)) or [utc(2026, 6, 1)]:
            cases += len(HALF_HOURS)
            wrong += wrong_around(zone, change)
    return cases, wrong


def test_no_zone_of_a_sample_skips_or_doubles_a_day_in_two_years():
    some = random.Random(os.environ.get("IPPO_SEED", "2026")).sample(ZONES, len(ZONES) // 20)
    some += ["America/Havana", "Australia/Lord_Howe", "America/Nuuk", "Asia/Beirut", "Africa/Casablanca"]
    cases, wrong = sweep(some)
    assert cases >= 48 * len(some)
    assert wrong == []


@pytest.mark.nightly
def test_no_zone_at_all_skips_or_doubles_a_day_in_two_years():
    cases, wrong = sweep(ZONES)
    assert cases >= 17_472
    assert wrong == []


RHYTHMS = st.builds(
    Rhythm,
    st.frozensets(st.integers(0, 6), min_size=1),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.sampled_from(ZONES),
    st.integers(1, 1440),
)
INSTANTS = st.datetimes(
    datetime(2000, 1, 1),  # noqa: DTZ001 - Hypothesis wants it so
    datetime(2037, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@settings(max_examples=300, deadline=None)
@given(RHYTHMS, INSTANTS)
def test_the_next_one_is_later_and_on_a_chosen_day_within_two_weeks(rhythm, after):
    found = next_due(rhythm, after)
    assert found is not None
    assert after < found.due < after + timedelta(days=15)
    assert found.day.weekday() in rhythm.days
    assert found.until - found.due == timedelta(minutes=rhythm.window)
    assert abs(local_day(found.due, rhythm.zone) - found.day) <= timedelta(days=1)


@settings(max_examples=300, deadline=None)
@given(RHYTHMS, INSTANTS, st.integers(0, 1439))
def test_nothing_lies_between_one_and_the_next(rhythm, after, minutes):
    found = next_due(rhythm, after)
    between = after + (found.due - after) * (minutes / 1440)
    assert next_due(rhythm, between if between < found.due else after) == found


@settings(max_examples=300, deadline=None)
@given(RHYTHMS, INSTANTS)
def test_a_window_is_open_exactly_from_due_until_its_end(rhythm, after):
    found = next_due(rhythm, after)
    assert open_now(rhythm, found.due) == found
    ended = open_now(rhythm, found.until)
    assert ended is None or ended.day > found.day
    assert open_now(rhythm, found.due, found.day) is None
