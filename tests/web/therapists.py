"""A therapist over the wire: an account, a password, an app that shows codes."""

from datetime import datetime

import pyotp
from flask import Flask

from tests.conftest import Actor
from tests.web.people import begin, give_password

HALF_MINUTE = 30


def begin_therapist(app: Flask, name: str, **fields: str) -> Actor:
    """A therapist's account with a name and a password, and no second factor yet."""
    actor = begin(app, kind="therapist", nickname="ておどーる", **fields)
    give_password(actor, name)
    return actor


def code_at(secret: str, when: datetime) -> str:
    """What the app on the therapist's phone shows at this moment."""
    return pyotp.TOTP(secret).generate_otp(int(when.timestamp()) // HALF_MINUTE)


def add_app(actor: Actor, now: datetime) -> tuple[str, list[str]]:
    """Set up the app's codes: its secret, and the ten codes for paper."""
    answer = actor.client.post("/api/totp", json={})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    secret = answer.get_json()["secret"]
    answer = actor.client.post("/api/totp/confirm", json={"code": code_at(secret, now)})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return secret, answer.get_json()["recovery"]
