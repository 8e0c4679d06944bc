"""The shelf: the files every visitor gets, read once, named by their contents, packed once.

The build is a hash over everything the app shell is made of. It stands in the path (`/static/<build>/…`), so a file may
be kept for a year, and in the worker's first line, so a deploy is noticed by every browser.
"""

import base64
import hashlib
import mimetypes
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from exposure.house import FRONT
from exposure.packing import gzipped, packed_beside, tightly

WORKER = "service-worker.js"
KILLER = "service-worker.kill.js"
FOLDERS = ("built", "icons", "screenshots")
# What the doors and the therapist's desk load, the worker itself, and what the app fetches only when it is wanted.
_NOT_KEPT = ("door.", "therapist.", WORKER, "far")
_SIGNPOST = re.compile(rb'import"\./([\w-]+\.js)";\s*')
_STANDS_ON = re.compile(rb'(?:from|import)"\./([\w-]+\.js)"')
_CATALOGUE = re.compile(r"built/([a-z]{2})\.json")
_SECOND = ("built/near", "built/library.json", "built/readings.json")
_READABLE = ("text/", "application/json", "application/manifest+json", "image/svg+xml")
_LEAST = 200  # bytes; below it packing costs more than it saves


@dataclass
class Item:
    """One file as it is sent: its bytes, its type, and where it lies, if it lies anywhere."""

    body: bytes
    mimetype: str
    path: Path | None = None

    @cached_property
    def sha256(self) -> str:
        """Base64, as subresource integrity wants it."""
        return base64.b64encode(hashlib.sha256(self.body).digest()).decode()

    def packed(self, accepted: Callable[[str], bool]) -> tuple[bytes, str]:
        """The smallest form that is accepted, and the name of its coding ('' for none)."""
        if len(self.body) < _LEAST or not self.mimetype.startswith(_READABLE):
            return self.body, ""
        if accepted("br"):
            return self._tight, "br"
        return (gzipped(self.body), "gzip") if accepted("gzip") else (self.body, "")

    @cached_property
    def _tight(self) -> bytes:
        return tightly(self.body) if self.path is None else packed_beside(self.path, self.body)


@dataclass(frozen=True)
class Shelf:
    """Everything under `static/` that may be asked for, found once; no path from outside ever touches the disk."""

    front: Path
    items: dict[str, Item]
    build: str

    @classmethod
    def of(cls, front: Path = FRONT) -> "Shelf":
        """Read the shelf in `front`, which holds `static`, `templates` and the worker."""
        static = front / "static"
        paths = [path for folder in FOLDERS for path in sorted((static / folder).glob("*"))]
        items = {
            path.relative_to(static).as_posix(): Item(path.read_bytes(), type_of(path), path)
            for path in paths
            if path.is_file() and path.suffix in {".js", ".css", ".json", ".png", ".jpg", ".svg"}
        }
        digest = hashlib.sha256()
        for name, item in sorted(items.items()):
            digest.update(f"{name}:{item.sha256}\n".encode())
        for more in ("templates/app.html", "templates/therapist.html", WORKER):
            if (front / more).exists():
                digest.update((front / more).read_bytes())
        return cls(front, items, digest.hexdigest()[:12])

    def script(self) -> str:
        """What the app begins with. Where the bundler left but a signpost at `app.js`, the file it points to."""
        first = self.items.get("built/app.js", Item(b"", "")).body
        sign = _SIGNPOST.fullmatch(first)
        return f"built/{sign[1].decode()}" if sign else "built/app.js"

    def icon(self) -> str:
        """The app's mark as an address that holds it: one request less, and it is there with no network."""
        drawn = b"".join(line.strip() for line in self.items["icons/icon.svg"].body.splitlines())
        return "data:image/svg+xml," + quote(drawn.replace(b'"', b"'"), safe=" '=/:;,-")

    def precache(self) -> list[tuple[str, str, str]]:
        """What the worker keeps so that the whole app starts with no network: [address, sha256 in base64, shelf]."""
        second = self.stands_on(*(name for name in self.items if name.startswith(_SECOND)))
        kept = {self.script(), *second, *(name for name in self.items if name.endswith((".css", ".json")))}
        return [
            (f"/static/{self.build}/{name}", self.items[name].sha256, self.place(name, second))
            for name in sorted(kept)
            if name.startswith("built/") and not name.removeprefix("built/").startswith(_NOT_KEPT)
        ]

    def place(self, name: str, second: set[str]) -> str:
        """The shelf a file lies on: '' the first, 'near' the second; of a catalogue, its language."""
        if words := _CATALOGUE.fullmatch(name):
            return words[1]
        return "near" if name in second else ""

    def stands_on(self, *names: str) -> set[str]:
        """These files, and the scripts they need that the app does not begin with."""
        found: set[str] = set()
        waiting = [*names]
        while waiting:
            name = waiting.pop()
            if name in self.items and name not in found:
                found.add(name)
                waiting += [f"built/{one.decode()}" for one in _STANDS_ON.findall(self.items[name].body)]
        return found if self.script() in names else found - {self.script()}

    def worker(self, *, kill: bool) -> bytes:
        """The worker's script, in the bundler's smaller form where there is one; `kill`: the one that takes it away."""
        if kill:
            return (self.front / KILLER).read_bytes()
        small = self.items.get(f"built/{WORKER}")
        return small.body if small else (self.front / WORKER).read_bytes()


def type_of(path: Path) -> str:
    """The media type of a file of ours, the same on every machine."""
    if path.suffix == ".js":
        return "text/javascript"
    return mimetypes.guess_type(path.name)[0] or "application/octet-stream"
