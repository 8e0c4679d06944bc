"""Due reminders to sent ones: CPU of each, beside sealing alone in the same process and beside others who do the same.

Each runs in a process of its own on one core, the push service on the other, in turn, so that a neighbour meets all.
IPPO_DUE says how many are due (20,000); others send a part of it. The whole takes minutes.
"""

import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from exposure import migrate
from exposure.app import create_app
from exposure.config import Settings
from exposure.db import db
from exposure.notification import reminder
from tests.bench.crowd import fill_peer, gather
from tests.bench.rounds import Result
from tests.push_service import HOST

DUE = int(os.environ.get("IPPO_DUE", "20000"))
ROUNDS = int(os.environ.get("IPPO_ROUNDS", "3"))
PEERS = {"readme": DUE // 40, "pool": DUE // 10, "node": DUE // 10}
NODE_MODULES = Path(os.environ.get("IPPO_PEERS", ".make/peers/node_modules"))
Told = dict[str, float]


def run() -> None:
    """Print what one reminder costs beside each of the others, what a slow service costs, and how memory grows."""
    with tempfile.TemporaryDirectory(prefix="ippo-bench-") as place, service(Path(place), 0) as port:
        folder, certificate = Path(place), str(Path(place) / "service.pem")
        prepare(folder / "many", DUE)
        told: dict[str, list[Told]] = defaultdict(list)
        for _ in range(ROUNDS):
            told["ours"].append(ours(folder, "many", port, certificate))
            for name, count in PEERS.items():
                if name != "node" or NODE_MODULES.is_dir():
                    told[name].append(peer(folder, name, count, port, certificate))
        say(told)
        slow_and_large(folder, told["ours"], certificate)


def say(told: dict[str, list[Told]]) -> None:
    """The lines about CPU."""
    each = [one["us"] for one in told["ours"]]
    seals = [one["sealing"] for one in told["ours"]]
    Result("dispatch: one reminder / sealing", middle(each), middle(seals), "us CPU", 3.0).tell()
    for name, goal in (("pool", 1 / 5), ("readme", 1 / 12), ("node", 1.0)):
        if told[name]:
            beside = middle([one["us"] for one in told[name]])
            Result(f"dispatch: one reminder / {name}", middle(each), beside, "us CPU", goal).tell()


def slow_and_large(folder: Path, quick: list[Told], certificate: str) -> None:
    """A service that takes 50 ms, and a tenth as many."""
    with service(folder, 50) as port:
        slow = [ours(folder, "many", port, certificate) for _ in range(ROUNDS)]
    rates = [middle([one["per_second"] for one in those]) for those in (quick, slow)]
    Result("dispatch: rate of an instant service / of one of 50 ms", rates[0], rates[1], "a second", 1 / 0.7).tell()
    Result("dispatch: memory at 50 ms", max(one["megabytes"] for one in slow), 1.0, "MB", 100).tell()
    prepare(folder / "few", DUE // 10)
    with service(folder, 0) as port:
        few = ours(folder, "few", port, certificate)
    many = middle([one["megabytes"] for one in quick])
    Result("dispatch: memory, 10 x / 1 x due", many, few["megabytes"], "MB", 1.2).tell()


def middle(values: list[float]) -> float:
    return statistics.median(values)


def prepare(folder: Path, people: int, database: str = "") -> None:
    """A house where everybody's reminder is due."""
    app = create_app(Settings(data=folder, database_url=database))
    migrate.to_present(app)
    gather(app, people, datetime.now(UTC) - timedelta(seconds=10))
    with app.app_context():
        db.engine.dispose()


def ours(folder: Path, name: str, port: int, certificate: str, *options: str) -> Told:
    """One run over a copy of a house."""
    copy = folder / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder / name, copy)
    return told_by([sys.executable, "-m", "tests.bench.sender", str(copy), str(port), certificate, *options])


def peer(folder: Path, name: str, count: int, port: int, certificate: str) -> Told:
    """One run of somebody else."""
    if name == "node":
        payload = reminder("ja", "https://ippo.example", "0" * 36, 1).decode()
        script = str(Path(__file__).with_name("web_push.cjs"))
        command = ["node", script, str(NODE_MODULES.absolute()), certificate, str(port), HOST, str(count), payload]
        return told_by(["taskset", "-c", "0", *command])
    place = folder / "peer"
    place.mkdir(exist_ok=True)
    fill_peer(place, count)
    return told_by([sys.executable, "-m", "tests.bench.peers", name, str(place), str(port), certificate])


def told_by(command: list[str]) -> Told:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
    assert done.returncode == 0, done.stderr[-2000:]
    told: Told = json.loads(done.stdout.splitlines()[-1])
    assert told["sent"], done.stderr[-2000:]
    print(json.dumps({"run": command[2] if "-m" in command else "node", **told}), file=sys.stderr, flush=True)
    return told


@contextlib.contextmanager
def service(folder: Path, milliseconds: int) -> Iterator[int]:
    """The quick service on the other core."""
    command = ["taskset", "-c", str((os.cpu_count() or 1) - 1), sys.executable, "-m", "tests.bench.quick_service"]
    process: Any = subprocess.Popen(
        [*command, str(folder / "service.pem"), str(milliseconds)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield int(process.stdout.readline())
    finally:
        process.communicate("")
