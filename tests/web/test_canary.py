"""The canary: a word nobody else knows in every text field, and then a look wherever it has no business to be.

Reliability T20 and T17: not in logs, not in addresses, not in a push, not in anybody else's answers, and not in the raw
files of the database.
"""

import logging
import re
from pathlib import Path

import pytest
from sqlalchemy import text

from exposure.db import connection, is_postgres
from exposure.kinds import KINDS
from exposure.web import history
from tests.conftest import enter, new_id
from tests.dispatching import Post
from tests.linking import accept, agree, invite, withdraw
from tests.push_service import PushService
from tests.web.people import begin, beginning

# Texts that are codes: each of a closed set, so that they tell nothing of their own.
CODES = {
    "setting": {"today_day", "country", "reminder_offer", "away_until"},
    "diary": {"day", "sharing"},
    "checkin": {"day", "about", "harder", "sharing"},
    "support": {"sort", "position"},
    "plan": {"sharing"},
    "attempt": {"outcome", "zone", "sharing"},
    "rest": {"day", "source", "sharing"},
    "reminder": {"time", "zone"},
    "answer": {"day", "choice"},
    "ladder": {"position"},
    "step": {"position", "from_library", "form", "turned"},
    "note": set(),
    "comment": {"target_kind"},
    "idea": {"time", "state"},
    "message": set(),
}
ALONE = {"diary", "checkin", "support", "plan"}
SHARED = {"ladder", "step", "comment", "idea", "message"}


class Nest:
    """Where every canary was put."""

    def __init__(self):
        self.birds = {}

    def bird(self, place):
        self.birds[place] = f"canary{new_id().replace('-', '')[:20]}"
        return self.birds[place]

    def found_in(self, what):
        """The places whose canary is in these bytes."""
        raw = what if isinstance(what, bytes) else str(what).encode()
        # One look for all of them: there may be many megabytes.
        seen = {match.decode() for match in set(re.findall(rb"canary[0-9a-f]{20}|[2-9A-Z]{5}-[2-9A-Z]{5}", raw))}
        return sorted(place for place, bird in self.birds.items() if bird in seen)


def text_fields(kind):
    """The fields of a kind that hold free text, told by what they accept."""
    return [
        name for name, fits in KINDS[kind].fields.items() if name not in CODES[kind] and fits("canary of any words")
    ]


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
    needed = {
        "setting": (ada.space, ada.space, {}),
        "ladder": (ladder, space, {"position": "a0"}),
        "step": (step, space, {"ladder": ladder, "position": "a0"}),
        "attempt": (new_id(), ada.space, {"step": step}),
        "rest": (new_id(), ada.space, {"day": "2026-11-20"}),
        "reminder": (
            new_id(),
            ada.space,
            {"days": [0, 1, 2, 3, 4, 5, 6], "time": "21:01", "zone": "Asia/Tokyo", "on": True},
        ),
        "answer": (new_id(), ada.space, {"reminder": new_id(), "choice": "might"}),
        "diary": (new_id(), ada.space, {"day": "2026-11-20"}),
        "checkin": (new_id(), ada.space, {"day": "2026-11-20", "about": "harder"}),
        "support": (new_id(), ada.space, {}),
        "plan": (new_id(), ada.space, {}),
        "note": (new_id(), ada.space, {"about": new_id()}),
        "comment": (new_id(), space, {"target": step, "target_kind": "step"}),
        "idea": (new_id(), space, {"days": [0], "time": "21:01"}),
        "message": (new_id(), consent["thread"], {}),
    }
    assert set(needed) == {kind for kind in KINDS if not KINDS[kind].made_by_server}
    for turn in ("first", "second"):
        edits = []
        for kind, (target, home, fields) in needed.items():
            words = {name: nest.bird(f"{kind}.{name}.{turn}") for name in text_fields(kind)}
            assert words or kind == "answer", kind  # a choice, without a word to write
            again = {} if KINDS[kind].own_words else fields
            verb, more = ("add", fields) if turn == "first" else ("set", again)
            edits.append(ada.edit(verb, kind, target, home, **words, **more))
        assert [answer["outcome"] for answer in ada.sync(*edits)["answers"]] == ["written"] * len(edits)
    return step, space, consent


def test_every_free_text_of_every_kind_has_its_canary():
    fields = {kind: set(text_fields(kind)) for kind in CODES}
    assert {"happened", "found_out", "guess", "aids", "title"} <= fields["attempt"]
    assert {"title", "hint", "time", "place", "people", "aids", "length"} <= fields["step"]
    assert {"nickname", "anchor_0", "anchor_100"} <= fields["setting"]
    assert {"signs", "helps", "who", "smaller", "words"} <= fields["plan"]
    assert sum(map(len, fields.values())) >= 40


def test_no_canary_is_readable_in_the_files_of_the_database(app, stage, settings, request):
    nest, ada, *_ = stage
    # The look itself can find one: the same bytes, opened with the key, are full of them.
    assert len(nest.found_in(ada.client.get("/api/export").data)) >= 40
    with app.app_context():
        bound = connection()
        if is_postgres(bound):
            bound.execution_options(isolation_level="AUTOCOMMIT").execute(text("CHECKPOINT"))
            folder = request.getfixturevalue("cluster").folder
        else:
            folder = settings.data
    files = [path for path in Path(folder).rglob("*") if path.is_file()]
    assert any(path.stat().st_size > 4096 for path in files)
    found = {path.name: nest.found_in(path.read_bytes()) for path in files}
    assert {name: places for name, places in found.items() if places} == {}


def test_no_canary_is_in_a_log_whatever_goes_wrong(app, stage, caplog, capfd, monkeypatch):
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
    assert nest.found_in(caplog.text + records + said.out + said.err) == []


def test_no_canary_is_in_a_push(stage, clock, service):
    nest, _, post, device, *_ = stage
    clock.pass_by(minutes=5)
    assert post.tick() == {"due": 1, "delivered": 1}
    (seen,) = service.seen
    plain = device.open(seen.body)
    assert b"Ippo" in plain
    assert nest.found_in(plain) == []
    assert nest.found_in(f"{seen.path}{seen.headers}{seen.claims}") == []


def test_no_canary_reaches_anybody_it_was_not_shared_with(app, stage, una):
    nest, ada, _, _, (theo, consent), *_ = stage
    assert heard(app, nest, theo, stage) == SHARED - {"idea"} | {
        "thread",
        "theirs",
        "her name",
    }  # ideas are their maker's
    assert heard(app, nest, una, stage) == set()
    assert heard(app, nest, None, stage) == set()
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
