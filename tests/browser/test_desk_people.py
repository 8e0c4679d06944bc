"""The list of people at the desk, and what is told to all of them at once: when messages are read."""

import time
import uuid

import pytest
from playwright.sync_api import expect

from tests.browser.arriving import begun, signs_out
from tests.browser.common import stand_in
from tests.browser.pair import Desk, link, post
from tests.browser.saturday import date

SLOW = """const quick = fetch;
globalThis.fetch = async (path, ...how) => {
  if (path === '/api/people') await new Promise((done) => setTimeout(done, 1200));
  return quick(path, ...how);
};"""
MANY = 31  # one more than may be opened within ten minutes


def person(browser, url):
    """Somebody with a notebook, by the API; they share their entries and messages."""
    context = browser.new_context()
    begun(context, url)
    return context


def kept(context, url, thread, away):
    """What a person reads of when they are read, once it says `away`."""
    for _ in range(50):
        told = post(context, f"{url}/api/sync", v=1, device=thread, cursors={}, edits=[])["spaces"][thread]["rows"]
        fields = next(one["fields"] for one in told if one["kind"] == "thread")
        if fields.get("away_until", "") == away:
            return fields
        time.sleep(0.1)
    raise AssertionError(fields)


def test_reading_days_reach_everybody_who_may_write(browser, server, laptop):
    hand = laptop(server.url + "/privacy", "en")
    desk = Desk(hand.page.context, server.port).begin()
    ada = person(browser, server.url)
    thread = link(ada, desk, server.url, {})["thread"]
    desk.sits_down().goes("/settings", "settings")
    hand.page.get_by_label("Friday", exact=True).check()
    hand.type("Away until", date(28))
    hand.tap("Keep it")
    expect(hand.page.locator(".toast")).to_be_visible()
    told = kept(ada, server.url, thread, date(28))
    assert (told["reads_days"], told["reads_note"]) == ([4], "")
    hand.tap("Undo")
    kept(ada, server.url, thread, "")
    # Their messages were not looked at, so no line says so.
    assert {one["what"] for one in post(ada, f"{server.url}/api/visits", "GET")["visits"]} == {"list"}
    ada.close()
    desk.close()


def test_a_yes_and_a_withdrawal_are_seen_on_the_list_by_themselves(browser, server, laptop):
    hand = laptop(server.url + "/privacy", "en")
    desk = Desk(hand.page.context, server.port).begin().sits_down()
    ada = person(browser, server.url)
    hand.reads("Nobody reads with you yet.")
    consent = link(ada, desk, server.url, {})["id"]
    expect(hand.page.get_by_role("link", name="エイダ")).to_be_visible()
    post(ada, f"{server.url}/api/consents/{consent}", "DELETE")
    expect(hand.page.get_by_role("link", name="エイダ")).to_have_count(0, timeout=3_000)
    hand.reads("Nobody reads with you yet.")
    ada.close()
    desk.close()


@pytest.mark.parametrize("line", ["quick", "slow to say who is there"])
def test_a_ladder_that_is_closed_under_the_eyes_says_so(browser, server, laptop, line):
    """What waits for words that were taken away, or given again, would wait for ever."""
    hand = laptop(server.url + "/privacy", "en")
    if line != "quick":
        hand.page.add_init_script(SLOW)
    desk = Desk(hand.page.context, server.port).begin()
    ada, space, ladder, step = person(browser, server.url), *(str(uuid.uuid4()) for _ in range(3))
    rows = [("ladder", ladder, {"title": "外へ"}), ("step", step, {"ladder": ladder, "title": "門まで"})]
    edits = [
        {"id": str(uuid.uuid4()), "space": space, "kind": kind, "target": target, "verb": "add", "at": 1}
        | {"fields": {**fields, "position": "a0"}}
        for kind, target, fields in rows
    ]
    post(ada, f"{server.url}/api/sync", v=1, device=space, cursors={}, edits=edits)
    consent = link(ada, desk, server.url, {space: "propose"})["id"]
    for place, words in ((f"ladder/{ladder}", "門まで"), (f"step/{step}", "門まで")):
        desk.sits_down().goes(f"/person/{consent}/{place}", f"person/:consent/{place.split('/')[0]}/:id")
        hand.reads(words)
        terms = {"entries": "all", "messages": True}
        post(ada, f"{server.url}/api/consents/{consent}", "PUT", ladders={}, **terms)
        hand.reads("This page is not open to you")
        post(ada, f"{server.url}/api/consents/{consent}", "PUT", ladders={space: "propose"}, **terms)
        hand.reads(words)
    ada.close()
    desk.close()


def test_a_house_that_had_no_time_is_asked_again_who_is_there(browser, server, laptop):
    hand = laptop(server.url + "/privacy", "en")
    desk = Desk(hand.page.context, server.port).begin()
    ada = person(browser, server.url)
    consent = link(ada, desk, server.url, {})["id"]
    busy = {"status": 503, "json": {"error": "busy"}}
    has_time = stand_in(hand.page.context, "**/api/people", lambda asked: asked.fulfill(**busy))
    hand.page.clock.install()
    hand.page.goto(f"{server.url}/therapist#/person/{consent}")
    hand.reads("There is no connection just now.")
    expect(hand.page.get_by_role("button", name="Try again")).to_be_visible()
    has_time()
    hand.page.clock.run_for(25_000)
    hand.reads("エイダ")
    ada.close()
    desk.close()


def test_many_pages_in_a_few_minutes_ask_for_the_second_key_again(browser, server, laptop):
    hand = laptop(server.url + "/privacy", "en")
    desk = Desk(hand.page.context, server.port).begin()
    consents = []
    for _ in range(MANY):
        one = person(browser, server.url)
        consents.append(link(one, desk, server.url, {}, messages=False)["id"])
        one.close()
    desk.sits_down()
    expect(hand.page.locator("main .list > li")).to_have_count(MANY)
    for consent in consents[:-1]:
        with hand.page.expect_response(f"**/api/people/{consent}") as opened:
            hand.goes(f"/person/{consent}")
        assert opened.value.status == 200
    hand.goes(f"/person/{consents[-1]}")
    hand.sees("before/factor")
    hand.reads("Many people’s pages were opened within a few minutes.")
    assert "エイダ" not in hand.page.content()
    hand.type("The code from your app", desk.paper[0])
    hand.tap("Come in")
    hand.sees("person/:consent")
    expect(hand.page.get_by_role("heading", name="エイダ", level=1)).to_be_visible()
    signs_out(hand)
    desk.close()
