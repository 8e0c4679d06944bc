"""Bring the database to the present shape: Alembic from the first table (design decision 10)."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from flask import Flask

FOLDER = Path(__file__).parent / "migrations"


def config() -> Config:
    """Where the migrations lie; no ini file, so that an installed wheel finds its own."""
    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    return made


def to_present(app: Flask, revision: str = "head") -> None:
    """Apply every migration that this database has not seen."""
    with app.app_context():
        command.upgrade(config(), revision)


def back_to(app: Flask, revision: str) -> None:
    """Undo migrations down to `revision` ("base" is the empty database)."""
    with app.app_context():
        command.downgrade(config(), revision)
