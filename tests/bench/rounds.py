"""Rounds in turn: every variant runs once in each round, so that a busy neighbour meets all of them."""

import gc
import json
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Variant = Callable[[int], None]
"""Does its thing so many times."""


@dataclass(frozen=True)
class Result:
    """One line of the report: ours beside a peer in the same run."""

    bench: str
    ours: float
    peer: float
    unit: str
    goal: float

    def tell(self) -> None:
        """Print it as one JSON object."""
        ratio = self.ours / self.peer
        line = {
            "bench": self.bench, "ours": round(self.ours, 2), "peer": round(self.peer, 2), "unit": self.unit,
            "ratio": round(ratio, 2), "goal": self.goal, "ok": ratio <= self.goal,
        }  # fmt: skip
        print(json.dumps(line), flush=True)


def cpu(variants: Mapping[str, Variant], rounds: int = 15, seconds: float = 0.12) -> dict[str, float]:
    """Median microseconds of CPU per call of each variant; a neighbour's work does not count."""
    counts = {name: _count(variant, seconds) for name, variant in variants.items()}
    times: dict[str, list[float]] = {name: [] for name in variants}
    for _ in range(rounds):
        for name, variant in variants.items():
            gc.collect()
            before = time.process_time()
            variant(counts[name])
            times[name].append((time.process_time() - before) / counts[name])
    return {name: statistics.median(each) * 1e6 for name, each in times.items()}


def _count(variant: Variant, seconds: float) -> int:
    """How many calls fill a round; also warms everything up."""
    count = 4
    while True:
        before = time.process_time()
        variant(count)
        spent = time.process_time() - before
        if spent > seconds / 4:
            return max(4, int(count * seconds / spent))
        count *= 2
