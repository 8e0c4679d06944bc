"""The app on its three shelves: every screen stands on one of them, and its words come with it."""

import re

import pytest

from exposure.sentences import BOOKS, SHELVES, book, modules, numbered, sentences
from tests.wordlists import ROOT, catalogue

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
    lower = SHELVES[: SHELVES.index(shelf)]
    below = {sentence for one in lower for sentence in book(one).sentences}
    mine = {sentence for path in own(shelf) for sentence, _ in sentences((ROOT / path).read_text("utf-8"))}
    assert mine
    assert set(book(shelf).sentences) == mine - below, "each travels once"
    after = SHELVES[SHELVES.index(shelf) + 1 :]
    assert all(book(shelf).begins + len(mine) < book(one).begins for one in after), "the numbers of two shelves meet"


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", BOOKS)
def test_a_book_has_a_word_for_every_number(name, language):
    told = book(name).told(catalogue(language))
    assert len(told["words"]) == len(book(name).sentences)
    assert all(told["words"])


@pytest.mark.parametrize(
    ("source", "made"),
    [
        ("t('Begin')", "t(7)"),
        ("html`<p>${t('Begin', { n })}</p>`", "html`<p>${t(7, { n })}</p>`"),
        ("t('Be' +\n  'gin')", "t(7)"),
        ("tn('{n} step', '{n} steps', n, { title })", "tn(8,0, n, { title })"),
        ("t('It\\'s')", "t(9)"),
        ("set('Begin'); one.t('Begin')", "set('Begin'); one.t('Begin')"),
    ],
)
def test_a_number_stands_in_place_of_a_sentence(source, made):
    assert numbered(source, {"Begin": 7, "{n} step": 8, "It's": 9}).replace(", 0", ",0") == made


def test_a_sentence_that_cannot_be_told_from_the_rest_is_no_silent_loss():
    with pytest.raises(ValueError, match="Stop"):
        numbered("t(`Stop`)", {"Stop": 1})
