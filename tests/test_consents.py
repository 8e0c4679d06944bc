"""The link between a person and a therapist: made in a minute, readable only when confirmed, ended at once."""

import pytest

from exposure import invitations
from exposure.db import milliseconds
from tests.conftest import new_id

TERMS = {"ladders": {}, "entries": "none", "messages": True}


def invited(ada):
    answer = ada.client.post("/api/invitations", json={})
    assert answer.status_code == 201, answer.get_data(as_text=True)
    return answer.get_json()


def accepted(ada, theo, **said):
    body = {"code": invited(ada)["code"], "name": "テオ", "reads_days": [0, 3], "reads_note": "夕方に", **said}
    answer = theo.client.post("/api/invitations/accept", json=body)
    assert answer.status_code == 201, answer.get_data(as_text=True)
    return answer.get_json()["consent"]


def confirmed(ada, theo, ladder, term="propose", **terms):
    consent = accepted(ada, theo)
    body = {**TERMS, "ladders": {ladder.space: term}, **terms}
    answer = ada.client.put(f"/api/consents/{consent}", json=body)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return consent


def mirror(actor, consent):
    rows = actor.sync()["spaces"][actor.space]["rows"]
    return next(row for row in rows if row["id"] == consent)["fields"]


def test_a_link_from_invitation_to_withdrawal(ada, theo, ladder, clock):
    made = invited(ada)
    assert made["link"].endswith(f"/therapist#/join/{made['code']}")
    assert made["expires"] == milliseconds(clock()) + 72 * 3_600_000
    assert made["qr"]["path"].startswith("M")
    look = theo.client.post("/api/invitations/look", json={"code": made["code"]})
    assert look.get_json() == {"expires": made["expires"]}
    body = {"code": made["code"], "name": "テオ", "reads_days": [3, 0], "reads_note": ""}
    answer = theo.client.post("/api/invitations/accept", json=body)
    consent = answer.get_json()["consent"]
    assert (answer.status_code, answer.get_json()["state"]) == (201, "accepted")
    assert mirror(ada, consent)["name"] == "テオ"
    assert ladder.space not in theo.sync()["spaces"]
    told = ada.client.put(f"/api/consents/{consent}", json={**TERMS, "ladders": {ladder.space: "propose"}}).get_json()
    assert told == {"id": consent, **mirror(ada, consent)}
    assert (told["state"], told["ladders"]) == ("confirmed", [[ladder.space, "propose"]])
    spaces = theo.sync()["spaces"]
    assert (spaces[ladder.space]["role"], spaces[told["thread"]]["role"]) == ("proposer", "editor")
    (thread,) = spaces[told["thread"]]["rows"]
    assert (thread["id"], thread["kind"]) == (told["thread"], "thread")
    assert thread["fields"] == {"reads_days": [0, 3], "reads_note": ""}
    assert set(thread["writers"].values()) == {theo.person}
    assert ada.client.delete(f"/api/consents/{consent}").status_code == 204
    after = theo.sync(**{ladder.space: 9, told["thread"]: 9})["spaces"]
    assert after[ladder.space] == after[told["thread"]] == {"gone": True}
    assert mirror(ada, consent)["state"] == "withdrawn"
    assert mirror(ada, consent)["ladders"] == []


@pytest.mark.parametrize("written", ["{a}-{b}", "{a}{b}", " {a} {b} ", "{a}ー{b}"])
def test_a_code_is_understood_however_it_is_written(ada, theo, written):
    a, b = invited(ada)["code"].split("-")
    code = written.format(a=a.lower(), b="".join(chr(ord(letter) + 0xFEE0) for letter in b))
    assert theo.client.post("/api/invitations/look", json={"code": code}).status_code == 200


def test_codes_are_of_letters_nobody_takes_for_others():
    assert len(invitations.ALPHABET) == len(set(invitations.ALPHABET)) == 30
    assert not set("01OILU") & set(invitations.ALPHABET)


def test_words_of_ones_own_are_written_at_once_under_ones_own_name(ada, theo, ladder):
    confirmed(ada, theo, ladder)
    said = theo.add("comment", ladder.space, target=ladder.step, target_kind="step", text="いい一歩", by=ada.person)
    assert theo.sync(said)["answers"][0]["outcome"] == "written"
    rows = {row["id"]: row for row in ada.sync()["spaces"][ladder.space]["rows"]}
    assert rows[said["target"]]["fields"]["by"] == theo.person
    assert (
        ada.sync(ada.change("comment", said["target"], ladder.space, text="x"))["answers"][0]["reason"] == "not_allowed"
    )
    assert (
        ada.sync(ada.change("comment", said["target"], ladder.space, archived=True))["answers"][0]["outcome"]
        == "written"
    )
    back = theo.sync(theo.change("comment", said["target"], ladder.space, archived=False))
    assert back["answers"][0]["reason"] == "not_allowed"


def test_together_lets_a_proposer_write_and_ends_by_itself(ada, theo, ladder, clock):
    consent = confirmed(ada, theo, ladder)
    until = ada.client.put(f"/api/together/{ladder.space}", json={}).get_json()["until"]
    assert until == milliseconds(clock()) + 7_200_000
    assert mirror(ada, consent)["together"] == [[ladder.space, until]]
    assert theo.sync()["spaces"][ladder.space]["role"] == "editor"
    direct = theo.change("step", ladder.step, ladder.space, title="二人で書く", base={"title": 1})
    assert theo.sync(direct)["answers"][0]["outcome"] == "written"
    assert theo.client.put(f"/api/together/{ladder.space}/here", json={"step": ladder.step}).status_code == 204
    here = ada.client.get(f"/api/together/{ladder.space}").get_json()["here"]
    assert here == [{"person": theo.person, "name": "テオ", "step": ladder.step, "you": False}]
    clock.pass_by(hours=2)
    late = theo.change("step", ladder.step, ladder.space, title="もう一度", base={"title": 9})
    assert theo.sync(late)["answers"][0]["outcome"] == "kept"
    assert ada.client.get(f"/api/together/{ladder.space}").get_json()["until"] is None


def test_naming_a_space_of_somebody_else_leaves_everything_as_it_was(ada, theo, una, ladder):
    confirmed(ada, theo, ladder)
    edit = theo.change("step", ladder.step, ladder.space, title="x", base={"title": 1})
    body = {"v": 1, "device": theo.device, "cursors": {}, "edits": [edit], "spaces": [ladder.space, una.space]}
    answer = theo.client.post("/api/sync", json=body)
    assert answer.status_code == 404
    none = theo.client.post("/api/sync", json={**body, "spaces": [ladder.space, new_id()]})
    assert answer.data == none.data
    assert theo.client.post("/api/sync", json={**body, "spaces": []}).get_json()["answers"][0]["reason"] == "no_space"
    assert theo.client.post("/api/sync", json={**body, "spaces": [ladder.space]}).get_json()["spaces"].keys() == {
        ladder.space
    }


def test_taking_a_proposal_keeps_both_names(ada, theo, ladder):
    confirmed(ada, theo, ladder)
    theo.sync(theo.change("step", ladder.step, ladder.space, title="少し開ける", base={"title": 1}))
    rows = ada.sync()["spaces"][ladder.space]["rows"]
    proposal = next(row for row in rows if row["kind"] == "proposal")
    take = ada.change("step", ladder.step, ladder.space, title="少し開ける", base={"title": 1})
    take["took"] = proposal["id"]
    done = ada.change("proposal", proposal["id"], ladder.space, state="taken")
    assert [a["outcome"] for a in ada.sync(take, done)["answers"]] == ["written", "written"]
    newest = ada.client.get(f"/api/history/{ladder.step}").get_json()["edits"][0]
    assert newest["actor"]["id"] == ada.person
    assert newest["changes"][0]["by"]["id"] == theo.person


def test_a_therapist_who_leaves_for_good_is_told_as_an_end_and_the_history_stays(ada, theo, ladder):
    consent = confirmed(ada, theo, ladder, "write")
    theo.sync(theo.change("step", ladder.step, ladder.space, title="少し開ける", base={"title": 1}))
    comment = theo.add("comment", ladder.space, target=ladder.step, target_kind="step", text="風")
    theo.sync(comment, theo.change("step", new_id(), ladder.space, title="x"))
    assert theo.client.delete("/api/account").status_code == 200
    told = mirror(ada, consent)
    assert (told["state"], told["name"], told["ladders"]) == ("withdrawn", "テオ", [])
    assert [one["id"] for one in ada.client.get("/api/consents").get_json()["consents"]] == [consent]
    history = ada.client.get(f"/api/history/{ladder.step}").get_json()["edits"]
    assert [edit["actor"]["id"] for edit in history] == [theo.person, ada.person]
    rows = {row["id"]: row["fields"] for row in ada.sync()["spaces"][ladder.space]["rows"]}
    assert rows[ladder.step]["title"] == "少し開ける"
    assert rows[comment["target"]]["text"] == "風"


def test_another_role_does_not_shorten_what_was_read_before(ada, theo, ladder, clock):
    consent = confirmed(ada, theo, ladder)
    thread = mirror(ada, consent)["thread"]
    clock.pass_by(hours=1)
    ada.sync(ada.change("step", ladder.step, ladder.space, title="少し開ける"), ada.add("message", thread, text="風"))
    clock.pass_by(hours=1)
    for term in ("write", "propose"):
        body = {**TERMS, "ladders": {ladder.space: term}}
        assert ada.client.put(f"/api/consents/{consent}", json=body).status_code == 200
    assert len(theo.client.get(f"/api/history/{ladder.step}").get_json()["edits"]) == 2
    # Taken away and given again is a new beginning.
    for shared in ({}, {ladder.space: "write"}):
        assert ada.client.put(f"/api/consents/{consent}", json={**TERMS, "ladders": shared}).status_code == 200
    assert theo.client.get(f"/api/history/{ladder.step}").get_json()["edits"] == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        {**TERMS, "entries": "some"},
        {**TERMS, "messages": "yes"},
        {**TERMS, "ladders": []},
        {**TERMS, "ladders": {"x": "write"}},
        {**TERMS, "ladders": {"00000000-0000-4000-8000-000000000000": "own"}},
        {**TERMS, "ladders": {"00000000-0000-4000-8000-000000000000": ["write"]}},
        {**TERMS, "more": 1},
    ],
)
def test_terms_that_cannot_be_read_change_nothing(ada, theo, ladder, body):
    consent = confirmed(ada, theo, ladder)
    before = mirror(ada, consent)
    assert ada.client.put(f"/api/consents/{consent}", json=body).status_code == 400
    assert mirror(ada, consent) == before


def test_only_ones_own_ladders_can_be_shared(ada, theo, una, ladder):
    """Not the private space, not a thread, not what somebody else shares with me."""
    consent = confirmed(ada, theo, ladder)
    thread = mirror(ada, consent)["thread"]
    elsewhere = new_id()
    una.sync(una.edit("add", "ladder", new_id(), elsewhere, title="ほか", position="a0"))
    for space in (ada.space, thread, elsewhere, new_id()):
        answer = ada.client.put(f"/api/consents/{consent}", json={**TERMS, "ladders": {space: "write"}})
        assert answer.status_code == 404
    assert theo.sync()["spaces"].keys() == {theo.space, ladder.space, thread}


def test_tries_at_codes_run_out(app, client, ada, theo):
    """For the address, and for the login that tries; a good one costs nothing."""
    made = invited(ada)
    for _ in range(40):
        assert theo.client.post("/api/invitations/look", json={"code": made["code"]}).status_code == 200
    said = {"name": "テオ", "reads_days": []}
    tries = [theo.client.post("/api/invitations/accept", json={"code": "AAAAABBBBB", **said}) for _ in range(11)]
    assert [answer.status_code for answer in tries] == [404] * 10 + [429]
    tries = [client.post("/api/invitations/look", json={"code": "AAAAABBBBB"}) for _ in range(21)]
    assert [answer.status_code for answer in tries] == [404] * 20 + [429]


def test_who_may_not_invite_or_accept_is_told_in_a_sentence(ada, theo, una, ladder):
    code = invited(ada)["code"]
    said = {"code": code, "name": "テオ", "reads_days": []}
    assert theo.client.post("/api/invitations", json={}).status_code == 403
    assert ada.client.post("/api/invitations/accept", json=said).status_code == 403
    nameless = theo.client.post("/api/invitations/accept", json={**said, "name": " "})
    assert (nameless.status_code, nameless.get_json()["error"]) == (400, "name_first")
    unseen = theo.client.post("/api/invitations/accept", json={**said, "name": "\u202eevil"})
    assert (unseen.status_code, unseen.get_json()["error"]) == (400, "name_unseen")
    assert theo.client.post("/api/invitations/accept", json=said).status_code == 201
    assert theo.client.post("/api/invitations/accept", json=said).status_code == 201  # the first answer was lost
    assert una.client.post("/api/invitations/accept", json=said).status_code == 404
    again = theo.client.post("/api/invitations/accept", json={**said, "code": invited(ada)["code"]})
    assert (again.status_code, again.get_json()["error"]) == (409, "linked")


def test_after_three_days_a_code_opens_nothing(ada, theo, clock):
    made = invited(ada)
    clock.pass_by(hours=72)
    assert theo.client.post("/api/invitations/look", json={"code": made["code"]}).status_code == 404
    body = {"code": made["code"], "name": "テオ", "reads_days": []}
    assert theo.client.post("/api/invitations/accept", json=body).status_code == 404
    assert ada.client.get("/api/invitations").get_json() == {"invitations": []}


def test_a_new_link_is_a_new_thread_and_the_old_one_stays_the_persons(ada, theo, ladder):
    first = confirmed(ada, theo, ladder)
    old = mirror(ada, first)["thread"]
    theo.sync(theo.add("message", old, text="木曜に読みます"))
    ada.client.delete(f"/api/consents/{first}")
    second = confirmed(ada, theo, ladder)
    new = mirror(ada, second)["thread"]
    assert new != old
    assert theo.sync()["spaces"].keys() == {theo.space, ladder.space, new}
    assert [row["fields"].get("text") for row in ada.sync()["spaces"][old]["rows"] if row["kind"] == "message"] == [
        "木曜に読みます"
    ]
