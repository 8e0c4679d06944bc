"""The description of the JSON doors in the words of OpenAPI 3.1, from what they ask for and what they tell."""

import inspect
import json
import re
from pathlib import Path
from typing import Any

from flask import Flask

from tests.api.asked import MARKS, Schema, body_of, json_doors
from tests.api.told import NAMED, OTHER, TOLD
from tests.conftest import enter
from tests.web.doors import DOORS, EVERYBODY

PAPER = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"
ABOUT = (
    "Written by `make api` from the code that reads each body. A change is asked for as application/json by our own "
    "pages only: Sec-Fetch-Site is same-origin or none, or Origin is ours. No text holds a NUL or half a surrogate "
    "pair, no body more than 256 KiB (an import 32 MiB) or 16 levels; fields that are not listed are refused, and 1.0 "
    "is no whole number. Every refusal is a code for programs and a sentence for people; 429 and 503 say in "
    "Retry-After when to come again."
)
TROUBLE: Schema = {
    "type": "object",
    "properties": {"error": {"type": "string", "minLength": 1}, "detail": {"type": "string", "minLength": 1}},
    "required": ["error", "detail"],
    "additionalProperties": False,
}


def described(app: Flask) -> dict[str, Any]:
    """The whole document."""
    paths: dict[str, Any] = {}
    for door in json_doors(app):
        method, _, rule = door.partition(" ")
        path = re.sub(r"<uuid:(\w+)>", r"{\1}", rule)
        paths.setdefault(path, {})[method.lower()] = _operation(app, door)
    scheme = {"type": "apiKey", "in": "cookie", "name": "ippo", "description": "__Host-ippo where there is https"}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Ippo", "version": "1", "description": ABOUT, "license": {"name": "AGPL-3.0-or-later"}},
        "paths": paths,
        "components": {"schemas": {"Trouble": TROUBLE, **NAMED}, "securitySchemes": {"session": scheme}},
        "security": [{"session": []}],
    }


def _operation(app: Flask, door: str) -> dict[str, Any]:
    rule = next(r for r in app.url_map.iter_rules() if f" {r.rule}" in door and door.endswith(f" {r.rule}")
                and door.split(maxsplit=1)[0] in (r.methods or ()))  # fmt: skip
    view = app.view_functions[rule.endpoint]
    said = (inspect.getdoc(view) or view.__name__.replace("_", " ")).partition("\n\n")[0]
    made: dict[str, Any] = {"operationId": rule.endpoint, "summary": said.replace("\n", " ")}
    parameters = [_in_path(name) for name in sorted(rule.arguments)]
    if door in MARKS:
        pattern = {"type": "string", "pattern": f"^(?:{MARKS[door]})?$"}
        parameters.append({"name": "before", "in": "query", "schema": pattern, "description": "the page before"})
    if parameters:
        made["parameters"] = parameters
    body = body_of(door, enter(app).client)
    if body is not None:
        made["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    made["responses"] = _answers(door)
    if DOORS[door].open == EVERYBODY:
        made["security"] = []
    return made


def _in_path(name: str) -> Schema:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}


def _answers(door: str) -> dict[str, Any]:
    status, schema = TOLD[door]
    good: dict[str, Any] = {"description": "done"}
    if schema is not None:
        named = next(({"$ref": f"#/components/schemas/{name}"} for name, one in NAMED.items() if one is schema), schema)
        good["content"] = {OTHER.get(door, "application/json"): {"schema": named}}
    trouble = {"application/json": {"schema": {"$ref": "#/components/schemas/Trouble"}}}
    refused = {"description": "refused, and nothing was changed", "content": trouble}
    if door.endswith("/healthz"):
        return {str(status): good, "503": {**good, "description": "no clock was alive within the last minute"}}
    return {str(status): good, "4XX": refused, "503": {**refused, "description": "busy; come again after Retry-After"}}


def written(app: Flask) -> str:
    """The document as it lies in the paper."""
    return json.dumps(described(app), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
