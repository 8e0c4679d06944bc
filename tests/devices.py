"""Model devices for the sync proofs: what a phone remembers, and a network that misbehaves.

A device follows the client rule: what it wrote is on its own disk first, the view is the
confirmed rows with the outbox laid over, and an edit stays in the outbox until answered.
"""

import copy
from dataclasses import dataclass, field
from typing import Any

from flask.testing import FlaskClient

from tests.conftest import new_id


@dataclass
class Device:
    """One phone or laptop of one person."""

    client: FlaskClient
    person: str
    private: str
    id: str = field(default_factory=new_id)
    rows: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    cursors: dict[str, int] = field(default_factory=dict)
    outbox: list[dict[str, Any]] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)
    acknowledged: dict[str, tuple[dict[str, Any], str]] = field(default_factory=dict)

    def write(self, verb: str, kind: str, space: str, target: str, /, **fields: Any) -> dict[str, Any]:
        """An edit, on this device's disk."""
        versions = self.rows.get((space, target), {}).get("versions", {})
        edit = {
            "id": new_id(),
            "space": space,
            "kind": kind,
            "target": target,
            "verb": verb,
            "fields": fields,
            "base": {name: versions[name] for name in fields if name in versions},
            "at": 1_763_760_000_000,
        }
        self.outbox.append(edit)
        return edit

    def view(self, kind: str) -> dict[str, dict[str, Any]]:
        """What the person sees: fields by row id, the outbox laid over."""
        seen = {
            row["id"]: dict(row["fields"], space=space) for (space, _), row in self.rows.items() if row["kind"] == kind
        }
        for edit in self.outbox:
            if edit["kind"] == kind:
                seen.setdefault(edit["target"], {"space": edit["space"]}).update(edit["fields"])
        return seen

    def request(self, most: int = 200) -> dict[str, Any]:
        """What would be sent now, frozen."""
        return copy.deepcopy({"v": 1, "device": self.id, "cursors": self.cursors, "edits": self.outbox[:most]})

    def send(self, request: dict[str, Any]) -> dict[str, Any]:
        """Let a request arrive; the answer as the network brings it back."""
        answer = self.client.post("/api/sync", json=request)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return answer.get_json()

    def receive(self, request: dict[str, Any], reply: dict[str, Any]) -> None:
        """Take in an answer: outbox, rows and cursors move together."""
        sent = {edit["id"]: edit for edit in request["edits"]}
        for answer in reply["answers"]:
            edit = sent[answer["id"]]
            self.acknowledged[edit["id"]] = (edit, answer["outcome"])
            if answer["outcome"] == "refused" and edit in self.outbox:
                self.refused.append(edit)
        answered = {answer["id"] for answer in reply["answers"]}
        self.outbox = [edit for edit in self.outbox if edit["id"] not in answered]
        for space, change in reply["spaces"].items():
            self._take(space, change)

    def _take(self, space: str, change: dict[str, Any]) -> None:
        if change.get("gone"):
            self.cursors.pop(space, None)
            self.rows = {where: row for where, row in self.rows.items() if where[0] != space}
            return
        for row in change["rows"]:
            known = self.rows.get((space, row["id"]))
            if known is None or known["revision"] <= row["revision"]:
                self.rows[space, row["id"]] = row
        self.cursors[space] = max(change["revision"], self.cursors.get(space, 0))

    def sync(self) -> None:
        """One whole, undisturbed exchange."""
        request = self.request()
        self.receive(request, self.send(request))

    def settle(self) -> None:
        """Exchange until nothing is waiting and nothing is new."""
        for _ in range(60):
            before = (dict(self.cursors), len(self.outbox))
            self.sync()
            if (dict(self.cursors), len(self.outbox)) == before and not self.outbox:
                return
        raise AssertionError("a device never came to rest")

    def known(self, space: str) -> dict[str, Any]:
        """The confirmed rows of a space, as content."""
        return {
            row["id"]: (row["kind"], row["revision"], row["fields"])
            for (where, _), row in self.rows.items()
            if where == space
        }
