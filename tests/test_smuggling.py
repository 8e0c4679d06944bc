"""Where a request ends is no matter of opinion: what two servers could read in two ways is read by ours in none."""

import re
import socket

import pytest

from tests.processes import Running

HEAD = b"POST /api/signin HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
HIDDEN = b"GET /robots.txt HTTP/1.1\r\nHost: localhost\r\n\r\n"
CHUNKED = b"0\r\n\r\n" + HIDDEN
LONG = str(len(CHUNKED)).encode()

ODD = {
    "both lengths": b"Content-Length: " + LONG + b"\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKED,
    "two lengths": b"Content-Length: 0\r\nContent-Length: " + LONG + b"\r\n\r\n" + CHUNKED,
    "a list of lengths": b"Content-Length: 0, " + LONG + b"\r\n\r\n" + CHUNKED,
    "a length with a sign": b"Content-Length: +0\r\n\r\n" + HIDDEN,
    "a length in another script": "Content-Length: ٠\r\n\r\n".encode() + HIDDEN,
    "a blank before the colon": b"Transfer-Encoding : chunked\r\nContent-Length: 0\r\n\r\n" + CHUNKED,
    "a coding nobody knows": b"Transfer-Encoding: xchunked\r\nContent-Length: 0\r\n\r\n" + HIDDEN,
    "chunked twice": b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKED,
    "a folded line": b"Transfer-Encoding:\r\n chunked\r\nContent-Length: 0\r\n\r\n" + CHUNKED,
    "a bare line feed": b"X-One: 1\nTransfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n" + HIDDEN,
    "a name with a blank": b"Transfer Encoding: chunked\r\nContent-Length: 0\r\n\r\n" + HIDDEN,
    "a chunk of no size": b"Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n" + HIDDEN,
}


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    """A house behind no proxy."""
    served = Running(tmp_path_factory.mktemp("house"))
    yield served.port
    served.end()
    served.close()


def told(port, sent):
    """The status of each answer to all of this on one connection, until the other side ends it."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(sent)
        line.shutdown(socket.SHUT_WR)
        heard = b""
        while piece := line.recv(65536):
            heard += piece
    return [int(status) for status in re.findall(rb"^HTTP/1\.1 (\d{3})", heard, re.MULTILINE)]


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_nothing_that_hides_behind_a_request_is_answered(port, odd):
    answers = told(port, HEAD + odd)
    assert len(answers) <= 1
    assert all(400 <= status < 600 for status in answers)


def test_what_is_plainly_a_second_request_is_answered(port):
    plain = HEAD.replace(b"POST /api/signin", b"GET /healthz") + b"\r\n"
    assert told(port, plain + HIDDEN)[-1] == 200
    assert len(told(port, plain + HIDDEN)) == 2


@pytest.mark.parametrize("name", ["SCRIPT_NAME", "PATH_INFO", "HTTP_HOST"])
def test_nobody_says_in_a_header_where_a_request_goes(port, name):
    """A proxy on the same machine hands on what it does not know; what comes from it is no more to be believed."""
    asked = b"GET /robots.txt HTTP/1.1\r\nHost: localhost\r\n" + name.encode() + b": /elsewhere\r\n\r\n"
    assert told(port, asked) == [200]
