"""The wire out: one POST to a push service, to an address that was checked, within a time that is kept.

A push endpoint is a stranger's URL, so the name is looked up here, every address it has must be public, and the
connection goes to the very address that was looked at: a name that changes its mind in between changes nothing. Nothing
is followed, no proxy of the environment is asked, the answer is read to 8 KiB and no further.
"""

from __future__ import annotations

import select
import socket
import ssl
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import cache

from exposure.endpoints import BadEndpoint, Endpoint, is_public
from exposure.reply import BadReply, Reply

CONNECT_SECONDS = 3.0
LOOK_UP_SECONDS = 6.0  # a question to a resolver that was lost is asked again after five
TOTAL_SECONDS = 10.0
TRIED = 3  # addresses of a host
KEPT_OPEN = 8  # connections of one thread
PIECE = 16 * 1024  # bytes read at once: a whole TLS record


class _Closed(OSError):
    """The other side ended the connection before a byte of an answer."""


class Unreachable(OSError):
    """No whole answer came: refused, reset, too slow, a certificate that does not fit. It may come another time."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a push service said."""

    status: int
    retry_after: str = ""


def look_up(host: str, port: int) -> list[str]:
    """Every address of a host, as the system's resolver says."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


class Names:
    """Asks for names in threads of its own: a resolver has no limit of time, whoever waits for it has one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked: dict[str, Future[list[str]]] = {}

    def find(self, look_up: Callable[[str, int], list[str]], host: str, port: int, seconds: float) -> list[str]:
        """The addresses of a host; those who ask for it at the same time wait for one answer. Raises TimeoutError."""
        with self._lock:
            asked = self._asked.get(host)
            if asked is None:
                asked = self._asked[host] = Future()
                threading.Thread(target=self._ask, args=(look_up, host, port, asked), name="name", daemon=True).start()
        return asked.result(seconds)

    def _ask(self, look_up: Callable[[str, int], list[str]], host: str, port: int, asked: Future[list[str]]) -> None:
        try:
            asked.set_result(look_up(host, port))
        except BaseException as error:  # noqa: BLE001 - told to whoever waits
            asked.set_exception(error)
        finally:
            with self._lock:
                del self._asked[host]


def connect(address: str, port: int, seconds: float) -> socket.socket:
    made = socket.create_connection((address, port), seconds)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made


def tls(authorities: str | None = None) -> Callable[[socket.socket, str], socket.socket]:
    """Wrap a connection in TLS under the system's authorities, or those in the file `authorities`."""
    context = ssl.create_default_context(cafile=authorities) if authorities else _of_the_system()
    return lambda plain, host: context.wrap_socket(plain, server_hostname=host)


@cache
def _of_the_system() -> ssl.SSLContext:
    """Read once for a process: it is a hundred files, and 25 ms, for every app that is made."""
    return ssl.create_default_context()


@dataclass(frozen=True)
class Wire:
    """How a POST leaves the house. A test may bend where names and addresses lead; the rule itself stays."""

    look_up: Callable[[str, int], list[str]] = look_up
    connect: Callable[[str, int, float], socket.socket] = connect
    secure: Callable[[socket.socket, str], socket.socket] = field(default_factory=tls)
    seconds: float = TOTAL_SECONDS
    _kept: threading.local = field(default_factory=threading.local)
    _names: Names = field(default_factory=Names)

    def post(self, to: Endpoint, headers: Mapping[str, str], body: bytes) -> Answer:
        """One POST. Raises Unreachable, or BadEndpoint when the name leads inside."""
        over = time.monotonic() + self.seconds
        request = _request(to, headers, body)
        line = self._lines().pop(to.authority, None)
        try:
            if line is not None and _is_quiet(line):
                try:
                    return self._ask(line, to, request, over)
                except _Closed:
                    pass  # it was closed while it lay idle: once more on a fresh one
            return self._ask(self._open(to, over), to, request, over)
        except (OSError, UnicodeError, BadReply) as error:
            raise Unreachable(type(error).__name__.lstrip("_")) from error

    def _ask(self, line: socket.socket, to: Endpoint, request: bytes, over: float) -> Answer:
        try:
            reply = _exchange(line, request, over)
            if reply.keeps:
                self._keep(to, line)
            else:
                line.close()
            return Answer(reply.status, reply.retry_after)
        except BaseException:
            line.close()
            raise

    def _open(self, to: Endpoint, over: float) -> socket.socket:
        addresses = self._names.find(self.look_up, to.host, to.port, min(LOOK_UP_SECONDS, _left(over)))
        # All of them, not the first: a name with one public and one inner address is a trap.
        if not addresses or not all(is_public(address) for address in addresses):
            raise BadEndpoint("leads to an address inside")
        plain = self._reach(addresses[:TRIED], to.port, over)
        try:
            plain.settimeout(_left(over))
            return self.secure(plain, to.host)
        except BaseException:
            plain.close()
            raise

    def _reach(self, addresses: Sequence[str], port: int, over: float) -> socket.socket:
        """The first that answers: one broken route (often IPv6) must not hide the others."""
        for address in addresses[:-1]:
            try:
                return self.connect(address, port, min(CONNECT_SECONDS, _left(over)))
            except OSError:
                pass
        return self.connect(addresses[-1], port, min(CONNECT_SECONDS, _left(over)))

    def _keep(self, to: Endpoint, line: socket.socket) -> None:
        lines = self._lines()
        lines[to.authority] = line
        if len(lines) > KEPT_OPEN:
            lines.popitem(last=False)[1].close()

    def _lines(self) -> OrderedDict[str, socket.socket]:
        if not hasattr(self._kept, "lines"):
            self._kept.lines = OrderedDict()
        lines: OrderedDict[str, socket.socket] = self._kept.lines
        return lines


def _request(to: Endpoint, headers: Mapping[str, str], body: bytes) -> bytes:
    # The path holds printable ASCII only (see endpoint), so nothing of a stranger's can begin a line of its own.
    lines = "".join([f"{name}: {value}\r\n" for name, value in headers.items()])
    head = f"POST {to.path} HTTP/1.1\r\nHost: {to.authority}\r\nContent-Length: {len(body)}\r\n{lines}\r\n"
    return head.encode("ascii") + body


def _is_quiet(line: socket.socket) -> bool:
    """Whether nothing came since the last answer: what nobody asked for must not be taken for the next one."""
    ready = select.poll()
    ready.register(line, select.POLLIN)
    if not ready.poll(0) and not (isinstance(line, ssl.SSLSocket) and line.pending()):
        return True
    try:  # a service may send what TLS itself uses up, and says nothing by it
        line.settimeout(0)
        line.recv(1)
    except (ssl.SSLWantReadError, BlockingIOError):
        return True
    except OSError:
        pass
    line.close()
    return False


def _exchange(line: socket.socket, request: bytes, over: float) -> Reply:
    """Say it, and listen until the answer is whole or time is over: a limit for each read lets one drip for ever."""
    reply, heard = Reply(), False
    try:
        line.settimeout(_left(over))
        line.sendall(request)
        while True:
            line.settimeout(_left(over))
            piece = line.recv(PIECE)
            if not piece:
                break
            heard = True
            if reply.feed(piece):
                return reply
    except (ConnectionError, ssl.SSLEOFError, ssl.SSLZeroReturnError) as error:
        if heard:
            raise
        raise _Closed from error
    if not heard:
        raise _Closed
    if not reply.status >= 200:
        raise BadReply("it ends in the middle")
    reply.keeps = False
    return reply


def _left(over: float) -> float:
    """Seconds until `over`. Raises TimeoutError when there are none, where a socket would call it a bad number."""
    left = over - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
