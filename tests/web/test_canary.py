"""The canary: a word nobody else knows in every text field, and then a look wherever it has no business to be.

Reliability T20 and T17: not in logs, not in addresses, not in a push, not in anybody else's answers, and not in the raw
files of the database.
"""

import logging
import re
from pathlib import Path

import pytest
from sqlalchemy import text

from exposure import backups, watch
from exposure.db import connection, is_postgres
from exposure.web import history
from tests.conftest import enter, new_id
from tests.dispatching import Post
from tests.linking import accept, agree, invite, withdraw
from tests.nest import CODES, Nest, text_fields
from tests.nest import rows as nest_of
from tests.push_service import PushService
from tests.web.people import begin, beginning

ALONE = {"diary", "checkin", "support", "plan"}
SHARED = {"ladder", "step", "comment", "idea", "message"}


@pytest.fixture
def service():
    made = PushService()
    yield made
    made.close()


@pytest.fixture
def stage(app, clock, service, caplog):
    """Ada with a canary in everything she could write."""
    caplog.set_level(logging.DEBUG)
    nest = Nest()
    start = beginning(nickname=nest.bird("start.nickname"), device=nest.bird("start.device"))
    ada = begin(app, **start)
    post = Post(app, service, clock)
    device = post.device(ada)
    theo = enter(app, "therapist")
    step, space, links = fill(ada, theo, nest)
    name, password = nest.bird("password.name"), nest.bird("password.password")
    assert ada.client.put("/api/password", json={"name": name, "password": password}).status_code == 200
    phone = app.test_client()
    proof = {"name": name, "password": password, "device": nest.bird("signin.device")}
    assert phone.post("/api/signin", json=proof).status_code == 200
    return nest, ada, post, device, (theo, links), step, space


def read_with(ada, theo, nest, space, ladder):
    """Theo reads with her, and every word he says of himself is a canary, too; so is what opens the door for him."""
    ada.sync(ada.edit("add", "ladder", ladder, space, position="a0"))
    code = invite(ada)
    nest.birds["invitation.code"] = code
    said = {"name": nest.bird("consent.name"), "reads_note": nest.bird("thread.reads_note")}
    consent = agree(ada, accept(theo, code, **said), {space: "propose"})
    theo.sync(
        theo.edit("add", "setting", theo.space, nickname=nest.bird("theirs.nickname")),
        theo.add("note", about=consent["id"], text=nest.bird("theirs.note")),
    )
    return consent


def fill(ada, theo, nest):
    """One row of every kind, a canary in each text; then every text once more with another."""
    ladder, step, space = new_id(), new_id(), new_id()
    consent = read_with(ada, theo, nest, space, ladder)
    needed = nest_of(ada.space, space, ladder, step, consent["thread"])
    for turn in ("first", "second"):
        edits = nest.edits(needed, turn)
        assert [answer["outcome"] for answer in ada.sync(*edits)["answers"]] == ["written"] * len(edits)
    return step, space, consent


def test_every_free_text_of_every_kind_has_its_canary():
    fields = {kind: set(text_fields(kind)) for kind in CODES}
    assert {"happened", "found_out", "guess", "aids", "title"} <= fields["attempt"]
    assert {"title", "hint", "time", "place", "people", "aids", "length"} <= fields["step"]
    assert {"nickname", "anchor_0", "anchor_100"} <= fields["setting"]
    assert {"signs", "helps", "who", "smaller", "words"} <= fields["plan"]
    assert sum(map(len, fields.values())) >= 40


@pytest.mark.promise("Canaries")
def test_no_canary_is_readable_in_the_files_of_the_database(app, stage, settings, request, proof, tmp_path):
    nest, ada, *_ = stage
    # The look itself can find one: the same bytes, opened with the key, are full of them.
    assert len(nest.found_in(ada.client.get("/api/export").data)) >= 40
    badly_made(ada, nest)
    with app.app_context():
        bound = connection()
        if is_postgres(bound):
            bound.execution_options(isolation_level="AUTOCOMMIT").execute(text("CHECKPOINT"))
            folder = request.getfixturevalue("cluster").folder
        else:
            folder = settings.data
    if not settings.database_url:
        backups.back_up(settings, tmp_path / "kept.db")
    files = [path for one in (Path(folder), tmp_path) for path in one.rglob("*") if path.is_file()]
    assert any(path.stat().st_size > 4096 for path in files)
    found = nest.found_below(Path(folder)) | nest.found_below(tmp_path)
    proof.line(
        "A word of a person's in the raw files of the database, its WAL and its backup",
        wanted="0",
        measured=f"{sum(map(len, found.values()))} of {len(nest.birds)} words in {len(files)} files",
    )
    assert found == {}


def badly_made(ada, nest):
    """An app of nobody's sends words where codes belong: the log keeps that something was refused, not what."""
    for part in ("kind", "verb", "target"):
        edit = ada.add("rest", day="2026-11-20") | {part: nest.bird(f"refused.{part}")}
        assert ada.sync(edit)["answers"][0]["outcome"] == "refused"


@pytest.mark.promise("Canaries")
def test_no_canary_is_in_a_log_whatever_goes_wrong(proof, app, stage, caplog, capfd, monkeypatch):
    nest, ada, *_ = stage
    word = nest.bird("wrong.word")
    for path in ("/api/signin", "/api/signin/recovery", "/api/start", "/api/sync", "/api/import"):
        ada.client.post(path, json={"name": word, "password": word, "code": word, "nickname": word})
        ada.client.post(path, data=f'{{"{word}": '.encode(), content_type="application/json")
    refused = ada.sync(
        ada.add("rest", day=word), ada.add("step", new_id(), title=word), ada.add("attempt", happened=word * 500)
    )
    assert [answer["outcome"] for answer in refused["answers"]] == ["refused"] * 3

    def break_down(*_args, **_kwargs):
        raise ValueError(f"could not read {word}")

    monkeypatch.setattr(history.history, "of_row", break_down)
    broken = ada.client.get(f"/api/history/{new_id()}")
    assert broken.status_code == 500
    assert nest.found_in(broken.data) == []
    assert "unforeseen ValueError" in caplog.text
    said = capfd.readouterr()
    records = "".join(str(vars(record)) for record in caplog.records)
    found = nest.found_in(caplog.text + records + said.out + said.err)
    proof.line(
        "A word of a person's in a log, on stderr or in a refusal, with errors forced",
        wanted="0",
        measured=f"{len(found)} of {len(nest.birds)} words in {len(caplog.records)} log records",
    )
    assert found == []


@pytest.mark.promise("Canaries")
def test_no_canary_is_in_a_push_or_in_what_the_house_says_of_itself(stage, clock, service, app, proof):
    nest, _, post, device, *_ = stage
    clock.pass_by(minutes=5)
    assert post.tick() == {"due": 1, "delivered": 1}
    (seen,) = service.seen
    plain = device.open(seen.body)
    assert b"Ippo" in plain
    assert nest.found_in(plain) == []
    told = app.test_client().get("/healthz").data
    with app.app_context():
        told += "\n".join(watch.lines(connection(), clock())).encode()
    assert b"held_up" in told
    found = nest.found_in(plain) + nest.found_in(f"{seen.path}{seen.headers}{seen.claims}") + nest.found_in(told)
    proof.line(
        "A word of a person's in a push, its address and its headers, or in the figures of the house",
        wanted="0",
        measured=f"{len(found)} of {len(nest.birds)} words",
    )
    assert found == []


@pytest.mark.promise("Canaries")
def test_no_canary_reaches_anybody_it_was_not_shared_with(app, stage, una, proof):
    nest, ada, _, _, (theo, consent), *_ = stage
    assert heard(app, nest, theo, stage) == SHARED - {"idea"} | {
        "thread",
        "theirs",
        "her name",
    }  # ideas are their maker's
    strangers = [heard(app, nest, una, stage), heard(app, nest, None, stage)]
    proof.line(
        "Kinds of a person's words in any answer to a therapist with no consent, or to nobody",
        wanted="0",
        measured=f"{sum(map(len, strangers))} of {len(CODES)} kinds",
    )
    assert strangers == [set(), set()]
    assert heard(app, nest, ada, stage) >= SHARED | ALONE | {"consent", "thread", "attempt", "setting"}
    assert "theirs" not in heard(app, nest, ada, stage)
    withdraw(ada, consent["id"])
    assert heard(app, nest, theo, stage) == {"theirs"}


def heard(app, nest, actor, stage):
    """The kinds of words that any answer tells this person, or nobody in particular."""
    _, ada, _, _, (_, consent), step, space = stage
    client = actor.client if actor else app.test_client()
    told = []
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and not str(rule).startswith("/static/") and str(rule) != "/api/live":
            for thing in (step, space, consent["id"], ada.space):
                told.append(client.get(re.sub(r"<uuid:\w+>", thing, str(rule))).data)
                if "<" not in str(rule):
                    break
    asked = {"v": 1, "device": new_id(), "cursors": {space: 0, ada.space: 0, consent["thread"]: 0}, "edits": []}
    told.append(client.post("/api/sync", json=asked).data)
    places = {place for piece in told for place in nest.found_in(piece)}
    return {"her name" if place == "setting.nickname.second" else place.split(".")[0] for place in places}


def test_no_address_of_ours_takes_words(app):
    for rule in app.url_map.iter_rules():
        kinds = set(re.findall(r"<(?:(\w+):)?\w+>", str(rule)))
        assert kinds <= {"uuid", "token"} or str(rule).startswith("/static/"), rule
