"""The rules of the house, kept by reading it."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "exposure"
SCRIPTS = ("app", "door", "therapist")  # what a page of ours begins with, and its style

# Lowest first. What is not named here stands on the floor of its folder: `web/` is the web floor.
FLOORS = {
    "ground": "__init__ config fits kind alone shared kinds edits endpoints errors lines merge names notification "
    "order timetable words extract patience postcard pours progress turns lazily strict document",
    "keys": "vault keys keystore",
    "rooms": "export bringing db ready people logins spaces history rows exchange logbook sync passwords credentials "
    "limits accounts leaving marks manners reminders deliveries falling answered outlook subscriptions letters "
    "heartbeats invitations hosts calendars mailboxes mailings places cards consents laid presence terms together totp "
    "homes guests room shareable visits news desk endings turning keeping packing",
    "errands": "sieve live qr ics reply wire push mail holds hands dispatch postman house opening clock",
    "web": "",
    "doors": "app migrate slowness crowding server serve aside keyring backups checkup watch demo inventory affected "
    "sentences datafiles assets",
    "commands": "cli",
}
HEIGHT = {name: height for height, name in enumerate(FLOORS)}
LISTED = {module: floor for floor, modules in FLOORS.items() for module in modules.split()}

# Whoever comes may pass these; every other route asks who it is.
OPEN = {
    "/", "/help", "/privacy", "/app", "/therapist", "/healthz", "/manifest.json", "/service-worker.js", "/robots.txt",
    "/.well-known/security.txt",
    "/favicon.ico", "/static/<build>/<path:name>", "/static/icons/<name>", "/static/screenshots/<name>",
    "/api/start", "/api/signin", "/api/signin/recovery", "/api/signin/passkey", "/api/signin/passkey/options",
    "/api/signout", "/api/invitations/look", "/calendar/<token:token>.ics", "/mail/off/<token:token>",
}  # fmt: skip

# The doorman of each outside package: nobody else lets it in.
DOORMEN = {
    "flask": {"web", "db", "demo", "app", "house", "opening", "migrate", "checkup", "server", "clock"},
    **{name: {"web"} for name in ("flask_login", "flask_compress", "webauthn")},
    "brotli": {"packing"},
    "webpush": {"push"},
    "apscheduler": {"clock"},
    **{name: {"passwords"} for name in ("argon2", "zxcvbn")},
    "babel": {"assets", "sentences"},
    "gunicorn": {"server", "slowness", "crowding"},
    "icalendar": {"ics"},
    "segno": {"qr"},
    "pyotp": {"totp"},
    "cryptography": {"vault", "keys", "push", "subscriptions"},
}


def modules() -> list[Path]:
    """Every Python file of the product, migrations left out: they are written once and read by Alembic."""
    return sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)


def name_of(path: Path) -> str:
    """`exposure/web/sync.py` is `web/sync`, `exposure/sync.py` is `sync`."""
    return str(path.relative_to(PACKAGE).with_suffix(""))


def floor_of(name: str) -> str:
    """The floor a module stands on."""
    folder, _, _ = name.rpartition("/")
    return folder.split("/")[0] if folder else LISTED[name]


def imports(path: Path) -> Iterator[tuple[str, ast.stmt]]:
    """Dotted names that a file imports, each of `from a import b, c` as a.b and a.c, and where it does."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((f"{node.module}.{alias.name}", node) for alias in node.names)


@cache
def neighbours(path: Path) -> frozenset[str]:
    """The modules of the house that a file imports."""
    found = set()
    for dotted, _ in imports(path):
        parts = dotted.split(".")
        if parts[0] != "exposure":
            continue
        # The longest beginning that is a file of ours; the rest is a name in it.
        for length in range(len(parts), 0, -1):
            place = PACKAGE.joinpath(*parts[1:length])
            if place.with_suffix(".py").is_file() and length > 1:
                found.add("/".join(parts[1:length]))
                break
            if (place / "__init__.py").is_file():
                found.add("/".join([*parts[1:length], "__init__"]))
                break
    return frozenset(found)


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


@cache
def tracked() -> tuple[str, ...]:
    """Files that git knows or would take."""
    if not shutil.which("git"):
        pytest.skip("there is no git here")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("not a git checkout")
    return tuple(name for name in listed.stdout.splitlines() if (ROOT / name).is_file())


def test_every_module_stands_on_a_floor() -> None:
    homeless = [name for path in modules() if "/" not in (name := name_of(path)) and name not in LISTED]
    assert homeless == []


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_imports_point_down(path: Path) -> None:
    height = HEIGHT[floor_of(name_of(path))]
    upward = [name for name in neighbours(path) if HEIGHT[floor_of(name)] > height]
    assert upward == []


def test_no_two_modules_need_each_other() -> None:
    graph = {name_of(path): neighbours(path) - {"__init__", "web/__init__"} for path in modules()}
    standing: set[str] = set()
    while ready := [name for name, below in graph.items() if name not in standing and below <= standing]:
        standing.update(ready)
    assert set(graph) - standing == set()


@pytest.mark.parametrize("path", [p for p in modules() if "/" not in name_of(p)], ids=name_of)
def test_the_ground_needs_the_standard_library_only(path: Path) -> None:
    if floor_of(name_of(path)) != "ground":
        return
    outside = {dotted.split(".")[0] for dotted, _ in imports(path)} - sys.stdlib_module_names - {"exposure"}
    assert outside == set()


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_outside_packages_come_in_by_their_doorman(path: Path) -> None:
    name = name_of(path)
    for dotted, _ in imports(path):
        doormen = DOORMEN.get(dotted.split(".")[0])
        assert doormen is None or name in doormen or name.split("/")[0] in doormen, f"{name} lets {dotted} in"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_nothing_is_imported_inside_a_function(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    inside = [
        node.lineno
        for function in functions
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert inside == []


def test_what_is_imported_is_asked_for() -> None:
    names = {"flask_sqlalchemy": "flask-sqlalchemy", "jwt": "pyjwt", "argon2": "argon2-cffi"}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = {re.split(r"[\[=<>~! ]", line)[0].lower() for line in project["project"]["dependencies"]}
    asked |= {line.split("==")[0] for line in project["dependency-groups"]["assets"]}
    used = {dotted.split(".")[0] for path in modules() for dotted, _ in imports(path)}
    outside = {names.get(name, name.replace("_", "-")) for name in used - sys.stdlib_module_names - {"exposure"}}
    assert outside - asked == set()


def test_every_dependency_has_its_version_and_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = [line for group in project["dependency-groups"].values() for line in group if isinstance(line, str)]
    reasons = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8").lower()
    for line in [*project["project"]["dependencies"], *groups]:
        assert re.fullmatch(r"[\w.-]+(\[\w+\])?==[\w.]+", line), line
        name = re.split(r"[\[=]", line)[0].lower()
        assert f"`{name}`" in reasons, f"docs/decisions.md says nothing of {line}"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_no_function_is_over_40_lines(path: Path) -> None:
    long = [
        f"{node.name} ({node.end_lineno - node.lineno + 1})"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno
        and node.end_lineno - node.lineno + 1 > 40
    ]
    assert long == []


def test_no_file_is_over_300_lines() -> None:
    kinds = (".py", ".js", ".mjs", ".css", ".html")
    long = {name: lines(ROOT / name) for name in tracked() if name.endswith(kinds) and lines(ROOT / name) > 300}
    assert long == {}


def test_every_public_function_of_the_product_says_what_it_does() -> None:
    silent = [
        f"{name_of(path)}.{node.name}"
        for path in modules()
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and ast.get_docstring(node) is None
        and (node.end_lineno or 0) - node.lineno > 5
    ]
    assert silent == []


def test_every_route_asks_who_it_is_or_is_on_the_short_list(app: Flask) -> None:
    nobody = app.test_client()
    rules = list(app.url_map.iter_rules())
    for rule in rules:
        if rule.rule in OPEN:
            continue
        path = re.sub(r"<[^>]+>", "00000000-0000-4000-8000-000000000000", rule.rule)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            body = {} if method in ("GET", "DELETE") else {"json": {}}
            assert nobody.open(path, method=method, **body).status_code == 401, f"{method} {rule.rule}"


def test_the_short_list_names_only_routes_there_are(app: Flask) -> None:
    assert OPEN - {rule.rule for rule in app.url_map.iter_rules()} == set()


def test_every_template_is_used() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (*modules(), *(ROOT / "templates").rglob("*.html"))]
    # A door is drawn by its name: draw("help") is templates/doors/help.html.
    named = {name for source in sources for name in re.findall(r"[\"'/]([\w-]+)(?:\.html)?[\"']", source)}
    assert {path.stem for path in (ROOT / "templates").rglob("*.html")} - named == set()


def reached(entries: list[Path], pattern: str) -> set[Path]:
    """Files that can be come to from the entries by relative imports."""
    found: set[Path] = set()
    waiting = [path for path in entries if path.exists()]
    while waiting:
        path = waiting.pop()
        if path in found or not path.exists():
            continue
        found.add(path)
        named = re.findall(pattern, path.read_text(encoding="utf-8"))
        waiting += [(path.parent / name).resolve() for name in named if name.startswith(".")]
    return found


def test_every_stylesheet_is_used() -> None:
    css = ROOT / "static" / "css"
    entries = [css / f"{name}.css" for name in (*SCRIPTS, "near")]  # with the second shelf
    used = reached(entries, r"@import\s+(?:url\()?[\"']([^\"']+)[\"']")
    assert {path.name for path in css.rglob("*.css")} - {path.name for path in used} == set()


def test_every_module_of_the_browser_is_used() -> None:
    js = ROOT / "static" / "js"
    entries = [*(js / f"{name}.js" for name in SCRIPTS), ROOT / "service-worker.js"]
    used = reached(entries, r"(?:from|import|import\()\s*[\"'](\.[^\"']+)[\"']")
    typed = {path.name for path in js.rglob("*.js") if "@typedef" in path.read_text(encoding="utf-8")}
    unused = {str(path.relative_to(js)) for path in set(js.rglob("*.js")) - used if path.name not in typed}
    assert unused == set()


def test_nothing_of_others_is_kept_among_ours() -> None:
    foreign = [name for name in tracked() if re.search(r"(^|/)(vendor|node_modules|built)/|\.min\.|\.mo$|\.whl$", name)]
    assert foreign == []


def test_no_file_names_a_place_on_the_machine_it_was_written_on() -> None:
    place = re.compile(r"(?<![\w.<}*-])/(home/[a-z]|Users/|root/|work/(main|shared)|tmp/(brief|ippo-h))")
    texts = (name for name in tracked() if not name.endswith((".png", ".ico", ".woff2", "LICENSE")))
    assert [name for name in texts if place.search((ROOT / name).read_text(encoding="utf-8", errors="replace"))] == []
