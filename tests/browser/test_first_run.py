"""From the first page to the first saved step: within a minute and twelve taps, in both languages (issue §3)."""

import time

import pytest
from playwright.sync_api import expect

from tests.browser.common import until
from tests.browser.hand import Hand


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_first_step_is_saved_within_twelve_taps_and_a_minute(open_phone, lang):
    started = time.monotonic()
    hand = Hand(open_phone(lang), lang)
    hand.tap("Have a look inside", role="link")
    hand.begins()
    hand.makes_a_ladder()
    hand.writes_a_step("カーテンを開けてみる")
    until(hand.page, SENT)
    assert hand.taps <= 12
    assert time.monotonic() - started < 60
    hand.page.reload()
    expect(hand.page.locator(".rung")).to_have_count(1)


SENT = """() => new Promise((done) => { const asked = indexedDB.open('ippo');
  asked.onsuccess = () => { const one = asked.result.transaction('meta').objectStore('meta').get('current');
    one.onsuccess = () => { const own = indexedDB.open('ippo-' + one.result);
      own.onsuccess = () => { const n = own.result.transaction('outbox').objectStore('outbox').count();
        n.onsuccess = () => { own.result.close(); asked.result.close(); done(n.result === 0); }; }; }; }; })"""
