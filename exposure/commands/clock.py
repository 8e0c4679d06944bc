"""A clock alone: it has no doors, so none of what they need is loaded here."""

import argparse

from exposure import house
from exposure.clock import Clock
from exposure.config import Settings
from exposure.opening import before_opening, present


def run(_asked: argparse.Namespace, settings: Settings) -> int:
    """`clock`: until SIGTERM."""
    with present(settings):
        app = house.build(settings)
        before_opening(app)
        Clock.of(app).run()
    return 0
