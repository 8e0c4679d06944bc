"""The wire out: one POST to a push service, to an address that was checked, within a time that is kept.

A push endpoint is a stranger's URL, so the name is looked up here, every address it has must be public, and the
connection goes to the very address that was looked at: a name that changes its mind in between changes nothing. Nothing
is followed, no proxy of the environment is asked, the answer is read to 8 KiB and no further.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from exposure.endpoints import BadEndpoint, Endpoint, is_public

CONNECT_SECONDS = 3.0
TOTAL_SECONDS = 10.0
READ_MOST = 8 * 1024
KEPT_OPEN = 8  # connections of one thread


_CLOSED = (
    http.client.RemoteDisconnected,
    ConnectionResetError,
    BrokenPipeError,
    ssl.SSLEOFError,
    ssl.SSLZeroReturnError,
)


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


def connect(address: str, port: int, seconds: float) -> socket.socket:
    return socket.create_connection((address, port), seconds)


class _TimedSocket(ssl.SSLSocket):
    """A TLS socket that knows when its whole exchange is over: a time limit for each read lets one drip for ever."""

    over: float | None = None

    def recv_into(self, *args: object, **kwargs: object) -> int:
        if self.over is not None:
            self.settimeout(_left(self.over))
        return super().recv_into(*args, **kwargs)  # type: ignore[arg-type]


def tls(authorities: str | None = None) -> Callable[[socket.socket, str], socket.socket]:
    """Wrap a connection in TLS under the system's authorities, or those in the file `authorities`."""
    context = ssl.create_default_context(cafile=authorities)
    context.sslsocket_class = _TimedSocket
    return lambda plain, host: context.wrap_socket(plain, server_hostname=host)


@dataclass(frozen=True)
class Wire:
    """How a POST leaves the house. A test may bend where names and addresses lead; the rule itself stays."""

    look_up: Callable[[str, int], list[str]] = look_up
    connect: Callable[[str, int, float], socket.socket] = connect
    secure: Callable[[socket.socket, str], socket.socket] = field(default_factory=tls)
    seconds: float = TOTAL_SECONDS
    _kept: threading.local = field(default_factory=threading.local)

    def post(self, to: Endpoint, headers: Mapping[str, str], body: bytes) -> Answer:
        """One POST. Raises Unreachable, or BadEndpoint when the name leads inside."""
        over = time.monotonic() + self.seconds
        line = self._lines().pop(to.authority, None)
        if line is not None and line.sock is not None:
            try:
                return self._ask(line, to, headers, body, over)
            except _CLOSED:
                pass  # it was closed while it lay idle, before a byte of the answer: once more on a fresh one
            except (OSError, http.client.HTTPException) as error:
                raise Unreachable(type(error).__name__) from error
        try:
            return self._ask(self._open(to, over), to, headers, body, over)
        except (OSError, http.client.HTTPException) as error:
            raise Unreachable(type(error).__name__) from error

    def _ask(
        self, line: http.client.HTTPConnection, to: Endpoint, headers: Mapping[str, str], body: bytes, over: float
    ) -> Answer:
        try:
            _limit(line.sock, over)
            line.request("POST", to.path, body, dict(headers))
            answer = line.getresponse()
            answer.read(READ_MOST)
            whole = answer.isclosed() or answer.read(1) == b""
            if whole and not answer.will_close:
                self._keep(to, line)
            else:
                line.close()
            return Answer(answer.status, answer.getheader("Retry-After", ""))
        except BaseException:
            line.close()
            raise

    def _open(self, to: Endpoint, over: float) -> http.client.HTTPConnection:
        addresses = self.look_up(to.host, to.port)
        # All of them, not the first: a name with one public and one inner address is a trap.
        if not addresses or not all(is_public(address) for address in addresses):
            raise BadEndpoint("leads to an address inside")
        line = http.client.HTTPSConnection(to.host, to.port)
        plain = self.connect(addresses[0], to.port, min(CONNECT_SECONDS, _left(over)))
        try:
            _limit(plain, over)
            line.sock = self.secure(plain, to.host)
        except BaseException:
            plain.close()
            raise
        return line

    def _keep(self, to: Endpoint, line: http.client.HTTPConnection) -> None:
        lines = self._lines()
        lines[to.authority] = line
        if len(lines) > KEPT_OPEN:
            lines.popitem(last=False)[1].close()

    def _lines(self) -> OrderedDict[str, http.client.HTTPConnection]:
        if not hasattr(self._kept, "lines"):
            self._kept.lines = OrderedDict()
        lines: OrderedDict[str, http.client.HTTPConnection] = self._kept.lines
        return lines


def _left(over: float) -> float:
    """Seconds until `over`. Raises TimeoutError when there are none, where a socket would call it a bad number."""
    left = over - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _limit(open_socket: socket.socket, over: float) -> None:
    open_socket.settimeout(_left(over))
    if isinstance(open_socket, _TimedSocket):
        open_socket.over = over
