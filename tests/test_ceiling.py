"""The ceiling: nothing before somebody wishes it, and then one reminder a day unless they say otherwise (rule R-1)."""

import threading
from datetime import date

import pytest
from sqlalchemy import select

from exposure import falling, manners
from exposure.db import connection, db, writing
from exposure.deliveries import Delivery
from exposure.manners import ToldDay
from exposure.reminders import Reminder
from tests.conftest import enter
from tests.dispatching import at, count, post_office, say  # noqa: F401 - a fixture
from tests.statements import statements

# START is Saturday 21 November 2026, 21:00 in Tokyo; `post.remind` makes one for a minute later.


def test_a_new_account_gets_nothing_for_thirty_days(post, ada, clock):
    post.device(ada)
    for _ in range(30):
        clock.pass_by(days=1)
        assert post.tick() == {}
    assert post.service.seen == []


def test_of_three_on_one_day_one_is_told_the_earliest(app, post, ada, clock):
    post.device(ada)
    first, *_ = [post.remind(ada, time=at(clock, minutes=minutes)) for minutes in (1, 20, 40)]
    told = 0
    for _ in range(50):
        clock.pass_by(minutes=1)
        told += post.tick().get("delivered", 0)
    assert told == 1
    assert [row.reminder_id for row in post.deliveries()] == [first]
    clock.pass_by(days=1, minutes=-49)
    assert post.tick()["delivered"] == 1


@pytest.mark.parametrize("ceiling", [2, 3, 4])
def test_the_ceiling_can_be_changed(post, ada, clock, ceiling):
    post.device(ada)
    say(ada, ceiling=ceiling)
    for minutes in range(1, 7):
        post.remind(ada, time=at(clock, minutes=minutes))
    for _ in range(10):
        clock.pass_by(minutes=1)
        post.tick()
    assert post.states() == ["sent"] * ceiling


def test_a_ceiling_raised_today_leaves_room_today_and_one_lowered_takes_nothing_back(post, ada, clock):
    post.device(ada)
    for minutes in (1, 3, 5, 7):
        post.remind(ada, time=at(clock, minutes=minutes))
    clock.pass_by(minutes=3)
    post.tick()
    say(ada, ceiling=2)
    clock.pass_by(minutes=2)
    post.tick()
    say(ada, ceiling=1)
    clock.pass_by(minutes=2)
    post.tick()
    assert post.states() == ["sent", "sent"]


def test_what_had_to_wait_takes_the_room_of_the_day_on_which_it_comes(post, ada, clock):
    """Never two on one date on the wall: yesterday's, told when the quiet ends, and today's."""
    post.device(ada)
    say(ada, quiet_from="20:00", quiet_to="07:00")
    post.remind(ada, window=720, days=[5])  # Saturday 21:01, told on Sunday at seven
    post.remind(ada, time="10:00", days=[6])
    for _ in range(24):
        post.tick()
        clock.pass_by(hours=1)
    told = [row.due.isoformat() for row in post.deliveries()]
    assert told == ["2026-11-21T12:01:00+00:00"]
    assert post.states() == ["sent"]


def test_two_devices_are_one_telling(app, post, ada, clock):
    post.device(ada), post.device(ada)
    one = post.remind(ada)
    clock.pass_by(minutes=1)
    assert post.tick() == {"due": 1, "delivered": 2}
    assert count(app, ToldDay, ToldDay.many == 1) == 1
    with app.app_context():
        assert connection().execute(select(Reminder.unanswered).where(Reminder.id == one)).scalar_one() == 1


def test_whoever_is_reached_nowhere_takes_no_room_and_is_not_counted(app, post, ada, clock):
    post.remind(ada)
    clock.pass_by(minutes=1)
    post.tick()
    post.device(ada)
    post.remind(ada)
    clock.pass_by(minutes=1)
    assert post.tick() == {"due": 1, "delivered": 1}


def test_what_was_told_is_forgotten_after_some_days(app, post, ada, clock):
    post.device(ada)
    post.remind(ada)
    clock.pass_by(minutes=1)
    post.tick()
    with post.write() as bound:
        manners.forget_days(bound, date(2026, 11, 21))
    assert count(app, ToldDay) == 1
    with post.write() as bound:
        manners.forget_days(bound, date(2026, 11, 22))
    assert count(app, ToldDay) == 0


def test_any_number_of_clocks_keep_to_the_ceiling(app, post, clock):
    """Four at once, each with one reminder in its hand at a time, as on four machines."""
    people = [enter(app) for _ in range(3)]
    for number, person in enumerate(people):
        post.device(person)
        say(person, ceiling=1 + number)
        for _ in range(6):
            post.remind(person)
    clock.pass_by(minutes=1)
    start, left = threading.Barrier(4), [0] * 4

    def work(mine):
        with app.app_context():
            begin = db.engine.begin if db.engine.dialect.name == "postgresql" else writing
            start.wait()
            for _ in range(18):
                with begin() as bound:
                    left[mine] += falling.fall_due(bound, clock(), most=1)

    threads = [threading.Thread(target=work, args=(mine,)) for mine in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sum(left) == 18
    made = [count(app, Delivery, Delivery.person_id == person.person) for person in people]
    assert made == [1, 2, 3]


def test_statements_do_not_grow_with_people_and_their_manners(app, post, clock):
    counts = []
    for many in (1, 12):
        for _ in range(many):
            actor = enter(app)
            post.device(actor)
            say(actor, ceiling=2)
            post.remind(actor)
        clock.pass_by(minutes=1)
        with post.write() as bound:
            counts.append(statements(lambda bound=bound: falling.fall_due(bound, clock())))
    assert counts[0] == counts[1]
