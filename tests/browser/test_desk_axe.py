"""Everybody can use the therapist's desk: no violation found by axe, and what axe could not decide is looked at."""

import pytest

from tests.browser import looks
from tests.browser.desktour import tour
from tests.browser.deskwalk import walk_desk


@pytest.mark.parametrize(
    ("way", "lang", "look", "wide", "least"),
    [
        (walk_desk, "ja", "light", True, 11),
        (walk_desk, "en", "dark", False, 11),
        (tour, "ja", "dark", False, 16),
        (tour, "en", "light", True, 16),
    ],
    ids=["page-ja-light-wide", "page-en-dark-phone", "door-ja-dark-phone", "door-en-light-wide"],
)
def test_axe_finds_nothing_at_the_desk(open_phone, server, way, lang, look, wide, least):
    tall = {"viewport": {"width": 1280 if wide else 390, "height": 3000}, "device_scale_factor": 1}
    page = open_phone(lang, dark=look == "dark", wide=wide, path="/help", reduced_motion="reduce", **tall)
    wrong, seen = [], 0
    for name, shown in way(page, lang, server.url):
        with looks.whole(shown):
            wrong += [f"{name}: {one}" for one in looks.axe(shown)]
        seen += 1
    assert not wrong, "\n".join(wrong)
    assert seen >= least
