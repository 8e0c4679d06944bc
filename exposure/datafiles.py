"""What the browser reads besides programs: the library, the readings, the lines to call, each from a file of data."""

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
BUILT = STATIC / "built"
DATA = ROOT / "exposure" / "data"

# The ideas for a first step: three of the smallest in the library, in three different moods.
IDEAS = "H02", "H03", "H01"
# What the browser asks of a step in the library; the other tags are for people who read the file.
TAGS = ("health-note", "kind:interoceptive", "kind:imaginal")


def write_library() -> None:
    """The steps others have tried, from CSV, a list for each column: likes packed beside likes weigh less."""
    source, target = DATA / "step_library.csv", BUILT / "library.json"
    if source.exists() and not fresh([target], [source]):
        write_json(target, columns([*library().values()]))


def library() -> dict[str, dict[str, object]]:
    """{id: what the browser reads of the step}."""
    with (DATA / "step_library.csv").open(encoding="utf-8", newline="") as lines:
        return {row["id"]: library_step(row) for row in csv.DictReader(lines)}


def columns(steps: list[dict[str, object]]) -> dict[str, list[object]]:
    """A list for each column."""
    return {name: [step[name] for step in steps] for name in steps[0]}


def beside(language: str) -> dict[str, object]:
    """What comes with the app's own words, in their language: ideas for a first step, and the lines to call."""
    read = "id", language, f"hint_{language}", "tags"
    lines = json.loads((DATA / "lines.json").read_text(encoding="utf-8"))
    for line in lines["lines"]:
        if line["certainty"] == "general":
            del line["source"]  # its certainty says the same
        del line["id"], line["languages"]  # for people who check the file
    return {"ideas": columns([{name: library()[one][name] for name in read} for one in IDEAS]),
            "lines": in_one(language, lines)}  # fmt: skip


def library_step(row: dict[str, str]) -> dict[str, object]:
    """One line of the library as the browser reads it; low and high are SUDS 0-100, a guess by others."""
    return {
        "id": row["id"],
        "stage": row["stage"],
        "en": row["en_title"],
        "ja": row["ja_title"],
        "hint_en": row["en_hint"],
        "hint_ja": row["ja_hint"],
        "low": int(row["suds_low"]),
        "high": int(row["suds_high"]),
        "tags": [tag for tag in row["tags"].split(";") if tag in TAGS],
    }


def in_one(language: str, value: Any) -> Any:
    """The same with each text that stands in several languages in this one; in English where it has none."""
    if isinstance(value, list):
        return [in_one(language, one) for one in value]
    if not isinstance(value, dict):
        return value
    if "en" in value:
        return value.get(language, value["en"])
    return {key: in_one(language, one) for key, one in value.items()}


def write_readings() -> None:
    """How the words of the interface are read, one a line, for whoever wishes readings over the kanji."""
    source, target = DATA / "readings.txt", BUILT / "readings.json"
    if source.exists() and not fresh([target], [source]):
        write_json(target, source.read_text(encoding="utf-8").split())


def write_json(target: Path, value: object) -> None:
    """Compact UTF-8."""
    write_whole(target, json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode())


def write_whole(target: Path, content: bytes) -> None:
    """Whoever reads meanwhile has the old file or the new one, never half of one."""
    aside = target.with_name(f"{target.name}.new")
    aside.write_bytes(content)
    aside.replace(target)


def fresh(targets: Iterable[Path], sources: Iterable[Path]) -> bool:
    """True when every target is there and newer than every source and than the workshop."""
    workshop = Path(__file__), Path(__file__).with_name("assets.py")
    newest = max(source.stat().st_mtime for source in (*sources, *workshop))
    return all(target.exists() and target.stat().st_mtime > newest for target in targets)
