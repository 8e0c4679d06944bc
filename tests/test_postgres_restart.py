"""PostgreSQL cut off in the middle of everything and started again, under load: people are asked to wait, no more, and
nothing that was answered is lost."""

import os
import time

import pytest
from sqlalchemy import text

from exposure import migrate
from exposure.app import create_app
from exposure.config import Settings
from exposure.db import connection, db
from tests import postgres
from tests.conftest import MASTER
from tests.faithful import Phone, at_work, come_home
from tests.killing_house import Web, until_all_write
from tests.processes import Device

pytestmark = pytest.mark.promise("Kill and cut")

PHONES = 8
RECOVERED = 3.0  # seconds


class Reader(Phone):
    """A phone that only looks."""

    def run(self):
        while not self.stop.is_set():
            for path in ("/api/me", "/api/visits", "/api/logins", "/healthz"):
                self.ask("GET", path)


@pytest.fixture
def lasting(data):
    """A PostgreSQL that keeps what it has said to keep, and the house on it."""
    cluster = postgres.start(postgres.DURABLE)
    settings = Settings(data=data, database_url=cluster.fresh_database(), master_key=MASTER)
    migrate.to_present(create_app(settings))
    yield cluster, settings
    cluster.stop()


@pytest.mark.parametrize("times", [pytest.param(None, id="full", marks=pytest.mark.nightly), pytest.param(1, id="few")])
def test_nobody_is_told_more_than_to_wait_while_the_database_starts_again(lasting, proof, times):
    cluster, settings = lasting
    wanted = int(os.environ.get("IPPO_RESTARTS", "20")) if times is None else times
    web = Web(settings, workers=2)
    try:
        phones, reader, back = at_work(web.port, PHONES), Reader(Device(web.port)), []
        reader.start()
        for _ in range(wanted):
            until_all_write(phones)
            cluster.restart()
            up = time.monotonic()
            until_all_write(phones)
            back.append(time.monotonic() - up)
        told = come_home([*phones, reader])
    finally:
        unforeseen = web.end()
    waits = {answer.retry_after for answer in told.history if answer.status == 503}
    print(f"{wanted} restarts, answers {dict(told.answers)}, back after {max(back):.2f} s at most")
    if times is None:
        proof.line(
            "PostgreSQL restarted hard under load",
            wanted="20 times: only 503 with Retry-After, back within 3 s, 0 acknowledged writes lost",
            measured=f"{wanted} times: {told.answers[503]} × 503 in {sum(told.answers.values()):,}, "
            f"{sum(told.answers.values()) - told.answers[503] - told.answers[200]} others, "
            f"back within {max(back):.2f} s, {told.lost} of {told.acknowledged:,} lost",
        )
    assert unforeseen == []
    assert told.is_whole(), told
    assert set(told.answers) == {200, 503}
    assert waits == {"3"}
    assert times or max(back) <= RECOVERED


def test_a_connection_that_breaks_once_the_answer_is_made_spoils_no_answer(cluster, data):
    settings = Settings(data=data, database_url=cluster.fresh_database(), master_key=MASTER)
    app = create_app(settings)
    with app.app_context():
        backend = connection().execute(text("SELECT pg_backend_pid()")).scalar_one()
        cluster.order(f"SELECT pg_terminate_backend({backend}, 5000)")
    with app.app_context():
        assert db.engine.pool.checkedout() == 0
        assert connection().execute(text("SELECT 1")).scalar_one() == 1
    with app.app_context():
        db.engine.dispose()
    cluster.drop(settings.database_url)
