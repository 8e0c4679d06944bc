"""What the JSON doors ask for: read off the very calls by which they read a body, not written a second time.

Each door is knocked at once with an empty body, and `Fields` notes what it is asked for and gives something that fits.
What a door reads in another way than through `Fields` is written here by hand, with the limits of the code.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from exposure import fits
from exposure.consents import ROLES
from exposure.errors import Trouble
from exposure.kinds import KINDS
from exposure.sync import MOST_EDITS
from exposure.web import edge, history, visits
from tests.conftest import new_id
from tests.web.doors import doors_of, path_of

Schema = dict[str, Any]

ID: Schema = {"type": "string", "pattern": f"^{fits._UUID.pattern}$"}
OBJECT: Schema = {"type": "object"}
BASE64URL_OF_32 = "^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$"
ZONE: Schema = {"type": "string", "pattern": f"^(?:{fits._ZONE.pattern})$"}
# What is looked at after it was read.
CLOSER: dict[str, Schema] = {
    "zone": ZONE,
    "reads_days": {"items": {"enum": list(range(7))}},
    "ladders": {"propertyNames": ID, "additionalProperties": {"enum": sorted(ROLES)}, "maxProperties": 500},
}
FITTING = {"zone": "Asia/Tokyo", "address": "ada@mail.example"}


def closed(properties: dict[str, Schema], required: list[str]) -> Schema:
    """An object of these properties and no others."""
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def opened(properties: dict[str, Schema]) -> Schema:
    """An object with these properties at least."""
    return {"type": "object", "properties": properties, "required": list(properties)}


EDIT = {**opened({"id": ID}), "description": "One edit: id, space, kind, target, verb (add or set), fields, base, at."}
SYNC = closed(
    {
        "v": {"const": 1},
        "device": ID,
        "zone": {},
        "cursors": {
            "type": "object", "propertyNames": ID, "maxProperties": 1000,
            "additionalProperties": {"type": "integer", "minimum": 0, "maximum": 2**31 - 1},
        },
        "edits": {"type": "array", "items": EDIT, "maxItems": MOST_EDITS},
        "spaces": {"type": "array", "items": ID, "maxItems": 1000},
        "blind": {"type": "boolean"},
    },
    ["v", "device"],
)  # fmt: skip
ROW = opened({"id": ID, "kind": {"enum": sorted(KINDS)}, "fields": OBJECT})
KEYS = opened({"p256dh": {"type": "string"}, "auth": {"type": "string"}})
SPACE = {"id": ID, "kind": {"enum": ["private", "ladder", "thread"]}, "rows": {"type": "array", "items": ROW}}
SPACES: Schema = {"type": "array", "items": opened(SPACE), "maxItems": 500}
BY_HAND: dict[str, Schema] = {
    "POST /api/sync": SYNC,
    "POST /api/import": opened({"ippo": {"const": 1}, "spaces": SPACES}),
    "PUT /api/push": opened({"endpoint": {"type": "string"}, "keys": KEYS}),
    "PUT /api/together/<uuid:space>/here": closed({"step": {"anyOf": [ID, {"type": "null"}]}}, ["step"]),
}  # fmt: skip
# The mark of the page before, in an address.
MARKS: dict[str, str] = {
    "GET /api/history/<uuid:row>": history._MARK.pattern,
    "GET /api/history/ladder/<uuid:space>": history._MARK.pattern,
    "GET /api/people/<uuid:consent>": visits._MARK.pattern,
    "GET /api/visits": visits._MARK.pattern,
}


class Noted:
    """What one body is asked for."""

    def __init__(self) -> None:
        self.properties: dict[str, Schema] = {}
        self.required: list[str] = []
        self.is_read = False

    def note(self, name: str, schema: Schema, fitting: Any, *, optional: bool) -> Any:
        self.properties[name] = {**schema, **CLOSER.get(name, {})}
        if not optional:
            self.required.append(name)
        return FITTING.get(name, fitting)


@contextmanager
def noting() -> Iterator[Noted]:
    """While this lasts, `Fields` notes what it is asked for instead of looking at what was sent."""
    noted = Noted()

    def text(_: Any, name: str, most: int, *, least: int = 0, default: Any = None) -> Any:
        schema = {"type": "string", "maxLength": most} | ({"minLength": least} if least else {})
        return noted.note(name, schema, "a" * max(least, 1), optional=default is not None)

    def number(_: Any, name: str, least: int, most: int, *, default: Any = None) -> Any:
        schema = {"type": "integer", "minimum": least, "maximum": most}
        return noted.note(name, schema, least, optional=default is not None)

    def secret(_: Any, name: str, least: int, most: int) -> Any:
        assert least == most == 32, "another length ends in other letters"
        schema = {"type": "string", "description": "32 bytes, unpadded base64url", "pattern": BASE64URL_OF_32}
        return noted.note(name, schema, b"a" * least, optional=False)

    def done(_: Any) -> None:
        noted.is_read = True
        raise Trouble  # nothing is to come of it

    readers = {
        "done": done,
        "text": text,
        "number": number,
        "secret": secret,
        "flag": lambda _, name, *, default=None: noted.note(
            name, {"type": "boolean"}, fitting=False, optional=default is not None
        ),
        "choice": lambda _, name, among, *, default=None: noted.note(
            name, {"enum": sorted(among)}, among[0], optional=default is not None
        ),
        "id": lambda _, name: noted.note(name, ID, new_id(), optional=False),
        "object": lambda _, name: noted.note(name, OBJECT, {}, optional=False),
        "list": lambda _, name, most, *, check=None: noted.note(
            name, {"type": "array", "maxItems": most}, [], optional=False
        ),
    }
    kept = {name: getattr(edge.Fields, name) for name in readers}
    try:
        for name, reader in readers.items():
            setattr(edge.Fields, name, reader)
        yield noted
    finally:
        for name, reader in kept.items():
            setattr(edge.Fields, name, reader)


def body_of(door: str, client: FlaskClient) -> Schema | None:
    """The schema of the body this door reads; None where it reads none."""
    method, _, rule = door.partition(" ")
    if door in BY_HAND:
        return BY_HAND[door]
    if method == "GET":
        return None
    with noting() as noted:
        client.open(path_of(rule, new_id()), method=method, json={}).close()
    if not noted.is_read:
        return None if method == "DELETE" else {}  # anything, as long as it is JSON
    return closed(noted.properties, sorted(noted.required))


def json_doors(app: Flask) -> list[str]:
    """The doors of programs: everything under /api, and the one that says how the house is."""
    return sorted(door for door in doors_of(app) if " /api/" in door or door.endswith(" /healthz"))
