"""Everything for one machine: keys, migrations, then the web server and the clock, each a process of its own."""

import argparse
import sys

from exposure import house, migrate, serve
from exposure.commands import environment
from exposure.config import Settings
from exposure.opening import before_opening, present


def run(asked: argparse.Namespace, settings: Settings) -> int:
    """`serve`: until Ctrl-C or SIGTERM."""
    if not serve.is_free(asked.host, asked.port):
        print(f"exposure: port {asked.port} is taken. Choose another: --port {asked.port + 1}", file=sys.stderr)
        return 1
    with present(settings):
        app = house.build(settings)
        migrate.to_present(app)
        before_opening(app)
        return serve.supervise(settings, asked.host, asked.port, environment(asked))
