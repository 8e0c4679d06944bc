"""Commands of ours without the wait for their libraries: they are loaded once, and each command is forked from there.

    python -m tests.shell DOOR        a line of JSON comes in by this socket; a process's id and its exit code go out

A process of its own for every command and server, with its own environment, output and end; the loading alone is left
out, most of what a short command costs. That each command loads what it needs is seen wherever it is run from the
command line: `test_cli`, `test_wheel`, and every house that is opened with `Running`.
"""

import contextlib
import ctypes
import json
import os
import signal
import socket
import sys
from typing import Any

import exposure.app
import exposure.clock
import exposure.server  # noqa: F401 - what commands need
from exposure import cli
from exposure.commands import backup, breach, demo, look, migrate, serve, settle, web  # noqa: F401


def next_asked(door: socket.socket) -> dict[str, Any]:
    """Come back in a new process for each command that is asked for, and never in this one."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # wardens are buried at once
    while True:
        asking, _ = door.accept()
        if not os.fork():
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            end_with_parent()
            asked = json.loads(asking.makefile().readline())
            command = os.fork()
            if not command:
                end_with_parent()
                asking.close()
                door.close()
                return asked
            # The warden: others may ask meanwhile.
            with contextlib.suppress(OSError):  # as in `become`; whoever is told of it may end it at once
                os.setpgid(command, command)
            asking.sendall(f"{command}\n".encode())
            code = os.waitstatus_to_exitcode(os.waitpid(command, 0)[1])
            asking.sendall(f"{code}\n".encode())
            os._exit(0)
        asking.close()


def end_with_parent() -> None:
    """Never outlive the tests, nor whoever waits for this process."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def become(asked: dict[str, Any]) -> list[str]:
    """As a shell would start it: with its children it can be ended at one stroke."""
    os.setpgid(0, 0)
    for number, name in asked["into"].items():
        os.dup2(os.open(name, os.O_WRONLY | os.O_TRUNC), int(number))
    os.environ.clear()
    os.environ.update(asked["environ"])
    os.chdir(asked["cwd"])
    return asked["arguments"]


if __name__ == "__main__":
    end_with_parent()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(sys.argv[1])
        listening.listen()
        print("ready", flush=True)
        wanted = next_asked(listening)
    # Out here, so that the interpreter ends as it always does: it is then that SQLite folds its log into the database.
    sys.exit(cli.main(become(wanted)))
