"""What a tick costs that has nothing to do: a million reminders asleep beside ten thousand."""

from datetime import UTC, datetime, timedelta

from flask import Flask

from exposure import deliveries
from exposure.db import connection
from tests.bench.crowd import put_to_sleep
from tests.bench.house import house
from tests.bench.rounds import Result, Variant, cpu

FEW, MANY = 10_000, 1_000_000


def run() -> None:
    """Print the two ticks beside each other."""
    with house() as small, house() as large:
        for app, count in ((small, FEW), (large, MANY)):
            put_to_sleep(app, count, datetime.now(UTC) + timedelta(days=1))
        spent = cpu({"small": ticks(small), "large": ticks(large)})
    Result(f"tick: nothing due of {MANY:,} / of {FEW:,}", spent["large"], spent["small"], "us CPU", 1.3).tell()


def ticks(app: Flask) -> Variant:
    """The question a clock asks every ten seconds."""

    def run(count: int) -> None:
        with app.app_context():
            for _ in range(count):
                assert not deliveries.is_anything_due(connection(), datetime.now(UTC))
                connection().commit()

    return run
