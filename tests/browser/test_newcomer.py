"""What somebody who has never seen it stumbled over once: each is in sight, in words, and where it is looked for."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.common import CONTROLLED, WHOLE, Line, until
from tests.browser.hand import Hand
from tests.browser.life import SENT

PASSWORD = "curtain morning teapot lake"
IN_SIGHT = """(at) => { const box = at.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return box.top >= 0 && box.bottom <= innerHeight && (at === top || at.contains(top) || top?.contains(at)); }"""


@pytest.fixture
def hand(open_phone):
    return Hand(open_phone(path="/app"))


def in_sight(locator):
    expect(locator).to_be_visible()
    assert locator.evaluate(IN_SIGHT)


def opens_the_password_form(hand, name):
    hand.goes("/account")
    hand.tap("Choose a name and a password")
    hand.page.locator("input[name=username]").fill(name)


def test_the_nickname_is_asked_where_one_looks_first(hand):
    hand.sees("welcome")
    in_sight(hand.page.locator("input[name=nickname]"))
    # And what it is not stands on the same page, before anything is begun (rule X4).
    expect(hand.page.locator("#honest")).to_be_visible()


def test_the_ways_out_are_in_sight_before_a_step_begins(hand):
    hand.set_up("カーテンを開けてみる")
    hand.page.locator(".rung a").first.tap()
    hand.tap("Try it", role="link")
    hand.sees("try/:id")
    in_sight(hand.page.get_by_role("link", name=hand.say("It is too much right now")))
    in_sight(hand.page.get_by_role("link", name=hand.say("Make it smaller")))


def test_every_number_of_the_help_card_can_be_called(hand):
    hand.goes("/help")
    line = hand.page.locator(".card.line").first
    expect(line).to_be_visible()
    numbers = re.findall(r"\d[\d-]{5,}\d", line.inner_text())
    called = line.locator("a[href^='tel:']").evaluate_all("(all) => all.map((one) => one.textContent)")
    dates = re.findall(r"\d{4}-\d\d-\d\d", line.inner_text())
    assert len(numbers) >= 3
    assert set(numbers) <= set(called)
    assert dates == []
    assert all(box["height"] >= 44 for box in (a.bounding_box() for a in line.locator("a").all()))


def test_every_slider_shows_its_scale(hand):
    hand.set_up("カーテンを開けてみる")
    hand.page.locator(".rung a").first.tap()
    hand.tap("Try it", role="link")
    hand.write(hand.page.locator("textarea[name=guess]"), "だれかに見られる")
    expect(hand.page.locator(".rating:has(#likelihood) .rating-ticks")).to_have_text(re.compile("0.*50.*100"))


def test_a_short_password_is_named_once_beside_its_field(hand):
    hand.begins()
    opens_the_password_form(hand, "ada-short")
    hand.page.locator("input[name=password]").fill("abc")
    hand.tap("Keep this name and password")
    trouble = hand.page.locator("form [role=alert]")
    expect(trouble).to_be_visible()
    said = hand.page.get_by_text(re.compile(hand.say("Twelve characters or more, please. A few words in a row "
                                                     "are easy to keep in mind.")[:6]))  # fmt: skip
    expect(said).to_have_count(1)


def test_a_name_that_was_set_is_shown_and_the_button_says_change(hand):
    hand.begins()
    until(hand.page, "fetch('/api/me').then((r) => r.ok)")
    opens_the_password_form(hand, "ada-named")
    hand.page.locator("input[name=password]").fill(PASSWORD)
    hand.tap("Keep this name and password")
    hand.reads(hand.say("Your sign-in name: {name}", name="ada-named"))
    expect(hand.page.get_by_role("button", name=hand.say("Change the name or the password"))).to_be_visible()
    expect(hand.page.get_by_role("button", name=hand.say("Choose a name and a password"))).to_have_count(0)


def test_a_wrong_password_is_said_in_the_form_it_was_written_in(hand):
    hand.goes("/signin")
    hand.tap("With name and password")
    form = hand.page.locator("form:has(input[name=password])")
    form.locator("input[name=username]").fill("nobody")
    form.locator("input[name=password]").fill("not the right words")
    hand.tap("Come in")
    expect(form.locator("[role=alert]")).to_be_visible()


def test_the_door_about_ippo_leads_there(hand):
    """The bare address is the app for whoever has it; this door is asked by name."""
    hand.begins()
    until(hand.page, CONTROLLED)
    hand.goes("/settings")
    hand.tap("About Ippo", role="link")
    expect(hand.page.get_by_role("heading", name=hand.say("What Ippo is, and what it is not"))).to_be_visible()
    hand.page.goto(hand.page.url.split("/?")[0] + "/privacy")
    hand.tap("About Ippo", role="link")
    expect(hand.page.get_by_role("heading", name=hand.say("What Ippo is, and what it is not"))).to_be_visible()


def test_what_the_papers_say_of_taking_and_deleting_is_where_they_say(hand):
    """Before there is any way back in, too."""
    papers = hand.say(
        "In the app, under “More”, you can save everything as a file and delete your account. Deleting is at once and "
        "for good: your key goes too, so that what an old backup still holds can be read by nobody."
    )
    hand.begins()
    hand.tap("More", role="link")
    assert hand.say("More") in papers
    hand.tap("My data, and another phone", role="link")
    expect(hand.page.get_by_role("button", name=hand.say("Delete everything for good"))).to_be_visible()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_words_of_a_timer_lie_inside_their_buttons(open_phone, lang):
    hand = Hand(open_phone(lang, path="/app"), lang).set_up("a")
    hand.page.locator(".rung a").first.tap()
    hand.tap("Try it", role="link")
    hand.sees("try/:id")
    words = hand.page.locator(".choices-even .choice span")
    room = """(all) => all.map((one) => {
      const [text, box] = [one, one.parentElement].map((at) => at.getBoundingClientRect());
      return Math.min(text.x - box.x, box.right - text.right); })"""
    assert min(words.evaluate_all(room)) >= 1


def test_what_waits_is_said_in_words(open_phone, server):
    line = Line(server.port)
    try:
        page = open_phone(url=line.url, path="/app")
        hand = Hand(page).set_up("カーテンを開けてみる")
        until(page, WHOLE)
        until(page, SENT, argument=page.evaluate("fetch('/api/me').then((r) => r.json())")["person"])
        line.off()
        hand.goes("/anchors")
        page.locator("input[name=during]").tap()
        expect(page.get_by_role("link", name=hand.say("{n} thing waits to be sent", n=1))).to_have_text("1")
    finally:
        line.stop()


def test_a_step_of_the_library_stays_under_the_thumb_that_took_it(hand):
    hand.begins().makes_a_ladder()
    hand.tap("From the library", role="link")
    button = hand.page.locator("[data-entry]").first
    hand.still(button)
    before = button.bounding_box()
    hand.touch(button)
    expect(button).to_contain_text(hand.say("On the ladder"))
    after = button.bounding_box()
    assert after == pytest.approx(before, abs=2)


@pytest.mark.parametrize("screen", ["/", "/ladders", "/help", "/settings"])
def test_letters_twice_as_large_are_covered_by_no_bar(hand, screen):
    hand.set_up("カーテンを開けてみる")
    hand.goes(screen)
    hand.page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    tops = """() => [...document.querySelectorAll('.top, .dock, .tabs')]
      .map((bar) => bar.getBoundingClientRect().y + scrollY)"""
    hand.page.evaluate("scrollTo(0, 0)")
    standing = hand.page.evaluate(tops)
    hand.page.evaluate("scrollTo(0, 150)")
    # They go with the page, as everything else does.
    assert hand.page.evaluate("scrollY") > 0
    assert hand.page.evaluate(tops) == pytest.approx(standing, abs=1)


def test_plain_links_begin_where_the_words_begin(hand):
    hand.sees("welcome")
    text = """(at) => { const range = document.createRange(); range.selectNodeContents(at);
      return range.getBoundingClientRect().x; }"""
    link = hand.page.locator("a.plain[href='/privacy']")
    note = hand.page.locator("p.note").last
    assert abs(link.evaluate(text) - note.evaluate(text)) <= 1
