"""A browser that is slow to die still holds what the next one wants to read: nobody's words are taken for lost."""

import contextlib
import fcntl
import time
from pathlib import Path
from threading import Timer

import pytest
from playwright.sync_api import expect

from tests.browser.common import kill_browser, until
from tests.browser.device import HELD
from tests.browser.hand import Hand

LONGER = 3.5  # seconds; Chromium itself waits for two, then says "Unknown" or throws its private files away
TOO_LONG = 60


@contextlib.contextmanager
def held(profile, where, seconds):
    """As the browser of before would: the register of this part of a profile is taken, for so long."""
    taken = []
    for path in Path(profile).glob(f"Default/{where}/**/LOCK"):
        file = path.open("r+b")
        end = time.monotonic() + 10
        while True:
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:  # it really is slow
                assert time.monotonic() < end
                time.sleep(0.01)
        taken.append(file)
    assert taken
    over = Timer(seconds, lambda: [file.close() for file in taken])
    over.start()
    yield over.function
    over.cancel()
    over.function()


def unsent(page, server):
    """Somebody who began just now and wrote one more thing with no network."""
    page.goto(server.url + "/app")
    hand = Hand(page, "en").begins().makes_a_ladder()
    until(page, f"() => ({HELD})().then(({{ outbox }}) => outbox.length === 0)")
    page.context.set_offline(True)
    hand.goes("/rest")
    hand.tap("Today is a day of not doing")
    page.wait_for_timeout(300)
    return page


@pytest.fixture
def died(open_chromium, profile, server):
    """A browser killed with words unsent; died() opens the next one on the same profile, with no network."""
    unsent(open_chromium(lang="en").pages[0], server)
    kill_browser(profile)

    def again():
        context = open_chromium(lang="en")
        context.set_offline(True)
        page = context.pages[0]
        page.goto(server.url + "/app")
        return page

    return again


@pytest.mark.parametrize("where", ["IndexedDB", "File System"])
def test_what_was_not_sent_stands_when_the_browser_of_before_is_gone(died, profile, where):
    with held(profile, where, LONGER):
        page = died()
        expect(page.locator(".ideas, .dock, .rung").first).to_be_visible()
        expect(page.locator('main[data-screen=""]')).to_be_visible()
    assert [edit["kind"] for edit in page.evaluate(HELD)["outbox"]] == ["rest"]


def test_where_it_stays_shut_the_entry_says_so_and_nobody_is_begun_anew_over(died, profile):
    with held(profile, "IndexedDB", TOO_LONG) as let_go:
        page = died()
        hand = Hand(page, "en")
        expect(page.get_by_role("status").filter(has_text="could not be opened just now")).to_be_visible(timeout=40_000)
        let_go()
        hand.tap("Begin")
        expect(page.locator('main[data-screen="ladders"]')).to_be_visible()
    assert [edit["kind"] for edit in page.evaluate(HELD)["outbox"]] == ["rest"]
