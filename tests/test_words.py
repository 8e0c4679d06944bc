"""The words: both languages complete, gentle, and nothing left behind (product rules G1, L9, S3, S11, R-7)."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from exposure.errors import Trouble
from exposure.web.sync import REASONS
from exposure.words import LANGUAGES, choose_language, gettext_for, ngettext_for, translator
from tests.wordlists import (
    NEVER,
    OTHER_HOUSES,
    OWN_CHEER,
    ROOT,
    UNSAFE,
    catalogue,
    forms,
    library,
    of_the_person,
    said_in_code,
    texts,
)

TEXTS = list(texts())
REVIEW = Path(__file__).parent / "library_review.json"
HOLE = re.compile(r"\{\w+\}")
BRUSQUE = re.compile(r"(である|なのだ|しろ|せよ|なさい|たまえ|だろう|だった|するな)[。\n]|(である|しろ|せよ|なさい)$")
HALF_WIDTH = re.compile(r"[ぁ-んァ-ヶ一-龠」][,.;](\s|$)|[ぁ-んァ-ヶ一-龠」][:?!(&]|[)&][ぁ-んァ-ヶ一-龠]|[ｱ-ﾝ]")
# One word is written in one way: 今, ちがう, わかる, とき, だれ, 選ぶ, 作る, 3日.
TWO_WAYS = re.compile(
    r"(^|[、。「])いま|違[うい]|(^|[^自])分か[らりるっ]|(その|見た|開いた)時[にか（]|誰|えら[ばびぶべん]|招待をつく|[一二三十][日週時]間"
)
POLITE = re.compile(r"(です|ます|ません|ました|でした|ください|[ねよか])[」』）)]*$")
REQUEST = re.compile(r"(てください|でください)")


def test_no_forbidden_word_is_said_anywhere():
    found = [(where, match.group()) for where, _, text in TEXTS if (match := NEVER.search(text))]
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        *("You must go out", "You failed", "a 3-day streak", "We missed you", "normal people do", "It will cure you"),
        *(
            "頑張ってください",
            "がんばってみましょう",
            "しなければなりません",
            "外に出るべきです",
            "失敗しました",
            "連続5日",
        ),
        *("社会復帰", "3日ぶりですね", "治ります", "遅れています", "普通はできます", "何も起こりませんよ"),
        *("Don't worry, you are safe", "Your anxiety went down"),
        *("Well done", "Reach your goal", "目標まであと少し", "えらいですね", "3日休みました", "{n}日間あいていますね"),
    ],
)
def test_the_word_check_would_notice(text):
    assert NEVER.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "A secure login",
        "This is not a treatment",
        "治療ではありません",
        "今日はやらない日",
        "Enough for today",
        "{n}日",
        "With ease, effortless",
    ],
)
def test_the_word_check_leaves_other_words_alone(text):
    assert not NEVER.search(text)


def test_nothing_is_shouted():
    loud = [(where, text) for where, _, text in TEXTS if re.search(r"[!！]", OWN_CHEER.sub("", text))]
    assert loud == []


def test_japanese_is_polite_and_well_set():
    japanese = [(where, text) for where, language, text in TEXTS if language == "ja"]
    assert [(where, text) for where, text in japanese if BRUSQUE.search(text)] == []
    assert [(where, text) for where, text in japanese if HALF_WIDTH.search(text)] == []
    assert [where for where, text in japanese if "あなたの不安障害" in text or "患者" in text] == []


def test_a_japanese_word_is_written_in_one_way():
    said = [form for message in catalogue("ja") if message.id for form in forms(message.string)]
    assert [(form, hit.group()) for form in said if (hit := TWO_WAYS.search(form))] == []


def test_one_thing_has_one_name_on_the_persons_screens():
    own = "招待してくれた方のはしご"  # the therapist's own, at the door of the desk
    found = [(key, text) for key, text in of_the_person("ja") if OTHER_HOUSES.search(text) and own not in text]
    assert found == []


def test_a_sentence_ends_politely_or_is_a_few_words():
    """です・ます. What has no verb to bend (「ひとつで十分。」) stays short; a longer one is a sentence."""
    plain = [
        sentence
        for _, text in of_the_person("ja")
        for sentence in re.findall(r"[^。\n]+(?=。)", text)
        if not POLITE.search(sentence) and re.search(r"(する|した|ない|いる|ある|だ|なる|れる|った)[」）]*$", sentence)
    ]
    assert plain == []


def test_nobody_is_asked_to_for_their_own_sake():
    """ください asks for what the app cannot do without, never for a step, a rating or a word about oneself."""
    asked = {key for key, text in of_the_person("ja") if REQUEST.search(text) and "ask a doctor" not in key}
    steps = {key for key, _ in of_the_person("ja") if re.search(r"\b(step|rung|try it|diary|breath)\b", key)}
    assert asked & steps == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_string_is_missing_or_stale(language):
    kept = {forms(message.id)[0]: tuple(forms(message.id)) for message in catalogue(language) if message.id}
    said = said_in_code()
    assert sorted(set(said) - set(kept)) == [], "run `make words`"
    assert sorted(set(kept) - set(said)) == [], "run `make words`"


def test_every_trouble_and_every_reason_can_be_said_in_japanese():
    """They are translated where they are answered, so the catalogue has to know them by heart."""
    said = {forms(message.id)[0] for message in catalogue("ja") if message.id}
    assert {kind.detail for kind in family(Trouble)} - said == set()
    assert set(REASONS.values()) - said == set()


def family(kind):
    return {kind}.union(*(family(child) for child in kind.__subclasses__()))


def test_every_sentence_is_in_japanese():
    empty = [forms(m.id)[0] for m in catalogue("ja") if m.id and not all(form.strip() for form in forms(m.string))]
    assert empty == []
    assert [forms(m.id)[0] for m in catalogue("ja") if m.id and m.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_every_name_that_is_filled_in(language):
    for message in catalogue(language):
        wanted = {hole for form in forms(message.id) for hole in HOLE.findall(form)} if message.id else set()
        for form in filter(None, forms(message.string) if message.id else []):
            assert set(HOLE.findall(form)) == wanted, forms(message.id)[0]


def test_japanese_stands_in_the_catalogue_and_nowhere_else():
    """A sentence typed into a screen would reach English readers too. (What is marked lang="ja" may stand.)"""
    own = re.compile(r"日本語|一歩")
    reads_a_persons_words = {
        "passwords.py",  # what somebody would try as a password here
        "dials.js",
        "ja.js",
        "library.js",
        "wording.js",
    }  # grammar/ja.js: checked by tests/test_dials.py
    code = [*ROOT.glob("static/js/**/*.js"), *ROOT.glob("templates/**/*.html"), *ROOT.glob("exposure/**/*.py")]
    found = []
    for path in (each for each in code if each.name not in reads_a_persons_words):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            spoken = re.sub(r"//.*|/\*.*|^\s*\*.*|#.*|\{#.*", "", own.sub("", line))
            spoken = "" if 'lang="ja"' in line else spoken
            if re.search(r"[ぁ-んァ-ヶ一-龠]", spoken):
                found.append(f"{path.relative_to(ROOT)}:{number}")
    assert found == []


def test_every_library_step_was_read_by_somebody_as_it_stands():
    """L9: a changed or new step is read again for safety, then marked in library_review.json (docs/words.md)."""
    marks = json.loads(REVIEW.read_text("utf-8"))
    assert marks == {row["id"]: mark(row) for row in library()}


def mark(row):
    words = "|".join(row[part] for part in ("en_title", "ja_title", "en_hint", "ja_hint"))
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def test_no_library_step_is_unsafe_in_itself():
    """L9: never late and alone, never a meeting with strangers alone, never giving out contact details."""
    reviewed = {"O05"}  # says to keep name, address and contact details to oneself
    rows = [row for row in library() if row["id"] not in reviewed]
    parts = ("en_title", "ja_title", "en_hint", "ja_hint")
    assert [(row["id"], hit.group()) for row in rows for part in parts if (hit := UNSAFE.search(row[part]))] == []
    assert UNSAFE.search("深夜にひとりで散歩する")
    assert UNSAFE.search("Meet a stranger")


def test_a_step_about_the_body_carries_its_health_note():
    body = [row for row in library() if "interoceptive" in row["tags"]]
    assert [row["id"] for row in body] == ["H10"]
    assert all(
        "health-note" in row["tags"] and "主治医" in row["ja_hint"] and "clinician" in row["en_hint"] for row in body
    )


def test_the_library_has_both_languages_and_a_range_for_every_step():
    rows = library()
    assert len(rows) == len({row["id"] for row in rows}) == 73
    assert all(all(row.values()) for row in rows)
    assert all(0 <= int(row["suds_low"]) < int(row["suds_high"]) <= 100 for row in rows)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("ja", "ja"),
        ("ja-JP,ja;q=0.9,en;q=0.8", "ja"),
        ("en-GB,en;q=0.9,ja;q=0.5", "en"),
        ("fr,de;q=0.9,ja;q=0.2", "ja"),
        ("en;q=0.1, ja;q=0.9", "ja"),
        ("ja;q=0, en", "en"),
        ("fr", "en"),
        ("", "en"),
        ("*;q=x,,;;;", "en"),
    ],
)
def test_the_language_follows_the_device(accepted, language):
    assert choose_language(accepted) == language


def test_a_wish_comes_before_the_device():
    assert choose_language("en", "ja") == "ja"
    assert choose_language("en", "tlh") == "en"


def test_a_language_the_app_does_not_speak_is_an_error():
    with pytest.raises(ValueError, match="tlh"):
        translator("tlh")


def test_the_compiled_words_are_the_catalogue():
    """`make assets` compiles; a sentence without a translation comes back as it is."""
    message = next(m for m in catalogue("ja") if m.id and isinstance(m.id, str) and m.string)
    assert gettext_for("ja")(message.id) == message.string
    assert gettext_for("en")(message.id) == message.id
    assert ngettext_for("en")("{n} step", "{n} steps", 2) == "{n} steps"
    assert gettext_for("ja")("no such sentence") == "no such sentence"


def test_an_hour_is_said_as_in_the_persons_own_country():
    """By `place()`: 17:48 there, 5:48 PM here, and never both on one phone."""
    bare = re.compile(r"DateTimeFormat\(language\(\), \{[^}]*(hour|timeStyle)")
    said = [str(path) for path in sorted((ROOT / "static/js").rglob("*.js")) if bare.search(path.read_text())]
    assert said == []


def test_what_somebody_wrote_stands_in_the_quotes_of_the_language():
    """Through the catalogue, then: 「猫がいた」, not “猫がいた”."""
    bare = [str(path) for path in sorted((ROOT / "static/js").rglob("*.js")) if "“${" in path.read_text()]
    assert bare == []
