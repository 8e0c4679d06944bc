"""A phone with a canary in every text that a person can write: in the account, and come down to its disk."""

from tests.browser.common import until
from tests.browser.life import HELD, SEND, new
from tests.nest import Nest, rows


def nested(page):
    """Fill the phone that is signed in on this page; its nest. The page is loaded anew."""
    nest = Nest()
    me = until(page, "fetch('/api/me').then((answer) => answer.ok && answer.json())")
    made = rows(me["space"], new(), new(), new())
    for turn in ("first", "second"):
        asked = {"v": 1, "device": new(), "zone": "Asia/Tokyo", "cursors": {}, "edits": nest.edits(made, turn)}
        answers = page.evaluate(SEND, asked)["answers"]
        assert [answer for answer in answers if answer["outcome"] != "written"] == []
    page.reload()
    for kind, (row, _, _) in made.items():
        assert until(page, HELD, argument=[me["person"], row]), kind
    return nest
