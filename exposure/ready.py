"""Ready statements: compiled once for each database, run on the driver itself.

SQLAlchemy's way to a statement costs more than SQLite's answer (about 100 us against 10),
and one sync makes nine. What is written here is still one SQLAlchemy expression for both
databases; only its travel is shorter. Values go in and out as the driver has them:
milliseconds for moments, text for documents, bytes for sealed.
"""

import re
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import ClauseElement

from exposure.db import Flag, Moment, milliseconds, moment

_LIST = re.compile(r"\(__\[POSTCOMPILE_(\w+)\]\)")

Parameters = Mapping[str, Any]


class Ready:
    """One statement with named parameters; a parameter of `x IN (…)` takes a list."""

    def __init__(self, statement: ClauseElement | Mapping[str, ClauseElement]) -> None:
        """One statement for both databases, or one by the name of each where their words differ."""
        self._statement = statement
        self._compiled: dict[str, tuple[str, tuple[str, ...], dict[str, Any]]] = {}
        self._namer: Callable[[tuple[Any, ...]], Any] | None = None

    def rows(self, bound: Connection, **parameters: Any) -> list[tuple[Any, ...]]:
        """Run it and give what it returns."""
        text, values = self._filled(bound, parameters)
        cursor = self._run(bound, text, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found

    def named(self, bound: Connection, **parameters: Any) -> list[Any]:
        """The same as rows with names, moments and flags in them as the models have them."""
        if self._namer is None:
            self._namer = _namer(self._statement)
        return [self._namer(values) for values in self.rows(bound, **parameters)]

    def stream(self, bound: Connection, **parameters: Any) -> Iterator[tuple[Any, ...]]:
        """The same, row by row, for a reader that may have enough before the end."""
        text, values = self._filled(bound, parameters)
        cursor = self._run(bound, text, values)
        try:
            yield from cursor
        finally:
            cursor.close()

    def do(self, bound: Connection, **parameters: Any) -> None:
        """Run it for what it changes."""
        text, values = self._filled(bound, parameters)
        self._run(bound, text, values)

    def each(self, bound: Connection, many: Sequence[Parameters]) -> None:
        """Run it once for each set of parameters, in one call to the driver."""
        if many:
            text, _, constants = self._compile(bound.dialect.name)
            self._run(bound, text, [{**constants, **one} for one in many] if constants else many, many=True)

    def _filled(self, bound: Connection, given: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        text, lists, constants = self._compile(bound.dialect.name)
        values = constants | given
        for name in lists:
            listed = _padded(values.pop(name))
            text = _spread(text, name, len(listed), bound.dialect.name)
            values |= {f"{name}_{i}": value for i, value in enumerate(listed)}
        return text, values

    def _compile(self, database: str) -> tuple[str, tuple[str, ...], dict[str, Any]]:
        """The text, the names of its lists, and the constants SQLAlchemy made parameters of."""
        if database not in self._compiled:
            one = self._statement
            statement = one[database] if isinstance(one, Mapping) else one
            compiled = statement.compile(dialect=_dialect(database))
            lists = tuple(_LIST.findall(str(compiled)))
            constants = {
                name: int(value) if isinstance(value, bool) else value
                for name, value in compiled.params.items()
                if value is not None and name not in lists
            }
            self._compiled[database] = (str(compiled), lists, constants)
        return self._compiled[database]

    @staticmethod
    def _run(bound: Connection, text: str, values: Any, *, many: bool = False) -> Any:
        dialect = bound.dialect
        cursor = bound.connection.cursor()
        try:
            if many:
                cursor.executemany(text, values)
            else:
                cursor.execute(text, values)
        except dialect.loaded_dbapi.Error as error:
            # Told as SQLAlchemy tells it, without the values: they may be somebody's words.
            if dialect.is_disconnect(error, bound.connection.dbapi_connection, cursor):
                bound.invalidate(error)
            raise DBAPIError.instance(
                text, None, error, dialect.loaded_dbapi.Error, hide_parameters=True, dialect=dialect
            ) from error
        return cursor


def upserting(table: Table, key: tuple[str, ...]) -> Ready:
    """Insert rows into `table`, or write over those that have the same `key`."""
    words: dict[str, ClauseElement] = {}
    for name, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert)):
        new: Any = insert(table)
        rest = {column.name: new.excluded[column.name] for column in table.c if column.name not in key}
        words[name] = new.on_conflict_do_update(index_elements=list(key), set_=rest)
    return Ready(words)


def plain(values: Parameters) -> dict[str, Any]:
    """These values as the driver has them: moments in milliseconds, flags as numbers."""
    return {
        # By type, not by family: this is asked of every value a busy night writes.
        name: milliseconds(value) if type(value) is datetime else int(value) if type(value) is bool else value
        for name, value in values.items()
    }


def _namer(statement: Any) -> Callable[[tuple[Any, ...]], Any]:
    """What makes a named row of what the driver gives for this statement."""
    told = statement.column_descriptions if statement.is_select else statement.returning_column_descriptions
    names = [str(one["name"]) for one in told]
    row: Any = namedtuple("row", names)  # type: ignore[misc]  # noqa: PYI024 - its names are known here only
    moments = tuple(at for at, one in enumerate(told) if isinstance(one["type"], Moment))
    flags = tuple(at for at, one in enumerate(told) if isinstance(one["type"], Flag))

    def name(values: tuple[Any, ...]) -> Any:
        listed = list(values)
        for at in moments:
            if listed[at] is not None:
                listed[at] = moment(listed[at])
        for at in flags:
            listed[at] = bool(listed[at])
        return row._make(listed)

    return name


def inserting(table: Table) -> Ready:
    """Insert those rows into `table` that are not there yet."""
    makers: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
    return Ready({name: insert(table).on_conflict_do_nothing() for name, insert in makers.items()})


@cache
def _dialect(name: str) -> Any:
    if name == "postgresql":
        return postgresql.dialect(paramstyle="pyformat")  # type: ignore[no-untyped-call]
    return sqlite.dialect(paramstyle="named")


@cache
def _spread(text: str, name: str, count: int, database: str) -> str:
    mark = "%({})s" if database == "postgresql" else ":{}"
    marks = ", ".join(mark.format(f"{name}_{i}") for i in range(count))
    return text.replace(f"(__[POSTCOMPILE_{name}])", f"({marks})")


def _padded(values: Sequence[Any]) -> list[Any]:
    """The values, the last one repeated up to a power of two: few texts for the driver to keep."""
    listed = list(values) or [None]
    size = 1 << (len(listed) - 1).bit_length()
    return listed + listed[-1:] * (size - len(listed))
