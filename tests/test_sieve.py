"""The sieve: a large file is read in a process of its own, and comes back as it would have been read here."""

import json
import random

import pytest

from exposure import sieve, strict
from exposure.document import of_file
from exposure.errors import TooLarge, Unreadable
from exposure.sieve import sift
from exposure.strict import MOST_BYTES, read_object
from tests.conftest import new_id

MOST, PARTS = 32 * 1024 * 1024, 200_000
WORDS = (
    "今日は休み", "が", "\u304b\u3099", "👩‍👩‍👧",
    'a "quoted" \\ word', "a line\nanother\r\n\ttab", "\u2028\u2029\x85\x7f", "",
)


def filed(rows=4000, **more):
    """A file of ours, larger than what is read here."""
    lots = random.Random(7)
    spaces = [
        {"id": new_id(), "kind": kind, "rows": [], "edits": [{"what": "is not wanted here"}]}
        for kind in ("private", "ladder", "ladder", "thread")
    ]
    for at in range(rows):
        fields = {"note": lots.choice(WORDS), "at": lots.randrange(2**53), "of": [at, None, True, 1.5, {"a": []}]}
        spaces[at % 3]["rows"].append({"id": new_id(), "kind": "rest", "fields": fields, "changed": ["note"]})
    return {"ippo": 1, "person": {"person": new_id()}, "spaces": spaces, "more": "words"} | more


@pytest.mark.parametrize("ascii_only", [True, False])
def test_a_large_file_comes_back_as_it_would_have_been_read_here(ascii_only):
    raw = json.dumps(filed(), ensure_ascii=ascii_only).encode()
    assert len(raw) > MOST_BYTES
    here = of_file(read_object(raw, MOST, PARTS))
    assert sift(raw, MOST, PARTS) == here
    assert sum(len(space["rows"]) for space in here["spaces"]) == 4000
    assert "changed" not in here["spaces"][0]["rows"][0]


def test_a_large_file_is_not_read_by_the_process_that_serves_everybody(monkeypatch):
    monkeypatch.setattr(strict, "_DECODER", None)
    assert len(sift(json.dumps(filed()).encode(), MOST, PARTS)["spaces"]) == 4


BAD = {
    "not_utf8": b'{"a": "\xff"}',
    "not_json": b'{"a": NaN}',
    "too_deep": b'{"a":' * 20 + b"1" + b"}" * 20,
    "not_an_object": b"[]",
    "not_text": b'{"a": "\\ud800"}',
}


@pytest.mark.parametrize("code", BAD)
def test_what_is_wrong_with_a_large_file_is_said_as_with_a_small_one(code):
    for raw in (BAD[code], BAD[code] + b" " * MOST_BYTES):
        with pytest.raises(Unreadable) as said:
            sift(raw, MOST, PARTS)
        assert said.value.code == code


def test_a_large_file_that_is_none_of_ours_is_none():
    for given in (filed(ippo=2), filed(spaces="x"), {"a": ["b"] * 100_000}):
        assert sift(json.dumps(given).encode(), MOST, PARTS) is None


def test_what_is_more_than_any_file_of_ours_holds_is_too_large():
    long = filed(rows=1)
    long["spaces"][0]["rows"][0]["fields"]["note"] = "x" * sieve.MOST_ROW
    for raw in (
        b" " * (MOST + 1), b'{"a":[' + b"{}," * PARTS + b"{}]}", json.dumps(long).encode(),
        json.dumps(filed(person={"person": ["x" * 20] * 100_000})).encode(),
    ):  # fmt: skip
        with pytest.raises(TooLarge):
            sift(raw, MOST, PARTS)


def test_the_longest_row_there_can_be_comes_through():
    given = filed(rows=1)
    given["spaces"][0]["rows"][0]["fields"]["value"] = "🌧" * 200_000
    raw = json.dumps(given, ensure_ascii=False).encode()
    assert sift(raw, MOST, PARTS)["spaces"][0]["rows"][0]["fields"]["value"] == "🌧" * 200_000


@pytest.mark.parametrize(
    "ends",
    ["import os; os.kill(os.getpid(), 9)", "import time; time.sleep(60)", "bytearray(sieve.MEMORY)", "1 / 0"],
)
def test_a_file_on_which_its_process_breaks_is_too_large_and_nothing_more(ends, monkeypatch):
    begins = "import resource; from exposure import sieve; resource.setrlimit(resource.RLIMIT_AS, [sieve.MEMORY] * 2); "
    monkeypatch.setattr(sieve, "_READ", begins + ends)
    monkeypatch.setattr(sieve, "SECONDS", 0.7)
    with pytest.raises(TooLarge):
        sift(b" " * MOST_BYTES * 2, MOST, PARTS)


def test_the_other_process_knows_nothing_of_our_surroundings(monkeypatch):
    monkeypatch.setenv("IPPO_DATABASE", "postgresql://somebody:secret@house")
    told = json.loads(sieve._elsewhere(b"", "import json, os; print(json.dumps([*os.environ]))"))
    assert {*told} - {"LC_CTYPE"} == {"PYTHONPATH"}
