"""A reminder is answered through the lock: "not today" is kept and sent without the key, and without a word."""

from playwright.sync_api import expect

from tests.browser.hand import Hand, speech
from tests.browser.locking import DIGITS, enter, lock, locked
from tests.browser.test_answers import RESTED, ROWS, DayMark, SyncedRow, answered
from tests.browser.ways import shown, with_one_due_now


def test_not_today_is_said_through_the_lock(ways):
    lock(with_one_due_now(ways))
    ways.context.pages[0].goto("about:blank")
    assert ways.ticking.tick()["delivered"] == 1
    windows = len(ways.context.pages)
    ways.notifyd.click(shown(ways), speech("ja")("Not today"))
    ways.waits_for(DayMark, 1, RESTED)
    answered(ways)
    assert len(ways.context.pages) == windows
    page = ways.page("/app#/rest")
    expect(locked(page)).to_be_visible()
    # Only now it knows that it has a subscription, and tells the account that it is still there.
    with page.expect_request(lambda asked: asked.method == "PUT" and asked.url.endswith("/api/push")):
        enter(page, DIGITS)
    hand = Hand(page)
    hand.reads(hand.say("Today is a day of not doing"))
    expect(page.locator("a.chip")).to_have_count(0)
    assert (ways.count(DayMark, RESTED), ways.count(SyncedRow, ROWS.kind == "answer")) == (1, 1)
