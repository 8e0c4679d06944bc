"""The words in JavaScript are found wherever a screen may put them."""

import io

import pytest
from babel.messages.extract import extract as babel_extract

from exposure.extract import extract_lit


def found(source):
    keywords = {"t": None, "tn": (1, 2)}
    return [(name, words) for _, name, words, _ in extract_lit(io.BytesIO(source.encode()), keywords, (), {})]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("t('One')", ["One"]),
        ('html`<p>${t("Inside")}</p>`', ["Inside"]),
        ("html`${rows.map((r) => html`<li>${t('Twice inside')}</li>`)}`", ["Twice inside"]),
        ("html`<a title=${t('An attribute')}>${x ? html`${t('Chosen')}` : ''}</a>`", ["An attribute", "Chosen"]),
        ("html`a ${cond ? {a: t('In braces')}.a : ''} b ${() => { t('In a block'); }}`", ["In braces", "In a block"]),
        ("html`it's ${t('After a quote')}`", ["After a quote"]),
        ("t('Joined ' +\n  'lines')", ["Joined lines"]),
        ("t(`Backtick`)", ["Backtick"]),
        ("t('Don\\'t'); t(\"\\u3042\\n\")", ["Don't", "あ\n"]),
        ("const r = /[`'\"]/; t('After a pattern')", ["After a pattern"]),
        ("const half = a / 2; t('After a slash') / 3", ["After a slash"]),
        ("toast(t('Nested call'))", ["Nested call"]),
        ("// t('no')\n/* t('no') */ 't(no)'", []),
        ("list.t('no'); format('no'); function t('no') {}", []),
    ],
)
def test_a_sentence_is_found_where_it_stands(source, words):
    assert [first[0] for _, first in found(source)] == words


def test_both_forms_of_a_plural_are_found():
    assert found("html`${tn('{n} step', '{n} steps', list.length)}`") == [("tn", ["{n} step", "{n} steps", None])]


def test_words_that_are_not_plain_text_are_left_out():
    assert found("t(name); t(`a ${b}`)") == [("t", [None]), ("t", [None])]


def test_the_line_is_told():
    assert [line for line, *_ in extract_lit(io.BytesIO(b"\n\nhtml`\n${t('x')}`"), {"t": None}, (), {})] == [4]


def test_babel_alone_would_miss_the_words_of_a_screen():
    """The day this fails, Babel has learned it and our own extractor may go."""
    source = io.BytesIO(b"html`<p>${t('Inside')}</p>`")
    assert list(babel_extract("javascript", source, keywords={"t": None})) == []
