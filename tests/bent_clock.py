"""A clock like any other, whose wire ends at a push service of the tests' own.

    python -m tests.bent_clock FOLDER DATABASE_URL PORT CERTIFICATE SECONDS      SECONDS between two ticks
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from exposure import wire
from exposure.app import create_app
from exposure.clock import Clock
from exposure.config import Settings
from exposure.dispatch import Dispatch
from exposure.push import Push
from tests.conftest import MASTER
from tests.push_service import PUBLIC


def main(folder: str, url: str, port: str, certificate: str, seconds: str) -> None:
    app = create_app(Settings(data=Path(folder), database_url=url, master_key=MASTER, contact="care@ippo.example"))
    house = app.extensions["ippo"]
    bent = wire.Wire(
        look_up=lambda _host, _port: [PUBLIC],
        connect=lambda _address, _port, patience: wire.connect("127.0.0.1", int(port), patience),
        secure=wire.tls(certificate),
    )
    push = Push.of(house.settings, house.vapid, bent)
    Clock(app, Dispatch(push, house.vault, "https://ippo.example", lambda: datetime.now(UTC))).run(float(seconds))


if __name__ == "__main__":
    main(*sys.argv[1:])
