"""A server with room for one, to stand in line at.

    python -m tests.narrow PORT FOLDER

/held is answered once FOLDER/go is there and works all the while; /rested says that it only waits for it.
"""

import sys
import time
from pathlib import Path

from exposure import crowding, migrate, turns
from exposure.app import create_app
from exposure.config import Settings
from exposure.server import WebServer

crowding.AT_ONCE = 1
crowding.WAIT = 0.05
turns.LONG = 60


class Narrow(WebServer):
    """Our own server with our own options."""

    def load(self):
        house, go = create_app(self.settings), self.settings.data / "go"

        def either(environ, start):
            if environ["PATH_INFO"] not in ("/held", "/rested"):
                return house(environ, start)
            if environ["PATH_INFO"] == "/rested":
                turns.rest()
            while not go.exists():
                time.sleep(0.01)
            start("200 OK", [("Content-Length", "0")])
            return []

        either.extensions = house.extensions
        return either


if __name__ == "__main__":
    settings = Settings(data=Path(sys.argv[2]))
    migrate.to_present(create_app(settings))
    Narrow(settings, "127.0.0.1", int(sys.argv[1]), 1).run()
