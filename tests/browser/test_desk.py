"""The therapist's door: an invitation answered with two keys, a desk that keeps nothing, a lock after half a day."""

import base64
import os
import re
import uuid
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from playwright.sync_api import expect

from tests.browser.common import phone as phone_options
from tests.browser.common import until
from tests.browser.hand import Hand
from tests.browser.pair import PASSWORD, Desk, post, stored
from tests.browser.test_account import Lock

NAME = "テオ先生"
EMPTY = '{"local":{},"session":{},"cookie":"","caches":[],"bases":[],"workers":[]}'


class Clock:
    def __init__(self):
        self.at = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)

    def __call__(self):
        return self.at


@pytest.fixture
def ada(browser, server):
    """Ada's browser, as far as the desk is concerned: a cookie that may make invitations."""
    context = browser.new_context()
    begun(context, server.url)
    yield context
    context.close()


def begun(context, url):
    """A person begins, by the API."""
    secret = base64.urlsafe_b64encode(os.urandom(32)).rstrip(b"=").decode()
    ids = {"person": str(uuid.uuid4()), "space": str(uuid.uuid4()), "secret": secret}
    post(context, f"{url}/api/start", **ids, nickname="エイダ", language="ja", zone="Asia/Tokyo", device="")


@pytest.fixture
def laptop(browser, watch):
    """laptop(url, lang="ja") -> the hand of somebody at a desk with nothing on it."""
    opened = []

    def start(url, lang="ja", **more):
        context = watch(browser.new_context(**{**phone_options(lang, wide=True), **more}))
        opened.append(context)
        page = context.new_page()
        page.goto(url)
        return Hand(page, lang)

    yield start
    for context in opened:
        context.close()


def invited(ada, server):
    return post(ada, f"{server.url}/api/invitations")


def gives_a_name(hand):
    hand.sees("join/:code")
    hand.type("Your name, as the person knows you", NAME)
    hand.tap("Go on")
    hand.sees("before/factor")


def chooses_a_password(hand, name):
    hand.page.locator("input[name=username]").fill(name)
    hand.page.locator("input[name=password]").fill(PASSWORD)
    hand.tap("Keep this name and password")


def sets_up_the_app(hand):
    """Scan, type what it shows, keep the paper codes; (the seed, the codes)."""
    hand.tap("Set up the app")
    expect(hand.page.locator(".qr path")).to_be_attached()
    seed = "".join(hand.page.locator(".code span").all_text_contents())
    hand.type("The six digits it shows now", pyotp.TOTP(seed).now())
    hand.tap("Go on")
    codes = hand.page.locator(".codes li")
    expect(codes).to_have_count(10)
    paper = codes.all_text_contents()
    hand.tap("I have kept them")
    return seed, paper


def answers(hand, *days):
    hand.sees("join/:code")
    for day in days:
        hand.page.get_by_label(day, exact=True).check()
    hand.tap("Accept the invitation")
    hand.sees("")


def signs_out(hand):
    hand.goes("/settings")
    hand.sees("settings")
    hand.tap("Sign out")
    hand.sees("before/nobody")


def comes_in(hand, name, password=PASSWORD):
    hand.page.locator("input[name=username]").fill(name)
    hand.page.locator("input[name=password]").fill(password)
    hand.tap("Come in")


def test_a_link_a_password_and_an_app_lead_to_waiting_for_the_persons_yes(ada, server, laptop):
    invitation = invited(ada, server)
    hand = laptop(invitation["link"])
    gives_a_name(hand)
    chooses_a_password(hand, "theo-of-the-link")
    sets_up_the_app(hand)
    answers(hand, "火曜日", "金曜日")
    hand.reads(hand.say("Waiting for their yes. Nothing can be read before."))
    (consent,) = post(ada, f"{server.url}/api/consents", "GET")["consents"]
    assert (consent["name"], consent["state"], consent["ladders"]) == (NAME, "accepted", [])
    again = ada.request.post(f"{server.url}/api/invitations/look", data={"code": invitation["code"]})
    assert again.status == 404
    assert invitation["code"] not in hand.page.url


def test_a_passkey_is_both_keys_in_one_and_opens_the_desk_again(ada, server, laptop):
    hand = laptop(invited(ada, server)["link"], "en")
    lock = Lock(hand.page)
    gives_a_name(hand)
    hand.tap("Make a passkey")
    answers(hand, "Tuesday")
    assert len(lock.keys()) == 1
    signs_out(hand)
    hand.tap("Come in with a passkey")
    hand.sees("")
    hand.reads(hand.say("Waiting for their yes. Nothing can be read before."))


def wide(code):
    return "".join(chr(ord(sign) + 0xFEE0) for sign in code)


@pytest.mark.parametrize("shape", [str.lower, lambda code: code.replace("-", " "), wide])
def test_a_code_may_be_typed_in_any_shape(ada, server, laptop, shape):
    hand = laptop(server.url + "/therapist")
    hand.tap("I have an invitation", role="link")
    hand.type("The ten letters", shape(invited(ada, server)["code"]))
    hand.tap("Go on")
    hand.reads(hand.say("This invitation is open"))


def test_a_code_that_opens_nothing_is_said_kindly_and_stays_in_the_field(server, laptop):
    hand = laptop(server.url + "/therapist#/join")
    hand.type("The ten letters", "ABCDE-FGH")
    hand.tap("Go on")
    hand.reads(hand.say("That is not yet the whole code: it has ten letters and digits."))
    hand.type("The ten letters", "ABCDE-FGHJK")
    hand.tap("Go on")
    hand.reads(hand.say("This code opens nothing. It works once and for three days; perhaps there is a newer one."))
    expect(hand.page.get_by_label(hand.say("The ten letters"))).to_have_value("ABCDE-FGHJK")


def test_the_way_back_in_asks_for_the_second_key_and_paper_opens_once(ada, server, laptop):
    hand = laptop(invited(ada, server)["link"])
    gives_a_name(hand)
    chooses_a_password(hand, "theo-of-the-keys")
    _, paper = sets_up_the_app(hand)
    answers(hand)
    signs_out(hand)
    comes_in(hand, "theo-of-the-keys")
    hand.sees("before/factor")
    assert hand.page.evaluate("async () => (await fetch('/api/people')).status") == 403
    hand.type("The code from your app", "000000")
    hand.tap("Come in")
    expect(hand.page.get_by_role("alert")).to_be_visible()
    hand.type("The code from your app", paper[0].lower())
    hand.tap("Come in")
    hand.sees("")
    signs_out(hand)
    comes_in(hand, "theo-of-the-keys")
    hand.sees("before/factor")
    hand.type("The code from your app", paper[0])
    hand.tap("Come in")
    expect(hand.page.get_by_role("alert")).to_be_visible()


def test_who_reloads_half_way_goes_on_where_they_were(ada, server, laptop):
    hand = laptop(invited(ada, server)["link"])
    gives_a_name(hand)
    hand.page.reload()
    hand.sees("before/factor")
    chooses_a_password(hand, "theo-who-reloads")
    expect(hand.page.get_by_role("button", name=hand.say("Set up the app"))).to_be_visible()
    hand.page.reload()
    sets_up_the_app(hand)
    hand.sees("join/:code")
    expect(hand.page.get_by_label(hand.say("Your name, as the person knows you"))).to_have_value(NAME)


def test_a_browser_with_a_notebook_is_left_as_it_is(open_phone, server, ada):
    page = open_phone(path="/app")
    hand = Hand(page).set_up("窓を開ける")
    code = invited(ada, server)["code"]
    page.goto(f"{server.url}/therapist#/join/{code}")
    hand.sees("before/notebook")
    hand.reads(hand.say("Please open this address in another browser, or in a private window."))
    assert code in page.url
    page.goto(server.url + "/app#/ladders")
    hand.sees("ladders")
    hand.reads(hand.say("Going outside"))


def test_a_browser_that_is_a_persons_by_its_cookie_opens_no_desk(ada, server):
    page = ada.new_page()
    page.goto(server.url + "/therapist")
    expect(page.locator('main[data-screen="before/person"]')).to_be_visible()


def test_the_persons_app_leads_a_therapist_to_the_desk_and_keeps_nothing_of_it(browser, server, laptop):
    hand = laptop(server.url + "/therapist")
    desk = Desk(hand.page.context, server.port).begin()
    hand.page.goto(server.url + "/app")
    hand.sees("")
    assert hand.page.url == server.url + "/therapist"
    assert desk.me["person"] not in stored(hand.page)
    desk.close()


def test_nothing_of_the_desk_lies_in_the_browser(ada, server, laptop):
    hand = laptop(server.url + "/therapist")
    assert stored(hand.page) == EMPTY
    Desk(hand.page.context, server.port, "ja").begin(NAME).close()
    hand.page.goto(invited(ada, server)["link"])
    hand.page.reload()
    answers(hand, "月曜日")
    hand.goes("/settings")
    hand.type("A word about it", "ことりの合言葉")
    hand.tap("Keep it")
    expect(hand.page.locator(".toast")).to_be_visible()
    until(hand.page, "async () => (await (await fetch('/api/export')).text()).includes('ことりの合言葉')")
    assert stored(hand.page) == EMPTY
    assert NAME not in hand.page.title()
    signs_out(hand)
    assert stored(hand.page) == EMPTY
    assert "ことりの合言葉" not in hand.page.content()


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
    clock.at += timedelta(minutes=2)
    hand.type("A word about it", "after six")
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
