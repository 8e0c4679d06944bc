"""Sessions end when they end: a cookie that was copied opens nothing afterwards."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from exposure.accounts import PROVED_FOR
from exposure.app import create_app
from exposure.db import connection
from exposure.logins import LIFETIME
from tests.conftest import new_id
from tests.web.people import PASSWORD, begin, beginning, come_in, give_password
from tests.web.test_passkeys import keep, made, options, owned  # noqa: F401 (a fixture is named to be used)
from tests.web.therapists import add_app, begin_therapist

ANOTHER = "another quiet sentence"


def copied(app, client):
    """The same cookie in another browser: what a thief has."""
    thief = app.test_client()
    thief.set_cookie("ippo", client.get_cookie("ippo").value, domain="localhost")
    assert thief.get("/api/me").status_code == 200
    return thief


REPLAYED = ("GET /api/me", "POST /api/sync", "GET /api/export", "GET /api/live", "GET /api/logins", "PUT /api/me")


def replayed(client):
    """What each door says to this cookie."""
    told = {}
    for door in REPLAYED:
        method, _, path = door.partition(" ")
        body = {} if method == "GET" else {"json": {"v": 1, "device": new_id()}}
        answer = client.open(path, method=method, **body)
        told[door] = answer.status_code
        answer.close()
    return told


def is_dead(client):
    return set(replayed(client).values()) == {401}


class Ended:
    """Ways in which a session ends, each played to its end: what was copied before, what is left, and who goes on."""

    def __init__(self, app, clock):
        self.app, self.clock = app, clock

    def two_devices(self):
        """Ada's first phone, and a second one signed in by her password."""
        ada = begin(self.app)
        give_password(ada, name := f"ada {ada.person}")
        return ada, come_in(self.app, name, device="a borrowed tablet"), name

    def therapist(self):
        """A therapist with an app that makes codes, on a second browser too."""
        self.name = f"theo {new_id()}"
        theo = begin_therapist(self.app, self.name)
        _, papers = add_app(theo, self.clock())
        other = come_in(self.app, self.name)
        assert other.post("/api/signin/factor", json={"code": papers[0]}).status_code == 200
        return theo, other

    def sign_out(self):
        ada = begin(self.app)
        thief = copied(self.app, ada.client)
        answer = ada.client.post("/api/signout", json={})
        assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
        return [thief, ada.client]

    def another_password(self):
        ada, phone, name = self.two_devices()
        thieves = [copied(self.app, phone), copied(self.app, ada.client)]
        assert ada.client.put("/api/password", json={"name": name, "password": ANOTHER}).status_code == 200
        assert ada.client.get("/api/me").status_code == 200
        return [*thieves, phone]

    def a_first_password(self):
        ada = begin(self.app)
        thief = copied(self.app, ada.client)
        give_password(ada, f"ada {ada.person}")
        assert ada.client.get("/api/me").status_code == 200
        return [thief]

    def another_factor(self):
        theo, other = self.therapist()
        thieves = [copied(self.app, other), copied(self.app, theo.client)]
        self.clock.pass_by(minutes=1)
        add_app(theo, self.clock())
        assert theo.client.get("/api/people").status_code == 200
        return [*thieves, other]

    def a_second_factor_shown(self):
        theo, _ = self.therapist()
        self.clock.pass_by(minutes=1)
        _, papers = add_app(theo, self.clock())
        desk = come_in(self.app, self.name)
        thief = copied(self.app, desk)
        assert desk.post("/api/signin/factor", json={"code": papers[0]}).status_code == 200
        assert desk.get("/api/people").status_code == 200
        return [thief]

    def a_factor_taken_away(self):
        theo, other = self.therapist()
        keep(theo, options(theo).get_json()["ceremony"])
        thieves = [copied(self.app, other), copied(self.app, theo.client)]
        assert theo.client.delete("/api/totp").status_code == 200
        assert theo.client.get("/api/people").status_code == 200
        return [*thieves, other]

    def a_passkey_taken_away(self):
        ada, lost, _ = self.two_devices()
        keep(ada, options(ada).get_json()["ceremony"])
        thieves, (key,) = [copied(self.app, lost), copied(self.app, ada.client)], owned(ada)
        assert ada.client.delete(f"/api/passkeys/{key['id']}").status_code == 200
        assert ada.client.get("/api/me").status_code == 200
        return [*thieves, lost]

    def ended_elsewhere(self):
        ada, phone, _ = self.two_devices()
        thief = copied(self.app, phone)
        devices = ada.client.get("/api/logins").get_json()["logins"]
        (other,) = [device for device in devices if not device["current"]]
        assert other["device"] == "a borrowed tablet"
        assert ada.client.delete(f"/api/logins/{other['id']}").status_code == 200
        assert ada.client.delete(f"/api/logins/{other['id']}").status_code == 404
        return [thief, phone]

    def account_deleted(self):
        ada, phone, _ = self.two_devices()
        thief = copied(self.app, ada.client)
        assert ada.client.delete("/api/account").status_code == 200
        return [thief, phone]

    def somebody_else_signs_in_here(self):
        ada, _, _ = self.two_devices()
        una, _, name = self.two_devices()
        thief = copied(self.app, ada.client)
        assert ada.client.post("/api/signin", json={"name": name, "password": PASSWORD}).status_code == 200
        assert ada.client.get("/api/me").get_json()["person"] == una.person
        return [thief]

    def somebody_begins_anew_here(self):
        ada, _, _ = self.two_devices()
        thief = copied(self.app, ada.client)
        assert ada.client.post("/api/start", json=beginning()).status_code == 201
        assert ada.client.get("/api/me").get_json()["person"] != ada.person
        return [thief]

    def a_guest_comes_along(self):
        _, _, name = self.two_devices()
        guest = begin(self.app)
        thief = copied(self.app, guest.client)
        proof = {"name": name, "password": PASSWORD, "bring": True}
        assert guest.client.post("/api/signin", json=proof).status_code == 200
        return [thief]

    def four_hundred_days(self):
        ada = begin(self.app)
        thief = copied(self.app, ada.client)
        self.clock.pass_by(days=LIFETIME.days, seconds=1)
        return [thief, ada.client]

    def half_a_day_of_a_therapist(self):
        theo, other = self.therapist()
        thief = copied(self.app, other)
        self.clock.pass_by(hours=12, seconds=1)
        return [thief, other, theo.client]


# How a session ends. An account cannot be disabled here: it is deleted.
ENDS = [name for name in vars(Ended) if name not in {"two_devices", "therapist"} and not name.startswith("_")]


@pytest.mark.promise("Sessions")
def test_nothing_that_was_copied_before_opens_anything_afterwards(app, clock, made, proof):  # noqa: F811
    ended, accepted, replays = Ended(app, clock), [], 0
    for name in ENDS:
        for client in getattr(ended, name)():
            accepted += [f"{name}: {what}" for what, status in replayed(client).items() if status != 401]
            replays += len(REPLAYED)
    found = f"{len(accepted)} of {replays} replays accepted, after {len(ENDS)} ways of ending"
    proof.line("Copied cookies that still open something", wanted="0 of 8 replays", measured=found)
    assert accepted == []


def test_the_first_secret_of_a_phone_opens_nothing_once_it_was_signed_out(app):
    body, phone = beginning(), app.test_client()
    assert phone.post("/api/start", json=body).status_code == 201
    phone.post("/api/signout", json={})
    again = app.test_client()
    assert again.post("/api/start", json=body).status_code == 409
    assert is_dead(again)


def test_a_session_is_renewed_by_use_and_lives_400_days_from_the_last(app, clock):
    ada = begin(app)
    clock.pass_by(days=399)
    assert ada.client.get("/api/me").status_code == 200
    clock.pass_by(days=399)
    answer = ada.client.get("/api/me")
    assert answer.status_code == 200
    assert "Max-Age=34560000" in answer.headers["Set-Cookie"]


@pytest.mark.parametrize(
    "cookie", ["", "x", "a" * 64, "\x00" * 30, "é" * 40, "%00" * 20, "a" * 4000, "'; DROP TABLE login; --" * 2]
)
def test_a_made_up_cookie_is_nobody_and_never_an_error(app, cookie):
    begin(app)
    stranger = app.test_client()
    stranger.set_cookie("ippo", cookie, domain="localhost")
    assert is_dead(stranger)


def test_only_a_hash_of_the_cookie_is_stored(app):
    ada = begin(app)
    token = ada.client.get_cookie("ippo").value
    with app.app_context():
        stored = repr(connection().execute(text("SELECT * FROM login")).all())
    assert token not in stored


def test_what_cannot_be_undone_asks_who_it_is_once_there_is_a_way_to_show(app, clock):
    ada = begin(app)
    give_password(ada, "ada")
    clock.pass_by(seconds=PROVED_FOR.total_seconds() + 1)
    for ask in (
        lambda: ada.client.delete("/api/account"),
        lambda: ada.client.post("/api/recovery", json={}),
        lambda: ada.client.post("/api/passkeys/options", json={}),
        lambda: ada.client.put("/api/password", json={"name": "ada", "password": "another quiet sentence"}),
    ):
        answer = ask()
        assert (answer.status_code, answer.get_json()["error"]) == (403, "prove_again")
    before = ada.client.get("/api/logins").get_json()["logins"]
    proof = ada.client.post("/api/signin", json={"name": "ada", "password": PASSWORD})
    assert proof.status_code == 200
    assert [d["id"] for d in ada.client.get("/api/logins").get_json()["logins"]] == [d["id"] for d in before]
    assert ada.client.delete("/api/account").status_code == 200


def test_the_cookie_belongs_to_this_host_alone_where_there_is_https(settings, clock):
    migrated = create_app(replace(settings, url="https://ippo.example"), now=clock)
    cookie = migrated.test_client().post("/api/start", json=beginning()).headers["Set-Cookie"]
    assert cookie.startswith("__Host-ippo=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
