"""Every door × everybody × {their own, Ada's, nobody's}: a new door without a line here fails.

What is Ada's and what never was are answered byte for byte alike to whoever is not let in; and whatever they send, what
is hers stays as it was.
"""

import itertools
import json
import re
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.conftest import new_id, sign_in
from tests.web.household import PERSONS, READERS, ROLES, SEEN_BY, THERAPISTS, Household, word

EVERYBODY, SIGNED = set(ROLES), set(ROLES) - {"anonymous"}
PAIR = {"owner", "proposer", "editor"}


@dataclass(frozen=True)
class Door:
    """Who may stand here; of Ada's things that this door can be asked for, who reaches which."""

    open: set[str]
    reach: dict[str, set[str]] = field(default_factory=dict)
    body: dict[str, Any] | None = None
    ends: bool = False  # the visitor's own session or account ends here


PUBLIC = Door(EVERYBODY)
OWN = Door(SIGNED)
ADAS = {"owner"}
TERMS = {"ladders": {}, "entries": "none", "messages": False}
WORDS_SEEN = {
    **dict.fromkeys(("ladder", "step", "comment"), READERS),
    **dict.fromkeys(("open", "follows", "private", "running", "rest", "diary", "diary shown", "other"), ADAS),
    "message": {"owner", "proposer"},
    "thread": {"owner", "proposer"},
    "note": {"proposer"},
}
LADDERS = {"private space": set(), "thread": set(), "consent": set()}
NO_CONSENTS = {"accepted": set(), "space": set(), "private space": set(), "ended": set()}

DOORS: dict[str, Door] = {
    "GET /": PUBLIC,
    "GET /help": PUBLIC,
    "GET /privacy": PUBLIC,
    "GET /app": PUBLIC,
    "GET /therapist": PUBLIC,
    "GET /static/<build>/<path:name>": PUBLIC,
    "GET /static/icons/<name>": PUBLIC,
    "GET /static/screenshots/<name>": PUBLIC,
    "GET /favicon.ico": PUBLIC,
    "GET /manifest.json": PUBLIC,
    "GET /service-worker.js": PUBLIC,
    "GET /robots.txt": PUBLIC,
    "GET /healthz": PUBLIC,
    "POST /api/start": PUBLIC,
    "POST /api/signin": PUBLIC,
    "POST /api/signin/recovery": PUBLIC,
    "POST /api/signin/passkey": PUBLIC,
    "POST /api/signin/passkey/options": PUBLIC,
    "POST /api/invitations/look": PUBLIC,
    "POST /api/signout": Door(SIGNED, ends=True),
    "POST /api/sync": OWN,
    "GET /api/live": OWN,
    "GET /api/me": OWN,
    "PUT /api/me": OWN,
    "GET /api/logins": OWN,
    "PUT /api/password": OWN,
    "POST /api/recovery": OWN,
    "DELETE /api/account": Door(SIGNED, ends=True),
    "GET /api/passkeys": OWN,
    "POST /api/passkeys": OWN,
    "POST /api/passkeys/options": OWN,
    "GET /api/export": OWN,
    "GET /api/export.csv": OWN,
    "POST /api/import": OWN,
    "PUT /api/push": OWN,
    "DELETE /api/push": OWN,
    "POST /api/push/test": OWN,
    "GET /api/reminders": OWN,
    "GET /api/reminders/<uuid:reminder>.ics": Door(SIGNED, {"reminder": ADAS, "step": set()}),
    "GET /calendar/<token:token>.ics": PUBLIC,
    "POST /api/calendar": OWN,
    "DELETE /api/calendar": OWN,
    "PUT /api/mailbox": OWN,
    "POST /api/mailbox/confirm": OWN,
    "DELETE /api/mailbox": OWN,
    "GET /mail/off/<token:token>": PUBLIC,
    "POST /mail/off/<token:token>": PUBLIC,
    "GET /api/invitations": OWN,
    "GET /api/consents": OWN,
    "GET /api/visits": OWN,
    "POST /api/invitations": Door(PERSONS),
    "POST /api/invitations/accept": Door(THERAPISTS, body={"code": "AAAAA-AAAAA", "name": "x", "reads_days": []}),
    "POST /api/totp": Door(THERAPISTS),
    "POST /api/totp/confirm": Door(THERAPISTS, body={"code": "000000"}),
    "DELETE /api/totp": Door(THERAPISTS),
    "POST /api/signin/factor": Door(THERAPISTS, body={"code": "000000"}),
    "GET /api/people": OWN,
    "GET /api/people/<uuid:consent>": Door(
        SIGNED, {"consent": {"proposer"}, "other consent": {"editor"}, **NO_CONSENTS}
    ),
    "GET /api/history/<uuid:row>": Door(SIGNED, WORDS_SEEN),
    "GET /api/history/ladder/<uuid:space>": Door(SIGNED, {"space": READERS, "other space": ADAS, **LADDERS}),
    "DELETE /api/logins/<uuid:login>": Door(SIGNED, {"login": ADAS}),
    "DELETE /api/passkeys/<uuid:passkey>": Door(SIGNED, {"passkey": ADAS}),
    "DELETE /api/invitations/<uuid:invitation>": Door(SIGNED, {"invitation": ADAS, "consent": set()}),
    "PUT /api/consents/<uuid:consent>": Door(SIGNED, {"accepted": ADAS, "consent": ADAS, "ended": set()}, TERMS),
    "DELETE /api/consents/<uuid:consent>": Door(
        SIGNED, {"accepted": ADAS, "consent": ADAS, "other consent": ADAS, "invitation": set()}
    ),
    "GET /api/together/<uuid:space>": Door(SIGNED, {"space": PAIR, "other space": ADAS, **LADDERS}),
    "PUT /api/together/<uuid:space>": Door(SIGNED, {"space": ADAS, **LADDERS}, {}),
    "DELETE /api/together/<uuid:space>": Door(SIGNED, {"space": ADAS, **LADDERS}),
    "PUT /api/together/<uuid:space>/here": Door(SIGNED, {"space": PAIR, **LADDERS}, {"step": None}),
}
CLOSED = 409  # nobody is together on this ladder just now: asked by somebody who may ask


@pytest.fixture
def house(app):
    return Household(app)


def ask(client, door, thing=""):
    """One request: `{"who": …}` of the answer, without the time of day."""
    method, _, rule = door.partition(" ")
    path = re.sub(r"<path:\w+>|<build>|<name>", "app.css", rule).replace("<token:token>", "t" * 43)
    path = re.sub(r"<uuid:\w+>", thing, path)
    sends = {} if method in {"GET", "DELETE"} and DOORS[door].body is None else {"json": DOORS[door].body or {}}
    answer = client.open(path, method=method, **sends)
    told = (answer.status_code, b"" if door == "GET /api/live" else answer.data, sorted(answer.headers.items()))
    answer.close()
    return told


def test_every_door_has_a_line_and_every_line_a_door(app):
    doors = {f"{m} {rule.rule}" for rule in app.url_map.iter_rules() for m in rule.methods - {"HEAD", "OPTIONS"}}
    assert doors == set(DOORS)
    for door, about in DOORS.items():
        assert ("<uuid:" in door) == bool(about.reach), f"{door}: which things of Ada's can it be asked for?"


def test_everybody_gets_through_their_doors_and_through_no_other(house):
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
            assert through == (role in about.open), f"{door} for {role}: {status} {said[:200]}"


def test_what_is_adas_and_what_never_was_are_answered_alike(house):
    before = house.ada.client.get("/api/export").data
    seen = 0
    for door, about in DOORS.items():
        for thing, reaching in about.reach.items():
            for role in (role for role in ROLES if role not in reaching):
                client = house.client(role)
                one, none = ask(client, door, house.things[thing]), ask(client, door, new_id())
                assert one == none, f"{door} of {thing} for {role}"
                wanted = 401 if role == "anonymous" else 404 if role in about.open else 403
                assert one[0] == wanted, f"{door} of {thing} for {role}"
                seen += 1
    assert seen > 300
    assert house.ada.client.get("/api/export").data == before


def test_whoever_is_let_in_gets_an_answer(house):
    """The owner comes last and her ends at the end, so that what is taken away was there."""
    for door, about in sorted(DOORS.items(), key=lambda one: (one[0].startswith("DELETE"), "consents" in one[0])):
        for thing, reaching in about.reach.items():
            for role in sorted(reaching, key=lambda role: role == "owner"):
                status, said, _ = ask(house.client(role), door, house.things[thing])
                fits = status < 300 or (status == CLOSED and door.endswith("here"))
                assert fits, f"{door} of {thing} for {role}: {status} {said[:200]}"


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


def test_no_door_tells_a_word_that_is_not_for_these_eyes(house):
    things = house.things
    everything = {things[name]: 0 for name in ("space", "other space", "private space", "thread")}
    for role in ROLES:
        client, told = house.client(role), []
        for door, about in DOORS.items():
            if door.startswith("GET") and door != "GET /api/live":
                told += [ask(client, door, things[thing])[1] for thing in about.reach] or [ask(client, door)[1]]
        told += [sync(client, cursors=everything), sync(client)]
        told += [sync(client, spaces=[space]) for space in everything]
        heard = {name for name in SEEN_BY if any(word(name).encode() in piece for piece in told)}
        assert heard == {name for name, eyes in SEEN_BY.items() if role in eyes or role == "owner"}, role


def sync(client, **more):
    asked = {"v": 1, "device": new_id(), "cursors": {}, "edits": [], **more}
    return client.post("/api/sync", json=asked).data


def test_a_sync_of_named_spaces_is_whole_or_not_at_all(house):
    """One space that is not theirs among those named, and nothing of the request is done."""
    eyes = {"space": READERS, "other space": ADAS, "private space": ADAS, "thread": {"owner", "proposer"}}
    for role, (thing, reaching) in itertools.product(sorted(SIGNED), eyes.items()):
        actor = house.cast[role]
        edit = actor.add("note", about=new_id(), text="mine")
        asked = {"v": 1, "device": new_id(), "cursors": {}, "edits": [edit]}
        one, none = (
            actor.client.post("/api/sync", json={**asked, "spaces": [actor.space, space]})
            for space in (house.things[thing], new_id())
        )
        assert none.status_code == 404
        if role in reaching:
            assert one.status_code == 200
            continue
        assert (one.status_code, one.data) == (404, none.data), f"{thing} for {role}"
        assert ask(actor.client, "GET /api/history/<uuid:row>", edit["target"])[0] == 404


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
