"""Where to turn: no line without its hours, limits, source and day (product rules X1 to X3)."""

import copy
import json
from datetime import date, timedelta

import pytest

from exposure.lines import ELSEWHERE, FIELDS, FILE, KINDS, lines, read_lines

RAW = json.loads(FILE.read_text("utf-8"))


def test_every_line_we_ship_is_complete():
    assert len(lines().lines) == len(RAW["lines"]) > 20


@pytest.mark.parametrize("country", ["JP", "US", "GB", "IE", "AU", "KR", ELSEWHERE])
def test_every_country_has_somebody_to_talk_to_and_an_emergency_number(country):
    kinds = [line.kind for line in lines().near(country)]
    assert "emergency" in kinds
    assert {"talk", "directory"} & set(kinds)


def test_somebody_to_talk_to_comes_first_and_emergency_last():
    order = [KINDS.index(line.kind) for line in lines().near("JP")]
    assert order == sorted(order)
    assert lines().near("JP")[0].number == "0120-279-338"


def test_a_country_we_do_not_know_gets_the_fallback():
    assert [line.id for line in lines().near("FR")] == [line.id for line in lines().near(ELSEWHERE)] != []


@pytest.mark.parametrize("field", sorted(FIELDS))
def test_a_line_with_a_missing_field_is_refused(field):
    data = copy.deepcopy(RAW)
    del data["lines"][0][field]
    with pytest.raises(ValueError, match=r".+"):
        read_lines(data)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("hours", {"ja": "24時間", "en": ""}),
        ("limits", {"ja": "どなたでも"}),
        ("number", "call us"),
        ("url", "http://example.org"),
        ("country", "ZZ"),
        ("certainty", "sure"),
        ("checked_on", "last spring"),
        ("source", ""),
        ("languages", []),
    ],
)
def test_a_line_with_something_odd_in_it_is_refused(field, value):
    data = copy.deepcopy(RAW)
    data["lines"][0][field] = value
    with pytest.raises(ValueError, match=r".+"):
        read_lines(data)


def test_a_confirmed_line_needs_the_day_it_was_confirmed():
    data = copy.deepcopy(RAW)
    data["lines"][0] |= {"certainty": "confirmed", "checked_on": None}
    with pytest.raises(ValueError, match="which day"):
        read_lines(data)


def test_the_known_wrong_digits_of_the_public_line_are_not_ours():
    numbers = {line.number for line in lines().lines}
    assert "0570-064-556" in numbers
    assert "0570-046-556" not in numbers


def test_the_dialled_number_has_only_what_a_phone_understands():
    assert {line.dial for line in lines().near("JP")} >= {"0120279338", "#9999"}


def test_the_release_check_counts_180_days_and_trusts_only_what_was_confirmed():
    data = copy.deepcopy(RAW)
    data["lines"] = data["lines"][:1]
    data["lines"][0] |= {"certainty": "confirmed", "checked_on": "2026-01-01"}
    day = date(2026, 1, 1)
    fresh = read_lines(data)
    assert fresh.stale(day + timedelta(days=180)) == []
    assert fresh.stale(day + timedelta(days=181)) == list(fresh.lines)
    data["lines"][0]["certainty"] = "seen"
    assert len(read_lines(data).stale(day)) == 1
