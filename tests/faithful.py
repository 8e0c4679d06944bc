"""Phones that keep to the client's rule while the house is killed, cut and filled: what was written waits on the phone
until it is answered, is sent again under the same ids, and what the answers bring is laid beside what is there.

    phones = at_work(port, 4)                # they write as fast as they are answered
    ... kill something ...
    told = come_home(phones)                 # they send what waits, and look at everything anew
    told.acknowledged, told.lost, told.halves, told.unequal, told.answers
"""

import http.client
import json
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.processes import Device

BATCH = 3  # edits of one request: one transaction, whole or not at all
AGAIN = 0.05  # seconds; a real phone waits longer, but then nobody would see what lies between
PATIENCE = 60.0


@dataclass
class Answer:
    """One request, as the phone saw it: monotonic seconds, and what came (0: the line was cut)."""

    asked: float
    came: float
    status: int
    retry_after: str = ""
    says: str = ""


class Phone(threading.Thread):
    """Ada's phone, writing all the time, until `stop` is set."""

    def __init__(self, device: Device, words: str = "") -> None:
        super().__init__(daemon=True)
        self.device, self.words = device, words
        self.until: Callable[[], bool] = lambda: False
        self.stop = threading.Event()
        self.acknowledged: dict[str, str] = {}  # target -> note
        self.rows: dict[str, dict[str, Any]] = {}
        self.cursor = 0
        self.history: list[Answer] = []
        self.halves = self.wrong = 0
        self.outbox: list[dict[str, Any]] = []
        self.line: http.client.HTTPConnection | None = None

    def run(self) -> None:
        unknown = False
        while not self.stop.is_set() and not self.until():
            if unknown:
                unknown = not self.look()
                continue
            if not self.outbox:
                self.outbox = [self.device.edit(note=uuid.uuid4().hex + self.words) for _ in range(BATCH)]
            unknown = not self.send()

    def send(self) -> bool:
        """Send what waits. False when nobody knows what became of it."""
        status, body = self.sync(self.outbox)
        if status != 200:
            return status != 0
        sent = {edit["id"]: edit for edit in self.outbox}
        for answer in body["answers"]:
            edit = sent.pop(answer["id"])
            self.wrong += answer["outcome"] != "written"
            self.acknowledged[edit["target"]] = edit["fields"]["note"]
        self.outbox = list(sent.values())
        return True

    def look(self) -> bool:
        """After a cut line: is what was on its way there whole, or not at all?"""
        status, _ = self.sync([])
        if status != 200:
            return False
        there = sum(edit["target"] in self.rows for edit in self.outbox)
        self.halves += there not in (0, len(self.outbox))
        return True

    def sync(self, edits: Sequence[dict[str, Any]]) -> tuple[int, Any]:
        """One exchange: the status (0 for a cut line) and the body; rows and cursor move together."""
        space = self.device.space
        asked = {"v": 1, "device": self.device.device, "cursors": {space: self.cursor}, "edits": list(edits)}
        status, body = self.ask("POST", "/api/sync", asked)
        if status == 200 and (news := body["spaces"].get(space)):
            self.rows |= {row["id"]: row["fields"] for row in news["rows"]}
            self.cursor = news["revision"]
        return status, body

    def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """One request on the kept line, written down in the history."""
        begun = time.monotonic()
        headers = {"Host": f"localhost:{self.device.port}", "Cookie": self.device.cookie}
        try:
            self.line = self.line or http.client.HTTPConnection("127.0.0.1", self.device.port, timeout=20)
            text = None if body is None else json.dumps(body)
            self.line.request(method, path, text, headers | ({"Content-Type": "application/json"} if text else {}))
            answer = self.line.getresponse()
            raw = answer.read()
            self.device.cookie = (answer.getheader("Set-Cookie") or self.device.cookie).split(";")[0]
        except (OSError, http.client.HTTPException):
            self.hang_up()
            self.history.append(Answer(begun, time.monotonic(), 0))
            self.stop.wait(AGAIN)
            return 0, None
        told = json.loads(raw) if raw[:1] == b"{" else {}
        said = Answer(
            begun, time.monotonic(), answer.status, answer.getheader("Retry-After", ""), told.get("detail", "")
        )
        self.history.append(said)
        if answer.status >= 500:
            self.stop.wait(AGAIN)
        return answer.status, told

    def hang_up(self) -> None:
        if self.line:
            self.line.close()
        self.line = None


@dataclass
class Told:
    """What all phones have seen."""

    acknowledged: int = 0
    lost: int = 0  # acknowledged, and not there, or not as it was written
    halves: int = 0  # requests of which a part was there
    unequal: int = 0  # phones that hold something else than a fresh one is given
    wrong: int = 0  # edits that were not written
    answers: Counter[int] = field(default_factory=Counter)
    history: list[Answer] = field(default_factory=list)

    def is_whole(self) -> bool:
        return self.acknowledged > 0 and not (self.lost or self.halves or self.unequal or self.wrong)


def at_work(port: int, count: int) -> list[Phone]:
    """So many phones of as many people, writing."""
    phones = [Phone(Device(port)) for _ in range(count)]
    for phone in phones:
        phone.start()
    return phones


def come_home(phones: list[Phone], port: int = 0) -> Told:
    """Stop them, let them send what waits, and lay what a fresh phone is given beside what they hold and were told."""
    told = Told()
    for phone in phones:
        phone.stop.set()
    for phone in phones:
        phone.join(PATIENCE)
        phone.device.port = port or phone.device.port
        settle(phone)
        phone.hang_up()
        there = phone.device.rows()
        told.acknowledged += len(phone.acknowledged)
        told.lost += sum(there.get(row, {}).get("note") != note for row, note in phone.acknowledged.items())
        told.halves += phone.halves
        told.unequal += there != phone.rows
        told.wrong += phone.wrong
        told.history += phone.history
    told.answers = Counter(answer.status for answer in told.history)
    return told


def settle(phone: Phone) -> None:
    """Send until nothing waits, and fetch what others' requests may have left unfetched."""
    deadline = time.monotonic() + PATIENCE
    while True:
        done = phone.send() if phone.outbox else phone.look()
        if done and not phone.outbox and phone.look():
            return
        assert time.monotonic() < deadline, "the house does not come back"
        time.sleep(AGAIN)
