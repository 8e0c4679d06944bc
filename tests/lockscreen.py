"""What any payload may hold: looked at by the tests' push service for every message of the whole run.

Every text in it is a sentence of ours, a code, or an address made of ids, whatever the person wrote elsewhere. Words of
their own stand there only when a test says that they were chosen for the lock screen.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from exposure import notification
from exposure.words import LANGUAGES

CANARY = re.compile(rb"canary[0-9a-f]{8}", re.IGNORECASE)
_ID = r"[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}"
_CODE = re.compile(rf"https?://[\w.-]+(:\d+)?/app#/[a-z]*(/{_ID}/open)?(\?[a-z]+)?|r-[0-9a-f]{{8}}|{_ID}|auto")
_KEYS = {"title", "body", "lang", "dir", "navigate", "tag", "silent", "actions", "data"}


def texts(value: Any) -> Iterator[str]:
    """Every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts(each)


@cache
def _ours() -> frozenset[str]:
    """The sentences of the house, found in payloads that are about nobody."""
    blank = [notification.reminder(each, "https://x", "0" * 36, 1) for each in LANGUAGES]
    trials = [notification.trial(each, "https://x") for each in LANGUAGES]
    return frozenset(text for plain in (*blank, *trials) for text in texts(json.loads(plain)))


def look(plain: bytes, chosen: set[str]) -> list[str]:
    """What is wrong with one opened payload; `chosen` are words somebody wanted to see on their lock screen."""
    if plain.startswith(b'{"notification":{"title":"hello"}}'):  # a test of the wire alone
        return [] if len(plain) == notification.SIZE else ["another size"]
    found = [] if len(plain) == notification.SIZE else [f"{len(plain)} bytes"]
    found += [each.decode() for each in CANARY.findall(plain)]
    whole = json.loads(plain)
    shown = whole.get("notification", {})
    if set(whole) != {"web_push", "notification"} or not set(shown) <= _KEYS or whole["web_push"] != 8030:
        found.append(f"unknown parts: {sorted(whole)} {sorted(shown)}")
    return found + [text for text in texts(shown) if text not in _ours() | chosen and not _CODE.fullmatch(text)]
