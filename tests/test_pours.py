"""Pours: nobody fills the disk of everybody, and nobody who writes with their fingers ever hears of it."""

from datetime import timedelta

import pytest

from exposure import pours
from exposure.errors import TooMany
from exposure.pours import EMPTIES, MOST, Pours
from tests.conftest import START


def test_what_is_sent_runs_out_by_itself():
    held = Pours()
    held.add("ada", MOST, START)
    with pytest.raises(TooMany) as told:
        held.add("ada", MOST // 4, START)
    assert told.value.retry_after == 15 * 60
    held.add("una", MOST, START)  # another's is another's
    held.add("ada", MOST // 4, START + timedelta(minutes=15))
    with pytest.raises(TooMany):
        held.add("ada", 1, START + timedelta(minutes=15))
    held.add("ada", MOST, START + 3 * EMPTIES)


def test_whoever_is_told_to_wait_waits_no_longer_for_asking():
    held = Pours()
    held.add("ada", MOST, START)
    waits = []
    for _ in range(5):
        with pytest.raises(TooMany) as told:
            held.add("ada", 1000, START)
        waits.append(told.value.retry_after)
    assert {*waits} == {1}
    held.add("ada", 1000, START + timedelta(seconds=1))


def test_a_clock_that_was_set_back_shuts_nobody_out_for_longer():
    held = Pours()
    held.add("ada", 1000, START + timedelta(days=900))
    with pytest.raises(TooMany) as told:
        held.add("ada", 1000, START)
    assert told.value.retry_after == 1
    held.add("ada", 1000, START + timedelta(seconds=1))


def test_few_are_remembered(monkeypatch):
    monkeypatch.setattr(pours, "MANY", 10)
    held = Pours()
    for n in range(200):
        held.add(f"person {n}", 1000, START + timedelta(minutes=n))
    assert len(held._full_until) <= 10


def test_words_that_do_not_fit_are_not_written_and_reading_goes_on(app, ada, una, clock, monkeypatch):
    monkeypatch.setattr(pours, "MOST", 2000)

    def send(actor):
        sent = {"v": 1, "device": actor.device, "cursors": {}, "edits": [actor.add("rest", day="2026-11-20")]}
        return actor.client.post("/api/sync", json=sent)

    answers = [send(ada) for _ in range(12)]
    assert {answer.status_code for answer in answers} == {200, 429}
    last = answers[-1]
    assert last.get_json()["error"] == "too_many"
    assert int(last.headers["Retry-After"]) > 0
    written = [row for row in ada.sync()["spaces"][ada.space]["rows"] if row["kind"] == "rest"]
    assert len(written) == sum(answer.status_code == 200 for answer in answers)
    assert send(una).status_code == 200
    clock.pass_by(minutes=30)
    assert send(ada).status_code == 200
