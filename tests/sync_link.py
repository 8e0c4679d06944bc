"""The link between the two in the sync proof: made, changed and ended through the real doors, in the middle of it."""

from datetime import timedelta
from typing import Any

from flask import Flask

from exposure.db import moment
from tests.conftest import Actor
from tests.devices import Device

TERMS = {"editor": "write", "proposer": "propose"}


class Link:
    """Ada's consent for Theo: which role he has in which space at this moment, as she last said it."""

    app: Flask
    ada: Actor
    theo: Actor
    ken: Actor
    space: str
    devices: list[Device]
    role: str = ""
    messages: bool = False
    threads: list[str]
    consent: str
    until: int

    def link(self, role: str, messages: bool) -> None:
        """Invite, accept, confirm. Nothing of hers is open before the last of them."""
        code = self.ask(self.ada, "POST", "/api/invitations", {}, 201)["code"]
        said = {"code": code, "name": "テオ", "reads_days": [0, 3], "reads_note": ""}
        self.consent = self.ask(self.theo, "POST", "/api/invitations/accept", said, 201)["consent"]
        assert self.theo.sync()["spaces"].keys() == {self.theo.space}, "something was open before it was confirmed"
        self.until = 0
        self.threads.append(self.agree(role, messages)["thread"])

    def agree(self, role: str, messages: bool) -> dict[str, Any]:
        terms = {"ladders": {self.space: TERMS[role]}, "entries": "chosen", "messages": messages}
        told = self.ask(self.ada, "PUT", f"/api/consents/{self.consent}", terms)
        if (self.role, role) == ("editor", "proposer"):
            self.until = 0  # less is less at once, also in the middle of a call
        self.role, self.messages = role, messages
        return told

    def withdraw(self) -> None:
        self.ask(self.ada, "DELETE", f"/api/consents/{self.consent}", {}, 204)
        self.role, self.messages, self.until = "", False, 0

    def open_together(self) -> None:
        told = self.ask(self.ada, "PUT", f"/api/together/{self.space}", {}, 200 if self.role else 409)
        self.until = told.get("until", 0)

    def close_together(self) -> None:
        self.ask(self.ada, "DELETE", f"/api/together/{self.space}", {}, 204)
        self.until = 0

    def ask(self, who: Actor, method: str, path: str, body: dict[str, Any], status: int = 200) -> Any:
        answer = who.client.open(path, method=method, json=body)
        assert answer.status_code == status, answer.get_data(as_text=True)
        return answer.get_json() if answer.data else None

    def role_in(self, device: Device, space: str) -> str:
        """What whoever holds this device may do in a space now; empty when it is shut for them."""
        if device.person == self.ken.person:
            return "viewer" if space == self.space else ""
        if device.person == self.ada.person or space == device.private:
            return "owner"
        if space != self.space:
            return "editor" if self.messages and space == self.threads[-1] else ""
        direct = self.role == "proposer" and self.app.extensions["ippo"].now() < moment(self.until)
        return "editor" if direct else self.role

    def pass_by(self, minutes: int) -> None:
        clock = self.app.extensions["ippo"].now
        clock.at += timedelta(minutes=minutes)
