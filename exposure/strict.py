"""Strict: a body of JSON, read so that nothing odd gets any further. Its fields are asked about at the edge (web/edge).

A default Flask app answers 500 to about fifteen ordinary malformed bodies, and differently on SQLite and PostgreSQL
(lone surrogates, NUL, 2**63, Infinity, a list for a text). Everything of that kind is refused at this one place.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from typing import Any, Final

from exposure.errors import TooLarge, Unreadable

MOST_BYTES: Final = 256 * 1024
MOST_DEPTH: Final = 16
# Lists and objects in one body: four million empty ones fit into 32 MiB and hold the whole process for many seconds.
MOST_PARTS: Final = 20_000
VALUES: Final = 8  # of each of these, one with another; a row of an export has four

# Strings are matched whole (an unfinished one runs to the end), so brackets inside a text do not count as depth.
# Possessive, one pass, no backtracking: a hostile body costs no more than a kind one.
_TOKENS: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)
_SUSPECT: Final = re.compile(rb"\\u(?:[dD][89a-fA-F]|0000)")


def refused(code: str) -> Unreadable:
    """Never carries what was sent: it may be somebody's words."""
    return Unreadable(code=code)


def read_object(raw: bytes, most: int = MOST_BYTES, parts: int = MOST_PARTS) -> dict[str, Any]:
    """The JSON object in `raw` (at most `most` bytes and `parts` lists and objects), every text in NFC.

    Raises TooLarge, Unreadable.
    """
    if len(raw) > most or _has_more(raw, parts):
        raise TooLarge
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise refused("not_utf8") from None
    if not _shallow(raw):
        raise refused("too_deep")
    try:
        value = _DECODER.decode(text)
    except (ValueError, RecursionError):
        raise refused("not_json") from None
    if not isinstance(value, dict):
        raise refused("not_an_object")
    if raw.isascii() and b"\\u" not in raw:
        return value
    return _clean_object(value, suspect=_SUSPECT.search(raw) is not None)


def _has_more(raw: bytes, parts: int) -> bool:
    """Counted before parsing, and in a small body once more without those inside a text: words are never refused.

    In a large one values and keys are counted too: three million of them, in one object, hold the process for seconds.
    """
    large = len(raw) > MOST_BYTES
    if large and max(raw.count(b","), raw.count(b":")) > parts * VALUES:
        return True
    if raw.count(b"{") + raw.count(b"[") <= parts:
        return False
    return large or sum(raw[token.start()] in b"[{" for token in _TOKENS.finditer(raw)) > parts


def _shallow(raw: bytes) -> bool:
    """Depth is counted before parsing: 100,000 brackets would exhaust the parser's own stack."""
    if raw.count(b"{") + raw.count(b"[") <= MOST_DEPTH:
        return True
    depth = 0
    for token in _TOKENS.finditer(raw):
        first = raw[token.start()]
        if first in b"[{":
            depth += 1
            if depth > MOST_DEPTH:
                return False
        elif first in b"]}":
            depth -= 1
    return True


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("not a finite number")
    return number


def _refuse_constant(text: str) -> float:
    raise ValueError(f"{text} is not JSON")


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_once, parse_float=_finite, parse_constant=_refuse_constant)


def _clean_object(value: dict[str, Any], suspect: bool) -> dict[str, Any]:
    cleaned = {}
    for key, inner in value.items():
        if suspect:
            _refuse_unstorable(key)
        cleaned[key] = _clean(inner, suspect)
    return cleaned


def _clean(value: Any, suspect: bool) -> Any:
    if isinstance(value, str):
        if suspect:
            _refuse_unstorable(value)
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return _clean_object(value, suspect)
    if isinstance(value, list):
        return [_clean(inner, suspect) for inner in value]
    return value


def _refuse_unstorable(text: str) -> None:
    """Half a surrogate pair cannot be encoded, and PostgreSQL stores no NUL."""
    if "\0" in text:
        raise refused("not_text")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise refused("not_text") from None
