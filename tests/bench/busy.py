"""Ten thousand reminders due in one minute, a push service that takes 100 ms, and somebody who uses the app meanwhile.

    python -m tests.bench.busy PORT FOLDER      the web server of this bench; the clock is tests.bench.sender

The three share the cores there are: where these are few, what the web waits for is them.
"""

import http.client
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from exposure.app import create_app
from exposure.config import Settings
from exposure.db import db
from exposure.server import WebServer
from tests.bench.dispatch import prepare, service
from tests.bench.request import ratings
from tests.bench.rounds import Result
from tests.browser.common import ROOT, free_port, wait_port
from tests.conftest import Actor, enter

DUE = int(os.environ.get("IPPO_DUE", "10000"))
SERVICE_MS = 100
IDLE = 300  # pairs of requests
Turns = list[tuple[float, float]]


def run() -> None:
    """Print how long sending all of them takes, and the waiting of a phone meanwhile beside that of a quiet hour."""
    with tempfile.TemporaryDirectory(prefix="ippo-bench-") as place, service(Path(place), SERVICE_MS) as push:
        folder = Path(place) / "house"
        prepare(folder, DUE)
        app = create_app(Settings(data=folder))
        ada = enter(app)
        asks = ratings(ada)
        first = next(asks)
        with app.app_context():
            db.engine.dispose()
        port = free_port()
        web = subprocess.Popen([sys.executable, "-m", "tests.bench.busy", str(port), str(folder)], cwd=ROOT)
        wait_port(port)
        try:
            phone = Phone(ada, port, itertools.chain([first], asks))
            for _ in range(20):
                phone.turn()
            idle = [phone.turn() for _ in range(IDLE)]
            seconds, busy = beside_a_clock(phone, folder, push, Path(place) / "service.pem")
        finally:
            web.terminate()
            web.wait()
    Result(f"busy: {DUE:,} reminders due at once, service of {SERVICE_MS} ms", seconds, 1.0, "s", 120).tell()
    for name, at in (("read", 0), ("rating", 1)):
        medians = [statistics.median(pair[at] for pair in turns) * 1000 for turns in (busy, idle)]
        Result(f"busy: p50 of a {name} meanwhile / in a quiet hour", *medians, "ms", 1.5).tell()


def beside_a_clock(phone: "Phone", folder: Path, push: int, certificate: Path) -> tuple[float, Turns]:
    """How long the clock took, and what the phone waited while it did."""
    command = [sys.executable, "-m", "tests.bench.sender", str(folder), str(push), str(certificate), "free=1"]
    clock = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    turns = []
    while clock.poll() is None:
        turns.append(phone.turn())
        time.sleep(0.02)
    told = json.loads(clock.stdout.read() if clock.stdout else "")
    assert told["sent"] == DUE
    return told["seconds"], turns


class Phone:
    """Ada's: it asks who it is and writes a rating, over one line, and waits for both."""

    def __init__(self, ada: Actor, port: int, asks: "itertools.chain[dict[str, object]]") -> None:
        cookie = ada.client.get_cookie("ippo", domain="localhost")
        assert cookie
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.headers = {
            "Content-Type": "application/json", "Cookie": f"ippo={cookie.value}", "Host": f"localhost:{port}",
        }  # fmt: skip
        self.asks = asks

    def turn(self) -> tuple[float, float]:
        """Seconds of a read, and of a rating."""
        return self.ask("GET", "/api/me"), self.ask("POST", "/api/sync", json.dumps(next(self.asks)))

    def ask(self, method: str, path: str, body: str | None = None) -> float:
        begun = time.perf_counter()
        self.line.request(method, path, body, self.headers)
        answer = self.line.getresponse()
        answer.read()
        assert answer.status == 200
        return time.perf_counter() - begun


if __name__ == "__main__":
    at, house = int(sys.argv[1]), Path(sys.argv[2])
    WebServer(Settings(data=house, url=f"http://localhost:{at}"), "127.0.0.1", at, 1).run()
