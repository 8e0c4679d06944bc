"""Somebody comes in with what is taken away in this very moment: a password, a passkey, the whole account."""

import threading
from functools import partial
from types import SimpleNamespace

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import OperationalError

from exposure import leaving, passwords
from exposure.db import close, writing
from exposure.logins import Login
from exposure.web import house as web_house
from exposure.web import passkeys
from exposure.web.edge import to_base64url
from tests.conftest import enter, new_id
from tests.web.doors import DOORS, EVERYBODY, path_of
from tests.web.people import PASSWORD, begin, come_in, give_password
from tests.web.test_authorization import KEYS, document
from tests.web.test_passkeys import keep, made, options, owned  # noqa: F401 (a fixture is named to be used)

ANOTHER = "another quiet sentence"


def beside(act):
    """What somebody else does, at their own device, while a request of ours waits; their answer's status."""
    told = []
    other = threading.Thread(target=lambda: told.append(act().status_code))
    other.start()
    other.join(30)
    return told


@pytest.fixture
def between(monkeypatch):
    """`between(act)`: once, `act` comes after a password was looked at, and before anybody is let in."""
    acts, looked = [], passwords.fits

    def fits(stored, password):
        found = looked(stored, password)
        if acts:
            assert beside(acts.pop()) == [200]
        return found

    monkeypatch.setattr(passwords, "fits", fits)
    return acts.append


@pytest.mark.parametrize("here", [False, True], ids=["another device", "this device"])
def test_the_password_of_before_opens_nothing_once_there_is_another(app, between, here):
    ada = begin(app)
    give_password(ada, "ada")
    other = come_in(app, "ada") if here else app.test_client()
    between(lambda: ada.client.put("/api/password", json={"name": "ada", "password": ANOTHER}))
    answer = other.post("/api/signin", json={"name": "ada", "password": PASSWORD})
    assert (answer.status_code, answer.get_json()["error"]) == (401, "no_match")
    assert other.get("/api/me").status_code == 401
    assert [one["current"] for one in ada.client.get("/api/logins").get_json()["logins"]] == [True]
    assert come_in(app, "ada", ANOTHER).get("/api/me").get_json()["person"] == ada.person


def test_whoever_comes_into_an_account_that_is_deleted_just_now_is_nobody(app, between):
    ada = begin(app)
    give_password(ada, "ada")
    between(lambda: ada.client.delete("/api/account"))
    other = app.test_client()
    assert other.post("/api/signin", json={"name": "ada", "password": PASSWORD}).status_code == 401
    assert other.get("/api/me").status_code == 401


def test_a_passkey_that_is_taken_away_just_now_opens_nothing(app, made, monkeypatch):  # noqa: F811
    ada, lost = begin(app), app.test_client()
    give_password(ada, "ada")
    keep(ada, options(ada).get_json()["ceremony"])
    (key,) = owned(ada)

    def verified(**_):
        assert beside(lambda: ada.client.delete(f"/api/passkeys/{key['id']}")) == [200]
        return SimpleNamespace(new_sign_count=0)

    monkeypatch.setattr(passkeys, "verify_authentication_response", verified)
    ceremony = lost.post("/api/signin/passkey/options", json={}).get_json()["ceremony"]
    shown = {"ceremony": ceremony, "credential": {"rawId": to_base64url(bytes([0]))}}
    answer = lost.post("/api/signin/passkey", json=shown)
    assert (answer.status_code, answer.get_json()["error"]) == (401, "no_match")
    assert lost.get("/api/me").status_code == 401


def bodies(actor):
    """What gets far behind each door."""
    begun = actor.edit("add", "ladder", new_id(), new_id(), title="外へ", position="a0")
    sync = {"v": 1, "device": actor.device, "cursors": {}}
    return {
        "PUT /api/me": {"language": "en", "zone": "Europe/London"},
        "PUT /api/password": {"name": f"ada-{new_id()[:8]}", "password": PASSWORD},
        "PUT /api/push": {"endpoint": f"https://fcm.googleapis.com/fcm/send/{new_id()}", "keys": KEYS},
        "PUT /api/mailbox": {"address": "ada@example.com"},
        "POST /api/sync": sync | {"edits": [begun, actor.add("rest", day="2026-11-20")]},
        "POST /api/import": document(new_id()),
    }


@pytest.mark.parametrize("ends", ["account", "login"])
def test_whoever_is_gone_in_the_middle_of_what_they_ask_is_told_to_sign_in(app, clock, monkeypatch, ends):
    """Never 500, nor that a name is taken."""
    leaves, found = [], web_house.visitor_of

    def known(bound, token, now):
        who = found(bound, token, now)
        if leaves and who is not None:
            close()
            act = leaves.pop()
            thread = threading.Thread(target=act)
            thread.start()
            thread.join(30)
        return who

    def end(person):
        with app.app_context(), writing() as bound:
            if ends == "account":
                leaving.leave(bound, person, clock())
            else:
                bound.execute(delete(Login).where(Login.person_id == person))

    monkeypatch.setattr(web_house, "visitor_of", known)
    told = {}
    for kind in ("person", "therapist"):
        for door, about in DOORS.items():
            if about.open != EVERYBODY and door != "GET /api/live":
                ada, (method, _, rule) = enter(app, kind), door.partition(" ")
                leaves.append(partial(end, ada.person))
                sent = bodies(ada).get(door, about.body or {})
                more = {} if method in {"GET", "DELETE"} and not sent else {"json": sent}
                answer = ada.client.open(path_of(rule, new_id()), method=method, **more)
                answer.get_data()
                assert leaves == []
                told[kind, door] = answer.status_code
    assert {one: status for one, status in told.items() if status >= 500 or status == 409} == {}


@pytest.mark.parametrize("door", ["DELETE /api/account", "POST /api/signout"])
def test_a_mistake_of_ours_after_a_login_ended_itself_is_told_as_one(app, monkeypatch, caplog, door):
    ada, (method, _, path) = enter(app), door.partition(" ")

    def wipe(*_, **__):
        raise RuntimeError

    monkeypatch.setattr("exposure.web.cookies.wipe", wipe)
    assert ada.client.open(path, method=method, json={}).status_code == 500
    assert any("unforeseen RuntimeError" in record.message for record in caplog.records)
    assert ada.client.get("/api/me").status_code == 401


def test_a_database_that_goes_away_while_it_is_asked_who_is_there_hides_nothing(app, monkeypatch):
    give_password(begin(app), "ada")
    una = begin(app)

    def away(*_):
        raise OperationalError("", {}, Exception())

    monkeypatch.setattr(web_house, "is_there", away)
    answer = una.client.put("/api/password", json={"name": "ada", "password": PASSWORD})
    assert (answer.status_code, answer.get_json()["error"]) == (409, "name_taken")
