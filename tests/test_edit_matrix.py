"""Every kind of row × every field × every role: who may add and set what, told twice and compared.

`WHO` (who_may.py) is written by hand from the rules, not read from the code: `exposure/kinds.py` says the
same in its own words, and the house is asked cell by cell. A kind or a field without a line here fails.
"""

import itertools
import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, select

from exposure import laid
from exposure.db import writing
from exposure.kinds import KINDS
from exposure.merge import Row
from exposure.people import Person
from exposure.spaces import Space
from tests.cells import Cells
from tests.conftest import Actor, enter, let_in, new_id
from tests.linking import accept, invite, link, withdraw
from tests.proof import Proof
from tests.who_may import EDITOR, MEMBERS, OWNER, PROPOSER, THREE, VIEWER, WHO

pytestmark = pytest.mark.promise("Authorization")

ALWAYS = 10**6  # a base that has seen everything
MADE_BY_SERVER = {kind for kind, may in WHO.items() if not may.add}
OUTSIDE = ("person", "therapist", "accepted", "ex")  # nobody, one who is not confirmed yet, one who no longer is
NOT_ADA = (*MEMBERS[1:], *OUTSIDE)
OWN_WORDS = {kind for kind, may in WHO.items() if may.own and may.add}
# Two texts each field takes; the first that fits stands in the row, the other is written over it.
TRIED = (
    ["one", "two"], ["a0", "a1"], ["2026-11-20", "2026-11-21"], ["07:30", "08:30"], ["Asia/Tokyo", "Europe/London"],
    ["did", "part"], ["home", "reminder"], ["open", "left"], ["open", "private"], ["accepted", "declined"],
    ["step", "ladder"], ["action", "body"], ["none", "all"], ["accepted", "confirmed"], ["JP", "GB"], ["H01", "H02"],
    [new_id(), new_id()], [False, True], [30, 40], [["calm"], ["tired"]], [[1], [2]],
    [[[1763760000000, 30]], [[1763760000000, 40]]], [[[new_id(), "propose"]], [[new_id(), "write"]]],
    [[[new_id(), 5]], [[new_id(), 6]]], ["until", "open"], ["might", "later"], [2, 3], [[new_id()], [new_id()]],
    ["slow", "even"], ["plain", "furigana"], ["kept", "left"], ["yes", "no"], ["time", "place"], ["harder", "days"],
    ["person", "animal"], [0, 1],
)  # fmt: skip


def two(kind: str, name: str) -> list[Any]:
    """Two values this field takes."""
    fits = KINDS[kind].fields[name]
    if name == "value":
        return ["one", "two"]
    return next(values for values in TRIED if all(map(fits, values)))


class Stage:
    """Ada's rows of every kind in a space of every kind, and everybody who might want to write in them."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.ada = enter(app)
        self.spaces = {"private": self.ada.space, "ladder": new_id(), "thread": new_id()}
        self.ladder, self.step = new_id(), new_id()
        self.cast = {role: enter(app, "therapist") for role in (EDITOR, PROPOSER, VIEWER)}
        self.cast |= {role: enter(app, "person" if role == "person" else "therapist") for role in OUTSIDE}
        space = self.spaces["ladder"]
        self.ada.sync(
            self.ada.edit("add", "ladder", self.ladder, space, title="one", position="a0"),
            self.ada.edit("add", "step", self.step, space, ladder=self.ladder, title="one", position="a0"),
        )
        lay_out_thread(app, self.ada.person, self.spaces["thread"])
        for role in (EDITOR, PROPOSER, VIEWER):
            let_in(app, self.cast[role].person, space, role)
            let_in(app, self.cast[role].person, self.spaces["thread"], role)
        self.cast[OWNER] = self.ada
        accept(self.cast["accepted"], invite(self.ada))
        withdraw(self.ada, link(self.ada, self.cast["ex"], {space: "write"}, entries="all")["id"])
        # (kind, whose) -> id
        self.rows: dict[tuple[str, str], str] = {("ladder", OWNER): self.ladder, ("step", OWNER): self.step}
        self.fill()

    def fill(self) -> None:
        """One row of each kind that is Ada's, and of what people say one of each who may say it."""
        for kind, may in WHO.items():
            for role in may.add:
                if (kind, role) not in self.rows and (role == OWNER or kind in OWN_WORDS):
                    edit = self.adding(kind, self.cast[role])
                    assert self.cast[role].sync(edit)["answers"][0]["outcome"] == "written", kind
                    self.rows[kind, role] = edit["target"]
        change = self.cast[PROPOSER].change("step", self.step, self.spaces["ladder"], title="proposed")
        assert self.cast[PROPOSER].sync(change)["answers"][0]["outcome"] == "kept"
        rows = self.ada.sync()["spaces"][self.spaces["ladder"]]["rows"]
        self.rows["proposal", PROPOSER] = next(row["id"] for row in rows if row["kind"] == "proposal")
        self.rows["thread", OWNER] = self.spaces["thread"]
        self.rows["consent", OWNER] = new_id()
        mirror = Row(self.rows["consent", OWNER], self.ada.space, "consent", {"name": "Theo", "state": "accepted"})
        lay_out(self.app, self.ada.person, mirror)

    def fields(self, kind: str, at: int = 0) -> dict[str, Any]:
        """What an `add` of this kind cannot do without."""
        given = {name: two(kind, name)[at] for name in KINDS[kind].needs}
        if kind == "step":
            given["ladder"] = self.ladder
        if kind == "comment":
            given |= {"target": self.step, "target_kind": "step"}
        return given or {next(iter(KINDS[kind].fields)): two(kind, next(iter(KINDS[kind].fields)))[at]}

    def adding(self, kind: str, actor: Actor, space: str = "") -> dict[str, Any]:
        target = actor.space if kind == "setting" else new_id()
        return actor.edit("add", kind, target, space or self.spaces[WHO[kind].space], **self.fields(kind))

    def setting(self, kind: str, name: str, actor: Actor, target: str, space: str = "") -> dict[str, Any]:
        value = self.step if (kind, name) in POINTING else self.ladder if name == "ladder" else two(kind, name)[1]
        where = space or self.spaces[WHO[kind].space]
        return actor.edit("set", kind, target, where, **{name: value}, base={name: ALWAYS})

    def everything(self) -> dict[str, Any]:
        """All Ada has, as her phone would fetch it."""
        spaces = self.ada.sync()["spaces"]
        rows = {f"{row['kind']} {row['id']}": row for space in self.spaces.values() for row in spaces[space]["rows"]}
        kept = {name: json.dumps(row, sort_keys=True) for name, row in rows.items()}
        return kept | {space: spaces[space]["revision"] for space in self.spaces.values()}


POINTING = {("comment", "target"), ("idea", "step")}


def lay_out(app: Flask, person: str, row: Row) -> None:
    """Put a row that only the house makes into a space of this person."""
    with app.app_context(), writing() as bound:
        wrapped = bound.execute(select(Person.key_wrapped).where(Person.id == person)).scalar_one()
        laid.lay(bound, app.extensions["ippo"].vault.opener(person, wrapped), [row], person)


def lay_out_thread(app: Flask, person: str, space: str) -> None:
    with app.app_context(), writing() as bound:
        bound.execute(insert(Space).values(id=space, owner_id=person, kind="thread", revision=0))
    let_in(app, person, space, OWNER)
    lay_out(app, person, Row(space, space, "thread", {"reads_days": [0]}))


@pytest.fixture
def stage(app: Flask) -> Stage:
    return Stage(app)


def answers(actor: Actor, *edits: dict[str, Any]) -> list[dict[str, Any]]:
    """What is said of each edit, however many there are."""
    return [one for at in range(0, len(edits), 200) for one in actor.sync(*edits[at : at + 200])["answers"]]


def told(answer: dict[str, Any]) -> str:
    return answer["outcome"] + (f" {answer['reason']}" if "reason" in answer else "")


def test_every_kind_and_every_field_has_its_line() -> None:
    assert {kind: (one.space, sorted(one.fields)) for kind, one in KINDS.items()} == {
        kind: (may.space, sorted(may.fields.split())) for kind, may in WHO.items()
    }


@pytest.mark.parametrize("role", MEMBERS)
def test_each_member_adds_what_is_theirs_to_add(stage: Stage, role: str, proof: Proof) -> None:
    actor, edits, wanted, cells = stage.cast[role], [], [], Cells()
    for kind, may in WHO.items():
        if may.space == "private" and role != OWNER:
            continue
        if role == PROPOSER and may.space == "thread":
            continue  # a thread is written in by two, and neither proposes
        edits.append(stage.adding(kind, actor))
        known = kind == "setting"  # Ada has hers already: adding it again is setting it
        allowed = "kept" if role == PROPOSER and kind == "step" else "written"
        wanted.append(f"{kind}: {allowed if role in may.add or known else 'refused not_allowed'}")
    heard = [f"{edit['kind']}: {told(one)}" for edit, one in zip(edits, answers(actor, *edits), strict=True)]
    cells.compare(heard, wanted)
    cells.prove(proof, f"Edits: what the {role} adds", 4)


@pytest.mark.parametrize("role", MEMBERS)
def test_each_member_sets_what_is_theirs_to_set_and_nothing_else(stage: Stage, role: str, proof: Proof) -> None:
    actor, edits, wanted, cells = stage.cast[role], [], [], Cells()
    for (kind, whose), row in stage.rows.items():
        may = WHO[kind]
        if (may.space == "private" and role != OWNER) or (role == PROPOSER and may.space == "thread"):
            continue
        mine = may.set.get(role, "").split() + (may.own.get(role, "").split() if whose == role else [])
        for name in may.fields.split():
            edits.append(stage.setting(kind, name, actor, row))
            kept = "kept" if role == PROPOSER and kind in ("ladder", "step") else "written"
            wanted.append(f"{kind} of {whose}.{name}: {kept if name in mine else 'refused not_allowed'}")
    said = [line.split(":")[0] for line in wanted]
    heard = [f"{line}: {told(one)}" for line, one in zip(said, answers(actor, *edits), strict=True)]
    cells.compare(heard, wanted)
    cells.prove(proof, f"Edits: what the {role} sets", 80 if role == OWNER else 40)


@pytest.mark.parametrize("role", [VIEWER, *OUTSIDE])
def test_whoever_may_set_nothing_changes_nothing(stage: Stage, role: str) -> None:
    before = stage.everything()
    actor = stage.cast[role]
    for (kind, _), row in stage.rows.items():
        answers(actor, *(stage.setting(kind, name, actor, row) for name in WHO[kind].fields.split()))
        answers(actor, stage.adding(kind, actor), {**stage.adding(kind, actor), "target": row})
    assert stage.everything() == before


def test_a_space_that_is_anothers_and_one_that_never_was_are_answered_alike(stage: Stage, proof: Proof) -> None:
    """Only adding a ladder differs: it makes a space where there is none."""
    missing, cells = new_id(), Cells()
    for role, ((kind, _), row) in itertools.product(NOT_ADA, stage.rows.items()):
        actor = stage.cast[role]
        shut = {"private", *(set(stage.spaces) if role not in MEMBERS else ())}
        if WHO[kind].space not in shut:
            continue
        asked = []
        for name in WHO[kind].fields.split():
            theirs = stage.setting(kind, name, actor, row)
            nowhere = {**theirs, "id": new_id(), "space": missing}
            asked += [theirs, nowhere, {**nowhere, "id": new_id(), "target": new_id()}]
        heard = [{**one, "id": ""} for one in answers(actor, *asked)]
        for edit, *alike in zip(asked[::3], heard[::3], heard[1::3], heard[2::3], strict=True):
            holds = alike[0] == alike[1] == alike[2] and told(alike[0]) == "refused no_space"
            cells.look(f"{role}: {kind} {edit['fields']}: {alike}", holds=holds)
        if kind != "ladder":
            one, none = answers(actor, stage.adding(kind, actor), stage.adding(kind, actor, missing))
            cells.look(f"{role}: adding a {kind}", holds={**one, "id": ""} == {**none, "id": ""})
    cells.prove(proof, "Edits: another's space and none, answered alike", 700)


def test_a_row_that_is_anothers_and_one_that_never_was_are_answered_alike(stage: Stage, proof: Proof) -> None:
    """Asked for in a space of one's own: as what is changed, and as what something of one's own points to."""
    cells, before = Cells(), stage.everything()
    for role in NOT_ADA:
        actor, own, pairs = stage.cast[role], new_id(), []
        actor.sync(actor.edit("add", "ladder", new_id(), own, title="mine", position="a0"))
        for (kind, _), row in stage.rows.items():
            for name, space in itertools.product(WHO[kind].fields.split(), (actor.space, own)):
                edit = stage.setting(kind, name, actor, row, space)
                pairs += [edit, {**edit, "id": new_id(), "target": new_id()}]
        for kind, name in sorted({*POINTING, ("step", "ladder"), ("attempt", "step"), ("reminder", "step")}):
            edit = stage.adding(kind, actor, actor.space if WHO[kind].space == "private" else own)
            edit["fields"][name] = stage.ladder if name == "ladder" else stage.step
            pairs += [edit, {**edit, "id": new_id(), "target": new_id(), "fields": {**edit["fields"], name: new_id()}}]
        heard = [{**one, "id": ""} for one in answers(actor, *pairs)]
        for edit, theirs, nobodys in zip(pairs[::2], heard[::2], heard[1::2], strict=True):
            cells.look(f"{role}: {edit['kind']} {edit['fields']}: {theirs}", holds=theirs == nobodys)
    assert stage.everything() == before
    cells.prove(proof, "Edits: another's row and none, answered alike", 3000)


@pytest.mark.parametrize("role", [EDITOR, PROPOSER, OWNER])
def test_nobody_speaks_in_anothers_name_or_from_the_future(stage: Stage, role: str) -> None:
    actor, somebody = stage.cast[role], stage.cast["person"].person
    for kind in OWN_WORDS:
        if role not in WHO[kind].add:
            continue
        edit = stage.adding(kind, actor)
        edit["fields"] |= {"by": somebody, "at": 1_900_000_000_000}
        if kind == "idea":
            edit["fields"]["state"] = "taken"
        assert told(answers(actor, edit)[0]) == "written"
        rows = stage.ada.sync()["spaces"][stage.spaces[WHO[kind].space]]["rows"]
        kept = next(row["fields"] for row in rows if row["id"] == edit["target"])
        assert kept["by"] == actor.person
        assert kept["at"] < 1_900_000_000_000
        assert kept.get("state", "open") == "open"


def test_a_proposal_is_nobodys_to_write_but_its_state_is_the_owners(stage: Stage) -> None:
    """Not even by adding it again, which is how an import sets what is there."""
    row, space = stage.rows["proposal", PROPOSER], stage.spaces["ladder"]
    again = {"target": stage.step, "target_kind": "step", "field": "title", "value": "mine", "state": "open"}
    for role in THREE:
        actor = stage.cast[role]
        assert told(answers(actor, actor.edit("add", "proposal", row, space, **again))[0]) == "refused not_allowed"
        assert told(answers(actor, actor.edit("add", "proposal", new_id(), space, **again))[0]) == "refused not_allowed"
