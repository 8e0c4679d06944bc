"""Places: what is told on a day takes its room, what reached nobody gives it back, what is moved keeps it (R-1)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from exposure.db import connection
from exposure.manners import ToldDay
from tests.conftest import new_id
from tests.dispatching import done, post_office  # noqa: F401 - a fixture

# START is Saturday 21 November 2026, 21:00 in Tokyo; `post.remind` makes one for a minute later.


def wall(clock, **ahead):
    return (clock() + timedelta(hours=9) + timedelta(**ahead)).strftime("%H:%M")


def sleeping(actor, clock):
    """Quiet hours that end in an hour."""
    hours = {"quiet_from": wall(clock, hours=-1), "quiet_to": wall(clock, hours=1)}
    actor.sync(actor.edit("add", "setting", actor.space, **hours))


def many(app):
    with app.app_context():
        return list(connection().execute(select(ToldDay.many)).scalars())


# ---- given back


def test_what_was_done_while_it_waited_leaves_its_place_to_the_next(app, post, ada, clock):
    post.device(ada)
    step = new_id()
    sleeping(ada, clock)
    post.remind(ada, window=600, step=step)
    post.remind(ada, window=30, time=wall(clock, hours=2), step=new_id())
    clock.pass_by(minutes=1)
    post.tick()
    ada.sync(done(ada, clock, step=step))
    clock.pass_by(hours=1)
    assert post.tick() == {"unwanted": 1}
    assert many(app) == [0]
    clock.pass_by(hours=1)
    assert post.tick() == {"due": 1, "delivered": 1}
    assert many(app) == [1]


def test_what_waited_over_midnight_gives_back_the_place_of_the_day_it_was_to_come_on(app, post, ada, clock):
    post.device(ada)
    step = new_id()
    ada.sync(ada.edit("add", "setting", ada.space, quiet_from="20:00", quiet_to="07:00"))
    post.remind(ada, window=720, step=step)
    post.remind(ada, window=60, time="09:00", step=new_id())
    clock.pass_by(minutes=1)
    post.tick()
    clock.pass_by(hours=9, minutes=55)  # 06:56
    ada.sync(done(ada, clock, step=step))
    clock.pass_by(minutes=5)
    assert post.tick() == {"unwanted": 1}
    clock.pass_by(hours=2)
    assert post.tick() == {"due": 1, "delivered": 1}


@pytest.mark.parametrize("status", [503, 410, 404])
def test_what_no_push_service_took_leaves_its_place_to_the_next(app, post, ada, clock, status):
    device = post.device(ada)
    post.remind(ada, window=5)
    post.remind(ada, window=60, time=wall(clock, minutes=31))
    for _ in range(8):
        post.service.answer(device, status)
    for _ in range(10):
        clock.pass_by(minutes=1)
        post.tick()
    assert many(app) == [0]
    post.device(ada)
    clock.pass_by(minutes=21)
    post.tick()
    assert many(app) == [1]


def test_one_device_that_has_gone_gives_nothing_back_while_another_was_told(app, post, ada, clock):
    post.device(ada)
    post.service.answer(post.device(ada), 410)
    post.remind(ada)
    clock.pass_by(minutes=1)
    assert post.tick() == {"due": 1, "delivered": 1, "gone": 1}
    assert many(app) == [1]
    post.remind(ada)
    clock.pass_by(minutes=1)
    assert post.tick() == {"due": 1}


# ---- moved


def test_what_was_moved_while_it_waited_comes_at_the_new_time_only(app, post, ada, clock):
    post.device(ada)
    sleeping(ada, clock)
    one = post.remind(ada, window=600)
    clock.pass_by(minutes=1)
    post.tick()
    ada.sync(ada.change("reminder", one, time=wall(clock, hours=2)))
    clock.pass_by(hours=1)
    assert post.tick() == {"unwanted": 1}
    clock.pass_by(hours=1)
    assert post.tick() == {"due": 1, "delivered": 1}
    assert many(app) == [1]


def test_a_day_that_was_taken_away_calls_off_what_waits_and_another_window_does_not(post, ada, clock):
    post.device(ada)
    post.allow(ada)
    sleeping(ada, clock)
    dropped, kept = post.remind(ada, window=600), post.remind(ada, window=600)
    clock.pass_by(minutes=1)
    post.tick()
    ada.sync(ada.change("reminder", dropped, days=[0]), ada.change("reminder", kept, window=300, days=[5]))
    clock.pass_by(hours=1)
    assert post.tick() == {"unwanted": 1, "delivered": 1}


def test_a_retry_is_called_off_as_well_and_the_new_time_keeps_its_place(post, ada, clock):
    post.service.answer(post.device(ada), 503)
    one = post.remind(ada, window=600)
    clock.pass_by(minutes=1)
    assert post.tick() == {"due": 1, "later": 1}
    ada.sync(ada.change("reminder", one, time=wall(clock, minutes=1)))
    clock.pass_by(minutes=1)
    assert post.tick()["delivered"] == 1
    for _ in range(30):
        clock.pass_by(minutes=1)
        post.tick()
    assert post.states() == ["sent", "unwanted"]


def test_a_reminder_that_was_told_and_is_moved_today_comes_as_the_phone_was_told(app, post, ada, clock):
    post.device(ada)
    one = post.remind(ada, window=30)
    clock.pass_by(minutes=1)
    post.tick()
    ada.sync(ada.change("reminder", one, time=wall(clock, minutes=30)))
    coming = ada.client.get("/api/reminders").get_json()["reminders"][0]["next"]
    clock.pass_by(minutes=30)
    assert coming == int(clock().timestamp() * 1000)
    assert post.tick() == {"due": 1, "delivered": 1}
    assert many(app) == [1]


def test_however_often_it_is_moved_it_comes_three_times_a_day(post, ada, clock):
    post.device(ada)
    one = post.remind(ada, window=30)
    for _ in range(6):
        clock.pass_by(minutes=1)
        post.tick()
        ada.sync(ada.change("reminder", one, time=wall(clock, minutes=1)))
    assert post.states() == ["sent"] * 3


# ---- changed while it is due


@pytest.mark.parametrize("change", [{"window": 60}, {"days": [5]}, {"zone": "Asia/Seoul"}])
def test_a_change_in_the_minute_it_is_due_does_not_lose_it(post, ada, clock, change):
    post.device(ada)
    one = post.remind(ada, window=30)
    clock.pass_by(minutes=1, seconds=5)
    ada.sync(ada.change("reminder", one, **change))
    assert post.tick() == {"due": 1, "delivered": 1}
    assert post.tick() == {}


def test_days_without_today_do_lose_it(post, ada, clock):
    post.device(ada)
    one = post.remind(ada, window=30)
    clock.pass_by(minutes=1, seconds=5)
    ada.sync(ada.change("reminder", one, days=[0]))
    assert post.tick() == {}
