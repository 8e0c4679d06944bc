"""The history of a step and of a ladder: who, what, when, old and new; a guest reads from the day they were let in."""

import pytest

from exposure import history
from tests.conftest import let_in, new_id


def told(actor, path):
    answer = actor.client.get(path)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_json()


def of_ladder(actor, ladder, before=""):
    return told(actor, f"/api/history/ladder/{ladder.space}" + (f"?before={before}" if before else ""))


def summed(edits):
    """Newest first: (verb, kind, field, previous, new) of every change."""
    return [
        (edit["verb"], edit["kind"], change["field"], change["previous"], change["new"])
        for edit in edits
        for change in edit["changes"]
    ]


def test_the_history_of_a_ladder_tells_who_changed_which_step_and_what_stood_there(app, ada, theo, ladder, clock):
    let_in(app, theo.person, ladder.space, "editor")
    clock.pass_by(minutes=5)
    theo.sync(theo.change("step", ladder.step, ladder.space, title="門まで歩く", base={"title": 1}))
    clock.pass_by(minutes=5)
    ada.sync(ada.change("ladder", ladder.id, ladder.space, wish="パンを買う", base={"wish": 1}))
    edits = of_ladder(ada, ladder)["edits"]
    assert summed(edits[:2]) == [
        ("set", "ladder", "wish", None, "パンを買う"),
        ("set", "step", "title", "窓を開ける", "門まで歩く"),
    ]
    assert [(edit["target"], edit["actor"]["id"]) for edit in edits[:2]] == [
        (ladder.id, ada.person),
        (ladder.step, theo.person),
    ]
    assert edits[0]["at_server"] - edits[1]["at_server"] == 300_000
    assert [(edit["verb"], edit["kind"]) for edit in edits[2:]] == [("add", "step"), ("add", "ladder")]


def test_a_proposal_stands_in_the_history_as_kept_and_its_answer_does_not(app, ada, theo, ladder):
    let_in(app, theo.person, ladder.space, "proposer")
    theo.sync(theo.change("step", ladder.step, ladder.space, title="少し開ける", base={"title": 1}))
    rows = ada.sync(**{ladder.space: 0})["spaces"][ladder.space]["rows"]
    (proposal,) = [row["id"] for row in rows if row["kind"] == "proposal"]
    ada.sync(ada.change("proposal", proposal, ladder.space, state="left"))
    edits = of_ladder(ada, ladder)["edits"]
    assert (edits[0]["outcome"], edits[0]["kept"]) == ("kept", ["title"])
    assert {edit["kind"] for edit in edits} == {"ladder", "step"}


def test_a_guest_reads_nothing_that_was_said_before_they_were_let_in(app, ada, theo, ladder, clock):
    ada.sync(ada.change("step", ladder.step, ladder.space, title="母に見られずに窓を開ける"))
    ada.sync(ada.change("step", ladder.step, ladder.space, title="朝、窓を開ける"))
    clock.pass_by(days=1)
    let_in(app, theo.person, ladder.space, "proposer")
    assert of_ladder(theo, ladder) == {"edits": [], "before": None}
    assert told(theo, f"/api/history/{ladder.step}") == {"edits": [], "before": None}
    clock.pass_by(days=1)
    ada.sync(ada.change("step", ladder.step, ladder.space, title="夜、窓を開ける"))
    seen = summed(of_ladder(theo, ladder)["edits"])
    assert seen == [("set", "step", "title", "朝、窓を開ける", "夜、窓を開ける")]
    assert seen == summed(told(theo, f"/api/history/{ladder.step}")["edits"])
    assert len(of_ladder(ada, ladder)["edits"]) == 5


def test_pages_of_a_ladder_follow_each_other_without_a_gap_or_a_double(ada, ladder):
    words = [f"{n}" for n in range(history.PAGE + 20)]
    for part in (words[:40], words[40:]):
        ada.sync(*(ada.change("step", ladder.step, ladder.space, title=title) for title in part))
    first = of_ladder(ada, ladder)
    second = of_ladder(ada, ladder, first["before"])
    assert len(first["edits"]) == history.PAGE
    assert second["before"] is None
    titles = [change[4] for change in summed([*first["edits"], *second["edits"]]) if change[0] == "set"]
    assert titles == words[::-1]


@pytest.mark.parametrize("path", ["/api/history/ladder/{}", "/api/history/{}"])
def test_who_has_no_place_there_learns_nothing(app, ada, una, ladder, path):
    missing = una.client.get(path.format(new_id()))
    assert missing.status_code == 404
    for theirs in (ladder.space, ladder.id, ladder.step):
        assert una.client.get(path.format(theirs)).data == missing.data


def test_a_private_space_is_no_ladder(ada):
    ada.sync(ada.add("rest", day="2026-11-21"))
    assert ada.client.get(f"/api/history/ladder/{ada.space}").status_code == 404


def test_a_mark_that_is_none_is_refused_in_a_sentence(ada, ladder):
    answer = ada.client.get(f"/api/history/ladder/{ladder.space}?before=1")
    assert answer.status_code == 400
    assert answer.get_json()["detail"]
