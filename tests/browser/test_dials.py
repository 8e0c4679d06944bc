"""Turning a dial: one touch names it, one touch says it, and only then it stands on the ladder (L6, L7, L8, L10)."""

import pytest
from playwright.sync_api import expect

BENCH, ELSEWHERE = "公園のベンチに、5分座ってみる", "別の公園のベンチに、5分座ってみる"
TITLE = "main .step-title"


@pytest.fixture
def hand(settled):
    """Ada, at one step of her first ladder."""
    hand = settled(BENCH)
    hand.touch(hand.page.locator(".rung a", has_text=BENCH))
    return hand.sees("step/:id")


def turn(hand, dial, stop):
    """Touch a dial, then what it is to be turned to."""
    hand.touch(hand.page.locator(".dial-knob", has_text=hand.say(dial)))
    hand.touch(hand.page.locator("label.choice", has_text=stop))


def test_another_way_changes_one_thing_and_names_it(hand):
    page = hand.page
    hand.tap("Another way")
    hand.sees("step/:id/another")
    put = page.get_by_role("button", name=hand.say("Put it on the ladder"))
    expect(put).to_have_count(0)
    turn(hand, "Where", "別の公園")
    expect(page.locator(TITLE)).to_have_text(ELSEWHERE)
    expect(page.locator("mark")).to_have_text("別の")
    hand.reads(hand.say("Only one thing is different: {dial}", dial=hand.say("Where")))
    page.wait_for_timeout(150)
    page.reload()
    expect(page.locator(TITLE)).to_have_text(ELSEWHERE)
    hand.touch(put)
    hand.sees("step/:id")
    expect(page.locator(TITLE)).to_have_text(ELSEWHERE)
    expect(page.locator(".dials dd")).to_have_text(["別の公園"])
    hand.touch(page.locator(".came-from a"))
    expect(page.locator(TITLE)).to_have_text(BENCH)


def test_what_helps_stays_until_somebody_says_otherwise(hand):
    page = hand.page
    hand.tap("Another way")
    hand.touch(page.locator(".dial-knob", has_text=hand.say("What helps")))
    fewer = page.locator("label.choice", has_text="ひとつ減らして")
    expect(page.locator("label.choice", has_text="マスク")).to_be_visible()
    expect(fewer).to_have_count(0)
    hand.tap("I might be ready for one less")
    hand.touch(fewer)
    expect(page.locator(TITLE)).to_have_text("助けになるものをひとつ減らして、公園のベンチに5分座ってみる")
    hand.tap("Leave it as it is")
    hand.sees("step/:id").tap("Another way")
    expect(page.locator(TITLE)).to_have_text(BENCH)


def test_a_step_can_be_imagined_first_and_one_of_the_body_never_comes_without_its_note(hand):
    page = hand.page
    hand.tap("Another way")
    hand.touch(page.locator(".dial-knob", has_text=hand.say("In mind")))
    hand.tap("Put it on the ladder")
    hand.sees("step/:id")
    expect(page.locator(TITLE)).to_have_text("頭の中で、公園のベンチに5分座ってみる")
    expect(page.locator(".badge", has_text=hand.say("in imagination"))).to_be_visible()
    note = page.locator(".health-note")
    hand.tap("Change the words", role="link")
    expect(note).to_have_count(0)
    hand.choose("in the body")
    expect(note).to_be_visible()
    hand.tap("Keep these words")
    hand.sees("step/:id")
    expect(note).to_be_visible()
    for way, screen in (("Make smaller steps of it", "smaller"), ("Another way", "another")):
        hand.tap(way)
        hand.sees(f"step/:id/{screen}")
        expect(note).to_be_visible()
        page.go_back()
        hand.sees("step/:id")
