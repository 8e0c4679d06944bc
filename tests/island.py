"""An island: a network of one's own, in which every address of the world is this machine, and every packet is seen.

    python -m tests.island module [argument…]      # as root of a fresh network and mount namespace; see `sail`

    told = island.sail("tests.browser.whole_walk", "chromium")     # from outside
    told["hosts"], told["packets"], told["said"]      # who was asked for, and what the module's main() said

Nothing leaves the machine, and nothing is refused quietly either: names are resolved (to one public address), and
connections are tried, and all of that passes the loopback device, where a packet socket writes down whom it is for.
"""

import importlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESOLVER = "10.99.0.1"  # where /etc/resolv.conf leads
ANYBODY = "34.107.243.93"  # the public address that every name has here
EVERY_PROTOCOL = 3  # ETH_P_ALL
OUTGOING = 4  # PACKET_OUTGOING: on loopback each packet is seen twice
STATISTICS = (263, 6)  # SOL_PACKET, PACKET_STATISTICS: seen, lost
FAREWELL = "farewell.invalid"  # the recorder has seen all that went before once it has seen this


class NoIsland(RuntimeError):
    """This machine gives no namespaces; the message says what is missing."""


def sail(module: str, *arguments: str, seconds: float = 3600) -> dict[str, Any]:
    """Run `module.main(*arguments)` on an island and return what was told there. Raises NoIsland, AssertionError."""
    with tempfile.TemporaryDirectory(prefix="ippo-island-") as folder:
        report = Path(folder) / "told.json"
        command = [*_ship(), sys.executable, "-m", "tests.island", str(report), module, *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=_bare(), capture_output=True, text=True, timeout=seconds, check=False
        )
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-6000:]
        told: dict[str, Any] = json.loads(report.read_text("utf-8"))
        return told | {"stderr": done.stderr}


def _ship() -> list[str]:
    for tool in ("unshare", "ip"):
        if not (shutil.which(tool) or shutil.which(tool, path="/usr/sbin:/sbin")):
            raise NoIsland(f"`{tool}` is missing: apt-get install util-linux iproute2")
    own = [] if os.geteuid() == 0 else ["--map-root-user"]
    ship = ["unshare", *own, "--net", "--mount", "--propagation", "private"]
    tried = subprocess.run([*ship, "true"], capture_output=True, text=True, check=False)
    if tried.returncode:
        raise NoIsland(f"no network namespace on this machine: {tried.stderr.strip()}")
    return ship


def _bare() -> dict[str, str]:
    """Our environment without proxies and settings of the app: what is asked for is asked for by itself."""
    left = ("IPPO_", "DATABASE_URL", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    return {name: value for name, value in os.environ.items() if not name.upper().startswith(left)} | {"PATH": path}


# ---- on the island ---------------------------------------------------------------------------------------------------


def main(report: str, module: str, *arguments: str) -> None:
    settle()
    coast = Coast()
    said = importlib.import_module(module).main(*arguments)
    Path(report).write_text(json.dumps(coast.leave() | {"said": said}), "utf-8")


def settle() -> None:
    """Every address of the world is ours, and so is the resolver. Outside of a namespace of its own it does nothing."""
    if len(Path("/proc/net/dev").read_text().splitlines()) > 3:
        raise NoIsland("there are other network devices here; this is somebody's real network")
    for words in ("link set lo up", "route add local default dev lo", "-6 route add local default dev lo"):
        subprocess.run(["ip", *words.split()], check=True)
    with tempfile.NamedTemporaryFile("w", suffix=".conf", delete=False) as file:
        file.write(f"nameserver {RESOLVER}\noptions timeout:1 attempts:1\n")
    Path(file.name).chmod(0o644)
    subprocess.run(["mount", "--bind", file.name, "/etc/resolv.conf"], check=True)
    Path(file.name).unlink()


class Coast:
    """Sees every packet, and answers every question for a name."""

    def __init__(self) -> None:
        self.packets = 0
        self.names: Counter[str] = Counter()
        self.addresses: Counter[str] = Counter()
        self._seen_all = threading.Event()
        self._names = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._names.bind((RESOLVER, 53))
        self._all = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(EVERY_PROTOCOL))
        self._all.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 26)
        for work in (self._resolve, self._watch):
            threading.Thread(target=work, daemon=True).start()

    def leave(self) -> dict[str, Any]:
        """What was seen until now: each name and each address that is not this machine, and how often."""
        socket.getaddrinfo(FAREWELL, 443)
        assert self._seen_all.wait(20), "the recorder has fallen behind"
        del self.names[FAREWELL]
        lost = int.from_bytes(self._all.getsockopt(*STATISTICS, 8)[4:8], sys.byteorder)
        assert lost == 0, f"{lost} packets were not seen"
        return {"packets": self.packets, "hosts": dict(self.names), "addresses": dict(self.addresses)}

    def _resolve(self) -> None:
        while True:
            asked, who = self._names.recvfrom(1500)
            name, end = read_name(asked)
            if name != "localhost":
                self.names[name] += 1
            wants_v4 = asked[end : end + 2] == b"\0\x01"
            answer = b"\xc0\x0c\0\x01\0\x01\0\0\0\x3c\0\x04" + IPv4Address(ANYBODY).packed if wants_v4 else b""
            head = asked[:2] + b"\x81\x80\0\x01" + (b"\0\x01" if answer else b"\0\0") + b"\0\0\0\0"
            self._names.sendto(head + asked[12 : end + 4] + answer, who)

    def _watch(self) -> None:
        while True:
            packet, (_, _, kind, *_) = self._all.recvfrom(256)
            if kind != OUTGOING:
                continue
            self.packets += 1
            where = goal(packet)
            if where is None:
                continue
            host, port = where
            if host != RESOLVER:
                self.addresses[f"{host} {port}"] += 1
            elif port == "udp 53" and FAREWELL.split(".", maxsplit=1)[0].encode() in packet:
                self._seen_all.set()


def read_name(question: bytes) -> tuple[str, int]:
    """The name in a DNS question, and where it ends."""
    at, labels = 12, []
    while length := question[at]:
        labels.append(question[at + 1 : at + 1 + length].decode("ascii", "replace").lower())
        at += 1 + length
    return ".".join(labels), at + 1


def goal(packet: bytes) -> tuple[str, str] | None:
    """Whom a packet is meant for, where that is not this machine; an answer to our own question is for nobody else.

    Every address is ours here, so what comes back has a foreign source: only a first step (SYN) or a datagram counts,
    and of the datagrams none that the resolver sends.
    """
    v6 = packet[0] >> 4 == 6
    head = 40 if v6 else (packet[0] & 15) * 4
    protocol = packet[6] if v6 else packet[9]
    source = ip_address(packet[8:24] if v6 else packet[12:16])
    target = ip_address(packet[24:40] if v6 else packet[16:20])
    if at_home(target):
        return None
    port = int.from_bytes(packet[head + 2 : head + 4])
    if protocol == socket.IPPROTO_TCP:
        begins = packet[head + 13] & 0x12 == 0x02  # SYN without ACK
        return (str(target), f"tcp {port}") if begins else None
    if protocol == socket.IPPROTO_UDP:
        answers = str(source) == RESOLVER and int.from_bytes(packet[head : head + 2]) == 53
        return None if answers else (str(target), f"udp {port}")
    return None if protocol in {socket.IPPROTO_ICMP, socket.IPPROTO_ICMPV6} else (str(target), f"protocol {protocol}")


def at_home(address: IPv4Address | IPv6Address) -> bool:
    """Loopback, also as IPv6 writes it."""
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


if __name__ == "__main__":
    main(*sys.argv[1:])
