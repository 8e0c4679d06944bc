"""What is asked on a phone is in sight when its screen opens: nothing to choose from lies behind the bar."""

import pytest

from tests.browser.hand import Hand
from tests.browser.trying import started


def covered(page, locator):
    """Those of these that do not lie whole and untouched in the window: out of it, or under something else."""
    return [
        at
        for at in range(locator.count())
        if not locator.nth(at).evaluate("""(one) => {
          const { left, right, top, bottom } = one.getBoundingClientRect();
          if (top < 0 || bottom > innerHeight || left < 0 || right > innerWidth) return false;
          return [top + 2, bottom - 2].every((y) => one.contains(document.elementFromPoint((left + right) / 2, y)));
        }""")
    ]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_length_of_the_timer_is_in_sight_before_a_step(open_phone, lang):
    page = open_phone(lang, path="/app")
    started(page, lang)
    lengths = page.locator("label.choice:has(input[name=timer])")
    assert lengths.count() == 6
    assert covered(page, lengths) == []
    assert len({round(lengths.nth(at).bounding_box()["y"]) for at in range(6)}) == 1


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_an_invitation_and_the_way_to_take_it_back_are_in_sight_together(open_phone, lang):
    page = open_phone(lang, path="/app")
    hand = Hand(page, lang).begins()
    hand.goes("/invite")
    hand.sees("invite")
    hand.tap("Make an invitation")
    page.locator(".invite .code").wait_for()
    back = page.get_by_role("button", name=hand.say("Take this invitation back"))
    assert covered(page, page.locator(".invite .code")) == covered(page, back) == []
