"""What a database that was laid back from elsewhere leaves to be done."""

import argparse
from datetime import UTC, datetime

from exposure import clock, endings, heartbeats, keystore, migrate  # noqa: F401 - every table of the house is to be known here
from exposure.app import create_app
from exposure.commands import must_be_there
from exposure.config import Settings
from exposure.db import writing
from exposure.opening import before_opening


def run(asked: argparse.Namespace, settings: Settings) -> int:
    """`settle`: what `restore` does by itself; on PostgreSQL, after a dump was laid back."""
    must_be_there(settings)
    app = create_app(settings)
    if asked.orphans:
        with app.app_context(), writing() as bound:
            print(f"{endings.take_orphans(bound)} rows belonged to nobody, and are taken away.")
        return 0
    migrate.to_present(app)
    before_opening(app)
    with app.app_context(), writing() as bound:
        vault, ledger = app.extensions["ippo"].vault, keystore.ended(settings)
        found = endings.end_again(bound, vault, ledger, datetime.now(UTC))
        heartbeats.forget(bound)
    print(f"{found} things that had ended were there again, and are ended.")
    return 0
