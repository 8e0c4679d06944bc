"""Letters: at the last moment it is decided whether a reminder is still wanted, and what it says."""

from tests.conftest import new_id
from tests.dispatching import done, post_office, rest_today  # noqa: F401 - a fixture


def test_nothing_comes_on_a_day_of_not_doing(post, ada, clock):
    post.device(ada)
    post.remind(ada)
    ada.sync(rest_today(ada, clock))
    clock.pass_by(minutes=1)
    assert post.tick() == {"due": 1}
    assert post.service.seen == []


def test_a_rest_that_was_taken_back_brings_the_reminder_back(post, ada, clock):
    post.device(ada)
    post.remind(ada)
    rest = rest_today(ada, clock)
    ada.sync(rest)
    ada.sync(ada.change("rest", rest["target"], archived=True))
    clock.pass_by(minutes=1)
    assert post.tick() == {"due": 1, "delivered": 1}


def test_nothing_comes_for_a_step_that_was_done_today_and_something_for_one_that_was_not(post, ada, clock):
    post.device(ada)
    step, other = new_id(), new_id()
    post.remind(ada, step=step)
    post.remind(ada, step=other)
    ada.sync(done(ada, clock, step=step))
    clock.pass_by(minutes=1)
    assert post.tick() == {"due": 2, "delivered": 1}


def test_a_rest_taken_before_midnight_counts_for_a_window_that_reaches_over_it(post, ada, clock):
    clock.at = clock.at.replace(hour=14, minute=50)  # 23:50 in Tokyo
    device = post.device(ada)
    post.remind(ada, time="23:55", window=60)
    post.service.answer(device, 503)
    clock.pass_by(minutes=5)
    post.tick()
    ada.sync(rest_today(ada, clock))
    clock.pass_by(minutes=10)  # 00:05 on the next day
    assert post.tick() == {"unwanted": 1}


def test_nothing_comes_from_a_reminder_that_was_switched_off_in_between(post, ada, clock):
    device = post.device(ada)
    reminder = post.remind(ada)
    post.service.answer(device, 503)
    clock.pass_by(minutes=1)
    assert post.tick() == {"due": 1, "later": 1}
    ada.sync(ada.change("reminder", reminder, on=False))
    clock.pass_by(minutes=5)
    assert post.tick() == {"unwanted": 1}


def test_nothing_comes_when_the_window_is_over(post, ada, clock):
    device = post.device(ada)
    post.remind(ada, window=10)
    post.service.answer(device, 500)
    clock.pass_by(minutes=1)
    post.tick()
    clock.pass_by(minutes=10)
    assert post.tick() == {"late": 1}
    assert len(post.service.seen) == 1


def test_nothing_comes_to_a_device_that_signed_out_or_changed_hands_in_between(post, ada, una, clock):
    device = post.device(ada)
    post.remind(ada)
    post.service.answer(device, 503)
    clock.pass_by(minutes=1)
    post.tick()
    post.subscribe(una, device.keys)
    clock.pass_by(minutes=5)
    assert post.tick() == {"gone": 1}
    assert len(post.service.seen) == 1
