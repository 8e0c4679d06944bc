"""Open streams never starve ordinary requests: every slot taken, and a sync takes no longer than it did (issue 3)."""

import contextlib
import http.client
import json
import socket
import tempfile
import time
from pathlib import Path

import pytest
from sqlalchemy import delete

from exposure import migrate
from exposure.app import create_app
from exposure.config import Settings
from exposure.db import db, writing
from exposure.live import EACH
from exposure.logins import Login
from tests.conftest import enter, sign_in
from tests.processes import Device, Running, ask

SLOTS = Settings().threads - 32
SYNCS = 120
ROUNDS = 3
MOST = 2.0


@pytest.fixture
def house():
    """`exposure serve` as it comes, and the cookies of enough people to take every slot."""
    folder = Path(tempfile.mkdtemp(prefix="ippo-starve-"))
    app = create_app(Settings(data=folder))
    migrate.to_present(app)
    people = [enter(app) for _ in range(-(-SLOTS // EACH) + 1)]
    running = Running(folder)
    yield app, running.port, people
    running.end()
    with app.app_context():
        db.engine.dispose()


def cookies_of(app, people):
    """A new login for each of them."""
    clients = [sign_in(app, one.person) for one in people]
    return [f"ippo={client.get_cookie('ippo', domain='localhost').value}" for client in clients]


def open_stream(port, cookie):
    """A stream that is held open; its socket."""
    sock = socket.create_connection(("127.0.0.1", port), timeout=20)
    sock.sendall(f"GET /api/live HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: {cookie}\r\n\r\n".encode())
    head = b""
    while b"retry: 3000" not in head:
        piece = sock.recv(4096)
        assert piece, head
        head += piece
    assert head.startswith(b"HTTP/1.1 200"), head
    return sock


@contextlib.contextmanager
def every_slot_taken(app, port, people):
    """For as long as the block lasts; then the logins end, and with them the streams."""
    cookies = cookies_of(app, people)
    streams = [open_stream(port, cookie) for cookie in [one for one in cookies for _ in range(EACH)][:SLOTS]]
    try:
        status, headers, _ = ask(port, "GET", "/api/live", cookie=cookies[-1])
        assert (status, headers["Retry-After"]) == (503, "20"), "there was a slot left"
        yield
        assert sum(map(is_open, streams)) == SLOTS, "streams ended while they were to hold"
        with app.app_context(), writing() as bound:
            bound.execute(delete(Login).where(Login.person_id.in_([one.person for one in people])))
        until_they_end(streams)
    finally:
        for stream in streams:
            stream.close()


def until_they_end(streams):
    deadline = time.monotonic() + 4
    while streams := [one for one in streams if is_open(one)]:
        assert time.monotonic() < deadline, "streams of ended logins stayed open"
        time.sleep(0.05)


def is_open(sock):
    """Whether the stream goes on; the line may outlive it, ready for another request."""
    sock.setblocking(False)
    try:
        while piece := sock.recv(4096):
            if piece.endswith(b"0\r\n\r\n"):
                return False
    except BlockingIOError:
        return True
    return False


def syncs(device):
    """Milliseconds of each of many syncs that write one edit, on one connection."""
    line = http.client.HTTPConnection("127.0.0.1", device.port, timeout=20)
    headers = {"Content-Type": "application/json", "Cookie": device.cookie, "Host": f"localhost:{device.port}"}
    took, cursor = [], 0
    for _ in range(SYNCS):
        asked = {"v": 1, "device": device.device, "cursors": {device.space: cursor}, "edits": [device.edit()]}
        began = time.perf_counter()
        line.request("POST", "/api/sync", json.dumps(asked), headers)
        answer = line.getresponse()
        told = json.loads(answer.read())
        took.append((time.perf_counter() - began) * 1000)
        assert answer.status == 200, told
        cursor = told["spaces"][device.space]["revision"]
    line.close()
    return took


def p95(values):
    return sorted(values)[len(values) * 95 // 100]


def test_a_sync_takes_no_longer_when_every_stream_slot_is_taken(house):
    app, port, people = house
    device = Device(port)
    syncs(device)  # warm
    idle, full = [], []
    for _ in range(ROUNDS):  # in turn, so that a busy neighbour meets both
        idle.append(p95(syncs(device)))
        with every_slot_taken(app, port, people):
            full.append(p95(syncs(device)))
    ratio = min(full) / min(idle)  # the quietest round of each
    print(f"p95 idle {idle}, full {full}, ratio {ratio:.2f}")
    assert ratio <= MOST, f"idle {idle} ms, full {full} ms"
