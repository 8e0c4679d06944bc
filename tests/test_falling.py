"""Falling due: what of all that is due is told. A person's year in memory, single decisions on both databases."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure import patience
from exposure.deliveries import LATE
from exposure.manners import Manners
from tests.conftest import START, new_id
from tests.dispatching import done, kept, post_office, rest_today  # noqa: F401 - a fixture
from tests.lives import Life

# ---- a year in memory


ZONES = ("Asia/Tokyo", "America/New_York", "Europe/London", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu")


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 127), st.times(), st.sampled_from(ZONES), st.integers(5, 1440),
    st.none() | st.tuples(st.times(), st.times()), st.sets(st.integers(0, 365), max_size=40),
    st.lists(st.integers(1, 60 * 60), min_size=1, max_size=5),
)  # fmt: skip
def test_in_a_year_nothing_presses_nothing_wakes_and_nothing_is_stale(days, at, zone, window, quiet, answered, looks):
    """Whatever was chosen, however often the clock looks (from every minute to every second day) and is answered."""
    hours = quiet and tuple(each.replace(second=0, microsecond=0) for each in quiet)
    life = Life(days, at.isoformat("minutes"), zone, window, START, said=Manners(quiet=hours))
    now, turn, since = START, 0, 0
    while now < START + timedelta(days=365):
        telling = life.look(now)
        if telling is not None:
            since += 1
            assert now < telling.occurrence.until
            assert telling.occurrence.due <= now
            assert life.said.quiet_until(zone, max(now, telling.at), late=telling.late) is None
            assert telling.late == (now - telling.occurrence.due > LATE)
        assert since <= patience.SILENT
        if (now - START).days in answered:
            life.answer(now)
            since = 0
        # Asleep until what is due next, and then some: nobody has to walk through the hours in between.
        wait = timedelta(minutes=looks[turn % len(looks)] if turn % 3 == 0 else 1)
        now, turn = max(now, life.row.due or now + timedelta(days=1)) + wait, turn + 1
    told_days = [telling.occurrence.day for telling in life.told]
    assert len(told_days) == len(set(told_days))
    assert told_days == sorted(told_days)


def test_nobody_who_does_not_answer_hears_more_than_seven_in_ten_years():
    life, now = Life(127, "19:00", "Asia/Tokyo", 60, START), START
    for _ in range(3_650):
        now = life.row.due or now + timedelta(days=1)
        life.look(now)
    days = [(telling.occurrence.day - date(2026, 11, 22)).days for telling in life.told]
    assert days == [0, 1, 2, 4, 6, 10, 14]
    assert life.row.due is None  # and costs the clock nothing any more
    life.answer(now)
    assert life.row.due is not None


# ---- on the databases


def test_the_whole_of_it_is_kept_by_the_columns(app, post, ada, clock):
    """Five weeks without an answer, and then one."""
    post.device(ada)
    one = post.remind(ada)
    sent = []
    clock.pass_by(minutes=1)
    for day in range(35):
        if post.tick().get("delivered"):
            sent.append(day)
        clock.pass_by(days=1)
    assert sent == [0, 1, 2, 4, 6, 10, 14]
    row = kept(app, one)
    assert (row.unanswered, row.due, len(row.tellings.split())) == (7, None, 7)
    ada.sync(done(ada, clock))
    clock.pass_by(days=1)
    assert post.tick() == {"due": 1, "delivered": 1}


def test_what_no_push_service_took_was_not_told_and_makes_nothing_rarer(app, post, ada, clock):
    device = post.device(ada)
    one = post.remind(ada, window=10)
    clock.pass_by(minutes=1)
    for day in range(9):
        post.service.answer(device, 503)
        assert post.tick() == {"due": 1, "later": 1} | ({"late": 1} if day else {})
        clock.pass_by(days=1)
        assert kept(app, one).unanswered == 0
    assert kept(app, one).told is None


def test_one_date_comes_once_on_that_date(app, post, ada, clock):
    post.device(ada)
    one = post.remind(ada, days=[], date="2026-11-23")
    sent = []
    clock.pass_by(minutes=1)
    for day in range(8):
        if post.tick().get("delivered"):
            sent.append(day)
        clock.pass_by(days=1)
    assert sent == [2]
    assert (kept(app, one).due, kept(app, one).live) == (None, True)


def test_a_date_that_is_over_or_none_never_comes(app, post, ada):
    for day in ("2026-11-20", "9999-12-31", "0001-01-01"):
        assert kept(app, post.remind(ada, days=[], date=day)).due is None, day


def test_one_date_moved_to_another_comes_again_and_taken_away_gives_way_to_the_days(app, post, ada, clock):
    post.device(ada)
    one = post.remind(ada, date="2026-11-21")
    clock.pass_by(minutes=1)
    assert post.tick() == {"due": 1, "delivered": 1}
    ada.sync(ada.change("reminder", one, date="2026-12-24"))
    assert kept(app, one).day == "2026-12-24"
    ada.sync(ada.change("reminder", one, date=""))
    assert kept(app, one).day == "2026-11-22"


def test_a_window_over_midnight_is_of_one_evening(app, post, ada, clock):
    """From ten in the evening to two, looked at by a clock that wakes at one."""
    post.device(ada)
    one = post.remind(ada, time="22:00", window=240)
    clock.pass_by(hours=1)
    assert post.tick() == {"due": 1, "delivered": 1}
    assert (kept(app, one).last_day, kept(app, one).day) == ("2026-11-21", "2026-11-22")
    ada.sync(ada.edit("add", "setting", ada.space, quiet_from="03:00", quiet_to="12:00"))
    clock.at = datetime(2026, 11, 22, 16, tzinfo=START.tzinfo)  # 01:00 on the 23rd in Tokyo
    assert post.tick() == {"due": 1, "delivered": 1}
    assert kept(app, one).last_day == "2026-11-22"
    clock.at = datetime(2026, 11, 23, 17, tzinfo=START.tzinfo)  # its end
    assert post.tick() == {"due": 1}


def test_what_was_done_leaves_room_for_what_was_not(app, post, ada, clock):
    """Decided before the day's one place is given away."""
    post.device(ada)
    step = new_id()
    post.remind(ada, step=step)
    other = post.remind(ada, step=new_id())
    ada.sync(done(ada, clock, step=step))
    clock.pass_by(minutes=1)
    assert post.tick() == {"due": 2, "delivered": 1}
    assert [row.reminder_id for row in post.deliveries()] == [other]


@pytest.mark.parametrize("what", ["rest", "done", "off", "away"])
def test_what_changed_since_it_fell_due_is_seen_at_the_last_moment(app, post, ada, clock, what):
    device = post.device(ada)
    step = new_id()
    one = post.remind(ada, step=step)
    post.service.answer(device, 503)
    clock.pass_by(minutes=1)
    assert post.tick() == {"due": 1, "later": 1}
    ada.sync({
        "rest": lambda: rest_today(ada, clock),
        "done": lambda: done(ada, clock, step=step),
        "off": lambda: ada.change("reminder", one, on=False),
        "away": lambda: ada.change("reminder", one, archived=True),
    }[what]())  # fmt: skip
    clock.pass_by(minutes=1)
    assert post.tick() == {"unwanted": 1}
    assert len(post.service.seen) == 1


# ---- the machine's clock


def test_a_machine_that_slept_for_three_days_tells_one_thing_at_most(app, post, ada, clock):
    post.device(ada)
    ada.sync(ada.edit("add", "setting", ada.space, ceiling=4))
    for hours in (0, 1, 2, 3):
        wall = (clock() + timedelta(hours=9 - hours, minutes=1)).strftime("%H:%M")
        post.remind(ada, time=wall, window=300)
    clock.pass_by(days=3, minutes=30)
    assert post.tick() == {"due": 4, "delivered": 1}
    clock.pass_by(minutes=20)
    assert post.tick() == {}


def test_the_newest_of_what_was_held_up_comes_however_small_a_batch_is(post, ada, clock):
    post.device(ada)
    post.allow(ada)
    for minutes in (1, 5):
        wall = (clock() + timedelta(hours=9, minutes=minutes)).strftime("%H:%M")
        newest = post.remind(ada, time=wall, window=600)
    post.dispatch.batch = 1
    clock.pass_by(minutes=20)
    assert post.tick() == {"due": 2, "delivered": 1}
    assert [row.reminder_id for row in post.deliveries()] == [newest]


@pytest.mark.parametrize("back", [{"hours": 1}, {"days": 400}])
def test_a_clock_set_back_tells_nothing_again_and_counts_nothing_again(app, post, ada, clock, back):
    post.device(ada)
    one = post.remind(ada)
    clock.pass_by(minutes=1)
    post.tick()
    before = kept(app, one)
    clock.pass_by(**{name: -value for name, value in back.items()})
    for _ in range(5):
        assert post.tick() == {}
        clock.pass_by(minutes=11)
    assert kept(app, one).unanswered == before.unanswered


def test_a_clock_that_ran_years_ahead_and_was_set_right_silences_nobody(app, post, ada, clock):
    post.device(ada)
    daily, once = post.remind(ada), post.remind(ada, date="2027-02-01", days=[])
    clock.pass_by(minutes=1)
    assert post.tick() == {"due": 1, "delivered": 1}
    clock.pass_by(days=365 * 8)
    assert post.tick() == {"due": 2, "delivered": 1}
    clock.pass_by(days=-365 * 8)
    assert post.tick() == {}
    clock.pass_by(days=1)
    assert post.tick() == {"due": 1, "delivered": 1}
    assert (kept(app, daily).unanswered, kept(app, daily).told) == (3, clock())
    assert kept(app, once).due is None  # its day was gone when the clock said so
