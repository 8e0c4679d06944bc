"""Delete means delete: of whoever leaves not a word is left in the files, and an old backup opens to nobody, whoever
has the keys of today included."""

import contextlib
import sqlite3
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from exposure import backups, keystore
from exposure.clock import Clock as Ticker
from exposure.db import connection, db
from exposure.keys import master_keys
from exposure.people import Person
from exposure.vault import Unopenable, Vault
from tests.conftest import new_id
from tests.web.people import begin, filled, give_password, journey

pytestmark = pytest.mark.promise("Delete means delete")


class Canaries:
    """A word of its own for each field that is asked for."""

    def __init__(self):
        self.made = []

    def __call__(self, field):
        self.made.append(f"canary-{len(self.made)}-{field}-{new_id()[:8]}")
        return self.made[-1]


def lives(actor):
    """Write something into every kind of row, and change some of it; the canaries."""
    say = Canaries()
    filled(actor)
    actor.sync(*journey(actor, say, support=say("support")))
    ladder, step, space = new_id(), new_id(), new_id()
    actor.sync(
        actor.edit("add", "setting", new_id(), anchor_50=say("anchor")),
        actor.edit("add", "ladder", ladder, space, title=say("title"), wish=say("wish"), position="a1"),
        actor.edit("add", "step", step, space, ladder=ladder, title=say("step"), hint=say("hint"), position="a0"),
        actor.add("attempt", step=step, title=say("attempt"), guess=say("guess"), found_out=say("found"), before=60),
        actor.add("rest", day="2026-11-20", note=say("note")),
        actor.add("reminder", step=step, days=[0], time="18:30", zone="Asia/Tokyo", words=say("words"), cue=say("cue")),
    )
    actor.sync(actor.change("step", step, space, title=say("later")))
    return say.made


def files_of(settings, request):
    """Every file in which the database keeps anything, its log included."""
    if not settings.database_url:
        return list(settings.data.glob("ippo.db*"))
    cluster = request.getfixturevalue("cluster")
    cluster.order("CHECKPOINT")
    return [path for path in (cluster.folder / "data").rglob("*") if path.is_file()]


def met_in(files, words):
    found = set()
    for path in files:
        with contextlib.suppress(FileNotFoundError):  # PostgreSQL tidies up meanwhile
            raw = path.read_bytes()
            found |= {word for word in words if (word if isinstance(word, bytes) else word.encode()) in raw}
    return found


def test_after_leaving_not_a_word_is_in_any_file_of_the_database(app, settings, request, proof):
    ada = begin(app, nickname="canary-nickname")
    words = ["canary-nickname", *lives(ada)]
    before = met_in(files_of(settings, request), words)
    assert ada.client.delete("/api/account").status_code == 200
    Ticker.of(app).tick()
    files = files_of(settings, request)
    left = met_in(files, words)
    assert met_in(files, [b"synced_row"]), "the sweep must see what is in the files"
    proof.line(
        "Words of somebody who left, in the files of the database and its log",
        wanted="0",
        measured=f"{len(left)} of {len(words)} in {len(files)} files (before leaving: {len(before)})",
    )
    assert (left, before) == (set(), set())


def readable(backup, settings, person):
    """(rows of this person in a backup, how many of them anything in the folder of the keys opens)."""
    vault = Vault(lambda: master_keys(settings))
    with contextlib.closing(sqlite3.connect(backup)) as kept:
        wrapped = dict(kept.execute("SELECT id, key_wrapped FROM person")) | keystore.held(settings)
        mine = "SELECT space_id, r.id, sealed FROM synced_row r JOIN space s ON s.id = space_id WHERE owner_id = ?"
        rows = kept.execute(mine, (person,)).fetchall()
    openers = []
    for whose in [person, *wrapped]:
        for blob in wrapped.values():
            with contextlib.suppress(Unopenable):
                openers.append(vault.opener(whose, blob))
    return len(rows), sum(any(opens(key, *row) for key in openers) for row in rows)


def opens(key, space, row, sealed):
    try:
        return bool(key.open(sealed, "synced_row", space, row))
    except Unopenable:
        return False


@pytest.fixture
def sqlite_house(engine_name):
    if engine_name != "sqlite":
        pytest.skip("PostgreSQL is backed up by pg_dump; docs/backups.md says how its keys are kept apart")


@pytest.mark.usefixtures("sqlite_house")
def test_an_old_backup_and_the_keys_of_today_open_nothing_of_who_left(app, settings, tmp_path, proof):
    ada, ken = begin(app), begin(app)
    for actor in (ada, ken):
        lives(actor)
    backup = tmp_path / "ippo.backup"
    backups.back_up(settings, backup)
    there, open_before = readable(backup, settings, ada.person)
    assert (there, open_before) == (there, there)
    assert there > 10
    assert ada.client.delete("/api/account").status_code == 200
    Ticker.of(app).tick()
    rows, still = readable(backup, settings, ada.person)
    kens, kens_open = readable(backup, settings, ken.person)
    proof.line(
        "Rows of somebody who left that an old backup and the keys of today open",
        wanted="0",
        measured=f"{still} of {rows} (of somebody who stayed: {kens_open} of {kens})",
    )
    assert still == 0
    assert kens_open == kens > 10


@pytest.mark.usefixtures("sqlite_house")
def test_nobodys_key_is_in_a_backup(app, settings, tmp_path):
    people = [begin(app) for _ in range(30)]
    with app.app_context():
        keys = [bytes(key) for key in connection().execute(select(Person.key_wrapped)).scalars()]
    backup = tmp_path / "ippo.backup"
    backups.back_up(settings, backup)
    assert met_in([backup], keys) == set()
    assert set(keystore.held(settings)) == {person.person for person in people}
    assert sqlite3.connect(backup).execute("SELECT max(length(key_wrapped)) FROM person").fetchone() == (0,)


def close(app):
    with app.app_context():
        db.engine.dispose()


@pytest.mark.usefixtures("sqlite_house")
def test_whoever_left_does_not_come_back_with_a_backup_and_all_others_do(app, settings, tmp_path):
    ada, ken = begin(app), begin(app)
    give_password(ken, "ken")
    backups.back_up(settings, tmp_path / "ippo.backup")
    ada.client.delete("/api/account")
    close(app)
    # No tick came: the database that is set aside is asked first what ended.
    backups.restore(settings, tmp_path / "ippo.backup", datetime.now(UTC))
    assert ada.client.get("/api/me").status_code == 401
    assert ken.client.get("/api/me").get_json()["person"] == ken.person
    assert ken.sync(ken.add("rest", day="2026-11-20", note="x"))["answers"][0]["outcome"] == "written"


@pytest.mark.usefixtures("sqlite_house")
def test_a_backup_without_the_keys_of_its_people_is_not_laid_back_unasked(app, settings, tmp_path):
    ada, ken = begin(app), begin(app)
    backups.back_up(settings, tmp_path / "ippo.backup")
    close(app)
    for path in settings.data.glob("ippo.db*"):
        path.unlink()
    held = keystore.held(settings)
    (settings.data / "keys" / keystore.KEYS).unlink()
    keystore.hold(settings, {ken.person: held[ken.person]})
    with pytest.raises(backups.CannotBackup, match="The keys of 1 people"):
        backups.restore(settings, tmp_path / "ippo.backup", datetime.now(UTC))
    backups.restore(settings, tmp_path / "ippo.backup", datetime.now(UTC), leave_unreadable=True)
    assert ken.client.get("/api/me").status_code == 200
    assert ada.client.get("/api/me").status_code == 401


@pytest.mark.usefixtures("sqlite_house")
def test_a_backup_of_before_keys_were_kept_apart_is_laid_back_too(app, settings, tmp_path):
    ada = begin(app)
    close(app)
    kept = tmp_path / "ippo.backup"
    with contextlib.closing(sqlite3.connect(settings.data / "ippo.db")) as live:
        live.backup(sqlite3.connect(kept))
    for path in settings.data.glob("ippo.db*"):
        path.unlink()
    backups.restore(settings, kept, datetime.now(UTC))
    assert ada.client.get("/api/me").get_json()["person"] == ada.person
