"""A desk that is left: unsent words are asked about, half a day is enough, nobody else gets them."""

import re
import time
from datetime import UTC, datetime, timedelta

import pyotp
from playwright.sync_api import expect

from tests.browser.arriving import comes_in
from tests.browser.common import until
from tests.browser.pair import Desk


class Clock:
    def __init__(self):
        self.at = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)

    def __call__(self):
        return self.at


def test_words_that_are_not_sent_are_asked_about_before_leaving(server, laptop, complaints):
    hand = laptop(server.url + "/privacy", "en")
    desk = Desk(hand.page.context, server.port).begin().sits_down()
    desk.line.off()
    hand.goes("/settings")
    hand.type("A word about it", "after six")
    hand.tap("Keep it")
    hand.page.get_by_role("link", name=re.compile("waits to be sent")).click()
    hand.sees("unsent")
    hand.goes("/settings")
    hand.tap("Sign out")
    hand.reads("1 thing has not been sent yet and would be lost.")
    hand.tap("Stay")
    asked = []
    hand.page.on("dialog", lambda question: (asked.append(question.type), question.dismiss()))
    hand.page.close(run_before_unload=True)
    hand.page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    desk.line.on()
    hand.tap("Sign out")
    hand.tap("Send it now")
    hand.touch(hand.page.locator("dialog").get_by_role("button", name="Sign out", exact=True))
    hand.sees("before/nobody")
    desk.close()
    complaints.clear()


def test_after_half_a_day_the_desk_locks_and_gives_unsent_words_to_nobody_else(in_thread, laptop):
    clock = Clock()
    live = in_thread(now=clock)
    hand = laptop(live.url + "/privacy", "en")
    desk = Desk(hand.page.context, live.port)
    desk.code = lambda: pyotp.TOTP(desk.seed).at(clock())
    desk.begin().sits_down()
    hand.page.evaluate("addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), true)")
    clock.at += timedelta(hours=11, minutes=59)
    hand.goes("/settings")
    hand.sees("settings")
    hand.type("A word about it", "after six")
    clock.at += timedelta(minutes=2)
    hand.tap("Keep it")
    hand.sees("before/locked")
    hand.reads("1 thing you wrote has not been sent yet.")
    assert "after six" not in hand.page.content()
    assert hand.page.locator("nav.doors").count() == 0
    comes_in(hand, desk.login)
    hand.sees("before/factor")
    hand.type("The code from your app", pyotp.TOTP(desk.seed).at(clock()))
    hand.tap("Come in")
    hand.sees("settings")
    expect(hand.page.get_by_label(hand.say("A word about it"))).to_have_value("after six")
    until(hand.page, "async () => (await (await fetch('/api/export')).text()).includes('after six')")
    desk.close()


def test_the_clock_of_the_computer_locks_it_too_without_a_word_from_the_house(server, laptop):
    hand = laptop(server.url + "/privacy", "en")
    hand.page.clock.install()
    desk = Desk(hand.page.context, server.port).begin().sits_down()
    desk.line.off()
    hand.page.clock.fast_forward("11:51:00")
    expect(hand.page.locator(".toast")).to_contain_text("This session ends by itself at")
    hand.page.clock.fast_forward("00:10:00")
    hand.sees("before/locked")
    desk.close()


def test_a_login_ended_in_another_tab_empties_the_desk_at_once(server, laptop):
    hand = laptop(server.url + "/privacy", "en")
    desk = Desk(hand.page.context, server.port).begin().sits_down()
    hand.goes("/settings")
    hand.page.wait_for_timeout(1_500)  # the stream is open
    other = hand.page.context.new_page()
    other.goto(server.url + "/privacy")
    ended = "() => fetch('/api/signout', {method: 'POST', headers: {'Content-Type': 'application/json'}, body: '{}'})"
    other.evaluate(f"async () => {{ await ({ended})(); }}")
    began = time.monotonic()
    expect(hand.page.locator("nav.doors")).to_have_count(0)
    assert time.monotonic() - began < 3
    desk.close()
