"""Calendar: a program finds what the dispatch would tell, read off the right clock, in neutral words."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from exposure import calendars
from exposure.calendars import SERIES
from exposure.db import connection, writing
from exposure.reminders import Reminder
from tests.conftest import enter
from tests.dispatching import DAILY
from tests.statements import watched
from tests.test_ics import as_read, drawn, events, wall


@pytest.fixture
def ada_(app):
    return enter(app)


def remind(actor, **fields):
    edit = actor.add("reminder", **({"days": DAILY, "time": "21:30", "zone": "Asia/Tokyo", "on": True} | fields))
    (answer,) = actor.sync(edit)["answers"]
    assert answer["outcome"] == "written"
    return str(edit["target"])


def mind(actor, **fields):
    actor.sync(actor.edit("add", "setting", actor.space, **fields))


def told(app, actor, clock):
    with app.app_context():
        return calendars.ahead(connection(), actor.person, clock())


def days(entries):
    return [(entry.wall.strftime("%m-%d %H:%M"), entry.minutes) for entry in entries]


def test_eight_weeks_of_days_are_told_each_under_a_name_that_stays(app, ada_, clock):
    reminder = remind(ada_, days=[0], window=30)
    found = told(app, ada_, clock)
    assert days(found)[:2] == [("11-23 21:30", 30), ("11-30 21:30", 30)]
    assert len(found) == 8
    assert found[0].uid == f"{reminder}-2026-11-23"
    clock.pass_by(hours=5)
    assert [entry.uid for entry in told(app, ada_, clock)] == [entry.uid for entry in found]


def test_no_more_a_day_than_its_person_wants_and_the_earliest_first(app, ada_, clock):
    remind(ada_, time="21:30")
    remind(ada_, time="09:00")
    assert {wall[6:] for wall, _ in days(told(app, ada_, clock))[1:]} == {"09:00"}
    mind(ada_, ceiling=2)
    assert len(told(app, ada_, clock)) in range(110, 114)


def test_a_pause_empties_the_calendar_until_it_is_over(app, ada_, clock):
    remind(ada_)
    mind(ada_, paused="open")
    assert told(app, ada_, clock) == []
    ends = clock() + timedelta(days=7)
    ada_.sync(ada_.change("setting", ada_.space, paused="until", paused_until=int(ends.timestamp() * 1000)))
    found = told(app, ada_, clock)
    assert found[0].wall.replace(tzinfo=ZoneInfo("Asia/Tokyo")) >= ends
    assert len(found) == 49


def test_what_falls_into_quiet_hours_rings_at_their_end_or_not(app, ada_, clock):
    remind(ada_, time="06:30", window=60, days=[0])
    remind(ada_, time="03:00", window=60, days=[1])
    mind(ada_, quiet_from="23:00", quiet_to="07:00")
    assert set(days(told(app, ada_, clock))) == {(f"{day} 07:00", 30) for day in (
        "11-23", "11-30", "12-07", "12-14", "12-21", "12-28", "01-04", "01-11")}  # fmt: skip


@pytest.mark.parametrize(
    ("unanswered", "skip", "count", "first"),
    [(0, 0, 56, [21]), (3, 0, 28, [22]), (3, 1, 28, [21]), (5, 0, 14, [24]), (5, 2, 14, [22]), (7, 0, 0, [])],
)
def test_patience_makes_the_calendar_rarer_too(app, ada_, clock, unanswered, skip, count, first):
    remind(ada_)
    with app.app_context(), writing() as bound:
        bound.execute(update(Reminder).values(unanswered=unanswered, skip=skip))
    found = told(app, ada_, clock)
    assert (len(found), [entry.wall.day for entry in found[:1]]) == (count, first)


def test_a_reminder_for_one_date_is_told_once_and_one_switched_off_never(app, ada_, clock):
    remind(ada_, days=[], date="2026-12-05")
    remind(ada_, on=False)
    assert days(told(app, ada_, clock)) == [("12-05 21:30", 60)]
    clock.pass_by(days=20)
    assert told(app, ada_, clock) == []


def test_a_file_is_one_series_of_twelve_weeks(app, ada_, clock):
    reminder = remind(ada_, days=[0, 3], zone="Europe/Berlin")
    with app.app_context():
        entry = calendars.series(connection(), ada_.person, reminder, clock())
    assert (entry.wall, entry.days) == (wall("2026-11-23 21:30"), (0, 3))
    assert entry.last == datetime(2026, 11, 23, 20, 30, tzinfo=UTC) + SERIES
    (event,) = events(drawn(entry))
    assert event["rrule"]["byday"] == ["MO", "TH"]
    assert len(list(as_read(entry))) == 25


def test_a_file_of_one_date_is_one_event(app, ada_, clock):
    reminder = remind(ada_, days=[], date="2026-12-05")
    with app.app_context():
        entry = calendars.series(connection(), ada_.person, reminder, clock())
    assert "rrule" not in events(drawn(entry))[0]


def test_what_the_calendar_tells_costs_two_statements_however_many_there_are(app, ada_, clock):
    for minute in range(8):
        remind(ada_, time=f"10:{minute:02}")
    with app.app_context(), watched() as statements:
        assert len(calendars.ahead(connection(), ada_.person, clock())) == 56
    assert len(statements) == 2
