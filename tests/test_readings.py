"""Readings over the kanji: every word the person's app says has one, and it is the word's, not its letters'."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

from tests.wordlists import DATA, catalogue, forms

KANJI = "々一-龠"
MARKED = re.compile(rf"([{KANJI}]+)《([^》]*)》")
LINES = (DATA / "readings.txt").read_text("utf-8").split()
READINGS = {re.sub(r"《[^》]*》", "", line): MARKED.findall(line) for line in LINES}
LONGEST = max(map(len, READINGS))


def spoken() -> list[str]:
    """What the person's app says in Japanese: the desk has no readings."""
    said = []
    for message in catalogue("ja"):
        places = [place for place, _ in message.locations]
        if message.id and any(place.startswith("static/js/") and "/therapist" not in place for place in places):
            said += forms(message.string)
    return said


def words(text: str) -> Iterator[tuple[int, str]]:
    """Where which known word stands, the longest first, as static/js/wording.js finds them."""
    at = 0
    while at < len(text):
        ends = range(min(len(text), at + LONGEST), at, -1)
        word = next((text[at:end] for end in ends if text[at:end] in READINGS), "")
        if word:
            yield at, word
        at += len(word) or 1


def unread(text: str) -> list[str]:
    """Kanji without a reading."""
    left = list(text)
    for at, word in words(text):
        left[at : at + len(word)] = " " * len(word)
    return re.findall(f"[{KANJI}]+", "".join(left))


def spelled(text: str) -> list[str]:
    """Kanji that stand together and would be read one by one: a compound nobody has said the reading of."""
    seams = []
    found = list(words(text))
    for (at, word), (then, after) in pairwise(found):
        pair = word + after
        counts = at > 0 and text[at - 1] in "0123456789}"  # 4秒吸って: a word for so many, then another
        if at + len(word) == then and re.fullmatch(f"[{KANJI}]{{2}}", pair) and not counts:
            seams.append(pair)
    return seams


def test_every_word_the_app_says_has_a_reading():
    missing = {word: text for text in spoken() for word in unread(text)}
    assert missing == {}, "write them into exposure/data/readings.txt (docs/words.md)"


def test_no_compound_is_read_letter_by_letter():
    assert {pair: text for text in spoken() for pair in spelled(text)} == {}


def test_both_checks_would_notice():
    assert unread("鬱蒼とした森") == ["鬱蒼", "森"]
    assert unread("見学") == ["学"]
    assert spelled("本日") == ["本日"]


def test_a_reading_is_hiragana_and_each_word_has_one_place():
    assert [line for line in LINES if not MARKED.search(line)] == []
    read = [reading for parts in READINGS.values() for _, reading in parts]
    assert [reading for reading in read if not re.fullmatch(r"[ぁ-んー]+", reading)] == []
    assert len(READINGS) == len(LINES)
    assert sorted(LINES) == LINES


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1分だけ", ["ぷん"]),
        ("2分と10分", ["ふん", "ぷん"]),
        ("10日", ["にち"]),
        ("自分の一歩", ["じぶん", "いっぽ"]),
        ("何度でも", ["なんど"]),
        ("何も届きません", ["なに", "とど"]),
        ("{n}日", ["にち"]),
        ("やらない日", ["ひ"]),
        ("今日", ["きょう"]),
        ("ログイン名", ["めい"]),
        ("お休み中", ["やす", "ちゅう"]),
        ("外に行って、話を聞く", ["そと", "い", "はなし", "き"]),
        ("お知らせを止める", ["し", "と"]),
        ("空のまま", ["から"]),
        ("窓から空を見る", ["まど", "そら", "み"]),
        ("数字は、0から100まで", ["すうじ"]),
    ],
)
def test_words_with_two_readings_are_read_by_what_stands_beside_them(text, read):
    assert [reading for _, word in words(text) for _, reading in READINGS[word]] == read
