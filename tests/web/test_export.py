"""Take everything with you and bring it in again: nothing is lost, nothing is doubled."""

import csv
import io
import os
import random

import pytest

from exposure import export
from exposure.db import db
from exposure.web import export as door
from tests.conftest import let_in, new_id
from tests.random_life import lived
from tests.web.people import begin, filled, taken, things


def test_an_export_holds_every_row_and_every_edit(app):
    ada = begin(app)
    filled(ada)
    document = taken(ada)
    kinds = [kind for kind, _, _ in things(document)]
    assert kinds == ["answer", "attempt", "ladder", "reminder", "rest", "setting", "step", "step"]
    edits = [edit for space in document["spaces"] for edit in space["edits"]]
    changes = [change for edit in edits for change in edit["changes"] if change["field"] == "title"]
    assert {"field": "title", "previous": "窓を開ける", "new": "窓を少し開ける"} in changes


def test_an_export_into_an_empty_account_is_equal(app):
    ada, empty = begin(app), begin(app, nickname="")
    filled(ada)
    document = taken(ada)
    answer = empty.client.post("/api/import", json=document)
    assert answer.get_json() == {"added": 8, "refused": 0}
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


@pytest.mark.parametrize("changed", [["happened"], [["happened"]], 5, True, None, {"happened": 1}], ids=str)
def test_a_file_that_was_written_by_hand_goes_over_nothing_that_is_here(app, changed):
    ada = begin(app)
    filled(ada)
    before, forged = taken(ada), taken(ada)
    for row in (row for space in forged["spaces"] for row in space["rows"] if row["kind"] == "attempt"):
        row |= {"changed": changed, "fields": {**row["fields"], "happened": "planted"}}
    assert ada.client.post("/api/import", json=forged).get_json() == {"added": 0, "refused": 0}
    assert things(taken(ada)) == things(before)


def test_the_table_opens_in_a_spreadsheet_and_runs_nothing_there(app):
    ada = begin(app)
    filled(ada)
    answer = ada.client.get("/api/export.csv")
    assert answer.mimetype == "text/csv"
    text = answer.data.decode("utf-8")
    assert text.startswith("\ufeff")
    lines = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert {line["kind"] for line in lines} == {"ladder", "step", "attempt", "rest", "reminder", "answer"}
    attempt = next(line for line in lines if line["kind"] == "attempt")
    assert attempt["happened"] == '風\nが入った, "さわやか"'
    assert (attempt["before"], attempt["after"], attempt["feelings"]) == ("60", "30", "calm tired")
    assert attempt["started"] == "2025-11-21T21:20:00.000+00:00"
    assert "'=1+1" in {line["title"] for line in lines}


def test_no_cell_is_a_formula_in_a_spreadsheet(app):
    """OWASP, CSV injection: the wide signs of a Japanese keyboard as well."""
    ada = begin(app)
    notes = [f"{sign}1+1" for sign in "=+-@＝＋－＠\t\r\n"]
    ada.sync(*[ada.add("rest", day="2026-11-20", note=note) for note in [*notes, "今日は = 休み"]])
    text = ada.client.get("/api/export.csv").data.decode("utf-8-sig")
    told = {line["note"] for line in csv.DictReader(io.StringIO(text, newline=""))}
    assert told == {"'" + note for note in notes} | {"今日は = 休み"}


@pytest.mark.parametrize(
    ("zone", "day"), [("Asia/Tokyo", "2026-11-21"), ("Pacific/Kiritimati", "2026-11-22"), ("No/Where", "2026-11-21")]
)
def test_the_file_is_named_by_the_persons_own_day_and_by_nothing_else(app, zone, day):
    ada = begin(app, zone=zone)
    for ending, path in (("json", "/api/export"), ("csv", "/api/export.csv")):
        answer = ada.client.get(path)
        assert answer.headers["Content-Disposition"] == f'attachment; filename="ippo-{day}.{ending}"'
        assert answer.headers["Cache-Control"] == "no-store"


def test_whoever_downloads_slowly_holds_no_connection(app, monkeypatch):
    monkeypatch.setattr(export, "PAGE", 7)
    monkeypatch.setattr(door, "PIECE", 500)
    ada = begin(app)
    ada.sync(*[ada.add("rest", day="2026-11-20", note=str(n)) for n in range(40)])
    with app.app_context():
        pool = db.engine.pool
    for path in ("/api/export", "/api/export.csv"):
        pieces = ada.client.get(path).iter_encoded()
        held = [pool.checkedout() for _ in pieces]
        assert len(held) > 5
        assert {*held} == {0}


def test_ten_pages_come_out_as_whole_as_one(app, monkeypatch):
    monkeypatch.setattr(export, "PAGE", 7)
    ada = begin(app)
    for _ in range(4):
        ada.sync(*[ada.add("rest", day="2026-11-20", note=str(n)) for n in range(20)])
    document = taken(ada)
    assert len([thing for thing in things(document) if thing[0] == "rest"]) == 80
    assert sum(len(space["edits"]) for space in document["spaces"]) == 81


@pytest.mark.promise("Backup")
@pytest.mark.parametrize("accounts", [15, pytest.param(0, marks=pytest.mark.nightly, id="all")])
def test_whatever_was_written_comes_back_as_it_was(app, clock, proof, accounts):
    accounts = accounts or int(os.environ.get("IPPO_ACCOUNTS", "500"))
    different, many = [], 0
    with proof.bar("accounts", accounts) as tick:
        for seed in range(accounts):
            clock.pass_by(hours=25)  # so many do not begin at one address in one day
            ada, empty = begin(app, nickname=f"#{seed}"), begin(app, nickname="")
            lived(ada, random.Random(seed))
            document = taken(ada)
            many += len(things(document))
            empty.client.post("/api/import", json=document)
            if things(taken(empty)) != things(document):
                different.append(seed)
            tick()
    proof.line(
        "Accounts that are not equal after export, an empty account and import",
        wanted="0 of 500 random accounts",
        measured=f"{len(different)} of {accounts}, {many:,} rows",
    )
    assert many > 10 * accounts
    assert different == []
