"""Ten times what a house can do, for a while, and what became of everybody.

    with House(settings, service, tick=10) as house:   # `exposure web`, a clock, phones, reminders that fall due
        told = house.overload(seconds=60)
        told.refused, told.recovered, told.lost, told.late, told.megabytes
"""

import contextlib
import json
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from exposure.app import create_app
from exposure.db import db
from tests.conftest import MASTER, Actor, enter
from tests.killing import Killing
from tests.processes import bare_environment, free_port, until_it_answers

EXAMPLE = Path(__file__).parent.parent / "docs/deploy/nginx.conf"
PHONES = 60
REMINDERS = 40
TIMES = 10
NORMAL = 0.25  # of what the house can do
GOOD, QUICK = 0.99, 0.5  # normal service: so many served, and 99 of 100 within so many seconds
LATE = 60  # seconds a reminder may be late


@dataclass
class Load:
    """What came of requests that were offered."""

    told: list[tuple[float, float, str]]  # when sent, seconds until answered, what became of it
    written: list[str]

    @property
    def span(self) -> float:
        return max(due for due, _, _ in self.told) - min(due for due, _, _ in self.told)

    @property
    def became(self) -> Counter[str]:
        return Counter(what for _, _, what in self.told)

    def rate(self, what: str) -> float:
        return self.became[what] / self.span

    def p99(self, what: str) -> float:
        took = sorted(seconds for _, seconds, became in self.told if became == what)
        return took[len(took) * 99 // 100] if took else 0.0

    def recovered(self) -> float:
        """Seconds after which service was normal and stayed so."""
        first, worst = min(due for due, _, _ in self.told), 0.0
        for second in range(int(self.span) + 1):
            those = [one for one in self.told if second <= one[0] - first < second + 1]
            if those and not is_normal(those):
                worst = second + 1.0
        return worst


def is_normal(those: list[tuple[float, float, str]]) -> bool:
    """Whether these requests of one second were served as on any day."""
    served = sorted(seconds for _, seconds, what in those if what == "written")
    return len(served) >= GOOD * len(those) and served[len(served) * 99 // 100] < QUICK


@dataclass
class Told:
    """What became of everybody."""

    capacity: float  # writes a second
    burst: Load
    after: Load
    lost: set[str]
    reminders: int
    late: list[float] = field(default_factory=list)  # of each that arrived, seconds
    megabytes: float = 0.0

    @property
    def odd(self) -> Counter[str]:
        """What was neither served nor sent away properly."""
        return Counter({what: n for what, n in self.burst.became.items() if what not in ("written", "busy")})

    def __str__(self) -> str:
        return (
            f"capacity {self.capacity:.0f}/s, {dict(self.burst.became)} in {self.burst.span:.0f} s, "
            f"served p99 {self.burst.p99('written'):.2f} s, away p99 {self.burst.p99('busy'):.2f} s; after: "
            f"{dict(self.after.became)} p99 {self.after.p99('written'):.3f} s, normal in {self.after.recovered()} s, "
            f"{len(self.lost)} lost, {len(self.late)} of {self.reminders} reminders, "
            f"{max(self.late, default=0):.1f} s late, {self.megabytes:.0f} MB"
        )


class House:
    """See the top of the file."""

    def __init__(self, settings: Any, service: Any, tick: float = 10, *, module: str = "", workers: int = 1) -> None:
        self.settings, self.service = settings, service
        self.port = self.door = free_port()  # `door`: where phones come in
        self.crowd = Killing(settings, service)
        self.app = create_app(settings)
        self.phones = [enter(self.app) for _ in range(PHONES)]
        environ = bare_environment(IPPO_MASTER_KEY=MASTER, DATABASE_URL=settings.database_url)
        web = [sys.executable, "-m", module or "exposure.cli", "web", "--port", str(self.port), "--data"]
        web += [str(settings.data), "--workers", str(workers)]
        self.web = subprocess.Popen(web, env=environ, text=True)
        clock = [sys.executable, "-m", "tests.bent_clock", str(settings.data), settings.database_url]
        self.clock = subprocess.Popen([*clock, str(service.port), service.certificate, str(tick)])

    def __enter__(self) -> Self:
        until_it_answers(self.port, self.web)
        return self

    def __exit__(self, *_: object) -> None:
        for process in (self.web, self.clock):
            process.terminate()
            process.wait()
        with self.app.app_context():
            db.engine.dispose()

    def overload(self, seconds: float, after: float, measure: float = 5) -> Told:
        """Measure what it can do, offer ten times that, then a normal load; look what is left."""
        self.offer(measure / 3, 0)  # warm
        can = self.offer(measure, 0)
        capacity = can.rate("written")
        self.crowd.crowd(REMINDERS, seconds=seconds)
        burst = self.offer(seconds, capacity * TIMES)
        calm = self.offer(after, max(10.0, capacity * NORMAL))
        late = self.arrived()
        kept = set().union(*map(rows_of, self.phones))
        acknowledged = {*can.written, *burst.written, *calm.written}
        return Told(capacity, burst, calm, acknowledged - kept, REMINDERS, late, self.megabytes())

    def offer(self, seconds: float, rate: float) -> Load:
        """Requests from a process of its own."""
        command = [sys.executable, "-m", "tests.offered", str(self.door), str(seconds), str(rate)]
        phones = json.dumps([(cookie_of(phone), phone.device, phone.space) for phone in self.phones])
        done = subprocess.run(command, input=phones, capture_output=True, text=True, check=False, timeout=seconds + 60)
        assert done.returncode == 0, done.stderr[-2000:]
        told = json.loads(done.stdout)
        return Load([tuple(one) for one in told["told"]], told["written"])

    def arrived(self) -> list[float]:
        """How late each reminder came; waits for the last of them as long as it may take."""
        deadline = max(self.crowd.due.values()) + LATE + 5
        while True:
            came: dict[str, float] = {}
            for seen in tuple(self.service.seen):
                came.setdefault(seen.path, seen.wall)
            if len(came) >= len(self.crowd.due) or time.time() > deadline:
                return [came[path] - due for path, due in self.crowd.due.items() if path in came]
            time.sleep(0.1)

    def megabytes(self) -> float:
        """The most memory the web server's processes ever held, together."""
        task = Path(f"/proc/{self.web.pid}/task/{self.web.pid}/children")
        return sum(map(most_memory, [self.web.pid, *map(int, task.read_text().split())]))


def most_memory(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def cookie_of(phone: Actor) -> str:
    cookie = phone.client.get_cookie("ippo", domain="localhost")
    assert cookie
    return f"ippo={cookie.value}"


def rows_of(phone: Actor) -> set[str]:
    """Everything the server has of this phone's person, asked for page by page."""
    found: set[str] = set()
    cursor, more = 0, True
    while more:
        told = phone.sync(**{phone.space: cursor})["spaces"].get(phone.space)
        if told is None:
            break
        found |= {row["id"] for row in told["rows"]}
        more = told["more"]
        cursor = max(row["revision"] for row in told["rows"]) if more else told["revision"]
    return found


@contextlib.contextmanager
def nginx(house: House, folder: Path) -> Iterator[None]:
    """The example of docs/deploy in front of this house, on another port and without its certificate."""
    text, port = EXAMPLE.read_text("utf-8"), free_port()
    text = re.sub(r"listen 443 ssl http2", f"listen 127.0.0.1:{port}", text)
    text = re.sub(r"\n\t*ssl_[^\n]*", "", text).replace("server 127.0.0.1:8000", f"server 127.0.0.1:{house.port}")
    # Here everybody comes from one address; what is measured is the limit for all of them.
    text = text.replace("limit_conn each 24;", "")
    (folder / "nginx.conf").write_text(text, "utf-8")
    besides = f"daemon off; user root; worker_rlimit_nofile 20000; pid {folder}/nginx.pid;"
    process = subprocess.Popen(["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", besides])
    until_it_answers(port, process)
    house.door = port
    try:
        yield
    finally:
        process.terminate()
        process.wait()
