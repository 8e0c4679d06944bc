"""A process that turns the master key and, where it is told to, dies in the middle of it: -9, by its own hand.

python -m tests.turner FOLDER DATABASE_URL WHERE [BUG]

WHERE: `ring` (the new key is written, nobody turned yet), `batch` (in a transaction, after two of them),
`last` (everybody turned, the old key not let go). BUG `hasty` lets the old key go before anybody was turned.
"""

import os
import signal
import sys
from pathlib import Path

from exposure import keys, keystore, turning
from exposure.app import create_app
from exposure.config import Settings

BATCH = 20


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main(folder: str, url: str, where: str, bug: str = "") -> None:
    settings = Settings(data=Path(folder), database_url=url)
    app = create_app(settings)
    turning.BATCH = BATCH  # type: ignore[misc]
    real_write, real_batch, real_hold = keys.keep_masters, turning._batch, keystore.hold
    many = 0

    def write(at, newest, *older):
        real_write(at, newest, *(() if bug == "hasty" else older))
        if where == "ring":
            die()

    def batch(*given):
        nonlocal many
        many += 1
        found = real_batch(*given)
        if where == "batch" and many == 3:
            die()
        return found

    def hold(*given):
        if where == "last":
            die()
        return real_hold(*given)

    keys.keep_masters, turning._batch, keystore.hold = write, batch, hold
    with app.app_context():
        print(turning.turn(settings, app.extensions["ippo"].vault))


if __name__ == "__main__":
    main(*sys.argv[1:])
