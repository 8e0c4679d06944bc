"""Manners: nothing while one sleeps, nothing in a pause (rules R-3, G5); how often in a day is in test_ceiling."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from exposure import manners
from exposure.db import connection, milliseconds
from exposure.manners import DEFAULT, Manner, Manners, ToldDay
from exposure.reminders import Reminder
from tests.conftest import START
from tests.dispatching import at, count, post_office, say  # noqa: F401 - a fixture

# START is Saturday 21 November 2026, 21:00 in Tokyo; `post.remind` makes one for a minute later.


def of(app, person):
    with app.app_context():
        return manners.manners_of(connection(), [person]).get(person, DEFAULT)


def test_manners_follow_the_setting_and_nothing_else_of_it(app, ada):
    say(ada, nickname="CANARY", quiet_from="01:00", quiet_to="09:30", ceiling=3)
    said = of(app, ada.person)
    assert (said.quiet[0].isoformat("minutes"), said.quiet[1].isoformat("minutes"), said.ceiling) == (
        "01:00",
        "09:30",
        3,
    )
    say(ada, quiet_to="", ceiling=None)
    assert of(app, ada.person) == DEFAULT
    with app.app_context():
        assert "CANARY" not in str(connection().execute(select(Manner.__table__)).all())


def test_another_row_of_that_kind_is_nobodys_setting(app, ada):
    say(ada, ceiling=2)
    ada.sync(ada.add("setting", ceiling=4))
    assert of(app, ada.person).ceiling == 2


# ---- quiet hours


@pytest.mark.parametrize(
    ("wall", "until"),
    [
        ("22:59", None), ("23:00", "07:00"), ("03:00", "07:00"), ("06:59", "07:00"), ("07:00", None), ("12:00", None),
    ],
)  # fmt: skip
def test_quiet_hours_over_midnight(wall, until):
    said = Manners(quiet=(_t("23:00"), _t("07:00")))
    found = said.quiet_until("Asia/Tokyo", _tokyo(wall))
    assert (found and (found + timedelta(hours=9)).strftime("%H:%M")) == until


@pytest.mark.parametrize(("wall", "quiet"), [("08:59", False), ("09:00", True), ("16:59", True), ("17:00", False)])
def test_quiet_hours_may_be_the_day_for_who_lives_at_night(wall, quiet):
    said = Manners(quiet=(_t("09:00"), _t("17:00")))
    assert (said.quiet_until("Asia/Tokyo", _tokyo(wall)) is not None) == quiet


def test_from_a_time_to_the_same_time_is_no_quiet():
    assert Manners(quiet=(_t("09:00"), _t("09:00"))).quiet_until("Asia/Tokyo", _tokyo("09:00")) is None


def _t(wall):
    return (START.replace(hour=int(wall[:2]), minute=int(wall[3:]))).time()


def _tokyo(wall):
    return START.replace(hour=int(wall[:2]), minute=int(wall[3:])) - timedelta(hours=9)


def test_what_falls_into_quiet_hours_comes_at_their_end_while_its_window_is_open(post, ada, clock):
    post.device(ada)
    say(ada, quiet_from="20:00", quiet_to="21:30")
    post.remind(ada, window=60)  # 21:01 to 22:01
    clock.pass_by(minutes=1)
    assert post.tick() == {"due": 1}
    clock.pass_by(minutes=28, seconds=59)
    assert post.tick() == {}
    clock.pass_by(seconds=1)
    assert post.tick() == {"delivered": 1}


def test_what_is_over_when_they_end_waits_in_the_app_and_is_not_counted(app, post, ada, clock):
    post.device(ada)
    say(ada, quiet_from="20:00", quiet_to="06:00")
    one = post.remind(ada, window=60)
    clock.pass_by(minutes=1)
    for _ in range(20):
        post.tick()
        clock.pass_by(hours=1)
    assert post.service.seen == []
    with app.app_context():
        row = connection().execute(select(Reminder.unanswered, Reminder.told).where(Reminder.id == one)).one()
    assert (row.unanswered, row.told, count(app, ToldDay)) == (0, None, 0)


def test_quiet_hours_told_while_it_is_on_its_way_are_kept_too(post, ada, clock):
    device = post.device(ada)
    post.remind(ada, window=120)
    post.service.answer(device, 503)
    clock.pass_by(minutes=1)
    assert post.tick() == {"due": 1, "later": 1}
    post.service.answer(device, 201)
    say(ada, quiet_from="21:00", quiet_to="22:00")
    clock.pass_by(minutes=1)
    assert post.tick() == {"quiet": 1}
    clock.pass_by(minutes=57)
    assert post.tick() == {}
    clock.pass_by(minutes=1)
    assert post.tick() == {"delivered": 1}


def test_what_somebody_set_for_the_night_comes_in_the_night(post, ada, clock):
    clock.pass_by(hours=2)  # 23:00 in Tokyo
    post.device(ada)
    post.remind(ada)
    clock.pass_by(minutes=1)
    assert post.tick() == {"due": 1, "delivered": 1}


def test_what_was_held_up_into_the_night_does_not_come_in_it(post, ada, clock):
    post.device(ada)
    post.remind(ada, window=120)
    clock.pass_by(minutes=70)  # 22:10; no clock was there since 21:00
    assert post.tick() == {"due": 1}
    for _ in range(12):
        clock.pass_by(hours=1)
        assert post.tick() == {}
    assert post.service.seen == []


def test_what_was_held_up_into_the_night_comes_in_the_morning_if_its_window_is_open(post, ada, clock):
    post.device(ada)
    post.remind(ada, window=1440)
    clock.pass_by(minutes=70)
    assert post.tick() == {"due": 1}
    clock.pass_by(hours=9, minutes=49)  # 07:59
    assert post.tick() == {}
    clock.pass_by(minutes=1)
    assert post.tick() == {"delivered": 1}


# ---- a pause


def test_in_a_pause_nothing_is_sent_and_nothing_counted_and_coming_back_finds_no_backlog(app, post, ada, clock):
    post.device(ada)
    one = post.remind(ada)
    say(ada, paused="open")
    for _ in range(40):
        clock.pass_by(days=1)
        assert set(post.tick()) <= {"due"}
    say(ada, paused="")
    assert set(post.tick()) <= {"due"}
    with app.app_context():
        row = connection().execute(select(Reminder.__table__).where(Reminder.id == one)).one()
    assert (row.unanswered, row.skip, row.told, post.service.seen) == (0, 0, None, [])
    clock.at = row.due
    assert post.tick() == {"due": 1, "delivered": 1}


def test_a_pause_ends_by_itself(post, ada, clock):
    post.device(ada)
    post.remind(ada)
    say(ada, paused="until", paused_until=milliseconds(clock() + timedelta(days=7)))
    sent = []
    clock.pass_by(minutes=1)
    for day in range(10):
        if post.tick().get("delivered"):
            sent.append(day)
        clock.pass_by(days=1)
    assert sent == [7, 8, 9]


def test_what_a_pause_took_in_takes_no_room_of_the_day(post, ada, clock):
    post.device(ada)
    post.remind(ada)
    other = post.remind(ada, time=at(clock, minutes=20))
    say(ada, paused="open")
    clock.pass_by(minutes=1)
    assert post.tick() == {"due": 1}
    say(ada, paused="")
    clock.pass_by(minutes=19)
    assert post.tick() == {"due": 1, "delivered": 1}
    assert [row.reminder_id for row in post.deliveries()] == [other]


def test_a_pause_that_begins_while_one_is_on_its_way_stops_it(post, ada, clock):
    device = post.device(ada)
    post.remind(ada)
    post.service.answer(device, 503)
    clock.pass_by(minutes=1)
    assert post.tick() == {"due": 1, "later": 1}
    say(ada, paused="open")
    clock.pass_by(minutes=1)
    assert post.tick() == {"unwanted": 1}
