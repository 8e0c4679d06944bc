"""What Ada shows by itself on Theo's page, and nothing else of it; the marks of another step, proposed and taken."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.deskside import SENT, Deskside, opens
from tests.browser.life import DAY, new
from tests.browser.test_desk_page import pages
from tests.web.people import journey


@pytest.fixture
def two(open_phone, browser, server, watch):
    side = Deskside(open_phone, browser, server, watch)
    yield side.start
    side.end()


class Writer:
    """Makes edits as Ada's phone does."""

    def __init__(self, life):
        self.life = life

    def edit(self, verb, kind, target, space=None, /, **fields):
        whole = {"id": new(), "space": space or self.life.me["space"], "kind": kind, "target": target, "verb": verb}
        return {**whole, "fields": fields, "base": {}, "at": self.life.now}

    def add(self, kind, space=None, /, **fields):
        return self.edit("add", kind, new(), space, **fields)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_what_was_shown_by_itself_stands_on_the_page_and_on_paper_and_the_rest_nowhere(two, lang):
    ada, life, desk = two(lang)
    writer, at = Writer(life), life.now - DAY
    shown = journey(writer, lambda name: f"shown {name} " + "word " * 120, sharing="open", at=at)
    kept = journey(writer, lambda name: f"kept {name}", at=at, support=None)
    said = ada.page.evaluate(SENT, shown[:-1] + kept)
    assert said.count('"outcome":"written"') == len(shown) - 1 + len(kept), said
    hand = opens(desk)
    main = desk.page.locator("main")
    hand.choose("everything")
    for english in ("From their diary", "Asked once a month", "Their plan for hard weeks"):
        expect(main.locator("h2").filter(has_text=hand.say(english))).to_be_visible()
    text = main.inner_text() + desk.page.locator(".sheet").inner_text()
    assert "shown text" in text
    assert "shown signs" in text
    assert "kept" not in text
    assert "support" not in text
    assert pages(desk.page.pdf(prefer_css_page_size=True)) == 1
    hand.tap("Copy as text")
    copied = desk.page.evaluate("navigator.clipboard.readText()")
    assert "shown text" in copied
    assert "shown words" in copied
    assert "kept" not in copied


def test_when_another_step_is_offered_is_proposed_in_words_and_taken_by_the_person(two):
    ada, life, desk = two()
    hand = opens(desk, f"/ladder/{life.ladder}", "person/:consent/ladder/:id")
    desk.page.locator("details.more summary", has_text=hand.say("Propose when another step is offered")).click()
    hand.touch(desk.page.locator("label.choice").filter(has_text=re.compile(r"^\s*5 times\s*$")))
    desk.page.get_by_role("button", name=hand.say("Propose it")).click()
    card = desk.page.locator(".beside-card")
    expect(card).to_contain_text("3 times, as usual")
    expect(card).to_contain_text("5 times")
    expect(card.locator(".beside-state")).to_have_text(hand.say("waits for {name}", name="Ada"))
    ada.goes(f"/ladder/{life.ladder}/proposals")
    proposal = ada.page.locator(".proposal")
    expect(proposal).to_contain_text(ada.say("Before another step is offered: times"))
    expect(proposal).to_contain_text("3 times, as usual")
    ada.tap("Take it")
    expect(proposal).to_have_count(0)
    expect(card).to_have_count(0)
    ada.goes(f"/ladder/{life.ladder}/edit")
    ada.page.locator("summary", has_text=ada.say("When another step is offered")).tap()
    five = ada.page.locator("input[name=ready_times][value='5']")
    expect(five).to_be_checked()
    ada.touch(ada.page.locator("label.choice").filter(has_text="3 times, as usual"))
    ada.tap("Keep")
    ada.leaves("ladder/:id/edit")
    ada.goes(f"/ladder/{life.ladder}/edit")
    ada.page.locator("summary", has_text=ada.say("When another step is offered")).tap()
    expect(ada.page.locator("input[name=ready_times][value='3']")).to_be_checked()
