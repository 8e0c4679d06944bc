"""`make api`: write docs/openapi.json."""

import tempfile
from pathlib import Path

from exposure import migrate
from exposure.app import create_app
from exposure.config import Settings
from tests.api.description import PAPER, written
from tests.conftest import MASTER

with tempfile.TemporaryDirectory() as folder:
    app = create_app(Settings(data=Path(folder), master_key=MASTER, contact="care@ippo.example"))
    migrate.to_present(app)
    PAPER.write_text(written(app), "utf-8")
