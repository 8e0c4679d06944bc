"""Ten times what the house can do: who is not served hears so at once, nothing acknowledged is lost, and when it is
over it is over (reliability 3d)."""

import os

import pytest

from tests.overload import GOOD, House
from tests.push_service import PushService

MEMORY = 512  # MB
WORK = 0.5  # of what it can do, done meanwhile


@pytest.fixture
def service():
    made = PushService()
    yield made
    made.close()


def prove(told):
    """What holds however busy the machine is."""
    print(told)
    assert told.burst.became["busy"], "there was room for everybody: this was no overload"
    assert not set(told.odd) - {"no answer"}, "refused in another way"
    assert told.burst.became["written"]
    assert told.after.became["written"] >= GOOD * len(told.after.told) * 0.9
    assert told.lost == set()
    assert len(told.late) == told.reminders
    assert max(told.late) <= 60
    assert told.megabytes < MEMORY


def test_who_is_not_served_hears_so_and_nothing_is_lost(settings, service):
    with House(settings, service, tick=1) as house:
        prove(house.overload(seconds=2.5, after=1.5, measure=0.8))


@pytest.mark.nightly
@pytest.mark.promise("Overload")
def test_a_minute_of_ten_times_as_much(settings, service, proof):
    seconds = float(os.environ.get("IPPO_OVERLOAD", "60"))
    with House(settings, service) as house:
        told = house.overload(seconds=seconds, after=10)
    say(proof, told, "")
    prove(told)
    assert not told.odd
    assert told.after.recovered() <= 5
    assert told.burst.rate("written") >= WORK * told.capacity


def say(proof, told, where):
    """The lines of the table."""
    burst, after = told.burst, told.after
    sent_away = len(burst.told) - burst.became["written"]
    proof.line(
        f"Refusals at ten times what the house can do{where}",
        wanted="every one 503 with Retry-After and a sentence",
        measured=f"{burst.became['busy']:,} of {sent_away:,} ({dict(told.odd) or 'no other'}); it can do "
        f"{told.capacity:.0f}/s, was offered {len(burst.told) / burst.span:,.0f}/s for {burst.span:.0f} s, "
        f"did {burst.rate('written'):.0f}/s",
    )
    proof.line(
        f"Normal service again{where}",
        wanted="≤ 5 s after (≥ 99 % served, p99 < 500 ms)",
        measured=f"{after.recovered():.0f} s; {after.became['written']} of {len(after.told)} served, "
        f"p99 {after.p99('written') * 1000:.0f} ms",
    )
    proof.line(
        f"Memory of the web server under it{where}", wanted=f"< {MEMORY} MB", measured=f"{told.megabytes:.0f} MB"
    )
    proof.line(
        f"Reminders due meanwhile{where}",
        wanted="all sent, ≤ 60 s late",
        measured=f"{len(told.late)} of {told.reminders}, at most {max(told.late, default=0):.0f} s late",
    )
    proof.line(
        f"Acknowledged writes lost under it{where}",
        wanted="0",
        measured=f"{len(told.lost)} of {burst.became['written']:,}",
    )
