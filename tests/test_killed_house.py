"""Web servers and clocks killed with -9 while people write and reminders fall due: what was answered is there, whole,
once; what was not answered is whole or not at all; and every phone holds what a fresh one is given."""

import os

import pytest

from tests.killing_house import KillingHouse
from tests.push_service import PushService

pytestmark = pytest.mark.promise("Kill and cut")


@pytest.fixture
def service():
    made = PushService()
    yield made
    made.close()


@pytest.mark.parametrize("kills", [pytest.param(None, id="full", marks=pytest.mark.nightly), pytest.param(6, id="few")])
def test_no_acknowledged_write_is_lost_however_the_house_is_killed(settings, service, proof, kills):
    wanted = int(os.environ.get("IPPO_KILLS", "1000")) if kills is None else kills
    workers = 2 if settings.database_url else 1
    with proof.bar("kills", wanted) as tick:
        lived = KillingHouse(settings, service).live_through(wanted, workers=workers, tick=tick)
    print(lived)
    seen, reminded = lived.phones, lived.clocks
    killed = f"{lived.web_kills:,} kills of web servers and {lived.clock_kills:,} of clocks"
    if kills is None:
        proof.line(
            "Acknowledged writes lost while web servers and clocks are killed",
            wanted="0 in 1,000 kills, no half writes",
            measured=f"{seen.lost} of {seen.acknowledged:,} in {killed}; {seen.halves} half",
        )
    assert lived.unforeseen == []
    assert seen.is_whole(), seen
    assert set(seen.answers) <= {0, 200, 503}
    assert (reminded.states, reminded.lost, reminded.shown_twice) == ({"sent": reminded.reminders}, 0, [])
