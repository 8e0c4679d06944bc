"""The main job can be done with a keyboard alone, and a wide window is no stretched phone."""

import pytest
from playwright.sync_api import expect

from tests.browser.common import phone
from tests.browser.hand import Hand


class Keys:
    """A person without a pointer: Tab, Enter, Space and arrows only."""

    def __init__(self, page, lang):
        self.page, self.say = page, Hand(page, lang).say

    def to(self, english, **values):
        """Tab until the thing with this name has the focus, which can be seen."""
        name = self.say(english, **values)
        for _ in range(60):
            if name in (self.page.evaluate(NAMED) or ""):
                assert self.page.evaluate(SEEN), f"the focus on {name} cannot be seen"
                return self
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no way to {name} by keyboard")

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
        self.page.wait_for_timeout(150)
        return self


NAMED = """() => { const at = document.activeElement; if (!at || at === document.body) return '';
  const label = at.labels?.[0]?.innerText ?? '';
  return [at.getAttribute('aria-label') ?? '', label, at.innerText ?? ''].join(' '); }"""
SEEN = """() => { const at = document.activeElement, shown = at.closest('label') ?? at, near = at.nextElementSibling;
  const rings = [at, shown, near, at.parentElement, at.parentElement?.parentElement].filter(Boolean)
    .map((each) => getComputedStyle(each));
  const box = shown.getBoundingClientRect();
  return rings.some((style) => parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== 'none')
    && box.bottom > 0 && box.top < innerHeight; }"""


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_main_job_is_done_with_a_keyboard_alone(open_phone, lang):
    page = open_phone(lang, wide=True, path="/app")
    hand, keys = Hand(page, lang).sees("welcome"), Keys(page, lang)
    keys.to("Begin").press("Enter")
    hand.sees("ladders")
    keys.to("In your own words")
    page.keyboard.insert_text("外に出ること")
    keys.to("Make this ladder").press("Enter")
    hand.sees("ladder/:id")
    keys.to("Write a step").press("Enter")
    for title in ("窓を開ける", "ドアを開ける"):
        keys.to("A step, in your own words")
        page.keyboard.insert_text(title)
        keys.press("Enter")
        expect(page.locator(".rung", has_text=title)).to_be_visible()
    keys.press("Escape")
    keys.to("Change the order").press("Enter")
    keys.to("Drag, or move with the arrow keys: {title}", title="窓を開ける").press("ArrowUp")
    expect(page.locator(".rung").first).to_contain_text("窓を開ける")
    hand.goes("/")
    hand.sees("")
    keys.to("Try it").press("Enter")
    hand.sees("try/:id")
    keys.to("How hard is it, before you begin?").press("ArrowRight", "ArrowRight", "PageUp")
    keys.to("Begin").press("Enter")
    keys.to("Did it").press("Enter")
    keys.to("How hard is it now?").press("ArrowLeft")
    keys.to("Keep it").press("Enter")
    hand.sees("attempt/:id")
    keys.to("That is enough for now").press("Enter")
    hand.sees("")


def test_a_wide_window_is_not_a_phone_stretched(open_phone, server):
    """Lines stay short enough to be read: at most about 45 Japanese characters."""
    page = open_phone("ja", wide=True, path="/app")
    assert page.locator("main").bounding_box()["width"] <= 45 * 18
    assert phone(wide=True)["viewport"]["width"] == 1280
