"""What must hold of words that are somebody's own, of words that were taken, and of the mirror of a consent."""

import json
from typing import Any

from exposure import export
from exposure.db import connection, milliseconds
from exposure.kinds import KINDS
from exposure.spaces import places_of
from tests.devices import Device
from tests.sync_alone import Alone


class Words(Alone):
    """Promises about comments, messages, credit and consent."""

    all_edits: dict[str, tuple[Device, dict[str, Any]]]
    thefts: set[str]

    def check_words(self, log: list[Any]) -> None:
        rows = self.rows_everywhere()
        self.nobody_speaks_under_anothers_name(log, rows)
        self.nobody_changes_what_another_said(log)
        self.what_was_taken_keeps_its_author(log)
        self.the_mirror_says_what_the_table_decided()

    def rows_everywhere(self) -> dict[str, dict[str, Any]]:
        """Every row Ada's phone knows, by id."""
        return {row_id: row["fields"] for (_, row_id), row in self.devices[0].rows.items()}

    def nobody_speaks_under_anothers_name(self, log: list[Any], rows: dict[str, dict[str, Any]]) -> None:
        for entry in log:
            _, edit = self.all_edits[entry.id]
            said = KINDS[edit["kind"]].own_words and entry.verb == "add" and entry.outcome == "written"
            if said and "by" in rows[entry.target]:  # of what its author took back she knows nothing more
                assert rows[entry.target]["by"] == entry.actor_id, "signed with another's name"
                assert not rows[entry.target].get("worry") or entry.actor_id == self.ada.person

    def nobody_changes_what_another_said(self, log: list[Any]) -> None:
        assert all(entry.outcome == "refused" for entry in log if entry.id in self.thefts), "another's words changed"

    def what_was_taken_keeps_its_author(self, log: list[Any]) -> None:
        """The first taking of an open proposal, and it alone, carries the name of whoever proposed it."""
        names, decided = self.credits(), set()
        known = {row_id: p for (_, row_id), p in self.devices[0].rows.items() if p["kind"] == "proposal"}
        for entry in sorted(log, key=lambda e: (e.revision, e.ordinal)):
            _, edit = self.all_edits[entry.id]
            if entry.outcome == "refused":
                continue
            if edit["kind"] == "proposal":
                decided.add(entry.target)
            elif took := edit.get("took"):
                told = known[took]["fields"]
                fits = took not in decided and told["by"] != entry.actor_id
                for name in edit["fields"]:
                    assert names[entry.id].get(name, "") == (told["by"] if fits else ""), "whose words these were"

    def credits(self) -> dict[str, dict[str, str]]:
        """edit -> field -> whose words were taken, as the log has it."""
        with self.app.app_context():
            house = self.app.extensions["ippo"]
            place = places_of(connection(), self.ada.person, house.now())[self.space]
            key = house.vault.opener(place.owner, place.key_wrapped)
            return {
                entry["id"]: {c["field"]: c["by"]["id"] for c in entry["changes"] if "by" in c}
                for entry in export.edits_of(connection, key, self.space)
            }

    def the_mirror_says_what_the_table_decided(self) -> None:
        told = {one.pop("id"): one for one in self.ask(self.ada, "GET", "/api/consents", {})["consents"]}
        mirrors = {
            row_id: dict(row["fields"]) for (_, row_id), row in self.devices[1].rows.items() if row["kind"] == "consent"
        }
        now = milliseconds(self.app.extensions["ippo"].now())
        for fields in mirrors.values():
            fields["together"] = [pair for pair in fields["together"] if pair[1] > now]
        assert json.dumps(mirrors, sort_keys=True) == json.dumps(told, sort_keys=True), "the mirror is blind"
        assert (told[self.consent]["state"] == "confirmed") == bool(self.role)
        assert [one for one in told.values() if one["state"] == "confirmed"] == (
            [told[self.consent]] if self.role else []
        )
