"""The papers tell the truth: every threat has its test, every line of ASVS its test or its reason, and all exist."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from exposure.config import ENVIRONMENT

pytestmark = pytest.mark.promise("Supply chain")

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
NAMED = re.compile(r"`(tests/[\w./*]+)(?:::(\w+))?")

# ASVS 5.0.0: the level of each line of each section, in order (1.2.10 is of level 3).
LEVELS = """
 1.1 22  1.2 1111122223  1.3 112222222223  1.4 222  1.5 123  2.1 122  2.2 112  2.3 12223  2.4 23
 3.1 3  3.2 113  3.3 12223  3.4 11222233  3.5 11122333  3.6 3  3.7 22333  4.1 12233  4.2 23333  4.3 22  4.4 1222
 5.1 2  5.2 112333  5.3 113  5.4 222  6.1 122  6.2 111111112222  6.3 11223333  6.4 112233  6.5 22222333  6.6 2223
 6.7 33  6.8 2222  7.1 222  7.2 1111  7.3 22  7.4 11222  7.5 223  7.6 22  8.1 1233  8.2 1123  8.3 133  8.4 23
 9.1 111  9.2 1222  10.1 22  10.2 223  10.3 22223  10.4 1111122222233333  10.5 22222  10.6 22  10.7 222
 11.1 2233  11.2 22233  11.3 11233  11.4 1222  11.5 23  11.6 23  11.7 33  12.1 12233  12.2 11  12.3 22223
 13.1 2333  13.2 222223  13.3 2233  13.4 1222233  14.1 22  14.2 12223333  14.3 122  15.1 12233  15.2 12233
 15.3 1222222  15.4 3333  16.1 2  16.2 22222  16.3 2222  16.4 222  16.5 2223  17.1 23  17.2 22223333  17.3 22
"""
ASKED = {
    f"{section}.{place}": level
    for section, levels in re.findall(r"([\d.]+) ([123]+)", LEVELS)
    for place, level in enumerate(levels, 1)
}
WAYS = ("held", "so", "partly", "not held", "none")


@cache
def told_in(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def missing(text: str) -> list[str]:
    """Tests that a paper names and that are not there."""
    found = []
    for path, test in NAMED.findall(text):
        places = [*ROOT.glob(path.rstrip("/"))]
        if not places or (test and test not in told_in(places[0])):
            found.append(f"{path}::{test}")
    return found


def rows(paper: str, columns: int) -> list[list[str]]:
    """Rows of the tables with so many columns, without their heads."""
    lines = (DOCS / paper).read_text("utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip().strip("|").split(" | ")] for line in lines if line.startswith("| ")]
    heads = {lines[at - 1] for at, line in enumerate(lines) if line.startswith("|---")}
    told = [line for line in lines if line.startswith("| ")]
    return [row for row, line in zip(cells, told, strict=True) if len(row) == columns and line not in heads]


@pytest.mark.parametrize("paper", sorted(path.name for path in DOCS.glob("*.md") if path.name != "proof.md"))
def test_every_test_that_a_paper_names_is_there(paper):
    assert missing((DOCS / paper).read_text("utf-8")) == []


def test_the_look_would_notice():
    assert missing("`tests/test_papers.py::test_the_look_would_notice`") == []
    assert missing("`tests/test_papers.py::test_of_somebody_elses`, `tests/test_nowhere.py`") != []


def test_every_threat_and_every_fault_has_its_test(proof):
    threats = rows("threat-model.md", 4)
    faults = [row for row in rows("threat-model.md", 2) if "::" in row[1] or "tests/" in row[1]]
    promises = rows("threat-model.md", 3)
    assert [row[0] for row in threats] == [f"T{number}" for number in range(1, 23)]
    assert len(faults) >= 25
    bare = [row[0] for row in [*threats, *rows("threat-model.md", 2), *promises] if not NAMED.search(row[-1])]
    named = Counter(name for row in [*threats, *faults, *promises] for name in NAMED.findall(row[-1]))
    proof.line("Every threat, fault and promise has its test", wanted="0 without a test",
               measured=f"{len(bare)} of {len(threats)} threats, {len(faults)} faults, {len(promises)} promises; "
               f"{len(named)} tests named")  # fmt: skip
    assert bare == []


def test_every_line_of_asvs_has_its_test_or_its_reason(proof):
    assert Counter(ASKED.values()) == {"1": 70, "2": 183, "3": 92}
    wanted = {line: level for line, level in ASKED.items() if level in "12"}
    ways: dict[str, str] = {}
    for line, level, asked, way, how in rows("asvs.md", 5):
        whole = line.removesuffix("*")
        lines = [one for one in wanted if one.startswith(whole)] if line.endswith("*") else [line]
        assert way in WAYS, line
        assert asked, line
        assert how, line
        assert way != "held" or NAMED.search(how) or "same" in how.lower(), line
        for one in lines:
            assert one not in ways, one
            assert line.endswith("*") or wanted[one] == level, one
            ways[one] = way
    told = Counter(ways.values())
    proof.line("ASVS 5.0.0, levels 1 and 2", wanted="each of 253 lines with its test or its reason",
               measured=f"{len(ways)}: " + ", ".join(f"{told[way]} {way}" for way in WAYS))  # fmt: skip
    assert set(wanted) - set(ways) == set()
    assert set(ways) - set(wanted) == set()


def test_the_readme_lists_every_setting_and_no_other() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", readme, re.MULTILINE)) == set(ENVIRONMENT.values())


def test_the_readme_names_only_commands_there_are() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {"run", "test"} <= set(re.findall(r"make ([a-z]+)", readme)) <= targets
    assert readme.count("\n") < 150
