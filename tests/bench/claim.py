"""What it costs to let reminders fall due, claim them and write them down, and how long others wait for the pen."""

import statistics
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from exposure import deliveries, falling
from exposure.db import writing
from tests.bench.crowd import gather
from tests.bench.house import house
from tests.bench.rounds import Result
from tests.bench.sender import sealing

DUE = 5000


def run() -> None:
    """Print CPU of claim and mark beside sealing, and the longest holds of the write lock.

    The holds are told twice: by the clock on the wall, where a neighbour and the disk count, and by our own CPU.
    """
    with house() as app:
        gather(app, DUE, datetime.now(UTC) - timedelta(seconds=10))
        spent: dict[str, list[float]] = {"falling due": [], "claim": [], "mark": []}
        held: list[tuple[float, float]] = []
        alone = sealing()
        with app.app_context():
            while batch(spent, held):
                pass
    for name in ("falling due", "claim", "mark"):
        goal = 0.25 if name != "falling due" else 1.0
        Result(f"claim: {name} / sealing", sum(spent[name]) / DUE * 1e6, alone * 1e6, "us CPU", goal).tell()
    both = sum(spent["claim"] + spent["mark"]) / DUE
    Result("claim: claim and mark / sealing", both * 1e6, alone * 1e6, "us CPU", 0.25).tell()
    for name, at in (("on the wall", 0), ("of CPU", 1)):
        worst = statistics.quantiles([one[at] for one in held], n=100)[98]
        Result(f"claim: write lock held, p99, ms {name}", worst * 1000, 1.0, "ms", 15).tell()


def batch(spent: dict[str, list[float]], held: list[tuple[float, float]]) -> int:
    """One batch through falling due, claim and mark; how many were claimed. The commit belongs to the hold."""
    now = datetime.now(UTC)
    timed(spent["falling due"], held, falling.fall_due, now)
    claimed = timed(spent["claim"], held, deliveries.claim, now)
    timed(spent["mark"], held, deliveries.settle, [(each, "sent", None) for each in claimed])
    return len(claimed)


def timed(spent: list[float], held: list[tuple[float, float]], do: Any, given: Any) -> Any:
    """One write, as the dispatcher makes it."""
    with writing() as bound:
        begun, before = time.perf_counter(), time.thread_time()
        found = do(bound, given)
        spent.append(time.thread_time() - before)
    held.append((time.perf_counter() - begun, time.thread_time() - before))
    return found
