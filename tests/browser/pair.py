"""Two who work on one ladder: the person's phone and the therapist's desk, each a browser of its own.

`Desk(context, port).begin()` makes a therapist's account with both keys, by the API; `link(phone, desk, …)` takes the
two from invitation to confirmed. What a screen is to prove is done on the screen instead (test_two_pens.py).
"""

import base64
import os
import uuid

import pyotp

from tests.browser.common import Line, until
from tests.browser.hand import Hand

PASSWORD = "a quiet desk by the window"
READS = {"reads_days": [1, 4], "reads_note": ""}


def post(context, url, method="POST", **body):
    """One request with this browser's cookie; what was answered."""
    sends = {} if method in ("GET", "DELETE") else {"data": body}
    answer = context.request.fetch(url, method=method, **sends)
    assert answer.ok, f"{method} {url}: {answer.status} {answer.text()}"
    return answer.json() if answer.status != 204 else None


class Desk:
    """A therapist's browser. `line.off()` takes its network away."""

    def __init__(self, context, port, lang="en"):
        self.context, self.lang = context, lang
        self.line = Line(port)
        self.url = self.line.url
        self.page = context.pages[0] if context.pages else context.new_page()
        self.hand = Hand(self.page, lang)

    def begin(self, name="Theo"):
        """An account with a password and an app that makes codes, both shown."""
        self.name, self.login = name, f"desk-{uuid.uuid4()}"
        secret = base64.urlsafe_b64encode(os.urandom(32)).rstrip(b"=").decode()
        self.me = {"person": str(uuid.uuid4()), "space": str(uuid.uuid4())}
        zone = {"language": self.lang, "zone": "Asia/Tokyo", "device": "Desk"}
        self.ask("/api/start", **self.me, **zone, kind="therapist", secret=secret, nickname=name)
        self.ask("/api/password", "PUT", name=self.login, password=PASSWORD)
        self.seed = self.ask("/api/totp")["secret"]
        self.paper = self.ask("/api/totp/confirm", code=self.code())["recovery"]
        return self

    def code(self):
        """What the app on the therapist's phone shows now."""
        return pyotp.TOTP(self.seed).now()

    def ask(self, path, method="POST", **body):
        return post(self.context, self.url + path, method, **body)

    def sits_down(self, path="/therapist"):
        """The desk is open in the browser."""
        self.page.goto(self.url + path)
        self.hand.sees("")
        return self

    def goes(self, path, screen):
        self.hand.goes(path)
        self.hand.sees(screen)
        return self

    def close(self):
        self.line.stop()


def link(phone, desk, url, ladders, *, entries="all", messages=True):
    """From invitation to confirmed; the consent as the person's phone has it. `phone` is the person's context."""
    code = post(phone, f"{url}/api/invitations")["code"]
    made = desk.ask("/api/invitations/accept", code=code, name=desk.name, **READS)["consent"]
    terms = {"ladders": ladders, "entries": entries, "messages": messages}
    return post(phone, f"{url}/api/consents/{made}", "PUT", **terms)


def stored(page):
    """Everything a browser keeps of a site, as one text: storage, databases, caches, cookies a script can see."""
    return until(page, STORED)


STORED = """async () => {
  const found = { local: { ...localStorage }, session: { ...sessionStorage }, cookie: document.cookie };
  Object.assign(found, { caches: [], bases: [], workers: [] });
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const asked of await cache.keys()) {
      found.caches.push([name, asked.url, await (await cache.match(asked)).text()]);
    }
  }
  const soon = (asked) => new Promise((yes) => { asked.onsuccess = () => yes(asked.result); });
  for (const { name } of await indexedDB.databases?.() ?? []) {
    const base = await soon(indexedDB.open(name));
    for (const store of base.objectStoreNames) {
      const rows = await soon(base.transaction(store).objectStore(store).getAll());
      found.bases.push([name, store, JSON.stringify(rows)]);
    }
    base.close();
  }
  for (const one of await navigator.serviceWorker?.getRegistrations() ?? []) found.workers.push(one.scope);
  return JSON.stringify(found); }"""
