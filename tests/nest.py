"""The nest: one row of every kind with a canary in each of its texts, for the server's tests and for a phone's.

A canary is `canary` and twenty letters of chance, which no packing shortens: in files they are looked for alone.
"""

import re
import time
from pathlib import Path
from typing import Any

from exposure.kinds import KINDS
from tests.conftest import new_id

# Texts that are codes: each of a closed set, so that they tell nothing of their own.
CODES = {
    "setting": {"today_day", "country", "reminder_offer", "away_until"},
    "diary": {"day", "sharing"},
    "checkin": {"day", "about", "harder", "sharing"},
    "support": {"sort", "position"},
    "plan": {"sharing"},
    "attempt": {"outcome", "zone", "sharing"},
    "rest": {"day", "source", "sharing"},
    "reminder": {"time", "zone"},
    "answer": {"day", "choice"},
    "ladder": {"position"},
    "step": {"position", "from_library", "form", "turned"},
    "note": set(),
    "comment": {"target_kind"},
    "idea": {"time", "state"},
    "message": set(),
}
_SEEN = re.compile(rb"(?<![0-9a-f])[0-9a-f]{20}|[2-9A-Z]{5}-[2-9A-Z]{5}")
_WIDE = re.compile(rb"(?:[0-9a-f]\0){20}")


class Nest:
    """Where every canary was put."""

    def __init__(self) -> None:
        self.birds: dict[str, str] = {}

    def bird(self, place: str) -> str:
        self.birds[place] = f"canary{new_id().replace('-', '')[:20]}"
        return self.birds[place]

    def found_in(self, what: Any) -> list[str]:
        """The places whose canary is in these bytes."""
        raw = what if isinstance(what, bytes) else str(what).encode()
        # One look for all of them: there may be many megabytes.
        seen = {match.decode() for match in _SEEN.findall(raw)}
        seen |= {match.replace(b"\0", b"").decode() for match in _WIDE.findall(raw)}
        return sorted(place for place, bird in self.birds.items() if bird.removeprefix("canary") in seen)

    def found_below(self, folder: Path) -> dict[str, list[str]]:
        """The same for every file of a folder."""
        files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
        found = {str(path.relative_to(folder)): self.found_in(path.read_bytes()) for path in files}
        return {name: places for name, places in found.items() if places}

    def words(self, kind: str, turn: str) -> dict[str, str]:
        """A fresh canary for each text of a kind."""
        return {name: self.bird(f"{kind}.{name}.{turn}") for name in text_fields(kind)}

    def edits(self, rows: dict[str, tuple[str, str, dict[str, Any]]], turn: str) -> list[dict[str, Any]]:
        """These rows as a device makes them: the first turn adds them, a second writes every text anew."""
        edits = []
        for kind, (target, home, fields) in rows.items():
            words = self.words(kind, turn)
            assert words or kind == "answer", kind  # a choice, without a word to write
            again = {} if KINDS[kind].own_words else fields
            verb, more = ("add", fields) if turn == "first" else ("set", again)
            said = {"id": new_id(), "space": home, "kind": kind, "target": target, "verb": verb, "base": {}}
            edits.append(said | {"fields": words | more, "at": int(time.time() * 1000)})
        return edits


def text_fields(kind: str) -> list[str]:
    """The fields of a kind that hold free text, told by what they accept."""
    return [
        name for name, fits in KINDS[kind].fields.items() if name not in CODES[kind] and fits("canary of any words")
    ]


def rows(private: str, space: str, ladder: str, step: str, thread: str = "") -> dict[str, tuple[str, str, dict]]:
    """One row of every kind that a person may make: its id, its space, and what it cannot do without."""
    daily = {"days": [0, 1, 2, 3, 4, 5, 6], "time": "21:01", "zone": "Asia/Tokyo", "on": True}
    made = {
        "setting": (private, private, {}),
        "ladder": (ladder, space, {"position": "a0"}),
        "step": (step, space, {"ladder": ladder, "position": "a0"}),
        "attempt": (new_id(), private, {"step": step}),
        "rest": (new_id(), private, {"day": "2026-11-20"}),
        "reminder": (new_id(), private, daily),
        "answer": (new_id(), private, {"reminder": new_id(), "choice": "might"}),
        "diary": (new_id(), private, {"day": "2026-11-20"}),
        "checkin": (new_id(), private, {"day": "2026-11-20", "about": "harder"}),
        "support": (new_id(), private, {}),
        "plan": (new_id(), private, {}),
        "note": (new_id(), private, {"about": new_id()}),
        "comment": (new_id(), space, {"target": step, "target_kind": "step"}),
        "idea": (new_id(), space, {"days": [0], "time": "21:01"}),
        "message": (new_id(), thread, {}),
    }
    assert set(made) == {kind for kind in KINDS if not KINDS[kind].made_by_server}
    return made if thread else {kind: row for kind, row in made.items() if kind != "message"}
