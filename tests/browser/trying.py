"""The way to a step that is about to be tried, for the tests of trying."""

import re

from playwright.sync_api import expect

from tests.browser.common import ROOT
from tests.browser.hand import Hand

OUTCOMES = {"did": "Did it", "part": "Part of it", "turned_back": "Stop here"}
KIND = (ROOT / "static/js/kindness.js").read_text(encoding="utf-8")


def ready(page, lang="ja"):
    """Somebody who has just written their first step and stands on the home screen."""
    hand = Hand(page, lang).begins()
    hand.goes("/")
    hand.sees("")
    hand.touch(page.locator(".ideas button"))
    expect(page.get_by_role("link", name=hand.say("Try it"), exact=True)).to_be_visible()
    page.reload()
    hand.sees("")
    hand.taps = 0
    return hand


def started(page, lang="ja"):
    hand = ready(page, lang)
    hand.tap("Try it", role="link")
    hand.sees("try/:id")
    return hand


def about_to_try(settled, lang="en"):
    """The same of somebody who wrote the step another day."""
    hand = settled("Look out of the window", lang=lang)
    step = hand.page.locator(".rung a").first.get_attribute("href").rpartition("/")[2]
    hand.goes(f"/try/{step}")
    return hand.sees("try/:id")


def sentences(outcome):
    """The English sentences kindness.js has for this outcome."""
    block = KIND[KIND.index(f"  {outcome}: () =>") :]
    return re.findall(r"t\('(.+?)'\)", block[: block.index("],")])
