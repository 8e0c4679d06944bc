"""A therapist's account: half a day at a stretch, and never in one browser with a ladder of one's own."""

import pytest

from exposure.logins import WORKDAY
from tests.web.people import PASSWORD, begin, beginning, give_password
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
