"""What must hold after the network has misbehaved: the promises of sync, following the text."""

import json
from typing import Any

from sqlalchemy import select

from exposure.db import connection
from exposure.history import LoggedEdit
from exposure.kinds import KINDS
from exposure.spaces import places_of
from tests.conftest import sign_in
from tests.devices import Device
from tests.sync_words import Words

BARE = {"archived": True}


class Promises(Words):
    """The checks of a household; the machine fills in who lives there and what was written."""

    roles: dict[str, str]
    authors: dict[str, str]  # of what was said

    def check(self) -> None:
        self.nothing_private_reached_the_therapist()
        log = self.read_log()
        self.every_edit_is_logged_once(log)
        self.acknowledged_means_logged(log)
        self.devices_are_equal()
        self.the_owner_is_never_refused(log)
        self.nobody_is_refused_without_reason(log)
        self.every_word_is_found_again(log)
        self.check_words(log)
        self.check_alone()

    def nothing_private_reached_the_therapist(self) -> None:
        for device in self.devices[2:]:
            by = {row["fields"].get("by", "") for row in device.rows.values()}
            wrote = {who for row in device.rows.values() for who in row.get("writers", {}).values()}
            assert by | wrote <= {"", self.ada.person, device.person}, "one guest was told of another"
        for device in self.devices[2:4]:
            assert {space for space, _ in device.rows} <= {self.space, device.private, *self.threads}
        assert {space for space, _ in self.devices[4].rows} <= {self.space, self.devices[4].private}

    def every_edit_is_logged_once(self, log: list[Any]) -> None:
        assert sorted(entry.id for entry in log) == sorted(self.all_edits)

    def acknowledged_means_logged(self, log: list[Any]) -> None:
        outcomes = {entry.id: entry.outcome for entry in log}
        for device in self.devices:
            for edit_id, (_, outcome) in device.acknowledged.items():
                assert outcomes[edit_id] == outcome
            assert not device.outbox

    def devices_are_equal(self) -> None:
        fresh = Device(sign_in(self.app, self.ada.person), self.ada.person, self.ada.space)
        fresh.settle()
        for device in self.devices:
            for space in {self.space, self.ada.space, *self.threads}:
                if self.role_in(device, space) and (space != self.ada.space or device.person == self.ada.person):
                    assert device.known(space) == self.meant_for(device, fresh.known(space))
                elif device.person != self.ada.person:
                    assert not device.known(space), "what was withdrawn is still there"

    def meant_for(self, device: Device, hers: dict[str, Any]) -> dict[str, Any]:
        """What somebody is to have of what Ada has: nothing of other guests, and of what was put away that it was.

        What one said oneself stays, also where she has no word of it any more.
        """
        if device.person == self.ada.person:
            return hers
        theirs, own = {}, {row_id: row["fields"] for (_, row_id), row in device.rows.items()}
        for row_id, (kind, revision, fields) in hers.items():
            by = self.authors.get(row_id, fields.get("by"))
            if by not in (None, device.person, self.ada.person) or (kind == "proposal" and by != device.person):
                continue
            if fields.get("archived"):
                assert by != device.person or own[row_id]["text"], "one's own words are gone"
                theirs[row_id] = (kind, revision, own[row_id] if by == device.person else BARE)
            else:
                theirs[row_id] = (kind, revision, fields)
        return theirs

    def the_owner_is_never_refused(self, log: list[Any]) -> None:
        for entry in log:
            device, edit = self.all_edits[entry.id]
            fits = len(edit["fields"].get("title", "")) < 200 and entry.id not in self.thefts
            if device.person == self.ada.person and fits:
                assert entry.outcome == "written", (entry.reason, edit)

    def nobody_is_refused_without_reason(self, log: list[Any]) -> None:
        never_added = {e.target for e in log if e.outcome == "refused" and e.verb == "add"}
        proposals = self.devices[0].view("proposal").values()
        never_added |= {p["target"] for p in proposals if not p["field"] and p["state"] == "left"}
        for entry in log:
            _, edit = self.all_edits[entry.id]
            if len(edit["fields"].get("title", "")) > 200:
                assert entry.outcome == "refused"
            elif entry.outcome == "refused" and entry.id not in self.thefts:
                # Refused for want of consent, to a viewer, or on what was itself refused (or proposed, and left since).
                # Or it was put away by Ada already.
                late = edit["kind"] == "comment" and "archived" in edit["fields"] and entry.actor_id != self.ada.person
                assert self.roles[entry.id] in ("", "viewer") or entry.target in never_added or late, entry.reason
            elif entry.outcome != "refused":
                assert self.roles[entry.id] not in ("", "viewer"), "what was shut was written to"

    def every_word_is_found_again(self, log: list[Any]) -> None:
        """Replay the log: it ends in the rows, and no word was lost on the way."""
        rows = self.rows_everywhere()
        offered = {
            (p["target"], p["field"], json.dumps(p["value"], sort_keys=True))
            for p in self.devices[0].view("proposal").values()
        }
        current: dict[tuple[str, str], tuple[Any, str, int]] = {}
        for entry in sorted(log, key=lambda e: (e.revision, e.ordinal)):
            _, edit = self.all_edits[entry.id]
            if entry.outcome == "refused" or edit["kind"] == "proposal":
                continue
            forced = {"by", "worry"} if KINDS[edit["kind"]].own_words else set()
            waiting = not any(target == entry.target for target, _ in current)
            if self.stays_taken_back(entry, current):
                continue
            for name in edit["fields"].keys() - forced:
                self.follow(entry, edit, name, edit["fields"][name], current, offered, waiting)
        for (target, name), (value, _, _) in current.items():
            row = rows.get(target, {})
            if row == BARE and name != "archived":
                continue  # taken back by who said it
            assert name in row, f"{name} was written and is gone"
            assert row[name] == value, f"{name} is not what was last written"

    def stays_taken_back(self, entry: Any, current: dict[tuple[str, str], tuple[Any, str, int]]) -> bool:
        """Whether Ada puts away, or brings back, what its author has taken back."""
        archived, by, _ = current.get((entry.target, "archived"), (False, "", 0))
        said = self.authors.get(entry.target, entry.actor_id)
        return bool(archived) and entry.actor_id == self.ada.person != said and by == said

    def follow(
        self, entry: Any, edit: dict[str, Any], name: str, value: Any, current: dict[Any, Any], offered: set[Any],
        waiting: bool,
    ) -> None:  # fmt: skip
        before = current.get((entry.target, name))
        as_proposal = (entry.target, name, json.dumps(value))
        whole = (entry.target, "", json.dumps(edit["fields"], sort_keys=True))
        stale = (
            before is not None
            and before[1] != entry.actor_id
            and before[2] > edit["base"].get(name, 0)
            and before[0] != value
            and name != "position"
            and not KINDS[edit["kind"]].own_words
        )
        if edit.get("undo") and stale and self.roles[entry.id] != "proposer":
            return  # somebody else has written since: theirs stays
        kept = json.loads(entry.kept_text or "[]")
        if entry.actor_id == self.theo.person and (name in kept or "" in kept):
            assert as_proposal in offered or whole in offered, "a word that was kept is nowhere"
            direct = self.roles[entry.id] == "editor" and not (waiting and entry.verb == "set")
            assert not direct or stale, "kept, though both were writing together"
            return
        if entry.actor_id == self.theo.person:
            assert not stale, "the therapist wrote over words they had not seen"
            if self.roles[entry.id] == "proposer" and not KINDS[edit["kind"]].own_words:
                assert before, "a proposer's words were written"
                assert before[0] == value, "a proposer's words were written"
                return  # nothing changed, so nothing was proposed
        elif stale and before[0] not in (None, ""):
            lost = (entry.target, name, json.dumps(before[0]))
            assert lost in offered, "words were written over and are in no proposal"
        current[entry.target, name] = (value, entry.actor_id, entry.revision)

    def read_log(self) -> list[Any]:
        table = LoggedEdit.__table__.c
        people = (self.ada.person, self.theo.person, self.ken.person)
        columns = (table.id, table.actor_id, table.revision, table.ordinal, table.target, table.verb,
                   table.outcome, table.reason, table.kept)  # fmt: skip
        with self.app.app_context():
            hers = places_of(connection(), self.ada.person, self.app.extensions["ippo"].now())
            assert hers.keys() == {self.ada.space, self.space, *self.threads}
            found = connection().execute(select(*columns).where(table.actor_id.in_(people))).all()
        return [Logged(*row) for row in found]


class Logged:
    """One line of the log, as the checks want it."""

    def __init__(self, *columns: Any) -> None:
        (self.id, self.actor_id, self.revision, self.ordinal, self.target, self.verb,
         self.outcome, self.reason, kept) = columns  # fmt: skip
        self.kept_text = json.dumps(kept) if kept else ""
