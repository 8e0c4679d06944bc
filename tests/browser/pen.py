"""Theo with a pen: what he proposes and writes on the ladder of his one person, over the wire."""

import time
import uuid

from tests.browser.common import OPENED, until
from tests.browser.faraway import Faraway

STEPS = ("カーテンを開ける", "玄関まで行く", "角まで歩く")
NAME = "Theoさん"
IDS = """() => new Promise((done) => { indexedDB.databases().then((all) => {
  const asked = indexedDB.open(all.map((one) => one.name).find((name) => name.startsWith('ippo-')));
  asked.onsuccess = async () => { const [rows] = await OPENED(asked.result, 'rows'); asked.result.close();
    done(rows.map(([, { id, space, kind, fields }]) =>
      ({ id, space, kind, title: fields.title }))); }; }); })""".replace("OPENED", OPENED)


class Pen(Faraway):
    """Theo, writing on the ladder of his one person."""

    def knows(self, page):
        """What the ladder is made of, by its titles."""
        until(page, f"({IDS})().then((rows) => rows.filter((row) => row.kind === 'step').length === {len(STEPS)})")
        rows = page.evaluate(IDS)
        (ladder,) = [row for row in rows if row["kind"] == "ladder"]
        self.space, self.ladder = ladder["space"], ladder["id"]
        self.steps = {row["title"]: row["id"] for row in rows if row["kind"] == "step"}
        return self

    def edits(self, verb, kind, row, base=None, /, **fields):
        """One edit on the ladder; the row it was about, and what became of it."""
        edit = {"id": str(uuid.uuid4()), "space": self.space, "kind": kind, "target": row, "verb": verb}
        edit |= {"fields": fields, "base": base or {}, "at": int(time.time() * 1000)}
        asked = {"v": 1, "device": self.device, "zone": "Asia/Tokyo", "spaces": [self.space]}
        answer = self.ask("POST", "/api/sync", 200, {**asked, "cursors": {self.space: 0}, "edits": [edit]})
        self.rows = {row["id"]: row for row in answer["spaces"][self.space]["rows"]}
        return answer["answers"][0]["outcome"]

    def words(self, step, **fields):
        """Other words for a step, on what stands now."""
        self.edits("add", "comment", str(uuid.uuid4()), target=step, target_kind="step", text="。")
        return self.edits("set", "step", step, self.rows[step]["versions"], **fields)

    def proposes(self, what, **fields):
        target = self.steps[what]
        assert self.edits("set", "step", target, **fields) == "kept"

    def field(self, what, name):
        """What the house holds of a step now."""
        self.edits("set", "step", str(uuid.uuid4()), title="?")
        return self.rows[self.steps[what]]["fields"].get(name)
