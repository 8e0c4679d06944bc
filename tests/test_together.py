"""Together on one ladder: opened by its owner, seen by both, ended by a tap, by the clock, or with the link."""

from exposure import presence
from exposure.db import milliseconds, writing
from tests.conftest import let_in, new_id
from tests.test_consents import TERMS, confirmed, mirror


def here(actor, ladder):
    answer = actor.client.get(f"/api/together/{ladder.space}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_json()


def be(actor, ladder, step=None):
    return actor.client.put(f"/api/together/{ladder.space}/here", json={"step": step}).status_code


def test_nobody_is_there_to_open_it_for(ada, theo, ladder):
    alone = ada.client.put(f"/api/together/{ladder.space}", json={})
    assert (alone.status_code, alone.get_json()["error"]) == (409, "nobody")
    assert here(ada, ladder) == {"until": None, "role": "owner", "here": []}
    assert ada.client.delete(f"/api/together/{ladder.space}").status_code == 204


def test_only_the_owner_opens_and_ends_it(app, ada, theo, una, ladder):
    confirmed(ada, theo, ladder)
    ken = una
    let_in(app, ken.person, ladder.space, "viewer")
    path = f"/api/together/{ladder.space}"
    for other in (theo, ken):
        assert other.client.put(path, json={}).status_code == 404
        assert other.client.delete(path).status_code == 404
    assert ken.client.get(path).status_code == 404
    missing = f"/api/together/{new_id()}"
    assert ken.client.get(path).data == ken.client.get(missing).data == theo.client.put(path, json={}).data


def test_both_see_who_is_here_and_whoever_is_silent_is_away(ada, theo, ladder, clock):
    confirmed(ada, theo, ladder)
    ada.sync(ada.edit("add", "setting", ada.space, nickname="あだ"))
    assert be(theo, ladder) == 409  # not open
    until = ada.client.put(f"/api/together/{ladder.space}", json={}).get_json()["until"]
    assert (be(ada, ladder), be(theo, ladder, ladder.step)) == (204, 204)
    seen = {one["name"]: (one["step"], one["you"]) for one in here(theo, ladder)["here"]}
    assert seen == {"あだ": (None, False), "テオ": (ladder.step, True)}
    assert (here(theo, ladder)["until"], here(theo, ladder)["role"]) == (until, "editor")
    clock.pass_by(seconds=20)
    assert be(ada, ladder, ladder.step) == 204
    clock.pass_by(seconds=11)
    assert [one["name"] for one in here(ada, ladder)["here"]] == ["あだ"]
    assert be(theo, ladder) == 204
    assert {one["name"] for one in here(theo, ladder)["here"]} == {"あだ", "テオ"}


def looks(actor):
    return [one["what"] for one in actor.client.get("/api/visits").get_json()["visits"]]


def test_nobody_watches_unseen_and_whoever_is_told_stands_in_the_log(ada, theo, ladder, clock):
    confirmed(ada, theo, ladder)
    until = ada.client.put(f"/api/together/{ladder.space}", json={}).get_json()["until"]
    be(ada, ladder, ladder.step)
    assert here(theo, ladder) == {"until": until, "role": "editor", "here": []}
    assert looks(ada) == []  # nothing was told
    be(theo, ladder)
    assert [one["step"] for one in here(theo, ladder)["here"] if not one["you"]] == [ladder.step]
    assert looks(ada) == ["ladder"]
    clock.pass_by(seconds=31)
    be(ada, ladder, ladder.step)
    assert here(theo, ladder)["here"] == []  # silent for half a minute, and told of nobody
    assert [one["you"] for one in here(ada, ladder)["here"]] == [True]


def test_to_propose_from_now_on_ends_the_call_for_them_at_once(ada, theo, una, ladder):
    his, hers = confirmed(ada, theo, ladder, "write"), confirmed(ada, una, ladder)
    ada.client.put(f"/api/together/{ladder.space}", json={})
    be(theo, ladder), be(ada, ladder, ladder.step)
    revision = theo.sync()["spaces"][ladder.space]["revision"]
    less = {**TERMS, "ladders": {ladder.space: "propose"}}
    told = ada.client.put(f"/api/consents/{his}", json=less).get_json()
    assert (told["together"], mirror(ada, his)["together"]) == ([], [])
    base = {"title": revision}
    edit = theo.change("step", ladder.step, ladder.space, title="窓を少し開ける", base=base)
    answer = theo.sync(edit)
    assert answer["answers"][0]["outcome"] == "kept"
    assert answer["spaces"][ladder.space]["role"] == "proposer"
    assert (here(theo, ladder)["until"], be(theo, ladder)) == (None, 409)
    assert [one["you"] for one in here(ada, ladder)["here"]] == [True]
    assert mirror(ada, hers)["together"]  # the other's goes on
    assert una.sync()["spaces"][ladder.space]["role"] == "editor"


def test_ending_it_turns_the_pen_back_at_once(ada, theo, ladder, clock):
    consent = confirmed(ada, theo, ladder)
    path = f"/api/together/{ladder.space}"
    ada.client.put(path, json={})
    known = theo.sync()["spaces"][ladder.space]["revision"]
    assert ada.client.delete(path).status_code == 204
    news = theo.sync(**{ladder.space: known})["spaces"][ladder.space]
    assert (news["role"], news["rows"]) == ("proposer", [])
    assert mirror(ada, consent)["together"] == []
    edit = theo.change("step", ladder.step, ladder.space, title="x", base={"title": 1})
    assert theo.sync(edit)["answers"][0]["outcome"] == "kept"
    assert here(theo, ladder)["here"] == []


def test_a_ladder_that_is_only_proposed_to_stays_so_elsewhere(ada, theo, ladder):
    """Opening one ladder opens no other."""
    other, rung = new_id(), new_id()
    ada.sync(
        ada.edit("add", "ladder", new_id(), other, title="ほか", position="a1"),
        ada.edit("add", "step", rung, other, ladder=ladder.id, title="戸", position="a0"),
    )
    consent = confirmed(ada, theo, ladder)
    both = {ladder.space: "propose", other: "propose"}
    ada.client.put(f"/api/consents/{consent}", json={**TERMS, "ladders": both})
    ada.client.put(f"/api/together/{ladder.space}", json={})
    roles = {space: one["role"] for space, one in theo.sync()["spaces"].items()}
    assert (roles[ladder.space], roles[other]) == ("editor", "proposer")


def test_a_withdrawal_in_the_middle_of_it_leaves_nobody_behind(app, ada, theo, ladder, clock):
    consent = confirmed(ada, theo, ladder)
    ada.client.put(f"/api/together/{ladder.space}", json={})
    be(theo, ladder, ladder.step)
    assert ada.client.delete(f"/api/consents/{consent}").status_code == 204
    assert be(theo, ladder) == 404
    with app.app_context(), writing() as bound:  # as a last word that was under way in another process
        presence.be(bound, ladder.space, theo.person, ladder.step, clock())
        assert presence.here(bound, ladder.space, clock()) == []
    again = confirmed(ada, theo, ladder)
    assert mirror(ada, again)["together"] == []
    assert here(ada, ladder)["until"] is None
    assert theo.sync()["spaces"][ladder.space]["role"] == "proposer"


def test_opening_it_again_begins_the_two_hours_anew(ada, theo, ladder, clock):
    consent = confirmed(ada, theo, ladder)
    for _ in range(2):
        until = ada.client.put(f"/api/together/{ladder.space}", json={}).get_json()["until"]
        assert until == milliseconds(clock()) + 7_200_000
        assert mirror(ada, consent)["together"] == [[ladder.space, until]]
        clock.pass_by(minutes=90)
    assert here(ada, ladder)["until"] == until
