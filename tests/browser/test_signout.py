"""Signing out leaves nothing of a person on the phone: with a network and without, in two browsers (T3)."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.common import CONTROLLED, WIDE, until
from tests.browser.hand import Hand
from tests.browser.nesting import nested

SECRET = "カーテンの向こうの秘密"
LEFT = """async () => {
  const answer = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const records = [];
  for (const { name } of await indexedDB.databases()) {
    const db = await answer(indexedDB.open(name));
    const all = [...db.objectStoreNames].map((store) => answer(db.transaction(store).objectStore(store).getAll()));
    records.push(...(await Promise.all(all)).flat());
    db.close();
  }
  const words = JSON.stringify(records) + JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage });
  return { records: records.length, caches: (await caches.keys()).length, local: localStorage.length,
    session: sessionStorage.length, workers: (await navigator.serviceWorker.getRegistrations()).length, words };
}"""
NOTHING = {"records": 0, "caches": 0, "local": 0, "session": 0, "workers": 0}


@pytest.mark.parametrize("network", ["with a network", "without"])
@pytest.mark.parametrize("engine", ["chromium", "firefox"])
@pytest.mark.promise("Canaries")
def test_signing_out_leaves_nothing_behind(own_server, open_chromium, open_firefox, profile, proof, engine, network):
    context = open_chromium() if engine == "chromium" else open_firefox(viewport=WIDE)
    page = context.pages[0] if context.pages else context.new_page()
    page.goto(own_server.url + "/app")
    until(page, CONTROLLED)
    hand = Hand(page)
    page.locator(".tongues button[lang=ja]").click()
    hand.begins(SECRET).makes_a_ladder().writes_a_step(SECRET)
    nest = nested(page)
    hand.goes("/reminder/new")
    hand.write(page.locator("input[name=words]"), SECRET)
    before = page.evaluate(LEFT)
    assert before["records"] > 5
    assert (before["caches"], before["workers"]) == (2, 1)  # the shell and the key of the shelf
    words = before.pop("words")
    assert SECRET not in words  # what lies there is sealed, and goes all the same
    assert nest.found_in(words) == []
    if network == "without":
        own_server.stop()
    hand.goes("/settings")
    hand.tap("Sign out on this device")
    # What keeps their words comes first and is where the focus is; what loses them is no button beside it.
    first = page.locator("dialog .primary")
    expect(first).to_have_text(hand.say("Make a way back in first"))
    expect(first).to_be_focused()
    expect(page.get_by_role("button", name=hand.say("Sign out all the same"))).to_have_class(re.compile("plain"))
    hand.tap("Sign out all the same")
    expect(page.locator('main[data-screen="welcome"]')).to_be_visible()
    left = page.evaluate(LEFT)
    words = left.pop("words")
    found = nest.found_in(words)
    proof.line(
        f"What is left on a device after signing out, {network}",
        wanted="0 records, caches, keys and workers, 0 words",
        measured=f"{sum(left.values())} of {sum(before.values())}, and {len(found)} of {len(nest.birds)} words",
    )
    assert SECRET not in words
    assert found == []
    assert left == NOTHING
    if network == "without":
        own_server.start()
    # Whoever comes next begins at the entry, with nobody's words.
    page.goto(own_server.url + "/app#/ladders")
    page.reload()
    expect(page.locator('main[data-screen="welcome"]')).to_be_visible()
    assert SECRET not in page.content()
    context.close()
    assert nest.found_below(Path(profile)) == {}
