"""Nobody else is told: the whole app on an island, where whoever else is asked for is written down (reliability §4)."""

import pytest

from tests import island

ONLY = "updates.push.services.mozilla.com"  # the push service that the person's own browser named
RUNS = [
    pytest.param("firefox", 5, id="firefox-quick"),
    pytest.param("chromium", None, id="chromium", marks=pytest.mark.nightly),
    pytest.param("firefox", None, id="firefox", marks=pytest.mark.nightly),
]


def on_an_island(module, *arguments):
    try:
        return island.sail(module, *arguments)
    except island.NoIsland as why:
        pytest.skip(str(why))


@pytest.mark.promise("No third party")
@pytest.mark.parametrize(("engine", "most"), RUNS)
def test_no_host_but_ours_is_asked_for_on_any_screen(built, proof, engine, most):
    told = on_an_island("tests.browser.whole_walk", engine, *([str(most)] if most else []))
    said = told["said"]
    others = {*told["hosts"]} - {ONLY}
    proof.line(
        "Other hosts looked up, tried or sent to by the browser, the web server or the clock",
        wanted="0 on every screen of both roles",
        measured=f"{len(others)} on {len(said['screens'])} screens, in {told['packets']:,} packets",
    )
    assert said["asked"] == []
    assert others == set()
    # The house knocked at the one door it may, once, and the recorder saw it: it would have seen any other.
    assert said["push"] == {"host": ONLY, "status": 503}
    assert told["hosts"][ONLY] > 0
    assert told["addresses"] == {f"{island.ANYBODY} tcp 443": 1}
    assert len(said["screens"]) >= (2 * most if most else 90)


def test_the_recorder_sees_whoever_is_asked_for():
    told = on_an_island("tests.planted_abroad")
    assert {*told["hosts"]} == {*told["said"]}
    where = ["1.1.1.1 tcp 443", "2606:4700::1111 tcp 443", f"{island.ANYBODY} tcp 443", f"{island.ANYBODY} udp 443"]
    assert sorted(told["addresses"]) == where
