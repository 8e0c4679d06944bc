"""Two who read one ladder: each gets the owner's and their own, and nobody gets words that were taken back."""

import pytest

from exposure import rows
from tests.conftest import enter, let_in, new_id
from tests.linking import link

BARE = {"archived": True}


@pytest.fixture
def thread(ada, theo, una, ladder):
    """Theo and Una read Ada's ladder; the thread of Ada and Theo."""
    made = link(ada, theo, {ladder.space: "propose"})
    link(ada, una, {ladder.space: "propose"})
    return made["thread"]


def got(actor, space):
    """What somebody who comes for the first time gets: row id -> row."""
    return {row["id"]: row for row in actor.sync(**{space: 0})["spaces"][space]["rows"]}


def of_kind(actor, space, kind):
    return [row for row in got(actor, space).values() if row["kind"] == kind]


def say(actor, ladder, text, target=None, kind="step"):
    target = target or ladder.step
    edit = actor.edit("add", "comment", new_id(), ladder.space, target=target, target_kind=kind, text=text)
    assert actor.sync(edit)["answers"][0]["outcome"] == "written"
    return edit["target"]


def propose(actor, ladder, title):
    edit = actor.change("step", ladder.step, ladder.space, title=title, base={"title": 1})
    assert actor.sync(edit)["answers"][0]["outcome"] == "kept"


def remembered(actor, row):
    return actor.client.get(f"/api/history/{row}")


def news(therapist):
    return therapist.client.get("/api/people").get_json()["people"][0]["news"]


def looks(ada):
    return [line["what"] for line in ada.client.get("/api/visits").get_json()["visits"]]


def test_a_message_taken_back_before_it_was_read_brings_no_word(ada, theo, thread):
    for writer, reader in ((ada, theo), (theo, ada)):
        edit = writer.edit("add", "message", new_id(), thread, text="はじめの言葉")
        message = edit["target"]
        writer.sync(edit, writer.change("message", message, thread, text="ことば"))
        assert got(reader, thread)[message]["fields"]["text"] == "ことば"
        assert remembered(reader, message).get_json()["edits"] == []  # said differently first: its author's alone
        writer.sync(writer.change("message", message, thread, archived=True))
        assert got(reader, thread)[message]["fields"] == BARE
        assert remembered(reader, message).get_json()["edits"] == []
        assert got(writer, thread)[message]["fields"]["text"] == "ことば"
        assert len(remembered(writer, message).get_json()["edits"]) == 3
        writer.sync(writer.change("message", message, thread, archived=False))
        assert got(reader, thread)[message]["fields"]["text"] == "ことば"


def test_a_comment_is_its_authors_and_the_owners_until_it_is_taken_back(ada, theo, thread, ladder):
    theirs, hers = say(theo, ladder, "テオより"), say(ada, ladder, "わたしから")
    assert len(remembered(ada, theirs).get_json()["edits"]) == 1
    assert remembered(theo, hers).get_json()["edits"] == []
    ada.sync(*(ada.change("comment", one, ladder.space, archived=True) for one in (theirs, hers)))
    assert got(theo, ladder.space)[hers]["fields"] == BARE
    assert got(theo, ladder.space)[theirs]["fields"]["text"] == "テオより"  # one's own stays one's own
    assert got(ada, ladder.space)[theirs]["fields"]["text"] == "テオより"  # she put it away, and may bring it back
    second = say(theo, ladder, "いいえ")
    theo.sync(theo.change("comment", second, ladder.space, archived=True))
    assert got(ada, ladder.space)[second]["fields"] == BARE
    assert remembered(ada, second).get_json()["edits"] == []
    for archived in (True, False):  # nor does she get at it by putting it away, or bringing it back, herself
        again = ada.change("comment", second, ladder.space, archived=archived)
        assert ada.sync(again)["answers"][0]["outcome"] == "written"
        assert got(ada, ladder.space)[second]["fields"] == BARE


def test_what_was_put_away_comes_bare_and_comes_back_whole(ada, theo, ladder):
    step = ada.edit("add", "step", new_id(), ladder.space, ladder=ladder.id, title="しまった一歩", position="a1")
    comment = say(ada, ladder, "しまった言葉")
    ada.sync(step, ada.change("comment", comment, ladder.space, archived=True))
    ada.sync(ada.change("step", step["target"], ladder.space, archived=True))
    link(ada, theo, {ladder.space: "propose"})
    seen = got(theo, ladder.space)
    assert seen[step["target"]]["fields"] == seen[comment]["fields"] == BARE
    assert seen[step["target"]]["versions"].keys() == {"archived"}
    assert seen[ladder.step]["fields"]["title"] == "窓を開ける"
    ada.sync(ada.change("step", step["target"], ladder.space, archived=False))
    assert got(theo, ladder.space)[step["target"]]["fields"]["title"] == "しまった一歩"


def test_a_step_put_away_has_no_history_for_a_guest(ada, theo, thread, ladder, clock):
    clock.pass_by(days=1)
    ada.sync(ada.change("step", ladder.step, ladder.space, title="べつの言葉"))
    ada.sync(ada.change("step", ladder.step, ladder.space, archived=True))
    assert remembered(theo, ladder.step).get_json()["edits"] == []
    edits = remembered(theo, f"ladder/{ladder.space}").get_json()["edits"]
    assert {edit["target"] for edit in edits} == {ladder.id}
    assert len(remembered(ada, ladder.step).get_json()["edits"]) == 3


def test_a_ladder_put_away_is_not_named_on_the_desk(ada, theo, thread, ladder):
    ada.sync(ada.change("ladder", ladder.id, ladder.space, archived=True))
    (one,) = theo.client.get("/api/people").get_json()["people"]
    assert [(told["space"], told["title"]) for told in one["ladders"]] == [(ladder.space, "")]
    assert got(theo, ladder.space)[ladder.id]["fields"] == BARE


def test_two_who_read_one_ladder_see_nothing_of_each_other(ada, theo, una, thread, ladder, clock):
    clock.pass_by(minutes=11)
    propose(theo, ladder, "テオの案")
    (proposal,) = of_kind(ada, ladder.space, "proposal")
    said = say(theo, ladder, "テオより")
    asked = say(ada, ladder, "テオさん、これは", proposal["id"], "proposal")
    idea = theo.edit("add", "idea", new_id(), ladder.space, days=[1], time="19:00", words="夕方に")
    theo.sync(idea)
    open_to_all = say(ada, ladder, "みなさんへ")
    hidden = {proposal["id"], said, asked, idea["target"]}
    assert news(una) == {"entries": 0, "messages": 0, "comments": 1, "answers": 0}
    assert hidden < got(theo, ladder.space).keys()
    assert got(una, ladder.space).keys() & (hidden | {open_to_all}) == {open_to_all}
    nothing = remembered(una, new_id())
    assert nothing.status_code == 404
    for row in hidden:
        assert (remembered(una, row).status_code, remembered(una, row).data) == (404, nothing.data)
    assert theo.person not in una.client.get(f"/api/history/ladder/{ladder.space}").get_data(as_text=True)


def test_what_another_wrote_stands_there_by_somebody(ada, theo, una, ladder, clock):
    clock.pass_by(minutes=5)
    link(ada, theo, {ladder.space: "write"})
    link(ada, una, {ladder.space: "propose"})
    theo.sync(theo.change("step", ladder.step, ladder.space, title="門まで", base={"title": 1}))
    propose(una, ladder, "玄関まで")
    (proposal,) = of_kind(ada, ladder.space, "proposal")
    taken = ada.change("step", ladder.step, ladder.space, title="玄関まで", base={"title": 9})
    ada.sync(taken | {"took": proposal["id"]}, ada.change("proposal", proposal["id"], ladder.space, state="taken"))
    theo.sync(theo.change("step", ladder.step, ladder.space, hint="ゆっくり", base={}))
    row = got(una, ladder.space)[ladder.step]
    assert row["fields"]["hint"] == "ゆっくり"
    assert (row["writers"]["hint"], row["writers"]["title"]) == ("", ada.person)
    assert got(theo, ladder.space)[ladder.step]["writers"]["hint"] == theo.person
    for path in (ladder.step, f"ladder/{ladder.space}"):
        edits = remembered(una, path).get_json()["edits"]
        assert [one["actor"]["id"] for one in edits] == ["", ada.person, una.person, ""]
        assert edits[1]["changes"][0]["by"] == {"id": una.person}
        theirs = remembered(theo, path).get_json()["edits"]
        assert [one["actor"]["id"] for one in theirs] == [theo.person, ada.person, theo.person]
        assert "by" not in theirs[1]["changes"][0]
        assert len(remembered(ada, path).get_json()["edits"]) >= 4


def test_of_an_edit_that_was_half_kept_another_guest_sees_the_half_that_stands(ada, theo, una, ladder, clock):
    link(ada, theo, {ladder.space: "write"})
    link(ada, una, {ladder.space: "propose"})
    clock.pass_by(minutes=5)
    ada.sync(ada.change("step", ladder.step, ladder.space, title="朝に"))
    half = theo.change("step", ladder.step, ladder.space, title="夜に", place="家", base={"title": 1})
    assert theo.sync(half)["answers"][0]["kept"] == ["title"]
    seen = remembered(una, ladder.step).get_json()["edits"][0]
    assert [(c["field"], c["new"]) for c in seen["changes"]] == [("place", "家")]
    assert (seen["actor"]["id"], seen["outcome"], seen["kept"]) == ("", "written", [])


def test_a_step_that_is_only_proposed_is_read_with_a_line_and_by_its_author_alone(ada, theo, una, thread, ladder):
    step = theo.edit("add", "step", new_id(), ladder.space, ladder=ladder.id, title="あたらしい", position="a1")
    edit = {"v": 1, "device": theo.device, "edits": [step], "blind": True}
    assert theo.client.post("/api/sync", json=edit).get_json()["answers"][0]["outcome"] == "kept"
    before = looks(ada).count("history")
    assert remembered(una, step["target"]).status_code == 404
    assert looks(ada).count("history") == before
    assert len(remembered(theo, step["target"]).get_json()["edits"]) == 1
    assert looks(ada).count("history") == before + 1
    assert len(remembered(ada, step["target"]).get_json()["edits"]) == 1


def test_together_a_guest_sees_the_owner_and_themselves(ada, theo, una, thread, ladder):
    assert ada.client.put(f"/api/together/{ladder.space}", json={}).status_code == 200
    for who in (ada, theo, una):
        assert who.client.put(f"/api/together/{ladder.space}/here", json={"step": None}).status_code == 204
    here = {who.person: who.client.get(f"/api/together/{ladder.space}").get_json()["here"] for who in (ada, theo, una)}
    assert {one["person"] for one in here[ada.person]} == {ada.person, theo.person, una.person}
    assert {one["person"] for one in here[theo.person]} == {ada.person, theo.person}
    assert {one["person"] for one in here[una.person]} == {ada.person, una.person}


def test_pages_go_on_past_rows_that_are_somebody_elses(app, ada, theo, una, thread, ladder, monkeypatch):
    monkeypatch.setattr(rows, "PAGE", 3)
    for n in range(8):
        propose(theo, ladder, f"案{n}")
    last = say(ada, ladder, "おわり")
    seen, cursor, turns = set(), 0, 0
    while True:
        told = una.sync(**{ladder.space: cursor})["spaces"][ladder.space]
        assert told["revision"] > cursor
        seen |= {row["id"] for row in told["rows"]}
        cursor, turns = told["revision"], turns + 1
        if not told["more"]:
            break
    assert seen == {ladder.id, ladder.step, last}
    assert turns > 2
    assert ladder.space not in una.sync(**{ladder.space: cursor})["spaces"]


def test_who_may_only_look_sees_no_more_than_the_others(app, ada, theo, thread, ladder):
    propose(theo, ladder, "テオの案")
    say(theo, ladder, "テオより")
    from_her = say(ada, ladder, "わたしから")
    ken = enter(app, "supporter")
    let_in(app, ken.person, ladder.space, "viewer")
    assert got(ken, ladder.space).keys() == {ladder.id, ladder.step, from_her}


@pytest.mark.parametrize("term", ["propose", "write"])
def test_no_row_of_a_guest_takes_the_place_of_one_of_the_owners_on_their_phone(ada, theo, ladder, term):
    """A phone knows a row by its id alone: a comment with the id of a consent would hide who reads, and its end."""
    tried, shared = new_id(), {ladder.space: term}
    ada.sync(ada.edit("add", "attempt", tried, step=ladder.step, ladder=ladder.id, outcome="did", found_out="風"))
    consent = link(ada, theo, shared, entries="all")
    known = [consent["id"], consent["thread"], tried, ladder.step]
    on = {"target": ladder.step, "target_kind": "step", "text": "見えなくする"}
    idea = {"step": ladder.step, "days": [0], "time": "18:30"}
    step = {"ladder": ladder.id, "title": "見えなくする", "position": "a5"}
    before = ada.client.get("/api/export").get_json()["spaces"]
    for taken in known:
        sent = [("comment", on), ("idea", idea), ("step", step)] if taken != ladder.step else []
        sent = [theo.edit("add", kind, taken, ladder.space, **fields) for kind, fields in sent]
        sent.append(theo.edit("add", "message", taken, consent["thread"], text="見えなくする"))
        said = theo.sync(*sent)["answers"]
        assert {answer["outcome"] for answer in said} == {"refused"}
    assert ada.client.get("/api/export").get_json()["spaces"] == before
    fresh = theo.add("comment", ladder.space, **on)
    assert theo.sync(fresh)["answers"][0]["outcome"] == "written"
    assert theo.sync(fresh)["answers"][0]["outcome"] == "written"
