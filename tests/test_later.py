"""Later: it comes once more when it was asked to, and the regular ones go on (rule R-4)."""

from datetime import timedelta

from exposure.db import milliseconds, moment
from tests.conftest import new_id
from tests.dispatching import done, kept, post_office  # noqa: F401 - a fixture

DAY = "2026-11-21"  # START is 21:00 of it in Tokyo


def answer(actor, reminder, choice="might", **fields):
    return actor.add("answer", **({"reminder": reminder, "day": DAY, "choice": choice} | fields))


def later(actor, reminder, clock, **ahead):
    again = milliseconds(clock() + timedelta(**ahead))
    return answer(actor, reminder, "later", at=milliseconds(clock()), again=again)


def test_later_brings_it_once_more_and_the_regular_ones_go_on(app, post, ada, clock):
    post.device(ada)
    one = post.remind(ada, window=30)
    clock.pass_by(minutes=1)
    assert post.tick() == {"due": 1, "delivered": 1}
    ada.sync(later(ada, one, clock, hours=2))
    clock.pass_by(minutes=119)
    assert post.tick() == {}
    clock.pass_by(minutes=1)
    assert post.tick() == {"due": 1, "delivered": 1}
    assert len(post.service.seen) == 2
    row = kept(app, one)
    assert (row.day, row.unanswered, row.again) == ("2026-11-22", 0, False)
    clock.pass_by(hours=22)
    assert post.tick() == {"due": 1, "delivered": 1}
    assert kept(app, one).unanswered == 1


def test_later_takes_no_room_of_the_day(app, post, ada, clock):
    post.device(ada)
    one = post.remind(ada)
    clock.pass_by(minutes=1)
    assert post.tick() == {"due": 1, "delivered": 1}
    ada.sync(later(ada, one, clock, minutes=30))
    clock.pass_by(minutes=30)
    assert post.tick() == {"due": 1, "delivered": 1}  # with a ceiling of one a day


def test_a_later_beyond_tomorrows_time_takes_the_place_of_tomorrows(app, post, ada, clock):
    post.device(ada)
    one = post.remind(ada)
    clock.pass_by(minutes=21)
    post.tick()
    ada.sync(later(ada, one, clock, hours=24))
    row = kept(app, one)
    assert (row.due, row.again) == (clock() + timedelta(hours=24), True)
    clock.pass_by(hours=24)
    assert post.tick() == {"due": 1, "delivered": 1}
    assert kept(app, one).day == "2026-11-23"


def test_a_later_before_tomorrows_time_leaves_tomorrows_alone(app, post, ada, clock):
    post.device(ada)
    one = post.remind(ada)
    clock.pass_by(minutes=1)
    post.tick()
    ada.sync(later(ada, one, clock, hours=22))
    for hours in (22, 2):
        clock.pass_by(hours=hours)
        assert post.tick() == {"due": 1, "delivered": 1}
    assert (kept(app, one).day, kept(app, one).unanswered) == ("2026-11-23", 1)


def test_a_later_that_is_too_far_or_long_over_changes_nothing(app, post, ada, clock):
    one = post.remind(ada)
    before = kept(app, one)
    for ahead in ({"hours": 24, "seconds": 1}, {"days": 300}, {"minutes": -60}, {"days": -400}):
        ada.sync(later(ada, one, clock, **ahead))
        after = kept(app, one)
        assert (after.due, after.again) == (before.due, False), ahead


def test_a_later_that_arrives_a_little_late_comes_at_once(app, post, ada, clock):
    post.device(ada)
    one = post.remind(ada)
    clock.pass_by(minutes=1)
    post.tick()
    edit = later(ada, one, clock, minutes=40)
    clock.pass_by(hours=1)
    ada.sync(edit)  # the phone was offline; its hour is not over
    clock.pass_by(seconds=5)
    assert post.tick() == {"due": 1, "delivered": 1}


def test_a_later_that_is_taken_back_does_not_come(app, post, ada, clock):
    one = post.remind(ada)
    clock.pass_by(minutes=1)
    edit = later(ada, one, clock, hours=1)
    ada.sync(edit)
    assert kept(app, one).again is True
    ada.sync(ada.change("answer", edit["target"], archived=True))
    row = kept(app, one)
    assert (row.again, row.day) == (False, "2026-11-22")


def test_an_old_later_taken_back_leaves_the_newer_one(app, post, ada, clock):
    one = post.remind(ada)
    clock.pass_by(minutes=1)
    old = later(ada, one, clock, hours=1)
    ada.sync(old)
    clock.pass_by(minutes=1)
    ada.sync(later(ada, one, clock, hours=3))
    ada.sync(ada.change("answer", old["target"], archived=True))
    assert (kept(app, one).due, kept(app, one).again) == (clock() + timedelta(hours=3), True)


def test_nothing_comes_later_for_what_was_done_meanwhile(app, post, ada, clock):
    post.device(ada)
    step = new_id()
    one = post.remind(ada, step=step)
    clock.pass_by(minutes=1)
    post.tick()
    ada.sync(later(ada, one, clock, hours=1))
    ada.sync(done(ada, clock, step=step))
    clock.pass_by(hours=1)
    assert post.tick() == {"due": 1}


def test_words_changed_while_it_waits_do_not_drop_a_later(app, post, ada, clock):
    one = post.remind(ada)
    clock.pass_by(minutes=1)
    ada.sync(later(ada, one, clock, hours=1))
    ada.sync(ada.change("reminder", one, words="窓"))
    assert (kept(app, one).again, kept(app, one).due) == (True, clock() + timedelta(hours=1))


def test_later_is_not_at_once(app, post, ada, clock):
    post.device(ada)
    one = post.remind(ada)
    clock.pass_by(minutes=1)
    post.tick()
    ada.sync(later(ada, one, clock, seconds=1))
    assert kept(app, one).due == clock() + timedelta(minutes=5)


def test_later_comes_three_times_a_day_and_the_rest_waits_in_the_app(post, ada, clock):
    post.device(ada)
    one = post.remind(ada)
    clock.pass_by(minutes=1)
    post.tick()
    for _ in range(6):
        ada.sync(later(ada, one, clock, seconds=1))
        clock.pass_by(minutes=5)
        post.tick()
    assert post.states() == ["sent"] * 4  # its own time, and three
    ada.sync(later(ada, one, clock, hours=8))  # the day after
    clock.pass_by(hours=8)
    assert post.tick() == {"due": 1, "delivered": 1}


def test_an_older_later_that_arrives_after_a_newer_answer_does_not_come(app, post, ada, clock):
    one = post.remind(ada)
    clock.pass_by(minutes=1)
    older = later(ada, one, clock, hours=4)
    clock.pass_by(hours=2)
    ada.sync(answer(ada, one, "might", at=milliseconds(clock())))
    clock.pass_by(hours=1)
    ada.sync(older)
    assert kept(app, one).again is False
    ada.sync(later(ada, one, clock, hours=1))
    assert kept(app, one).again is True


# ---- whatever is sent


def test_no_day_that_a_phone_may_send_stops_anything(app, post, ada, clock):
    post.device(ada)
    one = post.remind(ada)
    far = 253_402_300_799_000
    for day in ("2026-02-31", "9999-12-31", "0001-01-01", "0000-00-00"):
        for again in (None, 0, far, milliseconds(clock() + timedelta(hours=1))):
            edit = answer(ada, one, "later", day=day, at=far, again=again)
            assert ada.sync(edit)["answers"][0]["outcome"] in ("written", "refused")
    assert moment(far) > kept(app, one).due
    clock.pass_by(hours=1)
    assert post.tick() == {"due": 1, "delivered": 1}
