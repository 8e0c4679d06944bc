"""Reading, writing and changing terms at once: nobody stumbles over another, and open is exactly what was opened."""

import threading
import time

from tests.conftest import new_id, sign_in
from tests.linking import agree, link

SECONDS = 2.5


class Busy(threading.Thread):
    """Somebody who does the same few things over and over, and remembers how they were answered."""

    def __init__(self, client, *acts):
        super().__init__(daemon=True)
        self.client, self.acts, self.codes, self.stop = client, acts, [], threading.Event()

    def run(self):
        while not self.stop.is_set():
            for act in self.acts:
                self.codes.append(act(self.client).status_code)


def at_once(*people):
    for one in people:
        one.start()
    time.sleep(SECONDS)
    for one in people:
        one.stop.set()
    for one in people:
        one.join(30)
        assert not one.is_alive()


def test_nobody_stumbles_and_what_is_open_is_what_was_opened(app, ada, theo, una, ladder):
    theos = link(ada, theo, {ladder.space: "write"}, entries="none")["id"]
    unas = link(ada, una, {ladder.space: "propose"}, entries="chosen")["id"]
    written = {"": [], "open": [], "private": []}

    def write(client):
        time.sleep(0.02)  # all of it is to fit into one page
        edits = []
        for sharing, made in written.items():
            edit = ada.add("rest", day="2026-11-20", sharing=sharing)
            made.append(edit["target"])
            edits.append(edit)
        return client.post("/api/sync", json={"v": 1, "device": new_id(), "edits": edits})

    def change(client):
        terms = {"ladders": {ladder.space: "write"}, "entries": "all", "messages": True}
        client.put(f"/api/consents/{theos}", json={**terms, "entries": "none"})
        return client.put(f"/api/consents/{theos}", json=terms)

    def read(consent):
        named = {"v": 1, "device": new_id(), "spaces": [ladder.space]}
        return (
            lambda client: client.get(f"/api/people/{consent}"),
            lambda client: client.get("/api/people"),
            lambda client: client.post("/api/sync", json=named),
            lambda client: client.get(f"/api/history/{ladder.step}"),
        )

    people = [
        Busy(sign_in(app, ada.person), write),
        Busy(sign_in(app, ada.person), change),
        Busy(sign_in(app, theo.person), *read(theos)),
        Busy(sign_in(app, theo.person), *read(theos)),
        Busy(sign_in(app, una.person), *read(unas)),
    ]
    at_once(*people)
    assert [set(one.codes) for one in people] == [{200}] * len(people)
    agree(ada, theos, {ladder.space: "write"}, entries="all")
    page, other = theo.client.get(f"/api/people/{theos}").get_json(), una.client.get(f"/api/people/{unas}").get_json()
    assert len(written["open"]) > 5
    assert {row["id"] for row in page["rests"]} == {*written[""], *written["open"]}
    assert {row["id"] for row in other["rests"]} == set(written["open"])
