"""The sync proof as a state machine: three people, five devices, and every way a network fails.

Ada owns a ladder; Theo reads and writes it with her by a consent that she makes, changes and ends as it goes, sometimes
together; Ken may only look. The invariants follow the text. After everything is quiet, each acknowledged word is in its
row, in a proposal, or was replaced by somebody who had seen it; every edit is logged once; all devices are equal; the
owner was never refused; nobody spoke under another's name; nothing private reached anybody else.
"""

import json
from typing import Any, ClassVar

from flask import Flask
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.conftest import Actor, enter, let_in, new_id, sign_in
from tests.devices import Device
from tests.sync_last import LastWords
from tests.sync_promises import Promises

DEVICES = st.integers(0, 3)
ADAS = st.integers(0, 1)
PICK = st.integers(0, 1000)
TEXTS = ("title", "hint", "place")
LAPSES = 4  # so often, at most, does time run on in one run: a therapist's login lasts twelve hours
FAULTS = ("none", "request lost", "answer lost", "sent twice", "only a part", "killed", "in the air")


class Household(LastWords, Promises, RuleBasedStateMachine):
    """Ada's phone and tablet, Theo's laptop and phone, Ken's phone, one ladder."""

    app: ClassVar[Flask]

    @initialize()
    def begin(self) -> None:
        self.ada: Actor = enter(self.app)
        self.theo: Actor = enter(self.app, "therapist")
        self.ken: Actor = enter(self.app, "supporter")
        owners = (self.ada, self.ada, self.theo, self.theo, self.ken)
        self.devices = [Device(sign_in(self.app, who.person), who.person, who.space) for who in owners]
        self.all_edits: dict[str, tuple[Device, dict[str, Any]]] = {}
        self.air: list[tuple[Device, dict[str, Any]]] = []
        self.roles: dict[str, str] = {}  # edit -> the role of whoever sent it, at its first arrival
        self.steps: list[str] = []  # in the order they were made, so that a run can be run again
        self.authors: dict[str, str] = {}
        self.said: list[str] = []  # comments and messages, likewise
        self.thefts: set[str] = set()
        self.threads: list[str] = []
        self.alone: list[tuple[str, str]] = []
        self.told = self.lapses = 0
        self.space, self.ladder, phone = new_id(), new_id(), self.devices[0]
        self.note(phone, "add", "ladder", self.space, self.ladder, title=self.words(), position="a0")
        self.note(phone, "add", "step", self.space, new_id(), ladder=self.ladder, title=self.words(), position="a0")
        self.exchange(phone, phone.request())
        self.link("editor", messages=True)
        let_in(self.app, self.ken.person, self.space, "viewer")
        for device in self.devices:
            self.exchange(device, device.request())

    # ---- what people do

    @rule(which=DEVICES, after=PICK, twice=st.booleans())
    def add_step(self, which: int, after: int, twice: bool) -> None:
        device, step = self.devices[which], new_id()
        self.note(device, "add", "step", self.space, step, ladder=self.ladder, title=self.words(), position=f"a{after}")
        if twice:
            self.note(device, "set", "step", self.space, step, title=self.words())

    @rule(which=DEVICES, pick=PICK, names=st.sets(st.sampled_from(TEXTS), min_size=1))
    def reword(self, which: int, pick: int, names: set[str]) -> None:
        self.set_step(which, pick, **{name: self.words() for name in sorted(names)})

    @rule(which=DEVICES, pick=PICK)
    def take_back(self, which: int, pick: int) -> None:
        """Undo an earlier change of this device's: what was there before, in words that can be followed."""
        device = self.devices[which]
        mine = [e for d, e in self.all_edits.values() if d is device and e["kind"] == "step" and e["verb"] == "set"]
        mine = [e for e in mine if "title" in e["fields"] and e["target"] in device.view("step")]
        if mine:
            edit = mine[pick % len(mine)]
            back = self.note(device, "set", "step", self.space, edit["target"], title=self.words())
            back |= {"undo": True, "base": dict(edit["base"])}

    @rule(which=DEVICES, pick=PICK, value=st.integers(0, 100))
    def rerate(self, which: int, pick: int, value: int) -> None:
        self.set_step(which, pick, predicted=value)

    @rule(which=DEVICES, pick=PICK, to=PICK)
    def move(self, which: int, pick: int, to: int) -> None:
        self.set_step(which, pick, position=f"b{to}")

    @rule(which=DEVICES, pick=PICK, archived=st.booleans())
    def archive(self, which: int, pick: int, archived: bool) -> None:
        self.set_step(which, pick, archived=archived)

    @rule(which=ADAS)
    def practise(self, which: int) -> None:
        device = self.devices[which]
        self.note(device, "add", "attempt", device.private, new_id(), step=new_id(), guess=self.words(), before=50)

    @rule(which=DEVICES)
    def send_what_cannot_be_read(self, which: int) -> None:
        device = self.devices[which]
        self.note(device, "add", "step", self.space, new_id(), ladder=self.ladder, title="x" * 5000, position="a0")

    @rule(which=ADAS, pick=PICK, taken=st.booleans())
    def decide(self, which: int, pick: int, taken: bool) -> None:
        device = self.devices[which]
        open_ones = {i: p for i, p in device.view("proposal").items() if p.get("state") == "open"}
        if not open_ones:
            return
        proposal = sorted(open_ones, key=lambda i: self.sight(open_ones[i]))[pick % len(open_ones)]
        found = open_ones[proposal]
        if taken:
            fields = {found["field"]: found["value"]} if found["field"] else found["value"]
            verb = "set" if found["field"] else "add"
            self.note(device, verb, found["target_kind"], self.space, found["target"], **fields)["took"] = proposal
        self.note(device, "set", "proposal", self.space, proposal, state="taken" if taken else "left")

    @rule(which=DEVICES, message=st.booleans(), forged=st.booleans(), pick=PICK)
    def say(self, which: int, message: bool, forged: bool, pick: int) -> None:
        device = self.devices[which]
        name = {"by": self.devices[3 - which].person, "worry": True} if forged else {}
        if message:
            self.note(device, "add", "message", self.threads[-1], new_id(), text=self.words(), **name)
            return
        name.pop("worry", "")
        steps = [step for step in self.steps if (self.space, step) in device.rows]
        if steps:
            about = {"target": steps[pick % len(steps)], "target_kind": "step"}
            self.note(device, "add", "comment", self.space, new_id(), text=self.words(), **about, **name)

    @rule(which=DEVICES, pick=PICK, stolen=st.booleans())
    def say_it_differently(self, which: int, pick: int, stolen: bool) -> None:
        device = self.devices[which]
        seen = {i: (kind, row) for kind in ("comment", "message") for i, row in device.view(kind).items()}
        theirs = [i for i in self.said if i in seen and (seen[i][1].get("by", "") != device.person) == stolen]
        theirs = [i for i in theirs if not stolen or (seen[i][1]["space"], i) in device.rows]
        if theirs:
            target = theirs[pick % len(theirs)]
            kind, row = seen[target]
            edit = self.note(device, "set", kind, row["space"], target, text=self.words())
            if stolen:
                self.thefts.add(edit["id"])

    @rule(which=ADAS, pick=PICK, archived=st.booleans())
    def put_away(self, which: int, pick: int, archived: bool) -> None:
        device = self.devices[which]
        comments = [i for i in self.said if (self.space, i) in device.rows]
        if comments:
            self.note(device, "set", "comment", self.space, comments[pick % len(comments)], archived=archived)

    @rule(which=DEVICES, pick=PICK, archived=st.booleans())
    def take_words_back(self, which: int, pick: int, archived: bool) -> None:
        device = self.devices[which]
        seen = {i: (kind, row["space"]) for kind in ("comment", "message") for i, row in device.view(kind).items()}
        mine = [i for i in self.said if i in seen and self.authors[i] == device.person]
        if mine:
            target = mine[pick % len(mine)]
            self.note(device, "set", *seen[target], target, archived=archived)

    @rule(pick=PICK)
    def the_one_who_may_only_look_writes(self, pick: int) -> None:
        self.set_step(4, pick, title=self.words())

    @rule(role=st.sampled_from(("editor", "proposer", "")), messages=st.booleans())
    def change_consent(self, role: str, messages: bool) -> None:
        if not role:
            if self.role:
                self.withdraw()
        elif self.role:
            self.agree(role, messages)
        else:
            self.link(role, messages)

    @rule(opened=st.booleans())
    def work_together(self, opened: bool) -> None:
        if opened:
            self.open_together()
        else:
            self.close_together()

    @precondition(lambda self: self.lapses < LAPSES)
    @rule(minutes=st.sampled_from((30, 121)))
    def let_time_pass(self, minutes: int) -> None:
        self.lapses += 1
        self.pass_by(minutes)

    # ---- what the network does

    @rule(which=st.integers(0, 4), fault=st.sampled_from(FAULTS), most=st.integers(1, 3))
    def connect(self, which: int, fault: str, most: int) -> None:
        device = self.devices[which]
        request = device.request(most if fault == "only a part" else 200)
        if fault == "request lost":
            return
        if fault == "in the air":
            self.air.append((device, request))
        elif fault in ("answer lost", "killed"):
            self.arrive(device, request)
        else:
            if fault == "sent twice":
                self.arrive(device, request)
            self.exchange(device, request)

    @precondition(lambda self: self.air)
    @rule(pick=PICK)
    def arrive_late(self, pick: int) -> None:
        """A request sent long ago arrives only now, behind newer ones; nobody hears its answer."""
        self.arrive(*self.air.pop(pick % len(self.air)))

    # ---- what must hold

    @invariant()
    def so_far_nothing_private_reached_the_therapist(self) -> None:
        if hasattr(self, "devices"):
            self.nothing_private_reached_the_therapist()

    def teardown(self) -> None:
        if not hasattr(self, "devices"):
            return
        while self.air:
            self.arrive_late(0)
        for last in (self.last_words, self.check):
            for device in self.devices * 2:
                self.settle(device)
            last()

    # ---- how it is done

    def words(self) -> str:
        """A text that stands nowhere else in this run, so that it can be followed."""
        self.told += 1
        return f"ことば{self.told}"

    def sight(self, proposal: dict[str, Any]) -> tuple[Any, ...]:
        of_step = self.steps.index(proposal["target"]) if proposal["target"] in self.steps else -1  # or of the ladder
        return (of_step, proposal["field"], json.dumps(proposal["value"]))

    def set_step(self, which: int, pick: int, **fields: Any) -> None:
        device = self.devices[which]
        seen = device.view("step")
        steps = [step for step in self.steps if step in seen]
        if steps:
            self.note(device, "set", "step", self.space, steps[pick % len(steps)], **fields)

    def note(self, device: Device, verb: str, kind: str, space: str, target: str, /, **fields: Any) -> dict[str, Any]:
        edit = device.write(verb, kind, space, target, **fields)
        self.all_edits[edit["id"]] = (device, edit)
        if verb == "add" and kind == "step" and len(fields["title"]) <= 200 and target not in self.steps:
            self.steps.append(target)
        if verb == "add" and kind in ("comment", "message"):
            self.said.append(target)
            self.authors[target] = device.person
        return edit

    def arrive(self, device: Device, request: dict[str, Any]) -> dict[str, Any]:
        for edit in request["edits"]:
            self.roles.setdefault(edit["id"], self.role_in(device, edit["space"]))  # the first arrival decides
        return device.send(request)

    def exchange(self, device: Device, request: dict[str, Any]) -> None:
        device.receive(request, self.arrive(device, request))

    def settle(self, device: Device) -> None:
        for edit in device.outbox:
            self.roles.setdefault(edit["id"], self.role_in(device, edit["space"]))
        device.settle()
