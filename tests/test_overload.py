"""Ten times what the house can do: who is not served hears so at once, nothing acknowledged is lost, and when it is
over it is over (reliability 3d)."""

import os
import shutil

import pytest

from tests.overload import GOOD, House, nginx
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
    odd = told.odd
    # Whoever has connected and said nothing yet is forgotten first when there is no room for another connection.
    assert odd.pop("cut", 0) <= len(told.burst.told) / 100
    assert not set(odd) - {"no answer"}, "refused in another way"
    assert told.burst.became["written"]
    assert told.after.became["written"] >= GOOD * len(told.after.told) * 0.9
    assert told.lost == set()
    assert len(told.late) == told.reminders
    assert max(told.late) <= 60
    assert told.megabytes < MEMORY


def prove_wholly(told):
    """The same, and that service was normal again in time, with most of the work done meanwhile."""
    prove(told)
    assert told.after.recovered() <= 5
    assert told.burst.rate("written") >= WORK * told.capacity


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
    prove_wholly(told)


@pytest.mark.nightly
@pytest.mark.promise("Overload")
def test_behind_a_proxy_everybody_is_answered(engine_name, request, service, proof, tmp_path):
    if engine_name != "postgresql":
        pytest.skip("several workers are the form for PostgreSQL")
    if not shutil.which("nginx"):
        pytest.skip("there is no nginx here to try its example with")
    seconds = float(os.environ.get("IPPO_OVERLOAD", "60"))
    with House(request.getfixturevalue("settings"), service, workers=2) as house, nginx(house, tmp_path):
        told = house.overload(seconds=seconds, after=10)
    say(proof, told, " behind nginx")
    proof.line(
        "Time until somebody is sent away behind nginx",
        wanted="99 of 100 within 2 s",
        measured=f"p99 {told.burst.p99('busy'):.2f} s",
    )
    prove_wholly(told)
    assert told.odd["no answer"] <= len(told.burst.told) / 1000  # somebody let in, and starved by a busy machine
    assert told.burst.p99("busy") <= 2


@pytest.mark.nightly
def test_the_proof_finds_a_house_without_a_line(settings, service):
    with House(settings, service, tick=1, module="tests.without_line") as house:
        told = house.overload(seconds=10, after=8, measure=2)
    with pytest.raises(AssertionError):
        prove_wholly(told)


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
