"""Every version that was ever given out goes up to the present, down again and up, with every row as it was; and a
migration that is killed in the middle leaves the database as it was, to be migrated then."""

import base64
import gzip
import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Integer, LargeBinary, MetaData, inspect, text

from exposure import demo, migrate
from exposure.app import create_app
from exposure.config import Settings
from exposure.db import connection, db, writing
from tests.conftest import MASTER, START, new_id
from tests.processes import bare_environment

ROOT = Path(__file__).resolve().parent.parent
RELEASED = sorted((ROOT / "tests" / "released").glob("*.json.gz"))
STEPS = len(list(ScriptDirectory(str(migrate.FOLDER)).walk_revisions()))
PASSING = {"alembic_version", "ending"}  # what the triggers write while rows are laid in

pytestmark = pytest.mark.promise("Migrations")


@pytest.fixture
def empty(engine_name, data, request):
    """A house whose database has no tables yet."""
    made = Settings(data=data, master_key=MASTER, contact="care@ippo.example")
    if engine_name == "sqlite":
        yield made
        return
    cluster, name = request.getfixturevalue("cluster"), f"t{new_id().replace('-', '')}"
    cluster.order(f"CREATE DATABASE {name}")
    yield replace(made, database_url=cluster.url(name))
    cluster.drop(cluster.url(name))


def house(settings, clock):
    made = create_app(settings, now=clock)

    def end():
        with made.app_context():
            db.engine.dispose()

    return made, end


def tables_of():
    """The tables of this database, parents first."""
    shape = MetaData()
    shape.reflect(connection())
    return [table for table in shape.sorted_tables if table.name not in PASSING]


def lay_in(app, packed):
    """Fill a database of that version with what its code had made, and every table it left empty with one row."""
    kept = json.loads(gzip.decompress(packed.read_bytes()))
    migrate.to_present(app, kept["revision"])
    with app.app_context(), writing() as bound:
        for table in tables_of():
            rows = [unpacked(row) for row in kept["tables"][table.name]] or [made_up(bound, table)]
            bound.execute(table.insert(), rows)
    return kept["revision"]


def unpacked(row):
    return {name: base64.b64decode(value["b64"]) if isinstance(value, dict) else value for name, value in row.items()}


def made_up(bound, table):
    """A row in which every column holds something, and every pointer points somewhere."""
    row = {}
    for column in table.columns:
        if column.foreign_keys:
            (key,) = column.foreign_keys
            row[column.name] = bound.execute(text(f'SELECT "{key.column.name}" FROM {key.column.table.name}')).scalar()
        elif isinstance(column.type, LargeBinary):
            row[column.name] = column.name.encode()
        else:
            row[column.name] = 7 if isinstance(column.type, Integer) else f"{table.name} {column.name}"
    return row


def hashes(app, only=None):
    """table -> (rows, a hash of all of them), of the columns in `only` where that is given."""
    found = {}
    with app.app_context():
        for name, columns in sorted((only or shape(app)).items()):
            named = ", ".join(f'"{column}"' for column in columns)
            rows = sorted(
                repr([plain(cell) for cell in row]) for row in connection().execute(text(f"SELECT {named} FROM {name}"))
            )
            found[name] = (len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest())
        connection().rollback()
    return found


def plain(cell):
    return bytes(cell) if isinstance(cell, memoryview | bytes) else cell


def shape(app):
    with app.app_context():
        looked = inspect(connection())
        names = [name for name in looked.get_table_names() if name not in PASSING]
        return {name: [column["name"] for column in looked.get_columns(name)] for name in names}


def up_down_up(app, revision):
    """(rows, tables that were not as before) over both ways."""
    older, first = shape(app), hashes(app)
    migrate.to_present(app)
    wrong = {name for name, told in hashes(app, older).items() if told != first[name]}
    present = hashes(app)
    migrate.back_to(app, revision)
    wrong |= {name for name, told in hashes(app).items() if told != first[name]} | (shape(app).keys() ^ older.keys())
    migrate.to_present(app)
    wrong |= {name for name, told in hashes(app).items() if told != present[name]}
    return sum(rows for rows, _ in first.values()), wrong


@pytest.mark.parametrize("packed", RELEASED, ids=lambda path: path.name.partition(".")[0])
def test_a_database_of_an_earlier_version_comes_through_both_ways(empty, clock, packed, proof):
    app, end = house(empty, clock)
    rows, wrong = up_down_up(app, lay_in(app, packed))
    end()
    proof.line(
        f"Rows of a database of version {packed.name.partition('.')[0]}, up, down and up again",
        wanted="every hash equal",
        measured=f"{rows} rows, {len(wrong)} tables that differ",
    )
    assert wrong == set()


def test_a_database_of_today_goes_down_step_by_step_and_up_again(empty, clock):
    app, end = house(empty, clock)
    migrate.to_present(app)
    demo.fill(app, "ja", START)
    before = hashes(app, kept_everywhere(app))
    for number in range(STEPS - 1, 0, -1):
        migrate.back_to(app, f"{number:04}")
    migrate.to_present(app)
    after = hashes(app, kept_everywhere(app))
    end()
    assert after == before


def kept_everywhere(app):
    """What the oldest shape has, too; the rest is given up on the way down."""
    oldest = json.loads(gzip.decompress(RELEASED[0].read_bytes()))["tables"]
    now = shape(app)
    return {name: [c for c in now[name] if not rows or c in rows[0]] for name, rows in oldest.items() if rows}


def killed(settings, steps, way, to):
    command = [sys.executable, "-m", "tests.migrated", str(settings.data), settings.database_url, str(steps), way, to]
    return subprocess.run(command, cwd=ROOT, env=bare_environment(), capture_output=True, check=False).returncode


@pytest.mark.parametrize("kills", [1, pytest.param(0, marks=pytest.mark.nightly, id="all")])
def test_a_migration_killed_in_the_middle_leaves_everything_as_it_was(empty, clock, proof, kills):
    app, end = house(empty, clock)
    revision = lay_in(app, RELEASED[0])
    before, older = hashes(app), shape(app)
    steps = [STEPS // 2] if kills else list(range(1, STEPS))
    torn = 0
    for step in steps:
        end()
        assert killed(empty, step, "up", "head") == -9
        torn += (hashes(app), shape(app)) != (before, older)
    migrate.to_present(app)
    torn += any(hashes(app, older)[name] != told for name, told in before.items())
    present = hashes(app), shape(app)
    for step in steps:
        end()
        assert killed(empty, step, "down", revision) == -9
        torn += (hashes(app), shape(app)) != present
    end()
    proof.line(
        "Migrations killed with -9 at a step that left something half done",
        wanted="0",
        measured=f"{torn} of {2 * len(steps)} kills",
    )
    assert torn == 0
