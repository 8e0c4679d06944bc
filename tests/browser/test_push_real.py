"""A reminder, end to end, in real Chromium and real Firefox: an attempt is kept, the card offers, the browser
subscribes, the clock sends through the adapter, a push service of ours carries, the browser decrypts, a finger touches.

Nothing of ours is stood in for. Only the names of Google's and Mozilla's push services lead to loopback, and the
server's clock is moved to when a reminder is due.
"""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select, update

from exposure.db import writing
from exposure.deliveries import Delivery
from exposure.subscriptions import Subscription
from tests.browser.fake_autopush import FakeAutopush
from tests.browser.hand import Hand, speech
from tests.browser.ways import STEP, shown, with_a_reminder


def test_a_reminder_arrives_and_a_touch_opens_its_step(ways):
    page = with_a_reminder(ways)
    ways.until_sent()
    windows = len(ways.context.pages)
    ways.notifyd.click(shown(ways))
    expect(page.locator('main[data-screen="reminder/:id/open"]')).to_be_visible()
    expect(page.get_by_role("heading", name=STEP)).to_be_visible()
    assert len(ways.context.pages) == windows
    answers = page.locator(".answers .choice")
    expect(answers).to_have_count(3)
    assert len({(box["width"], box["height"]) for box in (one.bounding_box() for one in answers.all())}) == 1
    Hand(page).touch(answers.first)
    expect(page.locator('main[data-screen="try/:id"]')).to_be_visible()
    sent = [one for one in ways.service.log if one["from"] == "sender"]
    assert [(one["status"], one["Urgency"], len(one["Topic"])) for one in sent] == [(201, "high", 32)]
    assert 0 < int(sent[0]["TTL"]) <= 3600
    assert ways.ticking.tick()["delivered"] == 0


def test_what_was_sent_while_the_browser_was_closed_leads_to_its_step_after_the_start(ways):
    with_a_reminder(ways)
    ways.context.close()
    ways.until_sent()
    ways.context = ways.browser()
    note = shown(ways)
    with ways.context.expect_page() as opened:
        ways.notifyd.click(note)
    page = opened.value
    expect(page.get_by_role("heading", name=STEP)).to_be_visible()
    assert "#/reminder/" in page.url


def test_a_subscription_the_service_has_forgotten_is_forgotten_and_made_anew_at_the_next_start(ways):
    with_a_reminder(ways)
    before = set(ways.service.subs)
    ways.service.drop_all()
    ways.until_sent("gone")
    assert ways.count(Subscription) == 0
    assert ways.count(Delivery, Delivery.__table__.c.state == "sent") == 0
    ways.page("/app#/").reload()
    ways.waits_for(Subscription)
    assert set(ways.service.subs) - before
    ways.until_sent()
    shown(ways)


def test_a_subscription_the_browser_renews_while_the_app_is_closed_is_told_to_the_account(ways):
    if ways.service.hosts == FakeAutopush.hosts:
        pytest.skip("Playwright reaches into a worker in Chromium only")
    page = with_a_reminder(ways)
    [worker] = ways.context.service_workers
    page.goto("about:blank")
    ended = worker.evaluate("""async () => { await (await registration.pushManager.getSubscription()).unsubscribe();
      const event = new Event('pushsubscriptionchange'); let work; event.waitUntil = (promise) => { work = promise; };
      dispatchEvent(event); await work; return (await registration.pushManager.getSubscription()).endpoint; }""")
    ways.waits_for(Subscription, 2)
    ways.until_sent()
    shown(ways)
    assert ended.rsplit("/", 1)[1] in ways.service.subs


def test_a_test_from_the_settings_shows_itself(ways):
    page = with_a_reminder(ways)
    Hand(page).tap("Send a test")
    note = ways.notifyd.wait("Ippo", 20)
    assert speech("ja")("This is how a reminder looks on this device.") in note["body"]


def test_a_phone_whose_reminders_stopped_says_so_and_is_turned_on_with_one_touch(ways):
    page = with_a_reminder(ways)
    ways.until_sent()
    shown(ways)
    hand = Hand(page)
    hand.goes("/reach")
    hand.sees("reach")
    expect(page.locator(".device .note").first).to_have_text(
        re.compile(hand.say("The last one arrived: {when}", when=""))
    )
    with ways.server.app.app_context(), writing() as bound:
        bound.execute(update(Subscription).values(stopped=ways.clock()))
        [(before,)] = bound.execute(select(Subscription.__table__.c.id))
    hand.goes("/reminders")
    hand.sees("reminders").goes("/reach")
    hand.reads(hand.say("Reminders stopped on this phone. That happens now and then; it is nothing you did."))
    hand.tap("Turn them on again")
    hand.reads(hand.say("Reminders reach this phone."))
    assert ways.count(Subscription) == 1
    assert ways.count(Subscription, Subscription.__table__.c.id == before) == 0
    ways.until_sent()
    shown(ways)
