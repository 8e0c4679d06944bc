"""PostgreSQL, as docs/backups.md has it: two dumps kept apart, laid back by its own commands, and whoever left since is
in neither. The commands are read out of the paper."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from exposure.app import create_app
from exposure.clock import Clock as Ticker
from exposure.db import connection, db
from exposure.people import Person
from exposure.rows import SyncedRow
from exposure.spaces import Space
from tests import postgres
from tests.conftest import MASTER, new_id
from tests.processes import bare_environment
from tests.test_erased import lives
from tests.web.people import begin

PAPER = Path(__file__).resolve().parent.parent / "docs" / "backups.md"

pytestmark = pytest.mark.promise("Backup")


@pytest.fixture
def engine_name():
    return "postgresql"


def told(first):
    """The commands of the block in the paper that begins with this."""
    blocks = re.findall(r"```\n(.*?)```", PAPER.read_text("utf-8"), re.DOTALL)
    return next(block for block in blocks if block.startswith(first))


def run(commands, settings, folder):
    """In a shell, as whoever runs the house does; what was said."""
    address = settings.database_url.replace("+psycopg", "")  # libpq knows no drivers
    binaries = [Path(sys.executable).parent, Path(postgres._binary("pg_dump")).parent]
    path = os.pathsep.join([*map(str, binaries), os.environ["PATH"]])
    tools = bare_environment(DATABASE_URL=address, IPPO_DATA=str(settings.data), IPPO_MASTER_KEY=MASTER, PATH=path)
    done = subprocess.run(["sh", "-ec", commands], cwd=folder, env=tools, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def another(cluster, settings):
    """An empty database beside."""
    name = f"t{new_id().replace('-', '')}"
    cluster.order(f"CREATE DATABASE {name}")
    yield replace(settings, database_url=cluster.url(name))
    cluster.drop(cluster.url(name))


def counted(app, person):
    """(people, rows of this person) in the database of this app."""
    with app.app_context():
        people = connection().execute(select(func.count()).select_from(Person)).scalar_one()
        mine = select(func.count()).select_from(SyncedRow).join(Space, Space.id == SyncedRow.space_id)
        rows = connection().execute(mine.where(Space.owner_id == person)).scalar_one()
        db.engine.dispose()
    return people, rows


def test_a_dump_brings_back_everybody_but_who_left(app, settings, another, clock, tmp_path, proof):
    ada, ken = begin(app), begin(app)
    for actor in (ada, ken):
        lives(actor)
    old, kens = counted(app, ada.person)[1], counted(app, ken.person)[1]
    run(told("pg_dump"), settings, tmp_path)
    assert ada.client.delete("/api/account").status_code == 200
    Ticker.of(app).tick()
    newest_keys = told("pg_dump").splitlines()[1]
    run(newest_keys, settings, tmp_path)

    in_dump = run("pg_restore -f - ippo.dump", settings, tmp_path)
    assert ("COPY public.person " in in_dump, "COPY public.synced_row " in in_dump) == (False, True)
    run(told("pg_restore"), another, tmp_path)
    back = create_app(another, now=clock)
    people, rows = counted(back, ada.person)
    proof.line(
        "Rows of somebody who left that an old dump and the keys of today bring back",
        wanted="0",
        measured=f"{rows} of {old} (of somebody who stayed: {counted(back, ken.person)[1]} of {kens})",
    )
    assert (people, rows) == (1, 0)
    assert counted(back, ken.person)[1] == kens > 10
    again = back.test_client()
    again.set_cookie("ippo", ken.client.get_cookie("ippo").value, domain="localhost")
    told_back = replace(ken, client=again).sync()["spaces"][ken.space]["rows"]
    assert "canary" in str(told_back)
    with back.app_context():
        db.engine.dispose()
