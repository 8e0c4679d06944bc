"""Counting statements, so that cost stays flat (performance 5)."""

import threading
from contextlib import contextmanager

from sqlalchemy import event
from sqlalchemy.engine import Engine

from exposure.ready import Ready

ABOUT = ("reminder", "day_mark", "delivery", "subscription", "catch_up", "manner", "told_day", "mailing")


@contextmanager
def watched():
    """Every statement made meanwhile in this thread, by SQLAlchemy or on the driver itself."""
    seen, here = [], threading.get_ident()

    def note(statement):
        # Whoever watches over the streams of an app of another test has a thread of its own.
        if threading.get_ident() == here:
            seen.append(statement)

    def see(_bound, _cursor, statement, *_):
        note(statement)

    plain = Ready._run

    def run(bound, text, values, *, many=False):
        note(text)
        return plain(bound, text, values, many=many)

    event.listen(Engine, "before_cursor_execute", see)
    Ready._run = staticmethod(run)
    try:
        yield seen
    finally:
        Ready._run = staticmethod(plain)
        event.remove(Engine, "before_cursor_execute", see)


def statements(act):
    """How many statements about reminders, marks and deliveries an act makes."""
    with watched() as seen:
        act()
    return len([statement for statement in seen if any(name in statement for name in ABOUT)])
