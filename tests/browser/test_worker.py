"""The service worker in a real browser: a start with no server, a deploy that loses nothing, the way back, a push."""

import uuid

from playwright.sync_api import expect

from tests.browser.common import CONTROLLED, KEPT, WHOLE, kill_browser, push_by_cdp, script_of, until
from tests.browser.hand import Hand
from tests.browser.test_account import all_sent

CACHES = "caches.keys().then((names) => names.filter((name) => name.startsWith('ippo-shell-')))"
SHOWN = """navigator.serviceWorker.ready.then((r) => r.getNotifications()).then((all) => all.map((one) => (
  { title: one.title, body: one.body, tag: one.tag, data: one.data, actions: one.actions.map((a) => a.action) })))"""
RECORDS = """async () => { let n = 0;
  const answer = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  for (const { name } of await indexedDB.databases()) {
    const db = await answer(indexedDB.open(name));
    for (const store of db.objectStoreNames) n += await answer(db.transaction(store).objectStore(store).count());
    db.close();
  }
  return n; }"""


def opened(context, url, path="/app"):
    page = context.pages[0] if context.pages else context.new_page()
    page.goto(url + path)
    until(page, CONTROLLED)
    until(page, WHOLE)
    return page


def begun(context, url, lang="ja"):
    """The page of a person who has begun, with the worker in charge."""
    page = opened(context, url)
    Hand(page, lang).begins().makes_a_ladder().writes_a_step("カーテンを開けてみる")
    return page


def test_after_one_visit_the_app_starts_cold_with_no_server(own_server, open_chromium, profile):
    begun(open_chromium(), own_server.url)
    own_server.stop()
    kill_browser(profile)
    page = open_chromium().pages[0]
    page.goto(own_server.url + "/app#/ladders")
    page.locator("a.small-ladder").tap()
    expect(page.locator(".rung", has_text="カーテンを開けてみる")).to_be_visible()
    assert page.reload().from_service_worker
    # A door that is not there leads into the app, and help to help.
    page.goto(own_server.url + "/help")
    expect(page.locator('main[data-screen="help"]')).to_be_visible()
    page.goto(own_server.url + "/privacy")
    expect(page.locator("main[data-screen]")).to_be_visible()


def test_whoever_has_begun_comes_straight_into_the_app_and_others_to_the_front_page(server, open_chromium):
    page = opened(open_chromium(), server.url)
    page.goto(server.url + "/")
    assert page.url == server.url + "/"
    page.goto(server.url + "/app")
    Hand(page).begins()
    page.goto(server.url + "/")
    page.wait_for_url("**/app*")


def test_the_worker_keeps_the_shell_and_nothing_of_a_person(server, open_chromium):
    page = begun(open_chromium(), server.url)
    page.goto(server.url + "/privacy")
    page.goto(server.url + "/app#/")
    kept = page.evaluate(KEPT)
    assert "/app" in kept
    others = [path for path in kept if path not in ("/app", "/shell-list") and not path.startswith("/static/")]
    assert [uuid.UUID(path[1:]).version for path in others] == [4]  # the key of the shelf, under a name of no meaning
    assert page.evaluate("navigator.serviceWorker.ready.then((r) => r.updateViaCache)") == "none"


def test_a_deploy_waits_to_be_taken_and_loses_nothing_that_was_typed(copied, open_chromium):
    context = open_chromium()
    page = begun(context, copied.url)
    before = page.evaluate(CACHES)
    hand = Hand(page)
    hand.goes("/reminder/new")
    hand.write(page.locator("input[name=words]"), "書きかけの言葉")
    copied.stop()
    style = copied.root / "static/built/app.css"
    style.write_text(style.read_text() + "/* a new version */")
    copied.start()
    asked = []
    context.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[1]))
    page.evaluate("navigator.serviceWorker.ready.then((r) => r.update())")
    card = page.locator(".update")
    expect(card).to_be_visible()
    # The old version goes on until somebody says so, and only what changed was fetched.
    assert len(page.evaluate(CACHES)) == 2
    assert "app.css" in asked
    assert not [name for name in asked if name.endswith((".js", ".json")) and name != "service-worker.js"]
    assert page.evaluate("document.querySelector('link[rel=stylesheet]').href").split("/")[4] in before[0]
    with page.expect_event("load"):
        hand.tap("Take it now")
    expect(page.locator("input[name=words]")).to_have_value("書きかけの言葉")
    expect(card).to_have_count(0)
    [after] = page.evaluate(CACHES)
    assert after not in before
    assert page.evaluate("document.querySelector('link[rel=stylesheet]').href").split("/")[4] in after
    # What was not fetched anew lies under the new address, too: words and second shelf with no server.
    copied.stop()
    page.reload()
    expect(page.locator("input[name=words]")).to_have_value("書きかけの言葉")
    hand.goes("/ladders")
    page.locator("a.small-ladder").tap()
    expect(page.locator(".rung", has_text="カーテンを開けてみる")).to_be_visible()
    expect(page.get_by_role("button", name=hand.say("Write a step"))).to_be_visible()


def test_another_window_is_not_reloaded_under_the_hands(copied, open_chromium):
    context = open_chromium()
    page = begun(context, copied.url)
    other = context.new_page()
    other.goto(copied.url + "/app#/reminders")
    until(other, CONTROLLED)
    other.evaluate("window.stayed = true")
    copied.stop()
    script = script_of(copied.root)
    script.write_text(script.read_text() + "/* a new version */")
    copied.start()
    page.evaluate("navigator.serviceWorker.ready.then((r) => r.update())")
    with page.expect_event("load"):
        Hand(page).tap("Take it now")
    expect(other.locator(".update")).to_be_visible()
    assert other.evaluate("window.stayed") is True
    with other.expect_event("load"):
        Hand(other).tap("Take it now")
    expect(other.locator(".update")).to_have_count(0)


def test_a_broken_deploy_leaves_the_version_before_in_charge(copied, open_chromium):
    page = begun(open_chromium(), copied.url)
    before = page.evaluate(CACHES)
    copied.stop()
    script = script_of(copied.root)
    script.write_text(script.read_text() + "/* a new version */")
    # Half of it only: the list names a file that is not served.
    (copied.root / "exposure/web/shelf.py").write_text(
        (copied.root / "exposure/web/shelf.py")
        .read_text()
        .replace('(f"/static/{self.build}/{name}", ', '(f"/static/{self.build}/no-{name}", ')
    )
    copied.start()
    page.evaluate("navigator.serviceWorker.ready.then((r) => r.update()).catch(() => 0)")
    page.wait_for_timeout(1000)
    expect(page.locator(".update")).to_have_count(0)
    assert page.reload().from_service_worker
    assert before[0] in page.evaluate(CACHES)
    expect(page.locator("main[data-screen]")).to_be_visible()


def test_the_kill_switch_takes_the_worker_away_and_leaves_what_was_written(own_server, open_chromium):
    page = begun(open_chromium(), own_server.url)
    all_sent(page)  # or a record is on its way out of the list of what waits
    records = page.evaluate(RECORDS)
    own_server.stop()
    own_server.env["IPPO_WORKER_KILL"] = "yes"
    own_server.start()
    page.reload()
    until(page, "navigator.serviceWorker.getRegistrations().then((all) => all.length === 0)")
    until(page, f"{CACHES}.then((names) => names.length === 0)")
    assert page.evaluate(RECORDS) >= records > 0
    page.goto(own_server.url + "/app#/ladders")
    page.reload()
    page.locator("a.small-ladder").tap()
    expect(page.locator(".rung", has_text="カーテンを開けてみる")).to_be_visible()
    assert page.evaluate("navigator.serviceWorker.controller") is None


ODD_PUSHES = (
    {},
    {"notification": None},
    {"notification": {"title": 7, "body": ["x"], "actions": "none", "navigate": "javascript:alert(1)"}},
    {"notification": {"title": "Ippo", "navigate": "https://else.example/", "actions": [None, {"action": "a"}]}},
    ["not", "an", "object"],
)


def test_a_push_of_any_shape_shows_something_and_leads_into_the_app(server, open_chromium, notifyd):
    page = opened(open_chromium(env=notifyd.env), server.url)
    for sent in ODD_PUSHES:
        push_by_cdp(page, server.url, sent)
        # First the desktop, then the list: asked too early, Chromium strikes from its list what is not on screen yet.
        shown = notifyd.wait("Ippo")
        [note] = page.evaluate(SHOWN)
        assert (note["title"], note["actions"]) == ("Ippo", [])
        assert note["data"]["navigate"] == server.url + "/app"
        notifyd.dismiss(shown)
        until(page, f"{SHOWN}.then((all) => all.length === 0)")


def test_a_push_is_shown_field_by_field(server, open_chromium, notifyd):
    page = opened(open_chromium(env=notifyd.env), server.url)
    there = f"{server.url}/app#/reminder/1/open"
    actions = [
        {"action": "later", "title": "またあとで", "navigate": there + "?later"},
        {"action": "nottoday", "title": "今日はやらない"},
        {"action": "start", "title": "できそう", "navigate": there + "?might"},
    ]
    about = {"reminder": "0000000a-0000-4000-8000-000000000001", "occurrence": 1_795_000_000_000}
    told = {
        "title": "Ippo",
        "body": "そっと",
        "tag": "r-1",
        "navigate": there,
        "actions": actions,
        "data": about,
        "unknown": {"x": 1},
    }
    push_by_cdp(page, server.url, {"web_push": 8030, "notification": told})
    note = notifyd.wait("Ippo")
    assert "そっと" in note["body"]
    # A system that shows two: the third answer is on the page that touching the notification itself opens.
    assert page.evaluate("Notification.maxActions") == 2
    assert {"またあとで", "今日はやらない"} <= set(note["actions"].values())
    [shown] = page.evaluate(SHOWN)
    assert (shown["tag"], shown["actions"]) == ("r-1", ["later", "nottoday"])
    home = server.url + "/app"
    assert shown["data"] == {
        "navigate": there,
        "actions": {"later": there + "?later", "nottoday": home},
        "reminder": about["reminder"],
        "due": about["occurrence"],
    }


def test_the_same_told_twice_stays_still_and_another_day_is_heard(server, open_chromium, notifyd):
    page = opened(open_chromium(env=notifyd.env), server.url)
    heard = (
        "navigator.serviceWorker.ready.then((r) => r.getNotifications()).then((all) => all.map((one) => one.renotify))"
    )
    for due, again in ((1, [False]), (1, [False]), (2, [True]), (2, [False])):
        before = len(notifyd.history)
        push_by_cdp(
            page, server.url, {"notification": {"title": "Ippo", "tag": "r-1", "data": {"occurrence": due}}}
        )
        until(page, f"{heard}.then((all) => all.length === 1)")
        for _ in range(250):
            if len(notifyd.history) > before:
                break
            page.wait_for_timeout(20)
        assert len(notifyd.history) == before + 1
        assert page.evaluate(heard) == again
        assert len(notifyd.shown) == 1


def test_where_a_system_has_room_for_three_i_might_stands_first(server, open_chromium, notifyd):
    context = open_chromium(env=notifyd.env)
    context.route("**/service-worker.js", roomy)
    page = opened(context, server.url)
    actions = [{"action": name, "title": name} for name in ("later", "nottoday", "start", "fourth")]
    push_by_cdp(page, server.url, {"notification": {"title": "Ippo", "actions": actions}})
    notifyd.wait("Ippo")
    told = page.evaluate(
        "navigator.serviceWorker.ready.then((r) => r.getNotifications()).then(([one]) => one.data.actions)"
    )
    assert list(told) == ["start", "later", "nottoday"]


def roomy(route):
    """The same worker on a system that shows three."""
    answer = route.fetch()
    route.fulfill(response=answer, body="self.Notification = { maxActions: 3 };" + answer.text())
