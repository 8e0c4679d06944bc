"""The line at the door: a few requests are worked on at once, some wait for a moment, and the rest hear "busy" at once.

Without it a house that is asked for ten times what it can do works through a queue of people who have left, and does
not come back (reliability 3d). How many may wait is told by how long the first of them has waited, so it is right on a
slow machine and on a quick one. Whoever is sent away costs no thread: the answer is made once, at the start.
"""

import errno
import re
import select
import socket
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ
from typing import Any, Final

from gunicorn.workers.gthread import TConn

from exposure.slowness import LINGER, PatientWorker, Peer
from exposure.turns import Turn

AT_ONCE: Final = 8  # requests worked on at once; more of them only stand in each other's way
WAIT: Final = 0.5  # seconds the first in the line may have waited; then nobody else joins it
PROMPT: Final = 0.02  # seconds between two looks whether there is room, when nobody says so
BATCH: Final = 64  # connections taken in one turn of the main loop
# Seconds of quiet after a turn in which somebody was sent away: whoever only sends and receives takes Python's lock
# back before those at work have woken up, and they would do next to nothing.
BREATH: Final = 0.001
READ: Final = 64 * 1024  # bytes of a request that is sent away
WATCHMAN: Final = b"GET /healthz "  # whoever watches over the house must see that it lives
NO_MORE: Final = (errno.EMFILE, errno.ENFILE)  # files this process, or the machine, may have open
UNKNOWN: Final = (b"", WATCHMAN)  # not to be sent away at a glance
LEFT: Final = select.POLLRDHUP | select.POLLHUP | select.POLLERR

_LENGTH: Final = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,9})[ \t]*\r\n", re.IGNORECASE)
_LANGUAGE: Final = re.compile(rb"\r\naccept-language:[ \t]*([^\r\n]{0,200})", re.IGNORECASE)
_PAGE: Final = re.compile(rb"\r\naccept:[^\r\n]{0,400}text/html", re.IGNORECASE)

Refusal = Callable[[str, str, bool], bytes]
"""(method, Accept-Language, wants a page) -> the whole answer that says "busy"."""


class OrderlyWorker(PatientWorker):
    """A patient worker with a line at its door."""

    refusal: Refusal  # given at the start (`server.at_start`)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._turns: dict[TConn, Turn] = {}  # those let in; the main loop's own, as all of these
        self._line: deque[tuple[float, TConn]] = deque()
        self._leaving: deque[tuple[float, TConn]] = deque()
        self._refused = False

    def accept(self, listener: socket.socket) -> None:
        """Take whoever stands outside, many in one turn: each turn costs the same."""
        for _ in range(BATCH):
            if self.nr_conns >= self.worker_connections:
                return
            try:
                client, address = listener.accept()
            except BlockingIOError:
                return
            except ConnectionAbortedError:
                continue
            except OSError as error:
                if error.errno not in NO_MORE:
                    raise
                self._forget_silent()
                return
            self.nr_conns += 1
            conn = TConn(self.cfg, client, address, None)
            if self._is_long(time.monotonic()) and _begins(client) not in UNKNOWN:
                self._send_away(conn)  # before anything is made for it
                continue
            conn.server = listener.getsockname()
            self.enqueue_req(conn)

    def admit(self, conn: TConn) -> None:
        """Let a request in, have it wait, or send it away."""
        now = time.monotonic()
        if not self._line and self._has_room(now):
            self._let_in(conn)
        elif self._is_long(now) and (_begins(conn.sock) != WATCHMAN or len(self._line) > 2 * self.cfg.threads):
            self._send_away(conn)
        else:
            self._line.append((now, conn))

    def handle(self, conn: TConn) -> Any:
        """One request, in a thread."""
        self._turns[conn].begin()
        return super().handle(conn)

    def handle_request(self, req: Any, conn: TConn) -> Any:
        """Answer it; what follows is about the connection and no work."""
        try:
            return super().handle_request(req, conn)
        finally:
            self._turns[conn].rests = True

    def finish_request(self, conn: TConn, fs: Any) -> None:
        """A request is over: its room is another's."""
        self._turns.pop(conn, None)
        super().finish_request(conn, fs)
        self._next()

    def on_client_socket_readable(self, conn: TConn, client: Peer) -> None:
        """A kept connection speaks, or its peer is gone; that one costs no thread."""
        if not _is_over(client):
            super().on_client_socket_readable(conn, client)
            return
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._close(conn)

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """One turn of the main loop, and a look at the line."""
        super().wait_for_and_dispatch_events(min(timeout, PROMPT) if self._line else timeout)
        self._next()
        if self._refused:
            self._refused = False
            time.sleep(BREATH)
        now = time.monotonic()
        while self._leaving and (self._leaving[0][0] < now or not self.alive):
            self._forget(self._leaving.popleft()[1])

    def wanted(self) -> int:
        """How many wait for a thread, those in the line with them."""
        return super().wanted() + len(self._line)

    def _has_room(self, now: float) -> bool:
        if len(self._turns) < AT_ONCE:
            return True
        at_work = sum(turn.works(now) and not conn.sock.waiting_since for conn, turn in self._turns.items())
        return at_work < AT_ONCE

    def _is_long(self, now: float) -> bool:
        line = self._line
        return bool(line) and (now - line[0][0] > WAIT or len(line) >= self.cfg.threads)

    def _let_in(self, conn: TConn) -> None:
        self._turns[conn] = Turn()
        super().admit(conn)

    def _next(self) -> None:
        now = time.monotonic()
        while self._line and self._has_room(now):
            _, conn = self._line.popleft()
            if _has_left(conn.sock):
                self._close(conn)
            else:
                self._let_in(conn)

    def _send_away(self, conn: TConn) -> None:
        """Say "busy" and end the connection, all in the main loop."""
        if self._dismiss(conn.sock):
            self._close(conn)
            return
        # What comes after we have closed would make the peer drop our answer unread.
        self._leaving.append((time.monotonic() + LINGER, conn))
        self.poller.register(conn.sock, EVENT_READ, partial(self._on_leaving, conn))

    def _dismiss(self, peer: socket.socket) -> bool:
        """Say "busy"; whether nothing more is to come of it."""
        self._refused = True
        try:
            asked = socket.socket.recv(peer, READ, socket.MSG_DONTWAIT)
            socket.socket.send(peer, refusal_to(asked, self.refusal), socket.MSG_DONTWAIT)
            if is_whole(asked):
                return True
            peer.shutdown(socket.SHUT_WR)
        except OSError:
            return True
        return False

    def _on_leaving(self, conn: TConn, peer: Peer) -> None:
        """Let the rest of what is sent away go by, until the peer has ended too."""
        with suppress(BlockingIOError):
            try:
                gone = not socket.socket.recv(peer, READ)
            except BlockingIOError:
                raise
            except OSError:
                gone = True
            if gone:
                self._leaving = deque(one for one in self._leaving if one[1] is not conn)
                self._forget(conn)

    def _forget(self, conn: TConn) -> None:
        with suppress(OSError, KeyError, ValueError):
            self.poller.unregister(conn.sock)
        self._close(conn)

    def _close(self, conn: TConn) -> None:
        self.nr_conns -= 1
        conn.close()


def refusal_to(asked: bytes, refusal: Refusal) -> bytes:
    """The answer for somebody who has asked this, in their language; without a body where HEAD was asked."""
    head, _, _ = asked.partition(b"\r\n\r\n")
    method, _, rest = head.partition(b" ")
    spoken = _LANGUAGE.search(head)
    page = not rest.startswith(b"/api/") and _PAGE.search(head) is not None
    return refusal(method.decode("latin-1"), spoken[1].decode("latin-1") if spoken else "", page)


def is_whole(asked: bytes) -> bool:
    """Whether nothing more of this request is to come."""
    head, blank, body = asked.partition(b"\r\n\r\n")
    length = _LENGTH.search(head + b"\r\n")
    return bool(blank) and len(body) >= (int(length[1]) if length else 0) and b"chunked" not in head.lower()


def _begins(peer: socket.socket) -> bytes:
    """The first words of what has come; nothing when it is silent or gone."""
    try:
        return socket.socket.recv(peer, len(WATCHMAN), socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except OSError:
        return b""


def _is_over(peer: Peer) -> bool:
    """Whether a connection that became readable has nothing more to say."""
    try:
        return not socket.socket.recv(peer, 1, socket.MSG_PEEK)
    except BlockingIOError:
        return False
    except OSError:
        return True


def _has_left(peer: Peer) -> bool:
    """Whether the other side has ended; what they asked before is of no use to anybody."""
    watch = select.poll()
    watch.register(peer, LEFT)
    return any(said & LEFT for _, said in watch.poll(0))
