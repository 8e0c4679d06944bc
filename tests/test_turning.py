"""The master key turns while people write, is killed in the middle, and nobody's words are lost; the old key opens
nothing any more, and whoever was found by a name, a code or an address is found as before."""

import contextlib
import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from exposure import checkup, keys, keystore
from exposure.app import create_app
from exposure.db import connection, db, writing
from exposure.keys import master_keys
from exposure.people import Person
from exposure.rows import SyncedRow
from exposure.spaces import Membership, Space
from exposure.turning import CannotTurn, HouseKey, turn
from exposure.vault import Unopenable, Vault
from tests.conftest import MASTER, START, new_id
from tests.processes import bare_environment
from tests.web.people import begin, come_in, give_password
from tests.web.test_calendar import opened

ROOT = Path(__file__).resolve().parent.parent
ROWS_EACH = 5
BREATH = 0.05  # seconds: who begins faster than a turner of small batches walks, is never caught up with

pytestmark = pytest.mark.promise("Backup")


@pytest.fixture
def settings(settings):
    """The master key in its file, as a house on one machine has it."""
    return replace(settings, master_key="")


def settle(app, people):
    """So many people, each with a few rows; (space, row) -> the words in it."""
    vault, words = app.extensions["ippo"].vault, {}
    persons, spaces, members, rows = [], [], [], []
    for _ in range(people):
        person, space = new_id(), new_id()
        wrapped = vault.new_person_key(person)
        key = vault.opener(person, wrapped)
        common = {"kind": "person", "language": "ja", "zone": "Asia/Tokyo", "created": START}
        persons.append(common | {"id": person, "key_wrapped": wrapped})
        spaces.append({"id": space, "owner_id": person, "kind": "private", "revision": 1})
        members.append({"id": new_id(), "space_id": space, "person_id": person, "role": "owner", "since": START})
        for number in range(ROWS_EACH):
            row, note = new_id(), f"{person} {number}"
            sealed = key.seal(json.dumps({"day": "2026-11-20", "note": note}), "synced_row", space, row)
            rows.append({"id": row, "space_id": space, "kind": "rest", "revision": 1, "versions": {}, "writers": {},
                         "sealed": sealed})  # fmt: skip
            words[space, row] = note
    with app.app_context(), writing() as bound:
        for model, values in ((Person, persons), (Space, spaces), (Membership, members), (SyncedRow, rows)):
            bound.execute(model.__table__.insert(), values)
    return words


def unreadable(app, words):
    """How many of these rows do not open to the words that were written, in this house."""
    vault, bad = app.extensions["ippo"].vault, 0
    owned = select(Space.id, Person.id, Person.key_wrapped).join(Person, Person.id == Space.owner_id)
    with app.app_context():
        whose = {row[0]: row[1:] for row in connection().execute(owned)}
        found = connection().execute(select(SyncedRow.space_id, SyncedRow.id, SyncedRow.sealed))
        sealed = {(row[0], row[1]): row[2] for row in found}
    for (space, row), note in words.items():
        try:
            key = vault.opener(*whose[space])
            bad += json.loads(key.open(sealed[space, row], "synced_row", space, row))["note"] != note
        except (Unopenable, KeyError):
            bad += 1
    return bad


def opened_by(app, master: bytes) -> int:
    """How many people's keys, and keys of the house, this master key opens."""
    vault, many = Vault(lambda: (master,)), 0
    with app.app_context():
        wrapped = connection().execute(select(Person.id, Person.key_wrapped)).all()
        sealed = connection().execute(select(HouseKey.sealed)).scalars().all()
    ways = [partial(vault.opener, *row) for row in wrapped] + [partial(vault.pepper, one) for one in sealed]
    for way in ways:
        with contextlib.suppress(Unopenable):
            way()
            many += 1
    return many


@dataclass(eq=False)  # a thread is found by its hash
class Pen(threading.Thread):
    """Somebody who writes all the time, in a process that was there before the turning; and people who begin."""

    app: object
    clock: object
    words: dict = field(default_factory=dict)
    wrong: list = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self):
        super().__init__(daemon=True)

    def run(self):
        try:
            while not self.over.is_set():
                self.clock.pass_by(hours=25)  # so many people do not begin at one address in one day
                self.write(begin(self.app, nickname=""))
                self.over.wait(BREATH)
        except Exception as error:  # noqa: BLE001 - told in the test's own thread
            self.wrong.append(error)

    def write(self, ada):
        for _ in range(5):
            edit = ada.add("rest", day="2026-11-20", note=new_id())
            asked = {"v": 1, "device": ada.device, "cursors": {}, "edits": [edit]}
            answer = ada.client.post("/api/sync", json=asked)
            if answer.status_code == 503:  # busy just now; a phone comes again
                continue
            assert answer.get_json()["answers"][0]["outcome"] == "written"
            self.words[edit["space"], edit["target"]] = edit["fields"]["note"]


def turner(settings, where, bug=""):
    command = [sys.executable, "-m", "tests.turner", str(settings.data), settings.database_url, where, bug]
    return subprocess.run(command, cwd=ROOT, env=bare_environment(), capture_output=True, text=True, check=False)


def turned_twice(app, settings, clock, rows, deaths, tick):
    """Turn twice under writes, killed on the way each time; the words there should be, and the old master keys."""
    words, old = settle(app, rows // ROWS_EACH), []
    pen = Pen(app, clock)
    pen.start()
    for there in deaths:
        old.append(master_keys(settings)[0])
        for where in there:
            assert turner(settings, where).returncode == -9, where
            assert unreadable(app, dict(words)) == 0, f"killed at {where}"
            tick()
        later = create_app(settings, now=clock)
        with later.app_context():
            assert turn(settings, later.extensions["ippo"].vault) >= 0
            db.engine.dispose()
        assert len(master_keys(settings)) == 1
    pen.over.set()
    pen.join(30)
    assert pen.wrong == []
    assert len(pen.words) > 10, "nobody wrote meanwhile"
    return words | pen.words, old


QUICK = [["batch"], ["last"]]
FULL = [["ring", "batch", "last"], ["batch", "last", "ring"]]


@pytest.mark.parametrize("rows", [600, pytest.param(0, marks=pytest.mark.nightly, id="all")])
def test_the_master_key_turns_twice_under_writes_and_kills(app, settings, clock, proof, rows):
    deaths = QUICK if rows else FULL
    rows = rows or int(os.environ.get("IPPO_TURNED_ROWS", "10000"))
    known = begin(app)
    give_password(known, "ada")
    address = opened(known)
    kills = sum(map(len, deaths))
    with proof.bar("turning", kills) as tick:
        words, old = turned_twice(app, settings, clock, rows, deaths, tick)
    fresh = create_app(settings, now=clock)
    lost, by_old = unreadable(fresh, words), [opened_by(fresh, master) for master in old]
    come_in(fresh, "ada")
    assert fresh.test_client().get(address).status_code == 200
    with fresh.app_context():
        db.engine.dispose()
    proof.line(
        "Rows unreadable after the master key turned twice under writes, killed on the way",
        wanted="0 of 10,000; the old keys open nothing",
        measured=f"{lost} of {len(words):,}, {kills} kills; the old keys opened {sum(by_old)} keys",
    )
    assert (lost, by_old) == (0, [0, 0])


@pytest.mark.nightly
def test_the_proof_finds_an_old_key_that_was_let_go_too_soon(app, settings, clock):
    words = settle(app, 120)
    assert turner(settings, "ring", "hasty").returncode == -9
    assert unreadable(create_app(settings, now=clock), words) == len(words)


def test_a_key_from_the_environment_turns_when_both_are_written_there(app, data, settings, clock):
    one, other = keys.new_master().decode(), MASTER
    words = settle(create_app(replace(settings, master_key=other), now=clock), 3)
    with app.app_context(), pytest.raises(CannotTurn, match="IPPO_MASTER_KEY"):
        turn(replace(settings, master_key=other), app.extensions["ippo"].vault)
    both = replace(settings, master_key=f"{one},{other}")
    house = create_app(both, now=clock)
    with house.app_context():
        assert turn(both, house.extensions["ippo"].vault) == 3
    alone = create_app(replace(settings, master_key=one), now=clock)
    assert unreadable(alone, words) == 0
    assert opened_by(alone, Vault.parse_key(other)) == 0


def test_check_tells_of_a_key_that_is_half_turned(app, settings):
    assert turner(settings, "ring").returncode == -9
    found = checkup.look_at_keys(settings)
    assert (found.well, "exposure rotate" in found.sentence) == (False, True)


def test_the_keys_held_for_backups_turn_too(app, settings):
    words = settle(app, 2)
    with app.app_context():
        wrapped = dict(connection().execute(select(Person.id, Person.key_wrapped)).all())
        keystore.hold(settings, {person: bytes(key) for person, key in wrapped.items()})
        turn(settings, app.extensions["ippo"].vault)
    newest = Vault(lambda: master_keys(settings))
    held = keystore.held(settings)
    assert [newest.opener(person, held[person]) is not None for person in wrapped] == [True, True]
    assert len(words) == 2 * ROWS_EACH
