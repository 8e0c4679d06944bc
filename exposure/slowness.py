"""Patience with slow peers, and its end: nobody keeps a thread by sending or reading slowly.

gunicorn's gthread waits for ever for the rest of a request and for a peer to take its answer; as many silent peers as
there are threads would close the house for everybody. So waiting is counted and has an end, and when no thread is
free the one who has kept a thread waiting longest gives it back. A live stream waits for us and not for its peer: it is
never counted. A slow request is cut without an answer, so that a phone tries again and drops nothing.
"""

import errno
import math
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from selectors import EVENT_READ
from typing import Any, Self

from gunicorn import util
from gunicorn.workers.gthread import TConn, ThreadWorker

HEADERS = 10.0  # seconds in all to wait for the headers of a request, however often a byte comes
BODY = 30.0  # seconds to wait for its body, and one more for each
BODY_RATE = 32 * 1024  # bytes: a large import over a poor line arrives, a drip does not
ANSWER = 30.0  # seconds to wait for a peer that takes nothing, and one more for each
ANSWER_RATE = 8 * 1024  # bytes it has taken
FAIR = 1.0  # seconds anybody may keep a thread waiting even while others wait for one
LINGER = 1.0  # seconds for a peer to close its side after us
PROMPT = 0.25  # seconds between two looks at who is slow while somebody waits for a thread
AT_ONCE = struct.pack("ii", 1, 0)  # SO_LINGER: what was not taken is dropped, not kept for minutes


@dataclass
class Patience:
    """How long one direction of one request may be waited for; only time spent waiting counts."""

    seconds: float
    rate: float = math.inf  # bytes that earn one second more
    spent: float = 0.0
    moved: int = 0

    def left(self) -> float:
        """Seconds the next wait may take; never more than `seconds` for one."""
        return min(self.seconds, self.seconds + self.moved / self.rate - self.spent)


class Peer(socket.socket):
    """The socket of a connection that counts how long we wait for the other side.

    When patience is over it is cut and raises ConnectionResetError, which gunicorn takes for a peer that left.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.waiting_since: float | None = None
        self.is_cut = False
        self.begin()

    @classmethod
    def of(cls, accepted: socket.socket) -> Self:
        """Take an accepted socket over; it is not blocking, as TConn leaves it."""
        taken = cls(fileno=accepted.detach())
        taken.setblocking(False)
        return taken

    def begin(self) -> None:
        """A new request is about to be read."""
        self.reading = Patience(HEADERS)
        self.answering = Patience(ANSWER, ANSWER_RATE)

    def headers_read(self) -> None:
        """What is read from here on is the body."""
        self.reading = Patience(BODY, BODY_RATE)

    def cut(self) -> None:
        """End it for both sides now; a thread that waits for it wakes."""
        self.is_cut = True
        with suppress(OSError):
            self.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
            self.shutdown(socket.SHUT_RDWR)

    def is_silent(self) -> bool:
        """Whether nothing has come yet; does not wait."""
        try:
            super().recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        with self._waiting(self.reading):
            data = super().recv(size, flags)
        self.reading.moved += len(data)
        return data

    def send(self, data: Any, flags: int = 0, /) -> int:
        with self._waiting(self.answering):
            sent = super().send(data, flags)
        self.answering.moved += sent
        return sent

    def sendall(self, data: Any, flags: int = 0, /) -> None:
        # Not the one of C: its time is for all of the data, and a large export over a poor line may take its time.
        with memoryview(data).cast("B") as rest:
            done = 0
            while done < len(rest):
                done += self.send(rest[done:], flags)

    @contextmanager
    def _waiting(self, patience: Patience) -> Iterator[None]:
        own, left, begun = self.gettimeout(), patience.left(), time.monotonic()
        if self.is_cut or left <= 0:
            self._give_up()
        self.settimeout(left if own is None else min(own, left))
        self.waiting_since = begun
        try:
            yield
        except TimeoutError:
            if own is not None and own < left:
                raise
            self._give_up()
        finally:
            self.waiting_since = None
            patience.spent += time.monotonic() - begun
            with suppress(OSError):
                self.settimeout(own)
        if self.is_cut:  # while it was waited for: what came is no whole request
            self._give_up()

    def _give_up(self) -> None:
        self.cut()
        raise ConnectionResetError(errno.ECONNRESET, "too slow") from None


class PatientWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """gthread whose threads are for those who speak and listen."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._lock = threading.Lock()
        self._served: set[Peer] = set()
        self._queued = 0
        self._busy = 0

    def enqueue_req(self, conn: TConn) -> None:
        """Give a connection to a thread, unless it is new and has said nothing: silence costs no thread."""
        if not isinstance(conn.sock, Peer):
            conn.sock = Peer.of(conn.sock)
            if conn.sock.is_silent():
                conn.set_timeout()
                self.pending_conns.append(conn)
                self.poller.register(conn.sock, EVENT_READ, partial(self.on_pending_socket_readable, conn))
                return
            conn.data_ready = True
        self.admit(conn)

    def admit(self, conn: TConn) -> None:
        """Give a connection that speaks to a thread."""
        with self._lock:
            self._queued += 1
        super().enqueue_req(conn)

    def wanted(self) -> int:
        """How many wait for a thread."""
        return self._queued

    def handle(self, conn: TConn) -> Any:
        """One request, in a thread. What is over is closed here: closing waits for the peer, the main loop must not."""
        peer: Peer = conn.sock
        peer.begin()
        with self._lock:
            self._queued -= 1
            self._busy += 1
            self._served.add(peer)
        try:
            kept = super().handle(conn)
            with self._lock:
                self._served.discard(peer)
            if not kept:
                util.close_graceful(peer, timeout=LINGER)
            return kept
        finally:
            with self._lock:
                self._served.discard(peer)
                self._busy -= 1

    def handle_request(self, req: Any, conn: TConn) -> Any:
        """Answer a request whose headers have come."""
        conn.sock.headers_read()
        return super().handle_request(req, conn)

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """One turn of the main loop, and a look at who is slow."""
        super().wait_for_and_dispatch_events(min(timeout, PROMPT) if self._queued else timeout)
        self._free_threads()
        self._free_connections()

    def _free_threads(self) -> None:
        """While others wait for a thread, take it from whoever has kept one waiting longest; all of them at the end."""
        before = time.monotonic() - FAIR
        with self._lock:  # a socket leaves `_served` before it is closed, so none cut here is another's by now
            wanted = self.wanted() if self._busy >= self.cfg.threads else 0
            slow = [(since, peer) for peer in self._served if (since := peer.waiting_since) and since < before]
            slow.sort(key=lambda one: one[0])
            for _, peer in slow[: wanted if self.alive else None]:
                peer.cut()

    def _free_connections(self) -> None:
        """Forget the oldest that never said a word when there is room for no other, and all of them at the end."""
        if not self.alive or self.nr_conns >= self.worker_connections:
            self._forget_silent()

    def _forget_silent(self) -> None:
        for conn in islice(self.pending_conns, self.worker_connections // 8 if self.alive else None):
            conn.timeout = 0.0
        self.murder_pending()
