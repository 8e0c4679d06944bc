"""Demo: a ladder climbed for three weeks, to look around in. Clearly marked, and made through the real doors."""

import base64
import csv
import json
import secrets
import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from exposure.db import milliseconds

DATA = Path(__file__).parent / "data"
STEPS = (("H02", 15), ("H05", 25), ("T01", 30), ("T02", 35), ("T03", 45), ("T05", 55), ("T08", 70), ("T10", 80))


class AlreadyThere(RuntimeError):
    """This house has its demo already, under a name and password that were told then."""


def fill(app: Flask, language: str, now: datetime) -> tuple[str, str]:
    """Make the demo's person and all that is theirs; give the name and password to sign in with.

    Raises AlreadyThere.
    """
    return Demo(app, language, now).fill()


class Demo:
    """The person of the demo, on a device of their own."""

    def __init__(self, app: Flask, language: str, now: datetime) -> None:
        self.client = app.test_client()
        self.origin = app.extensions["ippo"].settings.url
        self.language, self.now = language, now
        words = json.loads((DATA / "demo.json").read_text(encoding="utf-8"))
        self.words: dict[str, Any] = words[language]
        self.person, self.private, self.device = new_id(), new_id(), new_id()
        self.space, self.ladder = new_id(), new_id()
        self.steps: dict[str, tuple[str, str]] = {}  # name in the library → id, wording

    def fill(self) -> tuple[str, str]:
        """Begin, climb, and choose a password."""
        # No demo without its way in: a second one is refused before it leaves anything behind.
        name, password = "demo", secrets.token_urlsafe(12)
        secret = base64.urlsafe_b64encode(secrets.token_bytes(32)).rstrip(b"=").decode()
        begin = {"person": self.person, "space": self.private, "secret": secret, "nickname": self.words["nickname"]}
        self.ask("POST", "/api/start", begin | {"language": self.language, "zone": "Asia/Tokyo", "device": "demo"})
        if self.ask("PUT", "/api/password", {"name": name, "password": password}, refused=(409,)).status_code == 409:
            self.ask("DELETE", "/api/account", {})
            raise AlreadyThere("The demo is there already. For another, use another folder: --data DIR")
        self.sync([self.settings(), *self.rungs()])
        self.sync([*self.attempts(), *self.rests()])
        return name, password

    def ask(self, method: str, path: str, body: dict[str, Any], refused: tuple[int, ...] = ()) -> TestResponse:
        """One request through the front door."""
        answer = self.client.open(path, method=method, json=body, base_url=self.origin)
        if answer.status_code >= 400 and answer.status_code not in refused:
            raise RuntimeError(f"{method} {path}: {answer.status_code} {answer.get_data(as_text=True)}")
        return answer

    def sync(self, edits: list[dict[str, Any]]) -> None:
        """Send what the person did."""
        answer = self.ask("POST", "/api/sync", {"v": 1, "device": self.device, "cursors": {}, "edits": edits})
        told = answer.get_json()["answers"]
        if any(one["outcome"] != "written" for one in told):
            raise RuntimeError(f"The demo does not fit this house: {told}")

    def edit(self, space: str, kind: str, target: str, when: datetime, **fields: Any) -> dict[str, Any]:
        """An edit as a phone makes it."""
        named = {"id": new_id(), "space": space, "kind": kind, "target": target, "verb": "add"}
        return named | {"fields": fields, "base": {}, "at": milliseconds(when)}

    def settings(self) -> dict[str, Any]:
        """The honest entry page was read; anchors are the person's own."""
        anchors = {f"anchor_{at}": self.words["anchors"][at] for at in ("0", "25", "50", "75", "100")}
        return self.edit(self.private, "setting", self.private, self.now, entry_read=True, **anchors) | {"verb": "set"}

    def rungs(self) -> list[dict[str, Any]]:
        """The ladder and its steps, from the library."""
        with (DATA / "step_library.csv").open(encoding="utf-8", newline="") as lines:
            library = {row["id"]: row for row in csv.DictReader(lines)}
        made = [
            self.edit(self.space, "ladder", self.ladder, self.now, title=self.words["ladder"], wish=self.words["wish"],
                      position="a0")
        ]  # fmt: skip
        for at, (known, predicted) in enumerate(STEPS):
            row = library[known]
            self.steps[known] = (new_id(), row[f"{self.language}_title"])
            step, title = self.steps[known]
            made.append(
                self.edit(self.space, "step", step, self.now, ladder=self.ladder, title=title, predicted=predicted,
                          hint=row[f"{self.language}_hint"], position=f"a{at}", from_library=known)
            )  # fmt: skip
        return made

    def attempts(self) -> list[dict[str, Any]]:
        """Three weeks: some done, some in part, one turned back, as it goes."""
        made = []
        for tried in self.words["attempts"]:
            step, title = self.steps[tried["step"]]
            begun = self.now - timedelta(days=tried["days_ago"], hours=3)
            ended = begun + timedelta(minutes=6)
            fields = {name: value for name, value in tried.items() if name not in ("step", "days_ago")}
            fields |= {"started": milliseconds(begun), "ended": milliseconds(ended), "zone": "Asia/Tokyo"}
            fields |= {"step": step, "ladder": self.ladder, "title": title}
            made.append(self.edit(self.private, "attempt", new_id(), ended, **fields))
        return made

    def rests(self) -> list[dict[str, Any]]:
        """Days of not doing are days too."""
        made = []
        for days in self.words["rests"]:
            at = self.now - timedelta(days=days)
            rest = {"day": at.date().isoformat(), "note": "", "source": "home", "at": milliseconds(at)}
            made.append(self.edit(self.private, "rest", new_id(), at, **rest))
        return made


def new_id() -> str:
    """A fresh UUID, as a device makes it."""
    return str(uuid.uuid4())
