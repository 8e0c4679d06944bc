"""Nobody's amount stops the others: what one person may leave in a space, and what finding it costs."""

import pytest

from exposure import room, rows
from exposure.db import connection
from tests.conftest import new_id
from tests.linking import link
from tests.statements import watched


@pytest.fixture
def thread(ada, theo, ladder):
    return link(ada, theo, {ladder.space: "propose"})["thread"]


@pytest.fixture
def step(ada, ladder, thread):
    edit = ada.edit("add", "step", new_id(), ladder.space, ladder=ladder.id, title="一歩", position="a1")
    assert ada.sync(edit)["answers"][0]["outcome"] == "written"
    return edit["target"]


def told(actor, *edits):
    return [one.get("reason", one["outcome"]) for one in actor.sync(*edits)["answers"]]


def waiting(app):
    with app.app_context():
        return connection().execute(room.Waiting.__table__.select()).all()


def proposals(ada, ladder):
    return [r for r in ada.sync()["spaces"][ladder.space]["rows"] if r["kind"] == "proposal"]


def test_a_guest_leaves_so_many_proposals_and_no_more(app, ada, theo, ladder, step, monkeypatch):
    monkeypatch.setattr(room, "MOST_WAITING", 3)
    words = [theo.change("step", step, ladder.space, title=f"no {n}") for n in range(5)]
    assert told(theo, *words) == ["kept"] * 3 + ["many_proposals"] * 2
    both = theo.change("step", step, ladder.space, title="x")
    answer = theo.sync(both)["answers"][0]
    assert (answer["outcome"], answer["reason"]) == ("refused", "many_proposals")
    assert "answered" in answer["detail"] or "返事" in answer["detail"]
    held = proposals(ada, ladder)
    assert len(held) == len(waiting(app)) == 3
    assert told(ada, ada.edit("set", "proposal", held[0]["id"], ladder.space, state="left")) == ["written"]
    assert len(waiting(app)) == 2
    assert told(theo, both | {"id": new_id()}) == ["kept"]
    # The owner is never refused.
    assert told(ada, ada.change("step", step, ladder.space, title="mine")) == ["written"]


def test_the_same_proposal_twice_is_one(ada, theo, ladder, step):
    for _ in range(2):
        one, two = (theo.change("step", step, ladder.space, title="same") for _ in range(2))
        assert told(theo, one, two) == ["kept", "kept"]
    assert len(proposals(ada, ladder)) == 1
    assert told(ada, ada.edit("set", "proposal", proposals(ada, ladder)[0]["id"], ladder.space, state="left"))
    assert told(theo, theo.change("step", step, ladder.space, title="same")) == ["kept"]
    assert len(proposals(ada, ladder)) == 2


def test_a_guest_says_so_much_and_no_more(ada, theo, ladder, step, monkeypatch):
    monkeypatch.setattr(room, "MOST_WORDS", 2)

    def says(actor):
        words = {"target": step, "target_kind": "step", "text": "a word"}
        return told(actor, actor.edit("add", "comment", new_id(), ladder.space, **words))[0]

    assert [says(theo) for _ in range(3)] == ["written", "written", "many_words"]
    assert [says(ada) for _ in range(3)] == ["written"] * 3


def test_nobody_sends_messages_without_number_in_an_hour(ada, theo, thread, clock, monkeypatch):
    monkeypatch.setattr(room, "MOST_MESSAGES", 2)

    def sends(actor, many=1):
        return told(actor, *(actor.edit("add", "message", new_id(), thread, text="a word") for _ in range(many)))

    assert sends(ada, 3) == ["written", "written", "many_messages"]
    assert sends(ada) == ["many_messages"]
    assert sends(theo) == ["written"]
    clock.pass_by(minutes=61)
    assert sends(ada) == ["written"]


def test_so_many_reminders_are_on_and_no_more(ada, una, monkeypatch):
    monkeypatch.setattr(room, "MOST_REMINDERS", 2)

    def reminder(actor, **fields):
        return actor.add("reminder", **({"days": [0], "time": "08:00", "zone": "Asia/Tokyo", "on": True} | fields))

    kept = [reminder(ada) for _ in range(3)]
    assert told(ada, *kept) == ["written", "written", "many_reminders"]
    sleeping = reminder(ada, on=False)
    assert told(ada, sleeping, ada.change("reminder", kept[0]["target"], time="09:00")) == ["written"] * 2
    assert told(ada, ada.change("reminder", sleeping["target"], on=True)) == ["many_reminders"]
    assert told(una, reminder(una)) == ["written"]
    # What is put away gives its room back, within one exchange as well.
    away = ada.change("reminder", kept[1]["target"], archived=True)
    assert told(ada, away, ada.change("reminder", sleeping["target"], on=True), reminder(ada)) == [
        *("written", "written", "many_reminders"),
    ]
    answer = ada.sync(ada.change("reminder", kept[1]["target"], archived=False))["answers"][0]
    assert answer["detail"]


def test_one_wording_costs_the_same_however_many_wait(ada, theo, ladder, step):
    def opened(edit):
        with watched() as seen:
            assert told(theo, edit) in (["missing"], ["kept"])
        return len(seen)

    def cost():
        theo.sync()
        return opened(theo.change("step", new_id(), ladder.space, title="nowhere"))

    few = cost()
    many = [theo.change("step", step, ladder.space, title=f"no {n}") for n in range(150)]
    assert set(told(theo, *many)) == {"kept"}
    loads = []
    real = room.Room.about

    def about(self, edits):
        loads.append(real(self, edits))
        return loads[-1]

    room.Room.about = about
    try:
        assert cost() == few
    finally:
        room.Room.about = real
    assert loads == [set()]


def test_a_desk_reads_no_more_however_much_is_unread(ada, theo, thread, monkeypatch):
    real, read = rows.load, []
    monkeypatch.setattr(rows, "load", lambda bound, wanted, keys: read.append(len(wanted)) or real(bound, wanted, keys))

    def listed():
        read.clear()
        with watched() as seen:
            (one,) = theo.client.get("/api/people").get_json()["people"]
        return one["news"]["messages"], max(read), len(seen)

    for many in (5, 100, 100):
        said = (ada.edit("add", "message", new_id(), thread, text="a word") for _ in range(many))
        assert set(told(ada, *said)) == {"written"}
    listed()
    messages, most, statements = listed()
    assert messages == 21
    assert most <= 60
    said = (ada.edit("add", "message", new_id(), thread, text="a word") for _ in range(90))
    assert set(told(ada, *said)) == {"written"}
    assert listed() == (messages, most, statements)


def test_what_was_said_is_found_by_its_index(app, ada, theo, thread, engine_name):
    if engine_name == "postgresql":
        pytest.skip("PostgreSQL chooses by what is in the table")
    with app.app_context():
        plan = connection().exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT target FROM edit WHERE edit.kind IN ('comment', 'idea', 'message', 'proposal')"
            " AND space_id = ? AND actor_id = ? AND kind = ? AND at_server > 0 ORDER BY at_server DESC LIMIT 42",
            (thread, ada.person, "message"),
        )
        assert "edit_said" in str(plan.all())
