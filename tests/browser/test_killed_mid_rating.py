"""A browser killed at any moment of a rating: what was rated is whole, or still in the form, and is kept once."""

import json
import os

import pytest

from tests.browser.common import until
from tests.browser.device import HELD
from tests.browser.killed_pages import survive
from tests.browser.test_try import attempts_in

pytestmark = pytest.mark.promise("Kill and cut")


@pytest.mark.parametrize("kills", [pytest.param(None, id="full", marks=pytest.mark.nightly), pytest.param(2, id="few")])
def test_a_rating_is_whole_or_still_in_the_form(open_chromium, profile, server, proof, kills):
    wanted = int(os.environ.get("IPPO_BROWSER_KILLS", "200")) if kills is None else kills
    with proof.bar("kills", wanted) as tick:
        told, rater = survive(open_chromium, profile, server, wanted, tick)
    print(told)
    until(rater.page, f"() => ({HELD})().then(({{ outbox }}) => outbox.length === 0)")
    kept = attempts_in(json.loads(rater.page.evaluate("fetch('/api/export').then((answer) => answer.text())")))
    if kills is None:
        proof.line(
            "Chromium killed in the middle of a rating",
            wanted="200 times: whole, or still in the form",
            measured=f"{told.kills} times: {len(told.halves)} half, {len(told.lost)} lost, {told.doubled} doubled; "
            f"{told.kept} attempts kept, {len(kept)} on the server",
        )
    assert (told.halves, told.lost, told.doubled) == ([], [], 0)
    assert len(kept) == told.kept
    assert sorted(one["found_out"] for one in kept) == sorted(f"found {n}" for n in range(told.kept))
