"""Withdrawing holds from its commit on: no answer that began later brings anything, and open streams end."""

import threading
import time

import pytest

from exposure import desk
from exposure.app import create_app
from exposure.web import consents as door
from tests.conftest import sign_in
from tests.linking import agree, link, withdraw
from tests.web.test_live import Stream, until

READERS = 4
AT_MOST = 2.0  # seconds until a stream has ended


@pytest.fixture
def hub(app):
    made = app.extensions["ippo"].hub
    yield made
    made.end()


@pytest.fixture
def consent(ada, theo, ladder):
    ada.sync(ada.add("rest", day="2026-11-20", note="雨"))
    return link(ada, theo, {ladder.space: "write"}, entries="all")


def doors(theo, ladder, consent):
    """Every way to what the consent opens, as a function of a browser of Theo's; each says whether it was let in."""
    told = consent["id"]

    def sync(*spaces, **more):
        body = {"v": 1, "device": theo.device, "spaces": list(spaces), "cursors": {}, **more}
        return lambda client: client.post("/api/sync", json=body).status_code == 200

    write = theo.change("step", ladder.step, ladder.space, hint="x")
    return [
        lambda client: client.get(f"/api/people/{told}").status_code == 200,
        lambda client: client.get("/api/people").get_json().get("people") != [],
        sync(ladder.space),
        sync(consent["thread"]),
        sync(ladder.space, edits=[write]),
        lambda client: client.get(f"/api/history/{ladder.step}").status_code == 200,
        lambda client: client.get(f"/api/history/ladder/{ladder.space}").status_code == 200,
        lambda client: client.get(f"/api/together/{ladder.space}").status_code == 200,
    ]


class Reader(threading.Thread):
    """One browser of Theo's that asks at every door in turn, as fast as it is answered."""

    def __init__(self, client, ways):
        super().__init__(daemon=True)
        self.client, self.ways = client, ways
        self.let_in, self.refused, self.stop = [], 0, threading.Event()

    def run(self):
        while not self.stop.is_set():
            for way in self.ways:
                began = time.monotonic()
                if way(self.client):
                    self.let_in.append(began)
                else:
                    self.refused += 1


def race(app, ada, theo, ladder, monkeypatch, seconds):
    """Ada withdraws while Theo asks from several browsers: (asked, let in before, let in though begun after)."""
    told = link(ada, theo, {ladder.space: "write"}, entries="all")
    committed = []
    tell = door.tell
    # The first thing that happens once the transaction is over.
    monkeypatch.setattr(door, "tell", lambda changed: (committed.append(time.monotonic()), tell(changed)))
    ways = doors(theo, ladder, told)
    readers = [Reader(sign_in(app, theo.person), ways[at:] + ways[:at]) for at in range(READERS)]
    for reader in readers:
        reader.start()
    time.sleep(seconds)
    withdraw(ada, told["id"])
    time.sleep(seconds)
    for reader in readers:
        reader.stop.set()
    for reader in readers:
        reader.join(20)
    monkeypatch.setattr(door, "tell", tell)
    let_in = [began for reader in readers for began in reader.let_in]
    late = [began for began in let_in if began > committed[-1]]
    return len(let_in) + sum(reader.refused for reader in readers), len(let_in) - len(late), len(late)


def test_no_request_that_begins_after_the_commit_is_let_in(app, ada, theo, ladder, monkeypatch):
    asked, before, late = race(app, ada, theo, ladder, monkeypatch, 0.4)
    assert before > 0
    assert asked > before
    assert late == 0


@pytest.mark.nightly
def test_ten_thousand_requests_race_withdrawals_and_none_is_late(app, ada, theo, ladder, monkeypatch, clock):
    asked = late = 0
    while asked < 10_000:
        more, before, after = race(app, ada, theo, ladder, monkeypatch, 0.5)
        assert before > 0
        clock.pass_by(hours=1)  # nobody makes so many invitations in an hour
        asked, late = asked + more, late + after
    print(f"{asked} requests, {late} let in after the commit")
    assert late == 0


def test_the_race_finds_a_house_that_remembers_whom_it_let_in(app, ada, theo, ladder, monkeypatch):
    plain, known = desk.link, {}

    def remembering(bound, therapist, consent):
        known[consent] = plain(bound, therapist, consent) or known.get(consent)
        return known[consent]

    monkeypatch.setattr(desk, "link", remembering)
    _, before, late = race(app, ada, theo, ladder, monkeypatch, 0.3)
    assert before > 0
    assert late > 0


def test_every_door_is_open_before_and_shut_after(ada, theo, ladder, consent):
    ways = doors(theo, ladder, consent)
    assert [way(theo.client) for way in ways] == [True] * len(ways)
    withdraw(ada, consent["id"])
    assert [way(theo.client) for way in ways] == [False] * len(ways)


def ends(stream, act):
    began = time.monotonic()
    act()
    assert stream.ended.wait(AT_MOST)
    return time.monotonic() - began


def test_a_withdrawal_ends_the_therapists_stream_and_says_which_link_it_was(ada, theo, consent, hub):
    stream = Stream(theo.client)
    assert ends(stream, lambda: withdraw(ada, consent["id"])) < AT_MOST
    assert consent["id"] in stream.pokes()


def test_a_withdrawal_made_in_another_process_ends_the_stream_too(app, settings, clock, ada, theo, consent, hub):
    other = create_app(settings, now=clock)
    stream, elsewhere = Stream(theo.client), sign_in(other, ada.person)
    path = f"/api/consents/{consent['id']}"
    assert ends(stream, lambda: elsewhere.delete(path)) < AT_MOST
    assert consent["id"] in stream.pokes()


@pytest.mark.parametrize("less", [{"entries": "chosen"}, {"messages": False}, {"ladders": {}}])
def test_showing_less_ends_the_stream_that_was_opened_for_more(ada, theo, ladder, consent, hub, less):
    stream = Stream(theo.client)
    terms = {"ladders": {ladder.space: "write"}, "entries": "all", "messages": True, **less}
    ladders = terms.pop("ladders")
    assert ends(stream, lambda: agree(ada, consent["id"], ladders, **terms)) < AT_MOST


def test_showing_more_is_heard_and_ends_nothing(ada, theo, una, ladder, hub):
    made = link(ada, theo, {}, entries="none", messages=False)
    stream = Stream(theo.client)
    agree(ada, made["id"], {ladder.space: "write"}, entries="all")
    until(lambda: {made["id"], ladder.space} <= set(stream.pokes()))
    assert not stream.ended.is_set()


def test_nobody_else_is_disturbed_by_a_withdrawal(ada, theo, una, ladder, consent, hub):
    link(ada, una, {ladder.space: "propose"}, entries="all")
    mine, unas = Stream(ada.client), Stream(una.client)
    withdraw(ada, consent["id"])
    time.sleep(1.5)
    assert not mine.ended.is_set()
    assert not unas.ended.is_set()
    assert consent["id"] not in unas.pokes()


def test_the_stream_tells_of_open_entries_and_of_no_others(ada, theo, una, consent, hub):
    chosen = link(ada, una, {}, entries="chosen")
    theos, unas = Stream(theo.client), Stream(una.client)
    ada.sync(ada.add("rest", day="2026-11-21", sharing="private", note="これは見えない"))
    time.sleep(1.5)
    assert theos.pokes() == unas.pokes() == []
    ada.sync(ada.add("rest", day="2026-11-22", note="これは見える"))
    until(lambda: theos.pokes() == [consent["id"]])
    time.sleep(1.2)
    assert unas.pokes() == []
    ada.sync(ada.add("rest", day="2026-11-23", sharing="open"))
    until(lambda: unas.pokes() == [chosen["id"]])
    assert "見え" not in "".join(theos.heard + unas.heard)
