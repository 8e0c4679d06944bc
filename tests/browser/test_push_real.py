"""A reminder, end to end, in real Chromium and real Firefox: an attempt is kept, the card offers, the browser
subscribes, the clock sends through the adapter, a push service of ours carries, the browser decrypts, a finger touches.

Nothing of ours is stood in for. Only the names of Google's and Mozilla's push services lead to loopback, and the
server's clock is moved to when a reminder is due.
"""

import socket
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from exposure.clock import Clock
from exposure.db import connection
from exposure.deliveries import Delivery
from exposure.push import Push
from exposure.reminders import DayMark, Reminder
from exposure.subscriptions import Subscription
from exposure.wire import Wire
from tests.browser.common import CONTROLLED, WIDE, until
from tests.browser.fake_autopush import FakeAutopush
from tests.browser.fake_fcm import FakeFcm
from tests.browser.hand import Hand, speech

STEP = "カーテンを開けてみる"
WORDS = "コーヒーのついでに"


class MovedClock:
    """The server's clock: the real one, moved forward by the test."""

    def __init__(self):
        self.ahead = timedelta()

    def __call__(self):
        return datetime.now(UTC) + self.ahead

    def to(self, moment):
        self.ahead = moment - datetime.now(UTC)


class Ways:
    """The server, the push service and the browser of one test, and what a test asks of them."""

    def __init__(self, server, service, clock, browser, notifyd):
        self.server, self.service, self.clock, self.browser, self.notifyd = server, service, clock, browser, notifyd
        self.ticking = Clock.of(server.app)
        self.context = browser()

    def count(self, table, *where):
        with self.server.app.app_context():
            return connection().execute(select(func.count()).select_from(table).where(*where)).scalar_one()

    def waits_for(self, table, n=1, *where):
        end = time.time() + 15
        while self.count(table, *where) != n:
            assert time.time() < end, f"{self.count(table, *where)} rows of {table.__tablename__}, not {n}"
            time.sleep(0.1)

    def due(self):
        with self.server.app.app_context():
            return connection().execute(select(Reminder.__table__.c.due)).scalar_one()

    def until_sent(self, ended="delivered"):
        """Move the clock to the next occurrences, one by one, until one is sent; today's is let go, for it was done."""
        for _ in range(4):
            self.clock.to(self.due() + timedelta(seconds=1))
            if self.ticking.tick()[ended]:
                return
        raise AssertionError("nothing was sent in four days")

    def page(self, path="/app"):
        page = self.context.pages[0] if self.context.pages else self.context.new_page()
        page.goto(self.server.url + path)
        until(page, CONTROLLED)
        return page

    def again(self):
        """The browser is closed and opened again."""
        self.context.close()
        self.context = self.browser()


def led_to(service):
    """The wire of the real adapter; names of the push service lead to ours, any other leads nowhere."""

    def look_up(host, _port):
        assert host in service.hosts
        return ["8.8.8.8"]

    def connect(_address, _port, seconds):
        return socket.create_connection(service.address, seconds)

    return Wire(look_up=look_up, connect=connect, secure=lambda plain, _host: plain)


@pytest.fixture(params=["chromium", "firefox"])
def ways(request, in_thread, notifyd, open_chromium, open_firefox):
    clock = MovedClock()
    with (FakeFcm if request.param == "chromium" else FakeAutopush)() as service:
        server = in_thread(now=clock, push_hosts=service.hosts)
        house = server.app.extensions["ippo"]
        house.push = Push.of(house.settings, house.vapid, led_to(service))

        def chromium():
            return open_chromium(args=service.flags(), env=notifyd.env)

        def firefox():
            return open_firefox(prefs=service.prefs(), env=notifyd.env, viewport=WIDE)

        made = Ways(server, service, clock, chromium if request.param == "chromium" else firefox, notifyd)
        yield made
        made.ticking.dispatch.close()


def with_a_reminder(ways):
    """A person who has kept a first attempt and said yes to the card; returns the page."""
    page = ways.page()
    hand = Hand(page).set_up(STEP)
    assert page.locator(".offer").count() == 0
    hand.goes("/")
    hand.touch(page.locator("a.primary"))
    hand.tap("Begin")
    hand.tap("Did it")
    hand.tap("Keep it")
    hand.sees("attempt/:id").goes("/")
    expect(page.locator(".offer")).to_be_visible()
    assert ways.service.subs == {}
    hand.tap("Yes, please")
    for number in range(7):
        day = page.locator(f"input[name=day][value='{number}']")
        if not day.is_checked():
            hand.touch(day.locator("xpath=.."))
    hand.write(page.locator("input[name=words]"), WORDS)
    hand.tap("Keep this reminder")
    hand.sees("reminders")
    hand.reads(hand.say("Reminders reach this phone."))
    ways.waits_for(Subscription)
    ways.waits_for(Reminder)
    return page


def shown(ways):
    """The notification, after looking at every word of it: neutral, and the two answers."""
    note = ways.notifyd.wait("Ippo", 20)
    say = speech("ja")
    assert note["title"] == "Ippo"
    assert say("Your reminder is here. Only if you like.") in note["body"]
    assert {say("I might"), say("Not today")} <= set(note["actions"].values())
    for word in (STEP, WORDS, "カーテン", "不安"):
        assert word not in str(note)
    return note


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


def test_not_today_is_kept_with_the_app_closed(ways):
    page = with_a_reminder(ways)
    page.goto("about:blank")
    ways.until_sent()
    windows = len(ways.context.pages)
    ways.notifyd.click(shown(ways), speech("ja")("Not today"))
    ways.waits_for(DayMark, 1, DayMark.__table__.c.day.isnot(None))
    assert len(ways.context.pages) == windows
    # It came from the phone's own disk: the app shows it without asking, and the edit leaves the outbox.
    hand = Hand(ways.page("/app#/rest"))
    hand.reads(hand.say("Today is a day of not doing"))
    expect(hand.page.locator("a.chip")).to_have_count(0)
    assert ways.count(DayMark, DayMark.__table__.c.day.isnot(None)) == 1


def test_not_today_without_a_network_waits_on_the_disk_and_reaches_the_account_later(ways):
    page = with_a_reminder(ways)
    page.goto("about:blank")
    ways.until_sent()
    note = shown(ways)
    port, app = ways.server.port, ways.server.app
    ways.server.stop()
    ways.notifyd.click(note, speech("ja")("Not today"))
    time.sleep(2)
    assert ways.count(DayMark, DayMark.__table__.c.day.isnot(None)) == 0
    ways.server = type(ways.server)(app, port).start()
    try:
        ways.page("/app#/")
        ways.waits_for(DayMark, 1, DayMark.__table__.c.day.isnot(None))
    finally:
        threading.Thread(target=ways.server.stop, daemon=True).start()


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
