"""What is rarely wanted is loaded when it is wanted, and only then."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from exposure.lazily import lazily

PACKAGE = Path(__file__).parents[1] / "exposure"
ASKED = """
import sys
from exposure import clock, passwords
from exposure.app import create_app
before = "zxcvbn.frequency_lists" in sys.modules
common = passwords.too_common("password1234", "ada")
print(before, "zxcvbn.frequency_lists" in sys.modules, common)
"""


def test_the_lists_of_passwords_come_with_the_first_password() -> None:
    said = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=True).stdout
    assert said.split() == ["False", "True", "True"]


# Some thirty megabytes and half a second: what only the doors need, and what only a new shape of the database needs.
OF_THE_DOORS = {"exposure.web", "exposure.app", "webauthn", "icalendar", "segno", "flask_login", "flask_compress"}
OF_OTHERS = {"clock": {"alembic", "gunicorn"}, "serve": {"apscheduler", "gunicorn"}}


@pytest.mark.parametrize("command", OF_OTHERS)
def test_a_process_without_doors_carries_nothing_of_theirs(command: str) -> None:
    asked = f"import sys, exposure.cli, exposure.commands.{command}; print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout
    assert f"exposure.{command}" in said.split()
    assert set(said.split()) & (OF_THE_DOORS | OF_OTHERS[command]) == set()


def test_whoever_takes_away_what_belongs_to_nobody_knows_every_table() -> None:
    asked = "import exposure.commands.settle; from exposure.db import Base; print(*Base.metadata.tables)"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout
    sources = [path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")]
    tables = {name for source in sources for name in re.findall(r'__tablename__ = "(\w+)"', source)}
    assert len(tables) > 25
    assert set(said.split()) == tables


def test_what_is_not_installed_is_told_at_once() -> None:
    with pytest.raises(ModuleNotFoundError):
        lazily("nothing_of_this_name")
