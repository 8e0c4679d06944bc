"""The live stream: pokes that carry no content, for whoever may see the space, and only as long as they may."""

import threading
import time

import pytest

from exposure.app import create_app
from exposure.live import Full, Hub
from exposure.web import live
from tests.conftest import let_in, new_id, sign_in


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr(live, "LOOK_SECONDS", 0.1)


class Stream:
    """An open stream, read by a thread of its own."""

    def __init__(self, client):
        self.answer = client.get("/api/live")
        assert self.answer.status_code == 200
        assert self.answer.mimetype == "text/event-stream"
        self.heard = []
        self.ended = threading.Event()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()
        until(lambda: self.heard)

    def _read(self):
        for piece in self.answer.response:
            self.heard.append(piece if isinstance(piece, str) else piece.decode())
        self.ended.set()

    def pokes(self):
        return [piece.removeprefix("data: ").strip() for piece in self.heard if piece.startswith("data: ")]


def until(fits, seconds=5.0):
    end = time.monotonic() + seconds
    while not fits():
        assert time.monotonic() < end, "it did not come in time"
        time.sleep(0.01)


@pytest.fixture
def hub(app):
    made = app.extensions["ippo"].hub
    yield made
    made.end()


def test_another_device_of_the_same_person_is_poked_at_once(app, ada, hub):
    stream = Stream(sign_in(app, ada.person))
    ada.sync(ada.add("rest", day="2026-11-20", note="a word nobody else hears"))
    until(lambda: stream.pokes() == [ada.space], 1.0)
    assert "a word" not in "".join(stream.heard)


def test_the_device_that_wrote_is_not_poked(ada, hub):
    stream = Stream(ada.client)
    ada.sync(ada.add("rest", day="2026-11-20"))
    time.sleep(0.3)
    assert stream.pokes() == []


def test_a_ladder_made_elsewhere_is_heard_of(app, ada, hub):
    stream, space = Stream(sign_in(app, ada.person)), new_id()
    ada.sync(ada.edit("add", "ladder", new_id(), space, title="外へ", position="a0"))
    until(lambda: space in stream.pokes())


def test_a_therapist_hears_of_the_shared_ladder_and_of_nothing_else(app, ada, theo, una, ladder, hub):
    let_in(app, theo.person, ladder.space, "proposer")
    with_consent, without = Stream(theo.client), Stream(una.client)
    ada.sync(ada.change("step", ladder.step, ladder.space, title="窓を少し開ける"), ada.add("rest", day="2026-11-20"))
    until(lambda: ladder.space in with_consent.pokes())
    time.sleep(0.3)
    assert with_consent.pokes() == [ladder.space]
    assert without.pokes() == []


def test_what_another_process_wrote_arrives(app, settings, clock, ada, hub):
    other = create_app(settings, now=clock)
    stream = Stream(ada.client)
    writer = sign_in(other, ada.person)
    body = {"v": 1, "device": new_id(), "edits": [ada.add("rest", day="2026-11-20")]}
    assert writer.post("/api/sync", json=body).status_code == 200
    until(lambda: stream.pokes() == [ada.space])


def test_a_space_shared_while_listening_is_heard_of(app, theo, ladder, hub):
    stream = Stream(theo.client)
    let_in(app, theo.person, ladder.space, "viewer")
    until(lambda: stream.pokes() == [ladder.space])


def test_the_stream_ends_with_the_session(app, ada, hub):
    client = sign_in(app, ada.person)
    stream = Stream(client)
    client.post("/api/signout", json={})
    assert stream.ended.wait(2)


def test_the_stream_ends_when_the_session_is_ended_in_another_process(app, settings, clock, ada, hub):
    other = create_app(settings, now=clock)
    client = sign_in(app, ada.person)
    login = client.get("/api/me").get_json()["login"]
    stream = Stream(client)
    assert sign_in(other, ada.person).delete(f"/api/logins/{login}").status_code == 200
    assert stream.ended.wait(2)


def test_every_stream_ends_when_the_process_is_to_stop(app, ada, theo, hub):
    streams = [Stream(ada.client), Stream(theo.client)]
    began = time.monotonic()
    hub.end()
    assert all(stream.ended.wait(2) for stream in streams)
    assert time.monotonic() - began < 1
    late = ada.client.get("/api/live")
    assert (late.status_code, late.headers["Retry-After"]) == (503, "20")


def test_a_fourth_stream_of_one_person_is_asked_to_come_back(app, ada, theo, hub):
    streams = [Stream(sign_in(app, ada.person)) for _ in range(3)]
    full = ada.client.get("/api/live")
    assert (full.status_code, full.get_json()["error"], full.headers["Retry-After"]) == (503, "busy", "20")
    assert Stream(theo.client)
    assert len(streams) == 3


def test_a_stream_that_is_closed_makes_room(ada, hub):
    for _ in range(20):
        ada.client.get("/api/live").close()
    assert len(hub) == 0


def test_nobody_listens_without_signing_in(client):
    assert client.get("/api/live").status_code == 401


def test_streams_never_take_the_last_thread():
    hub = Hub(most=2)
    hub.listen("ada", "1", {})
    hub.listen("theo", "2", {})
    with pytest.raises(Full):
        hub.listen("una", "3", {})


def test_a_stream_lives_about_55_seconds_and_beats_meanwhile():
    hub = Hub(most=1)
    told = list(live.told(hub, hub.listen("ada", "1", {"s": 1}), life=0.25, beat=0.1))
    assert told[0].startswith("retry: 3000\n")
    assert told[1:] == [": \n\n"] * len(told[1:])
    assert 2 <= len(told[1:]) <= 3
    assert len(hub) == 0


def test_many_pokes_of_one_space_are_told_once():
    hub = Hub(most=1)
    listener = hub.listen("ada", "1", {"s": 1})
    for revision in range(2, 50):
        hub.poke({"s": revision}, actor="theo")
    assert list(listener.hear(1)) == ["s"]
