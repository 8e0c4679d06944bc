"""Looking only: nothing is changed, and no word is opened."""

import argparse
import json
from datetime import UTC, datetime

from exposure import checkup, house, inventory, watch
from exposure.commands import must_be_there
from exposure.config import Settings
from exposure.db import connection


def run_check(_asked: argparse.Namespace, settings: Settings) -> int:
    """`check`: one line for each thing; exit code 1 when one is not well."""
    found = list(checkup.findings(settings, datetime.now(UTC)))
    for finding in found:
        print(f"{'well' if finding.well else 'NOT WELL':9} {finding.name:11} {finding.sentence}")
    return 0 if all(finding.well for finding in found) else 1


def run_reminders(_asked: argparse.Namespace, settings: Settings) -> int:
    """`reminders`: the clock, the queue, and each push service."""
    must_be_there(settings)
    app = house.build(settings)
    with app.app_context():
        for line in watch.lines(connection(), datetime.now(UTC)):
            print(line)
    return 0


def run_sbom(_asked: argparse.Namespace, _settings: Settings) -> int:
    """`sbom`: for whoever watches over what is installed; nothing is asked of anybody."""
    print(json.dumps(inventory.told(datetime.now(UTC)), indent=1))
    return 0
