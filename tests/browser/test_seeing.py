"""Surprises and what stays: the whole way without a network, from a guess to the page before the next similar step."""

import pytest
from playwright.sync_api import expect

from tests.browser.common import CONTROLLED, WHOLE, until
from tests.browser.faraway import Faraway, linked
from tests.browser.hand import Hand
from tests.browser.life import live
from tests.browser.seen import gather
from tests.browser.trying import started


@pytest.fixture
def theo(browser, server):
    made = Faraway(browser, server.url)
    yield made
    made.leaves()


def numbers(page):
    told = page.locator(".what-stays li").evaluate_all(
        "(all) => all.map((one) => one.innerText.trim().split(/\\s*\\n\\s*/))"
    )
    return {words: number for number, words in told}


def tries(hand, guess, answer, found, where):
    """One time of the step whose screen is open, from the guess to what was found out."""
    hand.type("What might happen?", guess)
    hand.rate("likelihood", 80)
    hand.tap("Begin")
    hand.tap("Did it")
    hand.choose(answer)
    hand.type("How was it really?", found)
    hand.touch(hand.page.locator("details.more summary"))
    hand.write(hand.page.locator("input[name=where]"), where)
    hand.tap("Keep it")
    hand.sees("attempt/:id")


def test_a_surprise_comes_to_stand_in_the_book_and_before_the_next_time_and_stays_counted(open_phone, line):
    page = open_phone("en", path="/app", url=line.url)
    hand = started(page, "en")
    until(page, CONTROLLED)
    until(page, WHOLE)
    line.off()
    expect(page.locator(".recall")).to_have_count(0)
    tries(hand, "They will laugh", "It did not happen", "Nobody came by", "The front door")
    hand.tap("A small surprise. It has a page in your book.", role="link")
    hand.sees("surprises")
    leaf = page.locator(".leaf").inner_text()
    assert all(words in leaf for words in ("They will laugh", "Nobody came by", "It did not happen", "The front door"))

    hand.goes("/seeing")
    hand.sees("seeing")
    assert numbers(page) == {"time tried": "1", "first time": "1", "place known": "1", "small surprise": "1"}

    hand.goes("/")
    hand.tap("Try it again", role="link")
    recalled = page.locator(".recall")
    expect(recalled).to_contain_text("Nobody came by")
    expect(recalled).to_contain_text("They will laugh")
    hand.tap("Put it aside")
    expect(recalled).to_have_count(0)
    tries(hand, "They will shout", "It did", "They did, for a moment", "the FRONT door")
    hand.tap("Put it into the book of surprises")
    expect(page.locator(".bookmark")).to_be_visible()
    hand.goes("/seeing")
    hand.sees("seeing")
    assert numbers(page) == {"times tried": "2", "first time": "1", "place known": "1", "small surprises": "2"}

    hand.tap("The book of surprises", role="link")
    hand.sees("surprises")
    expect(page.locator(".leafing p")).to_have_text("Page 1 of 2")
    hand.tap("The next page")
    expect(page.locator(".leafing p")).to_have_text("Page 2 of 2")
    expect(page.locator(".leaf").nth(1)).to_be_in_viewport(ratio=0.5)
    hand.touch(page.locator(".leaf").nth(1).get_by_role("button", name="Take it out"))
    expect(page.locator(".leaf")).to_have_count(1)
    hand.tap("Undo")
    expect(page.locator(".leaf")).to_have_count(2)
    hand.goes("/seeing")
    hand.sees("seeing")
    assert numbers(page)["small surprises"] == "2"


def test_a_page_is_shown_to_a_therapist_by_itself_and_the_others_stay_unseen(open_phone, theo):
    page = open_phone("en", path="/app")
    hand = Hand(page, "en").begins()
    life = live(page, "en")
    gather(page, life, months=0)
    linked(hand, theo, entries="Those I show, one by one")

    def seen():
        return [one["id"] for one in theo.ask("GET", f"/api/people/{theo.consent}", 200)["attempts"]]

    assert seen() == []
    hand.goes(f"/surprises?page={life.kept[-1]}")
    expect(page.locator(".leafing p")).to_have_text("Page 5 of 5")
    leaf = page.locator(".leaf").nth(4)
    hand.touch(leaf.locator("summary"))
    hand.touch(leaf.locator("label.choice").filter(has_text="Theo, too"))
    expect(leaf.locator("summary")).to_have_text("Theo can see it")
    hand.goes("/waiting")
    hand.reads(hand.say("Everything is in your account."))
    assert seen() == [life.kept[-1]]
