"""A push service that costs as little as one can: TLS, kept connections, 201 to every POST, after a while if asked.

    python -m tests.bench.quick_service CERTIFICATE MILLISECONDS

Says its port, then listens until its standard input ends. `GET /` tells how many POSTs came, over how many connections.
It is the other end of a measurement, so it opens and checks nothing; tests/push_service.py does.
"""

import asyncio
import ssl
import sys
import threading
from pathlib import Path

import uvloop

from tests.push_service import HOST, _write_certificate

CREATED = b"HTTP/1.1 201 Created\r\nLocation: /m/1\r\nContent-Length: 0\r\n\r\n"
TOLD = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"


class Quick(asyncio.Protocol):
    """One connection. Nobody here sends a second request before the first was answered."""

    posts = connections = 0
    seconds = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.held = b""
        Quick.connections += 1

    def data_received(self, data: bytes) -> None:
        self.held += data
        end = self.held.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self.held[:end].lower()
        at = head.find(b"content-length:")
        size = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(self.held) < end + 4 + size:
            return
        self.held = b""
        if head.startswith(b"get"):
            told = b"%d %d" % (Quick.posts, Quick.connections)
            self.transport.write(TOLD % (len(told), told))
            return
        Quick.posts += 1
        if Quick.seconds:
            asyncio.get_running_loop().call_later(Quick.seconds, self.say)
        else:
            self.say()

    def say(self) -> None:
        if not self.transport.is_closing():
            self.transport.write(CREATED)


async def main(certificate: str, milliseconds: str) -> None:
    Quick.seconds = float(milliseconds) / 1000
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = await asyncio.get_running_loop().create_server(Quick, "127.0.0.1", 0, ssl=context, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    ended, loop = asyncio.Event(), asyncio.get_running_loop()
    threading.Thread(target=lambda: (sys.stdin.read(), loop.call_soon_threadsafe(ended.set)), daemon=True).start()
    await ended.wait()


if __name__ == "__main__":
    if not Path(sys.argv[1]).exists():
        _write_certificate(Path(sys.argv[1]), HOST)
    uvloop.run(main(*sys.argv[1:]))
