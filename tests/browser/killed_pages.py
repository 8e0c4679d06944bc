"""A phone whose browser is killed while somebody rates a step, again and again, and what it holds when it comes back.

    told = survive(open_chromium, profile, server, kills=200)
    told.halves, told.lost, told.doubled

A step is seven acts: a number before, a guess, "Begin", "Did it", a number after, words, "Keep it". They are done by a
script in the page, so close together that a kill falls anywhere between and into them. After each kill the phone must
stand where so many of the seven were done: at least those done a moment before the kill, at most those begun.
"""

import random
import sqlite3
import time
from collections import Counter
from dataclasses import dataclass, field

from tests.browser.common import kill_browser, until
from tests.browser.device import HELD
from tests.browser.trying import started

MOMENT = 0.4  # seconds until what a thumb did is on the disk, with room for a busy machine
GAP = 200  # ms between two acts, at most; and between an act and the kill
ACTS = 7

# Does what is still to do, and says so after each act. Never awaited: the page dies under it.
SCRIPT = """({ from, number, words, gaps }) => { void (async () => {
  const one = async (selector) => { for (;;) {
    const found = document.querySelector(selector);
    if (found) return found;
    await new Promise((done) => setTimeout(done, 5)); } };
  const put = async (selector, value) => { const input = await one(selector); input.value = value;
    input.dispatchEvent(new Event('input', { bubbles: true })); };
  const touch = async (selector) => (await one(selector)).click();
  const acts = [
    () => put('#before', String(number)), () => put('textarea[name=guess]', 'guess ' + words),
    () => touch('main:has(#before) .dock .primary'), () => touch('.outcomes .choice'),
    () => put('#after', String(100 - number)), () => put('textarea[name=found_out]', 'found ' + words),
    () => touch('main:has(#after) .dock .primary')];
  for (let n = from; n < acts.length; n++) {
    await new Promise((done) => setTimeout(done, gaps[n]));
    await acts[n]();
    console.log('did ' + (n + 1)); } })(); }"""
FORM = """() => { const rated = (id) => { const input = document.querySelector('#' + id);
    return input?.closest('.rating-chosen') ? Number(input.value) : null; };
  const words = (name) => document.querySelector(`textarea[name=${name}]`)?.value ?? null;
  const main = document.querySelector('main[data-screen="try/:id"]');
  const phase = !main ? null : document.querySelector('#before') ? 'before'
    : document.querySelector('.outcomes') ? 'during' : document.querySelector('#after') ? 'after' : null;
  return phase && { phase, before: rated('before'), guess: words('guess'), after: rated('after'),
    outcome: document.querySelector('input[name=outcome]:checked')?.value ?? null, found_out: words('found_out') }; }"""

# For whoever has to find out: what the page knows of its disk, and whether it stands elsewhere a moment later.
HINTS = f"""async () => {{ await new Promise((done) => setTimeout(done, 1500));
  return JSON.stringify({{ top: document.querySelector('.top')?.innerText, then: ({FORM})(),
    disks: (await indexedDB.databases()).map(({{ name }}) => name), caches: await caches.keys() }}); }}"""


@dataclass
class Told:
    """What came of it."""

    kills: int = 0
    halves: list[str] = field(default_factory=list)  # what was neither so nor so
    lost: list[str] = field(default_factory=list)  # what was done in good time, and was gone
    doubled: int = 0
    kept: int = 0  # attempts that were finished
    at: Counter[int] = field(default_factory=Counter)  # after how many acts the phone came back

    def __str__(self) -> str:
        return f"{self.kills} kills, {self.kept} attempts kept, came back after {dict(sorted(self.at.items()))} acts"


class Rater:
    """Somebody who rates one step for ever."""

    def __init__(self, open_chromium, profile, server) -> None:
        self.open, self.profile, self.server = open_chromium, profile, server
        self.round, self.done, self.told = 0, 0, Told()
        self.page = self.open(lang="en").pages[0]
        self.page.goto(server.url + "/app")
        self.address = started(self.page, "en").page.url
        self.listen()

    def listen(self):
        self.heard: list[float] = []
        self.page.on("console", lambda said: said.text.startswith("did ") and self.heard.append(time.monotonic()))

    @property
    def number(self):
        return 5 + self.round * 5 % 40  # never 50, where an untouched line stands too

    def act(self, more: int | None):
        """Go on from where the phone stands; after so many acts, or soon after, the browser is killed."""
        gaps = [random.randrange(GAP) for _ in range(ACTS)]
        asked = {"from": self.done, "number": self.number, "words": str(self.round), "gaps": gaps}
        self.page.evaluate(SCRIPT, asked)
        if more is None:
            return
        while len(self.heard) < min(more, ACTS - self.done):
            self.page.wait_for_timeout(5)
        self.page.wait_for_timeout(random.uniform(0, GAP))
        killed = time.monotonic()
        kill_browser(self.profile)
        settled = self.done + sum(at < killed - MOMENT for at in self.heard)
        begun = self.done + len(self.heard) + 1  # the last one may not have come to say so
        self.come_back(settled, min(ACTS, begun))

    def come_back(self, settled: int, begun: int):
        """On the same phone, in a new browser: where does it stand?"""
        with sqlite3.connect(self.server.data / "ippo.db", timeout=10) as database:
            database.execute("DELETE FROM tally")  # nobody begins anew sixty times in an hour
        self.page = self.open(lang="en").pages[0]
        self.page.goto(self.address)
        form = until(self.page, FORM)
        self.listen()
        attempts = self.attempts()
        at = self.standing(attempts[self.round :], form)
        self.told.kills += 1
        self.told.doubled += len(attempts) > self.round + 1
        if at is None:
            self.told.halves.append(f"{form} {attempts[self.round :]} {self.page.evaluate(HINTS)}")
            at = 0
        elif not settled <= at <= begun:
            hints = self.page.evaluate(HINTS)
            self.told.lost.append(f"stands after {at} acts, not {settled} to {begun}: {form} {hints}")
        self.told.at[at] += 1
        self.done = at
        if at == ACTS:
            self.round, self.done = self.round + 1, 0

    def attempts(self):
        """All there are on this phone, in the order they were begun, with what waits laid over."""
        held = self.page.evaluate(HELD)
        rows = {row["id"]: dict(row["fields"]) for row in held["rows"] if row["kind"] == "attempt"}
        for edit in held["outbox"]:
            if edit["kind"] == "attempt":
                rows.setdefault(edit["target"], {}).update(edit["fields"])
        return sorted(rows.values(), key=lambda fields: fields["started"])

    def standing(self, attempts, form):
        """After how many of the seven acts the phone stands; None where it is after none of them."""
        guess, found = f"guess {self.round}", f"found {self.round}"
        if not attempts:
            befores = [(None, ""), (self.number, ""), (self.number, guess)]
            given = (form["before"], form["guess"])
            return befores.index(given) if form["phase"] == "before" and given in befores else None
        one = attempts[0]
        if (one["before"], one["guess"]) != (self.number, guess):
            return None
        if one.get("outcome"):
            kept = (one["outcome"], one.get("after"), one.get("found_out")) == ("did", 100 - self.number, found)
            return ACTS if kept and one["ended"] and form["phase"] == "before" else None
        if not one.get("ended"):
            return 3 if form["phase"] == "during" else None
        afters = [("did", None, ""), ("did", 100 - self.number, ""), ("did", 100 - self.number, found)]
        given = (form["outcome"], form["after"], form["found_out"])
        return 4 + afters.index(given) if form["phase"] == "after" and given in afters else None


def survive(open_chromium, profile, server, kills: int, tick=lambda: None) -> tuple[Told, Rater]:
    """So many kills, and then the last attempt is finished in peace."""
    rater = Rater(open_chromium, profile, server)
    for _ in range(kills):
        rater.act(random.randrange(ACTS + 1))
        tick()
    rater.act(None)
    until(rater.page, "() => Boolean(document.querySelector('main[data-screen=\"attempt/:id\"]'))")
    rater.told.kept = rater.round + 1
    return rater.told, rater
