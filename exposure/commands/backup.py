"""What is kept beside the house: its backups, and the master key they are read with."""

import argparse
from datetime import UTC, datetime

from exposure import backups, house, migrate, turning
from exposure.commands import must_be_there
from exposure.config import Settings
from exposure.opening import before_opening, present


def run_backup(asked: argparse.Namespace, settings: Settings) -> int:
    """`backup`: also under writes."""
    size = backups.back_up(settings, asked.file)
    print(f"{asked.file}: {size} bytes, checked. It holds no keys: copy {settings.data / 'keys'} to another place now.")
    return 0


def run_restore(asked: argparse.Namespace, settings: Settings) -> int:
    """`restore`: the present database is set aside, not thrown away."""
    before = backups.restore(settings, asked.file, datetime.now(UTC), leave_unreadable=asked.leave_unreadable)
    print(f"Restored from {asked.file}." + (f" What was there is kept as {before}." if before else ""))
    return 0


def run_rotate(_asked: argparse.Namespace, settings: Settings) -> int:
    """`rotate`: killed in the middle, the next one goes on where it was."""
    must_be_there(settings)
    with present(settings):
        app = house.build(settings)
        migrate.to_present(app)
        before_opening(app)
        with app.app_context():
            turned = turning.turn(settings, app.extensions["ippo"].vault)
    then = " IPPO_MASTER_KEY is to be the new key alone from now on." if settings.master_key else ""
    print(
        f"The master key has turned, for {turned} people.{then} Copy {settings.data / 'keys'} to its other place anew."
    )
    return 0
