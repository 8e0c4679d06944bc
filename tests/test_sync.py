"""What becomes of edits: applied once, found through the person, nobody's words lost."""

from tests.conftest import let_in, new_id


def rows_of(reply, space):
    return {row["id"]: row for row in reply["spaces"].get(space, {"rows": []})["rows"]}


def test_an_added_row_comes_back_on_the_next_pull(ada):
    attempt = ada.add("attempt", step=new_id(), guess="声が震える", before=60)
    reply = ada.sync(attempt)
    assert reply["answers"] == [{"id": attempt["id"], "outcome": "written"}]
    row = rows_of(reply, ada.space)[attempt["target"]]
    assert row["fields"]["guess"] == "声が震える"
    assert row["revision"] == 1
    assert "versions" not in row


def test_a_repeated_edit_is_applied_once_and_answered_alike(ada):
    rest = ada.add("rest", day="2026-11-21", note="ひと休み")
    first = ada.sync(rest, rest)
    again = ada.sync(rest)
    assert first["answers"] == [{"id": rest["id"], "outcome": "written"}] * 2
    assert again["answers"] == first["answers"][:1]
    assert again["spaces"][ada.space]["revision"] == 1


def test_a_refused_edit_does_not_stop_those_behind_it(ada):
    bad = ada.add("attempt", step="not an id")
    good = ada.add("rest", day="2026-11-21")
    reply = ada.sync(bad, good)
    assert [answer["outcome"] for answer in reply["answers"]] == ["refused", "written"]
    assert reply["answers"][0]["reason"] == "unfit"
    assert reply["answers"][0]["detail"]
    assert ada.sync(bad)["answers"][0]["reason"] == "unfit"


def test_a_stranger_learns_nothing_of_a_space_or_a_row(ada, una, ladder):
    theirs = una.change("step", ladder.step, ladder.space, title="x")
    nowhere = una.change("step", new_id(), new_id(), title="x")
    reply = una.sync(theirs, nowhere, **{ladder.space: 0})
    first, second = reply["answers"]
    assert first["reason"] == second["reason"] == "no_space"
    assert reply["spaces"][ladder.space] == {"gone": True}


def test_a_therapist_who_lost_the_race_leaves_a_proposal(app, ada, theo, ladder):
    let_in(app, theo.person, ladder.space, "editor")
    ada.sync(ada.change("step", ladder.step, ladder.space, title="玄関に立つ"))
    late = theo.change("step", ladder.step, ladder.space, title="門まで歩く", base={"title": 1})
    reply = theo.sync(late)
    assert reply["answers"] == [{"id": late["id"], "outcome": "kept", "kept": ["title"]}]
    rows = rows_of(ada.sync(**{ladder.space: 0}), ladder.space)
    assert rows[ladder.step]["fields"]["title"] == "玄関に立つ"
    (proposal,) = [row["fields"] for row in rows.values() if row["kind"] == "proposal"]
    assert proposal["value"] == "門まで歩く"
    assert (proposal["by"], proposal["state"], proposal["conflict"]) == (theo.person, "open", True)


def test_the_owner_is_written_and_the_words_overwritten_become_a_proposal(app, ada, theo, ladder):
    let_in(app, theo.person, ladder.space, "editor")
    theo.sync(theo.change("step", ladder.step, ladder.space, title="門まで歩く", base={"title": 1}))
    reply = ada.sync(ada.change("step", ladder.step, ladder.space, title="玄関に立つ", base={"title": 1}))
    assert reply["answers"][0]["outcome"] == "written"
    rows = rows_of(ada.sync(**{ladder.space: 0}), ladder.space)
    assert rows[ladder.step]["fields"]["title"] == "玄関に立つ"
    (proposal,) = [row["fields"] for row in rows.values() if row["kind"] == "proposal"]
    assert (proposal["value"], proposal["by"]) == ("門まで歩く", theo.person)


def test_taking_back_leaves_alone_what_somebody_else_has_written_since(app, ada, theo, ladder):
    let_in(app, theo.person, ladder.space, "editor")
    ada.sync(ada.change("step", ladder.step, ladder.space, title="玄関に立つ", base={"title": 1, "position": 1}))
    known = rows_of(theo.sync(**{ladder.space: 0}), ladder.space)[ladder.step]["versions"]
    theo.sync(theo.change("step", ladder.step, ladder.space, title="門まで歩く", position="b0", base=known))
    seen = {"title": 1, "position": 1}
    back = ada.change("step", ladder.step, ladder.space, title="窓を開ける", position="a0", base=seen)
    assert ada.sync({**back, "undo": True})["answers"][0]["outcome"] == "written"
    rows = rows_of(ada.sync(**{ladder.space: 0}), ladder.space)
    assert (rows[ladder.step]["fields"]["title"], rows[ladder.step]["fields"]["position"]) == ("門まで歩く", "b0")
    assert [row for row in rows.values() if row["kind"] == "proposal"] == []


def test_taking_back_ones_own_words_needs_no_more_than_before(ada, ladder):
    ada.sync(ada.change("step", ladder.step, ladder.space, title="玄関に立つ", base={"title": 1}))
    back = ada.change("step", ladder.step, ladder.space, title="窓を開ける", base={"title": 1})
    ada.sync({**back, "undo": True})
    rows = rows_of(ada.sync(**{ladder.space: 0}), ladder.space)
    assert rows[ladder.step]["fields"]["title"] == "窓を開ける"


def test_an_undo_that_is_neither_yes_nor_no_is_refused(ada, ladder):
    odd = {**ada.change("step", ladder.step, ladder.space, title="x"), "undo": "yes"}
    assert ada.sync(odd)["answers"][0]["reason"] == "unfit"


def test_a_proposers_change_is_kept_as_a_proposal(app, ada, theo, ladder):
    let_in(app, theo.person, ladder.space, "proposer")
    edit = theo.change("step", ladder.step, ladder.space, title="少し開ける", base={"title": 1})
    assert theo.sync(edit)["answers"][0]["outcome"] == "kept"
    rows = rows_of(ada.sync(**{ladder.space: 0}), ladder.space)
    assert rows[ladder.step]["fields"]["title"] == "窓を開ける"


def test_a_viewer_changes_nothing(app, ada, theo, ladder):
    let_in(app, theo.person, ladder.space, "viewer")
    reply = theo.sync(theo.change("step", ladder.step, ladder.space, title="x"))
    assert reply["answers"][0]["reason"] == "not_allowed"


def test_the_position_goes_to_whoever_came_last(app, ada, theo, ladder):
    let_in(app, theo.person, ladder.space, "editor")
    ada.sync(ada.change("step", ladder.step, ladder.space, position="a5", base={"position": 1}))
    reply = theo.sync(theo.change("step", ladder.step, ladder.space, position="a3", base={"position": 1}))
    assert reply["answers"][0]["outcome"] == "written"
    assert rows_of(ada.sync(**{ladder.space: 0}), ladder.space)[ladder.step]["fields"]["position"] == "a3"


def test_nothing_new_is_a_short_answer(ada):
    ada.sync(ada.add("rest", day="2026-11-21"))
    answer = ada.client.post("/api/sync", json={"v": 1, "device": ada.device, "cursors": {ada.space: 1}, "edits": []})
    assert answer.get_json()["spaces"] == {}
    assert len(answer.data) < 100


def test_a_long_history_arrives_in_pages_that_never_split_a_revision(ada):
    for _ in range(11):
        ada.sync(*(ada.add("rest", day="2026-11-21") for _ in range(200)))
    first = ada.sync()["spaces"][ada.space]
    assert (len(first["rows"]), first["revision"], first["more"]) == (2000, 10, True)
    second = ada.sync(**{ada.space: first["revision"]})["spaces"][ada.space]
    assert (len(second["rows"]), second["revision"], second["more"]) == (200, 11, False)
    assert len({row["id"] for row in first["rows"] + second["rows"]}) == 2200


def test_a_private_row_does_not_live_in_a_ladder_space(ada, ladder):
    reply = ada.sync(ada.edit("add", "rest", new_id(), ladder.space, day="2026-11-21"))
    assert reply["answers"][0]["reason"] == "no_space"


def test_a_space_that_somebody_has_is_not_opened_again(una, ladder):
    reply = una.sync(una.edit("add", "ladder", new_id(), ladder.space, title="mine"))
    assert reply["answers"][0]["reason"] == "no_space"
    assert ladder.space not in reply["spaces"]


def test_a_base_from_the_future_counts_as_the_newest_and_no_further(app, ada, theo, ladder):
    let_in(app, theo.person, ladder.space, "editor")
    ada.sync(ada.change("step", ladder.step, ladder.space, title="玄関に立つ"))
    ahead = theo.change("step", ladder.step, ladder.space, title="門まで歩く", base={"title": 99})
    ada.sync(ada.change("step", ladder.step, ladder.space, title="窓辺に立つ"))
    reply = theo.sync(ahead)
    assert reply["answers"][0]["outcome"] == "written"  # as if it had seen the newest, and no further
    rows = rows_of(ada.sync(**{ladder.space: 0}), ladder.space)
    assert rows[ladder.step]["versions"]["title"] == 4


def test_an_editor_puts_no_step_on_a_ladder_of_another_space(app, ada, theo, ladder):
    let_in(app, theo.person, ladder.space, "editor")
    other = new_id()
    ada.sync(ada.edit("add", "ladder", other, new_id(), title="ほかの", position="a0"))
    stray = theo.edit("add", "step", new_id(), ladder.space, ladder=other, title="x", position="a0")
    assert theo.sync(stray)["answers"][0]["reason"] == "missing"
    at_home = theo.edit("add", "step", new_id(), ladder.space, ladder=ladder.id, title="x", position="a0")
    assert theo.sync(at_home)["answers"][0]["outcome"] == "written"


def test_six_hundred_ladders_are_refused_in_words_and_the_first_five_hundred_arrive(ada):
    answers = []
    for _ in range(3):
        batch = (ada.edit("add", "ladder", new_id(), new_id(), title="x", position="a0") for _ in range(200))
        answers += ada.sync(*batch)["answers"]
    assert [one["outcome"] for one in answers].count("written") == 499
    assert {one["reason"] for one in answers if one["outcome"] == "refused"} == {"full"}
    cursors: dict[str, int] = {}
    for _ in range(5):
        spaces = ada.sync(**cursors)["spaces"]
        cursors |= {space: one["revision"] for space, one in spaces.items()}
    assert len(cursors) == 500
    assert spaces == {}


def test_a_page_is_bounded_in_bytes_too(ada, monkeypatch):
    monkeypatch.setattr("exposure.rows.PAGE_BYTES", 20_000)
    for _ in range(6):
        ada.sync(*(ada.add("rest", day="2026-11-21", note="ゆ" * 2000) for _ in range(2)))
    first = ada.sync()["spaces"][ada.space]
    assert 0 < len(first["rows"]) < 12
    assert first["more"] is True
    seen, cursor = set(), 0
    for _ in range(12):
        part = ada.sync(**{ada.space: cursor})["spaces"].get(ada.space)
        if part is None:
            break
        seen |= {row["id"] for row in part["rows"]}
        cursor = part["revision"]
    assert len(seen) == 12


def test_a_step_that_waits_to_be_taken_can_be_changed_by_whoever_proposed_it(app, ada, theo, una, ladder):
    for who in (theo, una):
        let_in(app, who.person, ladder.space, "proposer")
    step = new_id()
    add = theo.edit("add", "step", step, ladder.space, ladder=ladder.id, title="門まで", position="a5")
    reworded = theo.change("step", step, ladder.space, title="門の前まで", position="a5")
    first = theo.sync(add, reworded)["answers"]
    assert [(one["outcome"], one["kept"]) for one in first] == [("kept", [""]), ("kept", ["title"])]
    assert theo.sync(theo.change("step", step, ladder.space, predicted=30))["answers"][0]["kept"] == ["predicted"]
    # Somebody else's waiting step is not there for others, nor is one that was left.
    assert una.sync(una.change("step", step, ladder.space, title="x"))["answers"][0]["reason"] == "missing"
    assert ada.sync(ada.change("step", step, ladder.space, title="x"))["answers"][0]["reason"] == "missing"
    rows = ada.sync()["spaces"][ladder.space]["rows"]
    whole = next(row["id"] for row in rows if row["kind"] == "proposal" and row["fields"]["field"] == "")
    ada.sync(ada.change("proposal", whole, ladder.space, state="left"))
    assert theo.sync(theo.change("step", step, ladder.space, title="x"))["answers"][0]["reason"] == "missing"
