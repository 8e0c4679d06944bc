"""The sweep: every word that any test writes is a canary, and after each test we look where it has no business to be.

A plugin (sweep.py), so that it goes with the whole run. What was written is heard where it is sent: by a test's client,
by a page of a real browser, by a process' own devices, and where the house seals it. What is looked at: what the house
logs, what any process says, every address a browser asks for, every refusal, and the files of each database with its
WAL, before they are thrown away. Pushes are looked at by the push service of the tests (lockscreen.py), answers to
others by `web/test_canary.py` and the matrix.

A word is a text that somebody could only have written: short ones, codes and ids would be found by chance.
"""

import contextlib
import json
import re
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

MOST = 5000  # texts of one test that are remembered; a fuzzer writes a hundred thousand
MOST_IN_FILES = 400
_CODE = re.compile(
    r"[\w./:+#-]{0,19}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[\dTZ\s:.,+-]*|[\w+-]+(/[\w+-]+){1,2}", re.ASCII
)  # short ones, ids, times, zones of the world
_BIRD = re.compile(rb"canary-?[0-9a-z-]{4,}")
_UNREAL = re.compile("[\x00\ud800-\udfff]")


def telling(text: str) -> bool:
    """Whether finding this text somewhere tells that it came from whoever wrote it."""
    if _CODE.fullmatch(text) or _UNREAL.search(text):
        return False
    return len(text.encode()) >= (9 if text.isascii() else 6) and len(set(text)) > len(text) // 8 + 1


def texts(value: Any) -> Iterator[str]:
    """Every text in a JSON value, keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts(inner)


class Sweep:
    """What one test wrote, what it left, and what all of them did."""

    def __init__(self) -> None:
        self.heard: set[Any] = set()
        self.left: list[tuple[str, str]] = []
        self.lines: list[list[str]] = []
        self.found: list[str] = []
        self.looked: Counter[str] = Counter()
        self.ever: set[str] = set()
        self.bad = 0

    # ---- what is written

    def hear(self, raw: Any) -> None:
        """A body, a sealed text or an object on its way in. Kept as it is: most tests write little and end well."""
        if raw and len(self.heard) < MOST:
            self.heard.add(raw if isinstance(raw, str | bytes) else json.dumps(raw, default=str))

    def words(self) -> list[str]:
        """The words of this test, longest first."""
        found: set[str] = set()
        for raw in self.heard:
            with contextlib.suppress(ValueError, RecursionError):
                found.update(text for text in texts(read(raw)) if telling(text))
        return sorted(found, key=len, reverse=True)

    # ---- what is left

    def leave(self, where: str, said: str) -> None:
        self.left.append((where, said))

    def folder(self, path: Path, written: Collection[str] | None = None) -> None:
        """Look at every file below before it is thrown away: for this test's words, or for what was `written`."""
        among = self.words() if written is None else sorted(written, key=len, reverse=True)
        words = [word.encode() for word in among[:MOST_IN_FILES]]
        for file in path.rglob("*") if words else ():
            if file.is_file() and not file.is_symlink() and file.parent.name != "keys":
                self.looked["files of databases"] += 1
                body = file.read_bytes()
                self.found += [f"{file.name}: {word.decode()!r}" for word in words if word in body]

    def raw(self, path: Path) -> None:
        """Look once through all that a database of many tests has kept: for any canary, whoever wrote it."""
        for file in path.rglob("*"):
            if file.is_file():
                self.looked["files of databases"] += 1
                self.found += [f"{file.name}: {bird.decode()!r}" for bird in {*_BIRD.findall(file.read_bytes())}]

    def look(self) -> list[str]:
        """What was found of this test's words, and a fresh page for the next."""
        words = self.words()
        self.left += [("what a process said", "".join(lines)) for lines in self.lines]
        for where, said in self.left:
            self.looked[where] += 1
            plain = unquote_plus(said) if where == "an address" else said
            # A refusal is a sentence of ours, in which two letters may meet by chance.
            least = 9 if where == "a refusal" else 0
            hits = [word for word in words if len(word.encode()) >= least and word in plain]
            self.found += [f"{where}: {word!r} in {plain[:300]!r}" for word in hits]
        found, self.found = sorted(set(self.found)), []
        self.bad += len(found)
        self.ever.update(words)
        self.heard.clear()
        self.left.clear()
        self.lines.clear()
        return found


def read(raw: Any) -> Any:
    """The value in a body; a text that is no JSON is one word."""
    try:
        return json.loads(raw)
    except ValueError:
        return raw if isinstance(raw, str) else raw.decode("utf-8")


RUN = Sweep()
