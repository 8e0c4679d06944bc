"""Sieve: a large file is read in a process of its own, and what is wanted of it comes back row by row.

Python reads JSON in one breath: a file of many small values would keep everybody in this process waiting for seconds,
and fill its memory for good. So the process that reads it is one nobody else waits for, with limits of its own, and it
ends with its file. What comes back is read a row at a time, with room for others in between.
"""

from __future__ import annotations

import io
import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

from exposure.document import of_file
from exposure.errors import TooLarge, Trouble, Unreadable
from exposure.strict import MOST_BYTES, read_object
from exposure.turns import resting

SECONDS: Final = 20
"""Of a processor, for one file; three times as many on the clock."""
MEMORY: Final = 1536 * 1024 * 1024
MOST_ROW: Final = 2 * 1024 * 1024
"""Bytes of one row: the longest that can be is a proposal of 200,000 letters."""
NOT_OURS: Final = "not_an_export"

_READ: Final = "from exposure.sieve import main; main({}, {})"


def sift(raw: bytes, most: int, parts: int) -> dict[str, Any] | None:
    """The document a file holds (at most `most` bytes and `parts` lists and objects), or None when it is none of ours.

    Raises TooLarge, Unreadable.
    """
    if len(raw) > most:
        raise TooLarge
    if len(raw) <= MOST_BYTES:
        return of_file(read_object(raw, most, parts))
    with resting():
        said = _elsewhere(raw, _READ.format(most, parts))
    told = io.BytesIO(said)
    head: dict[str, Any] = json.loads(told.readline())
    if "trouble" in head:
        if head["trouble"] == NOT_OURS:
            return None
        raise TooLarge if head["trouble"] == TooLarge.code else Unreadable(code=head["trouble"])
    for line in told:
        at, row = json.loads(line)
        head["spaces"][at]["rows"].append(row)
    return head


def _elsewhere(raw: bytes, read: str) -> bytes:
    # It needs no word of our surroundings, where keys may lie; only the way to this very program.
    around = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    try:
        made = subprocess.run(
            [sys.executable, "-P", "-c", read],
            input=raw, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=around, timeout=3 * SECONDS, check=True,
        )  # fmt: skip
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        raise TooLarge from None  # it took more than any file of ours takes; and its command line is no news for a log
    return made.stdout


def main(most: int, parts: int) -> None:
    """In the other process: read a file from where it comes, and say what it holds."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    with suppress(ValueError):  # not every system keeps this one
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        lines = list(_lines(of_file(read_object(sys.stdin.buffer.read(), most, parts))))
    except Trouble as trouble:
        lines = [_line({"trouble": trouble.code})]
    sys.stdout.buffer.writelines(lines)
    sys.stdout.buffer.flush()


def _lines(document: dict[str, Any] | None) -> Iterator[bytes]:
    if document is None:
        yield _line({"trouble": NOT_OURS})
        return
    yield _line(document | {"spaces": [space | {"rows": []} for space in document["spaces"]]})
    for at, space in enumerate(document["spaces"]):
        for row in space["rows"]:
            yield _line([at, row])


def _line(what: object) -> bytes:
    line = json.dumps(what, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    if len(line) > MOST_ROW:
        raise TooLarge
    return line
