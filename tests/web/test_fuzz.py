"""Fuzz: whatever is sent, to whichever door and by whomever, nothing breaks and what is refused changes nothing.

Reliability 3e. The dice are seeded, so a finding comes back (`IPPO_FUZZ_SEED` for others); `IPPO_FUZZ` sets how many
requests a database gets in the everyday tests, `IPPO_FUZZ_EACH` how many each door and role in the full ones.
"""

import os
import time
from collections import Counter

import pytest
from flask import jsonify

from exposure.db import upsert, writing
from exposure.errors import Conflict
from exposure.heartbeats import Heartbeat
from tests.conftest import START
from tests.web import fuzzing
from tests.web.fuzz_stage import Stage
from tests.web.fuzzing import Fuzz, doors
from tests.web.ledger import Ledger
from tests.web.people import begin, give_password

REQUESTS = int(os.environ.get("IPPO_FUZZ", "5000"))
EACH = int(os.environ.get("IPPO_FUZZ_EACH", "250"))  # on each of two databases
SEED = int(os.environ.get("IPPO_FUZZ_SEED", "20261121"))

pytestmark = pytest.mark.promise("Fuzz")


def test_every_door_that_reads_a_body_is_fuzzed(app):
    reading = {(method, rule) for method, rule in doors(app) if method != "GET"}
    assert set(Stage(app).bodies()) == reading


def test_a_write_that_is_kept_does_not_escape_the_ledger(app, monkeypatch):
    ada, ledger = begin(app), Ledger(app, monkeypatch)
    ada.sync()
    assert ledger.committed == 0
    ada.sync(ada.add("rest", day="2026-11-20"))
    assert ledger.committed >= 3
    before = ledger.committed
    give_password(ada, "ada")
    assert ledger.committed > before


def prove(fuzz):
    total = fuzz.codes.total()
    assert fuzz.troubles.total() == 0, "\n".join(fuzz.shown[:20])
    assert fuzz.codes["cannot be sent"] < total / 50
    assert fuzz.codes[4] > total / 2
    assert fuzz.codes[2] > total / 20


def test_nothing_that_is_sent_breaks_anything(app, clock, monkeypatch):
    fuzz = Fuzz(app, clock, monkeypatch, SEED)
    fuzz.run(REQUESTS, lambda: None)
    prove(fuzz)


def crashes():
    raise KeyError


def writes_and_refuses():
    with writing() as bound:
        upsert(bound, Heartbeat, [{"name": "planted", "at": START, "note": ""}], key=("name",))
    raise Conflict


def dawdles():
    time.sleep(0.06)
    return jsonify({})


def mumbles():
    return jsonify(error="planted", detail="Error 17 in planted()"), 400


PLANTED = {crashes: "5xx", writes_and_refuses: "rows changed", dawdles: "too slow", mumbles: "no clear sentence"}


def test_the_fuzz_finds_what_is_planted(app, clock, monkeypatch):
    monkeypatch.setattr(fuzzing, "SLOWEST_SECONDS", 0.05)
    for planted in PLANTED:
        app.add_url_rule(f"/api/{planted.__name__}", view_func=planted)
    fuzz = Fuzz(app, clock, monkeypatch, SEED)
    for planted, trouble in PLANTED.items():
        fuzz.cells, fuzz.troubles = [("GET", f"/api/{planted.__name__}", "nobody")], Counter()
        fuzz.run(12, lambda: None)
        assert fuzz.troubles[trouble] > 3, planted


@pytest.mark.nightly
def test_nothing_of_a_hundred_thousand_requests_breaks_anything(app, clock, monkeypatch, proof):
    """More where there are so many doors that each gets its share only so."""
    fuzz = Fuzz(app, clock, monkeypatch, SEED + 1)
    with proof.bar("requests", total := EACH * len(fuzz.cells)) as tick:
        fuzz.run(total, tick)
    found = fuzz.troubles
    proof.line(
        "Requests that are nearly right",
        wanted="100,000, ≥ 500 for each route and role, on two databases",
        measured=f"{fuzz.codes.total():,}, ≥ {min(fuzz.asked.values())} for each of {len(fuzz.cells)} here",
    )
    proof.line("Answers of 5xx to them", wanted="0", measured=f"{found['5xx']}")
    proof.line("Answers later than 2 s", wanted="0", measured=f"{found['too slow']} (slowest {fuzz.slowest:.2f} s)")
    proof.line("Rows changed by refused requests", wanted="0", measured=f"{found['rows changed']} of {fuzz.codes[4]:,}")
    unclear = f"{found['no clear sentence']} of {fuzz.codes[4]:,}"
    proof.line("Refusals without a clear sentence", wanted="0", measured=unclear)
    prove(fuzz)
