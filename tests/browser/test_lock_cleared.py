"""A browser clears its databases and the lock with them, and keeps the session: the way back in is asked for."""

import pytest
from playwright.sync_api import expect

from tests.browser.common import until
from tests.browser.hand import Hand
from tests.browser.locking import lock
from tests.browser.test_account import all_sent, choose_password

CLEARED = "The browser has cleared this device’s copy, and its lock with it. Sign in, and what has been sent is back."


@pytest.mark.parametrize("way_back", [True, False], ids=["with a way back", "a guest"])
def test_a_cleared_phone_opens_nothing_by_its_session(open_phone, server, way_back):
    page = open_phone(path="/app")
    hand = Hand(page).set_up("窓を開ける")
    if way_back:
        choose_password(hand, f"cleared-{way_back}")
    all_sent(page)
    lock(hand)
    cdp = page.context.new_cdp_session(page)
    page.goto("about:blank")
    kinds = "indexeddb,local_storage,cache_storage"
    cdp.send("Storage.clearDataForOrigin", {"origin": server.url, "storageTypes": kinds})
    page.goto(server.url + "/app")
    if not way_back:
        hand.sees("")  # home, without a tap
        hand.goes("/ladders")
        hand.sees("ladders")
        return
    expect(page.locator("main")).to_contain_text(hand.say(CLEARED))
    until(page, "fetch('/api/me').then((answer) => answer.status === 401)")
    page.reload()
    hand.sees("welcome")
