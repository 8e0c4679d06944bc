"""Reading and writing on PostgreSQL: what stands by itself, and what stands together."""

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

from exposure.db import connection, db, writing
from exposure.heartbeats import Heartbeat
from exposure.ready import Ready
from tests.conftest import START

NAMES = select(Heartbeat.name)


@pytest.fixture(params=["postgresql"])
def engine_name(request):
    return request.param


@pytest.fixture(autouse=True)
def inside(app):
    with app.app_context():
        yield


def beat(bound, name):
    bound.execute(insert(Heartbeat).values(name=name, at=START, note=""))


def half_of_it():
    with writing() as bound:
        beat(bound, "one")
        Ready(NAMES).rows(bound)
        beat(bound, "two")
        raise ZeroDivisionError


def is_idle():
    return connection().connection.dbapi_connection.info.transaction_status.name == "IDLE"


def test_whoever_reads_holds_nothing_open():
    connection().execute(NAMES)
    assert is_idle()
    Ready(NAMES).rows(connection())
    assert is_idle()
    with writing() as bound:
        beat(bound, "one")
        assert not is_idle()
    connection().execute(NAMES)
    assert is_idle()


def test_what_is_written_is_whole_or_not_at_all():
    with pytest.raises(ZeroDivisionError):
        half_of_it()
    assert connection().execute(NAMES).all() == []
    with writing() as bound:
        beat(bound, "one")
        beat(bound, "two")
    assert len(connection().execute(NAMES).all()) == 2


def test_whoever_asks_the_engine_has_a_transaction_also_after_a_reader(app):
    connection().execute(NAMES)
    driver = connection().connection.dbapi_connection
    with app.app_context():
        connection().execute(NAMES)
        connection().close()
    with db.engine.connect() as bound:
        assert bound.connection.dbapi_connection is not driver
        beat(bound, "one")
    assert connection().execute(NAMES).all() == []


@pytest.mark.parametrize("reads", [True, False], ids=["reading", "writing"])
def test_a_line_that_broke_is_told_as_any_trouble_of_the_database_and_is_not_used_again(app, reads):
    mine = connection().execute(text("SELECT pg_backend_pid()")).scalar_one()
    with db.engine.begin() as other:
        other.execute(text("SELECT pg_terminate_backend(:mine, 5000)"), {"mine": mine})
    if reads:
        with pytest.raises(DBAPIError):
            connection().execute(NAMES)
    else:
        with pytest.raises(DBAPIError), writing() as bound:
            beat(bound, "one")
    with app.app_context(), writing() as bound:
        beat(bound, "two")
    with app.app_context():
        assert connection().execute(NAMES).scalars().all() == ["two"]


def test_whoever_writes_after_a_line_broke_has_a_transaction_too(app):
    mine = connection().connection.dbapi_connection.info.backend_pid
    with app.app_context():
        Ready(NAMES).rows(connection())  # a line that waits for the next one, as a reader left it
        with db.engine.begin() as other:
            other.execute(text("SELECT pg_terminate_backend(:mine, 5000)"), {"mine": mine})
    with pytest.raises(DBAPIError):
        Ready(NAMES).rows(connection())
    with pytest.raises(ZeroDivisionError):
        half_of_it()
    with app.app_context():
        assert connection().execute(NAMES).all() == []


def test_where_all_lines_are_taken_it_is_said_that_we_are_busy(app, ada, monkeypatch):
    monkeypatch.setattr(db.engine.pool, "_timeout", 0.05)
    taken = [db.engine.connect() for _ in range(40)]
    try:
        with pytest.raises(NoConnection):
            db.engine.connect()
        answer = ada.client.get("/api/me")
    finally:
        for each in taken:
            each.close()
    assert (answer.status_code, answer.get_json()["error"]) == (503, "busy")
    assert int(answer.headers["Retry-After"]) > 0
    assert ada.client.get("/api/me").status_code == 200
