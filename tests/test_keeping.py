"""We keep little: under a moved clock nothing is there past its date, and each new table has to say how long."""

from datetime import timedelta

import pytest
from sqlalchemy import Integer, LargeBinary, func, select, update

from exposure import keeping
from exposure.clock import Clock as Ticker
from exposure.db import Base, Flag, Moment, connection, writing
from exposure.keeping import KEPT
from exposure.logins import Login
from exposure.mailboxes import Mailbox
from exposure.spaces import Membership
from tests.conftest import START, enter, let_in

pytestmark = pytest.mark.promise("Delete means delete")

HOUR = timedelta(hours=1)
# As long as the account, or as the row it belongs to; what the house knows of nobody; what is handed over at each tick.
WITH_THE_ACCOUNT = {
    "person", "space", "synced_row", "edit", "reminder", "credential", "totp", "factor_code", "manner",
    "calendar_address", "consent", "visit", "shareable", "waiting", "subscription",
}  # fmt: skip
OF_NOBODY = {"heartbeat", "house_key", "ending"}
BY_DATES = {"told_day", "push_host"}  # text dates: manners.forget_days, hosts.forget_past
BY_ITSELF = {"mailbox"}


def old_row(bound, table):
    """A row whose every moment is START; what it points at is there already."""
    row = {}
    for column in table.columns:
        if column.foreign_keys:
            (key,) = column.foreign_keys
            row[column.name] = bound.execute(select(key.column)).scalar()
        elif isinstance(column.type, Moment):
            row[column.name] = START
        elif isinstance(column.type, LargeBinary):
            row[column.name] = b"x"
        else:
            row[column.name] = 1 if isinstance(column.type, Integer | Flag) else f"x {column.name}"
    return row


def everything_is_old(app):
    ada, theo = enter(app), enter(app, "therapist")
    let_in(app, theo.person, ada.space, "viewer")
    with app.app_context(), writing() as bound:
        bound.execute(update(Membership).where(Membership.role == "viewer").values(until=START))
        bound.execute(update(Login).values(expires=START))
        for table in {column.class_.__table__ for column in KEPT} - {Login.__table__, Membership.__table__}:
            bound.execute(table.insert(), [old_row(bound, table)])
    return ada


def past(app, now):
    """How many rows of each kind are there past their date."""
    with app.app_context():
        found = {
            f"{column.class_.__tablename__}.{column.key}": connection()
            .execute(select(func.count()).select_from(column.class_).where(column < now - kept))
            .scalar_one()
            for column, kept in KEPT.items()
        }
        connection().rollback()
    return found


def live_until(app, clock, then):
    """A house that is never shut for long: its clock comes by at least every other day."""
    while clock.at < then:
        clock.at = min(then, clock.at + timedelta(days=2))
        with app.app_context():
            Ticker.of(app)._sweep(clock.at)


def test_a_time_that_leaps_lets_go_of_nothing(app, clock, ada):
    with app.app_context(), writing() as bound:
        bound.execute(update(Login).values(expires=START + timedelta(days=9)))
    live_until(app, clock, START + timedelta(days=3))
    for leap in (timedelta(days=365 * 8), timedelta(days=365 * 8, hours=23), timedelta(days=3, hours=1)):
        with app.app_context():
            Ticker.of(app)._sweep(START + leap)
            assert connection().execute(select(func.count()).select_from(Login)).scalar_one() == 1
            connection().rollback()
    live_until(app, clock, START + timedelta(days=10))
    with app.app_context():
        assert connection().execute(select(func.count()).select_from(Login)).scalar_one() == 0


def test_nothing_is_there_past_its_date(app, clock, proof):
    everything_is_old(app)
    clock.at = START - timedelta(days=4)
    met, over, looked = set(), 0, 0
    for kept in sorted({*KEPT.values()}):
        live_until(app, clock, START + kept - HOUR if kept > HOUR else START)
        then = START + kept + 2 * HOUR
        met |= {name for name, rows in past(app, then).items() if rows}
        live_until(app, clock, then)
        after = past(app, clock())
        over += sum(after.values())
        looked += len(after)
    assert len(met) == len(KEPT), "each kind was there until its time was over"
    proof.line(
        "Rows past their date after the hourly sweep, under a moved clock",
        wanted="0",
        measured=f"{over} in {looked} looks at {len(KEPT)} kinds of rows",
    )
    assert over == 0


def test_every_table_says_how_long_its_rows_are_kept():
    timed = {column.class_.__tablename__ for column in KEPT}
    said = timed | WITH_THE_ACCOUNT | OF_NOBODY | BY_DATES | BY_ITSELF
    assert {table.name for table in Base.metadata.sorted_tables} == said


def test_an_address_nobody_confirmed_is_forgotten_after_a_week(app, clock, ada, theo):
    row = {"id": "one", "sealed": b"x", "off": "one", "asked": clock(), "tries": 0, "refusals": 0, "code": "c"}
    with app.app_context(), writing() as bound:
        bound.execute(Mailbox.__table__.insert(), [{**row, "person_id": ada.person}])
        going_on = {"person_id": theo.person, "id": "two", "off": "two", "confirmed": clock(), "next_id": "three"}
        bound.execute(Mailbox.__table__.insert(), [{**row, **going_on, "next_sealed": b"y"}])
    for days, left in ((6, {("one", None), ("two", "three")}), (2, {("two", None)})):
        clock.pass_by(days=days)
        with app.app_context():
            with writing() as bound:
                keeping.forget_past(bound, clock())
            assert {tuple(one) for one in connection().execute(select(Mailbox.id, Mailbox.next_id))} == left
