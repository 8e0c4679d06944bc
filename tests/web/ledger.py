"""The ledger: whether a request that was refused wrote anything all the same."""

import re

from sqlalchemy import event

from exposure.db import db
from exposure.ready import Ready

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b(?:\s+INTO|\s+FROM)?\s+\"?(\w+)", re.IGNORECASE)
# A wrong try is counted, and a challenge is spent by the first answer, right or wrong: both on purpose.
MAY_CHANGE = {"tally", "ceremony"}
SLOWEST_SECONDS = 2.0
# The browser's key of RFC 8291, appendix A.
KEYS = {
    "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "auth": "BTBZMqHH6r4Tts7J_aSIgg",
}


class Ledger:
    """Every row that was written and committed, whichever way the statement went."""

    def __init__(self, app, monkeypatch):
        self.pending, self.committed = 0, 0
        with app.app_context():
            engine = db.engine
        event.listen(engine, "after_cursor_execute", lambda _c, cursor, text, *_: self.note(text, cursor.rowcount))
        event.listen(engine, "commit", self.commit)
        event.listen(engine, "rollback", self.rollback)
        run = Ready._run

        def noted(bound, text, values, *, many=False):
            cursor = run(bound, text, values, many=many)
            self.note(text, cursor.rowcount)
            return cursor

        monkeypatch.setattr(Ready, "_run", staticmethod(noted))

    def note(self, text, count):
        found = WRITES.match(text)
        if found and found[2].lower() not in MAY_CHANGE and count != 0:
            self.pending += 1

    def commit(self, _bound):
        self.committed += self.pending
        self.pending = 0

    def rollback(self, _bound):
        self.pending = 0
