"""Two clocks on one database, one killed with -9 at any moment, and a push service in a bad mood: nothing is lost,
hardly anything is sent twice, and nothing is seen twice."""

import os

import pytest

from tests import killing_bugs
from tests.killing import Killing, bad_mood
from tests.push_service import PushService


@pytest.fixture
def service():
    made = PushService()
    made.usual = bad_mood()
    yield made
    made.close()


def prove(told):
    print(told)
    assert told.states == {"sent": told.reminders}, "lost, or left behind"
    assert told.lost == 0
    assert (
        told.repeats - told.forced <= told.kills
    )  # at most one for each kill; where an answer is lost nobody can tell
    assert max(told.copies.values()) <= 6
    assert told.shown_twice == []


def test_two_hundred_kills_lose_nothing_and_show_nothing_twice(settings, service):
    prove(Killing(settings, service).survive(kills=200, each=2))


@pytest.mark.nightly
@pytest.mark.promise("Kill and cut")
def test_a_thousand_kills_lose_nothing_and_show_nothing_twice(settings, service, proof):
    kills = int(os.environ.get("IPPO_KILLS", "1000"))
    told = Killing(settings, service).survive(kills=kills, each=4, pause=0.12)
    twice = f"{told.repeats - told.forced:,} sent twice, {len(told.shown_twice)} shown twice"
    proof.line(
        "Reminders lost while clocks are killed",
        wanted="0 in 1,000 kills, ≤ 1 sent twice for each, none shown twice",
        measured=f"{told.lost} of {told.reminders:,} in {told.kills:,} kills, {twice}",
    )
    prove(told)


@pytest.mark.nightly
@pytest.mark.parametrize("bug", killing_bugs.BUGS, ids=lambda bug: bug.__name__)
def test_the_proof_finds(settings, service, monkeypatch, bug):
    monkeypatch.setattr("tests.killing.PATIENCE", 10)
    told = Killing(settings, service, bug.__name__).survive(kills=60)
    with pytest.raises(AssertionError):
        prove(told)
