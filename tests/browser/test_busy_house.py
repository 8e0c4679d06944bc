"""The house has no time at the wrong moment: nobody is let in by it, and nobody's notebook is left behind."""

from playwright.sync_api import expect

from tests.browser.common import stand_in, until
from tests.browser.hand import Hand
from tests.browser.locking import lock
from tests.browser.test_account import all_sent, choose_password

STEP = "窓を開ける"


def is_busy(page, path):
    """As the house refuses when it is crowded (crowding.py); what it gives back makes it have time again."""
    busy = {"status": 503, "json": {"error": "busy", "detail": "busy"}}
    return stand_in(page.context, path, lambda route: route.fulfill(**busy))


def forgets(page, url):
    """The browser makes room: databases go, cookies stay. Routes are laid before: Playwright waits for ever for a
    service worker that ends while one comes."""
    cdp = page.context.new_cdp_session(page)
    page.goto("about:blank")
    kinds = "indexeddb,local_storage,cache_storage,service_workers,file_systems"
    cdp.send("Storage.clearDataForOrigin", {"origin": url, "storageTypes": kinds})


def test_who_signed_out_while_the_house_was_busy_is_out(open_phone, server):
    page = open_phone(path="/app")
    hand = Hand(page).set_up(STEP)
    choose_password(hand, "busy-at-the-door")
    all_sent(page)
    has_time = is_busy(page, "**/api/signout")
    hand.goes("/settings")
    hand.tap("Sign out on this device")
    hand.tap("Sign out")
    hand.sees("welcome")
    for _ in range(2):  # the house is busy still, and then it is not
        page.goto(server.url + "/app#/ladders")
        page.reload()
        hand.sees("welcome")
        has_time()
    until(page, "fetch('/api/me').then((answer) => answer.status === 401)")


def test_a_cleared_lock_stays_shut_while_the_house_is_busy(open_phone, server):
    page = open_phone(path="/app")
    hand = Hand(page).set_up(STEP)
    choose_password(hand, "busy-at-the-lock")
    all_sent(page)
    lock(hand)
    is_busy(page, "**/api/signout")
    forgets(page, server.url)
    for _ in range(2):
        with page.expect_response("**/api/signout"):
            page.goto(server.url + "/app#/ladders")
            page.reload()
        hand.sees("welcome")
    assert STEP not in page.content()


def test_who_begins_before_the_house_has_said_who_is_here_has_the_notebook(open_phone, server):
    page = open_phone(path="/app")
    hand = Hand(page).set_up(STEP)
    all_sent(page)
    is_busy(page, "**/api/me")
    forgets(page, server.url)
    page.goto(server.url + "/app")
    hand.begins()
    hand.goes("/")
    expect(page.locator(".today-title")).to_have_text(STEP)


def test_a_busy_house_is_asked_again_who_is_here(open_phone, server):
    page = open_phone(path="/app")
    hand = Hand(page).set_up(STEP)
    all_sent(page)
    has_time = is_busy(page, "**/api/me")
    forgets(page, server.url)
    page.clock.install()
    with page.expect_response("**/api/me"):
        page.goto(server.url + "/app#/ladders")
    hand.sees("welcome")
    has_time()
    page.clock.run_for(25_000)
    hand.sees("ladders")


def test_who_signs_out_while_the_house_is_gone_takes_the_notebook_from_whoever_begins_next(open_phone, server):
    page = open_phone(path="/app")
    hand = Hand(page).set_up(STEP)
    all_sent(page)
    is_busy(page, "**/api/signout")
    hand.goes("/settings")
    hand.tap("Sign out on this device")
    hand.tap("Sign out all the same")
    hand.begins()
    all_sent(page)
    page.reload()
    all_sent(page)
    assert STEP not in page.evaluate("fetch('/api/export').then((answer) => answer.text())")
