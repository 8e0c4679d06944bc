"""Who is let in, who waits, who is sent away with which words; and who does not count as working."""

import http.client
import resource
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from exposure import turns
from exposure.crowding import is_whole, refusal_to
from exposure.turns import LONG, Turn
from exposure.web.refusal import refusal
from tests.processes import ask, free_port, until_it_answers


@pytest.mark.parametrize(
    ("asked", "method", "spoken", "page"),
    [
        (b"POST /api/sync HTTP/1.1\r\nAccept-Language: ja,en;q=0.8\r\n\r\n{}", "POST", "ja,en;q=0.8", False),
        (b"GET / HTTP/1.1\r\naccept: text/html,*/*\r\n\r\n", "GET", "", True),
        (b"GET /api/me HTTP/1.1\r\nAccept: text/html\r\n\r\n", "GET", "", False),
        (b"HEAD /help HTTP/1.1\r\nAccept-language: en\r\nAccept: text/html\r\n\r\n", "HEAD", "en", True),
        (b"\xff\xfe\x00", "ÿþ\x00", "", False),
        (b"", "", "", False),
    ],
    ids=["sync", "page", "json", "head", "noise", "nothing"],
)
def test_what_is_asked_decides_which_words_are_said(asked, method, spoken, page):
    heard = []
    refusal_to(asked, lambda *said: heard.append(said) or b"")
    assert heard == [(method, spoken, page)]


@pytest.mark.parametrize(
    ("asked", "whole"),
    [
        (b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", True),
        (b"GET / HTTP/1.1\r\nHost: a\r\n", False),
        (b"POST / HTTP/1.1\r\nContent-Length: 2\r\nHost: a\r\n\r\n{}", True),
        (b"POST / HTTP/1.1\r\nHost: a\r\ncontent-length:3\r\n\r\n{}", False),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", False),
    ],
    ids=["get", "half a head", "post", "half a body", "chunked"],
)
def test_a_request_of_which_more_is_to_come_is_known(asked, whole):
    assert is_whole(asked) is whole


def test_the_refusal_is_the_apps_own_answer(app):
    said = refusal(app)
    for language, words in (("ja", "混み合って"), ("en", "is busy just now"), ("xx", "is busy just now")):
        head, _, body = said("POST", language, False).partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 503 ")
        assert {b"Retry-After: 3", b"Connection: close", b"Cache-Control: no-store"} <= {*head.split(b"\r\n")}
        assert f"Content-Length: {len(body)}".encode() in head
        assert words in body.decode()
        page = said("GET", language, True).decode()
        assert words in page
        assert "<h1>" in page
        assert "\r\nContent-Security-Policy: default-src 'none'" in page
    assert said("HEAD", "ja", True).endswith(b"\r\n\r\n")


def test_nobody_outside_can_ask_for_a_refusal(client):
    assert client.get("/", headers={"Ippo-Full": "1", "ippo.full": "1"}).status_code == 200


def test_who_waits_for_somebody_else_does_not_count_and_then_counts_again():
    turn, now = Turn(), time.monotonic()
    assert turn.works(now)  # while it waits for a thread
    turn.begin()
    assert turn.works(now)
    with turns.resting():
        assert not turn.works(now)
    assert turn.works(now)
    assert not turn.works(now + LONG + 1)  # whatever it does all that time
    turns.rest()
    assert not turn.works(now)


def test_where_nobody_counts_nothing_happens():
    def alone():
        turns.rest()
        with turns.resting():
            done.append(1)

    done = []
    thread = threading.Thread(target=alone)
    thread.start()
    thread.join()
    assert done == [1]


@pytest.fixture
def narrow(data):
    """A server with room for one: its port, and how to let those who are held go on."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "tests.narrow", str(port), str(data)], text=True)
    until_it_answers(port, process)
    yield port, (data / "go").touch
    process.terminate()
    process.wait()


def send(port, request):
    """A connection on which this was sent."""
    line = socket.create_connection(("127.0.0.1", port), timeout=10)
    line.sendall(request)
    return line


def heard(line):
    """Everything that comes until the other side ends."""
    said = b""
    while piece := line.recv(65536):
        said += piece
    return said


def get(path):
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()


def test_when_the_house_is_full_some_wait_and_the_rest_hear_so_at_once(narrow):
    port, go = narrow
    kept = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    kept.request("GET", "/api/me")
    kept.getresponse().read()
    held = send(port, get("/held"))
    first = send(port, get("/help"))  # waits; once it has for a moment, those after it hear that the house is full
    first.settimeout(0.2)
    with pytest.raises(TimeoutError):
        first.recv(1)
    large = b"POST /api/sync HTTP/1.1\r\nAccept-Language: ja\r\nContent-Length: 90000\r\n\r\n" + b" " * 90000
    away = heard(send(port, large))  # more than is read in one go: the answer arrives all the same
    assert away.startswith(b"HTTP/1.1 503 ")
    assert "混み合って" in away.decode()
    kept.request("GET", "/api/me")
    answer = kept.getresponse()
    assert (answer.status, answer.headers["Retry-After"], answer.will_close) == (503, "3", True)
    watchman = send(port, get("/healthz"))
    go()
    first.settimeout(10)
    assert [heard(line)[9:12] for line in (held, first, watchman)] == [b"200"] * 3


def test_who_only_waits_takes_no_room(narrow):
    port, go = narrow
    streams = [send(port, get("/rested")) for _ in range(5)]
    assert ask(port, "GET", "/healthz")[0] == 200
    go()
    assert [heard(line)[9:12] for line in streams] == [b"200"] * 5


def few_files():
    resource.setrlimit(resource.RLIMIT_NOFILE, (100, 100))


def test_where_no_more_files_may_be_opened_the_server_stays(data):
    port = free_port()
    command = [sys.executable, "-m", "tests.narrow", str(port), str(data)]
    process = subprocess.Popen(command, text=True, preexec_fn=few_files)  # noqa: PLW1509
    try:
        until_it_answers(port, process)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        before = children.read_text()
        silent = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(200)]
        assert ask(port, "GET", "/healthz")[0] == 200
        assert children.read_text() == before
        for line in silent:
            line.close()
    finally:
        process.terminate()
        process.wait()
