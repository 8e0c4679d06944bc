"""A therapist who may only propose asks whether a step may be put away; the person puts it away or leaves it."""

import pytest
from playwright.sync_api import expect

from tests.browser.deskside import Deskside, opens


@pytest.fixture
def two(open_phone, browser, server, watch):
    side = Deskside(open_phone, browser, server, watch)
    yield side.start
    side.end()


def proposes(two):
    """Theo asks whether the fifth step may be put away."""
    ada, life, desk = two()
    hand = opens(desk, f"/step/{life.steps[4]}", "person/:consent/step/:id")
    hand.tap("Propose to put it away")
    card = desk.page.locator(".beside-card")
    expect(card).to_contain_text(hand.say("Proposed: put this step away"))
    expect(card.locator(".beside-state")).to_have_text(hand.say("waits for {name}", name="Ada"))
    expect(desk.page.get_by_role("button", name=hand.say("Propose to put it away"))).to_have_count(0)
    ada.goes(f"/ladder/{life.ladder}")
    rung = ada.page.locator(f"#rung-{life.steps[4]}")
    expect(rung).to_contain_text(ada.say("a proposal waits"))
    ada.touch(rung.locator("a"))
    ada.sees("step/:id")
    expect(ada.page.locator(".proposal")).to_contain_text(ada.say("Put this step away?"))
    return ada, life, desk


def test_it_is_a_question_and_the_answer_can_be_taken_back(two):
    ada, life, desk = proposes(two)
    ada.tap("Put it away")
    expect(desk.page.locator("main")).to_contain_text(ada.say("This step is put away."))
    ada.tap("Undo")
    expect(desk.page.locator(".beside-card")).to_contain_text(ada.say("Proposed: put this step away"))
    ada.tap("Put it away")
    ada.goes(f"/ladder/{life.ladder}")
    expect(ada.page.locator(".rung")).to_have_count(6)
    ada.goes(f"/ladder/{life.ladder}/changes")
    expect(ada.page.locator(".change").first).to_contain_text(desk.name)
    desk.goes(f"{desk.path}/ladder/{life.ladder}", "person/:consent/ladder/:id")
    expect(desk.page.locator(".rung")).to_have_count(6)


def test_left_it_stays_on_the_ladder_and_taken_back_it_asks_nothing(two):
    ada, life, desk = proposes(two)
    ada.tap("Leave as it is")
    expect(desk.page.locator(".beside-card")).to_have_count(0)
    desk.hand.tap("Propose to put it away")
    expect(ada.page.locator(".proposal")).to_have_count(1)
    desk.goes(f"{desk.path}/ladder/{life.ladder}", "person/:consent/ladder/:id")
    waits = desk.hand.say("waits for {name}", name="Ada")
    expect(desk.page.locator(f"#rung-{life.steps[4]} .badge")).to_have_text(
        desk.hand.say("put away? · {progress}", progress=waits)
    )
    desk.goes(f"{desk.path}/step/{life.steps[4]}", "person/:consent/step/:id")
    desk.hand.tap("Take it back")
    expect(ada.page.locator(".proposal")).to_have_count(0)
    expect(desk.page.locator(".step-title")).to_be_visible()
