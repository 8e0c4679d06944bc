"""What the browser says: every sentence of a module gets a number, each language a book of them for each shelf.

On its way into a bundle `t('Begin')` becomes `t(7)`: no phone carries sentences of a language it does not speak.
The seventh of `ja.json` and of `en.json` is then what is said. Part of the workshop (assets.py).
"""

import ast
import hashlib
import io
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog

from exposure.extract import extract_lit

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
# The browser's books: the app's own (''), and of which script the others are. Where the numbers of each begin, so that
# one more sentence on a shelf leaves those above as they are.
BOOKS = {"": "app.js", "near": "near.js", "far": "far.js", "therapist": "therapist.js"}
BEGINS = {"": 0, "near": 1000, "far": 3000, "therapist": 0}
SHELVES = "", "near", "far"
KEYWORDS: dict[str, object] = {"t": None, "tn": (1, 2)}
STAMP = "__WORDS__"
IMPORTED = re.compile(r"""^(?:import|export)\s(?:[^;]*?\sfrom\s+)?['"](\.[^'"]+)['"]""", re.MULTILINE)
LITERAL = r"'(?:[^'\\\n]|\\.)*'"
JOINED = rf"{LITERAL}(?:\s*\+\s*{LITERAL})*"
SAID = re.compile(rf"(?<![.\w$])(tn?\(\s*)({JOINED})(?:(\s*,\s*)({JOINED}))?")


@dataclass(frozen=True)
class Book:
    """The sentences of a shelf that none below it has, as English forms, in the order of their numbers."""

    begins: int
    sentences: dict[str, list[str]]

    @property
    def stamp(self) -> str:
        """Which sentences lie under the numbers: a script opens no catalogue that has others."""
        return hashlib.sha256(repr(self.sentences).encode()).hexdigest()[:8]

    def told(self, catalogue: Catalog) -> dict[str, object]:
        """The book in the language of the catalogue, as words.js reads it; English where that has nothing to say."""
        return {"stamp": self.stamp, "from": self.begins,
                "words": [translated(catalogue, forms) for forms in self.sentences.values()]}  # fmt: skip


def translated(catalogue: Catalog, english: list[str]) -> str | list[str]:
    """The translation; of a plural with more than one form, all of them."""
    message = catalogue.get(english[0])
    said = message.string if message and not message.fuzzy else ""
    forms = [said] if isinstance(said, str) else [*(said or ())]
    found = forms if forms and all(forms) else english
    return [*found] if len(found) > 1 else found[0]


def books_beside(book: str) -> tuple[str, ...]:
    """The books that lie open together: those of the shelves, or a desk's alone."""
    return SHELVES if book in SHELVES else (book,)


@cache
def book(name: str) -> Book:
    """What the modules of this book say that no book below it does."""
    beside = books_beside(name)
    below = beside[: beside.index(name)]
    known = {sentence for one in below for sentence in book(one).sentences}
    own: dict[str, list[str]] = {}
    for path in sorted(modules(BOOKS[name]) - frozenset().union(*(modules(BOOKS[one]) for one in below))):
        for sentence, forms in sentences((ROOT / path).read_text(encoding="utf-8")):
            if sentence not in known and len(forms) >= len(own.get(sentence, ())):
                own[sentence] = forms
    return Book(BEGINS[name], own)


def sentences(source: str) -> list[tuple[str, list[str]]]:
    """What a module says: each sentence, and its English forms (of a plural two)."""
    found = (said for _, _, said, _ in extract_lit(io.BytesIO(source.encode()), KEYWORDS, (), {}))
    return [(said[0], [one for one in said[:2] if one]) for said in found if said and said[0]]


@cache
def modules(entry: str) -> frozenset[str]:
    """The modules that a script is made of, as catalogues name them; what it fetches later is not among them."""
    found: set[str] = set()
    waiting = [STATIC / "js" / entry]
    while waiting:
        path = waiting.pop()
        name = path.relative_to(ROOT).as_posix()
        if name not in found and path.exists():
            found.add(name)
            waiting += [(path.parent / other).resolve() for other in IMPORTED.findall(path.read_text(encoding="utf-8"))]
    return frozenset(found)


def lay_numbered(folder: Path, name: str) -> None:
    """The modules of this book and of those beside it, with numbers for sentences, under `folder` as under `static`."""
    beside = books_beside(name)
    numbers = {
        sentence: one.begins + at for one in map(book, beside) for at, sentence in enumerate(one.sentences)
    }  # fmt: skip
    stamps = {f"static/js/{BOOKS[one]}": book(one).stamp for one in beside}
    for path in modules(BOOKS[beside[-1]]):
        target = folder / Path(path).relative_to("static")
        target.parent.mkdir(parents=True, exist_ok=True)
        text = numbered((ROOT / path).read_text(encoding="utf-8"), numbers)
        target.write_text(text.replace(STAMP, stamps.get(path, STAMP)), encoding="utf-8")


def numbered(source: str, numbers: dict[str, int]) -> str:
    """A module with numbers in place of sentences. Raises ValueError where one cannot be told from the rest."""

    def number(call: re.Match[str]) -> str:
        sentence = "".join(ast.literal_eval(one) for one in re.findall(LITERAL, call[2]))
        if sentence not in numbers:
            return call[0]
        many = f"{call[3]}0" if call[1].startswith("tn") else f"{call[3]}{call[4]}"
        return f"{call[1]}{numbers[sentence]}{many if call[4] else ''}"

    made = SAID.sub(number, source)
    if left := sentences(made):
        raise ValueError(f"a sentence is no plain literal: {left[0][0]}")
    return made
