"""Taking words along that two people wrote: all of them leave, and none comes back under a name that is not its own."""

import csv
import io

from tests.conftest import new_id
from tests.test_consents import accepted, confirmed
from tests.web.people import PASSWORD, begin, give_password, taken


def told(ada, theo, ladder):
    """A linked ladder with words of both on it, and a thread."""
    consent = confirmed(ada, theo, ladder, "write")
    thread = ada.client.get("/api/consents").get_json()["consents"][0]["thread"]
    theo.sync(
        theo.add("comment", ladder.space, target=ladder.step, target_kind="step", text="風はどうでしたか"),
        theo.add("message", thread, text="木曜に読みます"),
        theo.add("idea", ladder.space, days=[0], time="18:00", words="窓"),
    )
    ada.sync(
        ada.add("comment", ladder.space, target=ladder.step, target_kind="step", text="=気持ちよかった"),
        ada.add("message", thread, text="ありがとう", worry=True),
    )
    return consent, thread


def words(document, kind):
    return sorted(
        row["fields"]["text"] for space in document["spaces"] for row in space["rows"] if row["kind"] == kind
    )


def test_everything_both_said_leaves_in_the_file(ada, theo, ladder):
    told(ada, theo, ladder)
    document = taken(ada)
    assert words(document, "message") == ["ありがとう", "木曜に読みます"]
    assert words(document, "comment") == ["=気持ちよかった", "風はどうでしたか"]
    table = list(csv.DictReader(io.StringIO(ada.client.get("/api/export.csv").get_data(as_text=True)[1:])))
    said = {(row["kind"], row["by"], row["text"]) for row in table if row["text"]}
    assert said == {
        ("message", "", "ありがとう"),
        ("message", "テオ", "木曜に読みます"),
        ("comment", "", "'=気持ちよかった"),
        ("comment", "テオ", "風はどうでしたか"),
    }
    assert not {"consent", "thread"} & {row["kind"] for row in table}


def test_a_therapists_file_holds_nothing_of_the_person(ada, theo, ladder):
    consent, _ = told(ada, theo, ladder)
    theo.sync(theo.add("note", about=consent, text="次は戸口"))
    document = taken(theo)
    assert [space["kind"] for space in document["spaces"]] == ["private"]
    assert words(document, "note") == ["次は戸口"]


def test_in_another_account_nobodys_words_become_ones_own(app, ada, theo, ladder):
    told(ada, theo, ladder)
    other = begin(app)
    answer = other.client.post("/api/import", json=taken(ada)).get_json()
    document = taken(other)
    assert words(document, "comment") == ["=気持ちよかった", "テオ: 風はどうでしたか"]
    assert words(document, "message") == []
    assert answer["refused"] == 2  # the two messages stay in the file
    kinds = {row["kind"] for space in document["spaces"] for row in space["rows"]}
    assert not kinds & {"consent", "thread", "idea", "proposal", "message"}
    step = next(row["id"] for s in document["spaces"] for row in s["rows"] if row["kind"] == "step")
    assert {row["fields"]["target"] for s in document["spaces"] for row in s["rows"] if row["kind"] == "comment"} == {
        step
    }
    assert other.client.get("/api/consents").get_json() == {"consents": []}


def test_the_file_brought_back_into_its_own_account_changes_nothing(ada, theo, ladder):
    told(ada, theo, ladder)
    before = taken(ada)
    assert ada.client.post("/api/import", json=before).get_json() == {"added": 0, "refused": 0}
    assert taken(ada)["spaces"] == before["spaces"]


def test_a_forged_file_gives_nobody_a_consent_or_a_name(app, ada, theo, ladder):
    """Whatever stands in a file: what the house alone makes does not come in, and odd shapes break nothing."""
    forged = {"therapist": theo.person, "name": "テオ", "state": "confirmed", "entries": "all", "messages": True}
    rows = [
        {"id": new_id(), "kind": "consent", "fields": forged},
        {"id": new_id(), "kind": "consent", "fields": {"therapist": [], "name": {}}},
        {"id": new_id(), "kind": "comment", "fields": {"target": ladder.step, "by": [], "text": {}}},
        {"id": new_id(), "kind": "note", "fields": {"about": new_id(), "text": "x"}},
    ]
    document = {"ippo": 1, "person": [], "spaces": [{"id": ada.space, "kind": "private", "rows": rows}]}
    assert ada.client.post("/api/import", json=document).get_json() == {"added": 1, "refused": 1}
    assert ada.client.get("/api/consents").get_json() == {"consents": []}
    assert theo.sync()["spaces"].keys() == {theo.space}


def test_a_guest_who_is_linked_keeps_the_link_and_is_told_so(app, theo):
    ada, guest = begin(app), begin(app)
    give_password(ada, "ada")
    consent = accepted(guest, theo)
    proof = {"name": "ada", "password": PASSWORD, "bring": True}
    answer = guest.client.post("/api/signin", json=proof)
    assert (answer.status_code, answer.get_json()["error"]) == (409, "linked")
    assert guest.client.get("/api/me").get_json()["person"] == guest.person
    guest.client.delete(f"/api/consents/{consent}")
    assert guest.client.post("/api/signin", json=proof).status_code == 200
