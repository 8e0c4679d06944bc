"""Counting statements, so that cost stays flat (performance 5)."""

from sqlalchemy import event
from sqlalchemy.engine import Engine

ABOUT = ("reminder", "day_mark", "delivery", "subscription", "catch_up")


def statements(act):
    """How many statements about reminders, marks and deliveries an act makes."""
    seen = []

    def see(_bound, _cursor, statement, *_):
        if any(name in statement for name in ABOUT):
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", see)
    try:
        act()
    finally:
        event.remove(Engine, "before_cursor_execute", see)
    return len(seen)
