"""Clocks as real processes that can be killed at any moment, and are started again in milliseconds.

    python -m tests.clock_nursery FOLDER DATABASE_URL PORT CERTIFICATE [BUG]

Everything is imported once; each line "start" on standard input forks one clock and answers with its process id. A
clock here ticks all the time instead of every ten seconds, with a short lease and little patience: a test of minutes
takes seconds. BUG names a fault of `killing_bugs` that is planted first.
"""

import ctypes
import os
import signal
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from exposure import push, wire
from exposure.app import create_app
from exposure.clock import Clock
from exposure.config import Settings
from exposure.db import db
from exposure.dispatch import Dispatch
from exposure.push import Push
from tests import killing_bugs
from tests.conftest import MASTER
from tests.push_service import PUBLIC

LEASE = timedelta(seconds=2)
BATCH = 4
THREADS = 2
FIRST_WAIT = {"busy": 1.0, "away": 0.3}  # seconds instead of 30 and 5


def main(folder: str, url: str, port: str, certificate: str, bug: str = "") -> None:
    push.FIRST_WAIT.update(FIRST_WAIT)
    killing_bugs.plant(bug)
    app = create_app(Settings(data=Path(folder), database_url=url, master_key=MASTER, contact="care@ippo.example"))
    bent = wire.Wire(
        look_up=lambda _host, _port: [PUBLIC],
        connect=lambda _address, _port, seconds: wire.connect("127.0.0.1", int(port), seconds),
        secure=wire.tls(certificate),
        seconds=0.9,  # less than half a lease
    )
    warm_up(app, bent)
    print("ready", flush=True)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the killed are buried at once
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            run(app, bent)
        print(child, flush=True)


def warm_up(app, bent):
    """Send the one reminder that is due already, so that the killed are no beginners who compile their statements."""
    while not a_clock(app, bent).tick()["delivered"]:
        time.sleep(0.05)
    with app.app_context():
        db.engine.dispose()


def run(app, bent):
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # never outlives the nursery
    clock = a_clock(app, bent)
    while True:
        try:
            clock.tick()
        except SQLAlchemyError as error:
            print(type(error).__name__, str(error).splitlines()[0], file=sys.stderr, flush=True)
            time.sleep(0.05)  # two writers in each other's way: the next tick does it
        time.sleep(0.02)


def a_clock(app, bent):
    house = app.extensions["ippo"]
    push = Push.of(house.settings, house.vapid, bent)
    hands = Dispatch(
        push, house.vault, "https://ippo.example", lambda: datetime.now(UTC), threads=THREADS, batch=BATCH, lease=LEASE
    )
    hands.holds.HANGING = 1.0  # a busy machine is no hanging push service
    return Clock(app, hands)


if __name__ == "__main__":
    main(*sys.argv[1:])
