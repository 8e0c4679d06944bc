"""One random script: what Ada and Theo do on their devices, what the network does to it, and what must hold after.

The words are followed by the very checks of the state machine (`tests/sync_machine.py`).
"""

import json
import random
from typing import Any

from sqlalchemy import update

from exposure.db import writing
from exposure.spaces import Membership
from tests.browser.replay import Gadget, Told
from tests.browser.servers import ThreadServer
from tests.conftest import enter, let_in, new_id, sign_in
from tests.devices import Device
from tests.sync_alone import MARKS, NEEDED, WORDS
from tests.sync_machine import Household
from tests.sync_promises import BARE

JSON = {"Content-Type": "application/json"}
DEEDS = {
    "addStep": 4, "reword": 6, "rewordTwice": 2, "move": 5, "archive": 2, "practise": 2, "decide": 3, "takeBack": 2,
    "tooLong": 1, "tryAgain": 1, "keepAlone": 4, "mark": 2,
}  # fmt: skip
FAULTS = ("none", "request lost", "answer lost", "sent twice", "killed", "cut off", "in the air")
ADD_LADDER = """async ([space, ladder, title]) => {
  await ippo.rows.write([ippo.rows.add('ladder', space, {title, position: 'a0'}, ladder)]);
}"""


class Replay:
    """One script, thrown from a seed."""

    every_edit_is_logged_once = Household.every_edit_is_logged_once
    the_owner_is_never_refused = Household.the_owner_is_never_refused
    every_word_is_found_again = Household.every_word_is_found_again
    follow = Household.follow
    read_log = Household.read_log
    stays_taken_back = Household.stays_taken_back
    rows_everywhere = Household.rows_everywhere

    def __init__(self, server: ThreadServer, gadgets: list[Gadget], seed: int) -> None:
        self.app, self.gadgets = server.app, gadgets
        self.dice, self.told, self.role = random.Random(seed), 0, "editor"
        self.porter = server.app.wsgi_app
        self.all_edits: dict[str, tuple[Told, dict[str, Any]]] = {}
        self.roles = self.porter.begin(self.role)
        self.thefts: set[str] = set()
        self.threads: list[str] = []
        self.authors: dict[str, str] = {}
        self.air: list[tuple[Gadget, dict[str, Any]]] = []
        self.ada, self.theo, self.ken = (enter(self.app) for _ in range(3))
        self.space, self.ladder = new_id(), new_id()
        for gadget, who, tabs in zip(gadgets, (self.ada, self.ada, self.theo), (2, 1, 1), strict=True):
            gadget.requests.clear()
            gadget.enter(self.app, who.person, who.space, tabs)
            gadget.owner = who
        self.begin()

    def begin(self) -> None:
        phone = self.gadgets[0]
        phone.fault = "request lost"
        phone.tab(0).evaluate(ADD_LADDER, [self.space, self.ladder, self.words()])
        self.do(phone, "addStep", self.space, self.ladder, self.words(), 0)
        phone.settle()
        assert self.space in phone.disk()["meta"]["spaces"], "a ladder never arrived"
        let_in(self.app, self.theo.person, self.space, self.role)
        for gadget in self.gadgets:
            gadget.settle()

    def words(self) -> str:
        self.told += 1
        return f"ことば{self.told}"

    # ---- what happens

    def step(self) -> None:
        gadget = self.dice.choice(self.gadgets)
        what = self.dice.random()
        if what < 0.6:
            self.live(gadget)
        elif what < 0.94:
            self.connect(gadget, self.dice.choice(FAULTS))
        elif what < 0.97 and self.air:
            self.arrive_late(self.dice.randrange(len(self.air)))
        else:
            self.change_consent(self.dice.choice(("editor", "proposer", "")))

    def live(self, gadget: Gadget) -> None:
        deed = self.dice.choices(list(DEEDS), DEEDS.values())[0]
        one, other = self.dice.randrange(100), self.dice.randrange(100)
        if deed == "addStep":
            return self.do(gadget, deed, self.space, self.ladder, self.words(), one)
        if deed == "reword":
            names = self.dice.sample(("title", "hint", "place", "predicted"), self.dice.randint(1, 2))
            return self.do(gadget, deed, one, {n: other if n == "predicted" else self.words() for n in names})
        if deed == "rewordTwice":
            return self.do(gadget, deed, one, self.words(), self.words())
        if deed == "archive":
            return self.do(gadget, "reword", one, {"archived": other % 2 == 0})
        if deed == "practise":
            return gadget.owner is self.ada and self.do(gadget, deed, self.words())
        if deed == "keepAlone":
            kind = self.dice.choice(sorted(NEEDED))
            told = (kind, NEEDED[kind], {WORDS[kind]: self.words()}, one)
            return gadget.owner is self.ada and self.do(gadget, deed, *told)
        if deed == "mark":
            return self.do(gadget, deed, self.ladder, self.dice.choice(MARKS), 1 + other % 20)
        if deed == "tooLong":
            return self.do(gadget, deed, self.space, self.ladder)
        if deed == "decide":
            return gadget.owner is self.ada and self.do(gadget, deed, one, other % 2 == 0)
        return self.do(
            gadget, deed, *((one,) if deed in ("move", "tryAgain") else ()), *((other,) if deed == "move" else ())
        )

    def do(self, gadget: Gadget, deed: str, *args: Any) -> None:
        disk = gadget.do(self.dice.randrange(2), deed, *args)
        versions = {row["id"]: row.get("versions") or {} for row in disk["rows"]}
        for edit in disk["outbox"]:
            if edit["id"] in self.all_edits:
                continue
            if edit["verb"] == "set" and deed not in ("takeBack", "tryAgain"):
                seen = versions.get(edit["target"], {})
                based = {name: seen[name] for name in edit["fields"] if name in seen}
                assert edit.get("base", {}) == based, "an edit is based on something nobody saw"
            self.all_edits[edit["id"]] = (Told(gadget.owner.person), {"base": {}, **edit})

    def connect(self, gadget: Gadget, fault: str) -> None:
        before = len(gadget.requests)
        if fault == "cut off":  # a day without a network, then a moment of one: more lies there than one request takes
            for _ in range(3):
                self.live(gadget)
        if fault == "killed":
            gadget.kill()
        else:
            gadget.sync(self.dice.randrange(2), fault)
        if fault == "cut off":
            gadget.begin_again()
        if fault == "in the air":
            self.air += [(gadget, request) for request in gadget.requests[before:]]

    def arrive_late(self, which: int) -> None:
        """A request sent long ago arrives only now, behind newer ones; nobody hears its answer."""
        gadget, request = self.air.pop(which)
        answer = gadget.context.request.post(f"{gadget.url}/api/sync", data=json.dumps(request), headers=JSON)
        assert answer.status == 200, answer.text()

    def change_consent(self, role: str) -> None:
        mine = (Membership.person_id == self.theo.person) & (Membership.space_id == self.space)
        values = {"role": role, "until": None} if role else {"until": self.app.extensions["ippo"].now()}
        with self.porter.shut, self.app.app_context(), writing() as bound:
            bound.execute(update(Membership).where(mine).values(**values))
            self.role = self.porter.role = role

    # ---- what must hold

    def check(self) -> None:
        while self.air:
            self.arrive_late(0)
        for gadget in self.gadgets * 2:
            gadget.settle()
        fresh = Device(sign_in(self.app, self.ada.person), self.ada.person, self.ada.space)
        fresh.settle()
        self.devices = [fresh]
        log = self.read_log()
        self.every_edit_is_logged_once(log)
        self.the_owner_is_never_refused(log)
        self.every_word_is_found_again(log)
        for gadget in self.gadgets:
            self.shows_what_the_house_knows(gadget, fresh)
        self.refused_words_are_on_their_device(log)

    def shows_what_the_house_knows(self, gadget: Gadget, fresh: Device) -> None:
        disk = gadget.disk()
        assert disk["outbox"] == []
        assert gadget.owner is self.ada or {row["space"] for row in disk["rows"]} <= {self.space, self.theo.space}
        for space in (self.space, self.ada.space):
            mine = gadget.owner is self.ada or (space == self.space and self.role)
            house = self.meant_for(gadget, fresh.known(space)) if mine else {}
            kept = {r["id"]: (r["kind"], r["revision"], r["fields"]) for r in disk["rows"] if r["space"] == space}
            assert kept == house
            for tab in range(len(gadget.pages)):
                shown = gadget.shown(tab, space)
                assert shown.keys() == house.keys()
                for row, (_, _, fields) in house.items():
                    assert {name: shown[row][name] for name in fields} == fields

    def meant_for(self, gadget: Gadget, hers: dict[str, Any]) -> dict[str, Any]:
        """What Theo is to have of what Ada has: his own proposals, and of what was put away that it was."""
        if gadget.owner is self.ada:
            return hers
        return {
            row: (kind, revision, BARE if fields.get("archived") else fields)
            for row, (kind, revision, fields) in hers.items()
            if kind != "proposal" or fields["by"] == self.theo.person
        }

    def refused_words_are_on_their_device(self, log: list[Any]) -> None:
        refused = {entry.id for entry in log if entry.outcome == "refused"}
        kept = {edit["id"]: edit for gadget in self.gadgets for edit in gadget.disk()["refused"]}
        retried = [json.dumps(edit["fields"], sort_keys=True) for _, edit in self.all_edits.values()]
        for one in refused - kept.keys():
            words = json.dumps(self.all_edits[one][1]["fields"], sort_keys=True)
            assert retried.count(words) > 1, "a refused edit was dropped"
