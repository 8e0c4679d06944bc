"""The edge: what is read strictly, and what is refused before anything else sees it."""

import json
import time
import unicodedata

import pytest

from exposure import strict
from exposure.errors import TooLarge, Unreadable
from exposure.strict import MOST_BYTES, MOST_DEPTH, MOST_PARTS, read_object
from exposure.web.edge import Fields, from_base64url, to_base64url


def nested(depth: int) -> bytes:
    return b'{"a":' * depth + b"1" + b"}" * depth


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "not_json"),
        (b"[]", "not_an_object"),
        (b"null", "not_an_object"),
        (b'"text"', "not_an_object"),
        (b"1e5", "not_an_object"),
        (b'{"a": NaN}', "not_json"),
        (b'{"a": Infinity}', "not_json"),
        (b'{"a": -Infinity}', "not_json"),
        (b'{"a": 1e999}', "not_json"),
        (b'{"a": ' + b"9" * 5000 + b"}", "not_json"),
        (b'{"a": 1, "a": 2}', "not_json"),
        (b'{"x": {"a": 1, "a": 2}}', "not_json"),
        (b'{"a": "\\ud800"}', "not_text"),
        (b'{"\\udfff": 1}', "not_text"),
        (b'{"a": ["\\u0000"]}', "not_text"),
        (b'{"a": "\x00"}', "not_json"),
        ('{"a": "あ"}'.encode("utf-16"), "not_utf8"),
        ('{"a": "あ"}'.encode("shift_jis"), "not_utf8"),
        (b"\xef\xbb\xbf{}", "not_json"),
        (b'{"a": 1} {"b": 2}', "not_json"),
        (b"{'a': 1}", "not_json"),
        (nested(MOST_DEPTH + 1), "too_deep"),
        (b"[" * 20_000, "too_deep"),
        (b'{"a":' * 20_000, "too_deep"),
    ],
)
def test_what_is_not_a_plain_utf8_object_is_refused(raw, code):
    with pytest.raises(Unreadable) as caught:
        read_object(raw)
    assert caught.value.code == code


def test_a_body_larger_than_the_limit_is_refused_before_it_is_parsed():
    with pytest.raises(TooLarge):
        read_object(b'{"a": "' + b"x" * MOST_BYTES + b'"}')


@pytest.mark.parametrize(
    "raw",
    [
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b'{"a":[' + b"[]," * MOST_PARTS + b"[]]}",
        b'{"a":[' + b"{}," * MOST_PARTS + b"{}]}",
    ],
)
def test_a_body_of_very_many_small_parts_is_refused_before_it_is_parsed(raw, monkeypatch):
    monkeypatch.setattr(strict, "_DECODER", None)
    with pytest.raises(TooLarge):
        read_object(raw)


def test_four_million_lists_hold_nobody_up():
    raw = b'{"a":[' + b"[]," * 4_000_000 + b"[]]}"
    began = time.process_time()
    with pytest.raises(TooLarge):
        read_object(raw, len(raw), 200_000)
    assert time.process_time() - began < 0.5


def test_as_many_numbers_as_a_large_file_can_hold_are_refused():
    with pytest.raises(TooLarge):
        read_object(b'{"a":[' + b"0," * 4_000_001 + b"0]}", 32 * 1024 * 1024, 200_000)


def test_as_many_keys_as_a_large_file_can_hold_are_refused(monkeypatch):
    monkeypatch.setattr(strict, "_DECODER", None)
    keys = ",".join(f'"{n:x}":0' for n in range(1_700_000))
    with pytest.raises(TooLarge):
        read_object(f'{{"a":{{{keys}}}}}'.encode(), 32 * 1024 * 1024, 200_000)


def test_a_text_of_nothing_but_commas_is_somebodys_words():
    words = ",:" * (MOST_BYTES // 2 - 100)
    assert read_object(json.dumps({"a": words}).encode()) == {"a": words}


def test_a_text_of_nothing_but_brackets_is_somebodys_words():
    words = "[{" * (MOST_PARTS + 1)
    assert read_object(json.dumps({"a": words}).encode()) == {"a": words}


def test_sixteen_levels_are_read_and_brackets_inside_a_text_do_not_count():
    assert read_object(nested(MOST_DEPTH))
    assert read_object(json.dumps({"a": "[" * 5000, "b": '\\"{{' * 100}).encode()) == {
        "a": "[" * 5000,
        "b": '\\"{{' * 100,
    }


def test_emoji_right_to_left_and_zero_width_signs_stay_as_they_were_written():
    text = "\N{WOMAN}\u200d\N{GIRL} שלום \u200b\u200f مرحبا"
    assert read_object(json.dumps({"a": text}).encode()) == {"a": text}
    assert read_object(json.dumps({"a": text}, ensure_ascii=False).encode()) == {"a": text}


def test_texts_are_composed_wherever_they_stand():
    loose = unicodedata.normalize("NFD", "がっこう")
    body = json.dumps({"a": loose, "b": [{"c": loose}]}, ensure_ascii=False).encode()
    assert read_object(body) == {"a": "がっこう", "b": [{"c": "がっこう"}]}
    escaped = json.dumps({"a": loose}).encode()
    assert escaped.isascii()
    assert read_object(escaped) == {"a": "がっこう"}


def test_an_unfinished_text_full_of_quotes_costs_no_more_than_a_kind_one():
    hostile = b'{"a": "' + b'\\"' * (MOST_BYTES // 2 - 100) + b"[" * 20
    began = time.process_time()
    with pytest.raises(Unreadable):
        read_object(hostile)
    assert time.process_time() - began < 0.5


def test_fields_are_taken_one_by_one_and_the_rest_is_refused():
    given = Fields({"name": "あだ", "count": 3, "on": True, "more": 1})
    assert given.text("name", 2) == "あだ"
    assert given.number("count", 0, 5) == 3
    assert given.flag("on") is True
    with pytest.raises(Unreadable) as caught:
        given.done()
    assert caught.value.code == "unknown_field"


@pytest.mark.parametrize("value", [True, 1.0, "1", None, 2**63, -1, [1]])
def test_only_a_whole_number_in_range_is_a_number(value):
    with pytest.raises(Unreadable):
        Fields({"n": value}).number("n", 0, 100)


@pytest.mark.parametrize("value", [1, None, ["a"], {"a": 1}, "abcd", True])
def test_only_a_text_that_fits_is_a_text(value):
    with pytest.raises(Unreadable):
        Fields({"t": value}).text("t", 3)


def test_lengths_are_counted_in_code_points():
    assert Fields({"t": "😀" * 40}).text("t", 40) == "😀" * 40


@pytest.mark.parametrize("text", ["YQ==", "YQ", "Y", "Y!", "YR", "a b", "ＹＱ"])
def test_base64url_has_one_spelling_only(text):
    assert from_base64url(text) == (b"a" if text == "YQ" else None)


def test_base64url_comes_back_as_it_went():
    assert all(from_base64url(to_base64url(bytes([n]) * n)) == bytes([n]) * n for n in range(40))
