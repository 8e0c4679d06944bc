"""The next time a phone tells in words is the one the clock keeps: rhythm.js and manners.js beside timetable.py."""

import json
import random
import subprocess
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from exposure import assets
from exposure.timetable import Occurrence, Rhythm, next_due, quiet_until

ZONES = "Asia/Tokyo Europe/London America/New_York Australia/Lord_Howe America/St_Johns Africa/Casablanca Asia/Kolkata"
SEED, CASES = 20261121, 1500
PHONE = """
import { nextTold } from './static/js/manners.js';
let text = '';
for await (const part of process.stdin) text += part;
const told = JSON.parse(text).map(({ one, now, setting }) => nextTold(one, now, setting) ?? null);
console.log(JSON.stringify(told));
"""

Case = dict[str, Any]


def a_case(dice: random.Random) -> Case:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=dice.randrange(2 * 365 * 86_400))
    asleep = dice.random() < 0.7
    once = dice.random() < 0.2
    one = {
        "days": [] if once else sorted(dice.sample(range(7), dice.randint(1, 7))),
        "date": str(now.date() + timedelta(days=dice.randint(-2, 40))) if once else "",
        "time": clock(dice),
        "window": dice.choice([5, 60, 240, 600, 1440]),
        "zone": dice.choice(ZONES.split()),
        "on": True,
    }
    quiet = {"quiet_from": clock(dice) if asleep else "", "quiet_to": clock(dice) if asleep else ""}
    return {"one": one, "now": int(now.timestamp() * 1000), "setting": {"paused": "", "paused_until": None, **quiet}}


def clock(dice: random.Random) -> str:
    return f"{dice.randrange(24):02}:{dice.randrange(60):02}"


def kept(case: Case) -> dict[str, object] | None:
    """What the server makes of it, in the phone's words."""
    one, setting = case["one"], case["setting"]
    on = date.fromisoformat(one["date"]) if one["date"] else None
    rhythm = Rhythm(frozenset(one["days"]), time.fromisoformat(one["time"]), one["zone"], one["window"], on)
    found = next_due(rhythm, datetime.fromtimestamp(case["now"] / 1000, UTC))
    if found is None:
        return None
    end = quiet_end(found, setting, one["zone"])
    waits = end is not None and end >= found.until
    wall = (found.due if end is None or waits else end).astimezone(ZoneInfo(one["zone"]))
    return {"day": str(wall.date()), "time": f"{wall:%H:%M}", "waits": waits}


def quiet_end(found: Occurrence, setting: dict[str, str], zone: str) -> datetime | None:
    if not setting["quiet_from"]:
        return None
    hours = (time.fromisoformat(setting["quiet_from"]), time.fromisoformat(setting["quiet_to"]))
    return quiet_until(*hours, zone, found.due)


def crosses_a_change(case: Case) -> bool:
    """Whether the clocks of the place are set around then: words stay nominal there."""
    place, answer = ZoneInfo(case["one"]["zone"]), kept(case)
    if answer is None:
        return False
    noon = datetime.fromisoformat(f"{answer['day']}T12:00").replace(tzinfo=place)
    return len({(noon + timedelta(days=days)).utcoffset() for days in (-2, -1, 0, 1, 2)}) > 1


def test_the_next_time_told_in_words_is_the_one_the_clock_keeps() -> None:
    dice = random.Random(SEED)
    cases = [case for case in (a_case(dice) for _ in range(CASES)) if not crosses_a_change(case)]
    node = [assets.find_node(), "--input-type=module", "-e", PHONE]
    told = json.loads(
        subprocess.run(
            node, cwd=assets.ROOT, input=json.dumps(cases), text=True, capture_output=True, check=True
        ).stdout
    )
    wrong = [(case, said, kept(case)) for case, said in zip(cases, told, strict=True) if said != kept(case)]
    assert wrong == []
    # What it looked at: nearly all of the cases, and enough of every kind.
    assert len(cases) > 0.9 * CASES
    assert sum(said is None for said in told) > 5
    assert sum(bool(said and said["waits"]) for said in told) > 50
    assert (
        sum(bool(said and said["time"] == case["setting"]["quiet_to"]) for case, said in zip(cases, told, strict=True))
        > 50
    )
