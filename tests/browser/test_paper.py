"""Paper: the ladder, the record card and the book of "できた！" as they come out of a printer, in both languages."""

import re
import shutil
import subprocess

import pytest
from playwright.sync_api import expect

from tests.browser.common import until
from tests.browser.hand import Hand
from tests.browser.life import MINE, TEXTS, live
from tests.browser.seen import PAGES, gather
from tests.wordlists import library

CHROME = ("Print", "With what I wrote", "For which step?", "Paper can be read by whoever finds it.")


def printed(page, tmp_path):
    """What lies in the printer: how many pages, their size in points, and the text without its spaces."""
    pdf = tmp_path / "sheet.pdf"
    pdf.write_bytes(page.pdf(prefer_css_page_size=True))
    if not shutil.which("pdftotext"):
        pytest.skip("wants poppler-utils (.ci/need)")
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    size = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", pdf.read_bytes())
    return text.count("\f"), tuple(round(float(n)) for n in size.groups()), squeezed(text)


def squeezed(text):
    """Without what a line break or a ligature makes of it."""
    return re.sub(r"[\s\f]", "", text)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_ladder_a_card_and_a_book_come_out_on_paper(open_phone, tmp_path, lang):
    page = open_phone(lang, path="/app")
    hand = Hand(page, lang).begins()
    life = live(page, lang, attempts=40)
    gather(page, life, months=0)
    rows = {row["id"]: row[f"{lang}_title"] for row in library()}
    titles = [rows[entry] for entry in MINE]

    def shows(path, what):
        hand.goes("/paper")
        hand.sees("paper")
        hand.goes(path)
        expect(page.locator(what).first).to_be_visible()
        count, size, text = printed(page, tmp_path)
        assert size == (595, 842)  # A4
        assert not [words for words in CHROME if squeezed(hand.say(words)) in text]
        return count, text

    count, text = shows(f"/paper/ladder/{life.ladder}", ".paper-ladder")
    assert count == 1
    assert all(squeezed(words) in text for words in (*titles, TEXTS[lang]["ladder"], TEXTS[lang]["wish"]))
    assert text.index(squeezed(titles[-1])) < text.index(squeezed(titles[0]))  # the top one first
    assert text.count("○") == 5 * len(titles)

    count, text = shows(f"/paper/card?step={life.steps[2]}", ".record")
    assert count == 1
    assert text.count(squeezed(titles[2])) == 2  # two to cut apart
    first = ("How hard is it, before you begin?", "What might happen?", "How likely does it seem?")
    then = ("How it went", "Turned back", "How was it really?", "How is it afterwards?", "What helped")
    every = (*first, *then, "Any of it may stay empty. That it was tried is enough.")
    assert [words for words in every if text.count(squeezed(hand.say(words))) != 2] == []
    assert squeezed(TEXTS[lang]["anchors"][1]) in text

    count, text = shows("/paper/book", ".paper-day")
    assert count > 1
    assert squeezed(hand.say("I did it")) in text
    found = [page_[3] for page_ in PAGES[lang]]
    assert all(squeezed(words) in text for words in (*found, hand.say("Turned back"), TEXTS[lang]["part"]))
    hand.tap("With what I wrote", role="checkbox")
    until(page, "document.querySelectorAll('.paper-day p').length === 0")
    _, _, text = printed(page, tmp_path)
    assert not [words for words in found if squeezed(words) in text]
    assert squeezed(titles[2]) in text
