"""Screens that need the network anyway travel when they are first opened; without a network a sentence stands there."""

from playwright.sync_api import expect

from tests.browser.common import CONTROLLED, KEPT, WHOLE, script_of, until
from tests.browser.hand import Hand


def asked_for(page):
    asked = []
    page.context.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[1]))
    return asked


def title(page, hand, english):
    expect(page.locator("h1")).to_have_text(hand.say(english))


def test_what_is_far_is_fetched_once_and_when_it_is_opened(open_phone, line):
    page = open_phone(url=line.url, path="/app")
    asked = asked_for(page)
    hand = Hand(page).set_up("カーテンを開けてみる")
    until(page, CONTROLLED)
    assert not [path for path in page.evaluate(KEPT) if "/far" in path]
    assert not [name for name in asked if name.startswith("far")]
    hand.goes("/account")
    title(page, hand, "My account and my data")
    hand.goes("/devices")
    title(page, hand, "Signed-in devices")
    # Each is heard of twice: the page asks the worker, and the worker the network.
    assert {name.split("-")[0] for name in asked if name.startswith("far")} == {"far", "far.ja.json"}
    # From now on it is here, without a network and in its own words.
    line.off()
    hand.goes("/account")
    title(page, hand, "My account and my data")


def test_without_a_network_it_says_so_and_comes_when_there_is_one(open_phone, line):
    page = open_phone(url=line.url, path="/app")
    hand = Hand(page).set_up("カーテンを開けてみる")
    until(page, WHOLE)
    line.off()
    hand.goes("/account")
    title(page, hand, "This page needs a connection")
    expect(page.locator("h1")).to_be_focused()
    hand.goes("/ladders")
    page.locator("a.small-ladder").tap()
    expect(page.locator(".rung", has_text="カーテンを開けてみる")).to_be_visible()
    hand.goes("/account")
    title(page, hand, "This page needs a connection")
    line.on()
    with page.expect_event("load"):
        hand.tap("Try again")
    title(page, hand, "My account and my data")
    assert page.url.endswith("#/account")


def test_it_speaks_the_other_language_at_once_too(open_phone):
    page = open_phone(path="/app")
    hand = Hand(page).begins()
    hand.goes("/account")
    title(page, hand, "My account and my data")
    hand.goes("/words")
    hand.touch(page.get_by_role("button", name="English"))
    hand = Hand(page, "en")
    hand.goes("/account")
    title(page, hand, "My account and my data")
    hand.goes("/words")
    hand.touch(page.get_by_role("button", name="日本語"))
    hand = Hand(page)
    hand.goes("/account")
    title(page, hand, "My account and my data")


def test_a_page_of_the_build_before_never_mixes_with_todays(copied, open_chromium):
    """Two builds in one window would be two hands on one disk: it says to take the new one, and then it is there."""
    page = open_chromium().pages[0]
    page.goto(copied.url + "/app")
    until(page, WHOLE)
    hand = Hand(page).begins()
    copied.stop()
    [far] = (copied.root / "static/built").glob("far-*.js")
    far.rename(far.with_name("far-ANOTHER1.js"))
    script = script_of(copied.root)
    script.write_text(script.read_text().replace(far.name, "far-ANOTHER1.js"))
    copied.start()
    hand.goes("/account")
    title(page, hand, "This page needs a connection")
    page.evaluate("navigator.serviceWorker.ready.then((r) => r.update())")
    expect(page.locator(".update")).to_be_visible()
    with page.expect_event("load"):
        hand.tap("Try again")
    title(page, hand, "My account and my data")
