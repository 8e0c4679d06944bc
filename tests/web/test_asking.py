"""Asking: a GET changes nothing, every answer says what it is, and no other site is let read one."""

import io

import pytest

from exposure.db import db
from exposure.strict import MOST_BYTES
from exposure.web.guard import SAFE
from tests.web.test_guard import addresses, ask, rows_everywhere

SPOKEN = ("text/", "application/json", "application/manifest+json")
BINARY = ("image/", "font/", "application/octet-stream")


@pytest.fixture
def engine_name():
    """One database is enough: what is looked at is said before any is asked, and nothing is written."""
    return "sqlite"


def everything(app):
    """But how often somebody tried, which is counted whatever they tried."""
    return {name: rows for name, rows in rows_everywhere(app).items() if name != "tally"}


def test_asking_changes_nothing(app, client, ada):
    before = everything(app)
    asked = 0
    for who in (client, ada.client):
        for method, path in addresses(app):
            if method in SAFE and path != "/api/live":
                ask(who, method, path)
                asked += 1
    assert asked >= 50
    assert everything(app) == before
    ada.sync(ada.add("rest", day="2026-11-21"))
    assert everything(app) != before  # it would be seen


def test_every_answer_says_what_it_is(app, client, ada):
    for who in (client, ada.client):
        for method, path in [*addresses(app), ("GET", "/nowhere"), ("POST", "/"), ("GET", "/api/history/none")]:
            if path in {"/api/account", "/api/signout", "/api/live"} and who is ada.client:
                continue
            answer = who.open(path, method=method, json={} if method != "GET" else None)
            kind = answer.headers.get("Content-Type", "")
            if answer.data:
                assert kind.startswith(SPOKEN + BINARY), f"{method} {path}: {kind}"
                # JSON is UTF-8 by its own standard and has no such parameter.
                assert "json" in kind or not kind.startswith("text/") or "charset=utf-8" in kind, f"{path}: {kind}"
            assert "Access-Control-Allow-Origin" not in answer.headers
            answer.close()


def test_nobody_is_told_their_own_request(client, ada):
    for who in (client, ada.client):
        for path in ("/", "/api/me", "/api/sync", "/healthz"):
            answer = who.open(path, method="TRACE", headers={"X-Secret": "a word nobody else knows"})
            assert answer.status_code in {403, 405, 415}, path
            assert b"a word nobody else knows" not in answer.data


@pytest.mark.parametrize("bent", ["/{}", "{}/", "//evil.example/{}", "{0}//{0}"])
def test_nobody_is_sent_anywhere_else(app, client, bent):
    for _, path in addresses(app):
        for odd in (bent.format(path), path.replace("/", "//")):
            # The client would take an address like this apart by itself; a server hands it on as it came.
            answer = client.get("/", environ_overrides={"PATH_INFO": odd, "HTTP_HOST": "evil.example"})
            assert (answer.status_code // 100, answer.headers.get("Location")) in {(4, None), (2, None)}, odd
            answer.close()


class Slowly(io.BytesIO):
    """A body that notes how many connections to the database are in use whenever somebody waits for more of it."""

    def __init__(self, sent, pool):
        super().__init__(sent)
        self.pool, self.held = pool, []

    def readinto(self, into):
        self.held.append(self.pool.checkedout())
        return super().readinto(into)


def test_whoever_sends_slowly_holds_no_connection(app, client, ada):
    """PostgreSQL's are forty; with a cookie, as many slow senders could keep everybody waiting for half a minute."""
    with app.app_context():
        pool = db.engine.pool
    for who in (client, ada.client):
        asked = [(method, path) for method, path in addresses(app) if method not in SAFE]
        for method, path in asked:
            body = Slowly(b'{"none of ours": 1}', pool)
            who.open(path, method=method, input_stream=body, content_type="application/json", content_length=19).close()
            read_at_all = who is ada.client or path != "/api/import"
            assert {*body.held} == ({0} if read_at_all else set()), f"{method} {path}"
        assert len(asked) > 30


def test_what_is_larger_than_any_door_takes_is_not_read(app, client, ada):
    for who in (client, ada.client):
        for method, path in addresses(app):
            if method not in SAFE and path != "/api/import":
                body = io.BytesIO(b'{"a":"' + b"a" * MOST_BYTES + b'"}')
                size = len(body.getvalue())
                answer = who.open(
                    path, method=method, input_stream=body, content_type="application/json", content_length=size
                )
                assert (answer.status_code, body.tell()) == (413, 0), f"{method} {path}"
