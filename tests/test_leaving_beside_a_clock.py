"""Leaving for good while a clock tells: both take a person's rows in one order, so that neither ends the other."""

import threading
import time

import pytest
from sqlalchemy import func, select

from exposure import deliveries, leaving
from exposure.db import connection, db
from exposure.people import Person
from tests.dispatching import post_office  # noqa: F401 - a fixture
from tests.test_later import later


def waiting(app):
    """Whether somebody waits for a row that another one holds."""
    with app.app_context(), db.engine.connect() as bound:
        return bound.exec_driver_sql("SELECT count(*) FROM pg_locks WHERE NOT granted").scalar() > 0


def test_whoever_leaves_while_a_later_falls_due_leaves(app, post, ada, clock, engine_name, monkeypatch):
    if engine_name == "sqlite":
        pytest.skip("one writer at a time")
    post.device(ada)
    one = post.remind(ada)
    clock.pass_by(minutes=1)
    post.tick()
    ada.sync(later(ada, one, clock, minutes=5))
    clock.pass_by(minutes=5)
    begun, real, went = threading.Event(), deliveries.address, []

    def slow(bound, new):
        begun.set()
        until = time.monotonic() + 10
        while not waiting(app) and time.monotonic() < until:
            time.sleep(0.02)
        real(bound, new)

    monkeypatch.setattr(deliveries, "address", slow)

    def leave():
        assert begun.wait(10)
        with app.app_context(), db.engine.begin() as bound:
            leaving.leave(bound, ada.person, clock())
        went.append("left")

    going = threading.Thread(target=leave)
    going.start()
    ticked = post.tick()
    going.join(20)
    assert went == ["left"]
    assert ticked["due"] == 1
    with app.app_context():
        people = select(func.count()).select_from(Person.__table__).where(Person.id == ada.person)
        assert connection().execute(people).scalar_one() == 0
