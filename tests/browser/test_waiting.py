"""What the account did not take stays in sight, with its reason, and can be copied, tried again or let go."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.common import stand_in
from tests.browser.hand import Hand

REASON = "This did not fit: perhaps it is too long."


@pytest.fixture
def hand(open_phone, complaints):
    """A phone whose account takes nothing, and says why. Without a worker, whose requests no test can answer."""
    made = Hand(open_phone(path="/app", service_workers="block"))
    made.begins("")
    made.goes("/waiting")
    expect(made.page.locator("main .lead").first).to_have_text(made.say("Everything is in your account."))
    made.is_taken = stand_in(made.page, "**/api/sync", refuse_all)
    made.goes("/rest")
    made.tap("Today is a day of not doing")
    yield made
    # Playwright blocks the worker by a register() that gives nothing, which no real browser does.
    complaints[:] = [said for said in complaints if "'waiting'" not in said]


def refuse_all(route):
    edits = json.loads(route.request.post_data)["edits"]
    answers = [{"id": edit["id"], "outcome": "refused", "reason": "unfit", "detail": REASON} for edit in edits]
    route.fulfill(json={"v": 1, "now": 0, "answers": answers, "spaces": {}})


def test_it_is_told_with_its_reason_and_can_be_tried_again(hand):
    hand.goes("/waiting")
    card = hand.page.locator("main li.card").first
    expect(card).to_contain_text(REASON)
    expect(card).to_contain_text(hand.say("A day of not doing"))
    hand.page.reload()
    expect(hand.page.locator("main li.card").first).to_contain_text(REASON)
    hand.is_taken()
    hand.tap("Try again")
    expect(hand.page.locator("main li.card")).to_have_count(0)
    expect(hand.page.locator("main .lead").first).to_have_text(hand.say("Everything is in your account."))
    export = hand.page.evaluate("async () => (await fetch('/api/export')).text()")
    assert '"kind": "rest"' in export


def test_it_goes_when_the_person_lets_it_go_and_not_before(hand):
    hand.goes("/settings")
    told = hand.say("{n} thing was not taken. It is kept here.", n=1)
    expect(hand.page.locator('main a.card[href="#/waiting"]')).to_contain_text(told)
    hand.goes("/waiting")
    hand.tap("Let it go")
    expect(hand.page.locator("main li.card")).to_have_count(0)
    hand.page.reload()
    expect(hand.page.locator("main li.card")).to_have_count(0)
