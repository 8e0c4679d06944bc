"""Beginning and signing in as a device does it, over the wire."""

import json
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


def filled(actor):
    """A ladder, two steps, attempts, a rest, a reminder with an answer and settings; all kinds of words."""
    ladder, step, space, reminder = (new_id() for _ in range(4))
    actor.sync(
        actor.edit("add", "setting", actor.space, anchor_50="電車の中", during_ratings=True),
        actor.edit("add", "ladder", ladder, space, title="外へ", wish="海を見る", position="a0"),
        actor.edit("add", "step", step, space, ladder=ladder, title="窓を開ける", position="a0", predicted=40),
        actor.add("step", space, ladder=ladder, title="=1+1", position="a1", archived=True),
        actor.add("attempt", step=step, ladder=ladder, title="窓を開ける", before=60, after=30, outcome="did",
                  happened="風\nが入った, \"さわやか\"", feelings=["calm", "tired"], started=1763760000000),
        actor.add("rest", day="2026-11-20", note="雨 ☔"),
        actor.edit("add", "reminder", reminder, step=step, ladder=ladder, days=[0, 3], time="18:30", zone="Asia/Tokyo"),
        actor.add("answer", reminder=reminder, day="2026-11-20", choice="later", again=1_763_769_600_000),
    )  # fmt: skip
    actor.sync(actor.change("step", step, space, title="窓を少し開ける"))
    return space


def journey(actor, say, diary=None, *, support="", **wish):
    """A page of the diary, both check-ins, the plan, a support, as edits; `say` gives each text, `wish` the sharing."""
    made = [
        actor.edit("add", "diary", diary or new_id(), day="2026-11-20", text=say("text"), feelings=["calm"], **wish),
        actor.add("checkin", day="2026-11-20", about="harder", harder="a_little", note=say("note"), **wish),
        actor.add("checkin", day="2026-11-20", about="days", ease=40, direction=70, note=say("note"), **wish),
        actor.add("plan", signs=say("signs"), helps=say("helps"), who=say("who"), smaller=say("smaller"),
                  words=say("words"), **wish),
    ]  # fmt: skip
    near = {"sort": "animal", "near": 0, "liked": True, "position": "a0"}
    if support is not None:
        made.append(actor.add("support", name=support or say("name"), tiny=support or say("tiny"), **near))
    return made


def things(document):
    """Every row of an export without ids of spaces: kind, id and fields."""
    return sorted(
        (row["kind"], "" if row["kind"] == "setting" else row["id"], json.dumps(row["fields"], sort_keys=True))
        for space in document["spaces"]
        for row in space["rows"]
    )


def taken(actor):
    answer = actor.client.get("/api/export")
    assert answer.status_code == 200
    return json.loads(answer.data)
