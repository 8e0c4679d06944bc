"""An account made at random: every kind a person may write, with any values its fields accept.

    lived(ada, random.Random(7))      # the same seed, the same account but for its ids

The values are tried on the vocabulary itself (`exposure.kinds`), so a new kind or field is in it by itself.
"""

import random
from collections.abc import Callable, Iterator
from typing import Any

from exposure.kinds import KINDS
from tests.conftest import Actor, new_id

TEXTS = (
    "", "窓を開ける", "a", "é", "=1+1", "<b>", "'\"", "line\nline", "☔ 👩‍👧", "שלום", "\u200b", "ﾊﾝｶｸ", "x" * 70, "ａ",
    "\t", "0123", "かお\u3099", "雨\u2028",
)  # fmt: skip
PLAIN = (
    None, True, False, 0, 1, 2, 3, 7, 20, 40, 100, 1_763_760_000_000, 253_402_300_799_000, "2026-02-28", "18:30",
    "00:00", "Asia/Tokyo", "Europe/Berlin", "JP", "a0", "Zz9", "H02", "calm", "tired", [], [0, 3], [6],
    ["calm", "tired"], [[1_763_760_000_000, 55]],
)  # fmt: skip
ALONE = [name for name, kind in KINDS.items() if kind.space == "private" and not kind.made_by_server]
POINTS = {"step", "ladder", "today_step", "split_from", "varied_from", "target", "about", "reminder"}


def words_of(fits: Callable[[Any], bool]) -> Iterator[Any]:
    """The words that a `one_of` anywhere in this rule lets through."""
    for cell in fits.__closure__ or ():
        if isinstance(cell.cell_contents, tuple):
            yield from cell.cell_contents
        elif callable(cell.cell_contents):
            yield from words_of(cell.cell_contents)


def value_for(dice: random.Random, name: str, fits: Callable[[Any], bool], ids: list[str]) -> Any:
    if name in POINTS and ids:
        return dice.choice(ids)
    open_to = [value for value in (*TEXTS, *PLAIN, *words_of(fits), new_id()) if fits(value)]
    return dice.choice(open_to)


def fields_for(dice: random.Random, kind: str, ids: list[str], **given: Any) -> dict[str, Any]:
    """What an `add` cannot do without, and some of the rest."""
    rules = KINDS[kind].fields
    needs = KINDS[kind].needs
    open_to = [name for name in rules if name not in ("by", "nickname")]
    wanted = [name for name in open_to if name in needs or dice.random() < 0.6]
    return {name: value_for(dice, name, rules[name], ids) for name in wanted} | given


def lived(ada: Actor, dice: random.Random) -> None:
    """Ladders with steps and comments, some of everything alone, and second thoughts."""
    spaces: list[tuple[str, str, list[str]]] = []
    written: list[tuple[str, str, str]] = []
    edits: list[dict[str, Any]] = []

    def add(kind: str, space: str, target: str, fields: dict[str, Any]) -> None:
        edits.append(ada.edit("add", kind, target, space, **fields))
        written.append((kind, target, space))

    for _ in range(dice.randint(1, 3)):
        space, ladder, steps = new_id(), new_id(), [new_id() for _ in range(dice.randint(0, 5))]
        add("ladder", space, ladder, fields_for(dice, "ladder", [], position="a0"))
        for step in steps:
            add("step", space, step, fields_for(dice, "step", steps, ladder=ladder, position="a1"))
        spaces.append((space, ladder, steps))
    ids = [step for _, _, steps in spaces for step in steps]
    add("setting", ada.space, ada.space, fields_for(dice, "setting", ids))
    for _ in range(dice.randint(8, 24)):
        kind = dice.choice([name for name in ALONE if name != "setting"])
        add(kind, ada.space, new_id(), fields_for(dice, kind, ids))
    ada.sync(*edits)
    ada.sync(*second_thoughts(ada, dice, written, ids))


def second_thoughts(
    ada: Actor, dice: random.Random, written: list[tuple[str, str, str]], ids: list[str]
) -> list[dict[str, Any]]:
    changed = []
    for kind, target, space in dice.sample(written, len(written) // 3):
        name = dice.choice([name for name in KINDS[kind].fields if name not in POINTS | {"by", "nickname"}])
        value = value_for(dice, name, KINDS[kind].fields[name], ids)
        changed.append(ada.change(kind, target, space, **{name: value}))
    return changed
