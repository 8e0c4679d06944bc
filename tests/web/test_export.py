"""Take everything with you and bring it in again: nothing is lost, nothing is doubled."""

import csv
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exposure import accounts, edits, export, sync
from exposure.db import writing
from exposure.exchange import Exchange
from exposure.web import export as web_export
from tests.conftest import let_in, new_id
from tests.web.people import PASSWORD, begin, give_password


def filled(actor):
    """A ladder, two steps, attempts, a rest, a reminder and settings; all kinds of words."""
    ladder, step, space = new_id(), new_id(), new_id()
    actor.sync(
        actor.edit("add", "setting", actor.space, anchor_50="電車の中", during_ratings=True),
        actor.edit("add", "ladder", ladder, space, title="外へ", wish="海を見る", position="a0"),
        actor.edit("add", "step", step, space, ladder=ladder, title="窓を開ける", position="a0", predicted=40),
        actor.add("step", space, ladder=ladder, title="=1+1", position="a1", archived=True),
        actor.add("attempt", step=step, ladder=ladder, title="窓を開ける", before=60, after=30, outcome="did",
                  happened="風\nが入った, \"さわやか\"", feelings=["calm", "tired"], started=1763760000000),
        actor.add("rest", day="2026-11-20", note="雨 ☔"),
        actor.add("reminder", step=step, ladder=ladder, days=[0, 3], time="18:30", zone="Asia/Tokyo"),
    )  # fmt: skip
    actor.sync(actor.change("step", step, space, title="窓を少し開ける"))
    return space


def things(document):
    """Every row of an export without ids of spaces: kind, id and fields."""
    return sorted(
        (row["kind"], "" if row["kind"] == "setting" else row["id"], json.dumps(row["fields"], sort_keys=True))
        for space in document["spaces"]
        for row in space["rows"]
    )


def taken(actor):
    answer = actor.client.get("/api/export")
    assert answer.status_code == 200
    return json.loads(answer.data)


def test_an_export_holds_every_row_and_every_edit(app):
    ada = begin(app)
    filled(ada)
    document = taken(ada)
    kinds = [kind for kind, _, _ in things(document)]
    assert kinds == ["attempt", "ladder", "reminder", "rest", "setting", "step", "step"]
    edits = [edit for space in document["spaces"] for edit in space["edits"]]
    changes = [change for edit in edits for change in edit["changes"] if change["field"] == "title"]
    assert {"field": "title", "previous": "窓を開ける", "new": "窓を少し開ける"} in changes


def test_an_export_into_an_empty_account_is_equal(app):
    ada, empty = begin(app), begin(app, nickname="")
    filled(ada)
    document = taken(ada)
    answer = empty.client.post("/api/import", json=document)
    assert answer.get_json() == {"added": 7, "refused": 0}
    assert things(taken(empty)) == things(document)
    assert things(taken(ada)) == things(document)


def test_bringing_in_the_same_file_again_changes_nothing(app, clock):
    ada, other = begin(app), begin(app)
    filled(ada)
    document = taken(ada)
    other.client.post("/api/import", json=document)
    before = things(taken(other))
    clock.pass_by(days=1)
    for actor in (ada, other):
        assert actor.client.post("/api/import", json=document).get_json() == {"added": 0, "refused": 0}
    assert things(taken(other)) == before
    assert len(taken(other)["spaces"]) == 2


def test_newer_work_is_not_covered_by_an_old_file(app):
    ada = begin(app)
    space = filled(ada)
    document = taken(ada)
    step = next(row["id"] for s in document["spaces"] for row in s["rows"] if row["kind"] == "step")
    ada.sync(ada.change("step", step, space, title="戸口に立つ"))
    ada.client.post("/api/import", json=document)
    titles = {row["fields"]["title"] for s in taken(ada)["spaces"] for row in s["rows"] if row["kind"] == "step"}
    assert "戸口に立つ" in titles


def test_somebody_elses_ladder_is_not_part_of_ones_own_export(app, ada, theo, ladder):
    let_in(app, theo.person, ladder.space, "editor")
    assert "窓を開ける" not in theo.client.get("/api/export").get_data(as_text=True)


def test_a_file_taken_over_from_a_shared_ladder_makes_a_ladder_of_ones_own(app, ada, theo, ladder):
    let_in(app, theo.person, ladder.space, "viewer")
    document = taken(ada)
    theo.client.post("/api/import", json=document)
    assert ladder.space not in [space["id"] for space in taken(theo)["spaces"]]
    assert things(taken(ada)) == things(document)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"ippo": 2, "spaces": []},
        {"ippo": 1, "spaces": {}},
        {"ippo": 1, "spaces": [{"id": "x", "kind": "private", "rows": []}]},
        {"ippo": 1, "spaces": [{"id": new_id(), "kind": "moon", "rows": []}]},
        {"ippo": 1, "spaces": [{"id": new_id(), "kind": "private", "rows": [{"id": new_id(), "kind": "rest"}]}]},
    ],
)
def test_a_file_that_is_none_of_ours_is_refused_whole(app, body):
    ada = begin(app)
    before = taken(ada)["spaces"]
    answer = ada.client.post("/api/import", json=body)
    assert (answer.status_code, answer.get_json()["error"]) == (400, "not_an_export")
    assert taken(ada)["spaces"] == before


def test_a_row_that_does_not_fit_stays_outside_and_the_others_come_in(app):
    ada = begin(app)
    rows = [
        {"id": new_id(), "kind": "rest", "fields": {"day": "2026-11-20"}},
        {"id": new_id(), "kind": "rest", "fields": {"day": "the day after"}},
        {"id": new_id(), "kind": "proposal", "fields": {"field": "title"}},
    ]
    body = {"ippo": 1, "spaces": [{"id": new_id(), "kind": "private", "rows": rows}]}
    assert ada.client.post("/api/import", json=body).get_json() == {"added": 1, "refused": 1}


def test_the_table_opens_in_a_spreadsheet_and_runs_nothing_there(app):
    ada = begin(app)
    filled(ada)
    answer = ada.client.get("/api/export.csv")
    assert answer.mimetype == "text/csv"
    text = answer.data.decode("utf-8")
    assert text.startswith("\ufeff")
    lines = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert {line["kind"] for line in lines} == {"ladder", "step", "attempt", "rest", "reminder"}
    attempt = next(line for line in lines if line["kind"] == "attempt")
    assert attempt["happened"] == '風\nが入った, "さわやか"'
    assert (attempt["before"], attempt["after"], attempt["feelings"]) == ("60", "30", "calm tired")
    assert attempt["started"] == "2025-11-21T21:20:00.000+00:00"
    assert "'=1+1" in {line["title"] for line in lines}


def test_the_file_is_named_by_its_day_and_by_nothing_else(app):
    ada = begin(app)
    for ending, path in (("json", "/api/export"), ("csv", "/api/export.csv")):
        answer = ada.client.get(path)
        assert answer.headers["Content-Disposition"] == f'attachment; filename="ippo-2026-11-21.{ending}"'
        assert answer.headers["Cache-Control"] == "no-store"


def test_ten_pages_come_out_as_whole_as_one(app, monkeypatch):
    monkeypatch.setattr(export, "PAGE", 7)
    ada = begin(app)
    for _ in range(4):
        ada.sync(*[ada.add("rest", day="2026-11-20", note=str(n)) for n in range(20)])
    document = taken(ada)
    assert len([thing for thing in things(document) if thing[0] == "rest"]) == 80
    assert sum(len(space["edits"]) for space in document["spaces"]) == 81


WORDS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=60)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(notes=st.lists(WORDS, max_size=5), titles=st.lists(WORDS, max_size=3), rating=st.integers(0, 100))
def test_whatever_was_written_comes_back_as_it_was(app, notes, titles, rating):
    ada, empty = begin(app), begin(app)
    space, ladder = new_id(), new_id()
    ada.sync(
        ada.edit("add", "ladder", ladder, space, position="a0"),
        *[ada.add("step", space, ladder=ladder, title=title, position="a1", predicted=rating) for title in titles],
        *[ada.add("rest", day="2026-11-20", note=note) for note in notes],
    )
    document = taken(ada)
    empty.client.post("/api/import", json=document)
    assert things(taken(empty)) == things(document)


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
    monkeypatch.setattr(web_export, "MOST_ROWS", 3)
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


def test_one_file_is_brought_in_at_a_time(app):
    ada = begin(app)
    with web_export._reading:
        answer = ada.client.post("/api/import", json=rests(1))
    assert (answer.status_code, answer.get_json()["error"], answer.headers["Retry-After"]) == (503, "busy", "10")
    assert ada.client.post("/api/import", json=rests(1)).status_code == 200


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
            real = getattr(web_export, moment)

            def leaves(*given, real=real, ada=ada):
                with writing() as bound:
                    accounts.leave(bound, ada.person, clock())
                return real(*given)

            meanwhile.setattr(web_export, moment, leaves)
            answer = ada.client.post("/api/import", json=rests(1))
        assert (answer.status_code, answer.get_json()["error"]) == (401, "not_signed_in")
