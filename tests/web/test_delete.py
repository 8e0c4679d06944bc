"""Delete means delete: every row, every device, and the key that could open a copy."""

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from exposure import desk, export
from exposure.clock import Clock
from exposure.db import Base, connection
from exposure.vault import Unopenable
from exposure.web import export as door
from tests.conftest import enter, let_in, new_id
from tests.linking import link
from tests.web.people import begin, give_password


def whole_database(app):
    """Every row of every table as text."""
    with app.app_context():
        bound = connection()
        return {
            name: [repr(row) for row in bound.execute(text(f"SELECT * FROM {name}"))] for name in Base.metadata.tables
        }


def test_nothing_of_the_person_is_left_in_any_table(app):
    before = whole_database(app)
    ada = begin(app)
    give_password(ada, "ada")
    ada.client.post("/api/recovery", json={})
    ada.client.post("/api/passkeys/options", json={})
    space, ladder, step = new_id(), new_id(), new_id()
    ada.sync(
        ada.edit("add", "ladder", ladder, space, title="外へ", position="a0"),
        ada.edit("add", "step", step, space, ladder=ladder, title="窓を開ける", position="a0"),
        ada.add("attempt", step=step, title="窓を開ける", before=60),
        ada.add("rest", day="2026-11-20"),
        ada.add("reminder", step=step, days=[0], time="18:30", zone="Asia/Tokyo"),
    )
    assert len(whole_database(app)["synced_row"]) == 6
    answer = ada.client.delete("/api/account")
    assert answer.status_code == 200
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    after = whole_database(app)
    for passing in ("tally", "ending"):  # counts, and the ids on their way into the ledger
        after.pop(passing)
        before.pop(passing)
    assert after == before


@pytest.mark.parametrize(("method", "path"), [("POST", "/api/signout"), ("DELETE", "/api/account")])
def test_whoever_leaves_a_shared_phone_takes_nothing_of_the_others(app, method, path):
    ada = begin(app)
    refused = ada.client.open(path, method=method, json={"shared": "perhaps"})
    assert refused.status_code == 400
    assert ada.client.get("/api/me").status_code == 200
    answer = ada.client.open(path, method=method, json={"shared": True})
    assert (answer.status_code, answer.headers["Clear-Site-Data"]) == (200, '"cache", "cookies"')
    assert ada.client.get("/api/me").status_code == 401


def test_somebody_elses_things_stay(app, theo):
    theo.sync(theo.add("rest", day="2026-11-20", note="mine"))
    ada = begin(app)
    ada.sync(ada.add("rest", day="2026-11-20"))
    ada.client.delete("/api/account")
    rows = [row["fields"]["note"] for space in theo.sync()["spaces"].values() for row in space["rows"]]
    assert rows == ["mine"]


def test_a_shared_ladder_is_gone_for_the_therapist_too(app, theo):
    ada = begin(app)
    space = new_id()
    ada.sync(ada.edit("add", "ladder", new_id(), space, title="外へ", position="a0"))
    let_in(app, theo.person, space, "proposer")
    assert space in theo.sync()["spaces"]
    ada.client.delete("/api/account")
    assert theo.sync(**{space: 1})["spaces"][space] == {"gone": True}


def test_an_old_copy_of_a_row_can_be_opened_by_nobody(app):
    ada = begin(app)
    ada.sync(ada.add("rest", day="2026-11-20", note="雨"))
    vault = app.extensions["ippo"].vault
    with app.app_context():
        row = connection().execute(text("SELECT space_id, id, sealed FROM synced_row WHERE kind = 'rest'")).first()
        wrapped = connection().execute(text("SELECT key_wrapped FROM person")).scalar()
    key = vault.opener(ada.person, bytes(wrapped))
    assert "雨" in key.open(bytes(row.sealed), "synced_row", row.space_id, row.id)
    ada.client.delete("/api/account")
    again = vault.opener(ada.person, vault.new_person_key(ada.person))
    with pytest.raises(Unopenable):
        again.open(bytes(row.sealed), "synced_row", row.space_id, row.id)


def test_the_same_name_is_free_again(app):
    ada = begin(app)
    give_password(ada, "ada")
    ada.client.delete("/api/account")
    give_password(begin(app), "ada")


def test_the_key_is_gone_from_the_files_too(app, settings, engine_name):
    if engine_name != "sqlite":
        pytest.skip("PostgreSQL rewrites its pages by itself, in its own time")
    ada = begin(app)
    ada.sync(ada.add("rest", day="2026-11-20", note="雨"))
    with app.app_context():
        wrapped = bytes(connection().execute(text("SELECT key_wrapped FROM person")).scalar())
        sealed = bytes(connection().execute(text("SELECT sealed FROM synced_row WHERE kind = 'rest'")).scalar())

    def kept(secret):
        return [path.name for path in settings.data.glob("ippo.db*") if secret in path.read_bytes()]

    assert kept(wrapped) != []
    assert kept(sealed) != []
    ada.client.delete("/api/account")
    assert kept(wrapped) == kept(sealed) == []


def lingers(settings, secret):
    return [path.name for path in settings.data.glob("ippo.db*") if secret in path.read_bytes()]


def wrapped_key(app, person):
    with app.app_context():
        found = connection().execute(text("SELECT key_wrapped FROM person WHERE id = :id"), {"id": person})
        return bytes(found.scalar())


def test_a_key_that_a_reader_held_in_the_log_is_gone_at_the_clocks_next_tick(app, settings, engine_name):
    if engine_name != "sqlite":
        pytest.skip("PostgreSQL rewrites its pages by itself, in its own time")
    ada = begin(app)
    secret = wrapped_key(app, ada.person)
    reader = sqlite3.connect(settings.data / "ippo.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM person").fetchone()
    assert ada.client.delete("/api/account").status_code == 200
    assert lingers(settings, secret) != []
    clock = Clock.of(app)
    clock.tick()
    assert lingers(settings, secret) != []
    reader.execute("COMMIT")
    clock.tick()
    assert lingers(settings, secret) == []
    with app.app_context():
        assert connection().execute(text("SELECT name FROM heartbeat WHERE name = 'scrub'")).first() is None
    reader.close()


def test_a_slow_download_holds_nothing_that_another_deletes(app, settings, engine_name, monkeypatch):
    if engine_name != "sqlite":
        pytest.skip("PostgreSQL rewrites its pages by itself, in its own time")
    monkeypatch.setattr(export, "PAGE", 5)
    monkeypatch.setattr(door, "PIECE", 1)
    ada, ken = begin(app), begin(app)
    ken.sync(*[ken.add("rest", day="2026-11-20", note=str(n)) for n in range(20)])
    secret = wrapped_key(app, ada.person)
    pieces = ken.client.get("/api/export", buffered=False).iter_encoded()
    begun = b"".join(next(pieces) for _ in range(4))
    with ThreadPoolExecutor() as elsewhere:  # in this thread the download's own context is still open
        assert elsewhere.submit(ada.client.delete, "/api/account").result(20).status_code == 200
    assert lingers(settings, secret) == []
    document = json.loads(begun + b"".join(pieces))
    assert len([row for space in document["spaces"] for row in space["rows"] if row["kind"] == "rest"]) == 20


@pytest.mark.parametrize(("looks", "moment", "told"), [("", "incomplete", 200), ("/{}", "page", 404)])
def test_a_desk_that_is_just_asked_about_somebody_who_leaves_is_answered(app, monkeypatch, looks, moment, told):
    ada, theo, ben = begin(app), enter(app, "therapist"), begin(app)
    consent = link(ada, theo, {}, entries="all")["id"]
    link(ben, theo, {}, entries="all")
    asked = getattr(desk, moment)

    def leaves(*about):
        found = asked(*about) if moment == "incomplete" else None
        with ThreadPoolExecutor() as phone:
            assert phone.submit(ada.client.delete, "/api/account").result().status_code in {200, 401}
        return asked(*about) if found is None else found

    monkeypatch.setattr(desk, moment, leaves)
    answer = theo.client.get("/api/people" + looks.format(consent))
    assert answer.status_code == told
    assert told == 404 or [one["state"] for one in answer.get_json()["people"]] == ["confirmed"]
