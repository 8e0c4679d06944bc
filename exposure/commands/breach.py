"""After a breach: whom it may have touched, and logins ended."""

import argparse
from datetime import UTC, datetime

from exposure import affected, house
from exposure.commands import must_be_there
from exposure.config import BadSetting, Settings
from exposure.db import connection, writing


def run_affected(asked: argparse.Namespace, settings: Settings) -> int:
    """`affected`: nothing is changed, and no word is opened."""
    must_be_there(settings)
    until = asked.until or datetime.now(UTC)
    if until < asked.since:
        raise BadSetting("--until is before --since, and so nobody would be named. Both are in UTC.")
    app = house.build(settings)
    with app.app_context():
        bound, therapist = connection(), asked.therapist
        if asked.name:
            therapist = affected.named(bound, app.extensions["ippo"].vault, asked.name)
            if therapist is None:
                raise BadSetting("nobody signs in by that name now. Ask without it, and then with --therapist.")
        if therapist and not affected.is_known(bound, therapist):
            raise BadSetting("that is no therapist's, now or ever, and so nobody would be named.")
        for line in affected.lines(affected.touched(bound, asked.since, until, therapist)):
            print(line)
    return 0


def run_sign_out(asked: argparse.Namespace, settings: Settings) -> int:
    """`signout`: of one person, or of everybody; whoever has a way in comes in by it again."""
    must_be_there(settings)
    app = house.build(settings)
    with app.app_context():
        person = asked.person
        if asked.name:
            person = affected.named(connection(), app.extensions["ippo"].vault, asked.name)
            if person is None:
                raise BadSetting("nobody signs in by that name now.")
        with writing() as bound:
            ended = affected.sign_out(bound, person)
    print(f"{ended} logins are ended. Guests, who have no way back in, were left as they are.")
    return 0
