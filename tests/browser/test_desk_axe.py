"""Everybody can use a person's page at the desk: no violation found by axe, and what axe could not decide is looked at."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.deskwalk import walk_desk
from tests.browser.test_axe import OPTIONS, still_unsure, told, whole


@pytest.mark.parametrize(("lang", "look", "wide"), [("ja", "light", True), ("en", "dark", False)])
def test_axe_finds_nothing_on_a_persons_page(open_phone, server, lang, look, wide):
    tall = {"viewport": {"width": 1280 if wide else 390, "height": 3000}, "device_scale_factor": 1}
    page = open_phone(lang, dark=look == "dark", wide=wide, path="/help", reduced_motion="reduce", **tall)
    wrong, unsure, seen = [], [], 0
    for name, shown in walk_desk(page, lang, server.url):
        with whole(shown):
            found = Axe().run(shown, options=OPTIONS).response
        wrong += [f"{name}: {told(one)}" for one in found["violations"]]
        unsure += [f"{name}: {told(one)}" for one in map(still_unsure(shown), found["incomplete"]) if one["nodes"]]
        seen += 1
    assert not wrong, "\n".join(wrong)
    assert not unsure, "\n".join(unsure)
    assert seen == 11
