"""Everybody can use every screen: no violation found by axe, and what axe could not decide is looked at too."""

import contextlib

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.shots import walk

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations", "incomplete"]}


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_axe_finds_nothing_on_any_screen(open_phone, server, lang, look):
    # So tall that nothing lies half under the bar at the foot: a thumb would scroll, axe does not.
    tall = {"viewport": {"width": 390, "height": 3000}, "device_scale_factor": 1}
    page = open_phone(lang, dark=look == "dark", reduced_motion="reduce", **tall)
    wrong, unsure, seen = [], [], 0
    for name, shown in walk(page, lang, server.url):
        with whole(shown):
            found = Axe().run(shown, options=OPTIONS).response
        wrong += [f"{name}: {told(one)}" for one in found["violations"]]
        unsure += [f"{name}: {told(one)}" for one in found["incomplete"]]
        seen += 1
    assert not wrong, "\n".join(wrong)
    assert not unsure, "\n".join(unsure)
    assert seen > 30


@contextlib.contextmanager
def whole(page):
    """A window as tall as its page: what merely lies under a bar for now is not too small to touch."""
    size = page.viewport_size
    page.set_viewport_size({**size, "height": max(size["height"], page.evaluate("document.body.scrollHeight"))})
    yield
    page.set_viewport_size(size)


def told(one):
    nodes = [f"{node['html'][:160]} | {node.get('failureSummary', '')[:200]}" for node in one["nodes"][:3]]
    return f"{one['id']}: " + " & ".join(nodes)


def test_axe_would_notice(open_phone):
    page = open_phone(path="/help")
    page.evaluate("document.documentElement.removeAttribute('lang')")
    page.evaluate("document.querySelector('h1').style.color = '#eee'")
    found = {one["id"] for one in Axe().run(page, options=OPTIONS).response["violations"]}
    assert {"html-has-lang", "color-contrast"} <= found
