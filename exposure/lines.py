"""Lines: where a person can talk to somebody now, by country, with what is known about each.

A dead or wrong number is a real danger (product rule X2), so nothing may be left out: hours,
limits, source, and the day it was last checked. Where that day or our certainty is missing
the app says so plainly, and `stale` stops a release, never a day's tests.
"""

import json
import re
import sys
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from exposure.words import LANGUAGES

FILE = Path(__file__).parent / "data" / "lines.json"
KINDS = ("talk", "text", "child", "local", "directory", "emergency")  # in the order they are shown
ELSEWHERE = "*"
FRESH_FOR_DAYS = 180
NUMBER = re.compile(r"#?\d[\d -]*")
PLACE = ("id", "country", "kind", "number", "url", "languages")
TRUST = ("source", "checked_on", "certainty")
TEXTS = ("name", "hours", "limits")
FIELDS = {*PLACE, *TRUST, *TEXTS}

Bilingual = dict[str, str]


@dataclass(frozen=True)
class Line:
    """One place to turn to. `checked_on` is the day of the source, None when unknown."""

    id: str
    country: str
    kind: str
    number: str
    url: str
    name: Bilingual
    hours: Bilingual
    limits: Bilingual
    languages: tuple[str, ...]
    source: str
    checked_on: date | None
    certainty: str

    @property
    def dial(self) -> str:
        """The number as a tel: link wants it."""
        return re.sub(r"[^\d#+]", "", self.number)

    def is_stale(self, today: date) -> bool:
        """Whether a release may not go out with it: unconfirmed, or older than 180 days."""
        if self.certainty != "confirmed" or self.checked_on is None:
            return True
        return (today - self.checked_on).days > FRESH_FOR_DAYS


@dataclass(frozen=True)
class Lines:
    """Every line, the countries they belong to, and a sentence for each certainty."""

    countries: dict[str, Bilingual]
    certainty: dict[str, Bilingual]
    lines: tuple[Line, ...]

    def near(self, country: str) -> list[Line]:
        """The lines of one country, people to talk to first; elsewhere's when there are none."""
        here = country if country in self.countries else ELSEWHERE
        found = [line for line in self.lines if line.country == here]
        return sorted(found, key=lambda line: KINDS.index(line.kind))

    def stale(self, today: date) -> list[Line]:
        """What somebody must look up again before a release (X2)."""
        return [line for line in self.lines if line.is_stale(today)]


@cache
def lines() -> Lines:
    """The lines the app was built with; raises ValueError when one is incomplete."""
    return read_lines(json.loads(FILE.read_text("utf-8")))


def read_lines(data: dict[str, Any]) -> Lines:
    """Checked lines from plain JSON; raises ValueError naming the line that is not complete."""
    countries, certainty = data["countries"], data["certainty"]
    for words in (*countries.values(), *certainty.values()):
        bilingual(words, "countries and certainty")
    found = tuple(read_line(raw, set(countries), set(certainty)) for raw in data["lines"])
    if len({line.id for line in found}) != len(found):
        raise ValueError("two lines share an id")
    return Lines(countries, certainty, found)


def read_line(raw: dict[str, Any], countries: set[str], certainty: set[str]) -> Line:
    """One line; raises ValueError when a field is missing, unknown or empty."""
    where = str(raw.get("id", raw))
    if set(raw) != FIELDS:
        raise ValueError(f"{where}: fields differ: {sorted(set(raw) ^ FIELDS)}")
    if raw["country"] not in countries or raw["kind"] not in KINDS or raw["certainty"] not in certainty:
        raise ValueError(f"{where}: unknown country, kind or certainty")
    if not raw["number"] and not raw["url"] and raw["kind"] != "local":
        raise ValueError(f"{where}: nowhere to turn to")
    if raw["number"] and not NUMBER.fullmatch(raw["number"]):
        raise ValueError(f"{where}: not a number to dial")
    if raw["url"] and not raw["url"].startswith("https://"):
        raise ValueError(f"{where}: not a safe address")
    if not raw["languages"] or not raw["source"]:
        raise ValueError(f"{where}: languages and source are needed")
    for field in TEXTS:
        bilingual(raw[field], where)
    day = raw["checked_on"]
    if day is None and raw["certainty"] == "confirmed":
        raise ValueError(f"{where}: confirmed, but on which day?")
    checked = date.fromisoformat(day) if day is not None else None
    return Line(**{**raw, "languages": tuple(raw["languages"]), "checked_on": checked})


def bilingual(words: Bilingual, where: str) -> None:
    """Raises ValueError unless there is a text in every language of the app."""
    if set(words) != set(LANGUAGES) or not all(text.strip() for text in words.values()):
        raise ValueError(f"{where}: needs words in {LANGUAGES}")


def main() -> int:
    """The release check: names every line that somebody must look up again; 0 when there is none."""
    today = date.today()  # noqa: DTZ011  a day is enough, and no person's clock is meant
    old = lines().stale(today)
    for line in old:
        sys.stderr.write(f"look up again: {line.id} {line.number or line.url} ({line.checked_on}, {line.certainty})\n")
    return 1 if old else 0


if __name__ == "__main__":
    sys.exit(main())
