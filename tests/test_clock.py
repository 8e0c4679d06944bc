"""Clock: the ordinary day; a machine that slept; an end that is polite."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from exposure import deliveries
from exposure.app import create_app
from exposure.clock import Clock
from exposure.db import connection, db
from exposure.heartbeats import last
from tests.conftest import MASTER, enter
from tests.dispatching import Post, done
from tests.push_service import PushService


@pytest.fixture
def service():
    made = PushService()
    yield made
    made.close()


# ---- the ordinary day


def test_a_month_of_days_brings_one_reminder_a_day_and_no_more_to_who_answers(app, ada, clock, service):
    post = Post(app, service, clock)
    post.device(ada)
    post.remind(ada, days=[0, 2, 4], window=180)
    clock.pass_by(minutes=1)
    for _ in range(30 * 12):
        if post.tick().get("delivered"):
            ada.sync(done(ada, clock))
        clock.pass_by(hours=2)
    days = [row.occurrence.date() for row in post.deliveries()]
    assert post.states() == ["sent"] * 12
    assert len(set(days)) == 12
    assert {day.weekday() for day in days} == {0, 2, 4}


def test_nobody_who_made_no_reminder_ever_gets_one(app, ada, clock, service):
    post = Post(app, service, clock)
    post.device(ada)
    for _ in range(30 * 4):
        clock.pass_by(hours=6)
        post.tick()
    assert service.seen == []


def test_a_machine_that_slept_for_days_wakes_to_at_most_one_reminder(app, ada, clock, service):
    post = Post(app, service, clock)
    post.device(ada)
    for minutes in (1, 2, 3):
        post.remind(ada, time=(clock() + timedelta(hours=9, minutes=minutes)).strftime("%H:%M"))
    clock.pass_by(days=3, minutes=10)
    assert post.tick() == {"due": 3, "delivered": 1}


def test_a_tick_leaves_a_heartbeat_and_sweeps_what_is_past(app, ada, clock, service):
    post = Post(app, service, clock)
    post.device(ada)
    post.remind(ada)
    clock.pass_by(minutes=1)
    post.tick()
    with app.app_context():
        assert last(connection()) == (clock(), "")
    clock.pass_by(days=200)
    ada.sync(ada.change("reminder", post.deliveries()[0].reminder_id, on=False))
    post.tick()
    clock.pass_by(days=1)  # it had slept: its time is believed after a day
    post.tick()
    assert post.deliveries() == []


def test_a_database_that_is_away_for_one_tick_is_tried_again_at_the_next(app, ada, clock, service, caplog, monkeypatch):
    post = Post(app, service, clock)
    post.device(ada)
    post.remind(ada)
    clock.pass_by(minutes=1)
    with monkeypatch.context() as away, app.app_context():
        away.setattr(db.engine, "connect", _away)
        Clock(app, post.dispatch).try_to_tick()
    assert "away" in caplog.text
    assert post.tick() == {"due": 1, "delivered": 1}


def _away():
    raise OperationalError("connect", None, OSError("away"))


def test_a_database_that_goes_away_while_answers_come_in_loses_nothing(app, clock, service, monkeypatch):
    post = Post(app, service, clock)
    for _ in range(12):
        actor = enter(app)
        post.device(actor)
        post.remind(actor)
    clock.pass_by(minutes=1)
    post.dispatch = post.hands(batch=4, threads=2)
    plain, calls = deliveries.settle, []

    def away(*said):
        calls.append(said)
        if len(calls) < 4:
            raise OperationalError("update", None, OSError("away"))
        return plain(*said)

    monkeypatch.setattr(deliveries, "settle", away)
    for _ in range(8):
        Clock(app, post.dispatch).try_to_tick()
        clock.pass_by(seconds=61)  # a lease
    assert post.states() == ["sent"] * 12
    assert len(calls) > 4
    copies = Counter(seen.path for seen in post.service.seen)
    assert len(copies) == 12
    assert sum(copies.values()) - 12 <= 12  # what was sent and could not be written down


# ---- the end


def test_a_clock_asked_to_stop_ends_within_its_grace(settings):
    create_app(settings)  # makes the keys, which a clock otherwise does itself
    environment = {**os.environ, "IPPO_DATA": str(settings.data), "DATABASE_URL": settings.database_url}
    clock = subprocess.Popen(
        [sys.executable, "-m", "exposure.cli", "clock"],
        env={**environment, "IPPO_MASTER_KEY": MASTER},
        stderr=subprocess.PIPE,
        text=True,
    )
    app = create_app(settings)
    patience = time.monotonic() + 30
    while time.monotonic() < patience:
        with app.app_context():
            if last(connection()) is not None:
                break
        time.sleep(0.1)
    begun = time.monotonic()
    clock.send_signal(signal.SIGTERM)
    _, said = clock.communicate(timeout=20)
    assert (clock.returncode, said) == (0, "")
    assert time.monotonic() - begun < 5
    with app.app_context():
        assert last(connection()) is not None
        db.engine.dispose()


def test_a_clock_asked_to_stop_in_the_middle_gives_back_what_it_did_not_try(app, ada, clock, service):
    post = Post(app, service, clock)
    for _ in range(6):
        post.device(ada)
    post.remind(ada)
    clock.pass_by(minutes=1)
    post.dispatch = post.hands(threads=1)
    service.usual = lambda _path: (post.dispatch.stop.set() or 201, "")
    counts = post.tick()
    assert (counts["delivered"], counts["held"]) == (1, 5)
    post.dispatch = post.hands()
    service.usual = lambda _path: (201, "")
    assert post.tick() == {"delivered": 5}
