"""How Alembic reaches our database: through the app's own write transaction, one at a time."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import text
from sqlalchemy.types import TypeEngine

from exposure.db import Base, Document, Flag, Moment, is_postgres, writing

LOCK = 1970  # any number, the same in every process


def render(kind: str, item: Any, _autogen: AutogenContext) -> str | Literal[False]:
    """Columns in a migration are plain types: a migration must not change when our code does."""
    if kind != "type" or not isinstance(item, TypeEngine):
        return False
    if isinstance(item, Moment):
        return 'sa.BigInteger().with_variant(sa.Integer(), "sqlite")'
    if isinstance(item, Document):
        return "sa.Text()"
    if isinstance(item, Flag):
        return "sa.Integer()"
    return False


def run() -> None:
    """Every step in one transaction: killed in the middle, the database is as it was."""
    with writing() as bound:
        if is_postgres(bound):
            # Several processes may start at once; the second waits and finds nothing to do.
            bound.execute(text("SET LOCAL lock_timeout = 0"))
            bound.execute(text("SET LOCAL statement_timeout = 0"))
            bound.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        context.configure(
            connection=bound,
            target_metadata=Base.metadata,
            render_item=render,
            render_as_batch=False,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
