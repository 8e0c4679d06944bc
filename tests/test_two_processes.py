"""Two web processes on one PostgreSQL (and one on SQLite): a change made through one reaches a stream on the other."""

import base64
import contextlib
import http.client
import json
import os
import tempfile
import threading
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.processes import Running, ask
from tests.web.people import PASSWORD, beginning
from tests.web.therapists import code_at

SOON = 2.0  # seconds


class Browser:
    """Somebody's browser, which may speak to either process."""

    def __init__(self, ports, kind):
        self.ports, self.cookie, self.device = ports, "", new_id()
        body = beginning(kind=kind)
        status, headers, raw = ask(ports[0], "POST", "/api/start", body)
        assert status == 201, raw
        self.person, self.space = body["person"], body["space"]
        self.cookie = headers["Set-Cookie"].split(";")[0]

    def ask(self, method, path, body=None, *, at=0, status=200):
        got, headers, raw = ask(self.ports[at], method, path, body, self.cookie)
        assert got == status, (got, raw)
        self.cookie = headers.get("Set-Cookie", self.cookie).split(";")[0]
        return json.loads(raw) if raw else None

    def sync(self, *edits, at=0):
        body = {"v": 1, "device": self.device, "cursors": {}, "edits": list(edits)}
        told = self.ask("POST", "/api/sync", body, at=at)
        assert [answer["outcome"] for answer in told["answers"]] == ["written"] * len(edits), told
        return told

    def add(self, kind, target, space=None, /, **fields):
        made = {"id": new_id(), "space": space or self.space, "kind": kind, "target": target, "verb": "add"}
        return made | {"fields": fields, "base": {}, "at": 1763760000000}


class Stream(threading.Thread):
    """An open stream of this browser at one of the processes: what it was told, and whether it ended."""

    def __init__(self, browser, at):
        super().__init__(daemon=True)
        self.connection = http.client.HTTPConnection("127.0.0.1", browser.ports[at], timeout=60)
        self.connection.request("GET", "/api/live", headers={"Cookie": browser.cookie})
        self.answer = self.connection.getresponse()
        assert self.answer.status == 200, self.answer.read()
        self.pokes, self.ended = [], threading.Event()
        self.start()
        time.sleep(0.3)  # it listens

    def run(self):
        with contextlib.suppress(OSError, http.client.HTTPException):
            while line := self.answer.readline():
                if line.startswith(b"data: "):
                    self.pokes.append(line[6:].strip().decode())
        self.ended.set()


def new_id():
    return str(uuid.uuid4())


def within(seconds, fits):
    end = time.monotonic() + seconds
    while not fits():
        assert time.monotonic() < end, "it did not come in time"
        time.sleep(0.02)


@pytest.fixture(scope="module", params=["one process on sqlite", "two processes on postgresql"])
def ports(request):
    """The doors of the house: the first for Ada, the last for Theo."""
    folder = Path(tempfile.mkdtemp(prefix="ippo-two-"))
    if request.param.startswith("one"):
        houses = [Running(folder)]
    else:
        cluster = request.getfixturevalue("cluster")
        key = base64.urlsafe_b64encode(os.urandom(32)).decode()
        said = {"DATABASE_URL": cluster.fresh_database(), "IPPO_MASTER_KEY": key}
        houses = [Running(folder, **said) for _ in range(2)]
    yield [houses[0].port, houses[-1].port]
    for house in houses:
        house.end()


@pytest.fixture
def linked(ports):
    """Ada with a ladder, and Theo who reads it through the other process; the ids of what they share."""
    ada, theo = Browser(ports, "person"), Browser(ports, "therapist")
    space, ladder = new_id(), new_id()
    ada.sync(ada.add("ladder", ladder, space, title="外へ", position="a0"))
    theo.ask("PUT", "/api/password", {"name": f"theo{new_id()[:8]}", "password": PASSWORD}, at=1)
    secret = theo.ask("POST", "/api/totp", {}, at=1)["secret"]
    theo.ask("POST", "/api/totp/confirm", {"code": code_at(secret, datetime.now(UTC))}, at=1)
    code = ada.ask("POST", "/api/invitations", {}, status=201)["code"]
    said = {"code": code, "name": "テオ", "reads_days": [0], "reads_note": ""}
    consent = theo.ask("POST", "/api/invitations/accept", said, at=1, status=201)["consent"]
    terms = {"ladders": {space: "write"}, "entries": "all", "messages": True}
    ada.ask("PUT", f"/api/consents/{consent}", terms)
    return ada, theo, space, ladder, consent


def test_each_hears_what_the_other_writes_through_another_door(linked):
    ada, theo, space, ladder, consent = linked
    adas, theos = Stream(ada, 0), Stream(theo, 1)
    ada.sync(ada.add("step", new_id(), space, ladder=ladder, title="窓を開ける", position="a0"))
    within(SOON, lambda: space in theos.pokes)
    ada.sync(ada.add("rest", new_id(), day="2026-11-20"))
    within(SOON, lambda: consent in theos.pokes)
    del adas.pokes[:]
    theo.sync(theo.add("comment", new_id(), space, target=ladder, target_kind="ladder", text="いいですね"), at=1)
    within(SOON, lambda: space in adas.pokes)


def test_a_look_through_one_door_stands_in_the_log_behind_the_other(linked):
    ada, theo, _, _, consent = linked
    theo.ask("GET", f"/api/people/{consent}", at=1)
    assert [one["what"] for one in ada.ask("GET", "/api/visits")["visits"]] == ["overview"]


def test_withdrawing_at_one_door_shuts_the_other_at_once(linked):
    ada, theo, space, _, consent = linked
    stream = Stream(theo, 1)
    theo.ask("GET", f"/api/people/{consent}", at=1)
    began = time.monotonic()
    ada.ask("DELETE", f"/api/consents/{consent}", status=204)
    theo.ask("GET", f"/api/people/{consent}", at=1, status=404)
    named = {"v": 1, "device": theo.device, "spaces": [space], "cursors": {}, "edits": []}
    theo.ask("POST", "/api/sync", named, at=1, status=404)
    assert stream.ended.wait(SOON)
    print(f"the stream ended after {time.monotonic() - began:.2f} s")
    assert consent in stream.pokes
    assert theo.ask("GET", "/api/people", at=1)["people"] == []


def test_requests_at_both_doors_race_a_withdrawal_and_none_is_late(linked):
    ada, theo, space, _, consent = linked
    stop, let_in = threading.Event(), []

    def read(at):
        named = {"v": 1, "device": theo.device, "spaces": [space], "cursors": {}, "edits": []}
        while not stop.is_set():
            began = time.monotonic()
            page, _, _ = ask(theo.ports[at], "GET", f"/api/people/{consent}", None, theo.cookie)
            let_in.append((began, page))
            began = time.monotonic()
            let_in.append((began, ask(theo.ports[at], "POST", "/api/sync", named, theo.cookie)[0]))

    readers = [threading.Thread(target=read, args=(at % 2,), daemon=True) for at in range(4)]
    for reader in readers:
        reader.start()
    time.sleep(1)
    ada.ask("DELETE", f"/api/consents/{consent}", status=204)
    answered = time.monotonic()
    time.sleep(1)
    stop.set()
    for reader in readers:
        reader.join(20)
    early = [status for began, status in let_in if began <= answered]
    late = [status for began, status in let_in if began > answered]
    assert 200 in early
    assert late
    assert set(late) == {404}
