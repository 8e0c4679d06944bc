"""What a field accepts: a day is one of the calendar, of every kind that has one."""

import pytest

from exposure.fits import DAY_OR_NONE, is_day
from exposure.kinds import KINDS


@pytest.mark.parametrize("value", ["2026-02-28", "2028-02-29", "0001-01-01", "9999-12-31"])
def test_a_day_of_the_calendar_is_one(value):
    assert is_day(value)
    assert DAY_OR_NONE(value)


@pytest.mark.parametrize(
    "value",
    [
        "2026-02-31",
        "2026-02-29",
        "2026-04-31",
        "0000-01-01",
        "2026-13-01",
        "20260101",
        "2026-W01-1",
        "２０２６-01-01",
        "",
        20260101,
        None,
    ],
)
def test_what_stands_in_no_calendar_is_none(value):
    assert not is_day(value)
    assert value == "" or not DAY_OR_NONE(value)


def test_every_kind_with_a_day_refuses_one_that_never_comes():
    dated = {
        (kind, name): fits
        for kind, one in KINDS.items()
        for name, fits in one.fields.items()
        if name in ("day", "date", "today_day")
    }
    assert len(dated) >= 5
    assert [name for name, fits in dated.items() if fits("2026-02-31")] == []
