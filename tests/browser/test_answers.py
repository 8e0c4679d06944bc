"""What a person says to a reminder on the notification itself, in real Chromium and Firefox: kept on the phone at once,
with the app closed and with no network too, and known to the account afterwards (rules R-4, R-5)."""

import threading
import time
from datetime import timedelta

from playwright.sync_api import expect
from sqlalchemy import select, update

from exposure.db import connection, writing
from exposure.deliveries import Delivery
from exposure.marks import DayMark
from exposure.reminders import Reminder
from exposure.rows import SyncedRow
from tests.browser.common import until
from tests.browser.hand import Hand, speech
from tests.browser.ways import STEP, shown, with_one_due_now

SIZES = "(all) => all.map((one) => [one.offsetWidth, one.offsetHeight])"
ROWS = SyncedRow.__table__.c
RESTED = DayMark.__table__.c.day.isnot(None)
SHOWN = "navigator.serviceWorker.ready.then((r) => r.getNotifications()).then((all) => all.map((one) => one.tag))"


def reminder(ways):
    with ways.server.app.app_context():
        return connection().execute(select(Reminder.__table__)).one()


def answered(ways, n=1):
    ways.waits_for(SyncedRow, n, ROWS.kind == "answer")


def told(ways):
    """One due reminder is sent and shown; the app is closed meanwhile."""
    hand = with_one_due_now(ways)
    hand.page.goto("about:blank")
    assert ways.ticking.tick()["delivered"] == 1
    assert reminder(ways).unanswered == 1
    return shown(ways)


def without_network(ways, act):
    """`act` while nobody answers; then the server is back on its port."""
    port, app = ways.server.port, ways.server.app
    ways.server.stop()
    try:
        act()
    finally:
        ways.server = type(ways.server)(app, port).start()


def test_touching_it_opens_the_three_answers_and_only_one_of_them_is_an_answer(ways):
    note = told(ways)
    with ways.context.expect_page() as opened:
        ways.notifyd.click(note)
    page = opened.value
    expect(page.get_by_role("heading", name=STEP)).to_be_visible()
    expect(page.locator(".answers .choice")).to_have_count(3)
    # Opened and left again: nothing was said.
    hand = Hand(page)
    hand.goes("/")
    hand.sees("")
    assert (reminder(ways).unanswered, ways.count(SyncedRow, ROWS.kind == "answer")) == (1, 0)
    page.go_back()
    hand.sees("reminder/:id/open").tap("I might")
    hand.sees("try/:id")
    answered(ways)
    assert reminder(ways).unanswered == 0


def test_not_today_is_kept_with_the_app_closed(ways):
    note = told(ways)
    windows = len(ways.context.pages)
    ways.notifyd.click(note, speech("ja")("Not today"))
    ways.waits_for(DayMark, 1, RESTED)
    answered(ways)
    assert len(ways.context.pages) == windows
    assert reminder(ways).unanswered == 0
    # It came from the phone's own disk: the app shows it without asking, and the edits leave the outbox.
    hand = Hand(ways.page("/app#/rest"))
    hand.reads(hand.say("Today is a day of not doing"))
    expect(hand.page.locator("a.chip")).to_have_count(0)
    assert (ways.count(DayMark, RESTED), ways.count(SyncedRow, ROWS.kind == "answer")) == (1, 1)


def test_not_today_without_a_network_waits_on_the_disk_and_reaches_the_account_later(ways):
    note = told(ways)

    def says_so():
        ways.notifyd.click(note, speech("ja")("Not today"))
        time.sleep(2)  # it tries to send, in vain
        assert ways.count(DayMark, RESTED) == 0

    without_network(ways, says_so)
    try:
        ways.page("/app#/")
        ways.waits_for(DayMark, 1, RESTED)
        answered(ways)
    finally:
        threading.Thread(target=ways.server.stop, daemon=True).start()


def test_later_without_a_network_offers_times_and_comes_once_more(ways):
    note = told(ways)

    def chooses():
        with ways.context.expect_page() as opened:
            ways.notifyd.click(note, speech("ja")("Later"))
        hand = Hand(opened.value).sees("reminder/:id/open")
        expect(hand.page.locator(".answers .choice")).to_have_count(4)
        assert len({tuple(size) for size in hand.page.locator(".answers .choice").evaluate_all(SIZES)}) == 1
        hand.touch(hand.page.locator(".answers .choice").first)
        hand.sees("")
        expect(hand.page.locator(".toast")).to_be_visible()

    without_network(ways, chooses)
    try:
        answered(ways, 2)  # the touch itself, and the hour that was chosen
        one = reminder(ways)
        assert (one.again, one.unanswered) == (True, 0)
        assert timedelta(minutes=55) < one.due - ways.clock() < timedelta(minutes=70)
        assert ways.ticking.tick()["delivered"] == 0
        ways.clock.to(one.due + timedelta(seconds=1))
        assert ways.ticking.tick()["delivered"] == 1
        shown(ways)
        assert reminder(ways).unanswered <= 1
    finally:
        threading.Thread(target=ways.server.stop, daemon=True).start()


def test_one_told_twice_by_a_clock_that_died_is_seen_once(ways):
    told(ways)
    with ways.server.app.app_context(), writing() as bound:  # it had sent, and could not write that down
        bound.execute(update(Delivery).values(state="open", due=ways.clock(), lease=None))
    before = len(ways.notifyd.history)
    assert ways.ticking.tick()["delivered"] == 1
    page = ways.page("/app#/reminders")
    until(page, f"{SHOWN}.then((tags) => tags.length === 1)")
    sent = [one for one in ways.service.log if one["from"] == "sender"]
    assert len(sent) == 2
    assert len({one["Topic"] for one in sent}) == 1
    end = time.time() + 10
    while len(ways.notifyd.history) == before:  # the second has come, and stands where the first one stood
        assert time.time() < end
        time.sleep(0.05)
    assert len([note for note in ways.notifyd.shown.values() if note["title"] == "Ippo"]) == 1
    assert len(page.evaluate(SHOWN)) == 1
    assert reminder(ways).unanswered == 1
