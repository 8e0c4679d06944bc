"""The app on its three shelves: every screen stands on one of them, and its words come with it."""

import re

import pytest

from exposure.assets import BOOKS, SHELVES, browser_words, in_browser, mark, modules
from tests.wordlists import ROOT, catalogue, forms

JS = ROOT / "static/js"
SCREENS = (JS / "screens.js").read_text("utf-8")
ROUTES = SCREENS[SCREENS.index("export const ROUTES") :]
SHOWN = re.compile(r"\['/[^']*', (?:(\w+)\('(\w+)'|(\w+)[],])")


def screens(text):
    """{the name it is known by: its file} of screens that a module imports or hands on."""
    handed = re.findall(r"{ ([^}]*) } from './screens/(\w+)\.js'", text)
    return {name.removeprefix("screen as "): file for names, file in handed for name in names.split(", ")}


def own(shelf):
    """The modules of this shelf that are on none below it."""
    at = SHELVES.index(shelf)
    return modules(BOOKS[shelf]) - (modules(BOOKS[SHELVES[at - 1]]) if at else frozenset())


def test_every_screen_stands_on_exactly_one_shelf():
    routed = SHOWN.findall(ROUTES)
    assert len(routed) == ROUTES.count("\n  ['/")
    lists = {"": screens(SCREENS), **{shelf: screens((JS / f"{shelf}.js").read_text("utf-8")) for shelf in SHELVES[1:]}}
    for shelf, files in lists.items():
        assert {fetched or at_hand for where, fetched, at_hand in routed if where == shelf} == set(files)
        lower = {file for file in files.values() if f"static/js/screens/{file}.js" not in own(shelf)}
        assert lower == set(), "an import draws these to a lower shelf"
    everywhere = sorted(path.stem for path in (JS / "screens").glob("*.js"))
    assert everywhere == sorted({file for files in lists.values() for file in files.values()})


def test_what_is_hung_is_handed_on_by_the_second_shelf_and_used():
    hung = re.findall(r"export const (\w+) = later\('(\w+)'", (JS / "hung.js").read_text("utf-8"))
    assert hung
    assert all(name == known for name, known in hung)
    near = (JS / "near.js").read_text("utf-8")
    assert [name for name, _ in hung if not re.search(rf"\b{name}\b", near)] == []
    first = "".join((ROOT / path).read_text("utf-8") for path in own("") if not path.endswith("hung.js"))
    assert [name for name, _ in hung if not re.search(rf"\b{name}\b", first)] == []


@pytest.mark.parametrize("shelf", SHELVES)
def test_the_words_of_a_shelf_come_with_it_or_lie_below(shelf):
    words = catalogue("ja")
    books = {book: browser_words(words, book) for book in SHELVES}
    marks = {book: marks_of(told) for book, told in books.items()}
    grain = books[shelf]["grain"]
    assert {told["grain"] for told in books.values()} == {grain}
    at = SHELVES.index(shelf)
    known = set().union(*(marks[book] for book in SHELVES[: at + 1]))
    said = [one for one in words if one.id and {place for place, _ in one.locations} & own(shelf)]
    assert said
    assert [forms(one.id)[0] for one in said if mark(forms(one.id)[0], grain) not in known] == []
    for book in SHELVES[:at]:
        assert not marks[shelf] & marks[book], "a sentence travels twice"
    assert len(marks[shelf]) == sum(in_browser(one, shelf) for one in words)


def marks_of(book):
    at, found = 0, set()
    for gap in book["gaps"]:
        at += gap
        found.add(at)
    return found
