"""Two web processes on one PostgreSQL: what is done at one door is heard at the other, and an end is an end at both."""

import json
import tempfile
import time
from pathlib import Path

import pytest

from exposure import migrate
from exposure.app import create_app
from exposure.config import Settings
from exposure.db import db
from tests.conftest import MASTER, enter, new_id
from tests.linking import link
from tests.processes import Running, ask
from tests.web.test_starvation import is_open, open_stream

SOON = 2.0  # seconds, design: streams are closed and changes of another process are told within two


@pytest.fixture
def houses(cluster):
    """(the app over the database, one port, another port)."""
    url, folder = cluster.fresh_database(), Path(tempfile.mkdtemp(prefix="ippo-two-"))
    app = create_app(Settings(data=folder, database_url=url, master_key=MASTER))
    migrate.to_present(app)
    environ = {"DATABASE_URL": url, "IPPO_MASTER_KEY": MASTER}
    running = [Running(folder, **environ) for _ in range(2)]
    yield app, *(one.port for one in running)
    for one in running:
        one.end()
    with app.app_context():
        db.engine.dispose()
    cluster.drop(url)


def cookie(actor):
    return f"ippo={actor.client.get_cookie('ippo', domain='localhost').value}"


def hears(sock, words):
    """Seconds until the stream says so."""
    began, said = time.monotonic(), b""
    sock.settimeout(SOON * 2)
    while words.encode() not in said:
        said += sock.recv(4096)
    return time.monotonic() - began


def ends(sock):
    """Seconds until the stream is over."""
    began = time.monotonic()
    while is_open(sock):
        assert time.monotonic() - began < SOON * 2, "the stream goes on"
        time.sleep(0.02)
    return time.monotonic() - began


def test_what_is_done_at_one_door_holds_at_the_other(houses):
    app, here, there = houses
    ada, theo = enter(app), enter(app, "therapist")
    space, ladder, step = new_id(), new_id(), new_id()
    ada.sync(
        ada.edit("add", "ladder", ladder, space, title="外へ", position="a0"),
        ada.edit("add", "step", step, space, ladder=ladder, title="窓を開ける", position="a0"),
    )
    consent = link(ada, theo, {space: "write"}, entries="all")
    asked = {"v": 1, "device": new_id(), "cursors": {space: 0}, "edits": [], "spaces": [space]}

    listening = open_stream(there, cookie(theo))
    change = ada.change("step", step, space, title="窓を少し開ける")
    status, _, said = ask(here, "POST", "/api/sync", {**asked, "edits": [change]}, cookie(ada))
    assert (status, b"written" in said) == (200, True)
    assert hears(listening, space) <= SOON
    rows = json.loads(ask(there, "POST", "/api/sync", asked, cookie(theo))[2])["spaces"][space]["rows"]
    assert "窓を少し開ける" in [row["fields"].get("title") for row in rows]

    hers = open_stream(here, cookie(ada))
    change = theo.change("step", step, space, hint="ゆっくり", base={"hint": 99})
    assert b"written" in ask(there, "POST", "/api/sync", {**asked, "edits": [change]}, cookie(theo))[2]
    assert hears(hers, space) <= SOON

    assert ask(here, "DELETE", f"/api/consents/{consent['id']}", cookie=cookie(ada))[0] == 204
    assert ask(there, "POST", "/api/sync", asked, cookie(theo))[0] == 404
    for path in (f"/api/history/{step}", f"/api/people/{consent['id']}"):
        assert ask(there, "GET", path, cookie=cookie(theo))[0] == 404
    assert ends(listening) <= SOON
    listening.close()
    hers.close()
