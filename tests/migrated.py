"""A process that migrates a database and dies in the middle of it, -9, by its own hand.

python -m tests.migrated FOLDER DATABASE_URL STEPS up|down REVISION

It dies when so many steps are done and before the version is written down.
"""

import os
import signal
import sys
from pathlib import Path

from alembic.runtime.migration import HeadMaintainer

from exposure import migrate
from exposure.app import create_app
from exposure.config import Settings
from tests.conftest import MASTER


def main(folder: str, url: str, steps: str, way: str, to: str) -> None:
    app = create_app(Settings(data=Path(folder), database_url=url, master_key=MASTER))
    real, done = HeadMaintainer.update_to_step, []

    def update(self, step):
        done.append(step)
        if len(done) == int(steps):
            os.kill(os.getpid(), signal.SIGKILL)
        real(self, step)

    HeadMaintainer.update_to_step = update
    (migrate.to_present if way == "up" else migrate.back_to)(app, to)


if __name__ == "__main__":
    main(*sys.argv[1:])
