"""An edit on one screen until it is painted on the other, beside the barest event stream on the same server.

Two real browsers' pages, a person's phone and a therapist's desk, both writing on one ladder in turn; every other round
is the echo's. The time runs from the click that keeps the words to the frame after the one that shows them.
"""

import contextlib
import os
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect, sync_playwright

from exposure import migrate
from exposure.app import create_app
from exposure.config import Settings
from exposure.db import db
from tests.bench.rounds import Result
from tests.browser.common import CHROMIUM, CHROMIUM_FLAGS, ROOT, free_port, phone, until, wait_port
from tests.browser.hand import Hand
from tests.browser.pair import Desk, link
from tests.conftest import enter

EDITS = int(os.environ.get("IPPO_COEDIT", "200"))
OTHERS = 40
GOAL = 3.0
CLICKED = """addEventListener('click', () => { globalThis.clickedAt = performance.timeOrigin + performance.now(); },
  { capture: true });"""
WATCH = """([where, words]) => { globalThis.painted = new Promise((yes) => {
  const look = () => document.querySelector(where)?.textContent.trim() === words;
  const after = () => requestAnimationFrame(() => { const line = new MessageChannel();
    line.port1.onmessage = () => yes(performance.timeOrigin + performance.now()); line.port2.postMessage(0); });
  const watcher = new MutationObserver(() => { if (look()) { watcher.disconnect(); after(); } });
  watcher.observe(document.body, { subtree: true, childList: true, characterData: true }); }); }"""


def run() -> None:
    """Print p50 and p95, alone and with forty other streams open."""
    subprocess.run([sys.executable, "-P", "exposure/assets.py"], cwd=ROOT, check=True)
    with server() as (app, port), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        table = Table(browser, port)
        for _ in range(10):
            table.round()
        for said, others in (("", 0), (f", {OTHERS} other streams", OTHERS)):
            with streams(app, port, others):
                ours, echo = table.rounds()
            for name, at in (("p50", 50), ("p95", 95)):
                Result(f"coedit: edit to paint{said}, {name}", part(ours, at), part(echo, at), "ms", GOAL).tell()
        table.close()
        browser.close()


def part(times: list[float], percent: int) -> float:
    return statistics.quantiles(times, n=100)[percent - 1]


@contextlib.contextmanager
def server() -> Iterator[tuple[Any, int]]:
    """The house and the echo in one process; the app over the same data, to let people in by the back door."""
    with tempfile.TemporaryDirectory(prefix="ippo-coedit-") as folder:
        app, port = create_app(Settings(data=Path(folder))), free_port()
        migrate.to_present(app)
        process = subprocess.Popen([sys.executable, "-m", "tests.bench.beside", str(port), folder], cwd=ROOT)
        wait_port(port)
        try:
            yield app, port
        finally:
            process.terminate()
            process.wait()
            with app.app_context():
                db.engine.dispose()


@contextlib.contextmanager
def streams(app: Any, port: int, count: int) -> Iterator[None]:
    """So many strangers' streams, held open."""
    held = []
    for _ in range(count):
        cookie = enter(app).client.get_cookie("ippo", domain="localhost").value
        sock = socket.create_connection(("127.0.0.1", port))
        sock.sendall(f"GET /api/live HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: ippo={cookie}\r\n\r\n".encode())
        assert sock.recv(64).startswith(b"HTTP/1.1 200")
        held.append(sock)
    yield
    for sock in held:
        sock.close()


class Table:
    """Ada's phone and Theo's desk at one step, and two bare pages."""

    def __init__(self, browser: Any, port: int) -> None:
        url = f"http://localhost:{port}"
        contexts = [browser.new_context(**phone("en", wide=wide)) for wide in (False, True, False, True)]
        for context in contexts:
            context.add_init_script(CLICKED)
        self.ada, self.theo, self.says, self.hears = (context.new_page() for context in contexts)
        self.turn = 0
        self.sit_down(url, port, contexts[1])
        self.says.goto(f"{url}/bare/page")
        self.hears.goto(f"{url}/bare/page?hear")

    def sit_down(self, url: str, port: int, context: Any) -> None:
        """Begin, link, open the same step."""
        self.ada.goto(f"{url}/app")
        self.ada_hand = Hand(self.ada, "en").begins("Ada")
        self.ada_hand.makes_a_ladder().writes_a_step("in the beginning")
        until(self.ada, "fetch('/api/me').then((r) => r.ok)")
        self.ada.locator(".rung a").first.tap()
        self.ada_hand.sees("step/:id")
        self.step = self.ada.evaluate("location.hash").rpartition("/")[2]
        space = until(self.ada, SPACE)
        self.desk = Desk(context, port, "en").begin()
        consent = link(self.ada.context, self.desk, url, {space: "write"})
        self.theo.goto(f"{url}/therapist#/person/{consent['id']}/step/{self.step}")
        expect(self.theo.locator(".step-title")).to_have_text("in the beginning")
        self.theo.locator("details.more summary").click()

    def rounds(self) -> tuple[list[float], list[float]]:
        """Milliseconds of ours and of the echo's, in turn, so that a busy neighbour meets both."""
        pairs = [self.round() for _ in range(EDITS)]
        return [ours for ours, _ in pairs], [echo for _, echo in pairs]

    def round(self) -> tuple[float, float]:
        self.turn += 1
        words = f"words {self.turn}"
        return (self.theo_writes(words) if self.turn % 2 else self.ada_writes(words)), self.echo(words)

    def theo_writes(self, words: str) -> float:
        form = self.theo.locator("details.more")
        if form.get_attribute("open") is None:
            form.locator("summary").first.click()
        self.theo.locator("textarea[name=title]").fill(words)
        keep = self.theo.get_by_role("button", name=self.desk.hand.say("Keep these words"))
        return timed(self.theo, keep, self.ada, ".step-title", words)

    def ada_writes(self, words: str) -> float:
        self.ada_hand.goes(f"/step/{self.step}/edit")
        self.ada_hand.sees("step/:id/edit")
        self.ada.locator("textarea[name=title]").fill(words)
        keep = self.ada.get_by_role("button", name=self.ada_hand.say("Keep these words"))
        took = timed(self.ada, keep, self.theo, ".step-title", words)
        self.ada_hand.sees("step/:id")
        return took

    def echo(self, words: str) -> float:
        self.says.locator("input").fill(words)
        return timed(self.says, self.says.locator("button"), self.hears, "p", words)

    def close(self) -> None:
        self.desk.close()


def timed(from_page: Page, button: Any, to_page: Page, where: str, words: str) -> float:
    """Click here, painted there: milliseconds by the clock that both share."""
    to_page.evaluate(WATCH, [where, words])
    button.click()
    painted = float(to_page.evaluate("painted"))
    return painted - float(from_page.evaluate("clickedAt"))


SPACE = """() => fetch('/api/sync', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body:
  JSON.stringify({ v: 1, device: crypto.randomUUID(), zone: 'Asia/Tokyo', cursors: {}, edits: [] }) })
  .then((r) => r.json()).then(({ spaces }) => Object.entries(spaces).find(([, one]) => one.kind === 'ladder'
    && one.rows.some(({ kind }) => kind === 'step'))?.[0])"""
