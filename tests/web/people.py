"""Beginning and signing in as a device does it, over the wire."""

import secrets
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from exposure.web.edge import to_base64url
from tests.conftest import Actor, new_id

PASSWORD = "shizuka na umi no soba"


def beginning(**fields: Any) -> dict[str, Any]:
    """The body of a start."""
    return {
        "person": new_id(),
        "space": new_id(),
        "secret": to_base64url(secrets.token_bytes(32)),
        "nickname": "あだ",
        "language": "ja",
        "zone": "Asia/Tokyo",
        "device": "Android · Chrome",
        **fields,
    }


def begin(app: Flask, **fields: Any) -> Actor:
    """A guest who began just now."""
    client, body = app.test_client(), beginning(**fields)
    answer = client.post("/api/start", json=body)
    assert answer.status_code == 201, answer.get_data(as_text=True)
    return Actor(client, body["person"], body["space"])


def give_password(actor: Actor, name: str, password: str = PASSWORD) -> None:
    answer = actor.client.put("/api/password", json={"name": name, "password": password})
    assert answer.status_code == 200, answer.get_data(as_text=True)


def come_in(app: Flask, name: str, password: str = PASSWORD, **more: Any) -> FlaskClient:
    """Another device, signed in by name and password."""
    client = app.test_client()
    answer = client.post("/api/signin", json={"name": name, "password": password, **more})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return client
