"""What is rarely wanted is loaded when it is wanted, and only then."""

import subprocess
import sys

import pytest

from exposure.lazily import lazily

ASKED = """
import sys
from exposure import clock, credentials, create_app
before = "zxcvbn.frequency_lists" in sys.modules
common = credentials.too_common("password1234", "ada")
print(before, "zxcvbn.frequency_lists" in sys.modules, common)
"""


def test_the_lists_of_passwords_come_with_the_first_password() -> None:
    said = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=True).stdout
    assert said.split() == ["False", "True", "True"]


def test_what_is_not_installed_is_told_at_once() -> None:
    with pytest.raises(ModuleNotFoundError):
        lazily("nothing_of_this_name")
