"""What a person keeps alone, in the sync proof: the diary, the monthly questions, supports, the plan, her own settings.

Both her devices write it, while consent comes and goes. Whatever the network does, Theo's page holds what she opened by
itself and no word of the rest. And when another step is offered on the ladder: written or proposed, as any other words.
"""

import json
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.conftest import new_id
from tests.devices import Device
from tests.sync_link import Link

ADAS, PICK = st.integers(0, 1), st.integers(0, 1000)
SHOWN = {"diary": "diary", "checkin": "checkins", "plan": "plans"}  # kind -> its name on the page
WORDS = {"diary": "text", "checkin": "note", "support": "note", "plan": "helps", "attempt": "looked_back"}
NEEDED: dict[str, dict[str, Any]] = {
    "diary": {"day": "2026-11-20", "feelings": ["calm"]},
    "checkin": {"day": "2026-11-20", "about": "days", "ease": 40},
    "support": {"name": "the cat", "sort": "animal", "near": 0},
    "plan": {},
}
MARKS = ("ready_times", "ready_days", "ready_rating", "ready_share")


class Alone(Link):
    """Rules and a promise about what is nobody else's."""

    ladder: str
    alone: list[tuple[str, str]]  # (kind, id), in the order they were made
    note: Any
    words: Any

    @rule(which=ADAS, kind=st.sampled_from(sorted(NEEDED)), wish=st.sampled_from(("", "open", "private")))
    def keep_alone(self, which: int, kind: str, wish: str) -> None:
        device, made = self.devices[which], new_id()
        shared = {"sharing": wish} if kind in SHOWN else {}
        said = {WORDS[kind]: self.words(), **NEEDED[kind], **shared}
        self.note(device, "add", kind, device.private, made, **said)
        self.alone.append((kind, made))

    @rule(which=ADAS, pick=PICK, what=st.sampled_from(("words", "open", "private", "away", "back")))
    def go_on_alone(self, which: int, pick: int, what: str) -> None:
        device = self.devices[which]
        known = [(kind, row) for kind, row in self.alone if row in device.view(kind)]
        if not known:
            return
        kind, row = known[pick % len(known)]
        fields: dict[str, Any] = {"archived": what == "away"}
        if what == "words":
            fields = {WORDS[kind]: self.words()}
        elif what in ("open", "private") and kind in SHOWN:
            fields = {"sharing": what}
        self.note(device, "set", kind, device.private, row, **fields)

    @rule(which=ADAS, said=st.booleans())
    def settle_in(self, which: int, said: bool) -> None:
        """Her own word for things, and a day's fixed point: one row, written on two phones."""
        device = self.devices[which]
        fields = {"fixed_point": self.words(), "fixed_on": True} if said else {"term_helper": self.words()}
        self.note(device, "add", "setting", device.private, device.private, **fields)

    @rule(which=st.integers(0, 3), name=st.sampled_from(MARKS), value=st.integers(1, 20))
    def mark(self, which: int, name: str, value: int) -> None:
        """Theo proposes, or writes, when another step may be offered; so does she."""
        device = self.devices[which]
        if self.ladder in device.view("ladder"):
            self.note(device, "set", "ladder", self.space, self.ladder, **{name: value})

    def check_alone(self) -> None:
        """His page against her rows: the opened ones, word for word, and nothing of the others."""
        told = self.ask(self.theo, "GET", f"/api/people/{self.consent}", {}, 200 if self.role else 404)
        hers = self.hers(self.devices[0])
        opened = {
            row: {name: value for name, value in fields.items() if name not in ("sharing", "archived")}
            for row, (kind, fields) in hers.items()
            if kind in SHOWN and fields.get("sharing") == "open" and not fields.get("archived")
        }
        shown = {row["id"]: row["fields"] for name in SHOWN.values() for row in told.get(name, ())}
        assert shown == (opened if self.role else {}), "not what she opened"
        text = json.dumps(told, ensure_ascii=False)
        hidden = [f[WORDS[kind]] for row, (kind, f) in hers.items() if row not in shown and WORDS[kind] in f]
        assert not [word for word in hidden if f'"{word}"' in text], "a word of hers that she did not show"

    def hers(self, phone: Device) -> dict[str, tuple[str, dict[str, Any]]]:
        return {row_id: (row["kind"], row["fields"]) for (_, row_id), row in phone.rows.items() if row["kind"] in WORDS}
