"""Bytes that are no HTTP, or lie about themselves, to a real server: it answers or hangs up at once, and goes on."""

import gzip
import json
import os
import random
import socket
import time
from contextlib import suppress

import pytest

from tests.processes import Device, Running, ask
from tests.web import mutants

SEED = int(os.environ.get("IPPO_FUZZ_SEED", "20261122"))
MUTANTS = int(os.environ.get("IPPO_RAW", "5000"))
SLOWEST_SECONDS = 2.0
# What HTTP itself prescribes for a coding or a version that nobody speaks.
PRESCRIBED = {501, 505}
BODY = json.dumps({"v": 1, "device": "0b1f4f7e-4a51-4cf1-8d9c-5a6f3a0f7d21", "cursors": {}, "edits": []}).encode()
BOMB = gzip.compress(b" " * 20_000_000)


def post(*headers: bytes, body: bytes = BODY, length: bytes | None = None, path: bytes = b"/api/sync") -> bytes:
    """A request to change something, as its bytes."""
    size = str(len(body)).encode() if length is None else length
    lines = [b"POST " + path + b" HTTP/1.1", b"Host: localhost", b"Content-Type: application/json"]
    lines += [b"Content-Length: " + size] if size else []
    return b"\r\n".join([*lines, *headers, b"", b""]) + body


def chunked(body: bytes, *more: bytes) -> bytes:
    return post(b"Transfer-Encoding: chunked", *more, body=body, length=b"")


LIES = {
    "a chunk with no size": chunked(b"zz\r\n{}\r\n0\r\n\r\n"),
    "a chunk of less than nothing": chunked(b"-5\r\n{}\r\n0\r\n\r\n"),
    "a chunk larger than the world": chunked(b"ffffffffffffffff\r\n{}\r\n0\r\n\r\n"),
    "a chunk that says less than it holds": chunked(b"1\r\n{}\r\n0\r\n\r\n"),
    "a chunk that never ends": chunked(b"5\r\n{}"),
    "chunks and a length": chunked(b"2\r\n{}\r\n0\r\n\r\n", b"Content-Length: 4"),
    "two codings": chunked(b"2\r\n{}\r\n0\r\n\r\n", b"Transfer-Encoding: identity"),
    "a coding nobody knows": post(b"Transfer-Encoding: cow"),
    "two lengths": post(b"Content-Length: 3"),
    "a length below nothing": post(length=b"-1"),
    "a length with a sign": post(length=b"+10"),
    "a length in letters": post(length=b"ten"),
    "a length in other digits": post(length="１０".encode()),
    "a length past every number": post(length=b"9" * 400),
    "a length longer than the body": post(length=b"5000"),
    "a length shorter than the body": post(length=b"3"),
    "no length": post(length=b""),
    "a header with no name": post(b": nothing"),
    "a header with no colon": post(b"nothing"),
    "a header over two lines": post(b"X-Long: one\r\n  two"),
    "a NUL in a header": post(b"X-Odd: a\x00b"),
    "a space before the colon": post(b"Content-Length : 3"),
    "a thousand headers": post(*(b"X-%d: 1" % n for n in range(1000))),
    "a header of 100 kB": post(b"X-Long: " + b"a" * 100_000),
    "an address of 100 kB": post(path=b"/api/" + b"a" * 100_000),
    "an address with a NUL": post(path=b"/api/\x00sync"),
    "an address that is no UTF-8": post(path=b"/api/\xff\xfe"),
    "an address with a space": post(path=b"/api/ sync"),
    "another house's address": post(path=b"http://evil.example/api/sync"),
    "a bomb of gzip": post(b"Content-Encoding: gzip", body=BOMB),
    "a note of 10 MB": post(body=b'{"v":1,"device":"' + b"a" * 10_000_000 + b'"}'),
    "a promise to go on": post(b"Expect: 100-continue", body=b"", length=b"100"),
    "nothing": b"",
    "empty lines": b"\r\n" * 500,
    "a greeting in TLS": bytes.fromhex("1603010200010001fc0303") + bytes(range(256)),
    "HTTP of the first day": b"GET /api/me\r\n\r\n",
    "HTTP of another day": b"GET /api/me HTTP/9.9\r\n\r\n",
    "a tunnel": b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n",
    "a method of 10 kB": b"A" * 10_000 + b" / HTTP/1.1\r\n\r\n",
    "thirty at once": b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n" * 30,
}


def said_to(port: int, raw: bytes) -> tuple[bytes, float]:
    """What the server says to these bytes until it hangs up, and after how many seconds it did."""
    began, heard = time.monotonic(), b""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line, suppress(ConnectionError):
        line.sendall(raw)
        with suppress(OSError):  # it has hung up on us already
            line.shutdown(socket.SHUT_WR)
        while piece := line.recv(65536):
            heard += piece
    return heard, time.monotonic() - began


def trouble_with(port: int, raw: bytes) -> str:
    """What was wrong with the answer to these bytes; nothing, if nothing was."""
    heard, took = said_to(port, raw)
    if took > SLOWEST_SECONDS:  # the machine may have paused; what hangs does so again
        heard, took = said_to(port, raw)
    status = int(heard[9:12]) if heard.startswith(b"HTTP/1.") else 0
    if took > SLOWEST_SECONDS:
        return f"{took:.1f} s"
    # 413 may come before all was sent, and then the line breaks; a line that only breaks is a refusal, too.
    return f"{status}" if status >= 500 and status not in PRESCRIBED else ""


@pytest.fixture
def served(data):
    running = Running(data)
    yield running
    if running.process.poll() is None:
        running.end()
    running.close()


def bent(dice: random.Random) -> bytes:
    """A right request with something wrong in its bytes."""
    raw = dice.choice([post(), chunked(b"2\r\n{}\r\n0\r\n\r\n"), b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"])
    for _ in range(dice.choice([1, 1, 2, 4])):
        raw = mutants.mutate_bytes(raw, dice)
    return raw


def prove(served: Running, many: int, tick=lambda: None) -> dict[str, str]:
    """What was wrong, by name."""
    ada, dice, found = Device(served.port), random.Random(SEED), {}
    here = b"Host: localhost\r\n"
    signed = here + b"Cookie: " + ada.cookie.encode() + b"\r\n"  # or nobody reads their bodies
    for name, raw in LIES.items():
        found[name] = trouble_with(served.port, raw.replace(here, signed))
    for n in range(many):
        raw = bent(dice).replace(here, signed)
        found[f"{n}: {raw[:300]!r}"] = trouble_with(served.port, raw)
        tick()
    status, _, _ = ask(served.port, "GET", "/api/me", cookie=ada.cookie)
    found["and it goes on"] = "" if status == 200 else str(status)
    found["nothing was unforeseen"] = "".join(
        line for line in served.said if "unforeseen" in line or "Traceback" in line
    )
    return {name: trouble for name, trouble in found.items() if trouble}


def test_bytes_that_lie_are_answered_or_hung_up_on(served):
    assert prove(served, 100) == {}


@pytest.mark.nightly
@pytest.mark.promise("Fuzz")
def test_thousands_of_bent_requests_are_answered_or_hung_up_on(served, proof):
    with proof.bar("bent requests", MUTANTS) as tick:
        found = prove(served, MUTANTS, tick)
    measured = f"{len(found)} of {MUTANTS + len(LIES):,}"
    proof.line("Bytes that are no HTTP, answered late or with 5xx", wanted="0", measured=measured)
    assert found == {}
