"""The disk under the screens: what was written stays, in every tab, in every browser, or the person is told."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page

from tests.browser.common import Line, until
from tests.browser.core.bare import NOTES, QUIET, REST, START, STATUS, Open, logged
from tests.browser.servers import ThreadServer


def test_what_is_written_is_on_the_disk_and_then_in_the_account(phone: Open, house: ThreadServer) -> None:
    page = phone()
    me = page.evaluate(START)
    page.evaluate(REST, "休んだ")
    kept = page.evaluate("() => ippo.onDisk()")
    notes = [edit["fields"].get("note") for edit in kept["outbox"]] + [r["fields"].get("note") for r in kept["rows"]]
    assert "休んだ" in notes
    until(page, QUIET)
    assert logged(house, me["person"]) == 2
    kept = page.evaluate("() => ippo.onDisk()")
    assert kept["outbox"] == []
    assert kept["meta"].get("secret") is None
    assert [row["fields"]["note"] for row in kept["rows"] if row["kind"] == "rest"] == ["休んだ"]


def test_a_draft_outlives_the_page(phone: Open) -> None:
    page = phone()
    page.evaluate(START)
    page.evaluate("() => { for (let n = 0; n < 50; n++) void ippo.drafts.saveDraft('step', {title: 'あ'.repeat(n)}); }")
    page.evaluate("() => ippo.drafts.saveDraft('step', {title: '半分'})")
    again = phone(context=page.context)
    page.close()
    assert again.evaluate("() => ippo.drafts.draft('step')") == {"title": "半分"}


def test_two_tabs_show_the_same_and_send_each_edit_once(phone: Open, house: ThreadServer) -> None:
    one = phone()
    me = one.evaluate(START)
    two = phone(context=one.context)
    for n in range(5):
        one.evaluate(REST, f"一{n}")
        two.evaluate(REST, f"二{n}")
    every = sorted([f"一{n}" for n in range(5)] + [f"二{n}" for n in range(5)])
    for page in (one, two):
        until(page, QUIET)
        until(page, f"() => ippo.rows.all('rest').length === {len(every)}")
        assert page.evaluate(NOTES) == every
    assert logged(house, me["person"]) == 11


def test_what_the_service_worker_wrote_is_shown_and_sent(phone: Open, house: ThreadServer) -> None:
    page = phone()
    me = page.evaluate(START)
    until(page, QUIET)
    page.evaluate(
        """async () => {
          const {person, space} = ippo.rows.me();
          const edit = ippo.rows.add('rest', space, {day: '2026-11-21', source: 'notification', note: ''});
          const db = await new Promise((done) => {
            const asked = indexedDB.open(`ippo-${person}`);
            asked.onsuccess = () => done(asked.result);
          });
          const tx = db.transaction('outbox', 'readwrite');
          tx.objectStore('outbox').add(edit);
          await new Promise((done) => { tx.oncomplete = done; });
          db.close();
          const channel = new BroadcastChannel('ippo');
          channel.postMessage({from: 'worker'});
          channel.close();
        }"""
    )
    until(page, "() => ippo.rows.all('rest').length === 1")
    until(page, QUIET)
    assert logged(house, me["person"]) == 2


def test_a_shelf_asked_by_two_at_once_can_still_be_taken_away(phone: Open) -> None:
    """As when somebody signs in whose notebook comes along: one line too many, and the entry would wait for ever."""
    page = phone()
    asked = """async () => {
      const shelf = ippo.store.shelfOf('somebody');
      await Promise.all([shelf.waiting(), shelf.waiting()]);
      const late = new Promise((done) => setTimeout(done, 5000, 'still there'));
      return Promise.race([shelf.wipe().then(() => 'gone'), late]);
    }"""
    assert page.evaluate(asked) == "gone"
    assert page.evaluate("async () => (await indexedDB.databases()).map((one) => one.name)") == ["ippo"]


def test_a_browser_that_keeps_nothing_works_from_memory_and_says_so(phone: Open, house: ThreadServer) -> None:
    page = phone()
    page.evaluate("() => { IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }; }")
    me = page.evaluate(START)
    page.evaluate(REST, "消えるかも")
    assert page.evaluate(STATUS)["memoryOnly"] is True
    until(page, QUIET)
    assert (page.evaluate(NOTES), logged(house, me["person"])) == (["消えるかも"], 2)


def test_a_full_disk_loses_no_words(phone: Open, house: ThreadServer) -> None:
    page = phone()
    me = page.evaluate(START)
    until(page, QUIET)
    page.evaluate(
        "() => { IDBObjectStore.prototype.add = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
    )
    page.evaluate(REST, "入らない")
    assert page.evaluate(STATUS)["memoryOnly"] is True
    until(page, QUIET)
    assert (page.evaluate(NOTES), logged(house, me["person"])) == (["入らない"], 2)


def test_ten_thousand_attempts_open_and_take_an_edit_without_a_pause(phone: Open) -> None:
    page = phone()
    page.evaluate(START)
    page.evaluate(
        """async () => {
          const space = ippo.rows.me().space;
          const rows = Array.from({length: 10_000}, (_, n) => ({id: crypto.randomUUID(), space, kind: 'attempt',
            revision: n + 1, fields: {step: space, before: n % 101, after: 20, happened: '外に出られた'}}));
          await ippo.phone.settle({rows, done: [], refused: [], gone: [], rewound: [], meta: {}});
        }"""
    )
    again = phone(context=page.context)
    page.close()
    again.context.set_offline(True)  # the house never saw these rows and would hand the edits back
    took = again.evaluate(
        """async () => {
          const times = [];
          for (let n = 0; n < 5; n++) {
            const begun = performance.now();
            const row = ippo.rows.all('attempt')[n];
            await ippo.rows.write(ippo.rows.change(row, {after: 30}));
            if (ippo.rows.all('attempt').length !== 10_000) throw new Error('some are missing');
            times.push(performance.now() - begun);
          }
          return times.sort((one, other) => one - other)[2];
        }"""
    )
    assert len(again.evaluate("() => ippo.rows.all('attempt').filter(({after}) => after === 30)")) == 5
    assert took < 250, f"a write took {took:.0f} ms"  # generous: the machine is shared; measured below 20


def test_firefox_keeps_and_sends_as_chromium_does(
    open_firefox: Callable[..., BrowserContext], phone: Open, house: ThreadServer, script: str
) -> None:
    line = Line(house.port)
    context = open_firefox()
    body = f"<!doctype html><meta charset=utf-8><title>core</title><script>{script}</script>"
    context.route("**/core", lambda route: route.fulfill(body=body, content_type="text/html"))
    page = phone(line.url, context)
    line.off()
    me = page.evaluate(START)
    page.evaluate(REST, "火狐")
    again = phone(line.url, context)
    page.close()
    assert again.evaluate(NOTES) == ["火狐"]
    line.on()
    until(again, QUIET, timeout=20)
    assert logged(house, me["person"]) == 2
    line.stop()


def reloads(page: Page) -> None:
    """A browser throws away what is on its way into IndexedDB when the page ends; here it ends in the same breath."""
    page.evaluate(START)
    for n in range(8):
        with page.expect_navigation():
            page.evaluate(
                "(n) => { const { saveDraft, dropDraft } = ippo.drafts; void saveDraft('mark', `words ${n}`);"
                " void saveDraft(`mark/${n}`, 'x'); void dropDraft(`mark/${n - 1}`); location.reload(); }",
                n,
            )
        page.evaluate("() => ippo.here.wake()")
        held = page.evaluate("(n) => ['mark', `mark/${n}`, `mark/${n - 1}`].map((key) => ippo.drafts.draft(key))", n)
        assert held == [f"words {n}", "x", None]
    page.evaluate("() => ippo.phone.leave()")
    assert page.evaluate("() => Object.keys(localStorage)") == []


def test_words_of_the_last_instant_survive_a_reload(phone: Open) -> None:
    reloads(phone())


def test_words_of_the_last_instant_survive_a_reload_in_firefox(
    open_firefox: Callable[..., BrowserContext],
    phone: Open,
    house: ThreadServer,
    script: str,
    complaints: list[str],
) -> None:
    context = open_firefox()
    body = f"<!doctype html><meta charset=utf-8><title>core</title><script>{script}</script>"
    context.route("**/core", lambda route: route.fulfill(body=body, content_type="text/html"))
    reloads(phone(house.url, context))
    complaints[:] = [said for said in complaints if "/api/live" not in said]  # it mourns each stream a reload cuts
