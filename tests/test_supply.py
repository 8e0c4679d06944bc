"""Supply chain: what we stand on is named to the last file, nothing else gets in, and silence is no good news."""

import hashlib
import json
import os
import re
import runpy
import subprocess
import sys
import tomllib
import venv
import zipfile
from importlib.metadata import distributions
from pathlib import Path

import pytest

from exposure.inventory import plain

pytestmark = pytest.mark.promise("Supply chain")

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted((ROOT / "lock").glob("*.txt"))
# Installed into one environment; what watches over them has its own.
TOGETHER = ("pip", "app", "workshop", "node", "dev", "bench")
LINE = re.compile(r"(?P<name>[a-z0-9-]+)(\[[a-z0-9,-]+\])?==(?P<version>[\w.]+)( ; (?P<on>[^\\]+))? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
AUDIT = runpy.run_path(str(ROOT / ".ci" / "audit"))


def faults(text: str) -> list[str]:
    """Lines that are no package with its version, or no hash of a file of it."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    odd = [line for line in lines if not LINE.fullmatch(line) and not HASH.fullmatch(line)]
    bare = [one for one, next_ in zip(lines, [*lines[1:], ""], strict=True)
            if LINE.fullmatch(one) and not HASH.fullmatch(next_)]  # fmt: skip
    return odd + bare


def locked(*names: str) -> dict[str, set[str]]:
    """{package: versions}; one that differs between systems has several."""
    found: dict[str, set[str]] = {}
    for name in names:
        for line in (ROOT / "lock" / f"{name}.txt").read_text("utf-8").splitlines():
            if one := LINE.fullmatch(line):
                found.setdefault(one["name"], set()).add(one["version"])
    return found


def test_every_file_of_every_package_is_named_by_its_hash(proof):
    texts = [path.read_text("utf-8") for path in LOCKS]
    assert {path.stem for path in LOCKS} == {*TOGETHER, "supply"}
    found = [fault for text in texts for fault in faults(text)]
    files = sum(text.count("--hash=sha256:") for text in texts)
    npm = {path: one for path, one in json.loads((ROOT / "package-lock.json").read_text())["packages"].items() if path}
    assert {"ignore-scripts=true", "omit-lockfile-registry-resolved=true"} <= {*(ROOT / ".npmrc").read_text().split()}
    bare = [path for path, one in npm.items() if not one["integrity"].startswith("sha512-") or "resolved" in one]
    proof.line(
        "Everything we stand on is pinned by hash, without an address",
        wanted="0 packages without version and hash, 0 addresses",
        measured=f"{len(found)} + {len(bare)} of {sum(map(len, map(locked, (*TOGETHER, 'supply'))))} Python packages "
        f"({files} files) and {len(npm)} of npm",
    )
    assert found == []
    assert bare == []


@pytest.mark.parametrize(
    "planted",
    [
        "flask\n    --hash=sha256:" + "0" * 64,
        "flask==3.1.3",
        "flask>=3.1.3 \\\n    --hash=sha256:" + "0" * 64,
        "flask==3.1.3 \\\n    --hash=md5:" + "0" * 32,
        "flask @ https://files.example/flask.whl \\\n    --hash=sha256:" + "0" * 64,
        "--index-url https://files.example",
    ],
    ids=["no version", "no hash", "any newer", "a weak hash", "an address", "an index"],
)
def test_the_look_would_notice(planted):
    assert faults("# a comment\n" + planted + "\n") != []


def test_no_lock_or_manifest_has_an_address():
    names = ["package.json", "package-lock.json", "pyproject.toml", ".npmrc", *(f"lock/{path.name}" for path in LOCKS)]
    for name in names:
        text = (ROOT / name).read_text("utf-8")
        assert re.search(r"https?://|file:|--(extra-)?index|--find-links", text) is None, name


def test_what_is_asked_for_stands_in_the_locks():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"]
    asked = {"app": project["project"]["dependencies"], "workshop": groups["assets"], "node": groups["node"],
             "dev": groups["check"] + groups["test"], "bench": groups["bench"], "pip": groups["pip"],
             "supply": groups["supply"]}  # fmt: skip
    for lock, wishes in asked.items():
        for wish in wishes:
            name, _, version = re.sub(r"\[.*\]", "", wish).partition("==")
            below = TOGETHER[: TOGETHER.index(lock) + 1] if lock in TOGETHER else (lock,)
            assert locked(*below).get(plain(name)) == {version}, f"{wish}: please `make lock`"


def test_what_is_installed_is_what_was_pinned(proof):
    allowed = locked(*TOGETHER)
    here = {plain(one.name): one.version for one in distributions() if one.name}
    pinned = {name: version for name, version in here.items() if name in allowed and name != "setuptools"}
    others = [f"{name} {version}" for name, version in pinned.items() if version not in allowed[name]]
    proof.line("What runs is what was pinned", wanted="0 packages of another version",
               measured=f"{len(others)} of {len(pinned)}")  # fmt: skip
    assert others == [], "please `make install`"


def test_no_two_locks_name_the_same_package_and_none_is_missing():
    """They are fetched at once, and nobody looks for what a package needs."""
    names = [name for lock in TOGETHER for name in locked(lock)]
    assert sorted(names) == sorted({*names})
    checked = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_every_install_of_the_makefile_asks_for_hashes():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    installs = [line for line in makefile.splitlines() if "pip install" in line]
    assert len(installs) >= 3
    assert [line for line in installs if "--require-hashes" not in line and "--no-index --no-deps" not in line] == []


def test_a_file_that_is_not_the_one_we_knew_is_refused(tmp_path):
    """Somebody who holds the index, or stands between, offers another file under the same name and version."""
    wheel = tmp_path / "segno-1.6.6-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as other:
        other.writestr("segno/__init__.py", "print('not segno')\n")
        other.writestr("segno-1.6.6.dist-info/METADATA", "Metadata-Version: 2.1\nName: segno\nVersion: 1.6.6\n")
        other.writestr("segno-1.6.6.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        other.writestr("segno-1.6.6.dist-info/RECORD", "")
    text = (ROOT / "lock" / "app.txt").read_text("utf-8")
    (tmp_path / "one.txt").write_text("".join(re.findall(r"^segno==.*\n(?: {4}.*\n)+", text, re.MULTILINE)))
    install = [sys.executable, "-m", "pip", "install", "--no-index", "--no-deps", "--find-links", str(tmp_path)]
    refused = subprocess.run([*install, "--require-hashes", "--target", str(tmp_path / "here"), "-r",
                              str(tmp_path / "one.txt")], capture_output=True, text=True, check=False)  # fmt: skip
    assert refused.returncode != 0
    assert f"Got        {hashlib.sha256(wheel.read_bytes()).hexdigest()}" in refused.stderr
    assert not (tmp_path / "here").exists()


BROKEN_FLASK = {"name": "flask", "version": "3.1.2", "vulns": [{"id": "CVE-2026-27205"}]}
WELL_FLASK = {"name": "flask", "version": "3.1.3", "vulns": []}
SKIPPED = {"name": "flask", "skip_reason": "Dependency not found on PyPI and could not be audited: flask (3.1.3)"}
NPM_WELL = {"auditReportVersion": 2, "vulnerabilities": {}}
NPM_BROKEN = {"auditReportVersion": 2, "vulnerabilities": {"idb": {"severity": "high"}}}
NPM_SILENT = {"message": "405 Method Not Allowed", "statusCode": 405}


@pytest.mark.parametrize(
    ("pip", "npm", "verdict"),
    [
        ([WELL_FLASK], NPM_WELL, "WELL"),
        ([BROKEN_FLASK], NPM_WELL, "BROKEN"),
        ([WELL_FLASK], NPM_BROKEN, "BROKEN"),
        ([WELL_FLASK, SKIPPED], NPM_WELL, "SILENCE"),
        ([WELL_FLASK], NPM_SILENT, "SILENCE"),
        ([SKIPPED, BROKEN_FLASK], NPM_SILENT, "BROKEN"),
        ([], NPM_WELL, "SILENCE"),
    ],
    ids=["all well", "one of Python", "one of npm", "one not asked", "npm not asked", "known beats silence", "no tool"],
)
def test_silence_is_not_taken_for_good_news(pip, npm, verdict):
    lock = {"packages": {"": {}, "node_modules/idb": {}}}
    heard = [AUDIT["python"]({"dependencies": pip} if pip else {}), AUDIT["browser"](npm, lock)]
    assert AUDIT["judged"](heard) == AUDIT[verdict]


@pytest.mark.nightly
def test_nothing_we_stand_on_is_known_to_be_broken(proof, monkeypatch):
    """As `make audit`. Where nobody answers the line says that it did not hold: nothing is known either way."""
    monkeypatch.chdir(ROOT)
    if not Path(".make/supply/bin/pip-audit").exists():
        pytest.skip("please `make audit` once: it fetches what asks")
    heard = AUDIT["asked"]([])
    told = "; ".join(str(one).splitlines()[0] for one in heard)
    proof.line("Nothing we stand on is known to be broken", wanted="all answered, 0 known", measured=told)
    assert [known for one in heard for known in one.known] == []
    if AUDIT["judged"](heard) == AUDIT["SILENCE"]:
        pytest.skip(f"no answer for all: {told}")


@pytest.mark.nightly
def test_an_environment_is_made_of_the_locks_alone(tmp_path, proof):
    """From whatever index pip asks: every file that comes is one we know."""
    venv.create(tmp_path / "fresh", with_pip=True)
    python = str(tmp_path / "fresh" / "bin" / "python")
    install = [python, "-m", "pip", "install", "-q", "--require-hashes", "--no-deps"]
    for names in (["pip"], ["app", "workshop"], ["dev"]):
        files = [word for name in names for word in ("-r", str(ROOT / "lock" / f"{name}.txt"))]
        subprocess.run([*install, *files], check=True, env={**os.environ, "PIP_NO_CACHE_DIR": "1"})
    said = subprocess.run([python, "-m", "pip", "list", "--format=json"], check=True, stdout=subprocess.PIPE)
    here = {plain(one["name"]): one["version"] for one in json.loads(said.stdout)}
    others = [name for name, version in here.items() if version not in locked(*TOGETHER).get(name, ())]
    checked = subprocess.run([python, "-m", "pip", "check"], capture_output=True, text=True, check=False)
    proof.line("A new environment is made of the locks alone", wanted="0 packages beside them, none missing",
               measured=f"{len(others)} beside, {len(here)} installed, {checked.stdout.strip()}")  # fmt: skip
    assert others == []
    assert checked.returncode == 0
