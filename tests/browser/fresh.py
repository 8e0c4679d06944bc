"""An empty house, made once for a whole run: a server that begins with a copy of it has nothing to migrate."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from exposure import migrate
from exposure.app import create_app
from exposure.config import Settings
from exposure.db import db


@cache
def fresh_house():
    """The data folder to copy; a process that migrates its own takes two seconds."""
    folder = Path(tempfile.mkdtemp(prefix="ippo-fresh"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    app = create_app(Settings(data=folder))
    migrate.to_present(app)
    with app.app_context():
        db.engine.dispose()
    return folder
