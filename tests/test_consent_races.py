"""Two at once: whatever order they arrive in, what was withdrawn stays shut and what works once works once.

The lock that lets one writer at a time into a process is taken away here, so that the database alone decides, as
between two web processes.
"""

import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext

import pytest

from exposure import terms
from exposure.db import connection, writing
from exposure.spaces import places_of
from tests.conftest import new_id, sign_in
from tests.test_consents import TERMS, accepted, confirmed, invited, mirror


@pytest.fixture(autouse=True)
def _several_processes(monkeypatch):
    monkeypatch.setattr(sys.modules["exposure.db"], "_pen", nullcontext())


def at_once(*acts):
    """Do all of these at the same time; what each answered."""
    start = threading.Barrier(len(acts))

    def one(act):
        start.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result() for done in [pool.submit(one, act) for act in acts]]


def test_a_writer_who_waited_for_a_withdrawal_is_not_let_in(ada, theo, ladder, monkeypatch):
    consent = confirmed(ada, theo, ladder, "write")
    real, inside, go_on = terms._mirrored, threading.Event(), threading.Event()

    def slowly(*given, **named):
        inside.set()
        assert go_on.wait(5)
        return real(*given, **named)

    monkeypatch.setattr(terms, "_mirrored", slowly)
    edit = theo.change("step", ladder.step, ladder.space, title="まだ書ける", base={"title": 1})
    with ThreadPoolExecutor(2) as pool:
        ended = pool.submit(lambda: ada.client.delete(f"/api/consents/{consent}"))
        assert inside.wait(5)
        pushed = pool.submit(theo.sync, edit)
        time.sleep(0.4)  # long enough that the writer stands and waits
        assert not pushed.done()
        go_on.set()
        assert ended.result().status_code == 204
        assert pushed.result()["answers"][0]["reason"] == "no_space"
    rows = {row["id"]: row["fields"] for row in ada.sync()["spaces"][ladder.space]["rows"]}
    assert rows[ladder.step]["title"] == "窓を開ける"
    assert len(rows) == 2


def test_a_code_opens_one_link_for_two_therapists_at_once(app, ada, theo, una):
    for _ in range(5):
        body = {"code": invited(ada)["code"], "name": "テオ", "reads_days": [], "reads_note": ""}
        answers = at_once(
            lambda body=body: theo.client.post("/api/invitations/accept", json=body),
            lambda body=body: una.client.post("/api/invitations/accept", json=body),
        )
        assert sorted(answer.status_code for answer in answers) == [201, 404]
        for consent in ada.client.get("/api/consents").get_json()["consents"]:
            ada.client.delete(f"/api/consents/{consent['id']}")


def test_six_phones_at_once_make_five_invitations(app, ada):
    phones = [sign_in(app, ada.person) for _ in range(6)]
    answers = at_once(*(lambda phone=phone: phone.post("/api/invitations", json={}) for phone in phones))
    assert sorted(answer.status_code for answer in answers) == [201] * 5 + [409]


def test_confirming_and_declining_at_once_end_in_one_of_the_two(app, ada, theo, ladder, clock):
    other = sign_in(app, ada.person)
    for _ in range(8):
        consent = accepted(ada, theo)
        body = {**TERMS, "ladders": {ladder.space: "write"}}
        answers = at_once(
            lambda consent=consent, body=body: ada.client.put(f"/api/consents/{consent}", json=body).status_code,
            lambda consent=consent: other.delete(f"/api/consents/{consent}").status_code,
        )
        assert answers in ([200, 204], [404, 204])
        with app.app_context():
            assert places_of(connection(), theo.person, clock()).keys() == {theo.space}
        assert mirror(ada, consent)["state"] == "withdrawn"


def test_taking_back_and_accepting_at_once_do_not_both_succeed(ada, theo):
    for _ in range(5):
        made = invited(ada)
        body = {"code": made["code"], "name": "テオ", "reads_days": [], "reads_note": ""}
        back, accepts = at_once(
            lambda made=made: ada.client.delete(f"/api/invitations/{made['id']}").status_code,
            lambda body=body: theo.client.post("/api/invitations/accept", json=body).status_code,
        )
        assert (back, accepts) in ((204, 404), (404, 201))
        for consent in ada.client.get("/api/consents").get_json()["consents"]:
            ada.client.delete(f"/api/consents/{consent['id']}")


def test_terms_changed_while_the_therapist_writes_wait_for_each_other(app, ada, theo, ladder):
    """Nobody waits for ever, nobody's words vanish: what was written while it was open is there, nothing else."""
    consent = confirmed(ada, theo, ladder, "write")
    edits = [theo.add("comment", ladder.space, target=ladder.step, target_kind="step", text=f"{n}") for n in range(12)]
    devices = [sign_in(app, theo.person) for _ in range(3)]

    def write(client, mine):
        told = []
        for edit in mine:
            body = {"v": 1, "device": new_id(), "cursors": {}, "edits": [edit], "spaces": []}
            answer = client.post("/api/sync", json={**body, "spaces": [ladder.space]})
            told.append((edit["target"], answer.status_code))
        return told

    def turn():
        for shared in ({}, {ladder.space: "propose"}, {}, {ladder.space: "write"}):
            body = {**TERMS, "ladders": shared}
            assert ada.client.put(f"/api/consents/{consent}", json=body).status_code == 200
        return []

    acts = [lambda n=n: write(devices[n], edits[n * 4 : n * 4 + 4]) for n in range(3)]
    told = [pair for answers in at_once(turn, *acts) for pair in answers]
    assert {status for _, status in told} <= {200, 404}
    there = {row["id"] for row in ada.sync()["spaces"][ladder.space]["rows"] if row["kind"] == "comment"}
    assert there == {target for target, status in told if status == 200}


def test_a_writer_in_another_process_finds_the_door_shut(app, ada, theo, ladder):
    """The plain case, without luck: after the answer to a withdrawal nothing of hers can be written or seen."""
    consent = confirmed(ada, theo, ladder, "write")
    thread = mirror(ada, consent)["thread"]
    ada.client.delete(f"/api/consents/{consent}")
    with app.app_context(), writing():
        pass
    edits = [theo.change("step", ladder.step, ladder.space, title="x"), theo.add("message", thread, text="x")]
    assert {answer["reason"] for answer in theo.sync(*edits)["answers"]} == {"no_space"}
    for path in (f"/api/together/{ladder.space}", f"/api/history/{ladder.step}"):
        assert theo.client.get(path).status_code == 404
