"""Every door × everybody × {their own, Ada's, nobody's}: a new door without a line here fails.

What is Ada's and what never was are answered byte for byte alike to whoever is not let in; and whatever they send, what
is hers stays as it was.
"""

import itertools
import json

import pytest

from tests.cells import Cells
from tests.conftest import new_id, sign_in
from tests.web.doors import ADAS, DOORS, SIGNED, doors_of, path_of
from tests.web.household import PERSONS, READERS, ROLES, SEEN_BY, Household, word

pytestmark = pytest.mark.promise("Authorization")

KEYS = {
    "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "auth": "BTBZMqHH6r4Tts7J_aSIgg",
}
CLOSED = 409  # nobody is together on this ladder just now: asked by somebody who may ask


@pytest.fixture
def house(app):
    return Household(app)


def ask(client, door, thing=""):
    """One request: `{"who": …}` of the answer, without the time of day."""
    method, _, rule = door.partition(" ")
    path = path_of(rule, thing)
    sends = {} if method in {"GET", "DELETE"} and DOORS[door].body is None else {"json": DOORS[door].body or {}}
    answer = client.open(path, method=method, **sends)
    told = (answer.status_code, b"" if door == "GET /api/live" else answer.data, sorted(answer.headers.items()))
    answer.close()
    return told


def test_every_door_has_a_line_and_every_line_a_door(app):
    assert doors_of(app) == set(DOORS)
    for door, about in DOORS.items():
        assert ("<uuid:" in door) == bool(about.reach), f"{door}: which things of Ada's can it be asked for?"


def test_everybody_gets_through_their_doors_and_through_no_other(house, proof):
    cells = Cells()
    for door, about in DOORS.items():
        for role in () if about.reach or "account" in door else ROLES:
            client = house.client(role)
            if about.ends and role != "anonymous":
                client = sign_in(house.app, house.cast[role].person)
            status, said, _ = ask(client, door)
            if role in about.open:
                through = status not in {401, 403} or door.startswith("POST /api/signin")
            elif role == "anonymous":
                through = status != 401
            else:
                through = status != 403 or json.loads(said)["error"] != "not_allowed"
            cells.look(f"{door} for {role}: {status} {said[:200]}", holds=through == (role in about.open))
    cells.prove(proof, "Doors: who gets through", 500)


def test_what_is_adas_and_what_never_was_are_answered_alike(house, proof):
    before = house.ada.client.get("/api/export").data
    cells = Cells()
    for door, about in DOORS.items():
        for thing, reaching in about.reach.items():
            for role in (role for role in ROLES if role not in reaching):
                client = house.client(role)
                one, none = ask(client, door, house.things[thing]), ask(client, door, new_id())
                wanted = 401 if role == "anonymous" else 404 if role in about.open else 403
                cells.look(f"{door} of {thing} for {role}: {one[0]}", holds=one == none and one[0] == wanted)
    cells.prove(proof, "Ada's and nobody's, byte for byte alike", 300)
    assert house.ada.client.get("/api/export").data == before


def test_whoever_is_let_in_gets_an_answer(house, proof):
    """The owner comes last and her ends at the end, so that what is taken away was there."""
    cells = Cells()
    for door, about in sorted(DOORS.items(), key=lambda one: (one[0].startswith("DELETE"), "consents" in one[0])):
        for thing, reaching in about.reach.items():
            for role in sorted(reaching, key=lambda role: role == "owner"):
                status, said, _ = ask(house.client(role), door, house.things[thing])
                fits = status < 300 or (status == CLOSED and door.endswith("here"))
                cells.look(f"{door} of {thing} for {role}: {status} {said[:200]}", holds=fits)
    cells.prove(proof, "Doors: what is theirs to reach", 50)


def test_a_door_opens_to_its_own_methods_only(house, proof):
    """And a HEAD tells what the GET tells, without a word of it."""
    cells = Cells()
    things = {door: [house.things[thing] for thing in about.reach] or [""] for door, about in DOORS.items()}
    for rule in sorted({door.partition(" ")[2] for door in DOORS}):
        offered = {door.partition(" ")[0] for door in DOORS if door.partition(" ")[2] == rule}
        for role, method in itertools.product(("owner", "editor"), {"GET", "POST", "PUT", "DELETE", "PATCH"} - offered):
            path = path_of(rule, things[next(door for door in DOORS if door.endswith(f" {rule}"))][0])
            status = house.client(role).open(path, method=method, json={}).status_code
            # A file's name is looked for under any method; whatever it is, it is no answer.
            cells.look(f"{method} {rule} for {role}: {status}", holds=status in {404, 405})
        if "GET" in offered and rule != "/api/live":
            head, get = (house.ada.client.open(path_of(rule, new_id()), method=method) for method in ("HEAD", "GET"))
            cells.look(f"HEAD {rule}", holds=head.data == b"" and head.status_code == get.status_code)
            get.close()
    cells.prove(proof, "Doors: methods they do not have", 200)


def test_an_id_in_a_body_is_answered_alike_whether_it_is_somebodys_or_nobodys(house, proof):
    cells, una = Cells(), house.cast["person"]
    space, push = new_id(), {"endpoint": "https://fcm.googleapis.com/fcm/send/adas", "keys": KEYS}
    una.sync(una.edit("add", "ladder", new_id(), space, title="ほかの人の", position="a0"))
    assert house.ada.client.put("/api/push", json=push).status_code == 200
    ceremony = house.ada.client.post("/api/passkeys/options", json={}).get_json()["ceremony"]
    nowhere = "https://fcm.googleapis.com/fcm/send/nobodys"
    asked = [
        ("POST", "/api/push/test", {"endpoint": push["endpoint"]}, {"endpoint": nowhere}),
        ("DELETE", "/api/push", {"endpoint": push["endpoint"]}, {"endpoint": nowhere}),
        *(("POST", "/api/passkeys", *({"ceremony": one, "credential": {}} for one in (ceremony, new_id()))),),
        *(("POST", "/api/import", *map(document, (house.things[thing], new_id()))) for thing in ("rest", "diary")),
    ]
    terms = {"entries": "none", "messages": False}
    consent = f"/api/consents/{house.things['consent']}"
    cases = [(role, *one) for role in sorted(SIGNED - ADAS) for one in asked]
    cases.append(("owner", "PUT", consent, *({**terms, "ladders": {one: "write"}} for one in (space, new_id()))))
    for role, method, path, theirs, nobodys in cases:
        one, none = (house.client(role).open(path, method=method, json=body) for body in (theirs, nobodys))
        cells.look(f"{method} {path} for {role}", holds=(one.status_code, one.data) == (none.status_code, none.data))
    again = house.ada.client.put("/api/push", json=push)
    cells.look("her device is still hers", holds=again.status_code == 200)
    cells.prove(proof, "Ids in bodies, byte for byte alike", 40)


def document(row):
    """An export with one row in it."""
    rows = [{"id": row, "kind": "rest", "fields": {"day": "2026-11-20"}}]
    return {"ippo": 1, "spaces": [{"id": new_id(), "kind": "private", "rows": rows}]}


def test_everybodys_own_things_are_theirs(house):
    for role in SIGNED:
        actor = house.cast[role]
        row, login = new_id(), sign_in(house.app, actor.person).get("/api/me").get_json()["login"]
        actor.sync(actor.edit("add", "note", row, about=new_id(), text="mine"))
        assert ask(actor.client, "GET /api/history/<uuid:row>", row)[0] == 200
        assert ask(actor.client, "DELETE /api/logins/<uuid:login>", login)[0] == 200
        if role in PERSONS:
            made = actor.client.post("/api/invitations", json={}).get_json()["id"]
            assert ask(actor.client, "DELETE /api/invitations/<uuid:invitation>", made)[0] == 204


def test_no_door_tells_a_word_that_is_not_for_these_eyes(house, proof):
    cells = Cells()
    things = house.things
    everything = {things[name]: 0 for name in ("space", "other space", "private space", "thread")}
    for role in ROLES:
        client, told = house.client(role), []
        for door, about in DOORS.items():
            if door.startswith("GET") and door != "GET /api/live":
                told += [ask(client, door, things[thing])[1] for thing in about.reach] or [ask(client, door)[1]]
        told += [sync(client, cursors=everything), sync(client)]
        told += [sync(client, spaces=[space]) for space in everything]
        for name, eyes in SEEN_BY.items():
            heard = any(word(name).encode() in piece for piece in told)
            cells.look(f"{name} for {role}: heard is {heard}", holds=heard == (role in eyes or role == "owner"))
    cells.prove(proof, "Words told to eyes they are not for", 140)


def sync(client, **more):
    asked = {"v": 1, "device": new_id(), "cursors": {}, "edits": [], **more}
    return client.post("/api/sync", json=asked).data


def test_a_sync_of_named_spaces_is_whole_or_not_at_all(house, proof):
    """One space that is not theirs among those named, and nothing of the request is done."""
    cells = Cells()
    eyes = {"space": READERS, "other space": ADAS, "private space": ADAS, "thread": {"owner", "proposer"}}
    for role, (thing, reaching) in itertools.product(sorted(SIGNED), eyes.items()):
        actor = house.cast[role]
        edit = actor.add("note", about=new_id(), text="mine")
        asked = {"v": 1, "device": new_id(), "cursors": {}, "edits": [edit]}
        one, none = (
            actor.client.post("/api/sync", json={**asked, "spaces": [actor.space, space]})
            for space in (house.things[thing], new_id())
        )
        name = f"{thing} for {role}: {one.status_code}"
        if role in reaching:
            cells.look(name, holds=(one.status_code, none.status_code) == (200, 404))
            continue
        undone = ask(actor.client, "GET /api/history/<uuid:row>", edit["target"])[0] == 404
        cells.look(name, holds=(one.status_code, one.data) == (404, none.data) and undone)
    cells.prove(proof, "Spaces a sync may name", 36)


def test_whoever_leaves_takes_nothing_of_adas_along(house):
    """Somebody deletes their account: Ada still has every word of hers, and of what they said to her."""

    def hers():
        spaces = house.ada.sync()["spaces"].values()
        return [row["fields"] for space in spaces for row in space["rows"] if row["kind"] != "consent"]

    before = hers()
    for role in sorted(SIGNED - ADAS):
        assert house.client(role).delete("/api/account").status_code == 200
        after = hers()
        assert [fields for fields in before if fields not in after] == [], role
