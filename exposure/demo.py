"""Demo: a ladder climbed for three weeks, and a therapist who reads along; marked as such, made by the real doors."""

import base64
import csv
import json
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from werkzeug.test import TestResponse

from exposure import totp
from exposure.config import CannotDo
from exposure.db import milliseconds

DATA = Path(__file__).parent / "data"
TOKYO = ZoneInfo("Asia/Tokyo")  # where the demo's person lives, wherever the demo is made
STEPS = (("H02", 15), ("H05", 25), ("T01", 30), ("T02", 35), ("T03", 45), ("T05", 55), ("T08", 70), ("T10", 80))


class AlreadyThere(CannotDo):
    """This house has its demo already, under a name and password that were told then."""


@dataclass(frozen=True)
class WayIn:
    """How to sign in as one of the two; the second key is the therapist's alone."""

    name: str
    password: str
    letters: str = ""  # for an app that makes codes
    paper: Sequence[str] = ()


def fill(app: Flask, language: str, now: datetime) -> tuple[WayIn, WayIn]:
    """Make the demo's person and all that is theirs, and their therapist; give their ways in. Raises AlreadyThere."""
    person, therapist = Demo(app, language, now), Therapist(app, language, now)
    first = person.fill()
    second = therapist.begin()
    link(person, therapist)
    return first, second


class Device:
    """A device of somebody of the demo, with a cookie of its own."""

    def __init__(self, app: Flask, language: str, now: datetime) -> None:
        self.client, self.house = app.test_client(), app.extensions["ippo"]
        self.origin = self.house.settings.url
        self.language, self.now = language, now.astimezone(TOKYO)
        words = json.loads((DATA / "demo.json").read_text(encoding="utf-8"))
        self.words: dict[str, Any] = words[language]
        self.person, self.private, self.device = new_id(), new_id(), new_id()

    def start(self, kind: str, nickname: str, name: str) -> WayIn:
        """An account with a password of its own. Raises AlreadyThere."""
        # No demo without its way in: a second one is refused before it leaves anything behind.
        password = secrets.token_urlsafe(12)
        secret = base64.urlsafe_b64encode(secrets.token_bytes(32)).rstrip(b"=").decode()
        begin = {"person": self.person, "space": self.private, "secret": secret, "nickname": nickname, "kind": kind}
        self.ask("POST", "/api/start", begin | {"language": self.language, "zone": TOKYO.key, "device": "demo"})
        if self.ask("PUT", "/api/password", {"name": name, "password": password}, refused=(409,)).status_code == 409:
            if kind == "person":
                self.ask("DELETE", "/api/account", {})
            raise AlreadyThere(
                "The demo is there already. How to sign in was told when it was made. For another one, name another "
                "folder here and where the house is opened: --data DIR (with make: ARGS=\"--data DIR\")."
            )
        return WayIn(name, password)

    def ask(self, method: str, path: str, body: dict[str, Any], refused: tuple[int, ...] = ()) -> TestResponse:
        """One request through the front door."""
        answer = self.client.open(path, method=method, json=body, base_url=self.origin)
        if answer.status_code >= 400 and answer.status_code not in refused:
            raise RuntimeError(f"{method} {path}: {answer.status_code} {answer.get_data(as_text=True)}")
        return answer

    def sync(self, edits: list[dict[str, Any]]) -> None:
        """Send what the person did."""
        told = self.ask("POST", "/api/sync", self.sending(edits)).get_json()["answers"]
        if any(one["outcome"] != "written" for one in told):
            raise RuntimeError(f"The demo does not fit this house: {told}")

    def sending(self, edits: list[dict[str, Any]]) -> dict[str, Any]:
        """The request that carries them."""
        return {"v": 1, "device": self.device, "cursors": {}, "edits": edits}

    def edit(self, space: str, kind: str, target: str, when: datetime, /, **fields: Any) -> dict[str, Any]:
        """An edit as a phone makes it."""
        named = {"id": new_id(), "space": space, "kind": kind, "target": target, "verb": "add"}
        return named | {"fields": fields, "base": {}, "at": milliseconds(when)}


class Demo(Device):
    """The person of the demo."""

    def __init__(self, app: Flask, language: str, now: datetime) -> None:
        super().__init__(app, language, now)
        self.space, self.ladder = new_id(), new_id()
        self.steps: dict[str, tuple[str, str]] = {}  # name in the library → id, wording

    def fill(self) -> WayIn:
        """Begin and climb."""
        way = self.start("person", self.words["nickname"], "demo")
        self.sync([self.settings(), *self.rungs()])
        self.sync([*self.attempts(self.words["attempts"][:-1]), *self.rests(), *self.kept_alone()])
        return way

    def settings(self) -> dict[str, Any]:
        """The honest entry page was read; anchors are the person's own."""
        anchors = {f"anchor_{at}": self.words["anchors"][at] for at in ("0", "25", "50", "75", "100")}
        rhythm = self.words["rhythm"]
        return self.edit(self.private, "setting", self.private, self.now, entry_read=True, **anchors, **rhythm) | {
            "verb": "set"
        }

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
        return [*made, self.variation()]

    def variation(self) -> dict[str, Any]:
        """One step another way: exactly one dial differs."""
        told = dict(self.words["varied"])
        known = told.pop("from")
        at = [name for name, _ in STEPS].index(known)
        beside = {"ladder": self.ladder, "varied_from": self.steps[known][0], "position": f"a{at}V"}
        return self.edit(self.space, "step", new_id(), self.now, **beside, **told)

    def attempts(self, told: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Three weeks: some done, some in part, one turned back, as it goes."""
        made = []
        for tried in told:
            step, title = self.steps[tried["step"]]
            ago = tried["days_ago"]
            begun = (self.now - timedelta(days=ago)).replace(hour=14 + ago % 4, minute=ago * 7 % 60)  # in the afternoon
            ended = begun + timedelta(minutes=6)
            fields = {name: value for name, value in tried.items() if name not in ("step", "days_ago")}
            fields |= {"started": milliseconds(begun), "ended": milliseconds(ended), "zone": TOKYO.key}
            fields |= {"step": step, "ladder": self.ladder, "title": title}
            if "looked_back" in fields:
                fields["looked_back_at"] = milliseconds(ended + timedelta(days=1))
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

    def kept_alone(self) -> list[dict[str, Any]]:
        """The diary, the monthly questions, the map of supports, the plan; of these two are shown by themselves."""
        made = []
        for kind, told in (("diary", self.words["diary"]), ("checkin", self.words["checkins"])):
            for one in told:
                at = self.now - timedelta(days=one["days_ago"])
                fields = {"sharing": "private", **{name: value for name, value in one.items() if name != "days_ago"}}
                fields |= {"day": at.date().isoformat(), "at": milliseconds(at)}
                made.append(self.edit(self.private, kind, new_id(), at, **fields))
        for place, one in enumerate(self.words["supports"]):
            made.append(self.edit(self.private, "support", new_id(), self.now, position=f"a{place}", **one))
        plan = {**self.words["plan"], "sharing": "private", "at": milliseconds(self.now)}
        return [*made, self.edit(self.private, "plan", new_id(), self.now, **plan)]


class Therapist(Device):
    """Who reads along in the demo: with a password and an app that makes codes."""

    def begin(self) -> WayIn:
        """Begin with both keys."""
        way = self.start("therapist", self.words["therapist"]["name"], "demo-therapist")
        letters = self.ask("POST", "/api/totp", {}).get_json()["secret"]
        paper = self.ask("POST", "/api/totp/confirm", {"code": totp.shown(letters, self.house.now())}).get_json()
        return WayIn(way.name, way.password, letters, paper["recovery"])

    def sending(self, edits: list[dict[str, Any]]) -> dict[str, Any]:
        """Whoever reads with others names what they read."""
        return super().sending(edits) | {"spaces": sorted({edit["space"] for edit in edits})}

    def accept(self, code: str) -> str:
        """Answer the invitation; the link's id."""
        said = {"code": code, "name": self.words["therapist"]["name"], "reads_days": [1, 4]}
        told = self.ask("POST", "/api/invitations/accept", said | {"reads_note": self.words["therapist"]["reads_note"]})
        return str(told.get_json()["consent"])

    def write(self, space: str, thread: str, steps: dict[str, tuple[str, str]]) -> None:
        """A proposal, a comment, an idea for a reminder and a few words."""
        told, at = self.words["therapist"], {"at": milliseconds(self.now)}
        (reworded, wording), (spoken, comment) = told["proposal"], told["comment"]
        reworded, spoken = steps[reworded][0], steps[spoken][0]
        proposal = self.edit(space, "step", reworded, self.now, title=wording) | {"verb": "set"}
        answers = self.ask("POST", "/api/sync", self.sending([proposal])).get_json()["answers"]
        if any(one["outcome"] != "kept" for one in answers):
            raise RuntimeError(f"The demo does not fit this house: {answers}")
        about = {"target": spoken, "target_kind": "step", "text": comment}
        self.sync([
            self.edit(space, "comment", new_id(), self.now, **about, **at),
            self.edit(space, "idea", new_id(), self.now, step=spoken, ladder=None, window=60, **told["idea"], **at),
            self.edit(thread, "message", new_id(), self.now, text=told["message"], **at),
        ])  # fmt: skip


def link(person: Demo, therapist: Therapist) -> None:
    """From the invitation to a first look, and one try after it."""
    made = person.ask("POST", "/api/invitations", {}).get_json()
    consent = therapist.accept(made["code"])
    terms = {"ladders": {person.space: "propose"}, "entries": "all", "messages": True}
    thread = person.ask("PUT", f"/api/consents/{consent}", terms).get_json()["thread"]
    therapist.client.get(f"/api/people/{consent}", base_url=person.origin)
    therapist.write(person.space, thread, person.steps)
    reply = {"text": person.words["therapist"]["reply"], "at": milliseconds(person.now)}
    person.sync([
        *person.attempts(person.words["attempts"][-1:]),
        person.edit(thread, "message", new_id(), person.now, **reply),
    ])  # fmt: skip


def new_id() -> str:
    """A fresh UUID, as a device makes it."""
    return str(uuid.uuid4())
