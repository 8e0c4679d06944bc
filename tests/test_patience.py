"""Patience (rule R-5): whoever does not answer hears less and less, is asked once, and then is left in peace."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposure.patience import RARER, SILENT, stride, tells


def told_on(days: int, answered: set[int] = frozenset()) -> list[int]:
    """The days on which a daily reminder is told, when it is answered on these."""
    unanswered = skipped = 0
    told = []
    for day in range(days):
        if tells(unanswered, skipped):
            told.append(day)
            unanswered, skipped = unanswered + 1, 0
        else:
            skipped += 1
        if day in answered:
            unanswered = skipped = 0
    return told


def test_three_as_chosen_then_every_second_then_every_fourth_then_none_for_ten_years():
    assert told_on(3_650) == [0, 1, 2, 4, 6, 10, 14]


def test_whoever_answers_each_time_is_told_every_time_for_ten_years():
    assert told_on(3_650, set(range(3_650))) == list(range(3_650))


@pytest.mark.parametrize("last", [2, 3, 7, 12, 200])
def test_one_answer_begins_it_anew(last):
    after = [day for day in told_on(400, {last}) if day > last]
    assert after == [last + 1 + day for day in (0, 1, 2, 4, 6, 10, 14)]


@pytest.mark.parametrize(
    ("unanswered", "every"), [(0, 1), (1, 1), (2, 1), (3, 2), (4, 2), (5, 4), (6, 4), (7, None), (8, None), (500, None)]
)
def test_of_how_many_occurrences_one_is_told(unanswered, every):
    assert stride(unanswered) == every


@given(st.sets(st.integers(0, 1_100)))
def test_however_somebody_answers_it_never_presses(answered):
    """In three years: never more than seven without an answer, and from the third on never two days in a row."""
    told = told_on(1_100, answered)
    waiting: list[int] = []
    for day in range(1_100):
        if day in told:
            if len(waiting) >= RARER:
                assert day - waiting[-1] >= 2
            waiting.append(day)
        assert len(waiting) <= SILENT
        if day in answered:
            waiting = []


@given(st.integers(0, 10), st.integers(0, 10))
def test_having_waited_longer_never_makes_it_rarer_and_being_ignored_never_makes_it_more(unanswered, skipped):
    assert tells(unanswered, skipped) <= tells(unanswered, skipped + 1) or stride(unanswered) is None
    assert tells(unanswered + 1, skipped) <= tells(unanswered, skipped)
