"""What a therapist is told of the people who let them read: what is open, and of the rest not even a number."""

import json

import pytest

from exposure.shareable import PAGE
from tests.conftest import enter, new_id
from tests.linking import accept, agree, invite, link, withdraw
from tests.statements import watched
from tests.web.people import begin

NOTHING = {"entries": 0, "messages": 0, "comments": 0, "answers": 0}


@pytest.fixture
def consent(ada, theo, ladder):
    """Ada shares her ladder and all entries with Theo."""
    return link(ada, theo, {ladder.space: "propose"}, entries="all")["id"]


def listed(actor):
    answer = actor.client.get("/api/people")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_json()["people"]


def page(actor, consent, before=""):
    answer = actor.client.get(f"/api/people/{consent}{before and f'?before={before}'}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_json()


def ids(told, kind="attempts"):
    return [row["id"] for row in told[kind]]


def attempt(actor, ladder, **fields):
    """A finished attempt at Ada's step, as an edit."""
    said = {"title": "窓を開ける", "outcome": "did", "ended": 1763760000000, "before": 60, "after": 30, **fields}
    return actor.add("attempt", step=ladder.step, ladder=ladder.id, **said)


def everything(*answers):
    """All a therapist was told, as text."""
    return json.dumps(answers, ensure_ascii=False)


def test_the_list_says_who_and_what_and_nothing_about_ranks(app, theo):
    ada = begin(app)
    space, step = new_id(), new_id()
    made = new_id()
    ada.sync(
        ada.edit("add", "ladder", made, space, title="外へ", position="a0"),
        ada.edit("add", "step", step, space, ladder=made, title="窓を開ける", position="a0"),
    )
    told = link(ada, theo, {space: "propose"}, entries="chosen")
    (one,) = listed(theo)
    assert one == {
        "consent": told["id"],
        "state": "confirmed",
        "person": ada.person,
        "name": "あだ",
        "since": told["confirmed"],
        "ladders": [{"space": space, "role": "proposer", "title": "外へ"}],
        "thread": told["thread"],
        "entries": "chosen",
        "together": None,
        "news": NOTHING,
        "last_look": None,
    }


def test_people_stand_in_the_order_they_came_whatever_they_do(app, theo, clock):
    people = []
    for _ in range(3):
        people.append(begin(app))
        link(people[-1], theo, {}, entries="all")
        clock.pass_by(minutes=1)
    people[2].sync(people[2].add("rest", day="2026-11-20"))
    assert [one["person"] for one in listed(theo)] == [one.person for one in people]


def test_before_confirming_nothing_is_told_not_even_a_name(app, theo):
    ada = begin(app)
    ada.sync(ada.add("rest", day="2026-11-20"))
    consent = accept(theo, invite(ada))
    (one,) = listed(theo)
    assert (one["state"], one["person"], one["name"], one["news"]) == ("accepted", None, "", NOTHING)
    assert (one["thread"], one["ladders"], one["entries"]) == (None, [], "none")
    assert "あだ" not in everything(one)
    assert ada.person not in everything(one)
    assert theo.client.get(f"/api/people/{consent}").status_code == 404


def test_a_person_reads_with_nobody(ada, theo, consent):
    assert listed(ada) == []
    assert ada.client.get(f"/api/people/{consent}").status_code == 404


def test_another_therapist_finds_nothing(theo, una, consent):
    assert listed(una) == []
    other, none = una.client.get(f"/api/people/{consent}"), una.client.get(f"/api/people/{new_id()}")
    assert (other.status_code, other.data) == (none.status_code, none.data)
    assert other.status_code == 404


def test_the_page_brings_what_was_tried_and_rested(ada, theo, ladder, consent):
    one, two = attempt(ada, ladder, ended=1763760000000), attempt(ada, ladder, ended=1763770000000, outcome="part")
    rest = ada.add("rest", day="2026-11-20", note="雨")
    ada.sync(two, one, rest)
    told = page(theo, consent)
    assert told["terms"] == {"ladders": [[ladder.space, "propose"]], "entries": "all", "messages": True}
    assert ids(told) == [two["target"], one["target"]]
    assert told["attempts"][1] == {"id": one["target"], "kind": "attempt", "fields": one["fields"]}
    assert told["rests"] == [{"id": rest["target"], "kind": "rest", "fields": {"day": "2026-11-20", "note": "雨"}}]
    assert told["before"] is None


@pytest.mark.parametrize(
    ("terms", "sharing", "seen"),
    [
        ("all", "", True), ("all", "open", True), ("all", "private", False),
        ("chosen", "", False), ("chosen", "open", True), ("chosen", "private", False),
        ("none", "", False), ("none", "open", False), ("none", "private", False),
    ],
)  # fmt: skip
def test_who_sees_what_in_every_case(ada, theo, ladder, terms, sharing, seen):
    told = link(ada, theo, {ladder.space: "propose"}, entries=terms)
    tried, rest = attempt(ada, ladder, sharing=sharing), ada.add("rest", day="2026-11-20", sharing=sharing)
    ada.sync(tried, rest)
    got = page(theo, told["id"])
    assert ids(got) == ([tried["target"]] if seen else [])
    assert ids(got, "rests") == ([rest["target"]] if seen else [])
    assert listed(theo)[0]["news"]["entries"] == 0  # looked at just now, or never there


@pytest.mark.parametrize(
    "hidden",
    [{"sharing": "private"}, {"outcome": None}, {"archived": True}],
    ids=["private", "still running", "put away"],
)
def test_what_is_not_open_leaves_no_trace(ada, theo, ladder, consent, clock, hidden):
    shown = attempt(ada, ladder)
    ada.sync(shown)
    before = everything(page(theo, consent)["attempts"], listed(theo)[0]["news"])
    news = news_of(theo)
    clock.pass_by(minutes=11)
    secret = attempt(ada, ladder, title="これは見えない", **hidden)
    ada.sync(secret)
    ada.sync(ada.change("attempt", secret["target"], happened="これも見えない"))
    assert news_of(theo) == news
    assert everything(page(theo, consent)["attempts"], listed(theo)[0]["news"]) == before


def news_of(actor):
    """What this actor's live stream would be told to look at again: consents and spaces with their numbers."""
    with actor.client.application.app_context():
        login = actor.client.get("/api/me").get_json()["login"]
        return actor.client.application.view_functions["live.live"].__globals__["seen"]({login})[login]


def test_an_entry_that_can_be_seen_is_news_until_it_is_looked_at(ada, theo, ladder, consent, clock):
    page(theo, consent)
    clock.pass_by(minutes=11)
    heard = news_of(theo)[consent]
    ada.sync(attempt(ada, ladder))
    ada.sync(ada.add("rest", day="2026-11-20"))
    assert news_of(theo)[consent] == heard + 2
    assert listed(theo)[0]["news"]["entries"] == 2
    clock.pass_by(seconds=1)
    page(theo, consent)
    assert listed(theo)[0]["news"]["entries"] == 0


def test_an_entry_made_private_is_gone_and_the_open_page_hears_of_it(ada, theo, ladder, consent, clock):
    tried = attempt(ada, ladder)
    ada.sync(tried)
    assert ids(page(theo, consent)) == [tried["target"]]
    heard = news_of(theo)[consent]
    ada.sync(ada.change("attempt", tried["target"], sharing="private"))
    assert news_of(theo)[consent] == heard + 1
    assert ids(page(theo, consent)) == []
    ada.sync(ada.change("attempt", tried["target"], happened="ひとりごと"))
    assert news_of(theo)[consent] == heard + 1


def test_what_was_written_before_anybody_read_along_is_there(ada, theo, ladder):
    old, secret = attempt(ada, ladder), attempt(ada, ladder, sharing="private")
    ada.sync(old, secret)
    consent = link(ada, theo, {ladder.space: "propose"}, entries="all")["id"]
    new = attempt(ada, ladder, ended=1763790000000)
    ada.sync(new)
    assert listed(theo)[0]["news"]["entries"] == 2
    assert ids(page(theo, consent)) == [new["target"], old["target"]]


def test_what_changed_while_nobody_read_is_known_to_the_next_link(ada, theo, una, ladder):
    tried, other = attempt(ada, ladder), attempt(ada, ladder, ended=1763790000000)
    ada.sync(tried, other)
    first = link(ada, theo, {ladder.space: "propose"}, entries="all")["id"]
    assert len(page(theo, first)["attempts"]) == 2
    withdraw(ada, first)
    ada.sync(ada.change("attempt", tried["target"], sharing="private"))
    second = link(ada, una, {ladder.space: "propose"}, entries="all")["id"]
    assert ids(page(una, second)) == [other["target"]]


def test_showing_less_counts_at_once_for_what_was_there(ada, theo, ladder, consent):
    open_one, other = attempt(ada, ladder, sharing="open"), attempt(ada, ladder)
    ada.sync(open_one, other)
    assert len(page(theo, consent)["attempts"]) == 2
    agree(ada, consent, {ladder.space: "propose"}, entries="chosen")
    assert ids(page(theo, consent)) == [open_one["target"]]
    agree(ada, consent, {ladder.space: "propose"}, entries="none")
    assert ids(page(theo, consent)) == []
    assert listed(theo)[0]["news"]["entries"] == 0


def test_after_withdrawing_there_is_nothing(ada, theo, ladder, consent):
    ada.sync(attempt(ada, ladder))
    page(theo, consent)
    withdraw(ada, consent)
    assert listed(theo) == []
    gone, none = theo.client.get(f"/api/people/{consent}"), theo.client.get(f"/api/people/{new_id()}")
    assert (gone.status_code, gone.data) == (404, none.data)


def test_two_therapists_each_see_what_they_were_given(ada, theo, una, ladder):
    all_of_it = link(ada, theo, {ladder.space: "propose"}, entries="all")["id"]
    chosen = link(ada, una, {}, entries="chosen")["id"]
    tried, given = attempt(ada, ladder), attempt(ada, ladder, sharing="open", ended=1763790000000)
    before = news_of(theo)[all_of_it], news_of(una)[chosen]
    ada.sync(tried)
    ada.sync(given)
    assert ids(page(theo, all_of_it)) == [given["target"], tried["target"]]
    assert ids(page(una, chosen)) == [given["target"]]
    assert (news_of(theo)[all_of_it], news_of(una)[chosen]) == (before[0] + 2, before[1] + 1)


def test_older_attempts_come_page_by_page_and_each_once(app, theo, clock):
    ada = begin(app)
    consent = link(ada, theo, {}, entries="all")["id"]
    made = []
    for start in range(0, PAGE + 30, 90):
        edits = [
            ada.add("attempt", step=new_id(), title="x", outcome="did", ended=1763760000000 + start + at)
            for at in range(90)
        ]
        made += [edit["target"] for edit in edits]
        ada.sync(*edits)
        clock.pass_by(seconds=1)
    first = page(theo, consent)
    second = page(theo, consent, first["before"])
    assert len(first["attempts"]) == PAGE
    assert second["before"] is None
    assert sorted(ids(first) + ids(second)) == sorted(made)


@pytest.mark.parametrize("before", ["x", "1", "1.2", "-1." + "0" * 36, "9" * 16 + "." + "0" * 36, "１." + "0" * 8])
def test_a_made_up_mark_is_refused(theo, consent, before):
    assert theo.client.get(f"/api/people/{consent}", query_string={"before": before}).status_code == 400


def test_the_cost_of_the_list_does_not_grow_with_what_people_wrote(app, theo):
    people = [enter(app) for _ in range(3)]
    for one in people:
        link(one, theo, {}, entries="all")
    listed(theo)
    with watched() as few:
        listed(theo)
    for one in people:
        one.sync(*(one.add("rest", day="2026-11-20") for _ in range(50)))
    with watched() as many:
        listed(theo)
    assert len(many) == len(few)
