"""The second shelf comes by itself; one that did not come whole says so kindly, and comes later."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.common import CONTROLLED, WHOLE, kill_browser, until
from tests.browser.hand import Hand
from tests.browser.tape import Tape


@pytest.fixture
def tape(server):
    made = Tape(server.port)
    yield made
    made.stop()


def test_killed_in_the_middle_it_comes_again_and_fetches_only_what_is_missing(open_chromium, profile, tape, complaints):
    tape.loses = re.compile(rb"/built/near\.ja\.json ")
    page = open_chromium().pages[0]
    page.goto(tape.url + "/app")
    until(page, CONTROLLED)
    hand = Hand(page).begins()
    until(page, "caches.keys().then(([name]) => caches.open(name)).then((one) => one.keys())"
                ".then((all) => all.filter(({ url }) => /near|libr|readi|chunk/.test(url)).length === 7)")  # fmt: skip
    hand.goes("/settings")
    hand.reads(hand.say("This page needs a connection"))
    assert not page.evaluate(WHOLE)
    kill_browser(profile)
    tape.loses = None
    tape.start()
    page = open_chromium().pages[0]
    page.goto(tape.url + "/app#/settings")
    until(page, WHOLE)
    # It is there without being asked for again.
    expect(page.locator('main[data-screen="settings"] a[href="#/reminders"]')).to_be_visible()
    assert [path.rsplit("/", 1)[1] for path in tape.asked() if "/static/" in path] == ["near.ja.json"]
    complaints[:] = [said for said in complaints if "ERR_" not in said and "fetch" not in said]


def test_it_comes_when_the_network_comes_back(open_phone, tape, complaints):
    tape.loses = re.compile(rb"/built/near")
    page = open_phone(url=tape.url, path="/app")
    hand = Hand(page).begins()
    until(page, CONTROLLED)
    hand.goes("/settings")
    hand.reads(hand.say("This page needs a connection"))
    tape.loses = None
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator('main[data-screen="settings"] a[href="#/reminders"]')).to_be_visible()
    expect(page.get_by_text(hand.say("This page needs a connection"))).to_have_count(0)
    until(page, WHOLE)
    complaints[:] = [said for said in complaints if "ERR_" not in said and "fetch" not in said]


def test_it_comes_by_itself_from_a_server_that_had_no_room(open_phone, tape, complaints):
    tape.loses = re.compile(rb"/built/near")
    page = open_phone(url=tape.url, path="/help")
    page.clock.install()
    page.goto(tape.url + "/app")
    hand = Hand(page).begins()
    hand.goes("/settings")
    hand.reads(hand.say("This page needs a connection"))
    tape.loses = None
    page.clock.fast_forward(30_000)
    expect(page.locator('main[data-screen="settings"] a[href="#/reminders"]')).to_be_visible(timeout=30_000)
    until(page, WHOLE)
    complaints[:] = [said for said in complaints if "ERR_" not in said and "fetch" not in said]
