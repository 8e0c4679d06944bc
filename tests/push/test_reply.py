"""Reply: what an answer says, whether its connection can be used again, and what is no answer at all."""

import socket
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposure.endpoints import Endpoint
from exposure.reply import MOST, BadReply, Reply
from exposure.wire import Unreachable, Wire
from tests.push_service import PUBLIC

CREATED = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"


def read(*pieces):
    """A reply fed piece by piece, and whether it was whole at the end."""
    reply = Reply()
    whole = [reply.feed(piece) for piece in pieces]
    return reply, whole[-1]


# what it is, the answer, its status, whether the connection lives on
KEPT = [
    ("nothing in it", CREATED, 201),
    ("a body", b"HTTP/1.1 400 Bad\r\nContent-Length: 5\r\n\r\nsorry", 400),
    ("no reason", b"HTTP/1.1 201\r\nContent-Length: 0\r\n\r\n", 201),
    ("no content", b"HTTP/1.1 204 No Content\r\n\r\n", 204),
    ("chunks", b"HTTP/1.1 410 Gone\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\ngone\r\n0\r\n\r\n", 410),
    ("after a hint", b"HTTP/1.1 103 Early\r\nLink: </x>\r\n\r\n" + CREATED, 201),
    ("after going on", b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Wait\r\n\r\n" + CREATED, 201),
]
CLOSED = [
    ("it says so", b"HTTP/1.1 201 Created\r\nconnection: Close\r\nContent-Length: 0\r\n\r\n", 201),
    ("of old", b"HTTP/1.0 201 Created\r\nContent-Length: 0\r\n\r\n", 201),
    ("until the end", b"HTTP/1.1 500 Oh\r\n\r\nall of it", 500),
    ("longer than we read", b"HTTP/1.1 201 Created\r\nContent-Length: 10000000\r\n\r\n", 201),
    ("two lengths", b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\nContent-Length: 5\r\n\r\n", 201),
    ("length and chunks", b"HTTP/1.1 201 A\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 201),
    ("packed", b"HTTP/1.1 201 A\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 201),
    ("a negative length", b"HTTP/1.1 201 A\r\nContent-Length: -1\r\n\r\n", 201),
    ("more than it said", CREATED + b"HTTP/1.1 410 Gone\r\n", 201),
    ("odd chunks", b"HTTP/1.1 201 A\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 201),
    ("a trailer", b"HTTP/1.1 201 A\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: y\r\n\r\n", 201),
    ("endless chunks", b"HTTP/1.1 201 A\r\nTransfer-Encoding: chunked\r\n\r\n2710\r\n" + b"x" * (MOST + 1), 201),
]
NONE = [
    ("not http", b"SSH-2.0-OpenSSH\r\n\r\n"),
    ("another protocol", b"HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\n\r\n"),
    ("http 2", b"HTTP/2 201\r\n\r\n"),
    ("a folded header", b"HTTP/1.1 201 A\r\nX: a\r\n b\r\n\r\n"),
    ("a blank before the colon", b"HTTP/1.1 201 A\r\nContent-Length : 0\r\n\r\n"),
    ("a bare line feed", b"HTTP/1.1 201 A\nContent-Length: 0\r\n\r\n"),
    ("four numbers", b"HTTP/1.1 2010 A\r\n\r\n"),
    ("an endless head", b"HTTP/1.1 201 A\r\nX: " + b"x" * MOST),
]


def ids(cases):
    return [case[0] for case in cases]


@pytest.mark.parametrize(("name", "answer", "status"), KEPT, ids=ids(KEPT))
def test_a_plain_answer_leaves_its_connection_to_the_next(name, answer, status):
    reply, whole = read(answer)
    assert (whole, reply.status, reply.keeps) == (True, status, True)


@pytest.mark.parametrize(("name", "answer", "status"), CLOSED, ids=ids(CLOSED))
def test_where_an_answer_ends_is_never_guessed(name, answer, status):
    reply, whole = read(answer)
    assert (whole, reply.status, reply.keeps) == (True, status, False)


@pytest.mark.parametrize(("name", "answer"), NONE, ids=ids(NONE))
def test_what_is_no_answer_is_refused(name, answer):
    with pytest.raises(BadReply):
        read(answer)


@pytest.mark.parametrize(("name", "answer", "status"), KEPT, ids=ids(KEPT))
def test_it_is_whole_with_its_last_byte_and_not_before(name, answer, status):
    reply = Reply()
    assert [reply.feed(answer[at : at + 1]) for at in range(len(answer))] == [False] * (len(answer) - 1) + [True]
    assert reply.keeps


def test_it_tells_when_to_come_back():
    assert read(b"HTTP/1.1 429 Busy\r\nRETRY-AFTER:  7 \r\nContent-Length: 0\r\n\r\n")[0].retry_after == "7"


@given(st.binary(max_size=300), st.integers(1, 40))
def test_noise_never_raises_anything_else(noise, size):
    reply = Reply()
    try:
        for at in range(0, len(noise), size):
            if reply.feed(noise[at : at + size]):
                break
    except BadReply:
        pass


# ---- over a real connection


class Server:
    """Says one thing on each connection it is given, for each request, and closes after so many."""

    def __init__(self, *says, requests=10):
        self.says, self.requests, self.connections, self.heard = list(says), requests, 0, []
        self.listening = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                line, _ = self.listening.accept()
            except OSError:
                return
            self.connections += 1
            with line:
                for _ in range(self.requests):
                    if not (request := line.recv(65_536)):
                        break
                    self.heard.append(request)
                    line.sendall(self.says.pop(0) if len(self.says) > 1 else self.says[0])

    def post(self, wire):
        return wire.post(Endpoint("push.example", 443, "/x?y"), {"TTL": "60"}, b"body")

    def wire(self):
        port = self.listening.getsockname()[1]
        connect = lambda _address, _port, seconds: socket.create_connection(("127.0.0.1", port), seconds)  # noqa: E731
        return Wire(look_up=lambda *_: [PUBLIC], connect=connect, secure=lambda plain, _host: plain, seconds=2.0)


@pytest.fixture
def serve():
    made = []

    def make(*says, **changes):
        made.append(Server(*says, **changes))
        return made[-1], made[-1].wire()

    yield make
    for each in made:
        each.listening.close()


def test_a_request_is_what_the_standard_asks_for(serve):
    server, wire = serve(CREATED)
    assert server.post(wire).status == 201
    assert server.heard == [
        b"POST /x?y HTTP/1.1\r\nHost: push.example\r\nContent-Length: 4\r\nTTL: 60\r\n\r\nbody"
    ]  # fmt: skip


def test_one_connection_carries_many(serve):
    server, wire = serve(*(answer for _, answer, _ in KEPT))
    assert [server.post(wire).status for _ in KEPT] == [status for _, _, status in KEPT]
    assert server.connections == 1


def test_a_connection_that_is_done_is_not_used_again(serve):
    server, wire = serve(*(answer for _, answer, _ in CLOSED))
    assert [server.post(wire).status for _ in CLOSED] == [status for _, _, status in CLOSED]
    assert server.connections == len(CLOSED)


def test_a_connection_closed_while_it_lay_idle_is_opened_again_without_a_word(serve):
    server, wire = serve(CREATED, requests=1)
    assert [server.post(wire).status for _ in range(3)] == [201, 201, 201]
    assert (server.connections, len(server.heard)) == (3, 3)


def test_an_answer_cut_in_its_head_is_none_and_is_not_asked_for_again(serve):
    server, wire = serve(b"HTTP/1.1 201 Cre", requests=1)
    with pytest.raises(Unreachable):
        server.post(wire)
    assert len(server.heard) == 1


def test_an_answer_cut_in_its_body_is_one(serve):
    server, wire = serve(b"HTTP/1.1 410 Gone\r\nContent-Length: 9\r\n\r\ngo", requests=1)
    assert server.post(wire).status == 410


def test_a_service_that_closes_at_once_is_asked_once(serve):
    server, wire = serve(b"", requests=1)
    with pytest.raises(Unreachable, match="Closed"):
        server.post(wire)
    assert server.connections == 1
