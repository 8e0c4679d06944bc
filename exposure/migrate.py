"""Bring the database to the present shape: Alembic from the first table (design decision 10)."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from flask import Flask

from exposure.config import CannotDo

FOLDER = Path(__file__).parent / "migrations"


class NewerThanThis(CannotDo):
    """The database has a shape that this version has never heard of."""

    def __init__(self) -> None:
        super().__init__(
            "The database is of a newer version of Ippo than this one. Install that version, or bring back a backup."
        )


def config() -> Config:
    """Where the migrations lie; no ini file, so that an installed wheel finds its own."""
    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    return made


def to_present(app: Flask, revision: str = "head") -> None:
    """Apply every migration that this database has not seen. Raises NewerThanThis."""
    with app.app_context():
        try:
            command.upgrade(config(), revision)
        except CommandError as error:
            raise NewerThanThis from error


def back_to(app: Flask, revision: str) -> None:
    """Undo migrations down to `revision` ("base" is the empty database)."""
    with app.app_context():
        command.downgrade(config(), revision)
