"""Somebody with a filled ladder, and a therapist, to look around."""

import argparse
from datetime import UTC, datetime

from exposure import demo, migrate
from exposure.app import create_app
from exposure.config import Settings
from exposure.opening import present


def run(asked: argparse.Namespace, settings: Settings) -> int:
    """`demo`: also beside a house that is open."""
    with present(settings):
        app = create_app(settings)
        migrate.to_present(app)
        person, therapist = demo.fill(app, asked.language, datetime.now(UTC))
    print(f"""A demo to look around in. Two people, two browsers (or a private window for one of them):

{settings.url}/app        sign in as {person.name} with the password {person.password}
{settings.url}/therapist  sign in as {therapist.name} with the password {therapist.password}

The therapist's second key is one of these codes, each opens once:
{" ".join(therapist.paper)}
or what an authenticator app shows that was given {therapist.letters}""")
    return 0
