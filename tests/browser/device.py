"""A phone of its own: a browser profile that outlives the browser, behind a line that can be cut."""

import shutil
import tempfile
import time

from tests.browser.common import CONTROLLED, OPENED, WHOLE, Line, kill_browser, until
from tests.browser.hand import Hand

NAME, PASSWORD = "ada", "four quiet words in a row"
HELD = """async () => {
  const open = (name) => new Promise((yes, no) => { const asked = indexedDB.open(name);
    asked.onsuccess = () => yes(asked.result); asked.onerror = () => no(asked.error); });
  const here = await open('ippo');
  const person = await new Promise((yes) => { const asked = here.transaction('meta').objectStore('meta').get('current');
    asked.onsuccess = () => yes(asked.result); });
  here.close();
  const db = await open('ippo-' + person);
  const held = await OPENED(db, 'rows', 'outbox', 'refused');
  db.close();
  const [rows, outbox, refused] = held.map((all) => all.map(([, value]) => value));
  return { rows, outbox, refused }; }""".replace("OPENED", OPENED)


class Device:
    """`start()` launches (or launches again), `die()` is kill -9, `line.off()` is airplane mode."""

    def __init__(self, open_chromium, server, lang="ja"):
        self.open, self.lang = open_chromium, lang
        self.profile = tempfile.mkdtemp(prefix="ippo-device")
        self.line = Line(server.port)
        self.context = None

    def start(self, path="/app"):
        self.context = self.open(profile=self.profile, lang=self.lang)
        self.page = self.context.pages[0]
        self.page.goto(self.line.url + path)
        self.hand = Hand(self.page, self.lang)
        return self.hand

    def ready(self):
        """The worker holds everything the app needs without a network."""
        until(self.page, CONTROLLED, 20)
        until(self.page, WHOLE)
        return self

    def close(self):
        self.context.close()

    def die(self):
        self.page.wait_for_timeout(400)  # a thumb is not faster; words being typed are on disk by then
        kill_browser(self.profile)

    def held(self):
        """What is on this phone: {'rows': …, 'outbox': …, 'refused': …}."""
        return self.page.evaluate(HELD)

    def rows(self):
        """Every row by its id, without what is only this phone's: {id: (kind, space, fields)}."""
        return {row["id"]: (row["kind"], row["space"], row["fields"]) for row in self.held()["rows"]}

    def remove(self):
        self.line.stop()
        shutil.rmtree(self.profile, ignore_errors=True)


def agree(*devices, timeout=30):
    """Wait until nothing is waiting anywhere and every phone holds the same rows; returns those rows."""
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        if all(not device.held()["outbox"] for device in devices):
            first, *others = [device.rows() for device in devices]
            if all(rows == first for rows in others):
                return first
        devices[0].page.wait_for_timeout(150)
    waiting = [device.held()["outbox"] for device in devices]
    held = [device.rows() for device in devices]
    differing = {key: [rows.get(key) for rows in held] for key in held[0] | held[1]}
    raise AssertionError(
        f"waiting: {waiting}; differing: {[both for both in differing.values() if both[0] != both[1]]}"
    )


def settle_in(first, second):
    """One person, online: a ladder with three steps on the first phone, the same account on the second."""
    hand = first.start()
    hand.set_up("玄関に立ってみる", "ドアを開けてみる", "外に出てみる")
    hand.goes("/account")
    hand.tap("Choose a name and a password")
    hand.write(hand.page.locator("[name=username]"), NAME)
    hand.write(hand.page.locator("[name=password]"), PASSWORD)
    hand.tap("Keep this name and password")
    hand.reads(hand.say("Done. You can come in from another phone now."))
    first.ready()
    other = second.start("/app#/signin").sees("signin")
    other.tap("With name and password")
    other.write(other.page.locator("[name=username]"), NAME)
    other.write(other.page.locator("[name=password]"), PASSWORD)
    other.tap("Come in")
    other.sees("")
    second.ready()
    agree(first, second)
