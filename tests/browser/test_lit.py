"""A rung lights up for a moment on both sides when the other one changes it; never by one's own pen."""

import pytest
from playwright.sync_api import expect

from tests.browser.deskside import Deskside, opens

BACK = "(one) => getComputedStyle(one).backgroundColor"


@pytest.fixture
def two(open_phone, browser, server, watch):
    side = Deskside(open_phone, browser, server, watch)
    yield side.start
    side.end()


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_the_others_change_lights_up_and_fades(two, motion):
    ada, life, desk = two(role="write")
    for page in (ada.page, desk.page):
        page.emulate_media(reduced_motion=motion)
    opens(desk, f"/ladder/{life.ladder}", "person/:consent/ladder/:id")
    ada.goes(f"/ladder/{life.ladder}")
    here, there = (page.locator(f"#rung-{life.steps[0]}") for page in (ada.page, desk.page))
    plain = here.evaluate(BACK)
    expect(there).to_be_visible()
    for page in (ada.page, desk.page):
        expect(page.locator("[data-lit]")).to_have_count(0)  # what was there before is no news
    ada.tap("Change the order")
    ada.touch(ada.page.locator(f"#rung-{life.steps[0]} [data-move=up]"))
    expect(there).to_have_attribute("data-lit", "")
    moves = there.evaluate("(one) => one.getAnimations().length")
    assert moves == (0 if motion == "reduce" else 1)
    expect(ada.page.locator("[data-lit]")).to_have_count(0)
    expect(there).not_to_have_attribute("data-lit", "")
    assert there.evaluate(BACK) == plain
    desk.hand.tap("Change the order")
    desk.page.locator(f"#rung-{life.steps[0]} [data-move=down]").click()
    expect(here).to_have_attribute("data-lit", "")
    expect(here).not_to_have_attribute("data-lit", "")
