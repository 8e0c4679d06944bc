"""The sync proof as a state machine: two people, four devices, and every way a network fails.

The invariants follow the text. After everything is quiet, each acknowledged word is in its row, in a proposal, or was
replaced by somebody who had seen it; every edit is logged once; all devices are equal; the owner was never refused;
nothing private reached the therapist.
"""

import json
from typing import Any, ClassVar

from flask import Flask
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import update

from exposure.db import writing
from exposure.spaces import Membership
from tests.conftest import Actor, enter, let_in, new_id, sign_in
from tests.devices import Device
from tests.sync_promises import Promises

DEVICES = st.integers(0, 3)
ADAS = st.integers(0, 1)
PICK = st.integers(0, 1000)
TEXTS = ("title", "hint", "place")
FAULTS = ("none", "request lost", "answer lost", "sent twice", "only a part", "killed", "in the air")


class Household(Promises, RuleBasedStateMachine):
    """Ada's phone and tablet, Theo's laptop and phone, one ladder."""

    app: ClassVar[Flask]

    @initialize()
    def begin(self) -> None:
        self.ada: Actor = enter(self.app)
        self.theo: Actor = enter(self.app, "therapist")
        owners = (self.ada, self.ada, self.theo, self.theo)
        self.devices = [Device(sign_in(self.app, who.person), who.person, who.space) for who in owners]
        self.all_edits: dict[str, tuple[Device, dict[str, Any]]] = {}
        self.air: list[tuple[Device, dict[str, Any]]] = []
        self.roles: dict[str, set[str]] = {}
        self.steps: list[str] = []  # in the order they were made, so that a run can be run again
        self.told = 0
        self.role = "editor"
        self.space, self.ladder, phone = new_id(), new_id(), self.devices[0]
        self.note(phone, "add", "ladder", self.space, self.ladder, title=self.words(), position="a0")
        self.note(phone, "add", "step", self.space, new_id(), ladder=self.ladder, title=self.words(), position="a0")
        self.exchange(phone, phone.request())
        let_in(self.app, self.theo.person, self.space, self.role)
        for device in self.devices:
            self.exchange(device, device.request())

    # ---- what people do

    @rule(which=DEVICES, after=PICK)
    def add_step(self, which: int, after: int) -> None:
        device = self.devices[which]
        self.note(
            device, "add", "step", self.space, new_id(),
            ladder=self.ladder, title=self.words(), position=f"a{after}",
        )  # fmt: skip

    @rule(which=DEVICES, pick=PICK, names=st.sets(st.sampled_from(TEXTS), min_size=1))
    def reword(self, which: int, pick: int, names: set[str]) -> None:
        self.set_step(which, pick, **{name: self.words() for name in sorted(names)})

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
        open_ones = {i: p for i, p in device.view("proposal").items() if p.get("state") == "open" and p["field"]}
        if not open_ones:
            return
        proposal = sorted(open_ones, key=lambda i: self.sight(open_ones[i]))[pick % len(open_ones)]
        found = open_ones[proposal]
        if taken:
            self.note(
                device, "set", found["target_kind"], self.space, found["target"], **{found["field"]: found["value"]}
            )
        self.note(device, "set", "proposal", self.space, proposal, state="taken" if taken else "left")

    @rule(role=st.sampled_from(("editor", "proposer", "")))
    def change_consent(self, role: str) -> None:
        self.role = role
        mine = (Membership.person_id == self.theo.person) & (Membership.space_id == self.space)
        now = self.app.extensions["ippo"].now()
        values = {"role": role, "until": None} if role else {"until": now}
        with self.app.app_context(), writing() as bound:
            bound.execute(update(Membership).where(mine).values(**values))

    # ---- what the network does

    @rule(which=DEVICES, fault=st.sampled_from(FAULTS), most=st.integers(1, 3))
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
        for device in self.devices * 2:
            self.settle(device)
        self.check()

    # ---- how it is done

    def words(self) -> str:
        """A text that stands nowhere else in this run, so that it can be followed."""
        self.told += 1
        return f"ことば{self.told}"

    def sight(self, proposal: dict[str, Any]) -> tuple[Any, ...]:
        return (self.steps.index(proposal["target"]), proposal["field"], json.dumps(proposal["value"]))

    def set_step(self, which: int, pick: int, **fields: Any) -> None:
        device = self.devices[which]
        seen = device.view("step")
        steps = [step for step in self.steps if step in seen]
        if steps:
            self.note(device, "set", "step", self.space, steps[pick % len(steps)], **fields)

    def note(self, device: Device, verb: str, kind: str, space: str, target: str, **fields: Any) -> None:
        edit = device.write(verb, kind, space, target, **fields)
        self.all_edits[edit["id"]] = (device, edit)
        if verb == "add" and kind == "step" and len(fields["title"]) <= 200:
            self.steps.append(target)

    def arrive(self, device: Device, request: dict[str, Any]) -> dict[str, Any]:
        for edit in request["edits"]:
            self.roles.setdefault(edit["id"], {self.role})  # the first arrival decides
        return device.send(request)

    def exchange(self, device: Device, request: dict[str, Any]) -> None:
        device.receive(request, self.arrive(device, request))

    def settle(self, device: Device) -> None:
        for edit in device.outbox:
            self.roles.setdefault(edit["id"], {self.role})
        device.settle()
