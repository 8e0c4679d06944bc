"""Deliveries: one for each occurrence and device, claimed once, settled once, never past its window."""

import threading
import uuid
from datetime import timedelta

from sqlalchemy import update

from exposure import deliveries, falling, keeping
from exposure.db import db, writing
from exposure.deliveries import Claimed, Delivery
from exposure.reminders import Reminder
from tests.conftest import enter
from tests.dispatching import post_office  # noqa: F401 - a fixture
from tests.statements import statements


def fall_due(post):
    with post.write() as bound:
        return falling.fall_due(bound, post.clock())


def claim(post, **how):
    with post.write() as bound:
        return deliveries.claim(bound, post.clock(), **how)


def settle(post, claimed, state, again=None):
    with post.write() as bound:
        deliveries.settle(bound, [(each, state, again) for each in claimed])


def test_a_reminder_that_is_due_becomes_a_delivery_for_each_device_and_moves_on(post, ada, clock):
    for _ in range(2):
        post.device(ada)
    post.remind(ada, window=30)
    assert fall_due(post) == 0
    clock.pass_by(minutes=1)
    assert fall_due(post) == 1
    assert fall_due(post) == 0
    first, second = post.deliveries()
    assert first.subscription_id != second.subscription_id
    assert first.occurrence == second.occurrence == clock()
    assert first.until - first.occurrence == timedelta(minutes=30)
    with post.app.app_context(), writing() as bound:
        row = bound.execute(Reminder.__table__.select()).one()
    assert (row.due, row.last_day) == (clock() + timedelta(days=1), "2026-11-21")


def test_the_deliveries_of_a_batch_lie_side_by_side_and_no_two_batches_meet(post, ada, clock):
    """Random ids lay one on each page of the index: a tenth of what a reminder costs went to turning these pages."""
    for _ in range(3):
        post.device(ada)
    post.remind(ada)
    batches = []
    for wait in ({"minutes": 1}, {"days": 1}):
        clock.pass_by(**wait)
        assert fall_due(post) == 1
        batches.append(sorted(uuid.UUID(each.id) for each in post.deliveries() if each.occurrence == clock()))
        settle(post, claim(post), "sent")
    for batch in batches:
        assert [each.int - batch[0].int for each in batch] == [0, 1, 2]
    first, second = batches
    assert first[0].bytes[:10] != second[0].bytes[:10]


def test_without_a_device_nothing_is_made_and_the_reminder_moves_on(post, ada, clock):
    post.remind(ada)
    clock.pass_by(minutes=1)
    assert fall_due(post) == 1
    assert post.deliveries() == []
    assert fall_due(post) == 0


def test_a_delivery_is_claimed_by_one_and_given_again_when_the_lease_runs_out(post, ada, clock):
    post.device(ada)
    post.remind(ada)
    clock.pass_by(minutes=1)
    fall_due(post)
    (mine,) = claim(post, lease=timedelta(seconds=60))
    assert claim(post) == []
    clock.pass_by(seconds=59)
    assert claim(post) == []
    clock.pass_by(seconds=1)
    (theirs,) = claim(post)
    assert (theirs.id, theirs.lease != mine.lease) == (mine.id, True)


def test_whoever_lost_the_lease_cannot_settle_any_more(post, ada, clock):
    post.device(ada)
    post.remind(ada)
    clock.pass_by(minutes=1)
    fall_due(post)
    mine = claim(post, lease=timedelta(seconds=1))
    clock.pass_by(seconds=2)
    theirs = claim(post)
    settle(post, mine, "gone")
    assert post.states() == ["open"]
    settle(post, theirs, "sent")
    assert post.states() == ["sent"]
    settle(post, theirs, "open", clock())
    assert post.states() == ["sent"]


def test_what_would_be_tried_again_after_its_window_is_late_instead(post, ada, clock):
    post.device(ada)
    post.remind(ada, window=10)
    clock.pass_by(minutes=1)
    fall_due(post)
    mine = claim(post)
    settle(post, mine, "open", clock() + timedelta(minutes=9))
    assert post.states() == ["open"]
    clock.pass_by(minutes=9)
    again = claim(post)
    assert again[0].tries == 1
    settle(post, again, "open", clock() + timedelta(minutes=1))
    assert post.states() == ["late"]


def test_what_was_not_tried_is_given_back_without_counting(post, ada, clock):
    post.device(ada)
    post.remind(ada)
    clock.pass_by(minutes=1)
    fall_due(post)
    mine = claim(post)
    with post.write() as bound:
        deliveries.give_back(bound, mine, clock() + timedelta(seconds=5))
    assert claim(post) == []
    clock.pass_by(seconds=5)
    assert claim(post)[0].tries == 0


# ---- the clock of the machine


def test_a_clock_set_back_tells_nothing_again(post, ada, clock):
    post.device(ada)
    post.remind(ada)
    clock.pass_by(minutes=1)
    fall_due(post)
    settle(post, claim(post), "sent")
    for hours in (-1, -26, 27):
        clock.pass_by(hours=hours)
        fall_due(post)
        assert claim(post) == []
    assert post.states() == ["sent"]


def test_after_three_days_of_silence_only_what_is_open_today_comes(post, ada, clock):
    post.device(ada)
    post.remind(ada, window=60)
    clock.pass_by(days=3, minutes=20)
    assert fall_due(post) == 1
    (only,) = post.deliveries()
    assert only.occurrence == clock() - timedelta(minutes=19)
    assert fall_due(post) == 0


def test_after_a_silence_longer_than_the_window_nothing_comes(post, ada, clock):
    post.device(ada)
    post.remind(ada, window=60)
    clock.pass_by(days=3, hours=4)
    assert fall_due(post) == 1
    assert post.deliveries() == []


def test_after_a_silence_each_person_gets_at_most_one_the_newest(post, ada, una, clock):
    for actor in (ada, una):
        post.device(actor)
        for minutes in (1, 4, 8):
            wall = (clock() + timedelta(hours=9, minutes=minutes)).strftime("%H:%M")
            post.remind(actor, time=wall)
    clock.pass_by(minutes=30)
    assert fall_due(post) == 6
    assert {(row.person_id, row.occurrence) for row in post.deliveries()} == {
        (actor.person, clock() - timedelta(minutes=22)) for actor in (ada, una)
    }


def test_at_most_one_comes_late_even_when_batches_are_small(post, ada, clock):
    post.device(ada)
    for minutes in range(1, 7):
        wall = (clock() + timedelta(hours=9, minutes=minutes)).strftime("%H:%M")
        post.remind(ada, time=wall)
    clock.pass_by(minutes=30)
    handled = 0
    while handled < 6:
        with post.write() as bound:
            handled += falling.fall_due(bound, clock(), most=2)
    assert len(post.deliveries()) == 1


def test_what_is_on_time_is_not_held_back_by_what_was_late(post, ada, clock):
    post.device(ada)
    ada.sync(ada.edit("add", "setting", ada.space, ceiling=2))
    post.remind(ada)
    clock.pass_by(minutes=10)
    post.remind(ada)
    clock.pass_by(minutes=1)
    assert fall_due(post) == 2
    assert len(post.deliveries()) == 2


# ---- many hands


def test_two_clocks_never_claim_the_same_delivery(post, app, clock):
    with post.write() as bound:
        person = enter_with(bound)
        bound.execute(Delivery.__table__.insert(), [delivery(person, number, clock()) for number in range(600)])
    taken: list[Claimed] = []
    start = threading.Barrier(4)

    def work():
        with app.app_context():
            # On PostgreSQL past the lock of this one process, as clocks in processes of their own are.
            begin = db.engine.begin if db.engine.dialect.name == "postgresql" else writing
            start.wait()
            for _ in range(60):
                with begin() as bound:
                    got = deliveries.claim(bound, clock(), most=17)
                taken.extend(got)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(taken) == 600
    assert len({each.id for each in taken}) == 600


def enter_with(bound):
    person = "00000000-0000-4000-8000-000000000001"
    bound.exec_driver_sql(
        "INSERT INTO person (id, kind, language, zone, key_wrapped, created) VALUES "
        f"('{person}', 'person', 'ja', 'Asia/Tokyo', {'%s' if bound.dialect.name == 'postgresql' else '?'}, 0)",
        (b"none",),
    )
    return person


def delivery(person, number, at):
    return {
        "id": f"d{number}",
        "person_id": person,
        "reminder_id": f"r{number}",
        "occurrence": at,
        "subscription_id": "s",
        "state": "open",
        "due": at,
        "until": at + timedelta(hours=1),
        "lease": None,
        "tries": 0,
    }


def test_the_same_occurrence_on_the_same_device_is_made_once_whoever_makes_it(post, ada, clock):
    post.device(ada)
    post.remind(ada)
    before = clock()
    clock.pass_by(minutes=1)
    fall_due(post)
    settle(post, claim(post), "sent")
    with post.write() as bound:  # as if the row had been written back by a restored copy
        bound.execute(update(Reminder).values(day="2026-11-21", due=before + timedelta(minutes=1), last_day=None))
        bound.execute(update(Reminder).values(until=before + timedelta(hours=1)))
    assert fall_due(post) == 1
    assert post.states() == ["sent"]


def test_statements_do_not_grow_with_what_is_due(post, app, clock):
    counts = []
    for many in (1, 20):
        for _ in range(many):
            actor = enter(app)
            post.device(actor)
            post.remind(actor)
        clock.pass_by(minutes=1)
        counts.append(count(post))
    assert counts[0] == counts[1]


def count(post):
    return statements(lambda: fall_due(post)), statements(lambda: claim(post))


def test_what_is_held_up_is_counted_and_what_is_past_is_forgotten(post, ada, clock):
    post.device(ada)
    post.remind(ada)
    clock.pass_by(minutes=1)
    fall_due(post)
    with post.write() as bound:
        assert deliveries.held_up(bound, clock()) == 0
        assert deliveries.held_up(bound, clock() + timedelta(minutes=5)) == 1
    settle(post, claim(post), "sent")
    clock.pass_by(days=61)
    with post.write() as bound:
        keeping.forget_past(bound, clock())
    assert post.deliveries() == []
