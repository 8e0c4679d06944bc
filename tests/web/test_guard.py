"""The guard: every answer is dressed, and a change asked for by another site is refused with nothing changed."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from exposure.app import create_app
from exposure.db import Base, connection
from exposure.web.guard import HEADERS, PAGES_ONLY, from_here
from tests.conftest import new_id

URL = "http://localhost:8000"
ANYWHERE = "/mail/off/"  # the button of a mail program: the secret in the address is all it can show (test_mailbox)


def rows_everywhere(app):
    """How many rows every table has."""
    with app.app_context():
        return {
            name: connection().execute(text(f"SELECT count(*) FROM {name}")).scalar() for name in Base.metadata.tables
        }


def addresses(app):
    """Every rule of the app as (method, path with its parts filled in)."""
    for rule in app.url_map.iter_rules():
        parts = {name: new_id() if "uuid" in str(rule) else "app.css" for name in rule.arguments}
        path = str(rule)
        for name in rule.arguments:
            path = path.replace(f"<token:{name}>", "t" * 43)
            for kind in (f"<uuid:{name}>", f"<path:{name}>", f"<{name}>"):
                path = path.replace(kind, parts[name])
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            yield method, path


def ask(client, method, path, **more):
    answer = client.open(path, method=method, **more)
    answer.close()
    return answer


def test_every_answer_of_every_route_carries_every_header(app, client, ada):
    seen = 0
    for who in (client, ada.client):
        for method, path in [*addresses(app), ("GET", "/nowhere"), ("POST", "/"), ("GET", "/api/history/not-an-id")]:
            if path in {"/api/account", "/api/signout"} and who is ada.client:
                continue
            answer = ask(who, method, path, json={} if method != "GET" else None)
            page = answer.mimetype == "text/html"  # what no browser draws asks no device for anything
            worn = [name for name in HEADERS if page or name not in PAGES_ONLY]
            missing = [name for name in worn if name not in answer.headers]
            assert missing == [], f"{method} {path} {answer.status_code}"
            assert len(answer.headers.getlist("Content-Security-Policy")) == 1, path
            assert "Cache-Control" in answer.headers, path
            if path.startswith("/api/"):
                assert answer.headers["Cache-Control"] == "no-store", path
            seen += 1
    assert seen >= 60


def test_the_doors_may_be_found_and_nothing_else(client):
    assert [client.get(path).headers.getlist("X-Robots-Tag") for path in ("/", "/help", "/privacy")] == [["all"]] * 3
    assert [client.get(path).headers.getlist("X-Robots-Tag") for path in ("/app", "/api/me", "/x")] == [["noindex"]] * 3


def test_the_policy_allows_no_inline_script_and_wants_trusted_types(client):
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "require-trusted-types-for 'script'; trusted-types lit-html ippo" in policy
    assert "http:" not in policy
    assert "https:" not in policy


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "nonsense"},
        {"Sec-Fetch-Site": "cross-site", "Origin": URL},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "http://["},
    ],
)
def test_a_change_asked_for_by_another_site_is_refused_and_changes_nothing(app, ada, headers):
    before = rows_everywhere(app)
    refused = 0
    for method, path in addresses(app):
        if method == "GET" or path.startswith(ANYWHERE):
            continue
        answer = ask(ada.client, method, path, json={}, headers=headers)
        assert answer.status_code == 403, f"{method} {path}"
        assert answer.get_json()["error"] == "cross_site"
        refused += 1
    assert refused >= 15
    assert rows_everywhere(app) == before


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_what_a_form_could_send_is_no_request_of_ours(app, ada, kind):
    before = rows_everywhere(app)
    for method, path in addresses(app):
        if method in {"GET", "DELETE"} or path.startswith(ANYWHERE):
            continue
        answer = ask(ada.client, method, path, data=b"{}", content_type=kind)
        assert answer.status_code == 415, f"{method} {path}"
    assert rows_everywhere(app) == before


def test_a_packed_body_is_refused(ada):
    answer = ada.client.post("/api/sync", json={}, headers={"Content-Encoding": "gzip"})
    assert (answer.status_code, answer.get_json()["error"]) == (415, "compressed")


@pytest.mark.parametrize(
    ("site", "origin", "fine"),
    [
        ("same-origin", None, True),
        ("none", None, True),
        (None, None, True),
        (None, URL, True),
        (None, "https://localhost:8000", True),
        (None, "http://localhost:9000", False),
        ("cross-site", URL, False),
    ],
)
def test_a_request_of_our_own_pages_or_of_no_browser_is_let_in(site, origin, fine):
    assert from_here(site, origin, "localhost:8000", URL) is fine


def test_https_is_remembered_by_browsers_only_where_there_is_https(settings, clock):
    plain = create_app(settings, now=clock).test_client().get("/")
    assert "Strict-Transport-Security" not in plain.headers
    secure = create_app(replace(settings, url="https://ippo.example"), now=clock).test_client().get("/")
    assert secure.headers["Strict-Transport-Security"].startswith("max-age=63072000")


@pytest.mark.parametrize("site", ["none", "cross-site", "same-site"])
def test_no_words_come_to_an_address_that_was_typed_or_to_a_link_on_another_page(app, ada, site):
    asked = [path for method, path in addresses(app) if method == "GET" and path.startswith("/api/")]
    assert len(asked) >= 10
    for path in asked:
        typed = ask(ada.client, "GET", path, headers={"Sec-Fetch-Site": site})
        assert (typed.status_code, typed.get_json()["error"]) == (403, "typed"), path
    assert ask(ada.client, "GET", "/api/export", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200
    assert ask(ada.client, "GET", "/app", headers={"Sec-Fetch-Site": site}).status_code == 200
