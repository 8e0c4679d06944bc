"""A household of real browsers on the bare JS core, and a network between them and the house that fails as told."""

import contextlib
import io
import json
import shutil
import subprocess
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask
from playwright.sync_api import BrowserContext, Page, Route
from playwright.sync_api import Error as Gone
from werkzeug.wrappers import Response

from tests.browser.common import ROOT
from tests.conftest import sign_in

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ESBUILD = ROOT / "node_modules" / ".bin" / "esbuild"
ONLINE = ("none", "sent twice")


SENDING = 'const { status: code, body } = await ask("POST", "/api/sync"'
# What could be wrong in the core: (as it stands in the bundle, as a tired hand might have written it).
PLANTED = {
    "the queue is kept in memory only": ('tx.objectStore("outbox").add(edit)', "edit && 0"),
    "an edit leaves the queue when it is sent": (
        SENDING,
        "await settle2({ rows: [], done: edits, refused: [], gone: [], rewound: [], meta: {} });" + SENDING,
    ),
    "the whole queue goes with the first answer": (
        'done.forEach(({ n }) => n !== void 0 && quietly(tx.objectStore("outbox").delete(n)));',
        'done.length && tx.objectStore("outbox").clear();',
    ),
    "each try makes a new id": (
        "edits: edits.map(onWire), ...manner }",
        "edits: edits.map((e) => ({ ...onWire(e), id: newId() })), ...manner }",
    ),
    "a refused edit is dropped": (
        'refused2.push(refuse(edit, answer2.reason ?? "", answer2.detail ?? ""));',
        ";",
    ),
    "a refused edit is asked again for ever": (
        "      done.push(edit);\n",
        '      if (answer2.outcome === "refused") continue;\n      done.push(edit);\n',
    ),
    "an edit says nothing of what it was based on": (
        "const base = view.base(seen, news.map(([name]) => name));",
        "const base = {};",
    ),
    "waiting edits are not shown": ("view.wait(outbox.filter((edit) => !onlyProposes(edit)));", "view.wait([]);"),
    "the oldest waiting edit is shown last": (
        "for (const edit of edits) {\n      if (edit.verb",
        "for (const edit of [...edits].reverse()) {\n      if (edit.verb",
    ),
    "a page passes a revision over": (
        "Math.max(...rows.map(({ revision }) => revision))",
        "1 + Math.max(...rows.map(({ revision }) => revision))",
    ),
    "the other tab is not told": ("tellTabs({ rows: fresh, gone, meta: news });", ";"),
    "a space that is gone stays on the disk": ("for (const space of gone) {", "for (const space of []) {"),
    "keys are compared as words are": (
        "one.position < other.position ? -1 : 1",
        'one.position.localeCompare(other.position, "en")',
    ),
}


def bundle(folder: Path) -> str:
    """The core as one script, made of the very modules the app is made of."""
    made = folder / "core.js"
    node = shutil.which("node") or "node"
    where = ["--bundle", "--format=iife", "--charset=utf8", f"--outfile={made}"]
    subprocess.run([node, ESBUILD, "tests/browser/core.js", *where, "--log-level=warning"], cwd=ROOT, check=True)
    return made.read_text(encoding="utf-8")


def spoiled(script: str, bug: str) -> str:
    """The core with one planted bug."""
    return said_otherwise(script, bug, *PLANTED[bug])


def in_small_batches(script: str) -> str:
    """The core that sends two edits at a time, and one after a try that failed: whatever waits, there is more of it."""
    script = said_otherwise(script, "batches", "MOST_EDITS = 200;", "MOST_EDITS = 2;")
    return said_otherwise(script, "batches", "Math.max(10, most >> 1)", "Math.max(1, most >> 1)")


def said_otherwise(script: str, why: str, old: str, new: str) -> str:
    assert script.count(old) == 1, f"{why}: the core no longer says {old}"
    return script.replace(old, new)


class Porter:
    """At the house's door: in which role somebody's words came in, and no change of it while they are being written.

    The browsers cannot tell: what a tab still says while it is closed slips past the network we put before it.
    """

    def __init__(self, inside: "WSGIApplication") -> None:
        self.inside, self.shut = inside, threading.Lock()
        self.role, self.roles = "", dict[str, str]()

    def begin(self, role: str) -> dict[str, str]:
        """A new script: the role every edit arrived in, kept as they arrive."""
        with self.shut:
            self.role, self.roles = role, {}
            return self.roles

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ["PATH_INFO"] != "/api/sync":
            return self.inside(environ, start_response)
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        environ["wsgi.input"] = io.BytesIO(body)
        with self.shut:
            answer = Response.from_app(self.inside, environ, buffered=True)
            for edit in json.loads(body)["edits"] if answer.status_code == 200 else ():
                self.roles.setdefault(edit["id"], self.role)  # the first arrival decides
        return answer(environ, start_response)


@dataclass
class Told:
    """Who made an edit: all the shared checks ask of a device."""

    person: str


@dataclass
class Gadget:
    """One browser of one person, with one or two tabs open on the core; `fault` is what its network does next."""

    context: BrowserContext
    url: str
    script: str
    fault: str = "request lost"
    unheard: list[Route] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    sent: bool = False

    def __post_init__(self) -> None:
        page = f"<!doctype html><meta charset=utf-8><title>core</title><script>{self.script}</script>"
        self.context.route("**/core", lambda route: route.fulfill(body=page, content_type="text/html"))
        self.context.route("**/api/live", lambda route: route.fulfill(status=503, json={"error": "full"}))
        self.context.route("**/api/sync", self._network)

    def _network(self, route: Route) -> None:
        # Only the thread of the test runs this: a request waits until the script lets the browser speak.
        fault = self.fault
        if fault not in ONLINE:
            self.fault = "request lost"
        with contextlib.suppress(Gone):
            self._carry(route, fault)

    def _carry(self, route: Route, fault: str) -> None:
        if fault == "request lost":
            return route.abort()
        self.requests.append(route.request.post_data_json)
        if fault == "in the air":
            self.sent = True
            return route.abort()
        if fault == "sent twice":
            route.fetch()
        answer = route.fetch()
        self.sent = True
        if fault == "killed":
            return self.unheard.append(route)  # the page is closed before anything comes
        # Cut off: the first answer is heard, and nothing after it.
        return route.fulfill(response=answer) if fault in (*ONLINE, "cut off") else route.abort()

    def enter(self, app: Flask, person: str, space: str, tabs: int) -> None:
        """Sign this person in on this browser, whoever was here before."""
        token = sign_in(app, person).get_cookie("ippo", domain="localhost").value
        self.context.clear_cookies()
        self.context.add_cookies([{"name": "ippo", "value": token, "url": self.url}])
        me = {"person": person, "space": space, "nickname": "", "language": "ja", "guest": True}
        while len(self.pages) > 1:
            self.pages.pop().close()
        self.fault = "none"
        page = self.pages[0] if self.pages else self.open()
        page.evaluate("(me) => ippo.here.adopt(me)", me)
        while len(self.pages) < tabs:
            self.open()

    def open(self) -> Page:
        page = self.context.new_page()
        page.goto(f"{self.url}/core")
        page.evaluate("() => ippo.here.wake()")
        self.pages.append(page)
        return page

    def kill(self) -> None:
        """The tab is gone between a request and its answer; a new one starts from the disk."""
        page = self.pages.pop(0)
        self.fault, self.sent = "killed", False
        page.evaluate("() => void ippo.sync.syncNow()")
        for _ in range(100):
            if self.sent:
                break
            page.wait_for_timeout(5)
        page.close()
        while self.unheard:
            with contextlib.suppress(Gone):
                self.unheard.pop().abort()
        self.fault = "request lost"
        self.pages.insert(0, self.open())
        self.pages.pop()

    def begin_again(self) -> None:
        """Every tab is closed; a new one knows what lies on the disk, and nothing else."""
        self.fault, tabs = "request lost", len(self.pages)
        while self.pages:
            self.pages.pop().close()
        while len(self.pages) < tabs:
            self.open()

    def do(self, tab: int, deed: str, *args: Any) -> dict[str, Any]:
        """Let the person do something; what then lies on the disk."""
        script = "([deed, args]) => ippo.deeds[deed](...args).then(ippo.onDisk)"
        return self.tab(tab).evaluate(script, [deed, list(args)])

    def tab(self, which: int) -> Page:
        return self.pages[which % len(self.pages)]

    def sync(self, tab: int, fault: str) -> bool:
        """One try over a network with this fault; whether everything went through."""
        self.fault, self.sent = fault, False
        for _ in range(20):
            whole = self.tab(tab).evaluate("() => ippo.sync.syncNow()")
            if self.sent or fault == "request lost":
                break  # else the try that was under way before the fault was set answered first
        self.fault = "request lost"
        return whole

    def settle(self) -> None:
        """Quiet: everything sent, everything fetched."""
        for _ in range(60):
            if self.sync(0, "none") and not self.state(0)["waiting"]:
                return
        raise AssertionError("a device never came to rest")

    def state(self, tab: int) -> dict[str, Any]:
        return self.tab(tab).evaluate("() => ippo.status.status()")

    def disk(self) -> dict[str, Any]:
        return self.tab(0).evaluate("() => ippo.onDisk()")

    def shown(self, tab: int, space: str) -> dict[str, Any]:
        return self.tab(tab).evaluate("(space) => ippo.shown(space)", space)
