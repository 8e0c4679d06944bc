"""Real processes of ours in tests: `exposure serve` on a port nobody uses, and a device that speaks to it."""

import base64
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path
from typing import Any

from tests.canaries import RUN
from tests.forked import Forked

PATIENCE = 40  # seconds
OURS = ("IPPO_", "DATABASE_URL")


def free_port() -> int:
    """A loopback port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def bare_environment(**more: str) -> dict[str, str]:
    """Our environment without any setting of the app."""
    return {name: value for name, value in os.environ.items() if not name.startswith(OURS)} | more


def until_it_answers(port: int, process: "subprocess.Popen[str]") -> None:
    """Wait for any answer of the web server. Raises AssertionError when the process ends or nobody answers."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert process.poll() is None, f"the server ended with {process.returncode}"
        try:
            ask(port, "GET", "/app")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("nobody answers")


def ask(port: int, method: str, path: str, body: Any = None, cookie: str = "") -> tuple[int, Any, bytes]:
    """One request over a connection of its own: status, headers, content."""
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {"Host": f"localhost:{port}", "Cookie": cookie}
    RUN.hear(body)
    if body is not None:
        headers["Content-Type"] = "application/json"
    try:
        asked.request(method, path, None if body is None else json.dumps(body), headers)
        answer = asked.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        asked.close()


def exposure(*arguments: str, data: Path, **environ: str) -> "subprocess.CompletedProcess[str]":
    """Run one command to its end, in a process of its own."""
    said = [*arguments, "--data", str(data)]
    with (
        tempfile.NamedTemporaryFile("r", encoding="utf-8") as out,
        tempfile.NamedTemporaryFile("r", encoding="utf-8") as err,
    ):
        command = Forked(*said, environ=bare_environment(**environ), into={1: out.name, 2: err.name})
        return subprocess.CompletedProcess(said, command.wait(60), out.read(), err.read())


def people(data: Path) -> str:
    """What a check says of the people's keys."""
    return next(line for line in exposure("check", data=data).stdout.splitlines() if " people " in line)


def children(pid: int) -> list[int]:
    """The processes this one has started and still has."""
    try:
        lists = [(task / "children").read_text() for task in Path(f"/proc/{pid}/task").iterdir()]
    except OSError:  # it ended meanwhile
        return []
    return [int(one) for text in lists for one in text.split()]


class Running:
    """`exposure serve` (or another command that serves) in a process of its own."""

    def __init__(
        self, data: Path, *command: str, port: int = 0, cwd: Path | None = None, say_port: bool = True, **environ: str
    ) -> None:
        self.port = port or free_port()
        self.data = data
        said = [*(command or [sys.executable, "-m", "exposure.cli"]), "serve"]
        where = ["--port", str(self.port)] if say_port else []
        self.process = subprocess.Popen(
            [*said, *where, "--data", str(data)], cwd=cwd, env=bare_environment(**environ),
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        self.said: list[str] = []
        RUN.lines.append(self.said)
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        try:
            until_it_answers(self.port, self.process)
        except AssertionError as error:
            self.process.kill()
            raise AssertionError("".join(self.said)) from error

    def _read(self) -> None:
        assert self.process.stdout
        self.said.extend(self.process.stdout)

    def until_it_says(self, words: str) -> None:
        """Wait for a line with these words."""
        deadline = time.monotonic() + PATIENCE
        while not any(words in line for line in self.said):
            assert time.monotonic() < deadline, self.said
            time.sleep(0.05)

    def end(self, how: signal.Signals = signal.SIGTERM) -> float:
        """Ask it to end and return the seconds it took; it must end well."""
        asked = time.monotonic()
        self.process.send_signal(how)
        code = self.process.wait(15)
        self.close()
        assert code == 0, "".join(self.said)
        return time.monotonic() - asked

    def close(self) -> None:
        """Let go of what it said, once it has ended."""
        self.reader.join(5)
        if self.process.stdout:
            self.process.stdout.close()

    def children(self) -> list[int]:
        """The parts this one watches over."""
        return children(self.process.pid)


class Device:
    """Ada's phone as the server sees it: begins as a guest, then sends edits."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.device, self.person, self.space = (str(uuid.uuid4()) for _ in range(3))
        secret = base64.urlsafe_b64encode(os.urandom(32)).rstrip(b"=").decode()
        begin = {"person": self.person, "space": self.space, "secret": secret, "nickname": "", "language": "ja",
                 "zone": "Asia/Tokyo", "device": "Ada's phone"}  # fmt: skip
        status, headers, body = ask(port, "POST", "/api/start", begin)
        assert status == 201, body
        self.cookie = headers["Set-Cookie"].split(";")[0]

    def edit(self, day: str = "2026-11-21", note: str = "") -> dict[str, Any]:
        """A day of not doing, as the phone makes it."""
        at = 1763760000000
        fields = {"day": day, "note": note, "source": "home", "at": at}
        named = {"id": str(uuid.uuid4()), "space": self.space, "kind": "rest", "target": str(uuid.uuid4())}
        return named | {"verb": "add", "fields": fields, "base": {}, "at": at}

    def sync(self, *edits: dict[str, Any], cursor: int = 0) -> dict[str, Any]:
        """Send edits, get what changed. Raises OSError when the server is gone or about to be (503)."""
        asked = {"v": 1, "device": self.device, "cursors": {self.space: cursor}, "edits": list(edits)}
        status, _, body = ask(self.port, "POST", "/api/sync", asked, self.cookie)
        if status == 503:
            raise ConnectionError(body)
        assert status == 200, body
        answer: dict[str, Any] = json.loads(body)
        return answer

    def rows(self) -> dict[str, dict[str, Any]]:
        """Everything of Ada's private space, by id."""
        found: dict[str, dict[str, Any]] = {}
        cursor, more = 0, True
        while more:
            told = self.sync(cursor=cursor)["spaces"].get(self.space)
            if told is None:
                break
            found |= {row["id"]: row["fields"] for row in told["rows"]}
            cursor, more = told["revision"], told["more"]
        return found


class Writer(threading.Thread):
    """A phone that writes as fast as it is answered, until the server is gone or it is told to stop."""

    def __init__(self, device: Device, note: str = "") -> None:
        super().__init__(daemon=True)
        self.device = device
        self.note = note
        self.acknowledged: list[str] = []
        self.stop = threading.Event()

    def run(self) -> None:
        cursor = 0
        while not self.stop.is_set():
            edit = self.device.edit(note=self.note)
            try:
                answer = self.device.sync(edit, cursor=cursor)
            except OSError:
                return
            assert answer["answers"][0]["outcome"] == "written"
            cursor = answer["spaces"][self.device.space]["revision"]
            self.acknowledged.append(edit["target"])


def write_for(seconds: float, port: int, writers: int = 4) -> list[Writer]:
    """Writers that have been at work for a while and still are."""
    made = [Writer(Device(port)) for _ in range(writers)]
    for writer in made:
        writer.start()
    time.sleep(seconds)
    return made
