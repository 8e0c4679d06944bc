"""Passkeys: ten are enough, asking is counted. The ceremony itself is proved in a browser (browser/test_account.py)."""

from types import SimpleNamespace

import pytest
from sqlalchemy import select

from exposure.accounts import PROVED_FOR
from exposure.credentials import Credential
from exposure.db import connection
from exposure.limits import CEREMONIES
from exposure.web import passkeys
from tests.web.people import begin, give_password


@pytest.fixture
def made(monkeypatch):
    """An authenticator whose every answer is a new passkey: only the library that reads its bytes stands aside."""
    ids = iter(range(1000))
    monkeypatch.setattr(
        passkeys,
        "verify_registration_response",
        lambda **_: SimpleNamespace(credential_id=bytes([next(ids)]), credential_public_key=b"key", sign_count=0),
    )


def options(actor):
    return actor.client.post("/api/passkeys/options", json={})


def keep(actor, ceremony):
    return actor.client.post("/api/passkeys", json={"ceremony": ceremony, "credential": {}})


def test_ten_passkeys_are_enough_however_many_were_begun(app, made):
    ada = begin(app)
    ceremonies = [options(ada).get_json()["ceremony"] for _ in range(12)]
    answers = [keep(ada, ceremony) for ceremony in ceremonies]
    assert [answer.status_code for answer in answers] == [201] * 10 + [409] * 2
    assert answers[-1].get_json()["error"] == "enough"
    assert options(ada).status_code == 409


def test_asking_for_a_passkey_is_counted_for_each_person(app):
    ada, una = begin(app), begin(app)
    codes = [options(ada).status_code for _ in range(CEREMONIES.most + 1)]
    assert codes == [200] * CEREMONIES.most + [429]
    assert options(una).status_code == 200


def owned(actor):
    return actor.client.get("/api/passkeys").get_json()["passkeys"]


def test_a_passkey_of_a_lost_phone_can_be_taken_away(app, made):
    ada = begin(app)
    give_password(ada, "ada")
    for _ in range(2):
        assert keep(ada, options(ada).get_json()["ceremony"]).status_code == 201
    lost, kept = owned(ada)
    assert set(lost) == {"id", "created", "used"}
    assert lost["used"] is None
    assert ada.client.delete(f"/api/passkeys/{lost['id']}").status_code == 200
    assert owned(ada) == [kept]
    assert ada.client.delete(f"/api/passkeys/{lost['id']}").status_code == 404
    told = ada.client.delete(f"/api/passkeys/{kept['id']}").get_json()
    assert told["ways"] == ["password"]


def test_taking_a_passkey_away_asks_who_it_is_and_is_for_the_owner_alone(app, clock, made):
    ada, una = begin(app), begin(app)
    keep(ada, options(ada).get_json()["ceremony"])
    (one,) = owned(ada)
    assert owned(una) == []
    assert una.client.delete(f"/api/passkeys/{one['id']}").status_code == 404
    clock.pass_by(seconds=PROVED_FOR.total_seconds() + 1)
    answer = ada.client.delete(f"/api/passkeys/{one['id']}")
    assert (answer.status_code, answer.get_json()["error"]) == (403, "prove_again")
    assert owned(ada) == [one]


def test_no_password_and_no_code_is_taken_away_as_a_passkey(app):
    ada = begin(app)
    give_password(ada, "ada")
    with app.app_context():
        (password,) = connection().execute(select(Credential.id)).scalars()
    assert ada.client.delete(f"/api/passkeys/{password}").status_code == 404
    assert ada.client.get("/api/me").get_json()["ways"] == ["password"]
