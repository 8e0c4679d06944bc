"""A line that remembers what went over it, so that a test can count requests and bytes as they really were."""

import re
import threading

from tests.browser.common import Line

ASKED = re.compile(rb"(?:^|\r\n\r\n)(GET|POST|PUT|DELETE|HEAD|PATCH) (\S+) HTTP/1\.1\r\n")


class Tape(Line):
    """`start()` forgets what was; `asked()`, `wire()` and `answers()` tell what went over the line since then.
    Of what `loses` (a pattern) is found in, neither the question nor the answer comes through."""

    def __init__(self, to_port):
        self.reels, self.lock, self.loses = [], threading.Lock(), None
        super().__init__(to_port)

    def _copy(self, here, there, down):
        reel = {"down": down, "data": bytearray(), "from": 0}
        with self.lock:
            self.reels.append(reel)
        lost = self.loses if not down else None
        super()._copy(Recorder(here, reel["data"], lost), there, down)

    def start(self):
        with self.lock:
            for reel in self.reels:
                reel["from"] = len(reel["data"])

    def _since(self, down):
        with self.lock:
            return [bytes(reel["data"][reel["from"] :]) for reel in self.reels if reel["down"] is down]

    def asked(self):
        """[method + path] of every request that left the browser."""
        found = (ASKED.findall(data) for data in self._since(down=False))
        return [f"{method.decode()} {path.decode()}" for several in found for method, path in several]

    def wire(self):
        """Bytes from the server, headers included."""
        return sum(len(data) for data in self._since(down=True))

    def answers(self):
        """[(status, length of the body as sent)] of every answer."""
        return [answer for data in self._since(down=True) for answer in split(data)]


class Recorder:
    """A socket whose received bytes are kept."""

    def __init__(self, sock, kept, lost):
        self.sock, self.kept, self.lost = sock, kept, lost

    def recv(self, most):
        data = self.sock.recv(most)
        if self.lost and self.lost.search(data):
            return b""
        self.kept += data
        return data

    def sendall(self, data):
        self.sock.sendall(data)

    def shutdown(self, how):
        self.sock.shutdown(how)


def split(data):
    """The answers in a stream of HTTP/1.1."""
    found = []
    while data.startswith(b"HTTP/1.1 "):
        head, _, data = data.partition(b"\r\n\r\n")
        status, head = int(head[9:12]), head.lower()
        length = re.search(rb"content-length: (\d+)", head)
        if length:
            size = int(length[1])
        elif b"transfer-encoding: chunked" in head:
            size, data = unchunk(data)
            found.append((status, size))
            continue
        else:
            size = 0 if status in (204, 304) else len(data)
        found.append((status, size))
        data = data[size:]
    return found


def unchunk(data):
    """(bytes of the body, what follows it)."""
    size = 0
    while data:
        line, _, data = data.partition(b"\r\n")
        chunk = int(line.split(b";")[0] or b"0", 16)
        if not chunk:
            return size, data[2:]
        size += chunk
        data = data[chunk + 2 :]
    return size, b""
