"""The home screen: one for today, a day of not doing, the same words after any time away; and help from anywhere."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.browser.hand import Hand
from tests.browser.life import live, send
from tests.browser.trying import about_to_try, ready, sentences

DAY = 86_400  # seconds


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_day_of_not_doing_takes_one_tap_and_is_answered_warmly(open_phone, lang):
    hand = ready(open_phone(lang, path="/app"), lang)
    hand.tap("Today is a day of not doing")
    assert hand.taps == 1
    said = hand.page.locator(".card.warm h2").first.inner_text()
    assert re.sub(r"\s", "", said) in {re.sub(r"\s", "", hand.say(english)) for english in sentences("rest")}
    hand.tap("Add a note, if you like", role="link")
    hand.write(hand.page.locator("textarea[name=note]"), "雨")
    hand.tap("Done")
    expect(hand.page.locator(".card.warm")).to_contain_text("雨")
    hand.tap("Take it back")
    expect(hand.page.get_by_role("link", name=hand.say("Try it"), exact=True)).to_be_visible()


@pytest.mark.parametrize(("name", "called"), [("Ada", "Adaさん"), ("Adaちゃん", "Adaちゃん")])
def test_nobody_is_called_by_two_titles(open_phone, name, called):
    hand = Hand(open_phone("ja", path="/app"), "ja").begins(name).makes_a_ladder().writes_a_step("窓を開ける")
    hand.goes("/")
    expect(hand.page.locator(".greeting")).to_have_text(re.compile(f"、{called}$"))


def test_after_sixty_days_the_home_screen_says_exactly_the_same(open_phone):
    """Of somebody with a life in it, who said "no thanks" to a reminder, with a month and more behind them."""
    page = open_phone("ja", path="/app")
    hand = Hand(page).begins()
    life = live(page)
    life.edits.clear()
    space = life.me["space"]
    life.add(space, "reminder", life.reminder, "set", archived=True)
    life.add(space, "setting", space, "set", reminder_offer="declined", reminder_offered_at=life.now)
    life.attempt(3, 30, "did", before=20)
    send(page, life)
    noon = datetime.now(ZoneInfo(life.zone)).replace(hour=12, minute=0, second=0, microsecond=0).timestamp()
    texts = []
    for away in (1, 60):
        page.clock.set_fixed_time(noon + away * DAY)
        page.goto(page.url.split("#")[0])
        page.reload()
        expect(page.locator(".today")).to_be_visible()
        texts.append(page.locator("main").inner_text())
    assert texts[0] == texts[1]
    # One tap and the day is done; only then is the question of the month there, and the second tap leaves it.
    hand.taps = 0
    hand.tap("Today is a day of not doing")
    hand.reads(hand.say("Has this app made anything harder?"))
    hand.tap("No thanks")
    expect(page.locator(".monthly")).to_have_count(0)
    expect(page.locator(".card.warm.today")).to_be_visible()
    assert hand.taps == 2


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_one_for_today_is_one_of_three_and_easily_another(open_phone, lang):
    page = open_phone(lang, path="/app")
    hand = Hand(page, lang).begins()
    live(page, lang)
    hand.goes("/")
    title = page.locator(".today-title")
    first = title.inner_text()
    hand.tap("Another one")
    expect(page.locator("input[name=today]")).to_have_count(3)
    expect(page.locator("input[name=today]:checked")).to_be_focused()
    hand.touch(page.locator("label.choice").nth(1))
    hand.tap("This one")
    expect(title).not_to_have_text(first)
    chosen = title.inner_text()
    hand.tap("Something smaller")
    expect(title).not_to_have_text(chosen)
    hand.tap("Undo")
    expect(title).to_have_text(chosen)
    hand.tap("Surprise me gently")
    expect(title).not_to_have_text(chosen)
    surprised = title.inner_text()
    hand.tap("Surprise me gently")
    expect(title).not_to_have_text(surprised)
    again = title.inner_text()
    page.reload()
    expect(title).to_have_text(again)


def test_with_one_step_there_is_a_smaller_one_and_ideas_and_with_none_a_rest(open_phone):
    page = open_phone("en", path="/app")
    hand = Hand(page, "en").begins()
    hand.goes("/")
    hand.sees("").tap("Today is a day of not doing")
    expect(page.locator(".card.warm.today")).to_be_visible()
    hand.tap("Undo")
    hand.touch(page.locator(".ideas button"))
    hand.tap("Small ideas", role="link")
    hand.sees("ladder/:id/library")
    hand.goes("/")
    hand.sees("").tap("Make it smaller", role="link")
    hand.leaves("")


def test_another_step_is_offered_and_whatever_is_said_every_step_stays_open(open_phone):
    page = open_phone("en", path="/app")
    hand = Hand(page, "en").begins()
    life = live(page, "en")
    life.edits.clear()
    for back in (3, 2, 0.1):
        life.attempt(3, back, "part", before=60, likelihood=90 if back > 2 else 30)
    send(page, life)
    hand.goes(f"/attempt/{life.kept[-1]}")
    expect(page.locator(".ready button").first).to_be_visible()
    sizes = [one.bounding_box() for one in page.locator(".ready button").all()]
    assert len({(round(one["width"]), round(one["height"])) for one in sizes}) == 1
    hand.reads("You now guess differently than at first.")
    hand.touch(page.locator(".ready").get_by_role("button", name="No thanks"))
    expect(page.locator(".ready")).to_have_count(0)
    hand.goes("/")
    hand.sees("")
    expect(page.locator(".ready")).to_have_count(0)
    hand.goes(f"/attempt/{life.kept[-1]}")
    hand.tap("Undo")
    hand.tap("Have a look")
    hand.sees("step/:id")
    assert page.url.endswith(life.steps[5])  # step 4 was tried once before, in this life
    for step in life.steps:
        hand.goes(f"/step/{step}")
        expect(page.locator(f".dock a[href='#/try/{step}']")).to_be_visible()


def test_an_unfinished_step_is_offered_and_may_end_where_it_ended(settled):
    hand = about_to_try(settled)
    hand.tap("Begin")
    hand.goes("/")
    hand.tap("Go on with it", role="link")
    hand.sees("try/:id")
    hand.goes("/")
    hand.tap("Do not keep it")
    expect(hand.page.get_by_role("link", name="Try it", exact=True)).to_be_visible()
    hand.tap("Undo")
    hand.tap("It ended there")
    hand.sees("try/:id")
    hand.tap("Keep it")  # nothing chosen yet: the three are pointed at, nothing is guessed
    expect(hand.page.locator("input[name=outcome]").first).to_be_focused()
    hand.choose("Turned back")
    hand.tap("Keep it")
    hand.sees("attempt/:id")
    expect(hand.page.locator(".badge")).to_have_text("Turned back")


def test_the_help_card_is_there_with_nobody_signed_in_and_each_line_says_when_and_from_where(open_phone):
    page = open_phone("ja", path="/app#/help")
    expect(page.locator(".line").first).to_be_visible()
    for line in page.locator(".line").all():
        assert line.locator("p").count() >= 3
        assert line.locator(".line-source").count() == 1
    page.get_by_label(Hand(page).say("Where you are")).select_option("US")
    expect(page.locator("a[href='tel:988']")).to_be_visible()
    page.reload()
    expect(page.locator("a[href='tel:988']")).to_be_visible()
