"""Command: what each of `exposure serve` and its sisters does; how they are asked stands in `cli`."""

import argparse
import json
import os
import sys
from datetime import UTC, datetime

from flask import Flask

from exposure import (
    affected,
    backups,
    checkup,
    create_app,
    demo,
    endings,
    inventory,
    keystore,
    migrate,
    serve,
    turning,
    watch,
)
from exposure.clock import Clock
from exposure.config import BadSetting, Settings, local_port
from exposure.db import close, connection, db, writing


def environment(asked: argparse.Namespace) -> dict[str, str]:
    """The environment with what was said on the command line laid over it; children get the same."""
    environ = dict(os.environ)
    if asked.data:
        environ["IPPO_DATA"] = str(asked.data.absolute())
    if "port" in asked:
        asked.port = asked.port or local_port(environ.get("IPPO_URL", "")) or 8000
        environ["IPPO_URL"] = environ.get("IPPO_URL") or f"http://localhost:{asked.port}"
    return environ


def _before_opening(app: Flask) -> None:
    with app.app_context():
        try:
            checkup.before_opening(app)
        finally:
            close()
            db.engine.dispose()  # processes that come of this one make connections of their own


def _is_there(settings: Settings) -> None:
    """Whoever mistook the folder is told so, and no new house is made in it. Raises BadSetting."""
    if not settings.database_url and not (settings.data / "ippo.db").exists():
        raise BadSetting(f"There is no database in {settings.data.absolute()}. Is it another folder (--data)?")


def run_all(asked: argparse.Namespace, settings: Settings) -> int:
    """`serve`: keys, migrations, then both processes until Ctrl-C or SIGTERM."""
    if not serve.is_free(asked.host, asked.port):
        print(f"exposure: port {asked.port} is taken. Choose another: --port {asked.port + 1}", file=sys.stderr)
        return 1
    with backups.present(settings):
        app = create_app(settings)
        migrate.to_present(app)
        _before_opening(app)
        code = serve.supervise(settings, asked.host, asked.port, environment(asked))
    # Nothing is left to do, and taking a large interpreter apart is slow on a small machine.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def run_web(asked: argparse.Namespace, settings: Settings) -> int:
    """`web`: until SIGTERM; live streams end at once, requests have a few seconds."""
    if asked.workers > 1 and not settings.database_url:
        print("exposure: several web processes want PostgreSQL (DATABASE_URL).", file=sys.stderr)
        return 1
    with backups.present(settings):
        _before_opening(create_app(settings))
        serve.WebServer(settings, asked.host, asked.port, asked.workers).run()
    return 0


def run_clock(_asked: argparse.Namespace, settings: Settings) -> int:
    """`clock`: until SIGTERM."""
    with backups.present(settings):
        app = create_app(settings)
        _before_opening(app)
        Clock.of(app).run()
    return 0


def run_migrate(_asked: argparse.Namespace, settings: Settings) -> int:
    """`migrate`: also what `serve` does by itself."""
    with backups.present(settings):
        migrate.to_present(create_app(settings))
    print("The database has its present shape.")
    return 0


def run_demo(asked: argparse.Namespace, settings: Settings) -> int:
    """`demo`: also beside a house that is open."""
    with backups.present(settings):
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


def run_check(_asked: argparse.Namespace, settings: Settings) -> int:
    """`check`: one line for each thing; exit code 1 when one is not well."""
    found = list(checkup.findings(settings, datetime.now(UTC)))
    for finding in found:
        print(f"{'well' if finding.well else 'NOT WELL':9} {finding.name:11} {finding.sentence}")
    return 0 if all(finding.well for finding in found) else 1


def run_reminders(_asked: argparse.Namespace, settings: Settings) -> int:
    """`reminders`: the clock, the queue, and each push service; nothing is changed."""
    _is_there(settings)
    app = create_app(settings)
    with app.app_context():
        for line in watch.lines(connection(), datetime.now(UTC)):
            print(line)
    return 0


def run_sbom(_asked: argparse.Namespace, _settings: Settings) -> int:
    """`sbom`: for whoever watches over what is installed; nothing is asked of anybody."""
    print(json.dumps(inventory.told(datetime.now(UTC)), indent=1))
    return 0


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
    _is_there(settings)
    with backups.present(settings):
        app = create_app(settings)
        migrate.to_present(app)
        _before_opening(app)
        with app.app_context():
            turned = turning.turn(settings, app.extensions["ippo"].vault)
    then = " IPPO_MASTER_KEY is to be the new key alone from now on." if settings.master_key else ""
    print(
        f"The master key has turned, for {turned} people.{then} Copy {settings.data / 'keys'} to its other place anew."
    )
    return 0


def run_affected(asked: argparse.Namespace, settings: Settings) -> int:
    """`affected`: nothing is changed, and no word is opened."""
    _is_there(settings)
    until = asked.until or datetime.now(UTC)
    if until < asked.since:
        raise BadSetting("--until is before --since, and so nobody would be named. Both are in UTC.")
    app = create_app(settings)
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
    _is_there(settings)
    app = create_app(settings)
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


def run_settle(asked: argparse.Namespace, settings: Settings) -> int:
    """`settle`: what `restore` does by itself; on PostgreSQL, after a dump was laid back."""
    _is_there(settings)
    app = create_app(settings)
    if asked.orphans:
        with app.app_context(), writing() as bound:
            print(f"{endings.take_orphans(bound)} rows belonged to nobody, and are taken away.")
        return 0
    migrate.to_present(app)
    _before_opening(app)
    with app.app_context(), writing() as bound:
        vault, ledger = app.extensions["ippo"].vault, keystore.ended(settings)
        found = endings.end_again(bound, vault, ledger, datetime.now(UTC))
    print(f"{found} things that had ended were there again, and are ended.")
    return 0
