"""A step by itself: its copy, a very long title, a form without words, and one that is still going on."""

import pytest
from playwright.sync_api import expect

STEPS = ("カーテンを開ける", "玄関まで行く")
TITLE = "main .step-title"


@pytest.fixture
def hand(settled):
    """Ada, on her first ladder."""
    return settled(*STEPS)


def test_after_the_words_of_a_copy_are_kept_one_stands_at_the_copy(hand):
    page = hand.page
    page.locator(".rung a", has_text=STEPS[0]).first.click()
    hand.tap("Make a copy")
    page.get_by_label(hand.say("What is the step?")).fill("夕方、カーテンを開ける")
    hand.tap("Keep these words")
    expect(page.locator(TITLE)).to_contain_text("夕方、カーテンを開ける")
    page.go_back()
    expect(page.locator(TITLE)).to_have_text(STEPS[0])


def test_every_word_of_a_long_title_is_kept(hand):
    page, long = hand.page, "玄関のドアを少しだけ開けて、外の空気を吸ってみる🌱。" * 12
    page.locator(".rung a", has_text=STEPS[0]).first.click()
    hand.tap("Change the words", role="link")
    page.get_by_label(hand.say("What is the step?")).fill(long)
    hand.tap("Keep these words")
    expect(page.locator(TITLE)).to_have_text(long)


def test_a_form_without_words_shows_where_and_does_not_scold(hand):
    page = hand.page
    page.locator(".rung a", has_text=STEPS[0]).first.click()
    hand.tap("Change the words", role="link")
    page.get_by_label(hand.say("What is the step?")).fill("")
    hand.tap("Keep these words")
    expect(page.get_by_text(hand.say("A few words are enough.")).first).to_be_visible()
    expect(page.get_by_label(hand.say("What is the step?"))).to_be_focused()


def test_a_step_that_is_going_on_says_so_when_one_comes_back_to_it(hand):
    page = hand.page
    page.locator(".rung a", has_text=STEPS[0]).first.click()
    hand.tap("Try it", role="link")
    hand.tap("Begin")
    expect(page.get_by_role("button", name=hand.say("Stop here"))).to_be_visible()
    page.go_back()
    expect(page.get_by_role("link", name=hand.say("Go on with it"))).to_be_visible()
