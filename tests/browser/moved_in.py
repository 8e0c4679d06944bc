"""Somebody who has been here before: begun and written over the wire, as the session of a browser knows it.

For tests of what comes after. How one begins by hand is shown where it is meant: `test_first_run`, `test_newcomer`,
`test_gentle_run`, and whoever uses `Hand.set_up`.
"""

import base64
import secrets
import time

import pytest

from tests.browser.common import PLACES
from tests.browser.hand import Hand, speech
from tests.browser.life import new
from tests.browser.pair import post


@pytest.fixture
def settled(open_phone):
    """settled("a step", …, lang="ja", **as for a phone) -> the Hand of somebody at a ladder with these."""

    def start(*steps, lang="ja", **more):
        hand = Hand(open_phone(lang, steps=steps, **more), lang).sees("ladder/:id")
        for title in steps:
            hand.page.locator(".rung", has_text=title).wait_for()
        return hand

    return start


def move_in(context, url, lang, steps):
    """Begin in this browser, with one ladder and these steps on it, lowest first; where in the app that ladder is."""
    home, space, ladder = new(), new(), new()
    secret = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("=")
    who = {"person": new(), "space": home, "language": lang, "zone": PLACES[lang][1], "secret": secret}
    post(context, f"{url}/api/start", **who)
    edits = [
        edit("setting", home, home, nickname="", entry_read=True),
        edit("ladder", space, ladder, title=speech(lang)("Going outside"), position="a0"),
        *(edit("step", space, new(), ladder=ladder, title=one, position=f"a{n}") for n, one in enumerate(steps)),
    ]
    answers = post(context, f"{url}/api/sync", v=1, device=new(), cursors={}, edits=edits)["answers"]
    assert {one["outcome"] for one in answers} == {"written"}, answers
    return f"/app#/ladder/{ladder}"


def edit(kind, space, target, **fields):
    said = {"id": new(), "space": space, "kind": kind, "target": target, "verb": "add", "fields": fields}
    return {**said, "base": {}, "at": int(time.time() * 1000)}
