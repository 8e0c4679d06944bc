"""Everybody can use every screen: one walk for each language, and on each screen every look (looks.py).

The Japanese walk is taken on the smallest phone there is, the English one on a usual one.
"""

import pytest

from tests.browser import looks
from tests.browser.shots import walk

# 1280x1024 CSS pixels at 200 % are 640x512; a phone at 200 % text is the harder case and is asked for as well.
AT_200, SMALL_PHONE, PHONE = ({"width": w, "height": h} for w, h in ((640, 512), (320, 568), (390, 844)))


def on_the_smallest(page):
    """Nothing asks to be scrolled sideways, here or on a laptop at 200 %; then axe."""
    wrong = looks.sideways(page)
    with looks.sized(page, AT_200):
        wrong += looks.sideways(page)
    return wrong + looks.by_day_and_by_night(page)


def on_a_usual_one(page):
    """Everything to touch is large and everything to read is readable; then axe.

    By day only: the colours of the night are those of the Japanese walk, which has the letters above the letters too.
    """
    return looks.large_and_readable(page) + looks.by_day(page)


WALKS = {"ja": (SMALL_PHONE, on_the_smallest), "en": (PHONE, on_a_usual_one)}


@pytest.mark.parametrize("lang", WALKS)
def test_everybody_can_use_every_screen(open_phone, server, lang):
    size, look = WALKS[lang]
    page = open_phone(lang, reduced_motion="reduce", viewport=size, device_scale_factor=1)
    wrong, seen = [], 0
    for name, shown in walk(page, lang, server.url):
        wrong += [f"{name}: {one}" for one in look(shown)]
        seen += 1
    assert not wrong, "\n".join(wrong)
    assert seen > 100


def test_each_look_would_notice(open_phone):
    page = open_phone(path="/help", viewport=SMALL_PHONE)
    assert looks.sideways(page) == looks.large_and_readable(page) == looks.by_day_and_by_night(page) == []
    page.evaluate("document.documentElement.removeAttribute('lang')")
    page.evaluate("document.querySelector('h1').style.color = '#eee'")
    assert rules(looks.by_day_and_by_night(page)) == {"html-has-lang", "color-contrast"}
    page.evaluate("document.querySelector('h1').style.color = '#111'")
    assert rules(looks.by_day_and_by_night(page)) == {"html-has-lang", "by night, color-contrast"}
    page.evaluate("document.querySelector('h1').style.cssText = 'width: 400px; font-size: 12px'")
    assert "H1" in looks.sideways(page)[0]
    with looks.sized(page, AT_200):
        assert looks.sideways(page) == []
    low = "display: block; height: 30px; min-height: 0"
    page.evaluate("(low) => { document.querySelector('a:not(.skip)').style.cssText = low; }", low)
    assert rules(looks.large_and_readable(page)) == {"to touch", "to read"}


def rules(found):
    return {one.partition(":")[0] for one in found}
