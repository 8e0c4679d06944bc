"""How the house runs on one machine: a web process and a clock process, both children of one supervisor.

With PostgreSQL there may be any number of both. Here neither of them is loaded: who only watches stays small.
"""

import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from exposure.config import Settings, local_port

PATIENCE = 4.0  # seconds until what has not ended is ended; five are promised in all
QUICK = 5.0  # a process that ends sooner than this was never really there
TRIES = 3
PR_SET_PDEATHSIG = 1


@dataclass
class Part:
    """One child process, started again when it ends by itself."""

    name: str
    command: list[str]
    environ: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    quick_ends: int = field(default=0)

    def start(self) -> None:
        # A session of its own: Ctrl-C in the terminal reaches the supervisor only, which then ends its parts in order.
        self.process = subprocess.Popen(
            self.command,
            env=self.environ,
            start_new_session=True,
            preexec_fn=end_with_supervisor,  # noqa: PLW1509
        )
        self.started = time.monotonic()

    def lives(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def again(self) -> bool:
        """Start anew what has ended; False when it keeps ending at once."""
        short = time.monotonic() - self.started < QUICK
        self.quick_ends = self.quick_ends + 1 if short else 0
        if self.quick_ends >= TRIES:
            return False
        print(f"Ippo: the {self.name} ended by itself and is started again.", file=sys.stderr, flush=True)
        self.start()
        return True

    def term(self) -> None:
        if self.process and self.lives():
            self.process.terminate()

    def end(self, deadline: float) -> None:
        if not self.process:
            return
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def supervise(settings: Settings, host: str, port: int, environ: dict[str, str]) -> int:
    """Run web and clock until SIGTERM or Ctrl-C; both have ended within 5 s of it. Returns the exit code."""
    asked: list[int] = []  # a threading.Event set by a signal handler can wait for its own lock for ever
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _frame: asked.append(number))
    own = [sys.executable, "-m", "exposure.cli"]
    parts = [
        Part("web server", [*own, "web", "--host", host, "--port", str(port)], environ),
        Part("clock", [*own, "clock"], environ),
    ]
    for part in parts:
        part.start()
    try:
        greet(settings, host, port, asked)
        return 0 if watch(parts, asked) else 1
    finally:
        end(parts)


def watch(parts: list[Part], asked: list[int]) -> bool:
    """Until asked to end, see that every part lives. False when one cannot be kept alive."""
    while not asked:
        for part in parts:
            if not part.lives() and not asked and not part.again():
                print(f"Ippo: the {part.name} cannot run. Its reason stands above.", file=sys.stderr, flush=True)
                return False
        time.sleep(0.1)
    return True


def end(parts: list[Part]) -> None:
    """Ask all at once, then wait for each."""
    deadline = time.monotonic() + PATIENCE
    for part in parts:
        part.term()
    for part in parts:
        part.end(deadline)


def greet(settings: Settings, host: str, port: int, asked: list[int]) -> None:
    """Say where to open the app, once it really answers."""
    if wait_until(lambda: answers(host, port), 30, asked):
        print(f"Ippo is open at {settings.url}", flush=True)
        if local_port(settings.url) != port:
            print(f"It listens at {host}, port {port}; a proxy in front is to hand on to it.", flush=True)
        print(f"Its things are kept in {settings.data.absolute()}. Ctrl-C ends it.", flush=True)


def wait_until(true: Callable[[], bool], seconds: float, asked: list[int]) -> bool:
    """True as soon as it is; False after `seconds` or once asked to end."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not asked:
        if true():
            return True
        time.sleep(0.05)
    return False


def answers(host: str, port: int) -> bool:
    """Whether there is a web server of any mood at this place."""
    reached = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    try:
        asked = http.client.HTTPConnection(reached, port, timeout=2)
        asked.request("GET", "/healthz")
        asked.getresponse().read()
    except OSError:
        return False
    return True


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def end_with_supervisor() -> None:
    """A supervisor that was killed must not leave a server holding its port (Linux; elsewhere nothing happens)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
