"""A therapist's account: half a day at a stretch, and never in one browser with a ladder of one's own."""

import json
from types import SimpleNamespace

import pytest

from exposure.logins import WORKDAY
from exposure.visits import MOST_OPENED
from exposure.web import passkeys
from exposure.web.edge import to_base64url
from tests.conftest import enter, new_id
from tests.linking import link
from tests.web.people import PASSWORD, begin, beginning, come_in, give_password
from tests.web.test_live import Stream
from tests.web.test_passkeys import keep, made, options  # noqa: F401 (a fixture is named to be used)
from tests.web.therapists import add_app, begin_therapist, code_at


@pytest.fixture
def theo(app):
    return begin_therapist(app, "theo")


def told(answer):
    return answer.status_code, (answer.get_json() or {}).get("error")


def show(client, code):
    return client.post("/api/signin/factor", json={"code": code})


def test_a_therapists_session_lasts_half_a_day_from_its_start_however_busy(app, theo, clock):
    add_app(theo, clock())
    began = clock()
    for hours in (1, 5, 5):
        clock.pass_by(hours=hours)
        answer = theo.client.get("/api/me")
        assert answer.status_code == 200
        left = int((began + WORKDAY - clock()).total_seconds())
        assert f"Max-Age={left}" in answer.headers["Set-Cookie"]
        assert answer.get_json()["hours_left"] == left // 3600
        theo.sync()
    clock.pass_by(minutes=59, seconds=59)
    assert theo.client.get("/api/me").status_code == 200
    clock.pass_by(seconds=1)
    assert theo.client.get("/api/me").status_code == 401


def test_an_open_stream_ends_with_the_half_day(app, theo, clock):
    add_app(theo, clock())
    stream = Stream(theo.client)
    clock.pass_by(seconds=WORKDAY.total_seconds())
    assert stream.ended.wait(2)
    app.extensions["ippo"].hub.end()


def test_showing_the_code_again_does_not_make_the_day_longer(app, theo, clock):
    secret, _ = add_app(theo, clock())
    ends = theo.client.get("/api/me").get_json()["expires"]
    clock.pass_by(hours=11)
    assert show(theo.client, code_at(secret, clock())).get_json()["expires"] == ends
    again = theo.client.post("/api/signin", json={"name": "theo", "password": PASSWORD})
    assert again.get_json()["expires"] == ends


def test_a_browser_keeps_to_one_kind_of_account(app, theo, clock):
    add_app(theo, clock())
    guest = begin(app)
    assert told(guest.client.post("/api/start", json=beginning(kind="therapist"))) == (409, "other_kind")
    body = {"name": "theo", "password": PASSWORD}
    for bring in (False, True):
        assert told(guest.client.post("/api/signin", json=body | {"bring": bring})) == (409, "other_kind")
    assert guest.client.get("/api/me").get_json()["person"] == guest.person
    ada = begin(app)
    give_password(ada, "ada")
    assert told(theo.client.post("/api/signin", json={"name": "ada", "password": PASSWORD})) == (409, "other_kind")
    assert told(theo.client.post("/api/start", json=beginning())) == (409, "other_kind")


def test_a_start_is_of_one_kind_for_good(app):
    body = beginning(kind="therapist")
    client = app.test_client()
    assert client.post("/api/start", json=body).get_json()["kind"] == "therapist"
    assert told(app.test_client().post("/api/start", json=body | {"kind": "person"})) == (409, "conflict")
    assert app.test_client().post("/api/start", json=body | {"kind": "supporter"}).status_code == 400
    assert app.test_client().post("/api/start", json=beginning()).get_json()["kind"] == "person"


def sign_in_by_passkey(client, number):
    """The ceremony with the passkey made as the `number`-th."""
    ceremony = client.post("/api/signin/passkey/options", json={}).get_json()["ceremony"]
    shown = {"rawId": to_base64url(bytes([number]))}
    return client.post("/api/signin/passkey", json={"ceremony": ceremony, "credential": shown})


@pytest.fixture
def shown(monkeypatch):
    """An authenticator whose answer is always good: only the library that reads its bytes stands aside."""
    monkeypatch.setattr(passkeys, "verify_authentication_response", lambda **_: SimpleNamespace(new_sign_count=0))


def test_a_passkey_is_both_factors_at_once(app, theo, made, shown):  # noqa: F811
    keep(theo, options(theo).get_json()["ceremony"])
    browser = app.test_client()
    answer = sign_in_by_passkey(browser, 0)
    assert (answer.status_code, answer.get_json()["factor"]) == (200, "passkey")
    assert browser.get("/api/logins").status_code == 200
    assert "Max-Age=43200" in answer.headers["Set-Cookie"]


def test_a_passkey_raises_a_login_that_came_in_by_password(app, theo, made, shown):  # noqa: F811
    keep(theo, options(theo).get_json()["ceremony"])
    browser = come_in(app, "theo")
    login = browser.get("/api/me").get_json()["login"]
    assert told(browser.get("/api/logins")) == (403, "second_factor")
    answer = sign_in_by_passkey(browser, 0).get_json()
    assert (answer["factor"], answer["login"]) == ("passkey", login)
    assert browser.get("/api/logins").status_code == 200


def test_a_fresh_passkey_lets_more_people_be_opened(app, clock, made, shown):  # noqa: F811
    theo = begin_therapist(app, "theodor")
    keep(theo, options(theo).get_json()["ceremony"])
    people = [link(enter(app), theo, {}, entries="all")["id"] for _ in range(MOST_OPENED + 1)]
    codes = [theo.client.get(f"/api/people/{one}").status_code for one in people]
    assert codes == [200] * MOST_OPENED + [403]
    assert sign_in_by_passkey(theo.client, 0).status_code == 200
    assert theo.client.get(f"/api/people/{people[-1]}").status_code == 200


def test_a_therapists_export_holds_what_is_theirs_and_nothing_of_anybody_they_read_with(ada, theo, ladder, clock):
    add_app(theo, clock())
    consent = link(ada, theo, {ladder.space: "write"}, entries="all")
    ada.sync(
        ada.add("rest", day="2026-11-20", note="ひみつの雨"),
        ada.edit("add", "message", new_id(), consent["thread"], text="ひみつのことば"),
    )
    theo.sync(
        theo.add("note", about=consent["id"], text="わたしの覚え書き"),
        theo.edit("add", "message", new_id(), consent["thread"], text="わたしの返事"),
    )
    answer = theo.client.get("/api/export")
    document = json.loads(answer.data)
    assert [space["id"] for space in document["spaces"]] == [theo.space]
    assert "わたしの覚え書き" in json.dumps(document, ensure_ascii=False)
    for table in (answer.data.decode(), theo.client.get("/api/export.csv").data.decode()):
        for word in ("ひみつ", "外へ", "窓を開ける", "わたしの返事", "あだ", ladder.space, ada.person):
            assert word not in table
