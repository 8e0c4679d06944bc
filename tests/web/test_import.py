"""Bringing in: a guest's things into the account, a large file in batches, and what is refused."""

import io
import threading
from contextlib import ExitStack

from exposure import edits, leaving, pours, sync
from exposure.db import writing
from exposure.exchange import Exchange
from exposure.web import bringing as door
from tests.conftest import let_in, new_id
from tests.web.people import PASSWORD, begin, filled, give_password, taken, things

JSON = "application/json"


def fields_of(document, kind):
    return [row["fields"] for space in document["spaces"] for row in space["rows"] if row["kind"] == kind]


def no_id_twice(document):
    ids = [row["id"] for space in document["spaces"] for row in space["rows"]]
    return len(ids) == len(set(ids))


def one_of(document, kind, title):
    return next(
        (space["id"], row["id"])
        for space in document["spaces"]
        for row in space["rows"]
        if (row["kind"], row["fields"].get("title")) == (kind, title)
    )


def test_what_a_guest_wrote_over_a_brought_in_file_comes_into_the_account(app):
    ada, guest = begin(app), begin(app)
    space = filled(ada)
    give_password(ada, "ada")
    guest.client.post("/api/import", json=taken(ada))
    copy = taken(guest)
    home, step = one_of(copy, "step", "窓を少し開ける")
    private, attempt = one_of(copy, "attempt", "窓を開ける")
    _, ladder = one_of(copy, "ladder", "外へ")
    ada.sync(ada.change("step", step, space, hint="ゆっくり"))
    guest.sync(
        guest.change("step", step, home, title="戸口に立つ"),
        guest.change("attempt", attempt, private, happened="鳥が鳴いた"),
        guest.add("step", home, ladder=ladder, title="庭へ出る", position="a2"),
    )
    proof = {"name": "ada", "password": PASSWORD, "bring": True}
    assert guest.client.post("/api/signin", json=proof).get_json()["person"] == ada.person
    after = taken(ada)
    assert no_id_twice(after)
    assert len(after["spaces"]) == 2
    assert {"戸口に立つ", "庭へ出る", "=1+1"} == {step["title"] for step in fields_of(after, "step")}
    assert "ゆっくり" in {step.get("hint") for step in fields_of(after, "step")}
    assert [attempt["happened"] for attempt in fields_of(after, "attempt")] == ["鳥が鳴いた"]
    past = [change["previous"] for s in after["spaces"] for edit in s["edits"] for change in edit["changes"]]
    assert "窓を少し開ける" in past
    assert '風\nが入った, "さわやか"' in past


def test_a_guest_whose_words_do_not_all_fit_stays_a_guest(app, monkeypatch):
    ada, guest = begin(app), begin(app)
    give_password(ada, "ada")
    guest.sync(guest.add("rest", day="2026-11-20", note="雨"))
    monkeypatch.setitem(edits.KINDS["rest"].fields, "note", lambda _value: False)
    proof = {"name": "ada", "password": PASSWORD, "bring": True}
    answer = guest.client.post("/api/signin", json=proof)
    assert (answer.status_code, answer.get_json()["error"]) == (409, "not_brought")
    assert guest.client.get("/api/me").get_json()["person"] == guest.person
    assert [rest["note"] for rest in fields_of(taken(guest), "rest")] == ["雨"]
    assert fields_of(taken(ada), "rest") == []


def test_rows_that_are_seen_in_another_space_get_ids_of_their_own(app, ada, theo, ladder):
    ada.sync(ada.add("attempt", step=ladder.step, ladder=ladder.id, title="窓を開ける"))
    ada.sync(ada.add("step", ladder.space, ladder=ladder.id, title="戸", position="a1", split_from=ladder.step))
    let_in(app, theo.person, ladder.space, "viewer")
    document = taken(ada)
    for _ in range(2):
        theo.client.post("/api/import", json=document)
    mine = taken(theo)
    home, copy = one_of(mine, "ladder", "外へ")
    step = one_of(mine, "step", "窓を開ける")[1]
    assert home != ladder.space
    assert {copy, step}.isdisjoint({ladder.id, ladder.step})
    assert [(row["step"], row["ladder"]) for row in fields_of(mine, "attempt")] == [(step, copy)]
    assert [(row["ladder"], row.get("split_from")) for row in fields_of(mine, "step") if row["title"] == "戸"] == [
        (copy, step)
    ]
    assert no_id_twice(mine)
    assert len(things(mine)) == len(things(document))


def rests(count):
    rows = [{"id": new_id(), "kind": "rest", "fields": {"day": "2026-11-20"}} for _ in range(count)]
    return {"ippo": 1, "spaces": [{"id": new_id(), "kind": "private", "rows": rows}]}


def test_a_file_of_more_rows_than_fit_is_refused_whole_with_a_sentence(app, monkeypatch):
    monkeypatch.setattr(door, "MOST_ROWS", 3)
    ada = begin(app)
    answer = ada.client.post("/api/import", json=rests(4), headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.get_json()["error"]) == (413, "too_large")
    assert fields_of(taken(ada), "rest") == []
    assert ada.client.post("/api/import", json=rests(3)).get_json() == {"added": 3, "refused": 0}


def test_an_import_puts_the_pen_down_between_its_batches_and_may_stop_half_way(app, monkeypatch):
    ada, document, pushed = begin(app), rests(450), []
    real = sync.push

    def stops(turn, batch, projections):
        if len(pushed) == 2:
            raise RuntimeError("the power went off")
        pushed.append(len(batch))
        return real(turn, batch, projections)

    monkeypatch.setattr(sync, "push", stops)
    assert ada.client.post("/api/import", json=document).status_code == 500
    monkeypatch.setattr(sync, "push", real)
    assert pushed == [200, 200]
    assert len(fields_of(taken(ada), "rest")) == 400
    assert ada.client.post("/api/import", json=document).get_json() == {"added": 50, "refused": 0}
    assert no_id_twice(taken(ada))


def test_what_another_device_wrote_between_two_batches_is_not_written_over(app, monkeypatch):
    ada, document = begin(app), rests(201)
    real, last = sync.push, document["spaces"][0]["rows"][-1]["id"]

    def push(turn, batch, projections):
        answers = real(turn, batch, projections)
        if len(batch) == 200:
            other = Exchange(turn.bound, turn.vault, turn.actor, ada.device, turn.now)
            real(other, [ada.edit("add", "rest", last, day="2026-11-20", note="雨")], projections)
        return answers

    monkeypatch.setattr(sync, "push", push)
    assert ada.client.post("/api/import", json=document).get_json() == {"added": 200, "refused": 0}
    assert "雨" in {rest.get("note") for rest in fields_of(taken(ada), "rest")}


def test_one_file_is_brought_in_at_a_time_and_the_next_waits_for_it(app):
    ada = begin(app)
    with door._turn:
        end = threading.Timer(0.3, door._turn.release)
        end.start()
        assert ada.client.post("/api/import", json=rests(1)).status_code == 200
        end.join()
        assert door._turn.acquire(blocking=False)


def test_a_file_that_finds_no_room_is_not_read_and_counts_for_nothing(app, monkeypatch):
    monkeypatch.setattr(door, "PATIENCE", 0.01)
    ada = begin(app)
    for _ in range(12):
        with ExitStack() as others:
            for _ in range(door.MOST_FILES):
                others.enter_context(door._room())
            sent = io.BytesIO(b"{" * 100)
            answer = ada.client.post("/api/import", input_stream=sent, content_type=JSON, content_length=100)
            assert (answer.status_code, answer.headers["Retry-After"], sent.tell()) == (503, "10", 0)
        with door._turn:
            assert ada.client.post("/api/import", json=rests(1)).status_code == 503
    assert ada.client.post("/api/import", json=rests(1)).status_code == 200


def test_who_brought_in_enough_for_an_hour_is_told_so_before_a_word_is_read(app):
    ada = begin(app)
    for _ in range(10):
        ada.client.post("/api/import", json=rests(1))
    unread = io.BytesIO(b"{" * 100)
    answer = ada.client.post("/api/import", input_stream=unread, content_type=JSON, content_length=100)
    assert (answer.status_code, unread.tell()) == (429, 0)


def test_a_file_counts_for_what_one_person_may_pour_in(app, clock, monkeypatch):
    monkeypatch.setattr(pours, "MOST", 3000)
    ada = begin(app)
    codes = [ada.client.post("/api/import", json=rests(10)).status_code for _ in range(4)]
    assert {*codes} == {200, 429}
    clock.pass_by(hours=1)
    assert ada.client.post("/api/import", json=rests(10)).status_code == 200


def test_files_cannot_be_poured_in_without_end(app, clock):
    ada = begin(app)
    for _ in range(10):
        assert ada.client.post("/api/import", json=rests(1)).status_code == 200
    assert ada.client.post("/api/import", json=rests(1)).status_code == 429
    clock.pass_by(hours=1)
    assert ada.client.post("/api/import", json=rests(1)).status_code == 200


def test_an_import_into_an_account_that_is_deleted_meanwhile_asks_to_sign_in(app, clock, monkeypatch):
    for moment in ("_planned", "_batches"):
        ada = begin(app)
        with monkeypatch.context() as meanwhile:
            real = getattr(door, moment)

            def leaves(*given, real=real, ada=ada):
                with writing() as bound:
                    leaving.leave(bound, ada.person, clock())
                return real(*given)

            meanwhile.setattr(door, moment, leaves)
            answer = ada.client.post("/api/import", json=rests(1))
        assert (answer.status_code, answer.get_json()["error"]) == (401, "not_signed_in")
