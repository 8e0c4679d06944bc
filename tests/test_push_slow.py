"""Push services that hang, drip or cannot be found hold up themselves and nobody else.

Times are a fifth of the real ones: an exchange may take 2 s instead of 10, and nobody else waits longer than 6 s
instead of 30. What the others are told falls due while the bad ones are being tried.
"""

import socket
import time
from datetime import UTC, datetime

import pytest

from exposure import wire
from exposure.db import db
from tests.dispatching import Post
from tests.killing import Killing
from tests.push_service import DRIP, HANG, PushService

EXCHANGE, OTHERS = 2.0, 6.0
GOOD, BAD = 20, 60
SPREAD = 4.0  # seconds over which they fall due


@pytest.fixture(params=["sqlite"])
def engine_name(request):
    return request.param


@pytest.fixture
def service():
    made = PushService()
    yield made
    made.close()


@pytest.fixture
def mute():
    """Something that takes connections and never says a word, not even of TLS."""
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listening:
        yield listening.getsockname()[1]


def apart(host, _port):
    return ["34.6.6.6" if host.startswith("bad") else "34.1.1.1"]


def never_found(host, _port):
    if host.startswith("bad"):
        time.sleep(6 * EXCHANGE)  # a resolver has a patience of its own
        raise socket.gaierror(-3, "Temporary failure in name resolution")
    return ["34.1.1.1"]


LONG = pytest.mark.nightly
WAYS = [  # what the bad ones answer, under how many names, and where those lead
    pytest.param(HANG, 1, None, id="one hangs", marks=LONG),
    pytest.param(DRIP, 1, None, id="one drips", marks=LONG),
    pytest.param(HANG, 40, None, id="forty names hang"),
    pytest.param(DRIP, 40, None, id="forty names drip", marks=LONG),
    pytest.param(201, 1, apart, id="one takes the connection and no more", marks=LONG),
    pytest.param(201, 40, apart, id="forty names take the connection and no more", marks=LONG),
    pytest.param(201, 1, never_found, id="a name nobody can find"),
    pytest.param(201, 40, never_found, id="forty names nobody can find", marks=LONG),
]


@pytest.mark.parametrize(("answer", "names", "look_up"), WAYS)
def test_nobody_else_waits_for(settings, service, mute, answer, names, look_up, request):
    house = Killing(settings, service)
    bad = set(house.crowd(BAD, SPREAD / 2, below=lambda number: f"bad{number % names}"))
    good = set(house.crowd(GOOD, SPREAD, below=lambda _: "good"))
    service.usual = lambda path: (answer if path in bad else 201, "")
    post = Post(house.app, service, lambda: datetime.now(UTC), EXCHANGE)
    post.dispatch.push.wire = service.wire(seconds=EXCHANGE, **bent(service, mute, look_up))
    patience = time.monotonic() + 6 * EXCHANGE + SPREAD
    while good - {seen.path for seen in service.seen} and time.monotonic() < patience:
        post.tick()
    arrived = {seen.path: seen.wall - house.due[seen.path] for seen in service.seen if seen.path in good}
    print(f"lateness of the others at most {max(arrived.values()):.1f} s, {len(service.seen)} tries")
    assert set(arrived) == good
    full = request.node.get_closest_marker("nightly")  # a quick run shares its cores, and says less about seconds
    assert max(arrived.values()) <= (OTHERS if full else 2 * OTHERS)
    assert set(post.states()) <= {"open", "sent"}  # and nothing of the bad ones is lost
    post.dispatch.close()
    with house.app.app_context():
        db.engine.dispose()


def test_what_falls_due_while_somebody_hangs_is_sent_before_that_is_over(settings, service):
    house = Killing(settings, service)
    bad = set(house.crowd(1, 0, below=lambda _: "bad"))
    service.usual = lambda path: (HANG if path in bad else 201, "")
    post = Post(house.app, service, lambda: datetime.now(UTC), 3 * EXCHANGE)
    time.sleep(0.3)  # the bad one is due
    good = house.crowd(1, 0, below=lambda _: "good")
    assert post.tick() == {"due": 2, "later": 1, "delivered": 1}  # one tick, begun before the good one was due
    assert {seen.path for seen in service.seen} == {*bad, *good}
    post.dispatch.close()
    with house.app.app_context():
        db.engine.dispose()


def bent(service, mute, look_up):
    def connect(address, _port, seconds):
        return wire.connect("127.0.0.1", mute if address == "34.6.6.6" else service.port, seconds)

    return {"look_up": look_up, "connect": connect} if look_up else {}
