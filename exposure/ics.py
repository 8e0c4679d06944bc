"""Ics: reminders as a calendar any program can read, in neutral words, with an alarm and the zone spelled out.

`icalendar` 7.3.0 writes the file. The zones are ours: its own let summer time begin an hour late, because a turn of the
clock is to be named by the clock before it (RFC 5545, 3.6.5).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from exposure.calendars import Entry
from exposure.timetable import zone_or_utc
from exposure.words import gettext_for

REFRESH = timedelta(hours=6)
FURTHEST = timedelta(days=3 * 366)
"""So far ahead the turns of a clock are told: laws change before, and a date far away is no reason to count to it."""
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_STEP = timedelta(days=1)


def calendar(language: str, base: str, zone: str, entries: Sequence[Entry], now: datetime) -> bytes:
    """The calendar of these entries; `zone` is the person's own, so that one without entries is a calendar too."""
    whole = Calendar()
    whole.add("prodid", "-//Ippo//EN")
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    whole.add("method", "PUBLISH")
    whole.add("x-wr-calname", "Ippo")
    whole.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    whole.add("x-published-ttl", "PT6H")
    ends = [entry.last.replace(tzinfo=None) if entry.last else entry.wall for entry in entries]
    for name in sorted({zone_or_utc(zone), *(entry.zone for entry in entries)}):
        whole.add_component(_zone(name, now, max(ends, default=now.replace(tzinfo=None))))
    for entry in entries:
        whole.add_component(_event(language, base, entry, now))
    return bytes(whole.to_ical())


def _event(language: str, base: str, entry: Entry, now: datetime) -> Event:
    _ = gettext_for(language)
    event = Event()
    event.add("uid", f"{entry.uid}@{urlsplit(base).hostname}")
    event.add("dtstamp", now)
    event.add("dtstart", entry.wall.replace(tzinfo=ZoneInfo(entry.zone)))
    event.add("duration", timedelta(minutes=entry.minutes))
    if entry.days and entry.last:
        event.add("rrule", {"freq": "weekly", "byday": [_DAYS[day] for day in entry.days], "until": entry.last})
    event.add("summary", "Ippo")
    event.add("description", _("Your reminder is here. Only if you like."))
    event.add("url", f"{base}/app#/reminder/{entry.reminder}/open")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")  # it takes no time away from anything else in the calendar
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", "Ippo")
    alarm["trigger"] = "PT0S"  # its own way to write nothing, P0D, is right and rare
    event.add_component(alarm)
    return event


def _zone(name: str, now: datetime, last: datetime) -> Timezone:
    """The zone from the beginning of last year until a while after `last`."""
    first = datetime(now.year - 1, 1, 1, tzinfo=UTC)
    whole = Timezone()
    whole.add("tzid", name)
    part: TimezoneStandard | TimezoneDaylight = TimezoneStandard()
    offset = _offset(first, name)
    _tell(part, first + offset, offset, offset, first.astimezone(ZoneInfo(name)).tzname())
    whole.add_component(part)
    for turn in _turns(name, first, min(last.replace(tzinfo=UTC) + timedelta(days=31), now + FURTHEST)):
        after = turn.astimezone(ZoneInfo(name))
        before = _offset(turn - timedelta(seconds=1), name)
        part = TimezoneDaylight() if after.dst() else TimezoneStandard()
        _tell(part, turn + before, before, _offset(turn, name), after.tzname())
        whole.add_component(part)
    return whole


def _tell(
    part: TimezoneStandard | TimezoneDaylight, wall: datetime, before: timedelta, after: timedelta, name: str | None
) -> None:
    part.add("dtstart", wall.replace(tzinfo=None))
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", after)
    part.add("tzname", name or "")


def _turns(name: str, first: datetime, last: datetime) -> Iterator[datetime]:
    """The instants at which this clock is put forward or back."""
    at = first
    while at < last:
        if _offset(at, name) != _offset(at + _STEP, name):
            yield _turn(name, at, at + _STEP)
        at += _STEP


def _turn(name: str, before: datetime, after: datetime) -> datetime:
    old = _offset(before, name)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
        if _offset(middle, name) == old:
            before = middle
        else:
            after = middle
    return after


def _offset(instant: datetime, name: str) -> timedelta:
    offset = instant.astimezone(ZoneInfo(name)).utcoffset()
    assert offset is not None
    return offset
