"""Reminders as a person meets them: offered gently, kind without push, plain about what this phone can do."""

import json
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.common import CHROMIUM, until
from tests.browser.hand import Hand
from tests.browser.saturday import SATURDAY

STEP = "カーテンを開けてみる"
MONTH = timedelta(days=30)
ASKED = """Notification.requestPermission = () => {
  window.asked = (window.asked ?? 0) + 1; return Promise.resolve('denied'); }"""


@pytest.fixture(scope="module")
def browser(browser_type, browser_type_launch_args):
    """The whole one: without a desktop around it nobody is there to be asked, and all permission is refused already."""
    whole = browser_type.launch(**browser_type_launch_args | {"executable_path": CHROMIUM})
    yield whole
    whole.close()


@pytest.fixture
def hand(settled):
    """A person with one step, who has kept one attempt; the hour is noon in Tokyo, the browser notes who asks it."""
    hand = settled(STEP, at=SATURDAY)
    hand.page.context.add_init_script(ASKED)
    hand.page.evaluate(f"() => {{ {ASKED} }}")
    return hand


def keeps_an_attempt(hand):
    hand.goes("/")
    hand.sees("")
    hand.touch(hand.page.locator("a.primary"))
    hand.tap("Begin")
    hand.tap("Did it")
    hand.tap("Keep it")
    hand.sees("attempt/:id").goes("/")
    return hand.sees("")


def passes(hand, time):
    """The phone's clock goes on, and the app is opened again."""
    while time > timedelta():
        part = min(time, timedelta(days=20))  # the made-up clock counts in 31 bits of milliseconds
        hand.page.clock.fast_forward(int(part.total_seconds() * 1000))
        time -= part
    hand.page.reload()
    hand.sees("")


def test_no_thanks_is_as_large_as_yes_and_is_asked_again_once_after_a_month(hand):
    page, offer = hand.page, hand.page.locator("[aria-labelledby=offer]")
    hand.goes("/")
    hand.sees("")
    expect(offer).to_have_count(0)
    keeps_an_attempt(hand)
    boxes = [one.bounding_box() for one in offer.locator("button").all()]
    assert len(boxes) == 2
    assert abs(boxes[0]["width"] - boxes[1]["width"]) < 2
    assert boxes[0]["height"] == boxes[1]["height"]
    hand.tap("No thanks")
    expect(offer).to_have_count(0)
    passes(hand, MONTH - timedelta(hours=1))
    expect(offer).to_have_count(0)
    passes(hand, timedelta(hours=2))
    expect(offer).to_have_count(0)  # whoever comes back meets the same screen (rule G5): it waits for a day with a try
    keeps_an_attempt(hand)
    hand.touch(offer.get_by_role("button", name=hand.say("No thanks")))
    passes(hand, 12 * MONTH)
    expect(offer).to_have_count(0)
    assert page.evaluate("window.asked ?? 0") == 0


def test_only_yes_asks_the_browser_and_its_no_is_fine(hand):
    keeps_an_attempt(hand)
    hand.tap("Yes, please")
    hand.sees("reminder/:id")
    assert hand.page.evaluate("window.asked ?? 0") == 0
    hand.tap("Keep this reminder")
    hand.sees("reminders")
    until(hand.page, "window.asked === 1")
    hand.reads(hand.say("The browser was told no. That is fine."))
    hand.reads(hand.say("Your reminders are kept all the same. When it is time, a card waits for you inside the app."))
    expect(hand.page.locator(".reminder")).to_have_count(1)
    # Opening, changing, coming back: nobody asks a second time by itself.
    hand.page.reload()
    hand.sees("reminders")
    assert hand.page.evaluate("window.asked ?? 0") == 0


def test_without_push_a_card_waits_inside_the_app_when_it_is_time(hand):
    hand.goes("/reminder/new")
    hand.write(hand.page.locator("input[name=time]"), "15:00")
    for number in range(7):
        day = hand.page.locator(f"input[name=day][value='{number}']")
        if not day.is_checked():
            hand.touch(day.locator("xpath=.."))
    hand.tap("Keep this reminder")
    hand.sees("reminders").goes("/")
    card = hand.page.locator("a.due")
    expect(card).to_have_count(0)
    passes(hand, timedelta(hours=3, minutes=5))
    expect(card).to_be_visible()
    hand.touch(card)
    hand.sees("reminder/:id/open")
    expect(hand.page.get_by_role("heading", name=STEP)).to_be_visible()
    hand.tap("Not today")
    hand.sees("")
    expect(card).to_have_count(0)
    hand.reads(hand.say("Today is a day of not doing"))


def test_later_in_the_app_waits_for_its_hour_and_comes_once_more(hand):
    hand.goes("/reminder/new")
    hand.write(hand.page.locator("input[name=time]"), "13:00")
    for number in range(7):
        day = hand.page.locator(f"input[name=day][value='{number}']")
        if not day.is_checked():
            hand.touch(day.locator("xpath=.."))
    hand.tap("Keep this reminder")
    hand.sees("reminders").goes("/")
    card = hand.page.locator("a.due")
    passes(hand, timedelta(hours=1, minutes=5))
    hand.page.context.set_offline(True)
    hand.touch(card)
    hand.sees("reminder/:id/open").tap("Later")
    hand.touch(hand.page.locator(".answers.later .choice").first)
    hand.sees("")
    expect(card).to_have_count(0)
    hand.page.context.set_offline(False)
    passes(hand, timedelta(minutes=50))
    expect(card).to_have_count(0)
    passes(hand, timedelta(minutes=20))
    expect(card).to_be_visible()
    # Without an hour it waits here for the rest of the day.
    hand.touch(card)
    hand.sees("reminder/:id/open").tap("Later")
    hand.tap("I will look in myself")
    hand.sees("")
    passes(hand, timedelta(hours=3))
    expect(card).to_be_visible()


def test_an_answer_the_system_could_not_keep_is_kept_by_the_page_it_leads_to(hand):
    """Where no worker runs at a touch, the address says what was touched; coming back to it says nothing twice."""
    hand.goes("/reminder/new")
    hand.tap("Keep this reminder")
    hand.sees("reminders")
    there = hand.page.locator(".reminder-door").get_attribute("href").removeprefix("#") + "/open"
    rested = hand.page.locator(".card.warm.today")
    hand.goes(f"{there}?nottoday")
    hand.sees("")
    expect(rested).to_contain_text(hand.say("Today is a day of not doing"))
    hand.tap("Undo")
    expect(rested).to_have_count(0)
    # Once for each time it comes, and for none but their own: any further one asks, and writes nothing.
    for address in (there, "/reminder/00000000-0000-4000-8000-000000000099/open"):
        hand.goes(f"{address}?nottoday")
        until(hand.page, f"location.hash === '#{address}'")
        hand.sees("reminder/:id/open").goes("/")
        hand.sees("")
        expect(hand.page.locator(".today-title")).to_have_text(STEP)
        expect(rested).to_have_count(0)
    passes(hand, timedelta(days=1))
    hand.goes(f"{there}?might")
    hand.sees("try/:id")
    expect(hand.page.locator(".toast")).to_contain_text(hand.say("Undo"))
    hand.page.go_back()
    hand.sees("")


def test_the_lock_screen_is_shown_word_for_word_and_tells_nothing_unless_wished(hand):
    hand.goes("/reminder/new")
    bubble = hand.page.locator(".bubble")
    hand.write(hand.page.locator("input[name=words]"), "コーヒーのついでに")
    expect(bubble).not_to_contain_text("コーヒー")
    expect(bubble).to_contain_text(hand.say("Your reminder is here. Only if you like."))
    hand.choose("The words above")
    expect(bubble).to_contain_text("コーヒーのついでに")
    expect(bubble).not_to_contain_text(STEP)
    # Half-typed, the phone goes dark: everything is still there.
    hand.page.reload()
    expect(hand.page.locator("input[name=words]")).to_have_value("コーヒーのついでに")
    expect(bubble).to_contain_text("コーヒーのついでに")


def test_a_phone_that_lost_its_permission_says_so_without_blame(open_phone, complaints):
    page = open_phone(path="/app", permissions=["notifications"])
    hand = Hand(page).begins()
    page.evaluate(KNOWN_SUBSCRIPTION, json.dumps({"endpoint": "https://push.example/1"}))
    page.reload()
    hand.goes("/reminder/new")
    hand.tap("Keep this reminder")
    hand.sees("reminders")
    hand.reads(hand.say("Reminders stopped on this phone. That happens now and then; it is nothing you did."))
    expect(page.get_by_role("button", name=hand.say("Turn them on again"))).to_be_visible()
    complaints[:] = [said for said in complaints if "incognito" not in said]


KNOWN_SUBSCRIPTION = """async (push) => {
  const answer = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const here = await answer(indexedDB.open('ippo'));
  const person = await answer(here.transaction('meta').objectStore('meta').get('current'));
  const own = await answer(indexedDB.open('ippo-' + person));
  await answer(own.transaction('meta', 'readwrite').objectStore('meta').put(JSON.parse(push), 'push'));
  own.close(); here.close(); }"""
