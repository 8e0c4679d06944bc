"""Theo, a therapist far away, who speaks with the house over the wire, as his own browser would; and how he is linked.

`theo = Faraway(browser, server.url)`, then `linked(hand, theo)` on the phone; `reads_along(page, lang, life)` does
it all over the wire, with a talk and an idea, for pictures.
"""

import base64
import secrets
import time
import uuid

import pyotp
from playwright.sync_api import Browser, expect

PASSWORD = "four quiet words here"
TUESDAY, FRIDAY = 1, 4


class Faraway:
    """A therapist with a password, an app for codes and a login that has shown both."""

    def __init__(self, browser: Browser, url: str, name="Theo"):
        self.url, self.name, self.cursors = url, name, {}
        self.person, self.private, self.device = new(), new(), new()
        headers = {"Origin": url, "Sec-Fetch-Site": "same-origin"}
        self.context = browser.new_context(base_url=url, extra_http_headers=headers)
        self.wire = self.context.request
        secret = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("=")
        who = {"person": self.person, "space": self.private, "nickname": name, "language": "ja", "zone": "Asia/Tokyo"}
        self.ask("POST", "/api/start", 201, {**who, "secret": secret, "device": "desk", "kind": "therapist"})
        self.ask("PUT", "/api/password", 200, {"name": f"theo-{self.person[:8]}", "password": PASSWORD})
        self.totp = self.ask("POST", "/api/totp", 200, {})["secret"]
        self.ask("POST", "/api/totp/confirm", 200, {"code": pyotp.TOTP(self.totp).now()})

    def ask(self, method, path, expected=None, body=None):
        """One request; the answer's object. `expected` is the status it has to have."""
        answer = self.wire.fetch(path, method=method, data=body)
        if expected is not None:
            assert answer.status == expected, (path, answer.status, answer.text())
        return answer.json() if answer.text() else None

    def status(self, method, path, body=None):
        return self.wire.fetch(path, method=method, data=body).status

    def accepts(self, code, days=(TUESDAY, FRIDAY), note="昼休みに読みます。"):
        said = {"code": code, "name": self.name, "reads_days": list(days), "reads_note": note}
        self.consent = self.ask("POST", "/api/invitations/accept", 201, said)["consent"]
        return self.consent

    def sends(self, space, *edits):
        """Edits of one space, as his own client names it; every one has to be written."""
        asked = {"v": 1, "device": self.device, "zone": "Asia/Tokyo", "spaces": [space], "cursors": {space: 0}}
        answers = self.ask("POST", "/api/sync", 200, {**asked, "edits": list(edits)})
        assert {one["outcome"] for one in answers["answers"]} <= {"written"}, answers["answers"]
        return {row["id"]: row for row in answers["spaces"][space]["rows"]}

    def says(self, space, kind, verb="add", target=None, **fields):
        """One edit of one row."""
        target = target or new()
        edit = {"id": new(), "space": space, "kind": kind, "target": target, "verb": verb, "fields": fields}
        self.sends(space, {**edit, "at": int(time.time() * 1000), "base": {}})
        return target

    def writes(self, text):
        """A message in the thread of his one person."""
        return self.says(self.thread, "message", text=text, at=int(time.time() * 1000))

    @property
    def thread(self):
        return self.ask("GET", "/api/people", 200)["people"][0]["thread"]

    def leaves(self):
        self.context.close()


def new():
    return str(uuid.uuid4())


def invited(hand):
    """The person makes an invitation; returns its code as it stands on the screen."""
    hand.goes("/invite")
    hand.sees("invite")
    hand.tap("Make an invitation")
    shown = hand.page.locator(".invite .code")
    expect(shown).to_be_visible()
    return "-".join(shown.locator("span").all_inner_texts())


def linked(hand, theo, *, ladder="Sees it and proposes; you decide", entries=None, messages=True):
    """From nothing to reading together, all of it by the person's own hand."""
    code = invited(hand)
    theo.accepts(code)
    hand.touch(hand.page.locator(f'a[href="#/consent/{theo.consent}"]'))
    hand.sees("consent/:id")
    if ladder:
        hand.choose(ladder)
    if entries:
        hand.choose(entries)
    if messages:
        hand.choose("We may write to each other")
    hand.tap("Yes, read with me")
    expect(hand.page.get_by_role("heading", name=hand.say("End it"), exact=True)).to_be_visible()
    return theo.consent


# ---- for pictures: everything over the wire ------------------------------------------------------------------------

SAID = {
    "ja": {
        "note": "昼休みに読んで、夜までに返事を書きます。",
        "first": "はじめまして。はしごを読みました。急がずいきましょう。",
        "answer": "ありがとうございます。今日はカーテンだけ開けました。",
        "worry": "明日、電話がかかってくるかもしれません。",
        "idea": "窓を開けてみてもいい時間",
    },
    "en": {
        "note": "I read at lunchtime and answer in the evening.",
        "first": "Hello. I have read your ladder. There is no hurry.",
        "answer": "Thank you. I only opened the curtain today.",
        "worry": "There may be a phone call tomorrow.",
        "idea": "a good time to open the window",
    },
}
CALL = """([method, path, body]) => fetch(path, { method, headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body) }).then((answer) => answer.json())"""


def reads_along(page, lang, life):
    """Theo reads with the person on this page, they have written to each other; Una waits for a yes."""
    url = page.url.split("/app")[0]
    theo, una = (Faraway(page.context.browser, url, name) for name in ("Theo", "Una"))
    for one in (theo, una):
        one.accepts(page.evaluate(CALL, ["POST", "/api/invitations", {}])["code"], note=SAID[lang]["note"])
    terms = {"ladders": {life.space: "propose"}, "entries": "chosen", "messages": True}
    mirror = page.evaluate(CALL, ["PUT", f"/api/consents/{theo.consent}", terms])
    hour, now = 3_600_000, int(time.time() * 1000)
    said = [(theo, "first", 26, False), (life.me, "answer", 25, False), (life.me, "worry", 1, True)]
    for who, words, ago, worry in said:
        fields = {"text": SAID[lang][words], "at": now - ago * hour, "worry": worry}
        if who is theo:
            theo.says(mirror["thread"], "message", **fields)
            continue
        edit = {"id": new(), "space": mirror["thread"], "kind": "message", "target": new(), "verb": "add"}
        asked = {
            "v": 1,
            "device": new(),
            "zone": life.zone,
            "cursors": {},
            "edits": [{**edit, "fields": fields, "at": now}],
        }
        page.evaluate(CALL, ["POST", "/api/sync", asked])
    life.theo, life.una = theo, una
    life.idea = theo.says(
        life.space, "idea", step=life.steps[1], days=[1, 4], time="15:30", words=SAID[lang]["idea"], at=now
    )
    theo.ask("GET", f"/api/people/{theo.consent}")
