"""Commands and servers of ours in tests, each in a process of its own, forked with its libraries (`tests.shell`)."""

import atexit
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path


@cache
def shell() -> str:
    """Where commands are asked for; one for each process of tests."""
    folder = Path(tempfile.mkdtemp(prefix="ippo-shell"))
    command = [sys.executable, "-m", "tests.shell", str(folder / "door")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "ready\n"

    def end() -> None:
        process.kill()
        process.communicate()
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(end)
    return str(folder / "door")


class Forked:
    """One command, begun; what of `subprocess.Popen` is needed of it.

    `into` names the files that what it says goes to, by its file descriptors; else it says it where the tests do.
    """

    def __init__(self, *arguments: str, environ: Mapping[str, str], into: Mapping[int, str] | None = None) -> None:
        told = {"arguments": arguments, "environ": dict(environ), "cwd": str(Path.cwd()), "into": dict(into or {})}
        self._line = socket.socket(socket.AF_UNIX)
        self._line.connect(shell())
        self._line.sendall(json.dumps(told).encode() + b"\n")
        self._said = b""
        self.returncode: int | None = None
        self.pid = self._next(60)

    def _next(self, seconds: float) -> int:
        """The next number that is said of it. Raises TimeoutError when none is, in so many seconds."""
        self._line.settimeout(seconds)
        while b"\n" not in self._said:
            told = self._line.recv(100)
            assert told, "nobody waits for this command any more"
            self._said += told
        number, _, self._said = self._said.partition(b"\n")
        return int(number)

    def wait(self, seconds: float) -> int:
        """Its exit code. Raises TimeoutError while it still runs."""
        if self.returncode is None:
            self.returncode = self._next(seconds)
            self._line.close()
        return self.returncode

    def poll(self) -> int | None:
        """Its exit code, None while it runs."""
        with contextlib.suppress(TimeoutError):
            return self.wait(0.0001)
        return None

    def terminate(self) -> None:
        self._tell(os.kill, signal.SIGTERM)

    def kill(self) -> None:
        """With its children."""
        self._tell(os.killpg, signal.SIGKILL)

    def _tell(self, whom: Callable[[int, int], None], number: signal.Signals) -> None:
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):  # it ended this instant
                whom(self.pid, number)
