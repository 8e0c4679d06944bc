"""The sealed shelf and its lock, under the screens: nothing is lost while the key changes, whoever writes or dies."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.common import kill_browser, until
from tests.browser.core.bare import NOTES, QUIET, REST, START, STATUS, Open, logged
from tests.browser.servers import ThreadServer

DIGITS = "240613"
LOCK = "(digits) => ippo.lock.lockWithDigits(digits)"
SHUT = "() => ippo.phone.shut()"
ENTER = "(digits) => ippo.lock.enterWithDigits(digits)"
MANY = 3_000
FILL = """async (many) => {
  const { space } = ippo.rows.me();
  const rows = Array.from({ length: many }, (_, n) => ({
    id: crypto.randomUUID(), space, kind: 'attempt', revision: n + 1,
    fields: { step: space, before: n % 101, after: 20, happened: `外に出られた ${n}` } }));
  await ippo.phone.settle({ rows, done: [], refused: [], gone: [], rewound: [], meta: {} });
}"""
RAW = """async () => {
  const found = [];
  for (const { name } of await indexedDB.databases()) {
    const asked = indexedDB.open(name);
    const db = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
    for (const store of db.objectStoreNames) {
      const all = db.transaction(store).objectStore(store).getAll();
      await new Promise((done) => { all.onsuccess = done; });
      found.push(...all.result.map((value) => JSON.stringify([name, store, value])));
    }
    db.close();
  }
  return found.join();
}"""


@contextmanager
def away(page: Page) -> Iterator[None]:
    """With no network meanwhile: what is written stays here."""
    page.context.set_offline(True)
    yield
    page.context.set_offline(False)


LAID_OPEN = """async () => {
  const [{ rows, meta }, drafts] = [await ippo.onDisk(), { step: { title: '前からの半分' } }];
  ippo.phone.shelf().close();
  const asked = indexedDB.open(`ippo-${meta.me.person}`);
  const db = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const tx = db.transaction([...db.objectStoreNames], 'readwrite');
  [...db.objectStoreNames].forEach((store) => tx.objectStore(store).clear());
  rows.forEach((row) => tx.objectStore('rows').put(row));
  Object.entries(meta).forEach(([name, value]) => tx.objectStore('meta').put(value, name));
  Object.entries(drafts).forEach(([name, value]) => tx.objectStore('drafts').put(value, name));
  await new Promise((done) => { tx.oncomplete = done; });
  db.close();
}"""


def test_a_shelf_from_before_there_were_boxes_goes_into_them(phone: Open, house: ThreadServer) -> None:
    page = phone()
    me = page.evaluate(START)
    page.evaluate(REST, "前からの言葉")
    until(page, QUIET)
    page.context.set_offline(True)
    page.evaluate(LAID_OPEN)
    assert "前からの言葉" in page.evaluate(RAW)
    page.context.set_offline(False)
    again = phone(context=page.context)
    page.close()
    assert again.evaluate(NOTES) == ["前からの言葉"]
    assert again.evaluate("() => ippo.drafts.draft('step')") == {"title": "前からの半分"}
    again.evaluate("() => ippo.lock.tidyKeys()")  # as the second shelf does when it has come
    raw = again.evaluate(RAW)
    assert not any(word in raw for word in ("前から", "エイダ"))
    again.evaluate(REST, "それから")
    until(again, QUIET)
    assert logged(house, me["person"]) == 3


def test_a_tab_writes_nothing_beside_a_shelf_that_is_gone(phone: Open) -> None:
    page = phone()
    page.evaluate(START)
    until(page, QUIET)
    with away(page):
        page.evaluate("() => new ippo.store.Disk(ippo.rows.me().person).wipe()")  # as another tab would, unheard
        page.evaluate(REST, "まだここ")
        assert page.evaluate(STATUS)["memoryOnly"] is True
        assert page.evaluate(NOTES) == ["まだここ"]
        assert "まだここ" not in page.evaluate(RAW)


def test_nothing_is_to_be_had_while_it_is_shut_and_everything_after(phone: Open, house: ThreadServer) -> None:
    page = phone()
    me = page.evaluate(START)
    until(page, QUIET)
    with away(page):
        page.evaluate(REST, "まだここ")
        page.evaluate("() => ippo.drafts.saveDraft('step', {title: '半分'})")
        page.evaluate(LOCK, DIGITS)
        page.evaluate(SHUT)
        assert page.evaluate(STATUS)["locked"] is True
        assert page.evaluate("() => [ippo.rows.me(), ippo.drafts.draft('step'), ippo.rows.all('rest')]") == [
            None,
            None,
            [],
        ]
        raw = page.evaluate(RAW)
        assert not any(word in raw for word in ("まだここ", "半分", "エイダ"))
        assert page.evaluate(ENTER, "000000") == "wrong"
        assert page.evaluate("() => ippo.lock.standing()")["waiting"] == 1
        assert page.evaluate(ENTER, DIGITS) == "open"
        assert page.evaluate(NOTES) == ["まだここ"]
        assert page.evaluate("() => ippo.drafts.draft('step')") == {"title": "半分"}
    until(page, QUIET)
    assert logged(house, me["person"]) == 2


def test_two_tabs_write_on_while_one_of_them_sets_a_lock(phone: Open, house: ThreadServer) -> None:
    one = phone()
    me = one.evaluate(START)
    two = phone(context=one.context)
    until(one, QUIET)
    setting = one.evaluate_handle("(digits) => { window.set = ippo.lock.lockWithDigits(digits); return null; }", DIGITS)
    for n in range(6):
        two.evaluate(REST, f"二{n}")
        one.evaluate(REST, f"一{n}")
    one.evaluate("() => window.set")
    setting.dispose()
    every = sorted([f"一{n}" for n in range(6)] + [f"二{n}" for n in range(6)])
    for page in (one, two):
        until(page, QUIET)
        until(page, f"() => ippo.rows.all('rest').length === {len(every)}")
        assert page.evaluate(NOTES) == every
        assert page.evaluate(STATUS)["memoryOnly"] is False
    assert logged(house, me["person"]) == 13
    one.evaluate(SHUT)
    until(two, "() => ippo.status.status().locked")  # one lock for the whole phone
    assert two.evaluate(ENTER, DIGITS) == "open"
    assert two.evaluate(NOTES) == every


def test_an_answer_from_the_lock_screen_waits_without_a_word(phone: Open, house: ThreadServer) -> None:
    page = phone()
    me = page.evaluate(START)
    until(page, QUIET)
    with away(page):
        page.evaluate(LOCK, DIGITS)
        page.evaluate(SHUT)
        edit = page.evaluate(
            "() => ({id: crypto.randomUUID(), kind: 'rest', target: crypto.randomUUID(), verb: 'add', at: Date.now(),"
            " fields: {day: '2026-11-21', note: '', source: 'notification', at: Date.now()}})"
        )
        told = page.evaluate("(edit) => ippo.answerAway(edit)", edit)
        assert (told["kept"], told["locked"], bool(told["device"])) == (True, True, True)
        assert page.evaluate(ENTER, DIGITS) == "open"
        assert page.evaluate("() => ippo.rows.all('rest').map(({day, source}) => [day, source])") == [
            ["2026-11-21", "notification"]
        ]
    until(page, QUIET)
    assert logged(house, me["person"]) == 2


def reopened(phone: Open, house: ThreadServer, opened: Callable[..., BrowserContext], script: str) -> Page:
    """The core in a browser with a profile, which can be killed and opened again."""
    body = f"<!doctype html><meta charset=utf-8><title>core</title><script>{script}</script>"
    context = opened()
    context.route("**/core", lambda route: route.fulfill(body=body, content_type="text/html"))
    return phone(house.url, context)


KEYS = """async () => { const found = [];
  for await (const file of (await navigator.storage.getDirectory()).values()) {
    found.push([...new Uint8Array(await (await file.getFile()).arrayBuffer())]); }
  return found; }"""


def files_with(profile: str, raw: bytes) -> list[str]:
    return [str(path) for path in Path(profile).rglob("*") if path.is_file() and raw in path.read_bytes()]


@pytest.mark.parametrize("engine", ["chromium", pytest.param("firefox", marks=pytest.mark.nightly)])
def test_the_key_of_before_is_nowhere_once_there_is_a_lock(
    engine: str,
    request: pytest.FixtureRequest,
    profile: str,
    phone: Open,
    house: ThreadServer,
    script: str,
) -> None:
    """What the browser's files still hold of the boxes of before is opened by nothing that lies there (H2)."""
    opener = request.getfixturevalue(f"open_{engine}")
    page = reopened(phone, house, opener, script)
    page.evaluate(START)
    page.evaluate(REST, "鍵の前の言葉")
    until(page, QUIET)
    keys = [bytes(raw) for raw in page.evaluate(KEYS)]
    assert [len(raw) for raw in keys] == [32]
    assert files_with(profile, keys[0]), "the search sees nothing at all"
    page.evaluate("() => ippo.lock.tidyKeys()")
    page.evaluate(LOCK, DIGITS)
    page.evaluate("() => ippo.lock.unlockForGood()")
    keys += [bytes(raw) for raw in page.evaluate(KEYS)]
    page.evaluate(REST, "間の言葉")
    page.evaluate(LOCK, DIGITS)
    kill_browser(profile)
    assert len({*keys}) == 2
    assert [files_with(profile, raw) for raw in keys] == [[], []]
    page = reopened(phone, house, opener, script)
    assert page.evaluate(ENTER, DIGITS) == "open"
    assert page.evaluate(NOTES) == ["鍵の前の言葉", "間の言葉"]


NO_FILE = """async () => { const room = await navigator.storage.getDirectory();
  for await (const name of room.keys()) await room.removeEntry(name); }"""
NO_CACHE = "async () => Promise.all((await caches.keys()).map((name) => caches.delete(name)))"
TWICE = """async () => { const files = [], room = await navigator.storage.getDirectory();
  for await (const name of room.keys()) files.push(name);
  const kept = await (await caches.open('keys')).keys();
  return [files, kept.map(({ url }) => url.split('/').at(-1))]; }"""


def test_a_shelf_without_its_key_makes_room_for_what_was_sent(phone: Open) -> None:
    """Both files of the key went, as when a battery dies in the first seconds: nothing opens the boxes any more."""
    page = phone()
    page.evaluate(START)
    page.evaluate(REST, "送られたもの")
    until(page, QUIET)
    page.evaluate(NO_FILE)
    page.evaluate(NO_CACHE)
    again = phone(context=page.context)
    page.close()
    until(again, "() => ippo.rows.all('rest').length === 1")
    assert again.evaluate(NOTES) == ["送られたもの"]
    assert again.evaluate(STATUS)["memoryOnly"] is False


@pytest.mark.parametrize("lost", [NO_FILE, NO_CACHE], ids=["file", "cache"])
def test_a_key_that_lost_one_of_its_two_files_opens_what_was_not_sent_and_lies_in_both_again(
    phone: Open, lost: str
) -> None:
    page = phone()
    page.evaluate(START)
    until(page, QUIET)
    with away(page):
        page.evaluate(REST, "まだ送られていない")
        page.evaluate(lost)
        again = phone(context=page.context)
        assert again.evaluate(NOTES) == ["まだ送られていない"]
        again.evaluate("() => ippo.lock.tidyKeys()")
    files, caches = again.evaluate(TWICE)
    assert (len(files), files) == (1, caches)
    again.evaluate(LOCK, DIGITS)
    assert again.evaluate(TWICE) == [[], []]


@pytest.mark.parametrize(
    "after",
    [1, 120, *(pytest.param(ms, marks=pytest.mark.nightly) for ms in (20, 40, 60, 80, 100, 150, 200, 300, 500))],
    ids=lambda ms: f"after {ms} ms",
)
def test_a_browser_killed_while_the_key_changes_loses_nothing(
    after: int,
    open_chromium: Callable[..., BrowserContext],
    profile: str,
    phone: Open,
    house: ThreadServer,
    script: str,
) -> None:
    page = reopened(phone, house, open_chromium, script)
    page.evaluate(START)
    until(page, QUIET)
    page.context.set_offline(True)
    page.evaluate(FILL, MANY)
    page.evaluate(REST, "まだここ")
    page.evaluate("(digits) => void ippo.lock.lockWithDigits(digits)", DIGITS)
    page.wait_for_timeout(after)
    kill_browser(profile)
    page = reopened(phone, house, open_chromium, script)
    page.context.set_offline(True)
    page.evaluate("() => ippo.lock.tidyKeys()")
    locked = page.evaluate(STATUS)["locked"]
    assert (page.evaluate(KEYS) == []) is locked, "a key lies beside what is locked, or none where nothing is"
    if locked:
        assert page.evaluate(ENTER, DIGITS) == "open"
    words = page.evaluate("() => ippo.rows.all('attempt').map(({happened}) => happened).sort()")
    assert sorted(words) == sorted(f"外に出られた {n}" for n in range(MANY))
    assert page.evaluate(NOTES) == ["まだここ"]
