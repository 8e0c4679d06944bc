"""What a hundred times the data costs: each request beside itself on a small account in the same house."""

import itertools
from collections.abc import Iterator
from typing import Any

from flask import Flask

from tests.bench.house import call, house, newcomer
from tests.bench.request import sync_of
from tests.bench.rounds import Result, Variant, cpu
from tests.conftest import new_id

SMALL, LARGE = 20, 2000  # attempts of an account; the steps of its ladder are a tenth, the words of one step five times
PAGE = 50  # edits of a page of history
GOAL = 1.5
BATCH = 200  # edits a push may hold


class Account:
    """Somebody with a ladder, attempts and a long history of one step."""

    def __init__(self, app: Flask, attempts: int) -> None:
        self.actor, self.cookie = newcomer(app)
        self.ladder, self.space = new_id(), new_id()
        self.steps = [new_id() for _ in range(max(2, attempts // 10))]
        ada = self.actor
        ladder = ada.edit("add", "ladder", self.ladder, self.space, title="外へ", position="a0")
        rungs = [
            ada.edit("add", "step", step, self.space, ladder=self.ladder, title="玄関まで", position=f"a{at:05d}1")
            for at, step in enumerate(self.steps)
        ]
        self._send([ladder, *rungs])
        done = {"title": "玄関まで", "before": 60, "after": 40, "found_out": "思ったより静かだった", "outcome": "did"}
        steps = itertools.cycle(self.steps)
        self._send([ada.add("attempt", step=next(steps), ladder=self.ladder, **done) for _ in range(attempts)])
        self._send([ada.change("step", self.steps[0], self.space, title=f"窓 {at}") for at in range(5 * attempts)])
        told = ada.sync()["spaces"]
        self.cursors = {space: one["revision"] for space, one in told.items()}
        while any(one["more"] for one in told.values()):
            told = ada.sync(**self.cursors)["spaces"]
            self.cursors |= {space: one["revision"] for space, one in told.items()}

    def _send(self, edits: list[dict[str, Any]]) -> None:
        for at in range(0, len(edits), BATCH):
            self.actor.sync(*edits[at : at + BATCH])

    def changes(self) -> Iterator[dict[str, Any]]:
        """Ten changes at once, from a phone that knows the rest."""
        for more in itertools.count(1):
            edits = [self.actor.change("step", self.steps[0], self.space, hint=f"{more} {at}") for at in range(9)]
            edits.append(self.actor.change("ladder", self.ladder, self.space, wish=f"{more}"))
            yield sync_of(self.actor, self.cursors | {self.space: self.cursors[self.space] + more - 1}, *edits)


def run() -> None:
    """Print one line for each thing a person does all day."""
    with house() as app:
        for _ in range(20):  # a house has other people in it
            Account(app, 10)
        small, large = Account(app, SMALL), Account(app, LARGE)
        times = {"small": variants(app, small), "large": variants(app, large)}
        spent = cpu({f"{size} {name}": one for size, each in times.items() for name, one in each.items()}, rounds=11)
    for name in times["small"]:
        Result(f"growth: {name}, 100 x / 1 x", spent[f"large {name}"], spent[f"small {name}"], "us CPU", GOAL).tell()


def variants(app: Flask, account: Account) -> dict[str, Variant]:
    """What home, history, ladder and a sync ask of the server. Screens draw from the phone's own rows."""
    history = f"/api/history/{account.steps[0]}"
    return {
        "home: GET /api/me": call(app, "GET", "/api/me", account.cookie),
        "home and ladder: POST /api/sync, nothing new": call(
            app, "POST", "/api/sync", account.cookie, itertools.repeat(sync_of(account.actor, account.cursors))
        ),
        "history, first page": call(app, "GET", history, account.cookie),
        "history, last page": call(app, "GET", history, account.cookie, query=last_page(account, history)),
        "sync of 10 changes": call(app, "POST", "/api/sync", account.cookie, account.changes()),
    }


def last_page(account: Account, path: str) -> str:
    """The query of the last full page, so that a small and a large history are asked for as many edits."""
    query, page = "", account.actor.client.get(path).get_json()
    while page["before"]:
        following = f"before={page['before']}"
        page = account.actor.client.get(f"{path}?{following}").get_json()
        if len(page["edits"]) == PAGE:
            query = following
    return query
