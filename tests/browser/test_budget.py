"""What it costs to have Ippo on a phone, in bytes and requests over a real line (design §7)."""

import json
import re
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from tests.browser.common import CONTROLLED, WHOLE, until
from tests.browser.hand import Hand
from tests.browser.life import live
from tests.browser.tape import Tape, split

KB = 1000
# What the main job needs, in the language of the phone; then everything. Both can only fall, but for new screens.
FIRST_SHELF = 50 * KB
WHOLE_APP = 157 * KB


@pytest.fixture
def tape(server):
    made = Tape(server.port)
    yield made
    made.stop()


def shelf(server, *names):
    """A pattern for requests of files that lie on these shelves, as the worker's list has them."""
    with urlopen(server.url + "/service-worker.js") as answer:
        told = json.loads(answer.readline().decode().removeprefix("self.__PRECACHE=").rstrip(";\n"))
    files = [url for url, _, where in told["files"] if where in names]
    assert files
    return re.compile(b"GET (" + b"|".join(re.escape(url.encode()) for url in files) + b") ")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_main_job_needs_the_first_shelf_alone_and_no_network(open_phone, server, tape, lang):
    """The line loses the second shelf, then all of it: what came before is enough from the welcome to a result."""
    tape.loses = shelf(server, "near", *({"ja", "en"} - {lang}))
    page = open_phone(lang, url=tape.url, path="/app")
    hand = Hand(page, lang).sees("welcome")
    until(page, CONTROLLED)
    page.wait_for_timeout(500)
    print(f"first shelf, {lang}: {tape.wire()} bytes, {tape.asked()}")
    assert tape.wire() <= FIRST_SHELF
    tape.off()
    page.reload()
    hand.begins().makes_a_ladder()
    hand.goes("/")
    hand.sees("")
    hand.touch(page.locator(".ideas button"))
    hand.tap("Try it", role="link")
    hand.sees("try/:id").rate("before", 40)
    hand.tap("Begin")
    hand.tap("Did it")
    hand.tap("Keep it")
    hand.sees("attempt/:id")
    hand.tap("That is enough for now", role="link")
    hand.sees("").tap("Today is a day of not doing")
    hand.reads(hand.say("Kept: a day of not doing."))
    hand.tap("Help", role="link")
    expect(page.get_by_text("116 123").or_(page.get_by_text("0120-279-338")).first).to_be_visible()
    hand.goes("/settings")
    hand.reads(hand.say("This page needs a connection"))
    tape.loses = None
    tape.on()
    page.reload()
    until(page, WHOLE)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_first_load_leaves_the_whole_app_usable_offline_in_two_languages(open_phone, tape, lang):
    page = open_phone(lang, url=tape.url, path="/app")
    hand = Hand(page, lang).sees("welcome")
    until(page, CONTROLLED)
    until(page, WHOLE)
    page.wait_for_timeout(500)
    print(f"whole app, {lang}: {tape.wire()} bytes, {len(tape.asked())} requests, {tape.asked()}")
    assert tape.wire() <= WHOLE_APP
    assert len(tape.asked()) <= 26
    assert len(tape.asked()) - len({*tape.asked()}) <= 1  # the page, answered "not modified"
    tape.off()
    page.reload()
    hand.sees("welcome")
    hand.touch(page.get_by_role("button", name="English"))
    expect(page.locator("h1")).to_have_text("Ippo")
    hand = Hand(page, "en").begins().makes_a_ladder()
    hand.tap("From the library", role="link")
    expect(page.locator("[data-entry]").first).to_be_visible()
    hand.goes("/reminder/new")
    expect(page.get_by_role("button", name="Keep this reminder")).to_be_visible()


def test_the_landing_page_is_small(open_phone, tape):
    open_phone(url=tape.url, path="/").wait_for_load_state("networkidle")
    print(f"landing: {tape.wire()} bytes, {tape.asked()}")
    assert tape.wire() <= 14 * KB


def test_a_repeated_launch_asks_for_next_to_nothing(open_phone, tape):
    page = open_phone(url=tape.url, path="/app")
    Hand(page).set_up("カーテンを開けてみる")
    until(page, CONTROLLED)
    until(page, WHOLE)
    until(page, "fetch('/api/me').then((r) => r.ok)")
    page.wait_for_timeout(1500)
    context = page.context
    page.close()
    tape.start()
    again = context.new_page()
    again.goto(tape.url + "/app")
    Hand(again).sees("")
    again.wait_for_timeout(2500)
    bodies = sum(size for _, size in tape.answers())
    print(f"repeat: {bodies} bytes of bodies, {tape.wire()} with headers, {tape.asked()}")
    assert bodies <= 1 * KB
    assert not [path for path in tape.asked() if "/static/" in path]


def test_a_new_phone_with_two_hundred_attempts(open_phone, tape):
    page = open_phone(path="/app")
    Hand(page).begins()
    live(page, attempts=197)
    cookies = page.context.cookies()
    other = open_phone(path="/healthz", url=tape.url)
    other.context.add_cookies(cookies)
    tape.start()
    told = other.evaluate(PULL)
    bodies = sum(size for _, size in tape.answers())
    print(f"200 attempts: {bodies} bytes of bodies for {told} rows")
    assert told["attempt"] == 200
    assert bodies <= 20 * KB


PULL = """async () => { const cursors = {}, counts = {}; let more = true;
  const headers = { 'Content-Type': 'application/json' }, device = crypto.randomUUID(), zone = 'Asia/Tokyo';
  while (more) {
    const body = JSON.stringify({ v: 1, device, zone, cursors, edits: [] });
    const answer = await (await fetch('/api/sync', { method: 'POST', headers, body })).json();
    more = false;
    for (const [space, told] of Object.entries(answer.spaces)) { cursors[space] = told.revision; more ||= told.more;
      for (const row of told.rows) counts[row.kind] = (counts[row.kind] ?? 0) + 1; } }
  return counts; }"""


def test_nothing_comes_from_anybody_else_and_no_fonts_come_at_all(open_phone, server):
    page = open_phone()
    asked = []
    page.context.on("request", lambda request: asked.append((urlsplit(request.url).hostname, request.resource_type)))
    for path in ("/", "/help", "/privacy", "/app"):
        page.goto(server.url + path)
        page.wait_for_load_state("networkidle") if path != "/app" else page.wait_for_timeout(800)
    Hand(page).set_up("カーテンを開けてみる")
    assert len(asked) > 5
    assert {host for host, _ in asked} == {"localhost"}
    assert "font" not in {kind for _, kind in asked}


def test_the_tape_reads_answers_as_they_are():
    data = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcHTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n"
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n2\r\nef\r\n0\r\n\r\n"
    assert split(data + chunked + data) == [(200, 3), (304, 0), (200, 6), (200, 3), (304, 0)]
