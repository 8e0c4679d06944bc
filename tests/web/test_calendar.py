"""Calendar: a private address that a program asks without a cookie, one file for oneself, and not a word in either."""

import logging
from pathlib import Path

import icalendar
from sqlalchemy import text

from exposure.db import connection, is_postgres
from tests.conftest import enter, new_id
from tests.dispatching import DAILY

WORDS = "canary-of-ada"


def remind(actor, **fields):
    edit = actor.add("reminder", **({"days": DAILY, "time": "21:30", "zone": "Asia/Tokyo", "on": True} | fields))
    (answer,) = actor.sync(edit)["answers"]
    assert answer["outcome"] == "written"
    return str(edit["target"])


def opened(actor):
    answer = actor.client.post("/api/calendar", json={})
    assert answer.status_code == 200
    address = answer.get_json()["address"]
    assert address.startswith("http://localhost:8000/calendar/")
    return address.removeprefix("http://localhost:8000")


def events(answer):
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    return list(icalendar.Calendar.from_ical(answer.data).walk("VEVENT"))


def standing(actor):
    answer = actor.client.get("/api/reminders")
    assert answer.status_code == 200
    return answer.get_json()["calendar"]


def test_a_program_without_a_cookie_finds_the_times_at_the_address(app, ada):
    remind(ada, words=WORDS, cue=WORDS, neutral=False)
    address = opened(ada)
    answer = app.test_client().get(address)
    assert len(events(answer)) == 56
    assert WORDS.encode() not in answer.data
    assert answer.headers["Cache-Control"] == "no-store"
    assert standing(ada) is True


def test_a_new_address_ends_the_one_before_and_nobody_elses(app, ada, una):
    first, others = opened(ada), opened(una)
    second = opened(ada)
    nobody = app.test_client()
    assert first != second
    assert [nobody.get(each).status_code for each in (first, second, others)] == [404, 200, 200]


def test_an_address_that_was_stopped_opens_nothing_at_once(app, ada):
    address = opened(ada)
    assert ada.client.delete("/api/calendar").get_json() == {"calendar": False}
    assert standing(ada) is False
    stopped, never = app.test_client().get(address), app.test_client().get(f"/calendar/{'x' * 43}.ics")
    assert (stopped.status_code, stopped.data) == (404, never.data)
    assert ada.client.delete("/api/calendar").status_code == 200


def test_the_address_ends_with_the_account(app, ada):
    address = opened(ada)
    assert ada.client.delete("/api/account").status_code == 200
    assert app.test_client().get(address).status_code == 404


def test_what_has_not_the_shape_of_a_secret_is_no_address(client):
    for odd in ("", "x", "x" * 42, "x" * 44, "x" * 42 + "!", "../api/me"):
        assert client.get(f"/calendar/{odd}.ics").status_code == 404, odd


def test_a_program_that_asks_without_end_is_asked_to_wait(app, ada, clock):
    address, program = opened(ada), app.test_client()
    answers = [program.get(address).status_code for _ in range(65)]
    assert answers[:60] == [200] * 60
    assert answers[-1] == 429
    clock.pass_by(hours=2)
    assert program.get(address).status_code == 200


def test_whoever_guesses_is_asked_to_wait_and_disturbs_nobody(app, ada):
    address, guesser = opened(ada), app.test_client()
    answers = [guesser.get(f"/calendar/{n:043}.ics").status_code for n in range(40)]
    assert answers[:30] == [404] * 30
    assert answers[-1] == 429
    assert guesser.get(address).status_code == 200


def test_one_reminder_is_a_file_for_its_person_alone(app, ada, una):
    reminder = remind(ada, days=[0, 3], words=WORDS, neutral=False)
    answer = ada.client.get(f"/api/reminders/{reminder}.ics")
    (event,) = events(answer)
    assert event["rrule"]["byday"] == ["MO", "TH"]
    assert WORDS.encode() not in answer.data
    assert answer.headers["Content-Disposition"] == 'inline; filename="ippo.ics"'
    others, none = una.client.get(f"/api/reminders/{reminder}.ics"), una.client.get(f"/api/reminders/{new_id()}.ics")
    assert (others.status_code, others.data) == (404, none.data)
    assert app.test_client().get(f"/api/reminders/{reminder}.ics").status_code == 401


def test_a_phone_whose_zone_the_house_has_not_heard_of_has_its_calendar(app, ada):
    one = remind(ada)
    assert ada.client.put("/api/me", json={"language": "ja", "zone": "Nowhere/Land"}).status_code == 200
    assert len(events(app.test_client().get(opened(ada)))) == 56
    assert len(events(ada.client.get(f"/api/reminders/{one}.ics"))) == 1


def test_what_is_off_or_put_away_or_never_comes_is_no_file(ada):
    for fields in ({"on": False}, {"archived": True}, {"days": []}, {"days": [], "date": "2026-01-05"}):
        assert ada.client.get(f"/api/reminders/{remind(ada, **fields)}.ics").status_code == 404, fields


def test_a_body_with_anything_in_it_makes_no_address(ada):
    assert ada.client.post("/api/calendar", json={"token": "mine"}).status_code == 400
    assert standing(ada) is False


def test_the_secret_is_in_no_log_and_nowhere_in_the_database(app, ada, settings, request, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    remind(ada)
    address = opened(ada)
    secret = address.removeprefix("/calendar/").removesuffix(".ics")
    for method in ("GET", "HEAD", "POST", "DELETE"):
        app.test_client().open(address, method=method)
    said = capfd.readouterr()
    records = "".join(str(vars(record)) for record in caplog.records)
    assert secret not in caplog.text + records + said.out + said.err
    with app.app_context():
        bound = connection()
        if is_postgres(bound):
            bound.execution_options(isolation_level="AUTOCOMMIT").execute(text("CHECKPOINT"))
            folder = request.getfixturevalue("cluster").folder
        else:
            folder = settings.data
    raw = [path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()]
    assert sum(map(len, raw)) > 4096
    assert not any(secret.encode() in each for each in raw)


def test_everybody_has_an_address_of_their_own(app):
    addresses = {opened(enter(app)) for _ in range(5)}
    assert len(addresses) == 5
