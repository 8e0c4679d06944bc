"""A person's page at the desk is short: what is long lies folded; a wide screen has the ladder beside the reading."""

import pytest
from playwright.sync_api import expect

from tests.browser.deskside import SENT, Deskside, opens
from tests.browser.life import DAY, new


@pytest.fixture
def two(open_phone, browser, server, watch):
    side = Deskside(open_phone, browser, server, watch)
    yield side.start
    side.end()


def many(life, steps):
    """Each of so many other steps tried once, with words."""
    return [
        {
            "id": new(), "space": life.me["space"], "kind": "attempt", "target": new(), "verb": "add", "at": life.now,
            "base": {}, "fields": {"step": new(), "title": f"step {n}", "outcome": "did", "found_out": f"words {n}",
                                   "zone": life.zone, "started": life.now - n * DAY, "ended": life.now - n * DAY},
        }
        for n in range(1, steps + 1)
    ]  # fmt: skip


def test_many_steps_and_words_are_folded_and_can_be_unfolded(two):
    ada, life, desk = two()
    ada.page.evaluate(SENT, many(life, 12))
    hand = opens(desk)
    hand.choose("everything")
    tried, notes = desk.page.locator("section:has(> #tried)"), desk.page.locator("section:has(> #notes)")
    expect(tried.locator(".tried-step summary").filter(visible=True)).to_have_count(5)
    expect(notes.locator("blockquote").filter(visible=True)).to_have_count(3)
    tried.locator("> details > summary").click()
    expect(tried.get_by_text("step 12", exact=True)).to_be_visible()
    notes.locator("> details > summary").click()
    expect(notes.get_by_text("words 12", exact=True)).to_be_visible()
    every = tried.locator(".tried-step", has_text="step 12")
    expect(every.locator("q")).to_be_hidden()
    every.locator("summary").click()
    expect(every.locator("q")).to_have_text("words 12")


@pytest.mark.parametrize("wide", [True, False], ids=["laptop", "phone"])
def test_on_a_laptop_the_ladder_stands_to_the_left_of_the_reading(two, wide):
    _ada, life, desk = two(wide=wide)
    opens(desk)
    rungs, reading = desk.page.locator(".small-rungs li"), desk.page.locator(".roomy")
    expect(desk.page.locator("#tried")).to_be_visible()
    if not wide:
        expect(rungs.first).to_be_hidden()
        assert reading.bounding_box()["x"] < 40
        return
    expect(rungs.filter(visible=True)).to_have_count(len(life.steps))
    left = rungs.first.bounding_box()
    assert left["x"] + left["width"] < reading.bounding_box()["x"]
    rungs.first.locator("a").click()
    desk.hand.sees("person/:consent/step/:id")
