"""When a screen has come to rest: what it asked for has come, and nothing on it has changed or moved for a moment."""

import time

from playwright.sync_api import Page

MOMENT_MS, LONGEST_MS = 80, 3_000
STILL = """([moment, longest]) => new Promise((done) => {
  const begun = performance.now();
  let last = begun;
  const watch = new MutationObserver(() => { last = performance.now(); });
  watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  const moves = (one) => one.playState === 'running' && one.effect?.getComputedTiming().endTime < Infinity;
  const look = () => {
    if (document.getAnimations().some(moves)) last = performance.now();
    const now = performance.now();
    if (now - last < moment && now - begun < longest) return setTimeout(look, 20);
    watch.disconnect();
    setTimeout(done, longest);  // a window that draws nothing any more, or a font that never comes
    document.fonts.ready.then(() => requestAnimationFrame(() => done()));
  };
  look(); })"""


class Calm:
    """Watches one page from now on; `settle()` waits for a moment of rest."""

    def __init__(self, page: Page):
        self.page, self.asked = page, set()
        page.on("request", self._begins)
        page.on("requestfinished", self._ends)
        page.on("requestfailed", self._ends)

    def _begins(self, request):
        if request.is_navigation_request() and request.frame == self.page.main_frame:
            self.asked.clear()  # of what a page asked that goes, nobody is always told how it ended
        if request.resource_type != "eventsource":
            self.asked.add(request)

    def _ends(self, request):
        self.asked.discard(request)

    def settle(self):
        """The page at rest; one that never rests is given after three seconds all the same."""
        end = time.monotonic() + LONGEST_MS / 1000
        while True:
            self.page.evaluate(STILL, [MOMENT_MS, LONGEST_MS])
            if not self.asked or time.monotonic() > end:
                self.asked.clear()
                return self.page
