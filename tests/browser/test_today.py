"""The home screen: one for today, a day of not doing, the same words after any time away; and help from anywhere."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.browser.hand import Hand
from tests.browser.trying import ready, sentences, started

DAY = 86_400  # seconds


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_day_of_not_doing_takes_one_tap_and_is_answered_warmly(open_phone, lang):
    hand = ready(open_phone(lang, path="/app"), lang)
    hand.tap("Today is a day of not doing")
    assert hand.taps == 1
    said = hand.page.locator(".card.warm h2").first.inner_text()
    assert re.sub(r"\s", "", said) in {re.sub(r"\s", "", hand.say(english)) for english in sentences("rest")}
    hand.tap("Add a note, if you like", role="link")
    hand.write(hand.page.locator("textarea[name=note]"), "雨")
    hand.tap("Done")
    expect(hand.page.locator(".card.warm")).to_contain_text("雨")
    hand.tap("Take it back")
    expect(hand.page.get_by_role("link", name=hand.say("Try it"), exact=True)).to_be_visible()


def test_after_sixty_days_the_home_screen_says_exactly_the_same(open_phone):
    page = open_phone("ja", path="/app")
    now = time.time()
    ready(page)
    texts = []
    for away in (DAY, 60 * DAY):
        page.clock.set_fixed_time((now + away) * 1000)
        page.reload()
        expect(page.locator(".today")).to_be_visible()
        texts.append(page.locator("main").inner_text())
    assert texts[0] == texts[1]


def test_an_unfinished_step_is_offered_and_may_end_where_it_ended(open_phone):
    hand = started(open_phone("en", path="/app"), "en")
    hand.tap("Begin")
    hand.goes("/")
    hand.tap("Go on with it", role="link")
    hand.sees("try/:id")
    hand.goes("/")
    hand.tap("Do not keep it")
    expect(hand.page.get_by_role("link", name="Try it", exact=True)).to_be_visible()
    hand.tap("Undo")
    hand.tap("It ended there")
    hand.sees("try/:id")
    hand.tap("Keep it")  # nothing chosen yet: the three are pointed at, nothing is guessed
    expect(hand.page.locator("input[name=outcome]").first).to_be_focused()
    hand.choose("Turned back")
    hand.tap("Keep it")
    hand.sees("attempt/:id")
    expect(hand.page.locator(".badge")).to_have_text("Turned back")


def test_the_help_card_is_there_with_nobody_signed_in_and_each_line_says_when_and_from_where(open_phone):
    page = open_phone("ja", path="/app#/help")
    expect(page.locator(".line").first).to_be_visible()
    for line in page.locator(".line").all():
        assert line.locator("p").count() >= 3
        assert line.locator(".line-source").count() == 1
    page.get_by_label(Hand(page).say("Where you are")).select_option("US")
    expect(page.locator("a[href='tel:988']")).to_be_visible()
    page.reload()
    expect(page.locator("a[href='tel:988']")).to_be_visible()


def test_it_is_too_much_leads_to_help_and_back_with_nothing_lost(open_phone):
    hand = started(open_phone("en", path="/app"), "en")
    hand.type("What might happen?", "Something")
    hand.tap("Begin")
    hand.tap("It is too much right now", role="link")
    hand.sees("rest")
    hand.tap("People who help", role="link")
    hand.sees("help")
    expect(hand.page.locator("a[href^='tel:']").first).to_be_visible()
    hand.page.go_back()
    hand.tap("Back to where I was")
    hand.sees("try/:id")
    expect(hand.page.locator(".outcomes")).to_be_visible()
