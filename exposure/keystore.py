"""Key store: the small files beside the database without which nobody reads it, and which a backup never holds.

keys/people.keys   each person's key, wrapped by the master key, for laying a backup back: the backup itself has none
keys/ended.log     what was ended, a line each, appended and never rewritten: a backup must not bring it back

Keep the folder in another place than the backups, copied anew each day, and no copy longer than a week. Whoever was
erased is in no newer copy, so no backup of theirs can be read any more.
"""

import base64
import contextlib
import fcntl
import json
import os
import threading
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from exposure.config import Settings

KEYS, LEDGER = "people.keys", "ended.log"
ALONE, BESIDE = fcntl.LOCK_EX | fcntl.LOCK_NB, fcntl.LOCK_SH


class Ended(NamedTuple):
    """A line of the ledger: what ended, its id or keyed hash, when (ms since 1970), what stands in its place."""

    what: str
    which: str
    at: int
    now: Any = None


def folder(settings: Settings) -> Path:
    """Where the keys lie; made when there is none."""
    place = settings.data / "keys"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def note(settings: Settings, lines: Iterable[Ended]) -> None:
    """Append to the ledger; on the disk when this returns. Twice the same line does no harm."""
    path = folder(settings) / LEDGER
    with _alone(settings):
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "rb+") as file:
            torn = file.seek(0, os.SEEK_END) and file.seek(-1, os.SEEK_END) >= 0 and file.read(1) != b"\n"
            text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
            file.write((b"\n" if torn else b"") + text.encode())
            file.flush()
            os.fsync(file.fileno())
        settle_folder(path.parent)


def ended(settings: Settings) -> list[Ended]:
    """The ledger, oldest line first. A line torn by a power cut is passed over: it was noted again after it."""
    path = settings.data / "keys" / LEDGER
    if not path.exists():
        return []
    return [line for text in path.read_text("utf-8").splitlines() if (line := _read(text)) is not None]


def _read(text: str) -> Ended | None:
    try:
        what, which, at, now = json.loads(text)
        return Ended(str(what), str(which), int(at), now)
    except (ValueError, TypeError):
        return None


def held(settings: Settings) -> dict[str, bytes]:
    """Wrapped keys by whose they are: person ids, and names of the house's own."""
    path = settings.data / "keys" / KEYS
    if not path.exists():
        return {}
    return {name: base64.b64decode(key) for name, key in json.loads(path.read_text("utf-8")).items()}


def hold(settings: Settings, keys: Mapping[str, bytes]) -> dict[str, bytes]:
    """Add these keys, newer ones in place of older; what is held now. Of whom the ledger says erased none is kept."""
    with _alone(settings):
        erased = {line.which for line in ended(settings) if line.what == "person"}
        now = {name: key for name, key in {**held(settings), **keys}.items() if name not in erased}
        text = json.dumps({name: base64.b64encode(key).decode() for name, key in sorted(now.items())}, indent=0)
        put(folder(settings) / KEYS, text.encode())
        return now


def put(path: Path, content: bytes, *, over: bool = True) -> None:
    """Write a file of ours: whole or not at all, mode 0600, on the disk when this returns.

    Not `over` another: what is there first stays, so that two processes at a first start agree on one key.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}.new")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if over:
            aside.replace(path)
        else:
            with contextlib.suppress(FileExistsError):
                os.link(aside, path)
    finally:
        aside.unlink(missing_ok=True)
    settle_folder(path.parent)


def settle_folder(place: Path) -> None:
    """The names in a folder are on the disk, too, when this returns."""
    opened = os.open(place, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextlib.contextmanager
def turning(settings: Settings, how: int) -> Iterator[None]:
    """While this lasts no master key turns (BESIDE), or nobody but us turns it (ALONE: raises BlockingIOError)."""
    with (folder(settings) / ".turning").open("w") as file:
        fcntl.flock(file, how)
        yield


@contextlib.contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    with (folder(settings) / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
