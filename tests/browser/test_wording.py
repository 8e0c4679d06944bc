"""A person's own words for a few things, and readings over the kanji: chosen once, said everywhere, also offline."""

import pytest
from playwright.sync_api import expect

from tests.browser.common import CONTROLLED, WHOLE, until
from tests.browser.hand import Hand

READ = "(ruby) => [...ruby.childNodes].filter((one) => one.nodeType !== 8).map((one) => one.textContent).join('|')"


@pytest.fixture
def hand(settled, line):
    return settled("窓を開けてみる", url=line.url)


def test_words_of_ones_own_are_said_everywhere_and_readings_stand_over_the_kanji(hand, line):
    page = hand.page
    hand.goes("/words")
    hand.sees("words")
    hand.touch(page.locator("label.choice", has_text="ステップ"))
    expect(page.locator(".sample")).to_have_text("ステップのことを相談相手に話したり、しんどさを書いたりできます。")
    hand.touch(page.locator("label.choice", has_text=hand.say("My own word")).first)
    hand.write(page.locator("[name=own-helper]"), "森先生{n}")
    hand.tap("Keep it")
    expect(page.locator(".sample")).to_contain_text("森先生nに話したり")
    assert page.locator("[name=nickname]").input_value() == ""

    hand.touch(page.locator(".switch-card"))
    spoken = page.locator(".sample ruby").first
    expect(spoken).to_be_visible()
    assert spoken.evaluate(READ) == "話|はな"  # nobody but the person knows how 森先生 is read

    hand.goes("/")
    hand.sees("")
    today = page.locator(".tabs a[aria-current]")
    expect(today.locator("rt")).to_have_text("きょう")
    expect(page.get_by_role("link", name="今日", exact=True)).to_be_visible()  # a reading is not said twice
    assert "《" not in page.locator("body").inner_text()

    hand.goes("/ladders")
    hand.touch(page.locator(".dock .primary"))
    hand.touch(page.locator(".beginnings .choice", has_text="話").first)
    hand.touch(page.locator(".dock .primary"))
    hand.sees("ladder/:id")
    expect(page.locator("h1")).to_have_text(hand.say("Talking with people"))  # kept as bare words, without a reading
    expect(page.locator("#write-step")).to_contain_text("ステップを")

    until(page, CONTROLLED)
    until(page, WHOLE)
    line.off()
    page.reload()
    hand.sees("ladder/:id")
    expect(page.locator("#write-step")).to_contain_text("ステップを")
    expect(page.locator("#write-step rt")).to_have_text("か")
    hand.goes("/words")
    hand.touch(page.locator(".switch-card"))
    expect(page.locator("rt")).to_have_count(0)
    hand.touch(page.locator("label.choice", has_text="一歩"))
    expect(page.locator(".sample")).to_contain_text("一歩のことを森先生nに")


def test_a_word_of_ones_own_is_kept_when_its_field_is_left_and_half_of_it_waits(hand):
    page = hand.page
    hand.goes("/words")
    hand.sees("words")
    hand.touch(page.locator("label.choice", has_text=hand.say("My own word")).first)
    hand.write(page.locator("[name=own-helper]"), "森先")
    hand.goes("/help")
    hand.sees("help")
    hand.goes("/words")
    expect(page.locator("[name=own-helper]")).to_have_value("森先")
    page.locator("[name=own-helper]").press("End")
    page.locator("[name=own-helper]").press_sequentially("生")
    page.locator("[name=nickname]").focus()
    expect(page.locator(".sample")).to_contain_text("森先生に話したり")


def test_in_english_a_word_of_ones_own_bends(open_phone):
    hand = Hand(open_phone(lang="en", path="/app"), "en").begins()
    hand.goes("/words")
    hand.sees("words")
    expect(hand.page.locator(".switch-card")).to_have_count(0)
    hand.touch(hand.page.locator("label.choice", has_text="experiment"))
    expect(hand.page.locator(".sample")).to_contain_text("about an experiment, and give it a rating")
    hand.touch(hand.page.get_by_role("button", name="日本語"))
    expect(hand.page.locator(".sample")).to_contain_text("experimentのことを")
