"""Passkeys: ten are enough, asking is counted. The ceremony itself is proved in a browser (browser/test_account.py)."""

from types import SimpleNamespace

import pytest

from exposure.limits import CEREMONIES
from exposure.web import passkeys
from tests.web.people import begin


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
