"""The words of the demo: what the app itself could have written, so that every part of a page has something to show."""

import json

import pytest

from exposure.demo import DATA

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
