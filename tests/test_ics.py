"""Ics: the file a calendar program reads: neutral words, an alarm, and zones that are the zones."""

import random
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import icalendar
import pytest
from dateutil.rrule import rrulestr

from exposure import ics
from exposure.calendars import SERIES, Entry
from exposure.timetable import Rhythm, next_due
from tests.conftest import new_id
from tests.dispatching import DAILY

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ZONES = sorted(available_timezones() - {"localtime", "Factory"})


def read(content):
    return icalendar.Calendar.from_ical(content)


def events(content):
    return list(read(content).walk("VEVENT"))


def drawn(*entries, zone="Asia/Tokyo", language="en"):
    return ics.calendar(language, "https://ippo.example", zone, entries, NOW)


def wall(text):
    return datetime.fromisoformat(text)


def once(at, zone="Asia/Tokyo"):
    return Entry("a-b", new_id(), at, zone, 60)


# ---- the file


def test_an_event_rings_says_nothing_and_takes_no_time_away():
    entry = once(wall("2026-12-01 21:30"))
    (event,) = events(drawn(entry))
    assert event["summary"] == "Ippo"
    assert event["description"] == "Your reminder is here. Only if you like."
    assert event["url"] == f"https://ippo.example/app#/reminder/{entry.reminder}/open"
    assert (event["class"], event["transp"]) == ("PRIVATE", "TRANSPARENT")
    assert event["dtstart"].dt == datetime(2026, 12, 1, 21, 30, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert event["duration"].dt == timedelta(hours=1)
    (alarm,) = event.walk("VALARM")
    assert (alarm["action"], alarm["description"], alarm["trigger"].dt) == ("DISPLAY", "Ippo", timedelta(0))


def test_the_bytes_are_what_calendar_programs_are_used_to():
    lines = drawn(once(wall("2026-12-01 21:30")), language="ja").decode().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert {"VERSION:2.0", "METHOD:PUBLISH", "X-PUBLISHED-TTL:PT6H", "TRIGGER:PT0S", "TZOFFSETTO:+0900"} <= set(lines)
    assert "DTSTART;TZID=Asia/Tokyo:20261201T213000" in lines
    assert "DESCRIPTION:お知らせです。よければ、どうぞ。" in lines
    assert max(len(line.encode()) for line in lines) <= 75


def test_a_date_far_away_is_not_counted_to_day_by_day():
    far = drawn(once(wall("2199-12-31 10:00"), "Europe/Berlin"))
    (event,) = events(far)
    assert event["dtstart"].dt.date() == date(2199, 12, 31)
    assert len(read(far).walk("DAYLIGHT")) <= 6


def test_a_zone_that_only_a_phone_knows_is_none_of_the_file():
    assert [zone["tzid"] for zone in read(drawn(zone="Nowhere/Land")).walk("VTIMEZONE")] == ["UTC"]


def test_a_calendar_without_entries_is_a_calendar():
    assert events(drawn()) == []
    assert [str(zone["tzid"]) for zone in read(drawn()).walk("VTIMEZONE")] == ["Asia/Tokyo"]


# ---- zones


def believed(zone, at):
    """The instant of a wall time, from the VTIMEZONE alone, as RFC 5545 (3.6.5) says to read it."""
    latest = None
    for part in zone.subcomponents:
        begins = part["dtstart"].dt
        if begins <= at and (latest is None or begins >= latest[0]):
            latest = (begins, part["tzoffsetto"].td)
    return (at - latest[1]).replace(tzinfo=UTC)


def holds(name, year):
    """Every half hour around each turn of this clock, and once a day between, read back from our own words."""
    first = datetime(year, 1, 1, tzinfo=UTC)
    content = ics.calendar("en", "https://x.example", name, [once(wall(f"{year + 1}-12-31"), name)], first)
    (zone,) = read(content).walk("VTIMEZONE")
    place, wrong, turns = ZoneInfo(name), 0, 0
    for hours in range(0, 24 * 730, 24):
        at = first + timedelta(hours=hours)
        turned = at.astimezone(place).utcoffset() != (at + timedelta(days=1)).astimezone(place).utcoffset()
        turns += turned
        for half in range(48 if turned else 1):
            instant = at + timedelta(minutes=30 * half)
            shown = instant.astimezone(place)
            if shown.replace(fold=1).astimezone(UTC) != shown.replace(fold=0).astimezone(UTC):
                continue  # an hour that comes twice has no one instant
            wrong += believed(zone, shown.replace(tzinfo=None)) != instant
    return wrong, turns


@pytest.mark.parametrize(
    "name",
    ["Asia/Tokyo", "Europe/Berlin", "America/New_York", "Africa/Casablanca", "Australia/Lord_Howe", "Europe/Dublin"],
)
def test_our_zones_read_back_are_the_zones(name):
    wrong, turns = holds(name, 2026)
    assert wrong == 0
    assert turns >= (0 if name == "Asia/Tokyo" else 4)


@pytest.mark.nightly
def test_every_zone_reads_back_as_it_is():
    assert {name: wrong for name in ZONES if (wrong := holds(name, 2026)[0])} == {}


def summer_begins(zone):
    return [
        part["dtstart"].dt for part in zone.subcomponents if part.name == "DAYLIGHT" and part["dtstart"].dt.year == 2026
    ]


def test_the_zones_of_the_library_still_turn_an_hour_late():
    """The day this fails, ours can go (docs/decisions.md)."""
    theirs = icalendar.Timezone.from_tzid("Europe/Berlin", first_date=date(2026, 1, 1), last_date=date(2027, 1, 1))
    (ours,) = read(drawn(once(wall("2026-12-01 21:30"), "Europe/Berlin"), zone="Europe/Berlin")).walk("VTIMEZONE")
    assert summer_begins(ours) == [wall("2026-03-29 02:00")]  # by the clock before the turn, as the standard has it
    assert summer_begins(theirs) == [wall("2026-03-29 03:00")]


# ---- a series against the timetable


def as_read(entry):
    """The instants of a series, as a program reads them: the rule on the wall, then the wall's instant."""
    rule = (
        f"DTSTART:{entry.wall:%Y%m%dT%H%M%S}\nRRULE:FREQ=WEEKLY;BYDAY={','.join(ics._DAYS[day] for day in entry.days)}"
    )
    for shown in rrulestr(rule).between(entry.wall, entry.wall + SERIES + timedelta(days=2), inc=True):
        instant = shown.replace(tzinfo=ZoneInfo(entry.zone)).astimezone(UTC)
        if instant <= entry.last:
            yield shown, instant


def differences(name, at, now):
    """Where a series and the timetable differ, in minutes; each must lie in a gap of the clock."""
    rhythm = Rhythm(frozenset(DAILY), at, name)
    first = next_due(rhythm, now)
    entry = Entry("a", "a", datetime.combine(first.day, at), name, 60, tuple(DAILY), first.due + SERIES)
    read_days = {shown.date(): (shown, instant) for shown, instant in as_read(entry)}
    ours, one = {}, first
    while one.due <= entry.last:
        ours[one.day] = one.due
        one = next_due(rhythm, one.due, one.day)
    assert abs(len(ours) - len(read_days)) <= 1
    apart = []
    for day in ours.keys() & read_days.keys():
        shown, instant = read_days[day]
        if instant != ours[day]:
            assert instant.astimezone(ZoneInfo(name)).replace(tzinfo=None, fold=0) != shown, (name, shown)
            apart.append(abs((instant - ours[day]).total_seconds()) / 60)
    return apart


@pytest.mark.parametrize(
    "now", [datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 9, 1, tzinfo=UTC)], ids=["spring", "autumn"]
)
def test_a_series_is_told_when_the_timetable_tells_it_but_in_a_gap_of_the_clock(now):
    """A seeded part of all zones; every night all of them."""
    seen = 0
    for name in random.Random(11).sample(ZONES, 24):
        for half in (0, 3, 4, 5, 43):
            apart = differences(name, time(half // 2, half % 2 * 30), now)
            assert len(apart) <= 2
            assert max(apart, default=0) <= 60
            seen += len(apart)
    assert seen < 60


TWO_HOURS = ("Antarctica/Troll",)
"""Where the clock jumps over two hours at once: RFC 5545 reads a time in the gap by the offset before it."""


@pytest.mark.nightly
@pytest.mark.parametrize("month", [2, 9])
def test_a_series_in_every_zone_at_every_half_hour(month):
    for name in ZONES:
        for half in range(48):
            apart = differences(name, time(half // 2, half % 2 * 30), datetime(2026, month, 1, tzinfo=UTC))
            assert max(apart, default=0) <= (120 if name in TWO_HOURS else 60), (name, half)
