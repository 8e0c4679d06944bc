"""Making a reminder one's own: its days or date, its hours, its moment; quiet hours, a pause; with no network, too."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.common import WHOLE, until
from tests.browser.faraway import reads_along
from tests.browser.hand import Hand
from tests.browser.life import live, send
from tests.browser.saturday import SATURDAY, date, told

STEP = "カーテンを開けてみる"
ROWS = """async (kind) => { const headers = { 'Content-Type': 'application/json' };
  const body = JSON.stringify({ v: 1, device: crypto.randomUUID(), zone: 'Asia/Tokyo', cursors: {}, edits: [] });
  const told = await (await fetch('/api/sync', { method: 'POST', headers, body })).json();
  return Object.values(told.spaces).flatMap(({ rows }) => rows)
    .filter((row) => row.kind === kind && !row.fields.archived).map(({ fields }) => fields); }"""
BLANK = {"days": [], "date": "", "window": 60, "neutral": True, "on": True, "cue": "", "words": ""}


@pytest.fixture
def hand(settled):
    """A person with one step on one ladder; the hour is noon in Tokyo."""
    return settled(STEP, at=SATURDAY)


def input_of(hand, name):
    return hand.page.locator(f"input[name='{name}']")


def kept(hand, kind, once):
    """What the account has of a kind, once `rows` are as meant."""
    asked = f"(kind) => ({ROWS})(kind).then((rows) => {once} && rows)"
    return until(hand.page, asked, argument=kind)


def goes_into_the_app(hand, path, screen):
    hand.goes(path)
    hand.sees(screen)
    return hand


def makes_one(hand, time="19:00", to="20:00"):
    goes_into_the_app(hand, "/reminder/new", "reminder/:id")
    hand.write(input_of(hand, "time"), time)
    hand.write(input_of(hand, "until"), to)
    hand.tap("Keep this reminder")
    hand.sees("reminders")


def test_a_date_a_night_and_a_moment_are_kept_and_can_be_changed_with_no_network(hand):
    page = hand.page
    until(page, WHOLE)
    page.context.set_offline(True)
    goes_into_the_app(hand, "/reminder/new", "reminder/:id")
    page.locator("select[name=step]").select_option(label=hand.say("Any step of this ladder"))
    hand.choose("One date")
    hand.choose("In a week")
    hand.write(input_of(hand, "time"), "23:00")
    hand.write(input_of(hand, "until"), "01:30")
    said = "It comes at {from}. If your phone is off then, it may still come until {to} the next day."
    hand.reads(hand.say(said, **{"from": "23:00", "to": "1:30"}))
    hand.touch(page.locator(".cue summary"))
    hand.choose("I have brushed my teeth")
    expect(page.locator(".cue-whole")).to_contain_text(hand.say("I have brushed my teeth"))
    expect(page.locator(".outlook")).to_contain_text(f"{told(7)} 23:00")
    # The phone goes dark: everything is still there, and still not sent.
    page.reload()
    hand.sees("reminder/:id")
    expect(input_of(hand, "until")).to_have_value("01:30")
    expect(input_of(hand, "cue")).to_have_value(hand.say("I have brushed my teeth"))
    hand.tap("Keep this reminder")
    hand.sees("reminders")
    card = page.locator(".reminder")
    expect(card).to_contain_text("23:00")
    expect(card).to_contain_text(hand.say("I have brushed my teeth"))
    page.context.set_offline(False)
    [one] = kept(hand, "reminder", "rows.length === 1")
    assert one["ladder"]
    assert one["step"] is None
    assert {name: one[name] for name in BLANK} == {
        **BLANK, "date": date(7), "window": 150, "cue": hand.say("I have brushed my teeth"),
    }  # fmt: skip
    hand.touch(card.locator("a"))
    hand.sees("reminder/:id")
    hand.choose("Every week")
    expect(page.locator(".dock .primary")).to_be_disabled()
    hand.touch(page.locator("label.day").nth(6))
    hand.tap("Keep this reminder")
    hand.sees("reminders")
    assert kept(hand, "reminder", "rows[0].date === ''")[0]["days"] == [6]


def test_a_moment_that_has_been_is_said_and_not_kept(hand):
    goes_into_the_app(hand, "/reminder/new", "reminder/:id")
    hand.choose("One date")
    hand.write(input_of(hand, "date"), date(0))
    hand.write(input_of(hand, "time"), "11:00")
    hand.reads(hand.say("That moment has been. You might choose another date or time."))
    expect(hand.page.locator(".dock .primary")).to_be_disabled()
    hand.write(input_of(hand, "time"), "12:30")
    expect(hand.page.locator(".dock .primary")).to_be_enabled()


def test_a_one_off_whose_day_has_been_rests_quietly_at_the_end_of_the_list(hand):
    page = hand.page
    goes_into_the_app(hand, "/reminder/new", "reminder/:id")
    hand.choose("One date")
    hand.write(input_of(hand, "time"), "08:00")
    hand.tap("Keep this reminder")
    hand.sees("reminders")
    makes_one(hand)
    expect(page.locator(".reminder-time")).to_have_text(["8:00", "19:00"])
    page.clock.fast_forward(timedelta(days=2) // timedelta(milliseconds=1))
    page.reload()
    expect(page.locator(".reminder-time")).to_have_text(["19:00", "8:00"])
    last = page.locator(".reminder").last
    expect(last).to_contain_text(hand.say("Its day has been"))
    expect(last.get_by_role("switch")).to_have_count(0)


def test_quiet_hours_follow_the_person_and_the_form_says_what_they_do(hand):
    page = hand.page
    makes_one(hand, "14:30", "15:30")
    hand.tap("Quiet hours, and how many a day", role="link")
    hand.sees("reminders/quiet")
    hand.choose("These hours")
    hand.write(input_of(hand, "from"), "06:00")
    hand.write(input_of(hand, "to"), "15:00")
    hand.reads(hand.say("The one at {time} comes at {end} then.", time="14:30", end="15:00"))
    page.reload()
    expect(input_of(hand, "from")).to_have_value("06:00")
    hand.tap("Keep it")
    hand.sees("reminders")
    expect(page.locator(".reminder")).to_contain_text(f"{told(2)} 15:00")
    goes_into_the_app(hand, "/reminder/new", "reminder/:id")
    hand.write(input_of(hand, "time"), "07:00")
    waits = "{time} lies in your quiet hours. Nothing is sent then; it waits for you inside the app."
    hand.reads(hand.say(waits, time="7:00"))
    # Told, never forbidden.
    expect(page.locator(".dock .primary")).to_be_enabled()
    [setting] = kept(hand, "setting", "rows[0]?.quiet_from")
    assert [setting[name] for name in ("quiet_from", "quiet_to", "ceiling")] == ["06:00", "15:00", 1]


def test_more_than_the_person_wished_for_in_a_day_is_said_while_they_choose(hand):
    makes_one(hand)
    goes_into_the_app(hand, "/reminder/new", "reminder/:id")
    outlook = hand.page.locator(".outlook")
    expect(outlook).to_contain_text("月曜日、水曜日、金曜日は")
    goes_into_the_app(hand, "/reminders/quiet", "reminders/quiet")
    hand.touch(hand.page.locator("input[name=ceiling][value='2']").locator("xpath=.."))
    hand.tap("Keep it")
    hand.sees("reminder/:id")
    expect(outlook).not_to_contain_text("月曜日、水曜日、金曜日は")
    # The undo at the foot takes the wish back, also the very first one.
    hand.tap("Undo")
    expect(outlook).to_contain_text("月曜日、水曜日、金曜日は")


def test_all_may_rest_and_come_back_without_a_word_and_without_a_network(hand):
    page = hand.page
    until(page, WHOLE)
    makes_one(hand)
    page.context.set_offline(True)
    for long, until_when in (("A day", f"{told(1)} 12:"), ("A week", f"{told(7)} 12:")):
        hand.tap("Let all reminders rest for a while")
        hand.tap(long)
        expect(page.locator(".paused")).to_contain_text(until_when)
        hand.tap("Let them come again")
        expect(page.locator(".paused")).to_have_count(0)
    hand.tap("Let all reminders rest for a while")
    hand.tap("Until I say")
    hand.reads(hand.say("All reminders rest until you say."))
    expect(page.locator(".reminder")).to_contain_text(hand.say("Resting"))
    page.clock.fast_forward(timedelta(days=24) // timedelta(milliseconds=1))
    page.reload()
    hand.tap("Let them come again")
    expect(page.locator(".reminder")).to_contain_text(f"{told(25)} 19:00")
    expect(page.locator(".card.soft")).to_have_count(0)  # nothing else is said, nothing has piled up
    page.context.set_offline(False)
    [setting] = kept(hand, "setting", "rows[0]?.paused === ''")
    assert (setting["paused"], setting["paused_until"]) == ("", None)


def test_a_pause_can_be_undone_at_once(hand):
    makes_one(hand)
    hand.tap("Let all reminders rest for a while")
    hand.tap("A week")
    expect(hand.page.locator(".paused")).to_be_visible()
    hand.tap("Undo")
    expect(hand.page.locator(".paused")).to_have_count(0)


@pytest.fixture
def moved(open_phone):
    """Somebody who has just tried the step above one that is well known, before the result of it."""
    page = open_phone(path="/app")
    hand = Hand(page).begins()
    life = live(page)
    life.moves_on()
    send(page, life)
    goes_into_the_app(hand, f"/attempt/{life.kept[-1]}", "attempt/:id")
    hand.life = life
    return hand


def test_a_visit_to_the_step_before_is_offered_once_and_set_only_by_a_yes(moved):
    hand, page = moved, moved.page
    card = page.locator(".visit")
    boxes = [one.bounding_box() for one in card.locator(".row button").all()]
    assert len(boxes) == 2
    assert boxes[0]["height"] == boxes[1]["height"]
    assert abs(boxes[0]["width"] - boxes[1]["width"]) < 2
    assert len(kept(hand, "reminder", "rows.length === 1")) == 1  # the one of the life; looking sets none
    hand.tap("No thanks")
    expect(card).to_have_count(0)
    hand.tap("Undo")
    expect(card).to_be_visible()
    hand.touch(card.locator("label.choice").first)  # only the second of the two
    hand.write(input_of(hand, "visit-time"), "16:15")
    hand.tap("Yes, please")
    expect(card).to_have_count(0)
    [visit] = [one for one in kept(hand, "reminder", "rows.length === 2") if one.get("date")]
    in_three_weeks = datetime.fromtimestamp(hand.life.now / 1000, UTC) + timedelta(hours=9, days=21)
    assert (visit["step"], visit["date"], visit["time"], visit["neutral"]) == (
        hand.life.steps[4], in_three_weeks.date().isoformat(), "16:15", True,
    )  # fmt: skip
    # Like any other from then on: it can be changed, and nobody offers it again.
    page.reload()
    hand.sees("attempt/:id")
    expect(card).to_have_count(0)
    goes_into_the_app(hand, "/reminders", "reminders")
    expect(page.locator(".reminder")).to_have_count(2)


def test_a_step_that_was_tried_leads_to_a_visit_in_a_while(moved):
    hand = moved
    goes_into_the_app(hand, f"/step/{hand.life.steps[0]}", "step/:id")
    hand.tap("Come back to it in a while", role="link")
    hand.sees("reminder/:id")
    expect(hand.page.locator("select[name=step]")).to_have_value(hand.life.steps[0])
    expect(hand.page.locator("input[name=when][value=date]")).to_be_checked()
    expect(hand.page.get_by_label(hand.say("In a week"), exact=True)).to_be_checked()
    assert len(kept(hand, "reminder", "rows.length === 1")) == 1


def test_an_idea_of_a_therapist_is_a_reminder_only_once_it_is_taken_and_may_be_changed(open_phone):
    page = open_phone(path="/app")
    hand = Hand(page).begins()
    life = live(page)
    reads_along(page, "ja", life)
    page.reload()
    goes_into_the_app(hand, "/reminders", "reminders")
    hand.tap("Have a look")
    hand.sees("reminder/:id")
    for name, value in (("time", "15:30"), ("until", "16:30")):
        expect(input_of(hand, name)).to_have_value(value)
    expect(page.locator("select[name=step]")).to_have_value(life.steps[1])
    assert len(kept(hand, "reminder", "rows.length === 1")) == 1
    hand.choose("One date")
    hand.choose("In three weeks")
    hand.write(input_of(hand, "until"), "15:45")
    hand.tap("Keep this reminder")
    hand.sees("reminders")
    expect(page.locator(".idea")).to_have_count(0)
    [taken] = [one for one in kept(hand, "reminder", "rows.length === 2") if one.get("date")]
    assert (taken["step"], taken["days"], taken["time"], taken["window"]) == (life.steps[1], [], "15:30", 15)
    assert kept(hand, "idea", "rows.length && rows[0].state === 'taken'")
    hand.tap("Undo")
    expect(page.locator(".idea")).to_be_visible()
    assert kept(hand, "reminder", "rows.length === 1")


def test_when_it_is_too_much_all_reminders_are_one_touch_from_a_rest(hand):
    silence = hand.page.get_by_role("button", name=hand.say("Let the reminders rest"))
    goes_into_the_app(hand, "/toomuch", "toomuch")
    expect(silence).to_have_count(0)
    makes_one(hand)
    goes_into_the_app(hand, "/toomuch", "toomuch")
    hand.touch(silence)
    hand.tap("Until I say")
    expect(silence).to_have_count(0)
    goes_into_the_app(hand, "/reminders", "reminders")
    expect(hand.page.locator(".paused")).to_be_visible()
