"""The edge: the fields of what a device sends, taken one by one, before anything else looks at them (see strict)."""

from __future__ import annotations

import base64
import binascii
import re
import uuid
from collections.abc import Callable
from typing import Any, Final

from exposure.fits import is_id
from exposure.strict import refused

_BASE64URL: Final = re.compile(r"[A-Za-z0-9_-]*")


class Fields:
    """The fields of one object, taken one by one; `done()` refuses whatever nobody asked for."""

    def __init__(self, given: dict[str, Any]) -> None:
        self._left = dict(given)

    def text(self, name: str, most: int, *, least: int = 0, default: str | None = None) -> str:
        """A text of `least` to `most` code points, NFC. Raises Unreadable."""
        value = self._take(name, default)
        if not isinstance(value, str) or not least <= len(value) <= most:
            raise refused("bad_field")
        return value

    def number(self, name: str, least: int, most: int, *, default: int | None = None) -> int:
        """A whole number in range; true and 1.5 are not whole numbers. Raises Unreadable."""
        value = self._take(name, default)
        if type(value) is not int or not least <= value <= most:
            raise refused("bad_field")
        return value

    def flag(self, name: str, *, default: bool | None = None) -> bool:
        value = self._take(name, default)
        if type(value) is not bool:
            raise refused("bad_field")
        return value

    def choice(self, name: str, among: tuple[str, ...], *, default: str | None = None) -> str:
        value = self._take(name, default)
        if not isinstance(value, str) or value not in among:
            raise refused("bad_field")
        return value

    def id(self, name: str) -> str:
        """A lower-case UUID. Raises Unreadable."""
        value = self._take(name, None)
        if not is_id(value):
            raise refused("bad_field")
        return str(value)

    def secret(self, name: str, least: int, most: int) -> bytes:
        """Bytes written as unpadded base64url, `least` to `most` of them. Raises Unreadable."""
        value = self._take(name, None)
        decoded = from_base64url(value) if isinstance(value, str) else None
        if decoded is None or not least <= len(decoded) <= most:
            raise refused("bad_field")
        return decoded

    def object(self, name: str) -> dict[str, Any]:
        value = self._take(name, None)
        if not isinstance(value, dict):
            raise refused("bad_field")
        return value

    def list(self, name: str, most: int, *, check: Callable[[Any], bool] | None = None) -> list[Any]:
        value = self._take(name, None)
        if not isinstance(value, list) or len(value) > most:
            raise refused("bad_field")
        if check is not None and not all(check(inner) for inner in value):
            raise refused("bad_field")
        return value

    def done(self) -> None:
        """Nothing else was sent. Raises Unreadable."""
        if self._left:
            raise refused("unknown_field")

    def _take(self, name: str, default: Any) -> Any:
        return self._left.pop(name, default)


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
