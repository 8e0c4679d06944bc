"""Sessions end when they end: a cookie that was copied opens nothing afterwards."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from exposure import create_app
from exposure.accounts import PROVED_FOR
from exposure.db import connection
from exposure.logins import LIFETIME
from tests.conftest import new_id
from tests.web.people import PASSWORD, begin, beginning, come_in, give_password


def copied(app, client):
    """The same cookie in another browser: what a thief has."""
    thief = app.test_client()
    thief.set_cookie("ippo", client.get_cookie("ippo").value, domain="localhost")
    assert thief.get("/api/me").status_code == 200
    return thief


def is_dead(client):
    answers = [
        client.get("/api/me"),
        client.post("/api/sync", json={"v": 1, "device": new_id()}),
        client.get("/api/export"),
        client.get("/api/live"),
    ]
    return [answer.status_code for answer in answers] == [401] * 4


def test_a_copied_cookie_is_worth_nothing_after_sign_out(app):
    ada = begin(app)
    thief = copied(app, ada.client)
    answer = ada.client.post("/api/signout", json={})
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert is_dead(thief)
    assert is_dead(ada.client)


def test_a_copied_cookie_is_worth_nothing_after_the_password_changed(app, clock):
    ada = begin(app)
    give_password(ada, "ada")
    phone = come_in(app, "ada")
    thief = copied(app, phone)
    answer = ada.client.put("/api/password", json={"name": "ada", "password": "another quiet sentence"})
    assert answer.status_code == 200
    assert is_dead(thief)
    assert ada.client.get("/api/me").status_code == 200


def test_a_device_that_is_ended_elsewhere_is_out(app):
    ada = begin(app)
    give_password(ada, "ada")
    phone = come_in(app, "ada", device="a borrowed tablet")
    thief = copied(app, phone)
    devices = ada.client.get("/api/logins").get_json()["logins"]
    assert [d["device"] for d in devices if not d["current"]] == ["a borrowed tablet"]
    other = next(d["id"] for d in devices if not d["current"])
    assert ada.client.delete(f"/api/logins/{other}").status_code == 200
    assert is_dead(thief)
    assert ada.client.delete(f"/api/logins/{other}").status_code == 404


def test_a_copied_cookie_is_worth_nothing_after_the_account_is_deleted(app):
    ada = begin(app)
    thief = copied(app, ada.client)
    assert ada.client.delete("/api/account").status_code == 200
    assert is_dead(thief)


def test_a_session_lives_400_days_from_its_last_use_and_not_one_longer(app, clock):
    ada = begin(app)
    clock.pass_by(days=399)
    assert ada.client.get("/api/me").status_code == 200
    clock.pass_by(days=399)
    answer = ada.client.get("/api/me")
    assert answer.status_code == 200
    assert "Max-Age=34560000" in answer.headers["Set-Cookie"]
    clock.pass_by(days=LIFETIME.days, seconds=1)
    assert is_dead(ada.client)


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
