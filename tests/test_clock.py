"""Clock: real processes, killed at any moment; a machine that slept; an end that is polite."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from exposure import create_app
from exposure.clock import Clock
from exposure.config import Settings
from exposure.db import connection, db, milliseconds, moment, writing
from exposure.deliveries import Delivery
from exposure.heartbeats import last
from exposure.reminders import Reminder
from tests.conftest import MASTER, enter, new_id
from tests.dispatching import Post
from tests.push_service import HANG, RESET_AFTER, RESET_BEFORE, PushService


@pytest.fixture
def service():
    made = PushService()
    yield made
    made.close()


# ---- the ordinary day


def test_a_month_of_days_brings_one_reminder_a_day_and_no_more(app, ada, clock, service):
    post = Post(app, service, clock)
    post.device(ada)
    post.remind(ada, days=[0, 2, 4], window=180)
    for _ in range(30 * 12):
        clock.pass_by(hours=2)
        post.tick()
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


# ---- killed at any moment


class Nursery:
    """See clock_nursery."""

    def __init__(self, settings, service):
        command = [sys.executable, "-m", "tests.clock_nursery", str(settings.data), settings.database_url]
        self.process = subprocess.Popen(
            [*command, str(service.port), service.certificate], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout.readline() == "ready\n"

    def start(self):
        self.process.stdin.write("start\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def close(self):
        self.process.kill()
        self.process.communicate()


def fill(app, service, people, reminders, seconds):
    """`reminders` for each of `people`, falling due one after the other within the coming seconds."""
    rows, begin = [], milliseconds(datetime.now(UTC)) + 300
    post = Post(app, service, lambda: datetime.now(UTC))
    actors = [enter(app) for _ in range(people)]
    for actor in actors:
        post.device(actor)
    for number in range(people * reminders):
        actor = actors[number % people]
        due = moment(begin + number * seconds * 1000 // (people * reminders))
        rows.append(
            {"person_id": actor.person, "id": new_id(), "space_id": actor.space, "step": None, "ladder": None}
            | {"days": 127, "at": due.strftime("%H:%M"), "zone": "Etc/UTC", "window": 60, "neutral": True}
            | {"day": due.date().isoformat(), "due": due, "until": due + timedelta(hours=1), "last_day": None}
        )
    with post.write() as bound:
        bound.execute(Reminder.__table__.insert(), rows)
    return len(rows)


def survive(settings, service, kills, people=16, reminders=10, pause=0.2):
    """Kill one of two clocks again and again while reminders fall due; the copies of each that were accepted."""
    app = create_app(Settings(data=settings.data, database_url=settings.database_url, master_key=MASTER))
    fill(app, service, 1, 1, seconds=0)
    nursery = Nursery(settings, service)
    try:
        total = 1 + fill(app, service, people, reminders, seconds=kills * pause)
        clocks = [nursery.start(), nursery.start()]
        for _ in range(kills):
            time.sleep(random.uniform(0.3, 1.7) * pause)
            victim = random.randrange(2)
            os.kill(clocks[victim], signal.SIGKILL)
            clocks[victim] = nursery.start()
        states = wait_until_sent(app, total)
    finally:
        nursery.close()
        with app.app_context():
            db.engine.dispose()
    accepted = Counter(seen.headers["topic"] for seen in service.seen if seen.status in (201, RESET_AFTER))
    assert states == {"sent": total}, "lost, or left behind"
    assert len(accepted) == total
    return accepted


def wait_until_sent(app, total):
    patience = time.monotonic() + 120
    while True:
        with app.app_context(), writing() as bound:
            counts = select(Delivery.state, func.count()).group_by(Delivery.state)
            states = dict(tuple(row) for row in bound.execute(counts))
        if states.get("sent") == total or time.monotonic() > patience:
            return states
        time.sleep(0.2)


def test_clocks_killed_at_any_moment_lose_nothing_and_hardly_repeat_themselves(settings, service):
    kills = 40
    accepted = survive(settings, service, kills)
    repeats = sum(accepted.values()) - len(accepted)
    print(f"{kills} kills, {len(accepted)} reminders, {repeats} sent twice")
    assert repeats <= kills


@pytest.mark.nightly
def test_a_thousand_kills_and_a_push_service_in_a_bad_mood_lose_nothing(settings, service):
    dice = random.Random(7)
    moods = [500] * 5 + [429] * 3 + [RESET_BEFORE] * 2 + [RESET_AFTER] * 2 + [HANG] + [201] * 87
    service.usual = lambda _path: (dice.choice(moods), "1")
    kills = int(os.environ.get("IPPO_KILLS", "1000"))
    accepted = survive(settings, service, kills, people=50, reminders=max(1, kills // 5))
    unavoidable = sum(1 for seen in service.seen if seen.status == RESET_AFTER)
    assert sum(accepted.values()) - len(accepted) <= kills + unavoidable


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
