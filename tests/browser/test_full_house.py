"""When the house has no room for another live stream, the app asks now and then, and comes back to the stream."""

import contextlib

from exposure.live import EACH
from tests.browser.common import until
from tests.browser.hand import Hand
from tests.browser.pair import PASSWORD, post
from tests.conftest import new_id
from tests.processes import Device, ask
from tests.web.test_starvation import open_stream

SLOTS = 32  # of 64 threads, see servers.LiveServer
POLL_MS = 20_000
REOPEN_MS = 60_000


@contextlib.contextmanager
def crowded(server):
    """Every slot taken by others; afterwards they sign out."""
    crowd = [Device(server.port) for _ in range(-(-SLOTS // EACH))]
    seats = [one.cookie for one in crowd for _ in range(EACH)][:SLOTS]
    held = [open_stream(server.port, cookie) for cookie in seats]
    yield
    for one in crowd:
        assert ask(server.port, "POST", "/api/signout", {}, one.cookie)[0] == 200
    for sock in held:
        sock.close()


class Elsewhere:
    """Another phone of the same person: a login of its own, so that this one is poked."""

    def __init__(self, page, server):
        self.port, self.me = server.port, page.context.request.get(f"{server.url}/api/me").json()
        proof = {"name": f"ada-{self.me['person']}", "password": PASSWORD}
        post(page.context, f"{server.url}/api/password", "PUT", **proof)
        _, headers, _ = ask(self.port, "POST", "/api/signin", proof)
        self.cookie = headers["Set-Cookie"].split(";")[0]

    def rests(self, day):
        """A day of not doing; its id."""
        row = new_id()
        edit = {"id": new_id(), "space": self.me["space"], "kind": "rest", "target": row, "verb": "add", "base": {}}
        edit |= {"fields": {"day": day}, "at": 1_763_760_000_000}
        body = {"v": 1, "device": new_id(), "cursors": {}, "edits": [edit]}
        status, _, said = ask(self.port, "POST", "/api/sync", body, self.cookie)
        assert (status, b"written" in said) == (200, True), said
        return row


def answered(page, heard, what):
    """Wait for an answer among those that were heard."""
    for _ in range(300):
        if what in heard:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{what} never came: {heard}")


def quiet(page, heard):
    """Wait until what the app asks at its beginning has been answered."""
    before = -1
    while before != len(heard):
        before = len(heard)
        page.wait_for_timeout(1_000)


def test_the_app_falls_back_to_asking_and_finds_its_stream_again(own_server, open_phone):
    page, heard = open_phone(url=own_server.url, path="/help"), []
    page.on("response", lambda answer: heard.append((answer.url.rpartition("/")[2], answer.status)))
    page.clock.install()
    with crowded(own_server):
        page.goto(own_server.url + "/app")
        Hand(page).begins()
        until(page, "fetch('/api/me').then((r) => r.ok)")
        other = Elsewhere(page, own_server)
        answered(page, heard, ("live", 503))
        quiet(page, heard)
        heard.clear()
        row = other.rests("2026-11-20")
        page.wait_for_timeout(500)
        assert ("sync", 200) not in heard, "nobody was to hear of it by a stream"
        page.clock.run_for(POLL_MS + 1_000)
        until(page, HELD, argument=row)
        assert ("live", 503) not in heard
    heard.clear()
    for _ in range(8):  # the slots come free when the house notices; the app tries again each minute
        page.clock.run_for(REOPEN_MS)
        page.wait_for_timeout(700)
        if ("live", 200) in heard:
            break
    assert ("live", 200) in heard
    row = other.rests("2026-11-19")
    for _ in range(20):  # of the app's clock far less than until it would ask by itself
        page.clock.run_for(POLL_MS // 100)
        page.wait_for_timeout(150)
    assert page.evaluate(HELD, row), "the stream was open and told nothing"


HELD = """(id) => indexedDB.databases().then((all) => new Promise((done) => {
  const asked = indexedDB.open(all.map(({ name }) => name).find((name) => name.startsWith('ippo-')));
  asked.onsuccess = () => { const one = asked.result.transaction('rows').objectStore('rows').get(id);
    one.onsuccess = () => { asked.result.close(); done(Boolean(one.result)); }; }; }))"""
