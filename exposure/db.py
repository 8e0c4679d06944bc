"""The one database handle: base class, column types, and how a write is made.

SQLite is the embedded default (WAL, synchronous=FULL, BEGIN IMMEDIATE, STRICT
tables); PostgreSQL comes by DATABASE_URL. Both see the same statements.
"""

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, ClassVar

from flask import g
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, Dialect, Integer, LargeBinary, Table, Text, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

Id = Text
"""A lower-case UUID made on a device, as text."""

Sealed = LargeBinary
"""Bytes sealed by a person's key (see vault)."""

Whole = BigInteger().with_variant(Integer, "sqlite")
"""A whole number of 64 bits on both databases (STRICT tables know INTEGER only)."""


class Moment(TypeDecorator[datetime]):
    """An aware UTC datetime, stored as whole milliseconds since 1970."""

    impl = Whole
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> int | None:
        return None if value is None else milliseconds(value)

    def process_result_value(self, value: Any, _dialect: Dialect) -> datetime | None:
        return None if value is None else moment(value)


class Document(TypeDecorator[Any]):
    """A JSON value, stored as text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False)

    def process_result_value(self, value: Any, _dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


class Flag(TypeDecorator[bool]):
    """True or false, stored as 1 or 0."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, _dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    def process_result_value(self, value: Any, _dialect: Dialect) -> bool | None:
        return None if value is None else bool(value)


def milliseconds(when: datetime) -> int:
    """Whole milliseconds since 1970 UTC of an aware datetime."""
    return round(when.timestamp() * 1000)


def moment(value: int) -> datetime:
    """The aware UTC datetime of whole milliseconds since 1970."""
    return datetime.fromtimestamp(value / 1000, UTC)


STRICT = {"sqlite_strict": True}


class Base(DeclarativeBase):
    """Every stored thing. Tables are STRICT on SQLite, so a wrong type is refused there too."""

    __table__: ClassVar[Table]  # a plain table, never a join: statements are made from it
    __table_args__: Any = STRICT


db = SQLAlchemy(metadata=Base.metadata)
"""Finds the engine of the running app; rows are read and written with plain statements."""

_pen = threading.RLock()
_hand = threading.local()


@contextmanager
def writing() -> Iterator[Connection]:
    """One write transaction: begun at once, committed at the end, undone on any error.

    One writer at a time in each process: SQLite's own waiting sleeps with back-off,
    which costs 18 x the median at the 99th percentile; a lock costs 3 x (performance 4b).
    Reads made before in this request are ended first, because a read that turns into
    a write fails at once when another has written meanwhile (SQLITE_BUSY_SNAPSHOT).
    """
    bound = connection()
    if getattr(_hand, "writes", False):
        yield bound
        return
    bound.commit()
    with _pen:
        _hand.writes = True
        try:
            _by_itself(bound, each=False)
            with bound.begin():
                yield bound
        finally:
            _hand.writes = False
            _by_itself(bound, each=True)


def connection() -> Connection:
    """The connection of this request (or of this app context), for reading."""
    if "connection" not in g:
        _hand.reads = True
        try:
            g.connection = db.engine.connect()
        finally:
            _hand.reads = False
    bound: Connection = g.connection
    return bound


def _by_itself(bound: Connection, *, each: bool) -> None:
    """On PostgreSQL: whether each statement stands by itself, or all to the next commit stand together.

    Whoever only reads sees with each statement what is committed by then, in a transaction or not (READ COMMITTED);
    without one they make two journeys less, and hold nothing open between their statements.
    """
    # One that broke gets another line when it is asked next, which a reader may have had: whoever writes asks now.
    if bound.closed or (each and bound.invalidated) or not is_postgres(bound):
        return
    driver: Any = bound.connection.dbapi_connection
    # It cannot be told in the middle of something; what broke there is told by whoever asks next.
    if driver.autocommit is not each and driver.info.transaction_status.name == "IDLE":
        driver.autocommit = each


def close(_error: BaseException | None = None) -> None:
    """Give the connection back; whatever was not committed is undone."""
    bound: Connection | None = g.pop("connection", None)
    if bound is None:
        return
    try:
        bound.close()
    except DBAPIError as error:
        # The database went away after the answer was made: the answer stands, the connection is thrown away.
        if not bound.closed:
            bound.invalidate(error)


def is_postgres(bound: Connection) -> bool:
    return bound.dialect.name == "postgresql"


def is_full(error: DBAPIError) -> bool:
    """Whether the database could not write because its disk is full."""
    # SQLite's own code in the lowest byte, PostgreSQL's `disk_full`; each driver has only one of the two.
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    return code == sqlite3.SQLITE_FULL or getattr(error.orig, "sqlstate", None) == "53100"


def upsert(bound: Connection, model: type[Base], values: list[dict[str, Any]], *, key: tuple[str, ...]) -> None:
    """Insert these rows, or write over those that have the same `key`; one statement, nothing when there are none."""
    if not values:
        return
    new = (postgresql.insert if is_postgres(bound) else sqlite.insert)(model)
    rest = {name: new.excluded[name] for name in values[0] if name not in key}
    bound.execute(new.on_conflict_do_update(index_elements=list(key), set_=rest), values)


def insert_new(bound: Connection, model: type[Base], values: list[dict[str, Any]]) -> None:
    """Insert those of these rows that are not there yet; one statement, nothing when there are none."""
    if values:
        new = (postgresql.insert if is_postgres(bound) else sqlite.insert)(model)
        bound.execute(new.on_conflict_do_nothing(), values)


def insert_free(bound: Connection, model: type[Base], values: dict[str, Any]) -> bool:
    """Insert this row unless its id is taken; whether it was free."""
    new = (postgresql.insert if is_postgres(bound) else sqlite.insert)(model)
    # Not `rowcount`: psycopg says -1 of an insert.
    made = new.values(**values).on_conflict_do_nothing().returning(model.__table__.c.id)
    return bound.execute(made).first() is not None


@event.listens_for(Engine, "connect")
def _prepare(dbapi_connection: Any, _record: Any) -> None:
    if not isinstance(dbapi_connection, sqlite3.Connection):
        return
    # The driver's own BEGIN is deferred; ours (below) says which kind is meant.
    dbapi_connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=5000",
        "secure_delete=ON",
    ):
        dbapi_connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "engine_connect")
def _hand_over(bound: Connection) -> None:
    # Whoever asks the engine itself counts on transactions, as ever, also where a reader had the line before.
    _by_itself(bound, each=getattr(_hand, "reads", False))


@event.listens_for(Engine, "begin")
def _begin(bound: Connection) -> None:
    if bound.dialect.name == "sqlite":
        writes = getattr(_hand, "writes", False)
        # Straight to the driver: SQLAlchemy's own way to these words costs more than they do.
        words = "BEGIN IMMEDIATE" if writes else "BEGIN"
        try:
            bound.connection.cursor().execute(words)
        except sqlite3.Error as error:
            # Told as SQLAlchemy tells it, so that "busy" is one trouble wherever it is met.
            raise DBAPIError.instance(words, None, error, sqlite3.Error, dialect=bound.dialect) from error
