"""A message is read where messages are read: beside a ladder it is not fetched, stays new, and no look is told."""

import pytest
from playwright.sync_api import expect

from tests.browser.deskside import SENT, Deskside, opens
from tests.browser.life import new
from tests.browser.pair import post


@pytest.fixture
def two(open_phone, browser, server, watch):
    side = Deskside(open_phone, browser, server, watch)
    yield side.start
    side.end()


def test_a_worry_that_comes_while_the_ladder_is_open_stays_new_until_it_is_read(two, server):
    ada, life, desk = two()
    hand = opens(desk)
    expect(desk.page.locator("#tried")).to_be_visible()
    desk.goes(f"{desk.path}/ladder/{life.ladder}", "person/:consent/ladder/:id")
    expect(desk.page.locator(".rung")).to_have_count(7)
    said = {"text": "quiet-worry", "worry": True, "at": life.now}
    whole = {"id": new(), "space": desk.consent["thread"], "kind": "message", "target": new(), "verb": "add"}
    ada.page.evaluate(SENT, [{**whole, "fields": said, "at": life.now, "base": {}}])
    desk.goes(desk.path, "person/:consent")
    door = desk.page.locator(f"a[href='#{desk.path}/messages']")
    expect(door).to_contain_text(hand.say("{n} new", n=1))
    desk.goes("/", "")
    expect(desk.page.locator("a.person .fresh")).to_have_text(hand.say("{n} message", n=1))
    assert "quiet-worry" not in desk.page.content()
    assert "messages" not in looks(ada, server)
    desk.goes(f"{desk.path}/messages", "person/:consent/messages")
    expect(desk.page.get_by_text("quiet-worry")).to_be_visible()
    assert "messages" in looks(ada, server)
    desk.goes("/", "")
    expect(desk.page.locator("a.person .fresh")).to_have_count(0)


def looks(ada, server):
    """At what somebody has looked, as Ada's own log tells it."""
    return {one["what"] for one in post(ada.page.context, f"{server.url}/api/visits", "GET")["visits"]}
