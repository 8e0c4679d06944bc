"""Whoever sends or reads slowly costs nobody else anything: a real house of 40 threads, and the socket by itself."""

import http.client
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from exposure import slowness
from exposure.slowness import Patience, Peer
from tests.processes import Device, Running, ask

HALF_HEADERS = b"POST /api/signin HTTP/1.1\r\nHost: localhost\r\nContent-Le"
HALF_BODY = b"POST /api/signin HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"


@pytest.fixture
def small(data: Path) -> Iterator[Running]:
    """`exposure serve` with 40 threads."""
    served = Running(data, IPPO_THREADS="40")
    yield served
    if served.process.poll() is None:
        served.end()
    served.close()


@pytest.fixture
def both() -> Iterator[tuple[Peer, socket.socket]]:
    """Our end of a connection and the other."""
    ours, theirs = socket.socketpair()
    peer = Peer.of(ours)
    peer.setblocking(True)
    with peer, theirs:
        yield peer, theirs


def is_closed(connection: socket.socket) -> bool:
    """Whether the server has ended it; reads whatever came before."""
    connection.setblocking(False)
    try:
        while connection.recv(65536):
            pass
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def drip(connection: socket.socket) -> None:
    """A byte now and then until the other side is gone."""
    with suppress(OSError):
        while True:
            connection.send(b"a")
            time.sleep(0.4)


def stream(port: int) -> http.client.HTTPResponse:
    """Ada's live stream, begun."""
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    asked.request("GET", "/api/live", headers={"Cookie": Device(port).cookie, "Host": f"localhost:{port}"})
    answer = asked.getresponse()
    assert answer.status == 200
    assert answer.fp.readline().strip()
    return answer


def slow_ones(port: int, held: ExitStack) -> list[socket.socket]:
    """Sixty requests that never become whole: in their headers, in their bodies, and byte by byte."""
    made = []
    for number in range(60):
        connection = held.enter_context(socket.create_connection(("127.0.0.1", port), 10))
        connection.sendall(HALF_BODY if number % 2 else HALF_HEADERS)
        made.append(connection)
    threading.Thread(target=drip, args=(made[-2],), daemon=True).start()
    return made


def test_sixty_half_sent_requests_keep_nobody_waiting(small: Running) -> None:
    with ExitStack() as held:
        kept = http.client.HTTPConnection("127.0.0.1", small.port, timeout=10)
        held.callback(kept.close)
        kept.request("GET", "/robots.txt")
        kept.getresponse().read()
        live = stream(small.port)
        begun = time.monotonic()
        slow = slow_ones(small.port, held)
        assert ask(small.port, "GET", "/robots.txt")[0] == 200
        assert time.monotonic() - begun < 5
        # A connection that is merely idle was not what was in the way.
        kept.request("GET", "/robots.txt")
        assert kept.getresponse().status == 200
        # Nobody asks for the rest of the threads now, and yet each half-sent header ends, the dripping one too.
        while not all(is_closed(one) for one in slow[::2]):
            assert time.monotonic() - begun < slowness.HEADERS + 4
            time.sleep(0.2)
        assert not is_closed(live.fp.raw._sock)  # type: ignore[attr-defined]
        assert small.end() < 5


def test_peers_that_never_read_their_answer_keep_nobody_waiting(small: Running) -> None:
    parts = set(re.findall(rb'"(/static/[^"]+)"', ask(small.port, "GET", "/app")[2]))
    size, page = max((len(ask(small.port, "GET", part.decode())[2]), part.decode()) for part in parts)
    asked = f"GET {page} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() * 100
    assert size * 100 > 8_000_000, "more than the kernel keeps for a peer"
    with ExitStack() as held:
        for _ in range(50):
            deaf = held.enter_context(socket.socket())
            deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            deaf.connect(("127.0.0.1", small.port))
            deaf.setblocking(False)
            with suppress(BlockingIOError):
                deaf.send(asked)
        time.sleep(2)
        begun = time.monotonic()
        assert ask(small.port, "GET", "/robots.txt")[0] == 200
        assert time.monotonic() - begun < 5


def test_an_address_is_not_written_down_when_a_request_is_broken(small: Running) -> None:
    with socket.create_connection(("127.0.0.1", small.port), 10) as connection:
        connection.sendall(b"no such thing\r\n\r\n")
        assert b" 400 " in connection.recv(4096)
    small.end()
    assert "127.0.0.1" not in "".join(small.said)


def test_a_drip_earns_no_more_time(both: tuple[Peer, socket.socket]) -> None:
    peer, other = both
    peer.reading = Patience(1.0, slowness.BODY_RATE)
    threading.Thread(target=drip, args=(other,), daemon=True).start()
    begun = time.monotonic()
    with pytest.raises(ConnectionResetError):
        b"".join(iter(lambda: peer.recv(100), b""))
    assert 0.9 < time.monotonic() - begun < 2
    assert is_closed(other)


def test_a_large_body_over_a_poor_line_arrives() -> None:
    patience = Patience(30.0, slowness.BODY_RATE, spent=200.0, moved=8 * 1024 * 1024)
    assert patience.left() == 30.0
    patience.moved = 200
    assert patience.left() < 0


def test_only_a_peer_that_takes_nothing_is_cut(both: tuple[Peer, socket.socket]) -> None:
    peer, other = both
    peer.answering = Patience(0.5, 1024)
    whole = b"x" * 2_000_000

    def sip() -> None:
        for _ in range(8):
            time.sleep(0.1)
            other.recv(65536)

    reader = threading.Thread(target=sip, daemon=True)
    reader.start()
    begun = time.monotonic()
    with pytest.raises(ConnectionResetError):
        peer.sendall(whole)
    assert time.monotonic() - begun > 0.9, "it was cut while it still read"
    reader.join()
    assert is_closed(other)


def test_time_between_requests_and_of_a_stream_is_not_counted(both: tuple[Peer, socket.socket]) -> None:
    peer, other = both
    peer.answering = Patience(0.2)
    for _ in range(3):
        peer.sendall(b"data: \n\n")
        time.sleep(0.15)
    assert other.recv(100) == b"data: \n\n" * 3
