"""What one says or proposes to somebody else: when it was, and taking it back."""

import json
from typing import Any

import pytest
from flask import Flask

from exposure.db import milliseconds
from exposure.edits import Edit
from exposure.merge import OFFLINE, Row, decide
from tests.conftest import START, Actor, let_in
from tests.test_edit_matrix import (
    ALWAYS,
    EDITOR,
    OWN_WORDS,
    OWNER,
    PROPOSER,
    VIEWER,
    WHO,
    Stage,
    answers,
    told,
)

NOW = milliseconds(START)


@pytest.fixture
def stage(app: Flask) -> Stage:
    return Stage(app)


@pytest.mark.parametrize("role", [EDITOR, PROPOSER, OWNER])
def test_nobody_speaks_to_another_out_of_the_past(stage: Stage, role: str) -> None:
    """A device may have been offline for long, but not since 1970; what an owner brings in keeps its day."""
    actor, week = stage.cast[role], 7 * 24 * 3_600_000
    for kind in OWN_WORDS:
        if role not in WHO[kind].add:
            continue
        for said in (0, NOW - 61 * 24 * 3_600_000, NOW - week):
            edit = stage.adding(kind, actor)
            edit["fields"]["at"] = edit["at"] = said
            assert told(answers(actor, edit)[0]) == "written"
            kept = fields_of(stage, stage.spaces[WHO[kind].space], edit["target"])["at"]
            own = role == OWNER and kind != "message"
            assert abs(kept - (said if own else max(said, NOW - OFFLINE))) < 60_000, (kind, said)


@pytest.mark.parametrize(("role", "name"), [(OWNER, "seen_person"), (EDITOR, "seen_therapist")])
def test_nobody_has_read_what_is_not_written_yet(stage: Stage, role: str, name: str) -> None:
    actor, thread = stage.cast[role], stage.spaces["thread"]
    for said, kept in ((NOW - 5_000, NOW - 5_000), (253_402_300_799_000, NOW), (None, None)):
        edit = actor.edit("set", "thread", thread, thread, **{name: said})
        assert told(answers(actor, edit)[0]) == "written"
        assert fields_of(stage, thread, thread)[name] == pytest.approx(kept, abs=60_000)


def fields_of(stage: Stage, space: str, row: str) -> dict[str, Any]:
    rows = stage.ada.sync()["spaces"][space]["rows"]
    found: dict[str, Any] = next(one["fields"] for one in rows if one["id"] == row)
    return found


def proposed(stage: Stage, actor: Actor, title: str) -> str:
    """A wording of theirs that waits beside the step's."""
    edit = actor.change("step", stage.step, stage.spaces["ladder"], title=title)
    assert told(answers(actor, edit)[0]) == "kept"
    rows = stage.ada.sync()["spaces"][stage.spaces["ladder"]]["rows"]
    return str(next(r["id"] for r in rows if r["kind"] == "proposal" and r["fields"]["value"] == title))


def state(stage: Stage, actor: Actor, proposal: str, value: str, **more: Any) -> str:
    """What is said of an edit of this proposal's state, made on no base at all."""
    edit = actor.edit("set", "proposal", proposal, stage.spaces["ladder"], state=value) | more
    return told(answers(actor, edit)[0])


@pytest.mark.parametrize("waits", ["open", "asked"])
def test_a_proposal_is_its_authors_to_take_back_while_it_waits(stage: Stage, waits: str) -> None:
    theo, una, space = stage.cast[PROPOSER], stage.cast["therapist"], stage.spaces["ladder"]
    let_in(stage.app, una.person, space, PROPOSER)
    mine = proposed(stage, theo, "mine")
    assert state(stage, stage.ada, mine, waits) == "written"
    for value in ("taken", "asked", "open"):
        assert state(stage, theo, mine, value) == "refused not_allowed"
    assert state(stage, theo, mine, "left", fields={"state": "left", "value": "x"}) == "refused not_allowed"
    assert [state(stage, one, mine, "left") for one in (una, stage.cast[EDITOR], stage.cast[VIEWER])] == [
        "refused not_allowed"
    ] * 3
    assert fields_of(stage, space, mine)["state"] == waits
    assert state(stage, theo, mine, "left") == "written"
    assert fields_of(stage, space, mine)["state"] == "left"
    assert [state(stage, theo, mine, value) for value in ("left", "open")] == ["refused not_allowed"] * 2


def test_what_the_owner_decided_is_not_taken_back(stage: Stage) -> None:
    theo, space = stage.cast[PROPOSER], stage.spaces["ladder"]
    for decided in ("taken", "left"):
        mine = proposed(stage, theo, f"to be {decided}")
        assert state(stage, stage.ada, mine, decided) == "written"
        assert state(stage, theo, mine, "left") == "refused not_allowed"
        assert fields_of(stage, space, mine)["state"] == decided


def test_taken_while_it_is_taken_back_it_is_taken_and_says_whose_words_they_were(stage: Stage) -> None:
    theo, space = stage.cast[PROPOSER], stage.spaces["ladder"]
    mine = proposed(stage, theo, "both at once")
    before = sum(row["kind"] == "proposal" for row in stage.ada.sync()["spaces"][space]["rows"])
    assert state(stage, theo, mine, "left") == "written"
    taking = stage.ada.change("step", stage.step, space, title="both at once")
    taking |= {"took": mine, "base": {"title": ALWAYS}}
    assert told(answers(stage.ada, taking)[0]) == "written"
    assert state(stage, stage.ada, mine, "taken") == "written"
    assert fields_of(stage, space, mine)["state"] == "taken"
    assert fields_of(stage, space, stage.step)["title"] == "both at once"
    assert sum(row["kind"] == "proposal" for row in stage.ada.sync()["spaces"][space]["rows"]) == before
    history = stage.ada.client.get(f"/api/history/{stage.step}").get_json()
    assert theo.person in json.dumps(history)


@pytest.mark.parametrize("undo", [True, False])
def test_an_undo_takes_nothing_back_that_somebody_else_has_written_since(undo: bool) -> None:
    fields, writers = {"title": "theirs since", "hint": "mine"}, {"title": "theo", "hint": "ada"}
    row = Row("r", "s", "step", fields, {"title": 3, "hint": 2}, writers)
    wished, base = {"title": "before", "hint": ""}, {"title": 2, "hint": 2}
    asked = Edit("e", "s", "step", "r", "set", wished, base, 0, undo=undo)
    decision = decide(asked, row, "owner", "ada")
    assert decision.writes == ({"hint": ""} if undo else {"title": "before", "hint": ""})
    assert [loss.value for loss in decision.losses] == ([] if undo else ["theirs since"])
