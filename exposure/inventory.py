"""Inventory: what this house is made of, down to the last library, as CycloneDX 1.6 (an SBOM).

Told is what is installed here and now, not what was asked for: the Python packages by their own metadata, the browser's
libraries by the lock they were bundled from.
"""

import json
import re
import uuid
from base64 import b64decode
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import Any
from urllib.parse import quote

from exposure.house import FRONT

OURS = "ippo-exposure"
_WISH = re.compile(r"([\w.-]+)\s*(?:\[([\w.,\s-]*)\])?[^;]*(?:;(.*))?", re.DOTALL)
_EXTRA = re.compile(r"extra\s*==\s*['\"]([\w.-]+)['\"]")


def told(now: datetime) -> dict[str, Any]:
    """The whole list as one CycloneDX document; the same parts give the same serial number."""
    stands_on = python_packages()
    browsers = browser_libraries()
    parts = [component(one) for name, (one, _) in sorted(stands_on.items()) if name != OURS]
    ours = component(stands_on[OURS][0]) | {"type": "application"}
    purls = {name: component(one)["purl"] for name, (one, _) in stands_on.items()}
    graph = [
        {"ref": purls[name], "dependsOn": sorted(purls[below] for below in needs)}
        for name, (_, needs) in sorted(stands_on.items())
    ]
    next(one for one in graph if one["ref"] == ours["purl"])["dependsOn"] += [one["purl"] for one in browsers]
    named = json.dumps([ours, *parts, *browsers], sort_keys=True)
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, named)}",
        "version": 1,
        "metadata": {"timestamp": f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", "component": ours},
        "components": parts + browsers,
        "dependencies": graph,
    }


def python_packages() -> dict[str, tuple[Distribution, set[str]]]:
    """{name: (the package, what of the others it needs)}, from ours on down.

    A need that is not installed is none on this system.
    """
    found: dict[str, tuple[Distribution, set[str]]] = {}
    waiting = [(OURS, frozenset[str]())]
    while waiting:
        name, extras = waiting.pop()
        one = found[name][0] if name in found else distribution(name)
        needs = found.setdefault(name, (one, set()))[1]
        for below, wished in wishes(one, extras):
            new = below not in needs or wished
            if new and is_here(below):
                needs.add(below)
                waiting.append((below, wished))
    return found


def wishes(one: Distribution, extras: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """(name, extras of it) of each package that this one asks for, itself or for one of its `extras`."""
    for line in one.requires or ():
        wish = _WISH.match(line)
        extra = _EXTRA.search(wish[3] or "") if wish else None
        if wish and (extra is None or plain(extra[1]) in extras):
            yield plain(wish[1]), frozenset(plain(each) for each in (wish[2] or "").split(",") if each.strip())


def is_here(name: str) -> bool:
    try:
        return bool(distribution(name))
    except PackageNotFoundError:
        return False


def plain(name: str) -> str:
    """The one spelling of a package's name (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name.strip()).lower()


def component(one: Distribution) -> dict[str, Any]:
    """A Python package as CycloneDX has it."""
    meta = one.metadata
    name, version = plain(meta["Name"]), one.version
    purl = f"pkg:pypi/{name}@{quote(version)}"
    said = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
    stated = {field: meta.get_all(field) or [] for field in ("License-Expression", "License", "Classifier")}
    return said | licences(*stated.values())


def licences(expressions: list[str], names: list[str], classifiers: list[str]) -> dict[str, Any]:
    """The licence as its author states it: an SPDX expression, classifiers, or a short name."""
    if expressions:
        return {"licenses": [{"expression": expressions[0]}]}
    classes = [one.rpartition(" :: ")[2] for one in classifiers if one.startswith("License :: ")]
    short = classes or [name for name in names if 0 < len(name) < 80 and "\n" not in name]
    return {"licenses": [{"license": {"name": name}} for name in short]} if short else {}


def browser_libraries() -> list[dict[str, Any]]:
    """What of others runs in the browser, with the hash of the package it came in."""
    lock = json.loads((FRONT / "package-lock.json").read_text(encoding="utf-8"))
    return [
        library(path.removeprefix("node_modules/"), one)
        for path, one in sorted(lock["packages"].items())
        if path and not one.get("dev")
    ]


def library(name: str, one: Mapping[str, Any]) -> dict[str, Any]:
    """A package of npm as CycloneDX has it."""
    purl = f"pkg:npm/{quote(name)}@{quote(one['version'])}"
    digest = b64decode(one["integrity"].removeprefix("sha512-")).hex()
    said = {"type": "library", "bom-ref": purl, "name": name, "version": one["version"], "purl": purl}
    return said | {"hashes": [{"alg": "SHA-512", "content": digest}]} | licences([one["license"]], [], [])
