"""The therapist's door: an invitation answered with two keys, and a desk that keeps nothing."""

import pytest
from playwright.sync_api import expect

from tests.browser.arriving import (
    NAME,
    answers,
    begun,
    chooses_a_password,
    comes_in,
    gives_a_name,
    invited,
    sets_up_the_app,
    signs_out,
)
from tests.browser.common import until
from tests.browser.hand import Hand
from tests.browser.pair import Desk, post, stored
from tests.browser.test_account import Lock

EMPTY = '{"local":{},"session":{},"cookie":"","caches":[],"bases":[],"workers":[]}'


@pytest.fixture
def ada(browser, server):
    """Ada's browser, as far as the desk is concerned: a cookie that may make invitations."""
    context = browser.new_context()
    begun(context, server.url)
    yield context
    context.close()


def test_a_link_a_password_and_an_app_lead_to_waiting_for_the_persons_yes(ada, server, laptop):
    invitation = invited(ada, server.url)
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
    hand = laptop(invited(ada, server.url)["link"], "en")
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
    hand.type("The ten letters", shape(invited(ada, server.url)["code"]))
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
    hand = laptop(invited(ada, server.url)["link"])
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
    hand = laptop(invited(ada, server.url)["link"])
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
    code = invited(ada, server.url)["code"]
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
    hand.page.goto(invited(ada, server.url)["link"])
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
