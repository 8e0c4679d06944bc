"""What must hold after the network has misbehaved: the promises of sync, following the text."""

import json
from typing import Any

from flask import Flask
from sqlalchemy import select

from exposure.db import connection
from exposure.history import LoggedEdit
from exposure.spaces import places_of
from tests.conftest import START, Actor, sign_in
from tests.devices import Device


class Promises:
    """The checks of a household; the machine fills in who lives there and what was written."""

    app: Flask
    ada: Actor
    theo: Actor
    space: str
    role: str
    devices: list[Device]
    all_edits: dict[str, tuple[Device, dict[str, Any]]]
    roles: dict[str, set[str]]

    def check(self) -> None:
        self.nothing_private_reached_the_therapist()
        log = self.read_log()
        self.every_edit_is_logged_once(log)
        self.acknowledged_means_logged(log)
        self.devices_are_equal()
        self.the_owner_is_never_refused(log)
        self.nobody_is_refused_without_reason(log)
        self.every_word_is_found_again(log)

    def nothing_private_reached_the_therapist(self) -> None:
        for device in self.devices[2:]:
            assert {space for space, _ in device.rows} <= {self.space, device.private}

    def every_edit_is_logged_once(self, log: list[Any]) -> None:
        assert sorted(entry.id for entry in log) == sorted(self.all_edits)

    def acknowledged_means_logged(self, log: list[Any]) -> None:
        outcomes = {entry.id: entry.outcome for entry in log}
        for device in self.devices:
            for edit_id, (_, outcome) in device.acknowledged.items():
                assert outcomes[edit_id] == outcome
            assert not device.outbox

    def devices_are_equal(self) -> None:
        fresh = Device(sign_in(self.app, self.ada.person), self.ada.person, self.ada.space)
        fresh.settle()
        for device in self.devices:
            spaces = (
                {device.private}
                if device.person == self.theo.person and not self.role
                else {device.private, self.space}
            )
            for space in spaces & {self.space, self.ada.space}:
                assert device.known(space) == fresh.known(space)
        if not self.role:
            assert not any(self.space == space for device in self.devices[2:] for space, _ in device.rows)

    def the_owner_is_never_refused(self, log: list[Any]) -> None:
        for entry in log:
            device, edit = self.all_edits[entry.id]
            if device.person == self.ada.person and len(edit["fields"].get("title", "")) < 200:
                assert entry.outcome == "written", (entry.reason, edit)

    def nobody_is_refused_without_reason(self, log: list[Any]) -> None:
        never_added = {e.target for e in log if e.outcome != "written" and e.verb == "add"}
        for entry in log:
            _, edit = self.all_edits[entry.id]
            if len(edit["fields"].get("title", "")) > 200:
                assert entry.outcome == "refused"
            elif entry.outcome == "refused":
                # Refused for want of consent, or on a step that was itself refused or proposed.
                assert "" in self.roles[entry.id] or entry.target in never_added, entry.reason
            elif entry.actor_id == self.theo.person:
                assert self.roles[entry.id] != {""}

    def every_word_is_found_again(self, log: list[Any]) -> None:
        """Replay the log: it ends in the rows, and no word was lost on the way."""
        phone = self.devices[0]
        rows = {row_id: fields for row_id, (_, _, fields) in phone.known(self.space).items()}
        rows |= {row_id: fields for row_id, (_, _, fields) in phone.known(self.ada.space).items()}
        offered = {
            (p["target"], p["field"], json.dumps(p["value"], sort_keys=True)) for p in phone.view("proposal").values()
        }
        current: dict[tuple[str, str], tuple[Any, str, int]] = {}
        for entry in sorted(log, key=lambda e: (e.revision, e.ordinal)):
            _, edit = self.all_edits[entry.id]
            if entry.outcome == "refused" or edit["kind"] == "proposal":
                continue
            for name, value in edit["fields"].items():
                self.follow(entry, edit, name, value, current, offered)
        for (target, name), (value, _, _) in current.items():
            assert rows[target][name] == value, f"{name} is not what was last written"

    def follow(
        self, entry: Any, edit: dict[str, Any], name: str, value: Any, current: dict[Any, Any], offered: set[Any]
    ) -> None:
        before = current.get((entry.target, name))
        as_proposal = (entry.target, name, json.dumps(value))
        whole = (entry.target, "", json.dumps(edit["fields"], sort_keys=True))
        stale = (
            before is not None
            and before[1] != entry.actor_id
            and before[2] > edit["base"].get(name, 0)
            and before[0] != value
            and name != "position"
        )
        kept = json.loads(entry.kept_text or "[]")
        if entry.actor_id == self.theo.person and (name in kept or "" in kept):
            assert as_proposal in offered or whole in offered, "a word that was kept is nowhere"
            return
        if entry.actor_id == self.theo.person:
            assert not stale, "the therapist wrote over words they had not seen"
            if self.roles[entry.id] == {"proposer"}:
                return  # nothing changed, so nothing was proposed
        elif stale and before[0] not in (None, ""):
            lost = (entry.target, name, json.dumps(before[0]))
            assert lost in offered, "words were written over and are in no proposal"
        current[entry.target, name] = (value, entry.actor_id, entry.revision)

    def read_log(self) -> list[Any]:
        table = LoggedEdit.__table__.c
        people = (self.ada.person, self.theo.person)
        columns = (table.id, table.actor_id, table.revision, table.ordinal, table.target, table.verb,
                   table.outcome, table.reason, table.kept)  # fmt: skip
        with self.app.app_context():
            assert places_of(connection(), self.ada.person, START).keys() == {self.ada.space, self.space}
            found = connection().execute(select(*columns).where(table.actor_id.in_(people))).all()
        return [Logged(*row) for row in found]


class Logged:
    """One line of the log, as the checks want it."""

    def __init__(self, *columns: Any) -> None:
        (self.id, self.actor_id, self.revision, self.ordinal, self.target, self.verb,
         self.outcome, self.reason, kept) = columns  # fmt: skip
        self.kept_text = json.dumps(kept) if kept else ""
