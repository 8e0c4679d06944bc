"""Trying a step in a real browser: few touches, a killed browser, no network; and whatever came of it is met kindly."""

import json
import re
import time

import pytest
from playwright.sync_api import expect

from tests.browser.common import kill_browser
from tests.browser.hand import Hand
from tests.browser.trying import OUTCOMES, about_to_try, ready, sentences, started


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_before_and_after_take_six_taps_and_thirty_seconds_with_nothing_typed(open_phone, lang):
    hand = ready(open_phone(lang, path="/app"), lang)
    began = time.monotonic()
    hand.tap("Try it", role="link")
    hand.rate("before", 60)
    hand.tap("Begin")
    hand.tap("Did it")
    hand.rate("after", 35)
    hand.tap("Keep it")
    hand.sees("attempt/:id")
    assert (hand.taps, hand.typed) == (6, 0)
    assert time.monotonic() - began < 30
    expect(hand.page.locator(".numbers dd")).to_have_text(["60", "35"])


@pytest.mark.parametrize(("outcome", "button"), OUTCOMES.items())
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_outcome_is_answered_kindly(settled, lang, outcome, button):
    hand = about_to_try(settled, lang)
    hand.tap("Begin")
    hand.tap(button)
    hand.tap("Keep it")
    said = hand.page.locator(".kind").inner_text()
    assert re.sub(r"\s", "", said) in {re.sub(r"\s", "", hand.say(english)) for english in sentences(outcome)}
    hand.page.reload()
    expect(hand.page.locator(".kind")).to_have_text(said)


def test_the_three_ways_to_end_a_step_weigh_the_same(settled):
    hand = about_to_try(settled)
    hand.tap("Begin")
    expect(hand.page.locator(".outcomes .choice")).to_have_count(3)
    look = """(all) => all.map((one) => { const style = getComputedStyle(one), box = one.getBoundingClientRect();
      return [Math.round(box.width), Math.round(box.height), style.color, style.backgroundColor, style.borderColor,
        style.fontWeight, style.fontSize].join(); })"""
    assert len(set(hand.page.locator(".outcomes .choice").evaluate_all(look))) == 1
    hand.tap("Stop here")
    expect(hand.page.locator("#after")).to_be_attached()
    outcomes = hand.page.locator(".choices-three .choice:not(:has(input:checked))")
    assert len(set(outcomes.evaluate_all(look))) == 1


def test_the_result_begins_with_what_was_found_out_and_lays_the_guess_beside_what_happened(settled):
    hand = about_to_try(settled)
    page = hand.page
    hand.rate("before", 30)
    hand.type("What might happen?", "They will laugh")
    hand.rate("likelihood", 80)
    hand.tap("Begin")
    hand.tap("Did it")
    hand.rate("after", 70)
    hand.choose("It did not happen")
    expect(page.locator("main textarea")).to_have_count(1)  # one open question, not more (T9)
    hand.type("How was it really?", "Nobody came by")
    page.locator("details.more summary").tap()
    hand.choose("surprised")
    hand.choose("earphones")
    hand.tap("Keep it")
    hand.sees("attempt/:id")
    assert page.evaluate("scrollY") == 0
    text = page.locator("main").inner_text()
    order = [text.index(part) for part in ("Nobody came by", "They will laugh", "It did not happen", "\n30", "\n70")]
    assert order == sorted(order)
    assert "That is expected" in text  # a higher number afterwards is explained, not judged (U4)
    assert "surprised" in text
    assert "earphones" in text
    hand.tap("All times of this step", role="link")
    row = page.locator(".history-entry").inner_text()
    assert all(part in row for part in ("Nobody came by", "They will laugh", "It did not happen", "before 30"))


def test_a_killed_browser_comes_back_to_the_same_place_with_every_word(open_chromium, profile, server):
    page = open_chromium(lang="en").pages[0]
    page.goto(server.url + "/app")
    hand = started(page, "en")
    address = page.url
    hand.rate("before", 65)
    hand.write(page.locator("textarea[name=guess]"), "They will all look")
    page = again(open_chromium, profile, address, page)
    expect(page.locator("#before")).to_have_value("65")
    expect(page.locator("textarea[name=guess]")).to_have_value("They will all look")
    hand = Hand(page, "en")
    hand.touch(page.locator("label.choice").filter(has_text="10 min"))
    hand.tap("Begin")
    expect(page.locator(".timer-clock")).to_be_visible()
    begun, left = time.time(), seconds(page)
    page = again(open_chromium, profile, address, page)
    expect(page.locator(".outcomes")).to_be_visible()
    assert abs((left - seconds(page)) - (time.time() - begun)) < 2.5  # the time away counted, not a second was lost
    hand = Hand(page, "en")
    hand.tap("Stop here")
    hand.rate("after", 40)
    hand.write(page.locator("textarea[name=found_out]"), "Half-typed wor")
    page = again(open_chromium, profile, server.url + "/app#/", page)
    hand = Hand(page, "en")
    hand.tap("Write down how it went")
    expect(page.locator("textarea[name=found_out]")).to_have_value("Half-typed wor")
    expect(page.locator("input[name=outcome][value=turned_back]")).to_be_checked()
    hand.tap("Keep it")
    hand.sees("attempt/:id")
    page = again(open_chromium, profile, page.url, page)
    expect(page.locator(".found")).to_have_text("Half-typed wor")
    expect(page.locator(".numbers dd")).to_have_text(["65", "40"])
    # Nobody touched whether it happened: what they wrote themselves stands beside the guess, and in the history once.
    expect(page.locator(".beside .card p")).to_have_text(["They will all look", "Half-typed wor"])
    Hand(page, "en").tap("All times of this step", role="link")
    assert page.locator(".history-entry").inner_text().count("Half-typed wor") == 1
    expect(page.locator(".history-pair")).to_contain_text("Half-typed wor")


def again(open_chromium, profile, address, page):
    """Kill the browser and open the address in a new one on the same phone."""
    page.wait_for_timeout(150)  # a person's finger has left the glass; the write of the last letter takes a few ms
    kill_browser(profile)
    page = open_chromium(lang="en").pages[0]
    page.goto(address)
    return page


def seconds(page):
    minutes, rest = page.locator(".timer-clock").inner_text().split(":")
    return int(minutes) * 60 + int(rest)


def test_a_step_can_be_done_in_airplane_mode_and_is_sent_once(open_phone):
    hand = started(open_phone("en", path="/app"), "en")
    page = hand.page
    page.context.set_offline(True)
    hand.rate("before", 20)
    hand.tap("Begin")
    hand.tap("Did it")
    hand.tap("Keep it")
    hand.sees("attempt/:id")
    expect(page.locator(".chip")).to_be_visible()
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator(".chip")).to_have_count(0)
    rows = page.evaluate("fetch('/api/export').then((answer) => answer.text())")
    assert len(attempts_in(json.loads(rows))) == 1


def attempts_in(export):
    """Attempts anywhere in an export, whatever its outer shape."""
    if isinstance(export, dict):
        own = [export] if "outcome" in export and "before" in export else []
        return own + [one for value in export.values() for one in attempts_in(value)]
    return [one for value in export for one in attempts_in(value)] if isinstance(export, list) else []


def test_putting_something_right_afterwards_can_be_taken_back(settled):
    hand = about_to_try(settled)
    page = hand.page
    hand.tap("Begin")
    hand.tap("Part of it")
    hand.tap("Keep it")
    hand.tap("Add or change something")
    hand.type("How was it? What did you find out?", "Later words")
    page.reload()
    expect(page.locator("textarea[name=found_out]")).to_have_value("Later words")
    hand.tap("Keep it")
    expect(page.locator(".found")).to_have_text("Later words")
    hand.tap("Undo")
    expect(page.locator(".found")).not_to_have_text("Later words")


def test_ten_times_of_one_step_are_all_there_in_pairs_and_in_words(settled):
    hand = about_to_try(settled)
    page = hand.page
    for n in range(10):
        hand.rate("before", 40 + 5 * (n % 3))
        hand.tap("Begin")
        hand.tap(list(OUTCOMES.values())[n % 3])
        hand.rate("after", 30)
        hand.tap("Keep it")
        hand.tap("Once more", role="link")
        hand.sees("try/:id")
    hand.goes("/step/" + page.url.rsplit("/", 1)[1] + "/history")
    expect(page.locator(".history-entry")).to_have_count(10)
    expect(page.locator(".chart .chart-bar")).to_have_count(10)
    assert page.get_by_role("img", name="Before and after").count() == 1
    assert "expected" in page.locator("main").inner_text()


def test_ratings_while_doing_are_off_until_somebody_wishes_them(settled):
    hand = about_to_try(settled)
    page, address = hand.page, hand.page.url
    hand.tap("Begin")
    expect(page.locator(".outcomes")).to_be_visible()
    expect(page.locator("#during")).to_have_count(0)
    hand.goes("/anchors")
    page.get_by_label(hand.say("Offer a rating while doing a step")).check()
    page.goto(address)
    hand.rate("during", 85)
    hand.tap("Note it")
    hand.reads(hand.say("{n} noted so far", n=1))
    page.reload()
    hand.reads(hand.say("{n} noted so far", n=1))


def test_the_screen_stays_on_while_doing_and_only_then(open_phone):
    page = open_phone("en", path="/app")
    page.add_init_script("""const real = navigator.wakeLock.request.bind(navigator.wakeLock); window.asked = 0;
      navigator.wakeLock.request = (kind) => { window.asked += 1; return real(kind); };""")
    hand = started(page, "en")
    again_seen = "document.dispatchEvent(new Event('visibilitychange'))"
    page.evaluate(again_seen)
    assert page.evaluate("window.asked") == 0
    hand.tap("Begin")
    expect(page.locator(".outcomes")).to_be_visible()
    assert page.evaluate("window.asked") == 1
    page.evaluate(again_seen)  # the browser let go of the lamp while the page was hidden
    assert page.evaluate("window.asked") == 2
    hand.tap("Did it")
    expect(page.locator("#after")).to_be_attached()
    page.evaluate(again_seen)
    assert page.evaluate("window.asked") == 2
