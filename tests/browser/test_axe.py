"""Everybody can use every screen: no violation found by axe, and what axe could not decide is looked at too."""

import contextlib

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.shots import walk

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RESULTS = {"resultTypes": ["violations", "incomplete"]}
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, **RESULTS}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}, **RESULTS}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_axe_finds_nothing_on_any_screen(open_phone, server, lang):
    # So tall that nothing lies half under the bar at the foot: a thumb would scroll, axe does not.
    tall = {"viewport": {"width": 390, "height": 3000}, "device_scale_factor": 1}
    page = open_phone(lang, reduced_motion="reduce", **tall)
    assert looked_at(walk(page, lang, server.url), both=True) > 30


def looked_at(screens, both=False):
    """Let axe look at each of them, and with `both` at its colours by night; how many there were."""
    wrong, unsure, seen = [], [], 0
    for name, shown in screens:
        for look in ("light", "dark")[: 1 + both]:
            with whole(shown), seen_by(shown, look if both else None):
                found = Axe().run(shown, options=COLOURS if look == "dark" else OPTIONS).response
                sure = still_unsure(shown)
                unsure += [f"{name} {look}: {told(one)}" for one in map(sure, found["incomplete"]) if one["nodes"]]
            wrong += [f"{name} {look}: {told(one)}" for one in found["violations"]]
        seen += 1
    assert not wrong, "\n".join(wrong)
    assert not unsure, "\n".join(unsure)
    return seen


@contextlib.contextmanager
def seen_by(page, look):
    """The page by day or by night; as it was opened with None."""
    if look:
        page.emulate_media(color_scheme=look)
    yield
    if look:
        page.emulate_media(color_scheme="light")


@contextlib.contextmanager
def whole(page):
    """A window as tall as its page: what merely lies under a bar for now is not too small to touch."""
    size = page.viewport_size
    page.set_viewport_size({**size, "height": max(size["height"], page.evaluate("document.body.scrollHeight"))})
    yield
    page.set_viewport_size(size)


def still_unsure(page):
    """Axe does not judge the contrast of lone signs (−, ●) and of text over a drawing: those are measured here."""

    def look(one):
        def good(node):
            return one["id"] == "color-contrast" and page.evaluate(CONTRAST, node["target"][0]) >= 4.5

        return {**one, "nodes": [node for node in one["nodes"] if not good(node)]}

    return look


CONTRAST = """(where) => { const at = document.querySelector(where), style = getComputedStyle(at);
  const numbers = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const ink = numbers(at.namespaceURI.endsWith('svg') ? style.fill : style.color);
  let paper = [255, 255, 255];
  for (let each = at; each; each = each.parentElement) {
    const found = numbers(getComputedStyle(each).backgroundColor);
    if (found.length === 3 || found[3] === 1) { paper = found; break; }
  }
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const [a, b] = [light(ink), light(paper)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05); }"""


def told(one):
    nodes = [f"{node['html'][:160]} | {node.get('failureSummary', '')[:200]}" for node in one["nodes"][:3]]
    return f"{one['id']}: " + " & ".join(nodes)


def test_axe_would_notice(open_phone):
    page = open_phone(path="/help")
    page.evaluate("document.documentElement.removeAttribute('lang')")
    page.evaluate("document.querySelector('h1').style.color = '#eee'")
    found = {one["id"] for one in Axe().run(page, options=OPTIONS).response["violations"]}
    assert {"html-has-lang", "color-contrast"} <= found
