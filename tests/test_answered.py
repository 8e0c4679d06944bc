"""Answered: what counts as an answer to a reminder (rule R-5); what "later" brings is in test_later."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from exposure.db import db, milliseconds
from exposure.deliveries import note_told
from exposure.reminders import Reminder
from tests.conftest import START, new_id
from tests.dispatching import done, kept, post_office, rest_today  # noqa: F401 - a fixture
from tests.statements import statements

DAY = "2026-11-21"  # START is 21:00 of it in Tokyo


def told(post, actor, *, times=3, **fields):
    """A reminder that was told so often without an answer, the last time at START."""
    reminder = post.remind(actor, **fields)
    stamps = [milliseconds(START - timedelta(days=back)) for back in reversed(range(times))]
    with post.write() as bound:
        bound.execute(
            update(Reminder)
            .where(Reminder.id == reminder)
            .values(unanswered=times, told=START, tellings="".join(f"{at} " for at in stamps), skip=1)
        )
    return reminder


def answer(actor, reminder, choice="might", **fields):
    return actor.add("answer", **({"reminder": reminder, "day": DAY, "choice": choice} | fields))


def met(app, reminder):
    row = kept(app, reminder)
    return row.unanswered, row.skip


def test_each_of_the_answers_answers_its_reminder_and_no_other(app, post, ada, clock):
    for choice in ("might", "later", "not_today", "as_is"):
        one, other = told(post, ada), told(post, ada)
        ada.sync(answer(ada, one, choice, at=milliseconds(clock())))
        assert met(app, one) == (0, 0), choice
        assert met(app, other) == (3, 1), choice


def test_an_attempt_or_a_rest_answers_all_that_were_told_before_it(app, post, ada, clock):
    for act in (lambda: done(ada, clock), lambda: rest_today(ada, clock)):
        one, other = told(post, ada), told(post, ada, times=7)
        ada.sync(act())
        assert met(app, one) == met(app, other) == (0, 0)


def test_an_attempt_that_is_only_being_written_or_was_put_away_answers_nothing(app, post, ada, clock):
    one = told(post, ada)
    ada.sync(ada.add("attempt", step=new_id()))
    ada.sync(done(ada, clock, archived=True))
    assert met(app, one) == (3, 1)


def test_an_attempt_before_it_was_told_does_not_answer_it(app, post, ada, clock):
    one = told(post, ada)
    ada.sync(done(ada, clock, ended=milliseconds(START - timedelta(hours=1))))
    assert met(app, one) == (1, 0)  # the two of the days before are answered
    ada.sync(done(ada, clock, ended=milliseconds(START - timedelta(days=9))))
    assert met(app, one) == (1, 0)


CHANGES = ({"time": "08:00"}, {"days": [1]}, {"words": "窓"}, {"on": True}, {"window": 90}, {"zone": "Asia/Seoul"})


def test_any_change_of_a_reminder_answers_it(app, post, ada):
    for change in CHANGES:
        one = told(post, ada, times=7)
        ada.sync(ada.change("reminder", one, **change))
        assert met(app, one) == (0, 0), change
        assert kept(app, one).due is not None


def test_opening_the_app_answers_nothing(app, post, ada, clock):
    one = told(post, ada)
    ada.client.get("/api/me")
    ada.sync(ada.edit("add", "setting", ada.space, entry_read=True))
    ada.client.get("/api/reminders")
    assert met(app, one) == (3, 1)


def test_an_answer_from_a_phone_that_was_offline_answers_what_it_was_given_for(app, post, ada, clock):
    one = told(post, ada, times=4)  # on the 18th, 19th, 20th, 21st
    ada.sync(answer(ada, one, day="2026-11-19", at=milliseconds(START - timedelta(days=2) + timedelta(minutes=3))))
    assert met(app, one) == (2, 0)
    ada.sync(answer(ada, one, at=milliseconds(START - timedelta(days=300))))  # its clock is wrong, its day is right
    assert met(app, one) == (0, 0)


def test_an_answer_that_is_taken_back_stays_an_answer(app, post, ada, clock):
    one = told(post, ada)
    edit = answer(ada, one, at=milliseconds(clock()))
    ada.sync(edit)
    ada.sync(ada.change("answer", edit["target"], archived=True))
    assert met(app, one) == (0, 0)


def test_somebody_elses_answer_answers_nothing(app, post, ada, una, clock):
    one = told(post, ada)
    una.sync(answer(una, one, at=milliseconds(clock())))
    assert met(app, one) == (3, 1)


def test_a_reminder_that_fell_silent_wakes_with_an_answer(app, post, ada, clock):
    one = told(post, ada, times=7)
    with post.write() as bound:
        bound.execute(update(Reminder).where(Reminder.id == one).values(day=None, due=None, until=None))
    clock.pass_by(days=30)
    ada.sync(done(ada, clock))
    row = kept(app, one)
    assert (row.unanswered, row.day) == (0, "2026-12-21")


def test_one_that_is_switched_off_does_not_wake(app, post, ada, clock):
    one = told(post, ada, times=7)
    ada.sync(ada.change("reminder", one, on=False))
    with post.write() as bound:
        bound.execute(update(Reminder).where(Reminder.id == one).values(unanswered=7))
    ada.sync(done(ada, clock), answer(ada, one, "later", again=milliseconds(clock() + timedelta(hours=1))))
    assert kept(app, one).due is None


# ---- while it is on its way


def test_what_was_answered_on_one_device_is_not_sent_to_another_any_more(app, post, ada, clock):
    post.device(ada)
    slow = post.device(ada)
    one = post.remind(ada)
    post.service.answer(slow, 503)
    clock.pass_by(minutes=1)
    assert post.tick() == {"due": 1, "delivered": 1, "later": 1}
    ada.sync(answer(ada, one, at=milliseconds(clock())))
    clock.pass_by(minutes=1)
    assert post.tick() == {"unwanted": 1}
    assert met(app, one) == (0, 0)


def test_doing_something_else_does_not_stop_what_was_not_told_yet(app, post, ada, clock):
    device = post.device(ada)
    one = post.remind(ada, step=new_id())
    clock.pass_by(minutes=1)
    assert post.tick() == {"due": 1, "delivered": 1}
    clock.pass_by(days=1)
    post.service.answer(device, 503)
    assert post.tick() == {"due": 1, "later": 1}
    clock.pass_by(minutes=1)
    ada.sync(done(ada, clock))  # another step
    assert met(app, one) == (0, 0)
    assert post.tick() == {"delivered": 1}
    assert met(app, one) == (1, 0)


def test_an_answer_that_comes_before_the_clock_wrote_down_that_it_was_sent_is_not_forgotten(app, post, ada, clock):
    post.device(ada)
    one = post.remind(ada)
    clock.pass_by(minutes=1)
    ada.sync(answer(ada, one, at=milliseconds(clock())))
    with post.write() as bound:
        note_told(bound, {(ada.person, one, clock())})
    assert met(app, one) == (0, 0)


# ---- whatever is sent


def test_many_answers_take_as_many_statements_as_one(app, post, ada, clock):
    reminders = [told(post, ada) for _ in range(12)]

    def say(some):
        return lambda: ada.sync(*[answer(ada, each, at=milliseconds(clock())) for each in some])

    one, many = statements(say(reminders[:1])), statements(say(reminders[1:]))
    assert 0 < one == many


def test_a_phone_that_writes_and_clocks_that_tell_never_wait_for_each_other(app, post, ada, clock, engine_name):
    """A deadlock would end one of them with an error: PostgreSQL finds it after a second."""
    if engine_name == "sqlite":
        pytest.skip("one writer at a time")
    reminders = sorted(told(post, ada) for _ in range(6))
    ada.sync(*[ada.change("reminder", each, on=False) for each in reminders[:2]])  # on their way when it was said
    rounds, start, wrong = 40, threading.Barrier(3), []

    def tell(mine):
        with app.app_context():
            start.wait()
            for n in range(rounds):
                at = clock() + timedelta(minutes=2 * n + mine)
                with db.engine.begin() as bound:  # past the one lock of this process, as clocks on other machines are
                    note_told(bound, [(ada.person, each, at) for each in reminders])

    def write():
        start.wait()
        for n in range(rounds):
            late, early = reminders[-1 - n % 3], reminders[n % 3]
            now = milliseconds(clock() + timedelta(minutes=2 * n))
            edits = [
                ada.change("reminder", late, words=str(n)),
                done(ada, clock, ended=now),
                answer(ada, early, at=now),
            ]
            ada.sync(*edits)

    def guarded(act, *args):
        try:
            act(*args)
        except Exception as error:  # noqa: BLE001 - whatever it was is the finding
            wrong.append(error)

    threads = [threading.Thread(target=guarded, args=each) for each in ((tell, 0), (tell, 1), (write,))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert wrong == []
    for each in reminders:
        row = kept(app, each)
        assert row.unanswered == len(row.tellings.split())


def test_whoever_changes_a_reminder_waits_for_none_that_is_switched_off(app, post, ada, clock, engine_name):
    """However many lie there: to take them all held the one pen of a small house for a fifth of a second."""
    if engine_name == "sqlite":
        pytest.skip("one writer at a time")
    on, off = told(post, ada), told(post, ada)
    ada.sync(ada.change("reminder", off, on=False))
    theirs = select(Reminder.id).where(Reminder.id == off).with_for_update()
    writes = threading.Thread(target=lambda: ada.sync(ada.change("reminder", on, time="06:45"), done(ada, clock)))
    with app.app_context(), db.engine.begin() as bound:
        assert bound.execute(theirs).all()
        writes.start()
        writes.join(10)
        assert not writes.is_alive()
    assert kept(app, on).at == "06:45"
