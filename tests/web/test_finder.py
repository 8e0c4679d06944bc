"""Finder: whoever found a hole reaches whoever runs the house, and the address never goes stale (RFC 9116, T22)."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from exposure.app import create_app
from exposure.config import Settings
from tests.conftest import MASTER

pytestmark = pytest.mark.promise("Supply chain")

ADDRESS = "/.well-known/security.txt"


@pytest.fixture
def engine_name():
    """One database is enough: it is not asked."""
    return "sqlite"


def fields(answer):
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    return dict(re.fullmatch(r"([A-Z][\w-]+): (\S.*)", line).groups() for line in answer.text.splitlines())


def test_it_says_whom_to_write_to(client, app):
    said = fields(client.get(ADDRESS))
    assert said["Contact"] == "mailto:care@ippo.example"
    assert said["Canonical"] == app.extensions["ippo"].settings.url + ADDRESS
    assert set(said["Preferred-Languages"].split(", ")) == {"ja", "en"}


def test_it_is_good_for_months_on_any_day_and_never_for_a_year(client, clock, proof):
    left = []
    for _ in range(200):
        until = datetime.fromisoformat(fields(client.get(ADDRESS))["Expires"])
        left.append(until - clock())
        clock.pass_by(hours=125)
    assert until.tzinfo is UTC or until.utcoffset() == timedelta()
    proof.line(
        "The way to whoever runs the house is open",
        wanted="security.txt good for 30 to 365 days, whenever it is asked for",
        measured=f"{min(left).days} to {max(left).days} days, asked {len(left)} times over {125 * 200 // 24} days",
    )
    assert min(left) > timedelta(days=30)
    assert max(left) < timedelta(days=365)


def test_a_house_that_has_no_address_promises_none(data):
    quiet = create_app(Settings(data=data, master_key=MASTER))
    assert quiet.test_client().get(ADDRESS).status_code == 404
