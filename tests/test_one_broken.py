"""One person's broken row ends itself only: the others are told in the same round."""

import threading
from datetime import timedelta

import pytest

from exposure import letters
from exposure.clock import Clock
from exposure.postman import Postman
from tests.dispatching import post_office  # noqa: F401 - a fixture


def wall(clock, **ahead):
    return (clock() + timedelta(hours=9) + timedelta(**ahead)).strftime("%H:%M")


def test_a_zone_that_nobody_knows_stops_nobody_elses_reminder(post, ada, una, clock):
    post.device(ada), post.device(una)
    hours = {"quiet_from": wall(clock, hours=-1), "quiet_to": wall(clock, hours=1)}
    ada.sync(ada.edit("add", "setting", ada.space, **hours))
    bad = post.remind(ada, window=600)
    clock.pass_by(minutes=1)
    post.tick()
    ada.sync(ada.change("reminder", bad, zone="Nowhere/Land"))
    post.remind(una, window=30, time=wall(clock, minutes=59))
    clock.pass_by(minutes=59)
    assert post.tick() == {"due": 1, "unwanted": 1, "delivered": 1}
    assert post.states() == ["sent", "unwanted"]


@pytest.mark.parametrize("where", ["why_not", "reminder"])
def test_whatever_is_wrong_with_one_letter_the_other_is_sent(post, ada, una, clock, monkeypatch, caplog, where):
    post.device(ada), post.device(una)
    broken = post.remind(ada)
    post.remind(una)
    real = getattr(letters, where)

    def stumble(*given, **named):
        if any(broken in (each, getattr(each, "reminder_id", "")) for each in given):
            raise LookupError("somebody's words")
        return real(*given, **named)

    monkeypatch.setattr(letters, where, stumble)
    clock.pass_by(minutes=1)
    assert post.tick() == {"due": 2, "refused": 1, "delivered": 1}
    assert "LookupError" in caplog.text
    assert "somebody's words" not in caplog.text


def test_neither_tick_nor_walk_ends_with_what_nobody_foresaw(app, post, monkeypatch, caplog):
    postman = Postman(None, None, "", post.clock)
    clock, walks = Clock(app, post.dispatch, postman), []

    def stumble():
        walks.append(threading.current_thread().name)
        if len(walks) == 2:
            postman.stop.set()
        raise LookupError("somebody's words")

    monkeypatch.setattr(postman, "round", stumble)
    monkeypatch.setattr(post.dispatch, "round", stumble)
    clock.try_to_tick()
    clock.keep_walking(0)
    assert len(walks) == 2
    assert caplog.text.count("unforeseen LookupError") == 2
    assert "somebody's words" not in caplog.text
