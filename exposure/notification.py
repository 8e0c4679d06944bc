"""Notification: the words that reach a lock screen, and the one payload that carries them.

By default nothing in it tells what the app is for (rule R-2): a neutral sentence, never the step, never the fear. The
person's own words are used only when they asked for it. One payload serves Declarative Web Push (the `web_push: 8030`
that Safari shows by itself) and the service worker; all payloads have one size, so that their length tells nothing.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import Any, Final

from exposure.words import gettext_for

SIZE = 1536
"""Bytes of every payload. Bridges of push services carry about 2,700; more than 3,993 no browser can open."""


_NOBODYS: Final = "00000000-0000-0000-0000-000000000000"


class TooLong(ValueError):
    """A notification that does not fit its one size."""


def reminder(language: str, base: str, reminder_id: str, occurrence: int, own_words: str = "") -> bytes:
    """The payload of a reminder: `base` is our origin, `occurrence` its due time in milliseconds UTC.

    Raises TooLong when `base` is so long that it does not fit.
    """
    if own_words:
        return _padded(_said(_reminder(language, base, reminder_id, occurrence, own_words)))
    # Without words of one's own nearly everybody gets the same: said once, and only the ids laid in.
    form = _neutral(language, base).replace(_NOBODYS, reminder_id).replace(_NOBODYS[:8], reminder_id[:8])
    return _padded(form.replace('"occurrence":0', f'"occurrence":{occurrence}'))


@lru_cache(maxsize=16)
def _neutral(language: str, base: str) -> str:
    return _said(_reminder(language, base, _NOBODYS, 0, ""))


def _reminder(language: str, base: str, reminder_id: str, occurrence: int, own_words: str) -> dict[str, Any]:
    _ = gettext_for(language)
    page = f"{base}/app#/reminder/{reminder_id}/open"
    return {
        "title": "Ippo",
        "body": own_words or _("Your reminder is here. Only if you like."),
        "lang": language,
        "dir": "auto" if own_words else "ltr",
        "navigate": page,
        "tag": f"r-{reminder_id[:8]}",
        "silent": False,
        "actions": [
            # Most systems show two: touching the notification itself opens the page with all three.
            {"action": "later", "title": _("Later"), "navigate": f"{page}?later"},
            {"action": "nottoday", "title": _("Not today"), "navigate": f"{page}?nottoday"},
            {"action": "start", "title": _("I might"), "navigate": f"{page}?might"},
        ],
        "data": {"reminder": reminder_id, "occurrence": occurrence},
    }


def trial(language: str, base: str) -> bytes:
    """The payload of a person's own test of a device. Raises TooLong."""
    _ = gettext_for(language)
    told = {
        "title": "Ippo",
        "body": _("This is how a reminder looks on this device."),
        "lang": language,
        "dir": "ltr",
        "navigate": f"{base}/app#/reminders",
        "tag": "r-trial",
        "silent": False,
        "actions": [],
        "data": {},
    }
    return _padded(_said(told))


def topic(reminder_id: str) -> str:
    """What a push service may fold together: 32 letters that say nothing (RFC 8030, 5.4)."""
    return hashlib.sha256(f"topic:{reminder_id}".encode()).hexdigest()[:32]


def _said(notification: dict[str, Any]) -> str:
    whole = {"web_push": 8030, "notification": notification}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


def _padded(said: str) -> bytes:
    plain = said.encode()
    if len(plain) > SIZE:
        raise TooLong(f"{len(plain)} bytes of {SIZE}")
    return plain.ljust(SIZE)
