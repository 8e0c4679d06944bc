"""The door for whoever runs the house, walked through with real processes: start, stop, check."""

import argparse
import json
import re
import shutil
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from pkgutil import resolve_name

import pytest

from exposure import cli, commands
from tests.processes import Device, Running, ask, bare_environment, exposure, free_port, write_for


@pytest.fixture
def running(data: Path) -> Iterator[Running]:
    """`exposure serve` in an empty folder."""
    served = Running(data)
    yield served
    if served.process.poll() is None:
        served.end()
    served.close()


def test_serve_makes_everything_and_says_where_to_open_it(running: Running) -> None:
    running.until_it_says(f"http://localhost:{running.port}")
    assert (running.data / "ippo.db").exists()
    for name in ("keys/master.key", "keys/vapid.pem", "ippo.db"):
        assert stat.S_IMODE((running.data / name).stat().st_mode) == 0o600, name


def test_the_keys_of_the_first_start_are_never_written_over(running: Running) -> None:
    names = ("master.key", "vapid.pem")
    before = [(running.data / "keys" / name).read_bytes() for name in names]
    phone = Device(running.port)
    phone.sync(phone.edit(note="雨の日"))
    running.end()
    again = Running(running.data, port=running.port)
    try:
        assert [(running.data / "keys" / name).read_bytes() for name in names] == before
        assert [row["note"] for row in phone.rows().values() if "note" in row] == ["雨の日"]
    finally:
        again.end()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_it_ends_within_five_seconds_with_a_stream_open(running: Running, how: signal.Signals) -> None:
    phone = Device(running.port)
    with socket.create_connection(("127.0.0.1", running.port), 10) as stream:
        request = f"GET /api/live HTTP/1.1\r\nHost: localhost:{running.port}\r\nCookie: {phone.cookie}\r\n\r\n"
        stream.sendall(request.encode())
        begun = stream.recv(4096)
        assert b" 200 " in begun.split(b"\r\n", 1)[0]
        assert running.end(how) < 5
        rest = b""
        while piece := stream.recv(4096):
            rest += piece
    # Ended by the app, not cut: the last chunk of the answer is there.
    assert (begun + rest).endswith(b"0\r\n\r\n")
    # All of the database is in its one file: nobody who copies that one has less.
    assert [path.name for path in running.data.glob("ippo.db*")] == ["ippo.db"]


def test_nothing_acknowledged_is_lost_when_it_ends_under_writes(running: Running) -> None:
    writers = write_for(1.0, running.port)
    running.end()
    for writer in writers:
        writer.join(10)
    again = Running(running.data, port=running.port)
    try:
        for writer in writers:
            assert len(writer.acknowledged) > 0
            assert set(writer.acknowledged) <= set(writer.device.rows())
    finally:
        again.end()


def test_a_part_that_is_killed_is_started_again(running: Running) -> None:
    running.until_it_says("open at")
    phone = Device(running.port)
    before = running.children()
    assert len(before) == 2
    for pid in before:
        subprocess.run(["kill", "-9", str(pid)], check=True)
    deadline = time.monotonic() + 30
    while len(now := running.children()) < 2 or set(now) & set(before):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    while True:
        try:
            phone.sync(phone.edit())
            break
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.2)


def test_a_killed_supervisor_leaves_nobody_on_its_port(running: Running) -> None:
    running.until_it_says("open at")
    children = running.children()
    running.process.kill()
    running.process.wait()
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{pid}/exe").exists() for pid in children):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    Running(running.data, port=running.port).end()


def test_a_taken_port_is_said_in_one_sentence(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = exposure("serve", "--port", str(port), data=data)
    assert told.returncode == 1
    assert told.stderr == f"exposure: port {port} is taken. Choose another: --port {port + 1}\n"


@pytest.mark.parametrize(
    ("said", "url", "port", "told"),
    [
        ("", "", 8000, "http://localhost:8000"),
        ("", "http://localhost:8733", 8733, "http://localhost:8733"),
        ("", "http://127.0.0.1:8733/", 8733, "http://127.0.0.1:8733/"),
        ("", "http://localhost", 8000, "http://localhost"),
        ("", "https://ippo.example:8443", 8000, "https://ippo.example:8443"),
        ("", "http://localhost:99999", 8000, "http://localhost:99999"),
        ("8734", "", 8734, "http://localhost:8734"),
        ("8734", "http://localhost:8733", 8734, "http://localhost:8733"),
    ],
)
def test_the_port_is_what_was_said_or_that_of_an_address_on_this_machine(
    monkeypatch: pytest.MonkeyPatch, said: str, url: str, port: int, told: str
) -> None:
    monkeypatch.setenv("IPPO_URL", url)
    for command in ("serve", "web"):
        asked = cli.parser().parse_args([command, *(["--port", said] if said else [])])
        assert commands.environment(asked)["IPPO_URL"] == told
        assert asked.port == port


def test_every_command_is_there() -> None:
    (below,) = [one for one in cli.parser()._actions if isinstance(one, argparse._SubParsersAction)]
    for name, one in below.choices.items():
        assert callable(resolve_name(f"exposure.commands.{one.get_default('command')}")), name


def test_a_moment_that_is_none_is_told_how_it_is_written(data: Path) -> None:
    told = exposure("affected", "--since", "yesterday", data=data)
    assert told.returncode == 2
    assert "'yesterday' is no moment. Please as 2026-11-20 or 2026-11-20T21:00" in told.stderr


def test_whoever_reads_only_the_beginning_is_told_of_no_broken_pipe(data: Path) -> None:
    command = [sys.executable, "-m", "exposure.cli", "sbom", "--data", str(data)]
    with subprocess.Popen(
        command, env=bare_environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0
    ) as told:
        assert told.stdout.read(1) == b"{"
        told.stdout.close()
        assert told.stderr.read() == b""


def test_it_answers_where_its_address_says(data: Path) -> None:
    port = free_port()
    running = Running(data, port=port, say_port=False, IPPO_URL=f"http://localhost:{port}")
    try:
        running.until_it_says(f"open at http://localhost:{port}")
        assert not any("listens at" in line for line in running.said)
    finally:
        running.end()
    behind = Running(data, IPPO_URL="https://ippo.example")
    try:
        behind.until_it_says("open at https://ippo.example")
        behind.until_it_says(f"It listens at 127.0.0.1, port {behind.port};")
    finally:
        behind.end()


def test_a_setting_that_cannot_be_used_is_said_in_one_sentence(data: Path) -> None:
    command = [sys.executable, "-m", "exposure.cli", "serve", "--port", str(free_port()), "--data", str(data)]
    environ = bare_environment(IPPO_THREADS="many")
    told = subprocess.run(command, env=environ, capture_output=True, text=True, check=False, timeout=60)
    assert told.returncode == 1
    assert told.stderr == "exposure: IPPO_THREADS wants a whole number from 8 to 4096, not 'many'\n"


def test_check_finds_what_is_not_well(running: Running, tmp_path: Path) -> None:
    running.until_it_says("open at")
    Device(running.port)
    deadline = time.monotonic() + 40
    while (well := exposure("check", data=running.data)).returncode:
        assert time.monotonic() < deadline, well.stdout
        time.sleep(1)
    assert "NOT WELL" not in well.stdout
    running.end()

    other = tmp_path / "other"
    shutil.copytree(running.data, other)
    key = other / "keys" / "master.key"
    key.chmod(0o644)
    assert "can be read by others" in exposure("check", data=other).stdout
    key.chmod(0o600)
    key.write_text("A" * 43 + "=")
    assert "does not open what people wrote" in exposure("check", data=other).stdout
    key.unlink()
    told = exposure("check", data=other)
    assert (told.returncode, "is missing" in told.stdout) == (1, True)
    assert not key.exists(), "a check must never make a new key in the place of a lost one"


def test_a_clock_that_fell_silent_is_found_and_health_turns_red(running: Running) -> None:
    running.until_it_says("open at")
    deadline = time.monotonic() + 40
    while json.loads((answer := ask(running.port, "GET", "/healthz"))[2])["clock"] != "alive":
        assert time.monotonic() < deadline
        time.sleep(0.2)
    assert answer[0] == 200
    running.end()
    with sqlite3.connect(running.data / "ippo.db") as opened:
        opened.execute("UPDATE heartbeat SET at = at - 120000")
    told = exposure("check", data=running.data)
    assert told.returncode == 1
    assert "NOT WELL  clock" in told.stdout


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_two_of_the_demo_can_be_signed_in_to_and_are_made_once(data: Path, language: str) -> None:
    told = exposure("demo", "--language", language, data=data)
    assert told.returncode == 0, told.stderr
    ways = dict(re.findall(r"sign in as (\S+) with the password (\S+)", told.stdout))
    paper = re.findall(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b", told.stdout)
    assert (set(ways), len(paper)) == ({"demo", "demo-therapist"}, 10)
    assert exposure("demo", data=data).stderr.startswith("exposure: The demo is there already.")
    running = Running(data)
    try:
        cookies = {name: signed_in(running.port, name, password) for name, password in ways.items()}
        _, _, owned = ask(running.port, "GET", "/api/export", cookie=cookies["demo"])
        shut, _, _ = ask(running.port, "GET", "/api/people", cookie=cookies["demo-therapist"])
        code = {"code": paper[0]}
        _, headers, _ = ask(running.port, "POST", "/api/signin/factor", code, cookie=cookies["demo-therapist"])
        risen = headers["Set-Cookie"].partition(";")[0]  # another one, once the second key was shown
        _, _, people = ask(running.port, "GET", "/api/people", cookie=risen)
    finally:
        running.end()
        running.close()
    assert owned.decode().count('"from_library": "H05"') == 1
    mark = "見本" if language == "ja" else "Demo"
    assert mark in owned.decode()
    (person,) = json.loads(people)["people"]
    assert (shut, person["name"], person["state"]) == (403, mark, "confirmed")
    assert person["news"]["entries"] == person["news"]["messages"] == 1


def signed_in(port: int, name: str, password: str) -> str:
    """The cookie of somebody who has just signed in."""
    status, headers, _ = ask(port, "POST", "/api/signin", {"name": name, "password": password})
    assert status == 200
    return headers["Set-Cookie"].split(";")[0]
