"""Reminders: the plain columns follow the sealed row, in the same request, and say when it falls due next."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import insert, select, text

from exposure import keeping
from exposure import marks as day_marks
from exposure.db import connection, milliseconds, writing
from exposure.marks import DayMark, is_wanted, marks_of
from exposure.reminders import Reminder
from exposure.timetable import local_day
from tests.conftest import START, let_in, new_id
from tests.statements import statements

TOKYO_EVENING = {"days": [0, 1, 2, 3, 4, 5, 6], "time": "21:30", "zone": "Asia/Tokyo"}
# START is Saturday 21 November 2026, 12:00 UTC: 21:00 in Tokyo.


def kept(app, reminder):
    with app.app_context():
        return connection().execute(select(Reminder.__table__).where(Reminder.id == reminder)).first()


def marks(app, person):
    with app.app_context():
        return connection().execute(select(DayMark.__table__).where(DayMark.person_id == person)).all()


def add(actor, **fields):
    edit = actor.add("reminder", **(TOKYO_EVENING | {"on": True} | fields))
    actor.sync(edit)
    return edit["target"]


def test_a_saved_reminder_knows_its_next_occurrence_in_the_same_request(app, ada):
    row = kept(app, add(ada, window=45))
    assert (row.day, row.due.isoformat(), row.until.isoformat()) == (
        "2026-11-21",
        "2026-11-21T12:30:00+00:00",
        "2026-11-21T13:15:00+00:00",
    )
    assert (row.person_id, row.space_id, row.neutral) == (ada.person, ada.space, True)


def test_a_time_that_has_passed_today_comes_on_the_next_chosen_day(app, ada):
    row = kept(app, add(ada, time="20:59", days=[0, 5]))  # Mondays and Saturdays
    assert (row.day, row.due.isoformat()) == ("2026-11-23", "2026-11-23T11:59:00+00:00")


@pytest.mark.parametrize("fields", [{"on": False}, {"archived": True}, {"days": []}, {"zone": "Nowhere/Land"}])
def test_what_is_off_put_away_or_impossible_has_no_next_occurrence(app, ada, fields):
    reminder = add(ada)
    ada.sync(ada.change("reminder", reminder, **fields))
    row = kept(app, reminder)
    assert (row.day, row.due, row.until) == (None, None, None)


def test_a_reminder_switched_on_again_falls_due_again(app, ada):
    reminder = add(ada, on=False)
    assert kept(app, reminder).due is None
    ada.sync(ada.change("reminder", reminder, on=True))
    assert kept(app, reminder).day == "2026-11-21"


def test_other_words_do_not_push_a_reminder_that_is_due_on_to_another_day(app, ada, clock):
    reminder = add(ada)
    before = kept(app, reminder)
    clock.pass_by(minutes=30, seconds=5)  # due five seconds ago; no clock has looked yet
    ada.sync(ada.change("reminder", reminder, words="窓をあけてみる", neutral=False))
    after = kept(app, reminder)
    assert (after.due, after.neutral) == (before.due, False)


def test_a_new_time_is_a_new_wish_and_may_still_come_today(app, ada, clock):
    reminder = add(ada)
    tell(app, reminder, "2026-11-21")
    clock.pass_by(hours=1)
    ada.sync(ada.change("reminder", reminder, time="23:00"))
    assert kept(app, reminder).day == "2026-11-21"


def test_a_journey_to_another_zone_does_not_bring_the_same_date_twice(app, ada, clock):
    reminder = add(ada)
    tell(app, reminder, "2026-11-21")
    clock.pass_by(hours=1)
    ada.sync(ada.change("reminder", reminder, zone="Europe/London"))  # 21:30 there is still to come on the 21st
    assert kept(app, reminder).day == "2026-11-22"


def tell(app, reminder, day):
    """As if a clock had told of it on that local date."""
    with app.app_context(), writing() as bound:
        bound.execute(text("UPDATE reminder SET last_day = :day WHERE id = :id"), {"day": day, "id": reminder})


def test_the_same_id_in_somebody_elses_space_is_another_reminder(app, ada, una):
    reminder = add(ada)
    una.sync(una.edit("add", "reminder", reminder, on=False, **TOKYO_EVENING))
    with app.app_context():
        found = connection().execute(select(Reminder.person_id, Reminder.due).where(Reminder.id == reminder)).all()
    assert {row.person_id: row.due is not None for row in found} == {ada.person: True, una.person: False}


def test_words_and_notes_never_reach_the_plain_columns(app, ada):
    reminder = add(ada, words="CANARY-words", neutral=False)
    ada.sync(ada.add("rest", day="2026-11-21", note="CANARY-note", at=milliseconds(START)))
    with app.app_context():
        plain = [dict(row._mapping) for row in connection().execute(select(Reminder.__table__))]
        plain += [dict(row._mapping) for row in connection().execute(select(DayMark.__table__))]
    assert len(plain) == 2
    assert "CANARY" not in json.dumps(plain, default=str)
    assert kept(app, reminder).neutral is False


def test_saving_many_reminders_and_attempts_takes_as_many_statements_as_saving_one_of_each(app, ada):
    def both(count):
        edits = [ada.add("reminder", **TOKYO_EVENING) for _ in range(count)]
        return edits + [ada.add("attempt", step=new_id(), ended=milliseconds(START)) for _ in range(count)]

    one, many = (statements(lambda count=count: ada.sync(*both(count))) for count in (1, 50))
    assert 0 < one == many


def test_an_idea_of_somebody_elses_reminds_of_nothing_until_it_is_taken(app, ada, theo, ladder):
    """Rule R-8: it lies in the ladder, where no clock looks; taking it makes a reminder of one's own."""
    let_in(app, theo.person, ladder.space, "proposer")
    idea = theo.add("idea", ladder.space, step=ladder.step, days=[0, 1, 2, 3, 4, 5, 6], time="21:30")
    assert theo.sync(idea)["answers"][0]["outcome"] == "written"
    not_theirs = theo.edit("add", "reminder", new_id(), ada.space, **TOKYO_EVENING)
    assert theo.sync(not_theirs)["answers"][0]["outcome"] == "refused"
    ada.sync(ada.change("idea", idea["target"], ladder.space, state="taken"))
    with app.app_context():
        assert connection().execute(select(Reminder.id)).all() == []
    reminder = add(ada, step=ladder.step)
    assert kept(app, reminder).due is not None


# ---- what a day already holds


def test_a_rest_leaves_a_mark_for_its_own_date_and_taking_it_back_removes_it(app, ada):
    rest = ada.add("rest", day="2026-11-21", source="home", at=milliseconds(START))
    ada.sync(rest)
    (mark,) = marks(app, ada.person)
    assert (mark.day, mark.step) == ("2026-11-21", None)
    ada.sync(ada.change("rest", rest["target"], archived=True))
    assert marks(app, ada.person) == []


def test_an_attempt_leaves_a_mark_once_it_has_begun(app, ada):
    step = new_id()
    attempt = ada.add("attempt", step=step)
    ada.sync(attempt)
    assert marks(app, ada.person) == []
    ada.sync(ada.change("attempt", attempt["target"], started=milliseconds(START)))
    ada.sync(ada.change("attempt", attempt["target"], ended=milliseconds(START) - 1000))
    (mark,) = marks(app, ada.person)
    assert (mark.step, milliseconds(mark.at)) == (step, milliseconds(START) - 1000)


def test_old_attempts_and_clocks_that_run_ahead_leave_no_lasting_mark(app, ada, clock):
    week, year = 7 * 86_400_000, 365 * 86_400_000
    ada.sync(ada.add("attempt", step=new_id(), ended=milliseconds(START) - week))
    assert marks(app, ada.person) == []
    ada.sync(ada.add("attempt", step=new_id(), ended=milliseconds(START) + year))
    assert len(marks(app, ada.person)) == 1
    clock.pass_by(days=4)
    with app.app_context(), writing() as bound:
        keeping.forget_past(bound, clock())
    assert marks(app, ada.person) == []


class Mark:
    def __init__(self, day=None, step=None, ladder=None, at=START):
        self.day, self.step, self.ladder, self.at = day, step, ladder, at


@pytest.mark.parametrize(
    ("step", "ladder", "mark", "wanted"),
    [
        ("s", "l", Mark(step="s", ladder="l"), False),
        ("s", "l", Mark(step="other", ladder="l"), True),
        (None, "l", Mark(step="other", ladder="l"), False),
        (None, "l", Mark(step="other", ladder="m"), True),
        (None, None, Mark(step="other", ladder="m"), False),
        ("s", None, Mark(day="2026-11-21"), False),
        ("s", None, Mark(day="2026-11-20"), True),
        ("s", None, Mark(day="2026-02-31"), True),
    ],
)
def test_a_reminder_is_wanted_unless_its_own_thing_was_done_or_the_day_is_one_of_not_doing(step, ladder, mark, wanted):
    today = {START.date()}
    assert is_wanted(step, ladder, today, "Asia/Tokyo", [mark]) is wanted
    assert is_wanted(step, ladder, today, "Asia/Tokyo", []) is True


def test_an_attempt_counts_for_the_date_on_the_wall_of_the_reminder(app, ada):
    late = Mark(step="s", at=START.replace(hour=16))  # 01:00 on the 22nd in Tokyo
    assert is_wanted("s", None, {START.date()}, "Asia/Tokyo", [late]) is True
    assert is_wanted("s", None, {START.date()}, "Europe/London", [late]) is False


def test_many_reminders_and_many_marks_cost_no_walk_of_each_along_all(app, ada, una, monkeypatch):
    """A guest who pours in tens of thousands of attempts must not have everybody's pen held for a second."""
    asked = []
    monkeypatch.setattr(day_marks, "local_day", lambda at, zone: asked.append(at) or local_day(at, zone))
    begun, mine = START.replace(hour=0), {"person_id": ada.person, "day": None, "ladder": "l"}
    new = [
        mine | {"id": new_id(), "step": f"s{n % 40}" if n < 3000 else f"t{n}", "at": begun + timedelta(seconds=14 * n)}
        for n in range(6000)
    ]
    new += [mine | {"id": new_id(), "step": None, "day": f"{year}-11-21", "at": begun} for year in range(1970, 2100)]
    about = [SimpleNamespace(person_id=ada.person, step=f"s{n}", ladder=None) for n in range(30, 50)]
    about += [SimpleNamespace(person_id=una.person, step="s1", ladder="l")]
    with app.app_context(), writing() as bound:
        bound.execute(insert(DayMark), new)
        found = marks_of(bound, about, START)
    held, day = found[ada.person], {START.date() - timedelta(days=1)}
    assert set(found) == {ada.person}
    assert held.rests == {"2026-11-21"}
    assert len(held) < 800 < len(new) / 7
    held.rests.clear()
    for number in range(20, 60):  # only those that were asked about are known, and those that were done
        assert is_wanted(f"s{number}", None, {START.date()}, "Europe/London", held) is not (30 <= number < 40)
    assert is_wanted(None, None, day, "Europe/London", held) is True
    assert is_wanted(None, None, {START.date()}, "Europe/London", held) is False
    assert len(asked) < 600


def test_however_many_are_late_their_marks_are_found(app, ada, una):
    """After a silence a clock takes all that some people have: no database takes forty thousand parameters."""
    at = START - timedelta(minutes=1)
    crowd = [f"p{n:03}" for n in range(110)]
    about = [SimpleNamespace(person_id=who, step=new_id(), ladder=new_id()) for who in crowd for _ in range(200)]
    about += [SimpleNamespace(person_id=one.person, step=f"s {one.person}", ladder=None) for one in (ada, una)]
    with app.app_context(), writing() as bound:
        new = [{"person_id": one.person, "id": new_id(), "step": f"s {one.person}", "at": at} for one in (ada, una)]
        bound.execute(insert(DayMark), [each | {"day": None, "ladder": None} for each in new])
        found = marks_of(bound, about, START)
    assert {who: list(held.done) for who, held in found.items()} == {
        one.person: [("step", f"s {one.person}"), ("ladder", None), ("", None)] for one in (ada, una)
    }


@pytest.mark.parametrize(("minute", "zone", "yesterday"), [(14, "Asia/Kathmandu", True), (15, "Asia/Kathmandu", False)])
def test_to_the_quarter_of_an_hour_every_clock_on_a_wall_stays_right(app, ada, clock, minute, zone, yesterday):
    clock.pass_by(hours=7)
    at = START.replace(hour=18, minute=minute, second=59)  # Kathmandu is 5:45 ahead: midnight at 18:15 UTC
    ada.sync(ada.add("attempt", step=new_id(), ended=milliseconds(at)))
    with app.app_context():
        held = marks_of(connection(), [SimpleNamespace(person_id=ada.person, step=None, ladder=None)], at)
    assert is_wanted(None, None, {START.date()}, zone, held[ada.person]) is not yesterday
