"""It is too much (rule X7): one touch from every screen of a step, offline. Once a month a question (X8, M3)."""

import pytest
from playwright.sync_api import expect

from tests.browser.common import CONTROLLED, WHOLE, until
from tests.browser.hand import Hand
from tests.browser.life import live

ROWS = """async (kind) => { const headers = { 'Content-Type': 'application/json' };
  const body = JSON.stringify({ v: 1, device: crypto.randomUUID(), zone: 'Asia/Tokyo', cursors: {}, edits: [] });
  const told = await (await fetch('/api/sync', { method: 'POST', headers, body })).json();
  return Object.values(told.spaces).flatMap(({ rows }) => rows)
    .filter((row) => row.kind === kind && !row.fields.archived).map(({ fields }) => fields); }"""

UNDER_THE_WORD = """() => { const word = document.querySelector('.toast').getBoundingClientRect();
  return [...document.querySelectorAll('.dock :is(a, button)')].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.bottom > word.top && box.top < word.bottom;
  }).map((one) => one.textContent.trim()); }"""

END_IS_CLEAR = """() => { scrollTo(0, document.body.scrollHeight);
  const last = [...document.querySelectorAll('main > :not(.toast)')].at(-1).getBoundingClientRect();
  return last.bottom <= document.querySelector('.toast').getBoundingClientRect().top; }"""


@pytest.fixture
def hand(open_phone):
    page = open_phone("ja", path="/app")
    hand = Hand(page).begins()
    hand.life = live(page)
    until(page, CONTROLLED)
    until(page, WHOLE)
    return hand


def kept(hand, kind, once):
    """What the account has of a kind, once `rows` are as meant."""
    return until(hand.page, f"(kind) => ({ROWS})(kind).then((rows) => {once} && rows)", argument=kind)


def too_much(hand):
    """One touch, from wherever this is."""
    hand.touch(hand.page.locator("a.too-much"))
    hand.sees("toomuch")


def test_it_is_one_touch_from_every_screen_of_a_step_and_nothing_is_lost_by_going(hand, open_phone):
    page, life = hand.page, hand.life
    page.context.set_offline(True)
    step = f"/step/{life.steps[1]}"
    for path, screen in (
        (step, "step/:id"),
        (f"{step}/edit", "step/:id/edit"),
        (f"{step}/smaller", "step/:id/smaller"),
        (f"{step}/another", "step/:id/another"),
        (f"{step}/history", "step/:id/history"),
        (f"/attempt/{life.kept[0]}", "attempt/:id"),
        (f"/try/{life.steps[1]}", "try/:id"),
    ):
        hand.goes(path)
        hand.sees(screen)
        too_much(hand)
        hand.tap("Back to where I was")
        hand.sees(screen)
    hand.type("What might happen?", "声が出ない")
    hand.tap("Begin")
    too_much(hand)
    hand.tap("People who help", role="link")
    hand.sees("help")
    expect(page.locator("a[href^='tel:']").first).to_be_visible()
    page.go_back()
    hand.sees("toomuch").tap("Back to where I was")
    hand.sees("try/:id")
    expect(page.locator(".outcomes")).to_be_visible()
    too_much(hand)
    hand.tap("End the step here")
    hand.sees("try/:id").reads("声が出ない")
    too_much(hand)
    expect(page.get_by_role("button", name=hand.say("End the step here"))).to_have_count(0)
    hand.tap("Rest for today")
    expect(page.locator(".kind")).to_be_visible()
    hand.tap("Let the reminders rest")
    hand.tap("A day")
    expect(page.get_by_role("button", name=hand.say("Let the reminders rest"))).to_have_count(0)
    hand.tap("Back to where I was")
    hand.sees("try/:id")
    expect(page.locator(".guess")).to_contain_text("声が出ない")
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    assert len(kept(hand, "rest", "rows.length === 3")) == 3
    assert kept(hand, "setting", "rows.length && rows[0].paused")[0]["paused"] == "until"


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_questions_of_a_month_are_answered_with_no_network_for_oneself_alone(open_phone, lang):
    page = open_phone(lang, path="/app")
    hand = Hand(page, lang).begins()
    until(page, CONTROLLED)
    until(page, WHOLE)
    page.context.set_offline(True)
    hand.goes("/checkin")
    hand.sees("checkin").tap("Has this app made anything harder?", role="link")
    hand.sees("checkin/:about")
    keep = page.get_by_role("button", name=hand.say("Keep it"))
    expect(keep).to_be_disabled()
    hand.choose("A little")
    hand.write(page.locator("textarea[name=note]"), "通知の音")
    page.reload()
    expect(page.locator("textarea[name=note]")).to_have_value("通知の音")
    expect(page.locator("a[href='#/toomuch']")).to_be_visible()
    hand.tap("Keep it")
    hand.sees("checkin").tap("Two short questions about the days", role="link")
    hand.sees("checkin/:about").rate("ease", 35)
    hand.reads(hand.say("Our own two questions. They are not a validated test, and no number is better than another."))
    assert page.evaluate(UNDER_THE_WORD) == []  # "Kept. Only you see it." still stands there
    hand.tap("Keep it")
    hand.sees("checkin")
    expect(page.locator(".answers-before > li")).to_have_count(2)
    hand.touch(page.locator(".answers-before summary").first)
    hand.tap("Take this entry away")
    expect(page.locator(".answers-before > li")).to_have_count(1)
    hand.tap("Undo")
    expect(page.locator(".answers-before > li")).to_have_count(2)
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    told = {one["about"]: one for one in kept(hand, "checkin", "rows.length === 2")}
    assert {one["sharing"] for one in told.values()} == {"private"}
    assert (told["harder"]["harder"], told["harder"]["note"]) == ("a_little", "通知の音")
    assert (told["days"]["ease"], told["days"]["direction"]) == (35, None)


def test_the_word_at_the_foot_leaves_the_end_of_a_page_to_be_read(open_phone):
    page = open_phone(path="/app", viewport={"width": 390, "height": 500})
    hand = Hand(page).begins()
    hand.goes("/checkin")
    hand.sees("checkin").goes("/checkin/harder")
    hand.sees("checkin/:about").choose("No")
    hand.tap("Keep it")
    hand.sees("checkin")
    expect(page.locator(".toast")).to_be_visible()
    until(page, END_IS_CLEAR, timeout=3)
    page.set_viewport_size({"width": 320, "height": 500})  # three lines
    until(page, END_IS_CLEAR, timeout=3)
