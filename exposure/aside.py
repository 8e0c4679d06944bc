"""Aside: a file that is made beside its name and laid under it when it is whole.

Whoever is killed over it leaves the old file as it was, and a piece that the next one sweeps away.
"""

import contextlib
import fcntl
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from exposure import keystore

_LEFT: Final = re.compile(r"(\..+\.\d+\.ippo-new)(-wal|-shm|-journal)?")
BESIDE: Final = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database."""


@contextlib.contextmanager
def made(target: Path) -> Iterator[Path]:
    """An empty file beside the target that only we may read, before anything is in it; gone at the end."""
    sweep(target.parent)
    aside = target.with_name(f".{target.name}.{os.getpid()}.ippo-new")
    with os.fdopen(os.open(aside, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)) as held:
        with contextlib.suppress(OSError):  # a disk from elsewhere may know no locks
            fcntl.flock(held, fcntl.LOCK_EX)  # for as long as somebody is at it
        try:
            yield aside
        finally:
            for ending in ("", *BESIDE):
                Path(f"{aside}{ending}").unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Take away what somebody who was killed left here: it may hold keys of people who have gone since."""
    for left, found in [(path, _LEFT.fullmatch(path.name)) for path in folder.glob(".*.ippo-new*")]:
        if found is not None:
            whole = left.with_name(found[1])
            with contextlib.suppress(OSError), whole.open("a") as held:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                for ending in (*BESIDE, ""):
                    Path(f"{whole}{ending}").unlink(missing_ok=True)


def settle(aside: Path, target: Path) -> None:
    """On the disk, then under its name: a power cut leaves the old file or the new one, nothing between."""
    with aside.open("rb+") as file:
        os.fchmod(file.fileno(), 0o600)
        os.fsync(file.fileno())
    aside.replace(target)
    keystore.settle_folder(target.parent)
