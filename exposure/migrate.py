"""Bring the database to the present shape: Alembic from the first table (design decision 10)."""

from pathlib import Path

from flask import Flask
from flask_migrate import Migrate, upgrade

from exposure.db import db

FOLDER = Path(__file__).parent / "migrations"


def to_present(app: Flask) -> None:
    """Apply every migration that this database has not seen."""
    if not (FOLDER / "versions").is_dir():  # until the first shape is settled
        with app.app_context():
            db.create_all()
        return
    Migrate(app, db, directory=str(FOLDER), compare_type=True)
    with app.app_context():
        upgrade(directory=str(FOLDER))
