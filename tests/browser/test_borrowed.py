"""A phone that others use, too: nothing of a person comes to lie on it, and nobody who comes after meets them."""

from playwright.sync_api import expect

from tests.browser.common import until
from tests.browser.hand import Hand
from tests.browser.locking import SHELVES, enter, lock, locked
from tests.browser.test_account import OUTSIDE, all_sent, choose_password, come_in_by_password, is_in, sees

STEP = "角まで歩く"
MARKS = "() => [Object.keys(localStorage), Object.keys(sessionStorage)]"


def with_account(open_phone, name):
    hand = Hand(open_phone(path="/app"))
    hand.begins().makes_a_ladder(OUTSIDE).writes_a_step("窓を開ける")
    all_sent(hand.page)
    choose_password(hand, name)
    return hand


def test_nothing_stays_on_a_shared_phone(open_phone):
    with_account(open_phone, "ada on a shared phone")
    hand = Hand(open_phone(path="/app"))
    hand.goes("/signin")
    hand.page.get_by_label(hand.say("Others use this device, too: keep nothing on it")).check()
    come_in_by_password(hand, "ada on a shared phone")
    is_in(hand)
    sees(hand, OUTSIDE)
    hand.page.get_by_text(hand.say(OUTSIDE)).first.tap()
    hand.writes_a_step(STEP)
    all_sent(hand.page)
    assert hand.page.evaluate(SHELVES) == []
    assert hand.page.evaluate(MARKS) == [[], ["ippo-borrowed"]]
    hand.goes("/ladders")
    hand.page.reload()
    hand.reads(hand.say(OUTSIDE))  # where they were, without a tap, once the account has said who this is
    assert hand.page.evaluate("location.hash") == "#/ladders"
    assert hand.page.evaluate(SHELVES) == []
    next_one = hand.page.context.new_page()  # a tab of its own, after this one was closed
    hand.page.close()
    next_one.goto(hand.page.url.split("#")[0])
    Hand(next_one).sees("welcome")
    until(next_one, "fetch('/api/me').then((answer) => answer.status === 401)")
    assert next_one.evaluate(SHELVES) in ([], ["ippo"])


def test_five_wrong_tries_and_what_was_sent_comes_back(open_phone):
    hand = with_account(open_phone, "ada who forgot her digits")
    page = hand.page
    lock(hand)
    page.context.set_offline(True)
    hand.goes("/ladders")
    page.get_by_text(hand.say(OUTSIDE)).first.tap()
    hand.writes_a_step(STEP)
    hand.tap("Hide this page")
    hand.tap("Open")
    for left in (4, 3, 2):
        enter(page, "111111")
        expect(page.get_by_role("alert")).to_contain_text(str(left))
    enter(page, "111111")
    expect(page.get_by_role("alert")).to_contain_text(hand.say("This is the last try."))
    expect(page.get_by_role("alert")).to_contain_text("1")
    expect(page.get_by_role("alert")).to_contain_text(hand.say("What has been sent comes back when you sign in again."))
    hand.tap("Try the digits again")
    enter(page, "111111")
    hand.sees("welcome")
    assert page.evaluate(SHELVES) == []
    page.context.set_offline(False)
    page.reload()
    hand.sees("welcome")
    come_in_by_password(hand, "ada who forgot her digits")
    is_in(hand)
    sees(hand, OUTSIDE)
    expect(locked(page)).to_have_count(0)
