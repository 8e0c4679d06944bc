"""What is new since a therapist last looked: counted where others spoke, and no longer new once it was looked at."""

import pytest

from tests.conftest import new_id
from tests.linking import agree, link
from tests.web.test_people import NOTHING, attempt, listed, page


@pytest.fixture
def consent(ada, theo, ladder):
    return link(ada, theo, {ladder.space: "propose"}, entries="all")["id"]


def test_last_look_is_the_look_before_this_one(ada, theo, consent, clock):
    assert page(theo, consent)["last_look"] is None
    first = clock()
    clock.pass_by(minutes=5)
    assert page(theo, consent)["last_look"] is None  # the same look, going on
    second = clock()
    clock.pass_by(hours=1)
    assert page(theo, consent)["last_look"] == int(second.timestamp() * 1000)
    assert first < second


def test_messages_comments_and_answers_are_news(ada, theo, ladder, consent, clock):
    thread = listed(theo)[0]["thread"]
    theo.sync()
    clock.pass_by(minutes=11)
    theo.sync(theo.change("step", ladder.step, ladder.space, title="窓を少し開ける"))
    rows = ada.sync()["spaces"][ladder.space]["rows"]
    (proposal,) = (row["id"] for row in rows if row["kind"] == "proposal")
    theo.sync()
    theo.sync(theo.edit("add", "message", new_id(), thread, text="じぶんのことば"))
    clock.pass_by(minutes=1)
    ada.sync(
        ada.edit("add", "message", new_id(), thread, text="こんばんは"),
        ada.edit("add", "message", new_id(), thread, text="もうひとつ"),
        ada.edit("add", "comment", new_id(), ladder.space, target=ladder.step, target_kind="step", text="どうかな"),
        ada.change("proposal", proposal, ladder.space, state="asked"),
    )
    assert listed(theo)[0]["news"] == {"entries": 0, "messages": 2, "comments": 1, "answers": 1}
    clock.pass_by(minutes=1)
    theo.sync()
    assert listed(theo)[0]["news"] == NOTHING


def test_together_and_writing_are_told(ada, theo, ladder, consent, clock):
    answer = ada.client.put(f"/api/together/{ladder.space}", json={})
    (one,) = listed(theo)
    assert one["together"] == answer.get_json()["until"]
    assert one["ladders"][0]["role"] == "editor"
    clock.pass_by(hours=2)
    (one,) = listed(theo)
    assert (one["together"], one["ladders"][0]["role"]) == (None, "proposer")


def test_the_page_names_what_the_list_counted_however_long_ago_it_happened(ada, theo, ladder, consent, clock):
    old, secret = attempt(ada, ladder, found_out="前から"), attempt(ada, ladder, sharing="private")
    ada.sync(old)
    assert page(theo, consent)["fresh"] == []  # a first look: all of it is new
    clock.pass_by(minutes=11)
    late, rest = attempt(ada, ladder), ada.add("rest", day="2025-11-20")  # an offline phone brings what was long ago
    ada.sync(late, rest, secret)
    assert listed(theo)[0]["news"]["entries"] == 2
    assert set(page(theo, consent)["fresh"]) == {late["target"], rest["target"]}
    clock.pass_by(minutes=5)
    assert len(page(theo, consent)["fresh"]) == 2  # the same look, going on
    clock.pass_by(minutes=11)
    assert page(theo, consent)["fresh"] == []


@pytest.mark.parametrize("unseen", [{"looked_back": "誰にも"}, {"book": "kept"}, {"ready_answer": "no"}], ids=str)
def test_what_nobody_is_told_of_is_no_news_when_all_is_shown_again(ada, theo, ladder, consent, clock, unseen):
    seen, changed = attempt(ada, ladder), attempt(ada, ladder)
    ada.sync(seen, changed)
    page(theo, consent)
    clock.pass_by(hours=1)
    ada.sync(
        ada.change("attempt", seen["target"], **unseen), ada.change("attempt", changed["target"], after=20, **unseen)
    )
    clock.pass_by(minutes=5)
    ada.sync(ada.change("attempt", changed["target"], **unseen))
    assert listed(theo)[0]["news"]["entries"] == 1
    agree(ada, consent, {ladder.space: "propose"}, entries="none")
    agree(ada, consent, {ladder.space: "propose"}, entries="all")
    assert listed(theo)[0]["news"]["entries"] == 1
    assert page(theo, consent)["fresh"] == [changed["target"]]
