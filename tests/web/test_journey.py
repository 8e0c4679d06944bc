"""What a person keeps for themselves: the diary, the monthly questions, who supports them, the plan for hard weeks.

No consent reaches them. A page, an answer or the plan is shown by itself or not at all; the map of supports never is.
"""

import csv
import io
import json

import pytest

from exposure import endings
from tests.conftest import enter, new_id
from tests.linking import link
from tests.web.people import PASSWORD, begin, come_in, give_password, journey, taken, things
from tests.web.test_delete import whole_database
from tests.web.test_people import everything, ids, listed, news_of, page

PARTS = {"diary": 1, "checkins": 2, "plans": 1}


def told_of(theo, consent):
    """How many of each are on the therapist's page."""
    told = page(theo, consent)
    return {name: len(told[name]) for name in PARTS}


@pytest.mark.parametrize("terms", ["all", "chosen", "none"])
@pytest.mark.parametrize("wish", ["not said", "", "private", "open"])
def test_each_is_open_only_when_it_was_opened_by_itself(ada, theo, ladder, terms, wish):
    consent = link(ada, theo, {ladder.space: "write"}, entries=terms)["id"]
    wished = {} if wish == "not said" else {"sharing": wish}
    ada.sync(*journey(ada, lambda name: f"これは{name}", **wished))
    seen = wish == "open" and terms != "none"
    assert told_of(theo, consent) == (PARTS if seen else dict.fromkeys(PARTS, 0))
    assert ("これは" in everything(page(theo, consent))) is seen


@pytest.mark.parametrize("terms", ["all", "chosen"])
def test_what_is_not_opened_leaves_no_trace(ada, theo, ladder, clock, terms):
    consent = link(ada, theo, {ladder.space: "propose"}, entries=terms)["id"]
    page(theo, consent)
    before, news = everything(listed(theo)), news_of(theo)
    clock.pass_by(minutes=11)
    written = journey(ada, lambda name: f"これは{name}")
    ada.sync(*written)
    ada.sync(*(ada.change(edit["kind"], edit["target"], archived=True) for edit in written))
    assert news_of(theo) == news
    assert everything(listed(theo)) == before
    assert page(theo, consent)["fresh"] == []


def test_a_page_that_is_opened_is_news_and_one_that_is_taken_back_is_gone(ada, theo, ladder, clock):
    consent = link(ada, theo, {ladder.space: "propose"}, entries="chosen")["id"]
    page(theo, consent)
    clock.pass_by(minutes=11)
    heard = news_of(theo)[consent]
    one, *_ = written = journey(ada, lambda name: f"これは{name}")
    ada.sync(*written)
    ada.sync(ada.change("diary", one["target"], sharing="open"))
    assert news_of(theo)[consent] == heard + 1
    assert listed(theo)[0]["news"]["entries"] == 1
    told = page(theo, consent)
    assert ids(told, "diary") == told["fresh"] == [one["target"]]
    assert told["diary"][0]["fields"] == {"day": "2026-11-20", "text": "これはtext", "feelings": ["calm"]}
    for closed in ({"sharing": "private"}, {"sharing": "open", "archived": True}):
        ada.sync(ada.change("diary", one["target"], **closed))
        assert told_of(theo, consent) == dict.fromkeys(PARTS, 0)


def test_what_was_opened_before_anybody_read_along_is_there_and_the_rest_is_not(ada, theo, ladder):
    ada.sync(*journey(ada, lambda name: f"これは{name}", sharing="open"), *journey(ada, lambda name: f"あれは{name}"))
    consent = link(ada, theo, {ladder.space: "propose"}, entries="all")["id"]
    assert told_of(theo, consent) == PARTS
    assert "あれは" not in everything(page(theo, consent))


def test_a_question_that_was_passed_over_is_nobodys_to_read(ada, theo, ladder):
    consent = link(ada, theo, {ladder.space: "propose"}, entries="all")["id"]
    ada.sync(ada.add("checkin", day="2026-11-20", about="harder", skipped=True, sharing="open"))
    assert told_of(theo, consent) == dict.fromkeys(PARTS, 0)
    assert listed(theo)[0]["news"]["entries"] == 0


def test_two_therapists_and_only_who_sees_entries_at_all_sees_the_page(ada, theo, una, ladder):
    shown = link(ada, theo, {ladder.space: "propose"}, entries="chosen")["id"]
    not_shown = link(ada, una, {ladder.space: "write"}, entries="none")["id"]
    ada.sync(*journey(ada, lambda name: f"これは{name}", sharing="open"))
    assert (told_of(theo, shown), told_of(una, not_shown)) == (PARTS, dict.fromkeys(PARTS, 0))


def test_all_of_it_leaves_and_comes_back_and_nothing_is_doubled(app):
    ada, other = begin(app), begin(app, nickname="")
    space, ladder, step = new_id(), new_id(), new_id()
    varied = {"ladder": ladder, "position": "a1", "varied_from": step, "turned": "place"}
    looked = {"where": "駅の南口", "first_time": True, "book": "kept", "looked_back": "静かだった", "looked_back_at": 5}
    ada.sync(
        *journey(ada, lambda name: f"これは{name}", sharing="open"),
        ada.edit("add", "setting", ada.space, fixed_point="朝のお茶", fixed_time="09:30", term_helper="先生"),
        ada.edit("add", "ladder", ladder, space, title="外へ", position="a0", ready_times=4, ready_rating=20),
        ada.edit("add", "step", step, space, ladder=ladder, title="窓を開ける", position="a0"),
        ada.add("step", space, title="ベランダの窓を開ける", **varied),
        ada.add("attempt", step=step, outcome="did", ready_answer="no", **looked),
    )
    document = taken(ada)
    for added in (len(things(document)), 0):
        assert other.client.post("/api/import", json=document).get_json() == {"added": added, "refused": 0}
        assert things(taken(other)) == things(document)


def test_the_table_tells_every_word(app):
    ada = begin(app)
    ada.sync(*journey(ada, lambda name: f"これは{name}"))
    text = ada.client.get("/api/export.csv").data.decode().removeprefix("\ufeff")
    lines = {line["kind"]: line for line in csv.DictReader(io.StringIO(text))}
    assert (lines["diary"]["text"], lines["diary"]["feelings"]) == ("これはtext", "calm")
    assert (lines["checkin"]["note"], lines["plan"]["signs"], lines["support"]["name"]) == (
        "これはnote", "これはsigns", "これはname",
    )  # fmt: skip


def test_what_a_guest_wrote_comes_into_the_account_with_its_later_words(app):
    ada, guest = begin(app), begin(app)
    give_password(ada, "ada")
    one, *_ = written = journey(guest, lambda name: f"これは{name}")
    guest.sync(*written)
    guest.sync(guest.change("diary", one["target"], text="書きなおした"))
    proof = {"name": "ada", "password": PASSWORD, "bring": True}
    assert guest.client.post("/api/signin", json=proof).get_json()["person"] == ada.person
    kinds = [kind for kind, _, _ in things(taken(ada)) if kind != "setting"]
    assert kinds == ["checkin", "checkin", "diary", "plan", "support"]
    assert "書きなおした" in json.dumps(taken(ada), ensure_ascii=False)


def test_another_device_of_hers_has_all_of_it_and_nobody_elses_has(app, theo):
    ada = begin(app)
    give_password(ada, "ada")
    ada.sync(*journey(ada, lambda name: f"これは{name}"))
    asked = {"v": 1, "device": new_id(), "cursors": {}, "edits": []}
    told = come_in(app, "ada").post("/api/sync", json=asked).get_json()["spaces"][ada.space]["rows"]
    assert sorted(row["kind"] for row in told if row["kind"] != "setting") == [
        "checkin", "checkin", "diary", "plan", "support",
    ]  # fmt: skip
    for other in (enter(app), theo):
        assert "これは" not in other.client.post("/api/sync", json=asked).get_data(as_text=True)


def test_deleting_leaves_none_of_it(app):
    before = whole_database(app)
    ada = begin(app)
    ada.sync(*journey(ada, lambda name: f"これは{name}"))
    assert ada.client.delete("/api/account").status_code == 200
    with app.app_context():
        endings.hand_over(app.extensions["ippo"].settings)  # the ids, to the ledger beside the keys; the clock does it
    after = whole_database(app)
    for database in (before, after):
        database.pop("tally")
    assert after == before
