"""The sweep finds what was let slip, wherever it was; and the sum of it for the whole run."""

import logging

import pytest
from flask import request

from tests.canaries import RUN, telling
from tests.conftest import new_id
from tests.nest import Nest


@pytest.fixture
def word():
    """Something a person wrote in this test; RUN.look() in a test takes the finding away again."""
    return f"雨の音 {Nest().bird('here')}"


def to_the_log(app, word, _data):
    RUN.hear({"note": [word]})
    logging.getLogger("ippo.clock").warning("could not read %s", word)


def with_a_traceback(app, word, _data):
    RUN.hear({"note": word})
    try:
        raise ValueError(word)
    except ValueError:
        logging.getLogger("exposure").exception("it broke")


def beside_the_words_of_a_line(app, word, _data):
    RUN.hear({"note": word})
    logging.getLogger("exposure").error("it broke", extra={"row": {"note": word}})


def in_a_refusal(app, word, _data):
    app.add_url_rule("/api/slip", view_func=lambda: (request.get_json()["note"], 400), methods=["POST"])
    assert app.test_client().post("/api/slip", json={"note": word}).status_code == 400


def into_a_file(app, word, data):
    key = app.extensions["ippo"].vault
    person = new_id()
    key.opener(person, key.new_person_key(person)).seal(word, "synced_row", "sealed", new_id())
    (data / "ippo.db-wal").write_bytes(b"\0\1" + word.encode() + b"\2")
    RUN.folder(data)


def into_what_many_tests_share(app, word, data):
    (data / "ippo.db-wal").write_bytes(b"\0\1" + word.encode() + b"\2")
    RUN.raw(data)


def from_a_process(app, word, _data):
    RUN.hear(f'{{"note": "{word}"}}'.encode())
    RUN.lines.append(["Ippo is open\n", f"KeyError: {word}\n"])


SLIPS = [to_the_log, with_a_traceback, beside_the_words_of_a_line, in_a_refusal, into_a_file]
SLIPS += [into_what_many_tests_share, from_a_process]


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.__name__)
@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_the_sweep_finds_a_word_that_was_let_slip(app, data, word, slip, engine_name):
    before = RUN.bad
    slip(app, word, data)
    (data / "ippo.db-wal").unlink(missing_ok=True)
    found = RUN.look()
    RUN.bad = before
    assert [each for each in found if word.partition(" ")[2] in each] != []
    assert RUN.look() == []


@pytest.mark.parametrize(
    "text",
    ["", "did", "Asia/Tokyo", "2026-11-20", "a0", "Ada", "7f0d2c52-6a3e-4c1b-9a55-0d3f7e1b2c44", "aaaaaaaaaaaa"],
)
def test_what_could_stand_anywhere_is_no_word(text):
    assert not telling(text)


@pytest.mark.promise("Canaries")
def test_the_whole_run_left_no_word_anywhere(sums_up, proof):
    looked = ", ".join(f"{count:,} × {where}" for where, count in sorted(sums_up.looked.items()))
    proof.line(
        "Words of all fixtures of the run in logs, processes' own words, addresses, refusals and database files",
        wanted="0",
        measured=f"{sums_up.bad} of {len(sums_up.ever):,} words; looked at: {looked or 'nothing'}",
    )
    assert sums_up.bad == 0
