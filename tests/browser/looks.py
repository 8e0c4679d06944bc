"""What is asked of every screen, each a look at a page that returns what is wrong: axe, width, size, readability.

Axe speaks of a page as tall as all of it; the rest of the window the walk is taken in, or of one that is named.
"""

import contextlib

from axe_playwright_python.base import AXE_SCRIPT

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RESULTS = {"resultTypes": ["violations", "incomplete"]}
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, **RESULTS}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}, **RESULTS}
# So tall that nothing lies half under the bar at the foot: a thumb would scroll, axe does not.
TALL = {"width": 390, "height": 3000}

WIDER = """() => { const room = document.documentElement.clientWidth;
  return [...document.querySelectorAll('body *')].filter((each) => {
    const box = each.getBoundingClientRect(), style = getComputedStyle(each);
    const seen = box.width && style.position !== 'absolute' && !each.closest('.unseen, svg, [hidden]');
    return seen && box.right > room + 1;
  }).map((each) => each.tagName + '.' + each.className).slice(0, 5); }"""
SMALL = """() => [...document.querySelectorAll('a, button, input, select, textarea, summary')].filter((each) => {
    const whole = each.closest('label') ?? each, style = getComputedStyle(each);
    const [box, own] = [whole.getBoundingClientRect(), each.getBoundingClientRect()];
    if (!box.width || each.closest('.unseen, .skip') || style.opacity === '0') return false;
    const inText = each.tagName === 'A' && style.display === 'inline' && each.closest('p, li, dd');
    return !inText && (Math.max(box.height, own.height) < 43.5 || Math.max(box.width, own.width) < 43.5);
  }).map((each) => each.outerHTML.slice(0, 120)).slice(0, 5)"""
TINY = """() => [...document.querySelectorAll('body *')].filter((each) => !each.closest('svg, .unseen') &&
    [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()) &&
    parseFloat(getComputedStyle(each).fontSize) < 13.9).map((each) => each.outerHTML.slice(0, 120)).slice(0, 5)"""
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


def axe(page, options=OPTIONS):
    """What axe finds broken, and what it leaves undecided and does not hold when it is measured here."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)  # half a megabyte: once for each page that was loaded
    found = page.evaluate("(options) => axe.run(options)", options)
    unsure = [one for one in map(still_unsure(page), found["incomplete"]) if one["nodes"]]
    return [told(one) for one in found["violations"]] + [f"undecided: {told(one)}" for one in unsure]


def still_unsure(page):
    """Axe does not judge the contrast of lone signs (−, ●) and of text over a drawing: those are measured here."""

    def look(one):
        def good(node):
            return one["id"] == "color-contrast" and page.evaluate(CONTRAST, node["target"][0]) >= 4.5

        return {**one, "nodes": [node for node in one["nodes"] if not good(node)]}

    return look


def told(one):
    nodes = [f"{node['html'][:160]} | {node.get('failureSummary', '')[:200]}" for node in one["nodes"][:3]]
    return f"{one['id']}: " + " & ".join(nodes)


def by_day(page):
    """All that axe asks."""
    with whole(page, TALL):
        return axe(page)


def by_day_and_by_night(page):
    """All that axe asks by day; by night its questions about colours."""
    with whole(page, TALL):
        wrong = axe(page)
        page.emulate_media(color_scheme="dark")
        wrong += [f"by night, {one}" for one in axe(page, COLOURS)]
        page.emulate_media(color_scheme="light")
    return wrong


@contextlib.contextmanager
def whole(page, size=None):
    """A window as tall as its page: what merely lies under a bar for now is not too small to touch."""
    with sized(page, size or page.viewport_size) as shown:
        tall = page.evaluate("document.body.scrollHeight")
        if tall > shown["height"]:
            page.set_viewport_size({**shown, "height": tall})
        yield


@contextlib.contextmanager
def sized(page, size):
    """The page in a window of this size, for a moment."""
    before = page.viewport_size
    if size != before:
        page.set_viewport_size(size)
    yield size
    page.set_viewport_size(before)


def sideways(page):
    """What asks to be scrolled sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
    return [f"wider than {page.viewport_size['width']}: {page.evaluate(WIDER)}"] if wide else []


def large_and_readable(page):
    """What is too small for a thumb, or to be read."""
    found = {"to touch": page.evaluate(SMALL), "to read": page.evaluate(TINY)}
    return [f"{what}: {small}" for what, small in found.items() if small]
