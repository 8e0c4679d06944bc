"""Real push, end to end: the app in a real browser, the clock that sends, our own push service, the desktop that shows.

Nothing of ours is stood in for. Only the names of Google's and Mozilla's push services lead to loopback, and the
server's clock is moved to when a reminder is due.
"""

import socket
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from exposure.clock import Clock
from exposure.db import connection
from exposure.push import Push
from exposure.reminders import Reminder
from exposure.subscriptions import Subscription
from exposure.wire import Wire
from tests.browser.common import PLACES, WHOLE, WIDE, until
from tests.browser.fake_autopush import FakeAutopush
from tests.browser.fake_fcm import FakeFcm
from tests.browser.hand import Hand, speech
from tests.browser.moved_in import move_in

STEP = "カーテンを開けてみる"
WORDS = "コーヒーのついでに"
ANSWERS = [speech("ja")(answer) for answer in ("I might", "Later", "Not today")]


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
        end = time.time() + 45  # a worker that starts, a subscription, an answer: on a busy machine
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
        until(page, WHOLE)
        return page

    def moves_in(self, *steps):
        """The hand of somebody who has been here before and has these on a ladder."""
        return Hand(self.page(move_in(self.context, self.server.url, "ja", steps))).sees("ladder/:id")

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


def every_day(hand):
    """On the form of a reminder."""
    for number in range(7):
        day = hand.page.locator(f"input[name=day][value='{number}']")
        if not day.is_checked():
            hand.touch(day.locator("xpath=.."))


def with_one_due_now(ways):
    """A person whose reminder about anything comes within two minutes; the server's clock stands where it is due."""
    hand = ways.moves_in(STEP)
    hand.goes("/reminder/new")
    soon = datetime.now(ZoneInfo(PLACES["ja"][1])) + timedelta(minutes=2)
    hand.write(hand.page.locator("input[name=time]"), f"{soon:%H:%M}")
    every_day(hand)
    hand.tap("Keep this reminder")
    hand.reads(hand.say("Reminders reach this phone."))
    ways.waits_for(Subscription)
    ways.waits_for(Reminder)
    ways.clock.to(ways.due() + timedelta(seconds=1))
    return hand


def with_a_reminder(ways):
    """A person who has kept a first attempt and said yes to the card; returns the page."""
    hand = ways.moves_in(STEP)
    page = hand.page
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
    every_day(hand)
    hand.write(page.locator("input[name=words]"), WORDS)
    hand.tap("Keep this reminder")
    hand.sees("reminders")
    hand.reads(hand.say("Reminders reach this phone."))
    ways.waits_for(Subscription)
    ways.waits_for(Reminder)
    return page


def shown(ways):
    """The notification, after looking at every word of it: neutral, and the answers there is room for."""
    note = ways.notifyd.wait("Ippo", 20)
    say = speech("ja")
    assert note["title"] == "Ippo"
    assert say("Your reminder is here. Only if you like.") in note["body"]
    assert [said for said in note["actions"].values() if said in ANSWERS] == [say("Later"), say("Not today")]
    for word in (STEP, WORDS, "カーテン", "不安"):
        assert word not in str(note)
    return note
