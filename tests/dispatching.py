"""What the tests of deliveries, dispatch and clock share: a house with a bent wire, people with devices, due things."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from exposure import subscriptions
from exposure.clock import Clock
from exposure.db import connection, milliseconds, writing
from exposure.deliveries import Delivery
from exposure.dispatch import Dispatch
from exposure.logins import Login
from exposure.people import Person
from exposure.push import Push
from exposure.reminders import Reminder
from exposure.subscriptions import Keys
from tests.conftest import Actor, new_id
from tests.push_service import Device, PushService

DAILY = [0, 1, 2, 3, 4, 5, 6]


@dataclass
class Post:
    """The app with a push service of its own at the end of the wire."""

    app: Flask
    service: PushService
    clock: Any  # the tests' time
    seconds: float = 5.0
    dispatch: Dispatch = field(init=False)

    def __post_init__(self) -> None:
        self.dispatch = self.hands()

    def hands(self, **changes: Any) -> Dispatch:
        """The hands of one more clock."""
        house = self.app.extensions["ippo"]
        push = Push.of(house.settings, house.vapid, self.service.wire(seconds=self.seconds))
        return Dispatch(push, house.vault, "https://ippo.example", self.clock, **changes)

    def tick(self) -> dict[str, int]:
        """One tick; only what happened is told."""
        return {name: n for name, n in Clock(self.app, self.dispatch).tick().items() if n}

    @contextmanager
    def write(self) -> Any:
        with self.app.app_context(), writing() as bound:
            yield bound

    def device(self, actor: Actor) -> Device:
        """One more device of this person's, subscribed."""
        device = self.service.device()
        self.subscribe(actor, device.keys)
        return device

    def subscribe(self, actor: Actor, keys: Keys) -> str:
        """Put a subscription into the database as it is, unchecked."""
        vault = self.app.extensions["ippo"].vault
        with self.write() as bound:
            login = bound.execute(select(Login.id).where(Login.person_id == actor.person)).scalars().first()
            key = self.key(bound, actor)
            return subscriptions.keep(bound, vault, key, keys, person_id=actor.person, login_id=login, now=self.clock())

    def key(self, bound: Any, actor: Actor) -> Any:
        wrapped = bound.execute(select(Person.key_wrapped).where(Person.id == actor.person)).scalar_one()
        return self.app.extensions["ippo"].vault.opener(actor.person, wrapped)

    def remind(self, actor: Actor, **fields: Any) -> str:
        """A reminder of this person's that falls due in a minute, on every day."""
        wall = (self.clock() + timedelta(hours=9, minutes=1)).strftime("%H:%M")
        edit = actor.add("reminder", **({"days": DAILY, "time": wall, "zone": "Asia/Tokyo", "on": True} | fields))
        actor.sync(edit)
        if fields.get("neutral") is False:
            self.service.chosen.add(fields["words"])
        return str(edit["target"])

    def allow(self, actor: Actor, ceiling: int = 4) -> None:
        """This person wants to be told of so many in a day."""
        actor.sync(actor.edit("add", "setting", actor.space, ceiling=ceiling))

    def states(self) -> list[str]:
        with self.app.app_context():
            return sorted(connection().execute(select(Delivery.state)).scalars())

    def deliveries(self) -> list[Any]:
        with self.app.app_context():
            return list(connection().execute(select(Delivery.__table__).order_by(Delivery.occurrence)))


@pytest.fixture(name="post")
def post_office(app, clock):
    """The house, with the people's browsers at the end of its wire."""
    service = PushService()
    made = Post(app, service, clock)
    yield made
    made.dispatch.close()
    service.close()


def rest_today(actor: Actor, clock: Any) -> dict[str, Any]:
    day = (clock() + timedelta(hours=9)).date().isoformat()
    return actor.add("rest", day=day, source="home", at=milliseconds(clock()))


def done(actor: Actor, clock: Any, **fields: Any) -> dict[str, Any]:
    return actor.add("attempt", **({"step": new_id(), "ended": milliseconds(clock())} | fields))


def kept(app, reminder):
    """The plain columns of a reminder as they are now."""
    with app.app_context():
        return connection().execute(select(Reminder.__table__).where(Reminder.id == reminder)).one()


def say(actor, **fields):
    """What somebody chooses in their settings."""
    actor.sync(actor.edit("add", "setting", actor.space, **fields))


def at(clock, **ahead):
    """What a clock on a wall in Tokyo shows, so far ahead."""
    return (clock() + timedelta(hours=9, **ahead)).strftime("%H:%M")


def count(app, what, *where):
    """How many rows there are of it."""
    with app.app_context():
        return connection().execute(select(func.count()).select_from(what.__table__).where(*where)).scalar_one()
