"""The edge: what a device sends is read strictly here, before anything else looks at it.

A default Flask app answers 500 to about fifteen ordinary malformed bodies, and differently on SQLite and PostgreSQL
(lone surrogates, NUL, 2**63, Infinity, a list for a text). Everything of that kind is refused at this one place.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import re
import unicodedata
import uuid
from collections.abc import Callable
from typing import Any, Final

from exposure.errors import TooLarge, Unreadable

MOST_BYTES: Final = 256 * 1024
MOST_DEPTH: Final = 16
# Lists and objects in one body: four million empty ones fit into 32 MiB and hold the whole process for many seconds.
MOST_PARTS: Final = 20_000
VALUES: Final = 8  # of each of these, one with another; a row of an export has four
# The largest whole number that survives a trip through JavaScript; both databases hold it too.
MOST_NUMBER: Final = 2**53 - 1

# Strings are matched whole (an unfinished one runs to the end), so brackets inside a text do not count as depth.
# Possessive, one pass, no backtracking: a hostile body costs no more than a kind one.
_TOKENS: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)
_SUSPECT: Final = re.compile(rb"\\u(?:[dD][89a-fA-F]|0000)")
_UUID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_BASE64URL: Final = re.compile(r"[A-Za-z0-9_-]*")


def _refused(code: str) -> Unreadable:
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
        raise _refused("not_utf8") from None
    if not _shallow(raw):
        raise _refused("too_deep")
    try:
        value = _DECODER.decode(text)
    except (ValueError, RecursionError):
        raise _refused("not_json") from None
    if not isinstance(value, dict):
        raise _refused("not_an_object")
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
        raise _refused("not_text")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise _refused("not_text") from None


class Fields:
    """The fields of one object, taken one by one; `done()` refuses whatever nobody asked for."""

    def __init__(self, given: dict[str, Any]) -> None:
        self._left = dict(given)

    def text(self, name: str, most: int, *, least: int = 0, default: str | None = None) -> str:
        """A text of `least` to `most` code points, NFC. Raises Unreadable."""
        value = self._take(name, default)
        if not isinstance(value, str) or not least <= len(value) <= most:
            raise _refused("bad_field")
        return value

    def number(self, name: str, least: int, most: int, *, default: int | None = None) -> int:
        """A whole number in range; true and 1.5 are not whole numbers. Raises Unreadable."""
        value = self._take(name, default)
        if type(value) is not int or not least <= value <= most:
            raise _refused("bad_field")
        return value

    def flag(self, name: str, *, default: bool | None = None) -> bool:
        value = self._take(name, default)
        if type(value) is not bool:
            raise _refused("bad_field")
        return value

    def choice(self, name: str, among: tuple[str, ...], *, default: str | None = None) -> str:
        value = self._take(name, default)
        if not isinstance(value, str) or value not in among:
            raise _refused("bad_field")
        return value

    def id(self, name: str) -> str:
        """A lower-case UUID. Raises Unreadable."""
        value = self._take(name, None)
        if not is_id(value):
            raise _refused("bad_field")
        return str(value)

    def secret(self, name: str, least: int, most: int) -> bytes:
        """Bytes written as unpadded base64url, `least` to `most` of them. Raises Unreadable."""
        value = self._take(name, None)
        decoded = from_base64url(value) if isinstance(value, str) else None
        if decoded is None or not least <= len(decoded) <= most:
            raise _refused("bad_field")
        return decoded

    def object(self, name: str) -> dict[str, Any]:
        value = self._take(name, None)
        if not isinstance(value, dict):
            raise _refused("bad_field")
        return value

    def list(self, name: str, most: int, *, check: Callable[[Any], bool] | None = None) -> list[Any]:
        value = self._take(name, None)
        if not isinstance(value, list) or len(value) > most:
            raise _refused("bad_field")
        if check is not None and not all(check(inner) for inner in value):
            raise _refused("bad_field")
        return value

    def done(self) -> None:
        """Nothing else was sent. Raises Unreadable."""
        if self._left:
            raise _refused("unknown_field")

    def _take(self, name: str, default: Any) -> Any:
        return self._left.pop(name, default)


def is_id(value: object) -> bool:
    """Whether `value` is a lower-case UUID as a device makes them."""
    return isinstance(value, str) and _UUID.fullmatch(value) is not None


def from_base64url(text: str) -> bytes | None:
    """The bytes of strict, unpadded base64url, or None. Python's own decoder skips junk characters silently."""
    if not _BASE64URL.fullmatch(text) or len(text) % 4 == 1:
        return None
    try:
        decoded = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return None
    return decoded if to_base64url(decoded) == text else None


def to_base64url(raw: bytes) -> str:
    """Unpadded base64url."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def new_id() -> str:
    """A random UUID for the few things the server names itself (logins, credentials)."""
    return str(uuid.uuid4())
