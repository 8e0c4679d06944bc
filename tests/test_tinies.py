"""Tiny things that may become steps (static/js/tinies.js) are as safe as the library, in both languages (rule L9)."""

from babel.messages.extract import extract_from_file

from tests.wordlists import KEYWORDS, NEVER, ROOT, UNSAFE, catalogue, forms

PLACES = ("tinies.js", "theday.js")
FOUND = [
    forms(message)[0]
    for name in PLACES
    for _, message, *_ in extract_from_file(
        "exposure.extract:extract_lit", ROOT / "static/js" / name, keywords=KEYWORDS
    )
]
JAPANESE = {forms(message.id)[0]: forms(message.string)[0] for message in catalogue("ja") if message.id}
HIGH_OR_FAR = ("balcony", "roof", "station", "bridge", "ベランダ", "屋上", "駅", "橋")


def test_each_of_them_is_safe_in_itself():
    said = [text for english in FOUND for text in (english, JAPANESE[english])]
    assert len(said) > 40
    assert [text for text in said if UNSAFE.search(text) or NEVER.search(text)] == []
    assert [text for text in said if any(word in text for word in HIGH_OR_FAR)] == []


def test_none_of_them_is_said_twice():
    for texts in (FOUND, [JAPANESE[english] for english in FOUND]):
        assert sorted(texts) == sorted(set(texts))
