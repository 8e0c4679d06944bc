"""The promises with their figures: what `make prove` measures, says line by line, and writes into docs/proof.md.

A test that proves a promise says so once it has held:

    pytestmark = pytest.mark.promise("Kill and cut")                 # the table its lines stand in

    def test_no_acknowledged_write_is_lost(proof, settings):
        with proof.bar("kills", 1000) as tick: ...
        proof.line("Acknowledged writes lost", wanted="0 in 1,000 kills", measured=f"{lost} of {writes:,}")
        assert lost == 0

Full figures are marked `nightly`; the quick ones run in `make test`. The words of a promise
are its key in the paper: numbers that may change belong into `measured`.
"""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import pytest

PAPER = Path(__file__).resolve().parent.parent / "docs" / "proof.md"
BEGIN, END = "<!-- measured: written by `make prove` -->", "<!-- end -->"
HEAD = "| promise | on | wanted | measured | test |\n|---|---|---|---|---|\n"
Row = tuple[str, str, str, str, str]


class Proof:
    """What a test has to say of a promise."""

    def __init__(self, request: pytest.FixtureRequest) -> None:
        self._request = request
        mark = request.node.get_closest_marker("promise")
        self.table = mark.args[0] if mark else "Other"

    def line(self, promise: str, *, wanted: str, measured: str) -> None:
        """One line of the table; `measured` is what this very run found."""
        name = self._request.node.nodeid
        engine = next((one for one in ("sqlite", "postgresql", "chromium", "firefox") if one in name), "")
        self._request.node.user_properties.append(
            ("promise", (self.table, promise, engine, wanted, measured, name.split("[")[0]))
        )

    @contextmanager
    def bar(self, label: str, total: int) -> Iterator[Callable[..., None]]:
        """A progress bar where somebody looks at a terminal; nothing elsewhere."""
        capture = self._request.config.pluginmanager.getplugin("capturemanager")
        if capture is None or not sys.__stderr__.isatty():
            yield lambda _done=1: None
            return
        with (
            capture.global_and_fixture_disabled(),
            click.progressbar(length=total, label=label, file=sys.__stderr__) as bar,
        ):
            yield lambda done=1: bar.update(done)


@pytest.fixture
def proof(request):
    return Proof(request)


class Told:
    """Says each line as it comes, and writes the paper in the end, where it was asked to."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.rows: dict[str, dict[tuple[str, str], Row]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when != "call":
            return
        for name, said in report.user_properties:
            if name == "promise":
                table, promise, engine, wanted, measured, test = said
                held = measured if report.passed else f"**did not hold**: {measured}"
                self.rows.setdefault(table, {})[promise, engine] = (promise, engine, wanted, held, test)
                print(f"\n{table}: {promise}{engine and f' ({engine})'}: wanted {wanted}: {held}", flush=True)

    def pytest_sessionfinish(self) -> None:
        if self.rows and self.config.getoption("--write-proof"):
            write(self.rows)


def write(fresh: dict[str, dict[tuple[str, str], Row]]) -> None:
    """Lay the lines of this run into the paper; lines of proofs that did not run now stay as they were."""
    paper = PAPER.read_text("utf-8")
    before, rest = paper.split(BEGIN)
    old, after = rest.split(END)
    tables = read(old)
    for table, rows in fresh.items():
        tables.setdefault(table, {}).update(rows)
    said = "".join(f"\n## {table}\n\n{HEAD}" + "".join(f"| {' | '.join(row)} |\n" for row in rows.values())
                   for table, rows in sorted(tables.items()))  # fmt: skip
    PAPER.write_text(f"{before}{BEGIN}\n{said}\n{END}{after}", "utf-8")


def read(text: str) -> dict[str, dict[tuple[str, str], Row]]:
    """The tables as they stand in the paper."""
    tables: dict[str, dict[tuple[str, str], Row]] = {}
    table = ""
    for line in text.splitlines():
        if heading := re.fullmatch(r"## (.+)", line):
            table = heading[1]
        cells = [cell.strip() for cell in line.strip("|").split(" | ")] if line.startswith("| ") else []
        if len(cells) == len(Row.__args__) and cells[0] != "promise":  # type: ignore[attr-defined]
            tables.setdefault(table, {})[cells[0], cells[1]] = tuple(cells)  # type: ignore[assignment]
    return tables


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-proof", action="store_true", help="lay what was measured into docs/proof.md")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Told(config), "ippo-proof-told")
