"""One evening of somebody new, Japanese, on a phone, from nothing to a printed card, and the keyboard never opens."""

import re

from playwright.sync_api import expect

from tests.browser.hand import Hand
from tests.browser.test_paper import printed, squeezed
from tests.browser.trying import sentences

LOOKS = """globalThis.opened = [];
document.addEventListener('focusin', ({ target }) => {
  const field = target.matches('textarea, input:not([type=radio], [type=checkbox], [type=range], [type=button])');
  if (field) globalThis.opened.push(target.name || target.id || target.outerHTML);
});"""
STEPS = 3


def test_three_steps_one_turned_back_a_surprise_a_rest_a_split_and_a_card_without_a_keyboard(open_phone, tmp_path):
    page = open_phone("ja", path="/app")
    page.add_init_script(LOOKS)
    page.reload()
    assert page.viewport_size == {"width": 390, "height": 844}
    hand = Hand(page, "ja")
    told = {
        "a ladder": counted(hand, begins),
        "three steps": counted(hand, takes_three_steps),
        "one try, turned back": counted(hand, turns_back),
        "a surprise": counted(hand, lambda hand: hand.tap("Put it into the book of surprises")),
        "a rest": counted(hand, rests),
        "a split": counted(hand, splits),
        "a card": counted(hand, lambda hand: opens_the_card(hand, tmp_path)),
    }
    assert told["one try, turned back"] <= 7  # from the ladder; on the step's own screens six at most (S1)
    assert told["a rest"] <= 2  # home, and one touch (G2)
    assert sum(told.values()) <= 27, told
    assert hand.typed == 0
    assert page.evaluate("globalThis.opened") == []


def counted(hand, does):
    """How many touches this took."""
    before = hand.taps
    does(hand)
    return hand.taps - before


def begins(hand):
    hand.begins().makes_a_ladder()


def takes_three_steps(hand):
    hand.tap("From the library", role="link")
    hand.sees("ladder/:id/library")
    shelf = hand.page.locator("details.shelf").first
    if shelf.get_attribute("open") is None:
        hand.touch(shelf.locator("summary"))
    called = hand.say("Take: {title}").replace("{title}", ".+")
    take = hand.page.get_by_role("button", name=re.compile(f"^{called}$"))
    for _ in range(STEPS):
        hand.touch(take)
    hand.touch(hand.page.locator(".dock a.primary"))
    hand.sees("ladder/:id")
    expect(hand.page.locator(".rung")).to_have_count(STEPS)


def turns_back(hand):
    hand.touch(hand.page.locator(".rung a").last)
    hand.tap("Try it", role="link")
    hand.sees("try/:id")
    before = hand.taps
    hand.rate("before", 60)
    hand.tap("Begin")
    hand.tap("Stop here")
    hand.rate("after", 45)
    hand.tap("Keep it")
    hand.sees("attempt/:id")
    assert hand.taps - before <= 6  # S1
    text = hand.page.locator("main").inner_text()
    assert any(hand.say(kind) in text for kind in sentences("turned_back")), "a kind sentence, straight after (S6)"


def rests(hand):
    hand.tap("That is enough for now", role="link")
    hand.sees("")
    hand.tap("Today is a day of not doing", exact=False)
    hand.reads(hand.say("Kept: a day of not doing."))


def splits(hand):
    hand.touch(hand.page.locator('nav a[href="#/ladders"]'))
    hand.touch(hand.page.locator('main a[href^="#/ladder/"]'))
    hand.touch(hand.page.locator(".rung a").last)
    hand.tap("Make smaller steps of it")
    hand.sees("step/:id/smaller")
    hand.tap("Put them on the ladder")
    hand.sees("ladder/:id")
    assert hand.page.locator(".rung").count() >= STEPS + 2  # L10


def opens_the_card(hand, tmp_path):
    hand.touch(hand.page.locator(".rung a").first)
    hand.sees("step/:id")
    title = hand.page.locator(".step-title").inner_text()
    hand.tap("A card of it, on paper", role="link")
    expect(hand.page.locator(".record").first).to_be_visible()
    count, size, text = printed(hand.page, tmp_path)
    assert (count, size) == (1, (595, 842))
    assert squeezed(title) in text
