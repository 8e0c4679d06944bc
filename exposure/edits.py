"""The vocabulary of edits a device may send: kinds, fields, limits, and who may write what.

This is the only place that says which role may touch which field (`MAY_ADD`, `MAY_SET`).
Texts are limited in code points; ratings are SUDS 0-100; times are milliseconds UTC.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Fits = Callable[[Any], bool]

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_POSITION = re.compile(r"[A-Za-z][0-9A-Za-z]{1,199}")
_DAY = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_CODE = re.compile(r"[a-z_]{1,24}")
_ZONE = re.compile(r"[A-Za-z0-9_+\-]{1,32}(/[A-Za-z0-9_+\-]{1,32}){0,2}")
_LATEST = 253_402_300_799_000  # the last second of the year 9999


def is_id(value: Any) -> bool:
    """A lower-case UUID as text."""
    return isinstance(value, str) and _UUID.fullmatch(value) is not None


def is_zone(value: Any) -> bool:
    """Shaped like an IANA time zone name (whether it exists is the timetable's question)."""
    return isinstance(value, str) and _ZONE.fullmatch(value) is not None


def is_moment(value: Any) -> bool:
    """Whole milliseconds since 1970 UTC, up to the year 9999."""
    return _whole(value) and 0 <= value <= _LATEST


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def text(limit: int) -> Fits:
    return lambda value: isinstance(value, str) and len(value) <= limit


def number(low: int, high: int) -> Fits:
    return lambda value: value is None or (_whole(value) and low <= value <= high)


def one_of(*words: str | None) -> Fits:
    return lambda value: (value is None or isinstance(value, str)) and value in words


def matching(pattern: re.Pattern[str]) -> Fits:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def or_null(fits: Fits) -> Fits:
    return lambda value: value is None or fits(value)


def or_empty(fits: Fits) -> Fits:
    return lambda value: value == "" or fits(value)


def flag(value: Any) -> bool:
    return isinstance(value, bool)


def listing(fits: Fits, most: int) -> Fits:
    return lambda value: isinstance(value, list) and len(value) <= most and all(fits(item) for item in value)


def _during(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and is_moment(value[0]) and SUDS(value[1])


SUDS = number(0, 100)
MOMENT = or_null(is_moment)
REF = or_null(is_id)
LINE, TITLE, NAME, WORDS, STORY = text(200), text(500), text(120), text(1000), text(5000)
DAYS = listing(lambda value: _whole(value) and 0 <= value <= 6, 7)


@dataclass(frozen=True)
class Kind:
    """One kind of row: where it lives, what it holds, what an `add` cannot do without."""

    space: str  # private | ladder
    fields: Mapping[str, Fits]
    needs: tuple[str, ...] = ()
    made_by_server: bool = field(default=False)


KINDS: dict[str, Kind] = {
    "setting": Kind(
        "private",
        {
            "nickname": NAME,
            "anchor_0": LINE,
            "anchor_25": LINE,
            "anchor_50": LINE,
            "anchor_75": LINE,
            "anchor_100": LINE,
            "stages_open": flag,
            "today_step": REF,
            "today_day": or_null(or_empty(matching(_DAY))),
            "during_ratings": flag,
            "entry_read": flag,
            "country": or_empty(matching(re.compile(r"[A-Z]{2}"))),
            "reminder_offer": one_of("", "declined", "accepted"),
            "reminder_offered_at": MOMENT,
            "install_hint": flag,
        },
    ),
    "attempt": Kind(
        "private",
        {
            "step": is_id,
            "ladder": REF,
            "title": TITLE,
            "guess": WORDS,
            "likelihood": SUDS,
            "before": SUDS,
            "during": listing(_during, 200),
            "peak": SUDS,
            "after": SUDS,
            "outcome": one_of("did", "part", "turned_back", None),
            "happened": STORY,
            "found_out": STORY,
            "aids": LINE,
            "feelings": listing(matching(_CODE), 20),
            "started": MOMENT,
            "ended": MOMENT,
            "timer": number(0, 86_400),
            "zone": or_empty(is_zone),
            "archived": flag,
        },
        ("step",),
    ),
    "rest": Kind(
        "private",
        {
            "day": matching(_DAY),
            "note": STORY,
            "source": one_of("home", "notification", "reminder"),
            "at": MOMENT,
            "archived": flag,
        },
        ("day",),
    ),
    "reminder": Kind(
        "private",
        {
            "step": REF,
            "ladder": REF,
            "days": DAYS,
            "time": matching(_CLOCK),
            "window": number(5, 1440),
            "zone": is_zone,
            "words": text(80),
            "neutral": flag,
            "on": flag,
            "archived": flag,
        },
        ("days", "time", "zone"),
    ),
    "ladder": Kind(
        "ladder",
        {
            "title": NAME,
            "wish": WORDS,
            "wish_unknown": flag,
            "position": matching(_POSITION),
            "archived": flag,
        },
    ),
    "step": Kind(
        "ladder",
        {
            "ladder": is_id,
            "title": TITLE,
            "hint": WORDS,
            "time": NAME,
            "place": NAME,
            "people": NAME,
            "aids": NAME,
            "length": NAME,
            "predicted": SUDS,
            "position": matching(_POSITION),
            "from_library": or_empty(matching(re.compile(r"[A-Z][0-9]{2}"))),
            "split_from": REF,
            "form": one_of("action", "imaginal", "body"),
            "archived": flag,
        },
        ("ladder", "title", "position"),
    ),
    "proposal": Kind(
        "ladder",
        {
            "target": is_id,
            "target_kind": one_of("ladder", "step"),
            "field": text(24),
            "value": lambda _value: True,
            "by": is_id,
            "state": one_of("open", "taken", "left"),
            "conflict": flag,
            "at": MOMENT,
        },
        made_by_server=True,
    ),
}

_ALL = {name: frozenset(kind.fields) for name, kind in KINDS.items()}
_SHARED_STEP = _ALL["step"] - {"ladder", "from_library", "split_from"}

# role -> kind -> fields. What is not written here is refused.
MAY_SET: dict[str, dict[str, frozenset[str]]] = {
    "owner": {
        **{kind: fields for kind, fields in _ALL.items() if kind != "proposal"},
        "proposal": frozenset({"state"}),
    },
    "editor": {"ladder": frozenset({"title"}), "step": _SHARED_STEP},
    "proposer": {"ladder": frozenset({"title"}), "step": _SHARED_STEP},
    "viewer": {},
}

MAY_ADD: dict[str, frozenset[str]] = {
    "owner": frozenset(name for name, kind in KINDS.items() if not kind.made_by_server),
    "editor": frozenset({"step"}),
    "proposer": frozenset({"step"}),
    "viewer": frozenset(),
}


class Unfit(ValueError):
    """An edit that cannot be read; `reason` is a short word for the device."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Edit:
    """One named change: `verb` (add or set) some `fields` of the row `target`."""

    id: str
    space: str
    kind: str
    target: str
    verb: str
    fields: dict[str, Any]
    base: dict[str, int]
    at: int


def read_edit(raw: Mapping[str, Any]) -> Edit:
    """Check one edit as sent by a device. Raises Unfit with the reason."""
    kind = KINDS.get(raw["kind"]) if isinstance(raw.get("kind"), str) else None
    fields, base = raw.get("fields"), raw.get("base", {})
    if kind is None or raw.get("verb") not in ("add", "set"):
        raise Unfit("unknown_kind")
    if not is_id(raw.get("space")) or not is_id(raw.get("target")):
        raise Unfit("unfit")
    if not isinstance(fields, dict) or not fields or not is_moment(raw.get("at")):
        raise Unfit("unfit")
    if not isinstance(base, dict) or not all(_whole(v) and v >= 0 for v in base.values()):
        raise Unfit("unfit")
    _check_fields(kind, fields, raw["verb"])
    return Edit(
        raw["id"],
        raw["space"],
        raw["kind"],
        raw["target"],
        raw["verb"],
        fields,
        {name: base[name] for name in base if name in kind.fields},
        raw["at"],
    )


def _check_fields(kind: Kind, fields: Mapping[str, Any], verb: str) -> None:
    for name, value in fields.items():
        if name not in kind.fields or not kind.fields[name](value):
            raise Unfit("unfit")
    if verb == "add" and any(name not in fields for name in kind.needs):
        raise Unfit("unfit")
