"""What the dials say (static/js/dials.js): every sentence they make of the library passes the word check."""

import json
import re
import subprocess

import pytest

from exposure import assets
from tests.test_words import BRUSQUE, HALF_WIDTH
from tests.wordlists import NEVER, ROOT, UNSAFE, library

PHONE = """
import { DIALS, imagined, oneLess, turns } from './static/js/dials.js';
import { smaller } from './static/js/split.js';
import * as en from './static/js/grammar/en.js';
import * as ja from './static/js/grammar/ja.js';
let text = '';
for await (const part of process.stdin) text += part;
const made = JSON.parse(text).flatMap((step) => [
  ...[...DIALS.flatMap((dial) => turns(step, dial)), ...imagined(step), ...oneLess(step, step.aids)],
  ...smaller(step),
].map((one) => [step.title, one.title, one.value ?? '']));
const phrases = [ja, en].flatMap((one) => [...Object.values(one.PHRASES).flat(), ...one.SWAPS.map((swap) => swap[3])]);
console.log(JSON.stringify({ made, phrases }));
"""
AIDS = {"ja": "マスク、誰かが一緒", "en": "a mask, somebody with me"}


@pytest.fixture(scope="module")
def said():
    steps = [
        {"title": row[f"{language}_title"], "aids": aids, "form": "action"}
        for row in library()
        for language, aids in AIDS.items()
    ]
    done = subprocess.run(
        [assets.find_node(), "--input-type=module", "-e", PHONE],
        input=json.dumps(steps), capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    return json.loads(done.stdout)


def test_no_turned_step_says_a_forbidden_word(said):
    assert len(said["made"]) > 73 * 2 * 15
    texts = [text for _, *told in said["made"] for text in told] + said["phrases"]
    assert [(text, hit.group()) for text in texts if (hit := NEVER.search(text))] == []


def test_no_dial_makes_a_step_unsafe(said):
    """Late and alone, strangers, contact details: nothing of it comes from a dial."""
    assert [(text, hit.group()) for _, *told in said["made"] for text in told if (hit := UNSAFE.search(text))] == []
    assert [text for text in said["phrases"] if UNSAFE.search(text)] == []


def test_a_turned_step_is_said_as_softly_as_it_was(said):
    assert [text for text in said["phrases"] if BRUSQUE.search(text) or HALF_WIDTH.search(text)] == []
    assert [new for _, new, _ in said["made"] if re.search(r"[!！]", new)] == []
    assert [new for old, new, _ in said["made"] if re.search("[ぁ-ん]", old) and old[-2:] != new[-2:]] == []
