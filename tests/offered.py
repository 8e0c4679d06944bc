"""Phones that write, offered to a server whether it keeps up or not: an open loop, in a process of its own.

    python -m tests.offered PORT SECONDS RATE       RATE requests a second on a clock that waits for nobody
    python -m tests.offered PORT SECONDS 0 WIDTH    WIDTH at once, each followed by another: what the server can do

Standard input: [[cookie, device, space], …] as JSON. Each request is one edit on a connection of its own, as from as
many phones. Standard output, as JSON: for each request when it was sent, how many seconds its answer took, what came of
it; and the ids of what was acknowledged.
"""

import errno
import json
import resource
import select
import socket
import struct
import sys
import time
import uuid
from collections import deque
from dataclasses import dataclass, field

PATIENCE = 5.0  # seconds a phone waits here
RESET = struct.pack("ii", 1, 0)  # closing leaves no port behind for a minute
SOURCES = [f"127.0.0.{last}" for last in range(2, 52)]  # a machine has 28,000 ports for each
TURN = 100  # sent before what has come is heard
AT = 1763760000000


@dataclass(eq=False)
class Asked:
    """One request on its way."""

    sent: float
    socket: socket.socket
    target: str
    request: bytes
    heard: bytearray = field(default_factory=bytearray)

    def is_whole(self) -> bool:
        head, blank, body = bytes(self.heard).partition(b"\r\n\r\n")
        if not blank:
            return False
        length = head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0]
        return bool(length) and len(body) >= int(length)

    def became(self) -> str:
        """What the answer says: written, busy (503 with Retry-After), or its status."""
        head, _, body = bytes(self.heard).partition(b"\r\n\r\n")
        status = head[9:12].decode()
        if status == "200":
            return "written" if b'"outcome":"written"' in body else "not written"
        if status == "503" and b"\r\nretry-after:" in head.lower() and b'"detail":"' in body:
            return "busy"
        return status


class Offering:
    """See the top of the file."""

    def __init__(self, port: int, phones: list[tuple[str, str, str]]) -> None:
        self.port, self.phones = port, phones
        self.poll = select.epoll()
        self.most = resource.getrlimit(resource.RLIMIT_NOFILE)[0] - 100  # at once: so many a machine lets us open
        self.open: dict[int, Asked] = {}
        self.oldest: deque[Asked] = deque()
        self.made = 0
        self.told: list[tuple[float, float, str]] = []
        self.written: list[str] = []

    def at_a_rate(self, seconds: float, rate: float) -> None:
        """As many each second, whatever comes of them."""
        begun, number = time.monotonic(), 0
        while (now := time.monotonic()) < begun + seconds:
            for _ in range(min(TURN, int((now - begun) * rate) - number, self.most - len(self.open))):
                self.ask()
                number += 1
            self.hear(min(0.005, 1 / rate))
        self.wait()

    def as_answered(self, seconds: float, width: int) -> None:
        """So many at once; a new one for each that is answered."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            while len(self.open) < width:
                self.ask()
            self.hear(0.05)
        self.wait()

    def wait(self) -> None:
        while self.open:
            self.hear(0.05)

    def ask(self) -> None:
        """Send the next edit."""
        target, request = self.edit(self.phones[self.made % len(self.phones)])
        self.made += 1
        line = socket.socket()
        line.setblocking(False)
        line.setsockopt(socket.IPPROTO_IP, getattr(socket, "IP_BIND_ADDRESS_NO_PORT", 24), 1)
        line.bind((SOURCES[self.made % len(SOURCES)], 0))
        asked = Asked(time.monotonic(), line, target, request)
        self.open[line.fileno()] = asked
        self.oldest.append(asked)
        if line.connect_ex(("127.0.0.1", self.port)) not in (0, errno.EINPROGRESS):
            self.end(asked, "refused")
            return
        self.poll.register(line, select.EPOLLIN | select.EPOLLOUT)
        self.go_on(asked, select.EPOLLOUT)  # on loopback there is no waiting for the line

    def edit(self, phone: tuple[str, str, str]) -> tuple[str, bytes]:
        cookie, device, space = phone
        target = str(uuid.uuid4())
        fields = {"day": "2026-11-21", "note": "", "source": "home", "at": AT}
        edit = {"id": str(uuid.uuid4()), "space": space, "kind": "rest", "target": target, "verb": "add",
                "fields": fields, "base": {}, "at": AT}  # fmt: skip
        body = json.dumps({"v": 1, "device": device, "cursors": {}, "edits": [edit], "blind": True}).encode()
        head = f"POST /api/sync HTTP/1.1\r\nHost: localhost:{self.port}\r\nCookie: {cookie}\r\n"
        return target, f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body

    def hear(self, seconds: float) -> None:
        """Read what has come, and give up on whom nobody answers."""
        for number, said in self.poll.poll(seconds):
            if number in self.open:
                self.go_on(self.open[number], said)
        before = time.monotonic() - PATIENCE
        while self.oldest and (self.oldest[0].sent < before or self.oldest[0].socket.fileno() < 0):
            asked = self.oldest.popleft()
            if asked.socket.fileno() >= 0:
                self.end(asked, "no answer")

    def go_on(self, asked: Asked, said: int) -> None:
        try:
            if asked.request and said & select.EPOLLOUT:
                asked.request = asked.request[asked.socket.send(asked.request) :]
                if not asked.request:
                    self.poll.modify(asked.socket, select.EPOLLIN)
            elif said & (select.EPOLLIN | select.EPOLLHUP | select.EPOLLERR):
                piece = asked.socket.recv(65536)
                asked.heard += piece
                if not piece or asked.is_whole():
                    self.end(asked, asked.became() if asked.is_whole() else "cut")
        except BlockingIOError:
            return
        except OSError:
            self.end(asked, "cut")

    def end(self, asked: Asked, became: str) -> None:
        self.told.append((asked.sent, time.monotonic() - asked.sent, became))
        if became == "written":
            self.written.append(asked.target)
        del self.open[asked.socket.fileno()]
        if became != "no answer":
            asked.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        asked.socket.close()


def main(port: str, seconds: str, rate: str, width: str = "16") -> None:
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    offering = Offering(int(port), json.load(sys.stdin))
    if float(rate):
        offering.at_a_rate(float(seconds), float(rate))
    else:
        offering.as_answered(float(seconds), int(width))
    json.dump({"told": offering.told, "written": offering.written}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
