"""The database in its present shape."""

import argparse

from exposure import house, migrate
from exposure.config import Settings
from exposure.opening import present


def run(_asked: argparse.Namespace, settings: Settings) -> int:
    """`migrate`: also what `serve` does by itself."""
    with present(settings):
        migrate.to_present(house.build(settings))
    print("The database has its present shape.")
    return 0
