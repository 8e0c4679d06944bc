"""On an island: somebody who asks for others, in each way there is. What the recorder must see."""

import contextlib
import socket

ASKED = {"statistics.example", "quick.example", "six.example"}


def main() -> list[str]:
    """A TCP connection by name, a datagram (QUIC), one over IPv6, one by an address alone."""
    with contextlib.suppress(OSError):
        socket.create_connection(("statistics.example", 443), 2)
    quick = socket.getaddrinfo("quick.example", 443, socket.AF_INET)[0][4]
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"quic", quick)
    with contextlib.suppress(OSError):
        socket.getaddrinfo("six.example", 443, socket.AF_INET6)
    for family, where in ((socket.AF_INET6, "2606:4700::1111"), (socket.AF_INET, "1.1.1.1")):
        with contextlib.suppress(OSError):
            socket.socket(family, socket.SOCK_STREAM).connect((where, 443))
    return sorted(ASKED)
