"""CPU of the requests a phone makes all day, beside Flask saying hello, and how evenly 16 writers are served.

Each is told twice: beside a Flask with the extensions of the laboratory the goals were set in, and beside bare Flask.
"""

import http.client
import itertools
import json
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event

from exposure.db import db
from tests.bench.house import call, hello, hello_with_company, house, newcomer
from tests.bench.rounds import Result, Variant, cpu
from tests.conftest import Actor, new_id
from tests.processes import Device, Running

WRITERS = 16
SECONDS = 5.0
ROUNDS = 3


def run() -> None:
    """Print the lines of design goals G7, G8 and G9."""
    with house() as app:
        times = cpu(variants(app))
    for name, said, goal in (
        ("me", "GET /api/me, signed in", 3.6),
        ("poll", "POST /api/sync, nothing new", 3.6),
        ("rate", "POST /api/sync, one rating written", 6.5),
    ):
        Result(f"request: {said} / Flask hello", times[name], times["company"], "us CPU", goal).tell()
        Result(f"request: {said} / bare Flask hello", times[name], times["hello"], "us CPU", goal).tell()
    with house() as app:
        unwaited(app)
        times = cpu({name: variant for name, variant in variants(app).items() if name in ("company", "rate")})
    said = "the same with synchronous=NORMAL, as the goal was measured"
    Result(f"request: {said} / Flask hello", times["rate"], times["company"], "us CPU", 6.5).tell()
    half, worst = evenness()
    Result(f"request: {WRITERS} writers at once, p99 / p50", worst, half, "ms", 5).tell()


def unwaited(app: Flask) -> None:
    """Let SQLite not wait for the disk: the laboratory's rating did not, ours does (design decision 9)."""
    with app.app_context():
        db.engine.dispose()
        event.listen(db.engine, "connect", lambda bound, _record: bound.execute("PRAGMA synchronous=NORMAL"))


def variants(app: Flask) -> dict[str, Variant]:
    """Bare Flask; who am I; nothing new; one rating written."""
    ada, cookie = newcomer(app)
    return {
        "hello": call(hello(), "GET", "/hello"),
        "company": call(hello_with_company(), "GET", "/hello"),
        "me": call(app, "GET", "/api/me", cookie),
        "rate": call(app, "POST", "/api/sync", cookie, ratings(ada)),
        "poll": call(app, "POST", "/api/sync", newcomer(app)[1], itertools.repeat(sync_of(ada, {}))),
    }


def ratings(ada: Actor) -> Iterator[dict[str, Any]]:
    """The number after a step, again and again, from a phone that knows everything up to its last answer."""
    attempt = new_id()
    ada.sync(ada.edit("add", "attempt", attempt, step=new_id(), title="玄関まで", before=60, started=1763760000000))
    known = ada.sync()["spaces"][ada.space]["revision"]
    for more in itertools.count():
        edit = ada.change("attempt", attempt, after=more % 101, peak=70)
        yield sync_of(ada, {ada.space: known + more}, edit)


def sync_of(actor: Actor, cursors: dict[str, int], *edits: dict[str, Any]) -> dict[str, Any]:
    """The body of a POST /api/sync."""
    return {"v": 1, "device": actor.device, "zone": "Asia/Tokyo", "cursors": cursors, "edits": list(edits)}


def evenness() -> tuple[float, float]:
    """Milliseconds a writer waits when 16 write at once against `exposure serve`: (p50, p99), medians of the rounds."""
    with tempfile.TemporaryDirectory(prefix="ippo-bench-") as folder:
        running = Running(Path(folder))
        try:
            devices = [Device(running.port) for _ in range(WRITERS)]
            rounds = [one_round(devices) for _ in range(ROUNDS)]
        finally:
            running.end()
            running.close()
    return statistics.median(p50 for p50, _ in rounds), statistics.median(p99 for _, p99 in rounds)


def one_round(devices: list[Device]) -> tuple[float, float]:
    """All devices write as fast as they are answered."""
    waits: list[float] = []
    stop = threading.Event()
    threads = [threading.Thread(target=write, args=(device, waits, stop)) for device in devices]
    for thread in threads:
        thread.start()
    time.sleep(SECONDS)
    stop.set()
    for thread in threads:
        thread.join()
    waits.sort()
    return waits[len(waits) // 2] * 1000, waits[len(waits) * 99 // 100] * 1000


def write(device: Device, waits: list[float], stop: threading.Event) -> None:
    """One writer on one kept connection."""
    line = http.client.HTTPConnection("127.0.0.1", device.port, timeout=20)
    headers = {"Content-Type": "application/json", "Cookie": device.cookie, "Host": f"localhost:{device.port}"}
    cursor = 0
    while not stop.is_set():
        asked = {"v": 1, "device": device.device, "cursors": {device.space: cursor}, "edits": [device.edit()]}
        body = json.dumps(asked)
        begun = time.perf_counter()
        line.request("POST", "/api/sync", body, headers)
        answer = json.loads(line.getresponse().read())
        waits.append(time.perf_counter() - begun)
        cursor = answer["spaces"][device.space]["revision"]
    line.close()
