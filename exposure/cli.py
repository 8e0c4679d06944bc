"""The door for whoever runs the house: `exposure serve` and its sisters."""

import argparse
import gc
import os
import pwd
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from pkgutil import resolve_name

from sqlalchemy.exc import OperationalError

from exposure.commands import environment
from exposure.config import BadSetting, CannotDo, Settings, unknown
from exposure.words import LANGUAGES

Command = Callable[[argparse.Namespace, Settings], int]


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code; what is wrong is said in one sentence."""
    asked = parser().parse_args(arguments)
    os.umask(0o077)  # what we write is for us to read
    try:
        settings = Settings.from_environment(environment(asked))
        _as_its_owner(settings)
        for name in unknown(os.environ):
            print(f"exposure: {name} is no setting of Ippo's, and does nothing.", file=sys.stderr)
        done = loaded(asked.command)(asked, settings)
        sys.stdout.flush()
        return done
    except (BadSetting, CannotDo) as error:
        said = str(error)
    except OperationalError as error:
        said = f"The database cannot be used: {str(error.orig).strip().splitlines()[0]}"
    except BrokenPipeError:  # whoever reads along, as `head` does, has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        said = f"{error.filename or 'A file'}: {error.strerror}."
    print(f"exposure: {said}", file=sys.stderr)
    return 1


def loaded(name: str) -> Command:
    """A command, and all it stands on. What is loaded stays: looking for rubbish among it took half a second in all."""
    gc.disable()
    command: Command = resolve_name(f"exposure.commands.{name}")
    gc.enable()
    gc.freeze()
    return command


def _as_its_owner(settings: Settings) -> None:
    """What root writes into the folder of another, that one cannot read any more. Raises BadSetting."""
    if os.geteuid() == 0 and settings.data.exists() and (owner := settings.data.stat().st_uid) != 0:
        try:
            name = pwd.getpwuid(owner).pw_name
        except KeyError:
            name = f"#{owner}"
        raise BadSetting(f"{settings.data} belongs to {name}. Please as that user: sudo -u {name} exposure …")


def parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    top = argparse.ArgumentParser(prog="exposure", description="Ippo: one small step at a time.")
    below = top.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, does: str, text: str) -> argparse.ArgumentParser:
        one = below.add_parser(name, help=text, description=text)
        one.add_argument("--data", type=Path, help="where things are kept (default ./var, or IPPO_DATA)")
        one.set_defaults(command=does)
        return one

    for name, does, text in (
        ("serve", "serve:run", "everything for one machine: the web server and the clock"),
        ("web", "web:run", "a web server alone"),
    ):
        one = command(name, does, text)
        one.add_argument("--host", default="127.0.0.1", help="the address to listen at (default 127.0.0.1)")
        one.add_argument("--port", type=int, help="the port to listen at (default that of a local IPPO_URL, else 8000)")
        if name == "web":
            one.add_argument("--workers", type=int, default=1, help="processes; more than one wants PostgreSQL")
    command("clock", "clock:run", "a clock alone, which sends what is due; any number may run")
    command("migrate", "migrate:run", "bring the database to its present shape")
    command("check", "look:run_check", "look at keys, database and clock")
    command("reminders", "look:run_reminders", "what waits to be sent, and how the push services answer")
    command("sbom", "look:run_sbom", "print what this house is made of, down to the last library (CycloneDX)")
    shown = command("demo", "demo:run", "make somebody with a filled ladder, and a therapist, to look around")
    shown.add_argument("--language", choices=LANGUAGES, default="ja", help="ja or en (default ja)")
    kept = command("backup", "backup:run_backup", "write the database to FILE, while everything goes on")
    kept.add_argument("file", type=Path, metavar="FILE")
    laid = command("restore", "backup:run_restore", "lay a backup in the place of the database")
    laid.add_argument("file", type=Path, metavar="FILE")
    without = "go on without people whose keys are in no copy of the keys folder"
    laid.add_argument("--leave-unreadable", action="store_true", help=without)
    touched = command("affected", "breach:run_affected", "whom a breach through a therapist's account may have touched")
    _asked_of_a_breach(touched)
    _asked_of_ending(command("signout", "breach:run_sign_out", "end every login of somebody, or of everybody"))
    command("rotate", "backup:run_rotate", "turn the master key, while everything goes on")
    one = command("settle", "settle:run", "end again what the ledger says had ended; after a pg_restore")
    one.add_argument("--orphans", action="store_true", help="only take away what belongs to nobody, before post-data")
    return top


def _asked_of_a_breach(one: argparse.ArgumentParser) -> None:
    one.add_argument("--since", type=moment_said, required=True, metavar="TIME", help="UTC, as 2026-11-20T21:00")
    one.add_argument("--until", type=last_moment_said, metavar="TIME", help="UTC, to its end (default now)")
    one.add_argument("--name", help="by which the therapist signs in (default all therapists)")
    one.add_argument("--therapist", metavar="ID", help="their number instead, for whom a passkey lets in")


def _asked_of_ending(one: argparse.ArgumentParser) -> None:
    whose = one.add_mutually_exclusive_group(required=True)
    whose.add_argument("--name", help="by which they sign in")
    whose.add_argument("--person", metavar="ID", help="their number")
    whose.add_argument("--everybody", action="store_true", help="all but guests")


def moment_said(text: str) -> datetime:
    """A moment as it is written on a command line, UTC unless it says otherwise. Raises ArgumentTypeError."""
    try:
        said = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no moment. Please as 2026-11-20 or 2026-11-20T21:00") from error
    return said.replace(tzinfo=UTC) if said.tzinfo is None else said.astimezone(UTC)


def last_moment_said(text: str) -> datetime:
    """The end of the day, the minute or the second that is written. Raises ArgumentTypeError."""
    begun = moment_said(text)
    if len(text) == len("2026-11-20"):
        return begun + timedelta(days=1) - timedelta(milliseconds=1)
    seconds = text.count(":", 0, len("2026-11-20T21:00:00")) > 1
    return begun + (timedelta(seconds=1) if seconds else timedelta(minutes=1)) - timedelta(milliseconds=1)


if __name__ == "__main__":
    sys.exit(main())
