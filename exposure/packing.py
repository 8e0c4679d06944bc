"""Packing: the smallest form of what every phone is sent.

As tightly as here takes three seconds of a processor for all scripts and styles together. Whoever comes first after a
deploy is not to wait for that: the workshop lays the small form beside each file, and what is made on the way is made
once in a process.
"""

from __future__ import annotations

import contextlib
import gzip
from functools import lru_cache
from pathlib import Path
from typing import Final

import brotli

KEPT: Final = 128
"""Different bodies a process remembers: the files, and the pages that are the same for everybody."""

WAYS: Final = ((brotli.MODE_GENERIC, 16), (brotli.MODE_FONT, 17))
"""With blocks of these powers of two: a hundred bytes more or less were chance before."""


@lru_cache(maxsize=KEPT)
def tightly(body: bytes) -> bytes:
    """In Brotli, at its tightest: sometimes the one way is the smaller, sometimes the other."""
    small = (brotli.compress(body, quality=11, mode=mode, lgblock=block) for mode, block in WAYS)
    return bytes(min(small, key=len))


@lru_cache(maxsize=KEPT)
def gzipped(body: bytes) -> bytes:
    """For browsers that know nothing else; the same bytes at any time."""
    return gzip.compress(body, 9, mtime=0)


def small_of(path: Path) -> Path:
    """Where the small form of a file lies."""
    return path.with_name(f"{path.name}.br")


def packed_beside(path: Path, body: bytes) -> bytes:
    """What the workshop laid beside this file; packed here where it did not, or where that is the form of another."""
    with contextlib.suppress(OSError, brotli.error):
        small = small_of(path).read_bytes()
        if brotli.decompress(small) == body:
            return small
    return tightly(body)
