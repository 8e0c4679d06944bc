"""Inventory: what this house is made of, told to the last part, in the form that others read (CycloneDX 1.6)."""

import contextlib
import io
import json
import os
from datetime import UTC, datetime
from importlib.metadata import distributions
from pathlib import Path

import cyclonedx.schema
import jsonschema
import pytest
from referencing import Registry, Resource

from exposure import cli, inventory
from exposure.inventory import plain
from tests.test_supply import ROOT, locked

pytestmark = pytest.mark.promise("Supply chain")


@pytest.fixture(scope="module")
def listed():
    """The list as anybody gets it."""
    before, said = os.umask(0o077), io.StringIO()
    with contextlib.redirect_stdout(said):
        assert cli.main(["sbom"]) == 0
    os.umask(before)
    return json.loads(said.getvalue())


def test_the_list_of_parts_is_whole(listed, proof):
    here = {plain(one.name) for one in distributions()}
    wanted = {f"pkg:pypi/{name}@{version}" for name, versions in locked("app").items() if name in here
              for version in versions}  # fmt: skip
    npm = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    wanted |= {f"pkg:npm/{path.removeprefix('node_modules/').replace('@', '%40')}@{one['version']}"
               for path, one in npm.items() if path and not one.get("dev")}  # fmt: skip
    told = {one["purl"] for one in listed["components"]}
    proof.line("Every part is listed (CycloneDX 1.6)", wanted="0 parts missing, 0 too many",
               measured=f"{len(wanted - told)} missing, {len(told - wanted)} too many of {len(told)}")  # fmt: skip
    assert told == wanted
    assert [one["name"] for one in listed["components"] if "licenses" not in one] == []
    reached, waiting = set(), [listed["metadata"]["component"]["bom-ref"]]
    below = {one["ref"]: one["dependsOn"] for one in listed["dependencies"]}
    while waiting:
        one = waiting.pop()
        reached.add(one)
        waiting += set(below.get(one, ())) - reached
    # lit-html brings its types; npm's own graph stands in its lock.
    assert told - reached == set()


def test_the_list_of_parts_is_in_the_form_others_read(listed):
    folder = Path(cyclonedx.schema.__file__).parent / "_res"
    known = [json.loads((folder / f"{name}.SNAPSHOT.schema.json").read_text()) for name in ("spdx", "jsf-0.82")]
    form = json.loads((folder / "bom-1.6.SNAPSHOT.schema.json").read_text())
    registry = Registry().with_resources((one["$id"], Resource.from_contents(one)) for one in known)
    reader = jsonschema.Draft7Validator(form, registry=registry)
    assert [error.message for error in reader.iter_errors(listed)] == []
    assert [*reader.iter_errors(listed | {"components": [{"name": "no type"}]})] != []


def test_the_same_parts_are_the_same_list():
    first, second = (inventory.told(datetime(2026, 11, day, tzinfo=UTC)) for day in (21, 22))
    assert first["serialNumber"] == second["serialNumber"]
    assert first["metadata"]["timestamp"] < second["metadata"]["timestamp"]
