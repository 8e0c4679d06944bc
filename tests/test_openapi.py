"""docs/openapi.json is current, whole and true: schemathesis holds it against the real app, on both databases."""

import json
import os

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.config import GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.asked import json_doors
from tests.api.description import PAPER, written
from tests.api.told import TOLD
from tests.web.doors import DOORS
from tests.web.fuzz_stage import Stage
from tests.web.fuzzing import ENDING

EXAMPLES = int(os.environ.get("IPPO_OPENAPI", "50"))  # for each door, role and kind of data
PLAIN = {"Accept-Encoding": "identity"}
ROLES = ("owner", "therapist", "nobody")
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
# What is said of a body that is not as described. Whatever else is refused was understood.
NOT_AS_DESCRIBED = {"unreadable", "bad_field", "unknown_field", "not_json", "not_an_object", "too_deep", "wrong_kind"}


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_the_paper_says_what_the_code_reads(app):
    assert PAPER.read_text("utf-8") == written(app), "run `make api`"


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_every_json_door_stands_in_it(app):
    paths = json.loads(PAPER.read_text("utf-8"))["paths"]
    described = sum(len(methods) for methods in paths.values())
    assert described == len(json_doors(app))
    assert sorted(TOLD) == json_doors(app)
    assert set(TOLD) <= set(DOORS)


def without_cookies():
    """The description; we sign in ourselves (who may what: tests/web/test_authorization.py)."""
    document = json.loads(PAPER.read_text("utf-8"))
    for one in (document, *(way for path in document["paths"].values() for way in path.values())):
        one.pop("security", None)
    return document


def has_points(value):
    """Whether a number in it is written with a point: to a schema 1.0 is whole, to us it is not."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return isinstance(value, float) or any(map(has_points, inner))


class Told:
    """The description, held against what the app does."""

    def __init__(self, app, clock):
        self.app, self.clock, self.stage = app, clock, Stage(app)
        clean = GenerationConfig(allow_x00=False)  # the description says so in words: no pattern can
        whole = SchemathesisConfig(projects=ProjectsConfig(default=ProjectConfig(generation=clean)))
        self.schema = schemathesis.openapi.from_dict(without_cookies(), config=whole)
        self.schema.app = app
        self.cases, self.understood = 0, 0

    def hold(self, examples, tick=lambda: None, modes=(GenerationMode.POSITIVE, GenerationMode.NEGATIVE)):
        for found in self.schema.get_all_operations():
            operation = found.ok()
            if operation.path == "/api/live":
                continue  # a stream; tests/web/test_live.py
            for mode in modes:
                self.hold_one(operation, mode, examples)
            tick()

    def hold_one(self, operation, mode, examples):
        sent = [*operation.query, *(body for body in operation.body if body.definition["schema"])]
        if mode is GenerationMode.NEGATIVE and not sent:
            return  # where nothing is asked for there is nothing to do wrong

        @settings(
            max_examples=examples, derandomize=True, deadline=None, database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=operation.as_strategy(generation_mode=mode))
        def holds(case):
            for role in ROLES:
                self.ask(case, role, mode)

        holds()

    def ask(self, case, role, mode):
        self.clock.pass_by(hours=2)  # so that no limit ends the play
        cookie = self.stage.cookies[role]
        answer = case.call(app=self.app, headers=PLAIN, cookies={"ippo": cookie} if cookie else {})
        self.cases += 1
        case.validate_response(answer, checks=CHECKS)
        told = {} if answer.status_code < 400 else answer.json()
        if mode is GenerationMode.POSITIVE and not has_points(case.body):
            assert told.get("error") not in NOT_AS_DESCRIBED, (case.as_curl_command(), told)
        if answer.status_code < 300 and case.operation.path in ENDING:
            self.stage.begin_anew(role)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_the_description_is_true(app, clock):
    """One request as described to every door; bent ones, and PostgreSQL, at full length."""
    Told(app, clock).hold(1, modes=[GenerationMode.POSITIVE])


@pytest.mark.nightly
@pytest.mark.promise("Fuzz")
def test_the_description_is_true_at_length(app, clock, proof):
    told = Told(app, clock)
    with proof.bar("doors", len(TOLD)) as tick:
        told.hold(EXAMPLES, tick)
    measured = f"all hold: {told.cases:,} requests to {len(TOLD) - 1} doors"
    proof.line("The OpenAPI description, asked by schemathesis", wanted="every answer as described", measured=measured)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize("planted", ["a field more", "another status", "a longer text"])
def test_schemathesis_finds_a_description_that_is_not_true(app, clock, monkeypatch, planted):
    document = without_cookies()
    way = document["paths"]["/api/me"]["put"]
    body = way["requestBody"]["content"]["application/json"]["schema"]
    if planted == "a field more":
        body["properties"]["more"] = {"type": "string"}
        body["required"].append("more")
    elif planted == "another status":
        way["responses"]["202"] = way["responses"].pop("200")
    else:
        document["components"]["schemas"]["Me"]["properties"]["nickname"] = {"type": "string", "maxLength": 0}
    document["paths"] = {"/api/me": {"put": way}}
    monkeypatch.setattr("tests.test_openapi.without_cookies", lambda: document)
    with pytest.raises((AssertionError, FailureGroup)):
        Told(app, clock).hold(20)
