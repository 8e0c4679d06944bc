"""The wire: whatever comes back, in whatever pieces, is an answer or is none, and never the answer to the next."""

import http.client
import io
import socket
import ssl
import threading
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure.endpoints import Endpoint
from exposure.reply import BadReply, Reply
from exposure.wire import Unreachable, Wire, connect, tls
from tests.push_service import HOST, PUBLIC, PushService

TO = Endpoint(HOST, 443, "/x")
CREATED = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"
GONE = b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n"
FORGED = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


@dataclass
class Script:
    """A server that answers each request with the next of `says`, however odd; an empty one ends the connection."""

    certificate: str
    says: list[list[bytes]] = field(default_factory=list)
    afterwards: bytes = b""  # said when nobody asked, after the answer was read
    connections: int = 0

    def __post_init__(self):
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.said = threading.Event()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate)
        threading.Thread(target=self._serve, args=(context,), daemon=True).start()

    def _serve(self, context):
        while True:
            try:
                plain, _ = self.listening.accept()
                self.connections += 1
                with context.wrap_socket(plain, server_side=True) as line:
                    while _request(line) and self.says and (pieces := self.says.pop(0)):
                        for piece in pieces:
                            line.sendall(piece)
                        if self.afterwards:
                            line.sendall(self.afterwards)
                            self.said.set()
            except OSError:
                if self.listening.fileno() < 0:
                    return

    def wire(self, seconds=5.0):
        return Wire(
            look_up=lambda *_: [PUBLIC],
            connect=lambda _address, _port, limit: connect("127.0.0.1", self.port, limit),
            secure=tls(self.certificate),
            seconds=seconds,
        )


def _request(line):
    held = b""
    while b"\r\n\r\n" not in held:
        piece = line.recv(4096)
        if not piece:
            return False
        held += piece
    return True


@pytest.fixture(scope="module")
def certificate():
    service = PushService()
    yield service.certificate
    service.close()


@pytest.fixture
def script(certificate):
    made = Script(certificate)
    yield made
    made.listening.close()


def ask(wire, body=b""):
    """The status, or None where there was no answer."""
    try:
        return wire.post(TO, {}, body).status
    except Unreachable:
        return None


ANSWERS = {
    "plain": (CREATED, 201),
    "with words": (b"HTTP/1.1 429 Too Many\r\nRetry-After: 7\r\nContent-Length: 4\r\n\r\nwait", 429),
    "in chunks": (b"HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", 500),
    "no reason": (b"HTTP/1.1 201 \r\nContent-Length: 0\r\n\r\n", 201),
    "old": (b"HTTP/1.0 201 Created\r\n\r\n", 201),
    "without a length": (b"HTTP/1.1 201 Created\r\n\r\nsome words", 201),
    "no content": (b"HTTP/1.1 204 No Content\r\n\r\n", 204),
    "hints first": (b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + CREATED, 201),
    "go on first": (b"HTTP/1.1 100 Continue\r\n\r\n" * 3 + CREATED, 201),
    "shouting": (b"HTTP/1.1 201 CREATED\r\nCONTENT-LENGTH: 0\r\nCONNECTION: CLOSE\r\n\r\n", 201),
    "nothing": (b"", None),
    "in the middle of the status": (b"HTTP/1.1 20", None),
    "in the middle of the head": (b"HTTP/1.1 201 Created\r\nContent-Le", None),
    "no status": (b"HTTP/1.1 abc Created\r\n\r\n", None),
    "a status of no kind": (b"HTTP/1.1 2010 Created\r\n\r\n", None),
    "another protocol": (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", None),
    "a switch": (b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n" + CREATED, None),
    "bytes": (bytes(range(256)) * 4 + b"\r\n\r\n", None),
    "an endless head": (b"HTTP/1.1 201 Created\r\n" + b"X: " + b"a" * 70_000, None),
    "endless headers": (b"HTTP/1.1 201 Created\r\n" + b"X-A: b\r\n" * 9_000, None),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_understood_or_is_none_whole_or_byte_by_byte(script, name):
    answer, status = ANSWERS[name]
    pieces = [answer[at : at + 1] for at in range(min(len(answer), 300))] + [answer[300:]]
    for said in ([answer], pieces):
        script.says = [said, [], [GONE]]
        wire = script.wire(seconds=0.4 if status is None else 5)
        assert ask(wire) == status
        object.__setattr__(wire, "seconds", 5)
        script.says = [[GONE]]
        assert ask(wire) == 410  # and the next question has its own answer


@pytest.mark.parametrize(
    "first",
    [
        CREATED + FORGED,
        b"HTTP/1.1 204 No Content\r\nContent-Length: 44\r\n\r\n" + FORGED,
        b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\nContent-Length: 44\r\n\r\n" + FORGED,
        b"HTTP/1.1 201 Created\r\nContent-Length: 44\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + FORGED,
        b"HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + FORGED,
        b"HTTP/1.1 201 Created\r\nTransfer-Encoding: x\r\n\r\n" + FORGED,
        b"HTTP/1.1 201 Created\r\nContent-Length: -1\r\n\r\n" + FORGED,
        b"HTTP/1.1 201 Created\r\nContent-Length: +0\r\n\r\n" + FORGED,
        b"HTTP/1.1 201 Created\r\nContent-Length: 99999999999999999999\r\n\r\n" + FORGED,
    ],
    ids=map(str, range(9)),
)
def test_what_is_said_beyond_an_answer_is_nobodys(script, first):
    script.says = [[first]]
    wire = script.wire()
    assert ask(wire) in (201, 204, None)
    script.says = [[GONE]]
    assert ask(wire) == 410


def test_a_connection_is_kept_only_where_the_answer_ends_where_it_says():
    for more, keeps in ((b"", True), (b"x", False), (FORGED, False)):
        reply = Reply()
        assert reply.feed(CREATED + more)
        assert reply.keeps is keeps


def test_what_is_said_when_nobody_asked_is_nobodys(script):
    script.says, script.afterwards = [[CREATED]], FORGED
    wire = script.wire()
    assert ask(wire) == 201
    assert script.said.wait(5)
    script.says, script.afterwards = [[GONE]], b""
    assert ask(wire) == 410


def test_a_request_is_whole_and_has_no_line_of_a_strangers(certificate):
    service = PushService()
    seen = []
    service.receive = lambda path, headers, body: seen.append((path, headers, body)) or (201, "")
    odd = Endpoint(
        HOST, 443, "/" + "".join(chr(letter) for letter in range(0x21, 0x7F) if chr(letter) not in '"<>\\^`{|}')
    )
    assert service.wire().post(odd, {"TTL": "5", "Topic": "t"}, b"\x00\r\n" * 700).status == 201
    ((path, headers, body),) = seen
    assert path == odd.path
    assert body == b"\x00\r\n" * 700
    assert {**headers} == {"host": HOST, "content-length": "2100", "ttl": "5", "topic": "t"}
    service.seen.clear()
    service.close()


# ---- beside the standard library, which reads the same bytes


class _Heard:
    """What `http.client` wants of a socket."""

    def __init__(self, data):
        self.data = data

    def makefile(self, *_):
        return io.BytesIO(self.data)


def by_the_library(data):
    answer = http.client.HTTPResponse(_Heard(data), method="POST")
    try:
        answer.begin()
    except (http.client.HTTPException, ValueError):
        return None
    return answer.status, answer.getheader("Retry-After", "")


_NAME = st.text("abcXYZ-", min_size=1, max_size=8)
_VALUE = st.text([chr(letter) for letter in range(0x21, 0x7F)], max_size=12)
_HEADERS = st.lists(st.tuples(_NAME, _VALUE) | st.tuples(st.just("Retry-After"), _VALUE), max_size=4)


@pytest.mark.parametrize("broken", [1, 2, 3])
def test_a_host_whose_first_address_does_not_answer_is_reached_at_the_next(script, broken):
    script.says = [[CREATED]]
    asked = []

    def connects(address, port, limit):
        asked.append(address)
        if len(asked) <= broken:
            raise ConnectionRefusedError
        return script.wire().connect(address, port, limit)

    addresses = [f"{PUBLIC.rpartition('.')[0]}.{n}" for n in (10, 11, 12, 13)]
    wire = replace(script.wire(), look_up=lambda *_: addresses, connect=connects)
    assert ask(wire) == (201 if broken < 3 else None)
    assert asked == addresses[: min(broken + 1, 3)]


@settings(max_examples=300, deadline=None)
@given(st.integers(200, 599), _HEADERS, st.binary(max_size=30), st.lists(st.integers(1, 40), max_size=6))
def test_it_reads_what_the_standard_library_reads_however_it_is_cut(status, headers, body, cuts):
    if len({name.lower() for name, _ in headers}) < len(headers):
        return  # said twice: one joins, the other takes the first
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)
    data = f"HTTP/1.1 {status} Fine\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
    reply, rest, whole = Reply(), data, False
    for cut in [*cuts, len(data)]:
        if not whole and rest:
            whole = reply.feed(rest[:cut])
            rest = rest[cut:]
    assert whole
    assert (reply.status, reply.retry_after) == by_the_library(data)


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=200) | st.binary(max_size=80).map(lambda rest: CREATED[:-2] + rest))
def test_no_bytes_make_it_stumble_and_none_are_taken_for_more_than_they_are(data):
    reply = Reply()
    try:
        whole = reply.feed(data)
    except BadReply:
        return
    if whole:
        assert by_the_library(data)[0] == reply.status
        assert not reply.keeps or data.endswith((b"\r\n\r\n", b"\n")) or b"ontent-" in data
