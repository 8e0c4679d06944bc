"""Fuzzing: mutants of right requests, dealt evenly over every door and role, and what has to hold of every answer."""

import json
import random
import re
import time
from collections import Counter
from functools import cache
from itertools import islice

from tests.web import mutants
from tests.web.fuzz_stage import ROLES, Stage
from tests.web.ledger import Ledger
from tests.wordlists import catalogue, forms

METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS")
# Behind these the login a request came with may have ended.
SIGNIN = {"/api/signin", "/api/signin/recovery", "/api/signin/passkey"}
CHANGING = {"/api/password", "/api/totp", "/api/totp/confirm", "/api/signin/factor"}  # the cookie is another then
# Whoever comes in ends the login of who was here.
ENDING = {"/api/account", "/api/signout", "/api/start", *SIGNIN, *CHANGING}
SLOWEST_SECONDS = 2.0


def request_of(stage, method, rule, dice):
    """One mutant: how it is sent, and where to."""
    body = stage.body(method, rule)
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


class Fuzz:
    """So many requests, dealt evenly over every door and role, and whatever was wrong with an answer."""

    def __init__(self, app, clock, monkeypatch, seed):
        self.app, self.clock, self.dice = app, clock, random.Random(seed)
        self.stage, self.ledger = Stage(app), Ledger(app, monkeypatch)
        self.cells = [(*door, role) for door in doors(app) for role in ROLES]
        self.asked, self.codes, self.troubles = Counter(), Counter(), Counter()
        self.shown = []
        self.slowest = 0.0

    def run(self, requests, tick):
        for n, (method, rule, role) in enumerate(islice(self.deal(), requests), 1):
            path, kwargs = request_of(self.stage, method, rule, self.dice)
            self.ledger.committed = 0
            status = self.ask(role, path, kwargs)
            self.asked[method, rule, role] += 1
            self.codes[status // 100 if status else "cannot be sent"] += 1
            tick()
            if n % 500 == 0:
                self.clock.pass_by(hours=2)  # so that no limit ends the play
                self.stage.begin_anew("owner")
            elif status in range(200, 300) and rule in ENDING:
                self.stage.begin_anew(role)
            else:
                self.stage.be_themselves(role)

    def deal(self):
        """Cells without end: each as often as any other."""
        while True:
            yield from self.dice.sample(self.cells, len(self.cells))

    def ask(self, role, path, kwargs):
        began = time.perf_counter()
        try:
            answer = self.stage.roles[role].open(path, **kwargs)
        except (UnicodeError, ValueError):
            return 0
        took = time.perf_counter() - began
        if took > SLOWEST_SECONDS:  # the machine may have paused; a request that hangs does so again
            began = time.perf_counter()
            self.stage.roles[role].open(path, **kwargs).close()
            took = min(took, time.perf_counter() - began)
        self.slowest = max(self.slowest, took)
        for trouble in troubles(answer, path, kwargs, self.ledger.committed, took):
            self.troubles[trouble] += 1
            self.shown.append(f"{trouble}: {answer.status_code} for {role}: {kwargs} {path}"[:2000])
        answer.close()
        return answer.status_code


def troubles(answer, path, kwargs, changed, took):
    """What is wrong with an answer."""
    if took > SLOWEST_SECONDS:
        yield "too slow"
    if path.startswith("/healthz"):
        return  # red while no clock runs, and says so with 503
    if answer.status_code >= 500:
        yield "5xx"
    if answer.status_code < 400:
        return
    if changed:
        yield "rows changed"
    if (
        kwargs["method"] != "HEAD"
        and kwargs["headers"].get("Accept") != "text/html"
        and not is_clear(answer.get_json())
    ):
        yield "no clear sentence"


def is_clear(told):
    """A code for programs, and for people one of our sentences, whole and in a language we speak."""
    return set(told or ()) == {"error", "detail"} and bool(told["error"]) and told["detail"] in said_sentences()


@cache
def said_sentences():
    """Every sentence of the catalogues that ends as a sentence does."""
    both = {form for one in catalogue("ja") for form in (*forms(one.id), *forms(one.string))}
    return frozenset(form for form in both if form.endswith((".", "。", "?", "？")))


def doors(app):
    return [
        (method, str(rule))
        for rule in app.url_map.iter_rules()
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"})
    ]
