"""Ada on her phone, Theo at his desk, linked and confirmed; what the tests of the desk begin with."""

from tests.browser.common import phone
from tests.browser.hand import Hand
from tests.browser.life import live
from tests.browser.pair import Desk, link

CLIPBOARD = ["clipboard-read", "clipboard-write"]
# The person's own phone speaks: edits up, everything down; told as text.
SENT = """(edits) => fetch('/api/sync', { method: 'POST', headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ v: 1, device: crypto.randomUUID(), zone: 'Asia/Tokyo', cursors: {}, edits }) })
  .then((answer) => answer.text())"""


class Deskside:
    """`start(lang, role, entries)` -> (Ada's hand, her life, Theo's desk)."""

    def __init__(self, open_phone, browser, server, watch):
        self.open_phone, self.browser, self.server, self.watch = open_phone, browser, server, watch
        self.desks = []

    def start(self, lang="en", role="propose", entries="all", *, attempts=8, wide=True):
        page = self.open_phone(lang, path="/app")
        ada = Hand(page, lang).begins("Ada")
        life = live(page, lang, attempts)
        look = phone(lang, wide=wide)
        context = self.watch(self.browser.new_context(**look, permissions=CLIPBOARD))
        desk = Desk(context, self.server.port, lang).begin()
        self.desks.append(desk)
        desk.consent = link(page.context, desk, self.server.url, {life.space: role}, entries=entries)
        desk.path = f"/person/{desk.consent['id']}"
        return ada, life, desk

    def end(self):
        for desk in self.desks:
            desk.close()
            desk.context.close()


def opens(desk, path="", screen="person/:consent"):
    """Theo comes in and opens this person's page, or one behind it."""
    desk.sits_down().goes(desk.path + path, screen)
    return desk.hand
