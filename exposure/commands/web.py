"""A web server alone."""

import argparse
import sys

from exposure import house
from exposure.config import Settings
from exposure.opening import before_opening, present
from exposure.server import WebServer


def run(asked: argparse.Namespace, settings: Settings) -> int:
    """`web`: until SIGTERM; live streams end at once, requests have a few seconds."""
    if asked.workers > 1 and not settings.database_url:
        print("exposure: several web processes want PostgreSQL (DATABASE_URL).", file=sys.stderr)
        return 1
    with present(settings):
        before_opening(house.build(settings))
        WebServer(settings, asked.host, asked.port, asked.workers).run()
    return 0
