"""Sixty hostile endpoints at every door: when subscribing, put straight into the database, and when trying out.

A listener on loopback, on both of its addresses, counts who comes: nobody. Redirects lead there as well, and nobody
follows one. No name is looked up for any of them.
"""

import contextlib
import os
import socket

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import select

from exposure.db import connection
from exposure.push import Push
from exposure.subscriptions import Subscription
from exposure.wire import Wire
from tests.conftest import enter
from tests.dispatching import post_office  # noqa: F401 - a fixture
from tests.hostile import endpoints
from tests.push_service import Device

HERE = {"Sec-Fetch-Site": "same-origin"}


class Trap:
    """Listens on one port of both loopback addresses."""

    def __init__(self):
        self.doors = [socket.create_server(("127.0.0.1", 0))]
        self.port = self.doors[0].getsockname()[1]
        with contextlib.suppress(OSError):  # a machine without it
            self.doors.append(socket.create_server(("::1", self.port), family=socket.AF_INET6))
        for door in self.doors:
            door.setblocking(False)

    def visitors(self):
        count = 0
        for door in self.doors:
            while True:
                try:
                    door.accept()[0].close()
                except BlockingIOError:
                    break
                count += 1
        return count

    def close(self):
        for door in self.doors:
            door.close()


@pytest.fixture
def trap():
    made = Trap()
    yield made
    made.close()


@pytest.fixture
def asked(app, post):
    """The names that were looked up by the real wire, which everybody in this house uses; they lead nowhere."""
    found = []

    def look_up(host, _port):
        found.append(host)
        raise socket.gaierror(-2, "Name or service not known")

    house = app.extensions["ippo"]
    house.push = Push.of(house.settings, house.vapid, Wire(look_up=look_up))
    post.dispatch.push = house.push
    return found


def browser(url):
    return Device(url, ec.generate_private_key(ec.SECP256R1()), os.urandom(16))


def test_the_trap_catches_whoever_comes(trap):
    with socket.create_connection(("127.0.0.1", trap.port)):
        pass
    assert trap.visitors() == 1


def test_none_is_taken_when_subscribing(app, ada, asked, trap):
    told = {}
    for url in endpoints(trap.port):
        answer = ada.client.put("/api/push", json={**browser(url).json, "endpoint": url}, headers=HERE)
        told[url] = (answer.status_code, answer.get_json()["error"])
    assert len(told) == 60
    assert set(told.values()) <= {(400, "bad_subscription"), (400, "not_text")}
    with app.app_context():
        assert connection().execute(select(Subscription.id)).all() == []
    assert (asked, trap.visitors()) == ([], 0)


def test_none_in_the_database_is_called_when_a_reminder_falls_due(app, post, asked, trap, clock):
    actors = [enter(app) for _ in range(6)]
    for number, url in enumerate(endpoints(trap.port)):
        post.subscribe(actors[number // 10], browser(url).keys)
    for actor in actors:
        post.remind(actor)
    clock.pass_by(minutes=1)
    assert post.tick() == {"due": 6, "refused": 60}
    for _ in range(4):
        clock.pass_by(minutes=20)
        assert post.tick() == {}
    assert (asked, trap.visitors()) == ([], 0)


def test_none_in_the_database_is_called_by_trying_it_out(app, post, asked, trap, clock):
    for url in endpoints(trap.port):
        actor = enter(app)
        post.subscribe(actor, browser(url).keys)
        answer = actor.client.post("/api/push/test", json={"endpoint": url}, headers=HERE)
        assert answer.status_code == 400, url
        assert not url or url not in answer.get_data(as_text=True)
    assert (asked, trap.visitors()) == ([], 0)


@pytest.mark.parametrize("status", [300, 301, 302, 303, 305, 307, 308])
def test_no_redirect_is_followed_by_the_clock_or_by_trying_out(app, post, ada, trap, clock, status):
    app.extensions["ippo"].push = post.dispatch.push
    device = post.device(ada)
    post.remind(ada)
    clock.pass_by(minutes=1)
    for scheme in ("http", "https"):
        post.service.location = f"{scheme}://127.0.0.1:{trap.port}/inside"
        post.service.answer(device, status)
        post.tick()
        post.service.answer(device, status)
        tried = ada.client.post("/api/push/test", json={"endpoint": device.endpoint}, headers=HERE)
        assert tried.status_code == 400
    assert trap.visitors() == 0
    assert [seen.status for seen in post.service.seen] == [status] * 3
    assert post.states() == ["refused"]
