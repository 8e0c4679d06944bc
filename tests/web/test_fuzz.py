"""Fuzz: whatever is sent, to whichever door and by whomever, nothing breaks and what is refused changes nothing.

Reliability 3e. The dice are seeded, so a finding comes back; `IPPO_FUZZ` sets how many requests a database gets
(10,000 in the everyday tests, more at night) and `IPPO_FUZZ_SEED` other dice.
"""

import json
import os
import random
import re
import time
from collections import Counter

from sqlalchemy import event

from exposure.db import db
from exposure.ready import Ready
from tests.conftest import enter, new_id
from tests.linking import invite, link
from tests.web import mutants
from tests.web.people import PASSWORD, begin, beginning, give_password, journey

REQUESTS = int(os.environ.get("IPPO_FUZZ", "10000"))
SEED = int(os.environ.get("IPPO_FUZZ_SEED", "20261121"))
METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS")
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b(?:\s+INTO|\s+FROM)?\s+\"?(\w+)", re.IGNORECASE)
# A wrong try is counted, and a challenge is spent by the first answer, right or wrong: both on purpose.
MAY_CHANGE = {"tally", "ceremony"}
SLOWEST_SECONDS = 2.0
# The browser's key of RFC 8291, appendix A.
P256DH = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"


class Ledger:
    """Every row that was written and committed, whichever way the statement went."""

    def __init__(self, app, monkeypatch):
        self.pending, self.committed = 0, 0
        with app.app_context():
            engine = db.engine
        event.listen(engine, "after_cursor_execute", lambda _c, cursor, text, *_: self.note(text, cursor.rowcount))
        event.listen(engine, "commit", self.commit)
        event.listen(engine, "rollback", self.rollback)
        run = Ready._run

        def noted(bound, text, values, *, many=False):
            cursor = run(bound, text, values, many=many)
            self.note(text, cursor.rowcount)
            return cursor

        monkeypatch.setattr(Ready, "_run", staticmethod(noted))

    def note(self, text, count):
        found = WRITES.match(text)
        if found and found[2].lower() not in MAY_CHANGE and count != 0:
            self.pending += 1

    def commit(self, _bound):
        self.committed += self.pending
        self.pending = 0

    def rollback(self, _bound):
        self.pending = 0


class Stage:
    """The roles, their things, and a right request for every door."""

    def __init__(self, app):
        self.app = app
        self.ladder, self.step, self.space = new_id(), new_id(), new_id()
        self.roles = {}
        for name in ("owner", "therapist", "stranger"):
            self.enter(name)
        self.roles["nobody"] = app.test_client()
        self.roles["ended"] = app.test_client()
        self.roles["ended"].set_cookie("ippo", "f" * 64, domain="localhost")

    def enter(self, name):
        """This role begins (anew, when a request ended or deleted the one before)."""
        actor = enter(self.app, "therapist") if name == "therapist" else begin(self.app)
        if name == "owner":
            self.ladder, self.step, self.space = new_id(), new_id(), new_id()
            self.owner = actor
            actor.sync(*self.edits())
            give_password(actor, f"owner-{actor.person}")
            self.code = ""
        if name == "therapist":
            told = link(self.owner, actor, {self.space: "propose"}, entries="all")
            self.consent, self.thread = told["id"], told["thread"]
            self.code = invite(self.owner)
        self.roles[name] = actor.client

    def edits(self):
        owner, during = self.owner, [[1763760000000, 50]]
        return [
            owner.edit("add", "ladder", self.ladder, self.space, title="外へ", position="a0"),
            owner.edit(
                "add", "step", self.step, self.space, ladder=self.ladder, title="窓", position="a0", predicted=30
            ),
            owner.edit("set", "step", self.step, self.space, title="窓を開ける", base={"title": 1}),
            owner.add("attempt", step=self.step, title="窓", before=60, during=during, feelings=["calm"]),
            owner.add("rest", day="2026-11-20", note="雨", sharing="private"),
            *journey(owner, lambda _: "ひとりの言葉"),
            owner.add("comment", self.space, target=self.step, target_kind="step", text="どうでしたか"),
            owner.add("idea", self.space, step=self.step, days=[0], time="18:30", words="そとへ"),
            owner.add("note", about=new_id(), text="ひとりごと"),
            owner.add("reminder", step=self.step, days=[0, 3], time="18:30", zone="Asia/Tokyo", words="そとへ"),
        ]

    def ids(self):
        """What an address may name."""
        return (new_id(), self.step, self.ladder, self.space, self.thread, self.consent, self.owner.person)

    def bodies(self):
        """A right body for every door that reads one."""
        credential = {"id": "YQ", "rawId": "YQ", "type": "public-key", "clientExtensionResults": {}}
        made = {**credential, "response": {"clientDataJSON": "e30", "attestationObject": "oA"}}
        shown = {**credential, "response": {"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA"}}
        endpoint = f"https://fcm.googleapis.com/fcm/send/{new_id()}"
        keys = {
            "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            "auth": "BTBZMqHH6r4Tts7J_aSIgg",
        }
        rows = [{"id": new_id(), "kind": "rest", "fields": {"day": "2026-11-20", "note": "雨"}}]
        return {
            ("POST", "/api/sync"): {
                "v": 1, "device": new_id(), "zone": "Asia/Tokyo", "cursors": {self.space: 0, self.owner.space: 1},
                "spaces": [self.space, self.owner.space], "edits": self.edits(),
            },
            ("POST", "/api/start"): beginning(),
            ("PUT", "/api/me"): {"language": "ja", "zone": "Asia/Tokyo"},
            ("PUT", "/api/password"): {"name": f"name-{new_id()}", "password": PASSWORD},
            ("POST", "/api/signin"): {"name": "owner", "password": PASSWORD, "device": "x", "bring": False},
            ("POST", "/api/signin/recovery"): {"code": "00000-00000-00000-00000-00000", "device": "x", "bring": False},
            ("POST", "/api/signin/passkey"): {"ceremony": new_id(), "credential": shown, "device": "x", "bring": False},
            ("POST", "/api/signin/passkey/options"): {},
            ("POST", "/api/passkeys"): {"ceremony": new_id(), "credential": made},
            ("POST", "/api/passkeys/options"): {},
            ("POST", "/api/recovery"): {},
            ("POST", "/api/signout"): {},
            ("POST", "/api/import"): {"ippo": 1, "spaces": [{"id": new_id(), "kind": "private", "rows": rows}]},
            ("PUT", "/api/push"): {"endpoint": endpoint, "keys": keys},
            ("DELETE", "/api/push"): {"endpoint": endpoint},
            ("POST", "/api/push/test"): {"endpoint": endpoint},
            ("POST", "/api/calendar"): {},
            ("DELETE", "/api/calendar"): None,
            ("PUT", "/api/mailbox"): {"address": "ada@mail.example"},
            ("POST", "/api/mailbox/confirm"): {"code": "123456"},
            ("DELETE", "/api/mailbox"): None,
            ("POST", "/mail/off/<token:token>"): None,
            ("POST", "/api/invitations"): {},
            ("POST", "/api/invitations/look"): {"code": self.code},
            ("POST", "/api/invitations/accept"): {"code": self.code, "name": "テオ", "reads_days": [1]},
            ("PUT", "/api/consents/<uuid:consent>"): {
                "ladders": {self.space: "write"}, "entries": "chosen", "messages": True
            },
            ("DELETE", "/api/consents/<uuid:consent>"): None,
            ("DELETE", "/api/invitations/<uuid:invitation>"): None,
            ("PUT", "/api/together/<uuid:space>"): {},
            ("DELETE", "/api/together/<uuid:space>"): None,
            ("PUT", "/api/together/<uuid:space>/here"): {"step": self.step},
            ("POST", "/api/totp"): {},
            ("POST", "/api/totp/confirm"): {"code": "123456"},
            ("DELETE", "/api/totp"): None,
            ("POST", "/api/signin/factor"): {"code": "123456"},
            ("DELETE", "/api/logins/<uuid:login>"): None,
            ("DELETE", "/api/passkeys/<uuid:passkey>"): None,
            ("DELETE", "/api/account"): None,
        }  # fmt: skip


def doors(app):
    return [
        (method, str(rule))
        for rule in app.url_map.iter_rules()
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"})
    ]


def request_of(stage, method, rule, dice):
    """One mutant: how it is sent, and where to."""
    body = stage.bodies().get((method, rule)) if method != "GET" else None
    path = re.sub(r"<[^>]+>", lambda _: dice.choice(stage.ids()), rule)
    kwargs = {"method": method, "headers": {}}
    if body is not None:
        kwargs["data"] = json.dumps(body).encode()
        kwargs["content_type"] = "application/json"
    what = dice.random()
    if body and what < 0.6:
        kwargs["data"] = json.dumps(mutants.mutate_value(body, dice)).encode()
    elif body is not None and what < 0.8:
        kwargs["data"] = mutants.mutate_bytes(kwargs["data"], dice)
    elif what < 0.9:
        name, value = dice.choice(mutants.ODD_HEADERS)
        kwargs["headers"][name] = value
        if name == "Content-Type":
            kwargs.pop("content_type", None)
    elif what < 0.95:
        path += dice.choice(mutants.ODD_QUERIES)
    elif what < 0.98:
        path = re.sub(r"<[^>]+>", dice.choice(mutants.ODD_PATHS).replace("\\", ""), rule) if "<" in rule else path + "/"
    else:
        kwargs["method"] = dice.choice(METHODS)
    return path, kwargs


def judge(answer, path, kwargs, changed):
    """What has to hold of every answer."""
    what = f"{kwargs} {path}"
    if path.startswith("/healthz"):
        return  # red while no clock runs, and says so with 503
    assert answer.status_code < 500, what
    if answer.status_code < 400:
        return
    assert changed == 0, f"{answer.status_code} and yet {changed} rows changed: {what}"
    if kwargs["method"] == "HEAD" or kwargs["headers"].get("Accept") == "text/html":
        return
    told = answer.get_json()
    assert set(told) == {"error", "detail"}, what
    assert told["error"], what
    assert told["detail"], what


def test_every_door_that_reads_a_body_is_fuzzed(app):
    reading = {(method, rule) for method, rule in doors(app) if method != "GET"}
    assert set(Stage(app).bodies()) == reading


def test_a_write_that_is_kept_does_not_escape_the_ledger(app, monkeypatch):
    ada, ledger = begin(app), Ledger(app, monkeypatch)
    ada.sync()
    assert ledger.committed == 0
    ada.sync(ada.add("rest", day="2026-11-20"))
    assert ledger.committed >= 3
    before = ledger.committed
    give_password(ada, "ada")
    assert ledger.committed > before


def test_nothing_that_is_sent_breaks_anything(app, clock, monkeypatch):
    dice, stage = random.Random(SEED), Stage(app)
    ledger, every, codes = Ledger(app, monkeypatch), doors(app), Counter()
    for n in range(REQUESTS):
        method, rule = dice.choice(every)
        role = dice.choice(list(stage.roles))
        path, kwargs = request_of(stage, method, rule, dice)
        ledger.committed = 0
        began = time.perf_counter()
        try:
            answer = stage.roles[role].open(path, **kwargs)
        except (UnicodeError, ValueError):
            codes["cannot be sent"] += 1
            continue
        took = time.perf_counter() - began
        judge(answer, path, kwargs, ledger.committed)
        answer.close()
        assert took < SLOWEST_SECONDS, f"{took:.1f} s: {kwargs} {path}"
        codes[answer.status_code // 100] += 1
        if (answer.status_code < 300 and rule in {"/api/account", "/api/signout"}) or n % 500 == 499:
            clock.pass_by(hours=2)  # so that no limit ends the play
            for name in ("owner", "therapist"):
                stage.enter(name)
    assert sum(codes.values()) == REQUESTS
    assert codes["cannot be sent"] < REQUESTS / 50
    assert codes[4] > REQUESTS / 2
    assert codes[2] > REQUESTS / 20
