"""The sweep hears what a real browser sends, and reads every address it asks for."""

from urllib.parse import quote

import pytest

from tests.canaries import RUN
from tests.nest import Nest

SENDS = """(note) => fetch('/api/signin', { method: 'POST', headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ note }) }).then((answer) => answer.status)"""


@pytest.mark.parametrize("where", ["asked for", "behind the #"])
def test_a_word_in_an_address_is_found(open_phone, where):
    page, before = open_phone(), RUN.bad
    word = f"雨の音 {Nest().bird('address')}"
    assert page.evaluate(SENDS, word) == 400
    assert RUN.look() == []
    assert page.evaluate(SENDS, word) == 400
    if where == "asked for":
        page.evaluate("(path) => fetch(path)", f"/help?looking={quote(word)}")
    else:
        page.evaluate("(word) => { location.hash = `/ladders/${word}`; }", word)
        page.wait_for_url("**/#/ladders/**")
    found = RUN.look()
    RUN.bad = before
    assert [each for each in found if each.startswith("an address") and word in each] != []
