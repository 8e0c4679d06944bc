"""The words of the demo: what the app itself could have written, so that every part of a page has something to show."""

import json

import pytest
from flask import Flask

from exposure import demo
from exposure.demo import DATA
from tests.conftest import Clock

WORDS = json.loads((DATA / "demo.json").read_text(encoding="utf-8"))
HAPPENED = {"no", "part", "bearable", "yes"}  # as static/js/attempts.js stores the answers


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_happened_is_answered_as_on_the_screen(language: str) -> None:
    told = WORDS[language]["attempts"]
    assert {one["happened"] for one in told if "happened" in one} <= HAPPENED
    assert not [one for one in told if "happened" in one and not one.get("guess")]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_there_is_a_surprise_and_a_step_where_it_sticks(language: str) -> None:
    told = WORDS[language]["attempts"]
    assert any(one.get("happened") == "no" and one["likelihood"] > 50 for one in told)
    back = [one["step"] for one in told if one["outcome"] == "turned_back"]
    assert any(back.count(step) >= 2 for step in back)
    days = [[(one["step"], one["days_ago"]) for one in WORDS[each]["attempts"]] for each in ("ja", "en")]
    assert days[0] == days[1]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_everything_a_person_may_keep_has_an_example_and_only_what_is_opened_is_shown(language: str) -> None:
    told = WORDS[language]
    assert {"diary", "checkins", "supports", "plan", "rhythm", "varied"} <= told.keys()
    assert {one["about"] for one in told["checkins"]} == {"harder", "days"}
    for kind in ("diary", "checkins"):
        assert {one.get("sharing", "private") for one in told[kind]} == {"open", "private"}
    assert any(one.get("liked") and one["tiny"] for one in told["supports"])
    for name in ("where", "first_time", "looked_back"):
        assert any(name in one for one in told["attempts"]), name


def test_the_two_languages_tell_the_same_life() -> None:
    def shape(told: object) -> object:
        if isinstance(told, dict):
            return {name: shape(value) for name, value in told.items()}
        return [shape(one) for one in told] if isinstance(told, list) else type(told)

    ja, en = (shape({name: WORDS[each][name] for name in WORDS[each] if name != "anchors"}) for each in ("ja", "en"))
    assert ja == en


def test_the_demo_fits_the_house_and_its_therapist_reads_what_is_shown(app: Flask, clock: Clock) -> None:
    person, therapist = demo.Demo(app, "ja", clock()), demo.Therapist(app, "ja", clock())
    person.fill()
    therapist.begin()
    demo.link(person, therapist)
    consent = therapist.client.get("/api/people", base_url=person.origin).get_json()["people"][0]["consent"]
    page = therapist.client.get(f"/api/people/{consent}", base_url=person.origin)
    told = page.get_json()
    assert [len(told[name]) for name in ("diary", "checkins", "plans")] == [1, 1, 0]
    for hidden in ("灰色", "めんどう", "ギター", "前の冬"):
        assert hidden not in page.get_data(as_text=True)
