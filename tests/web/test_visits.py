"""Who looked: one line for each look of a therapist, at once, in the person's own log, which nobody can touch."""

import threading

import pytest
from sqlalchemy import text

from exposure import desk
from exposure.db import connection, milliseconds
from exposure.visits import MOST_OPENED, PAGE
from exposure.web import history, sync
from tests.conftest import enter, let_in, new_id, sign_in
from tests.linking import accept, agree, invite, link, withdraw
from tests.web.people import begin
from tests.web.therapists import add_app, begin_therapist


@pytest.fixture
def consent(ada, theo, ladder):
    return link(ada, theo, {ladder.space: "propose"}, entries="all")


def log(actor, before=""):
    answer = actor.client.get("/api/visits", query_string={"before": before} if before else {})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_json()


def lines(actor):
    return [(one["what"], one["title"]) for one in log(actor)["visits"]]


def look(theo, consent):
    return theo.client.get(f"/api/people/{consent['id']}")


def ask(theo, *spaces, **more):
    """What the therapist's browser asks: named spaces, and only these."""
    body = {"v": 1, "device": theo.device, "spaces": list(spaces), "cursors": {}, "edits": [], **more}
    return theo.client.post("/api/sync", json=body)


def test_nobody_has_looked_before_somebody_does(ada, consent):
    assert log(ada) == {"visits": [], "before": None}


def test_every_way_to_a_persons_words_leaves_its_line(ada, theo, ladder, consent):
    ada.sync(ada.add("rest", day="2026-11-20"))
    ways = {
        ("list", None): lambda: theo.client.get("/api/people"),
        ("entries", None): lambda: look(theo, consent),
        ("ladder", "外へ"): lambda: ask(theo, ladder.space),
        ("messages", None): lambda: ask(theo, consent["thread"]),
        ("history", "外へ"): lambda: theo.client.get(f"/api/history/ladder/{ladder.space}"),
    }
    for line, way in ways.items():
        assert way().status_code == 200
        assert line in lines(ada)
    assert sorted(lines(ada), key=str) == sorted(ways, key=str)


def test_the_history_of_one_step_is_a_look_at_that_ladder(ada, theo, ladder, consent):
    assert theo.client.get(f"/api/history/{ladder.step}").status_code == 200
    assert lines(ada) == [("history", "外へ")]


def test_a_page_without_entries_is_a_look_too(ada, theo, ladder, consent):
    look(theo, consent)
    assert lines(ada) == [("overview", None)]


def test_a_line_says_who_when_and_what(ada, theo, ladder, consent, clock):
    at = milliseconds(clock())
    ask(theo, ladder.space)
    (line,) = log(ada)["visits"]
    assert line == {"at": at, "until": at, "name": "テオ", "what": "ladder", "title": "外へ"}


def test_looking_on_within_ten_minutes_is_the_same_line(ada, theo, ladder, consent, clock):
    began = clock()
    for _ in range(4):
        ask(theo, ladder.space)
        clock.pass_by(minutes=9)
    clock.pass_by(minutes=2)
    ask(theo, ladder.space)
    two, one = log(ada)["visits"]
    assert (one["at"], one["until"]) == (milliseconds(began), milliseconds(began) + 27 * 60_000)
    assert two["at"] == two["until"] == milliseconds(clock())


def test_another_browser_of_the_same_therapist_is_another_line(app, ada, theo, consent):
    look(theo, consent)
    sign_in(app, theo.person).get(f"/api/people/{consent['id']}")
    assert len(lines(ada)) == 2


def test_who_says_yes_between_a_line_and_the_list_stands_in_neither_yet(ada, theo, ladder, monkeypatch):
    consent, tell = accept(theo, invite(ada)), desk.people

    def told(*about):
        phone = threading.Thread(target=lambda: agree(ada, consent, {ladder.space: "propose"}))
        phone.start()
        phone.join(30)
        return tell(*about)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(desk, "people", told)
        (one,) = theo.client.get("/api/people").get_json()["people"]
    assert (one["state"], one["name"], one["person"], one["ladders"]) == ("accepted", "", None, [])
    assert lines(ada) == []
    (one,) = theo.client.get("/api/people").get_json()["people"]
    assert (one["state"], one["person"]) == ("confirmed", ada.person)
    assert lines(ada) == [("list", None)]


def test_in_the_list_one_stands_once_a_day_of_work(ada, theo, consent, clock):
    for _ in range(3):
        theo.client.get("/api/people")
        clock.pass_by(hours=3)
    assert lines(ada) == [("list", None)]


def test_asking_whether_there_is_anything_new_is_no_look(ada, theo, ladder, consent):
    known = ask(theo, ladder.space).get_json()["spaces"][ladder.space]["revision"]
    before = log(ada)
    assert ask(theo, ladder.space, cursors={ladder.space: known}).get_json()["spaces"] == {}
    assert log(ada) == before


def test_what_a_therapist_writes_shows_that_they_were_there(ada, theo, ladder, consent):
    theo.sync(theo.change("step", ladder.step, ladder.space, title="窓を少し開ける"))
    assert ("ladder", "外へ") in lines(ada)


def test_words_sent_blind_are_applied_and_answered_with_no_rows(ada, theo, ladder, consent):
    known = ada.sync()["spaces"][ladder.space]["revision"]
    edit = theo.add("comment", ladder.space, target=ladder.step, target_kind="step", text="いい一歩")
    answer = ask(theo, ladder.space, edits=[edit], blind=True).get_json()
    assert [(one["id"], one["outcome"]) for one in answer["answers"]] == [(edit["id"], "written")]
    assert answer["spaces"] == {}
    again = ask(theo, ladder.space, edits=[edit], blind=True).get_json()
    assert (again["answers"], again["spaces"]) == (answer["answers"], {})
    rows = ada.sync(**{ladder.space: known})["spaces"][ladder.space]["rows"]
    assert [row["fields"]["text"] for row in rows if row["kind"] == "comment"] == ["いい一歩"]
    for unfit in (1, "yes", None, []):
        assert ask(theo, ladder.space, edits=[edit], blind=unfit).status_code == 400


def test_words_sent_blind_leave_their_line_whatever_came_of_them(ada, theo, una, ladder, consent, clock):
    shut = {"edits": [theo.change("step", ladder.step, ladder.space, predicted=40)], "blind": True}
    assert ask(theo, ladder.space, **shut).get_json()["answers"][0]["outcome"] == "kept"
    assert lines(ada) == [("ladder", "外へ")]
    for edit in (
        theo.change("step", new_id(), ladder.space, title="x"),
        theo.edit("add", "ladder", new_id(), ladder.space, title="x", position="a0"),
        {"id": new_id(), "space": ladder.space},
        *shut["edits"],  # sent again: the answer says once more what stood there
    ):
        clock.pass_by(minutes=11)
        before = len(lines(ada))
        answer = ask(theo, ladder.space, edits=[edit], blind=True)
        assert answer.status_code == 200
        assert len(lines(ada)) == before + 1
    clock.pass_by(minutes=11)
    message = theo.add("message", consent["thread"], text="こんにちは")
    ask(theo, consent["thread"], edits=[message], blind=True)
    assert lines(ada)[0] == ("messages", None)
    assert ask(una, ladder.space, edits=shut["edits"], blind=True).status_code == 404
    assert {one["name"] for one in log(ada)["visits"]} == {"テオ"}


def test_a_person_leaves_no_line_in_their_own_log_or_anybody_elses(app, ada, ladder, consent):
    other = enter(app)
    let_in(app, other.person, ladder.space, "viewer")
    ada.sync()
    ada.client.get(f"/api/history/{ladder.step}")
    other.sync()
    assert lines(ada) == lines(other) == []


def test_the_log_is_the_persons_own(ada, theo, una, consent):
    look(theo, consent)
    assert lines(theo) == lines(una) == []
    assert len(lines(ada)) == 1


def test_the_log_stays_when_the_link_and_the_therapist_are_no_more(app, ada, theo, consent):
    look(theo, consent)
    before = log(ada)
    withdraw(ada, consent["id"])
    assert theo.client.delete("/api/account").status_code == 200
    assert log(ada) == before


def test_what_nobody_may_see_is_no_look(ada, theo, una, ladder, consent):
    withdraw(ada, consent["id"])
    for stranger in (theo, una):
        assert look(stranger, consent).status_code == 404
        assert ask(stranger, ladder.space).status_code == 404
    assert lines(ada) == []


def test_older_lines_come_page_by_page_and_each_once(ada, theo, consent, clock):
    for _ in range(PAGE + 5):
        look(theo, consent)
        clock.pass_by(minutes=11)
    first = log(ada)
    second = log(ada, first["before"])
    assert (len(first["visits"]), len(second["visits"]), second["before"]) == (PAGE, 5, None)
    moments = [one["at"] for one in first["visits"] + second["visits"]]
    assert moments == sorted(set(moments), reverse=True)


def test_no_name_lies_open_in_the_log(app, ada, theo, consent):
    look(theo, consent)
    with app.app_context():
        (line,) = connection().execute(text("SELECT * FROM visit")).all()
    assert "テオ".encode() not in b"".join(bytes(v) for v in line if isinstance(v, bytes | memoryview))
    assert "テオ" not in repr(line)


def test_no_route_changes_or_takes_away_a_line(app):
    methods = {m for rule in app.url_map.iter_rules() if "visit" in rule.rule for m in rule.methods}
    assert methods == {"GET", "HEAD", "OPTIONS"}


def crowd(app, theo, count):
    """So many people who let Theo read; what opens each of them."""
    made = []
    for _ in range(count):
        one = enter(app)
        made.append(link(one, theo, {}, entries="all")["id"])
    return made


def opens(client, consent):
    answer = client.get(f"/api/people/{consent}")
    return answer.status_code, (answer.get_json() or {}).get("error")


OPEN, STEP_UP = (200, None), (403, "step_up")


def test_the_thirty_first_person_in_ten_minutes_asks_for_the_second_factor_again(app, clock):
    theo = begin_therapist(app, "theo")
    _, paper = add_app(theo, clock())
    people = crowd(app, theo, MOST_OPENED + 2)
    assert theo.client.get("/api/people").status_code == 200  # the list is not opening anybody
    assert [opens(theo.client, one) for one in people[:MOST_OPENED]] == [OPEN] * MOST_OPENED
    assert [opens(theo.client, one) for one in people[MOST_OPENED:]] == [STEP_UP] * 2
    assert opens(theo.client, people[0]) == OPEN  # whoever is open stays open
    assert theo.client.post("/api/signin/factor", json={"code": paper[0]}).status_code == 200
    assert [opens(theo.client, one) for one in people[MOST_OPENED:]] == [OPEN] * 2


def test_ten_quiet_minutes_let_thirty_more_be_opened(app, theo, clock):
    people = crowd(app, theo, MOST_OPENED + 1)
    assert [opens(theo.client, one) for one in people[:MOST_OPENED]] == [OPEN] * MOST_OPENED
    assert opens(theo.client, people[-1]) == STEP_UP
    clock.pass_by(minutes=10)
    assert opens(theo.client, people[-1]) == OPEN


def test_step_up_closes_every_way_and_writes_nothing_down(app, theo, clock):
    people = [begin(app) for _ in range(MOST_OPENED + 1)]
    spaces = [new_id() for _ in people]
    for one, space in zip(people, spaces, strict=True):
        one.sync(one.edit("add", "ladder", new_id(), space, title="外へ", position="a0"))
        link(one, theo, {space: "propose"})
    answers = [ask(theo, space).status_code for space in spaces]
    assert answers == [200] * MOST_OPENED + [403]
    assert lines(people[-1]) == []
    comment = theo.edit("add", "comment", new_id(), spaces[-1], target=new_id(), target_kind="ladder", text="x")
    assert ask(theo, spaces[-1], edits=[comment]).get_json()["error"] == "step_up"
    assert theo.client.get(f"/api/history/ladder/{spaces[-1]}").get_json()["error"] == "step_up"
    assert lines(people[-1]) == []


@pytest.mark.parametrize("way", ["sync", "history"])
def test_who_says_no_between_the_reading_and_the_line_is_not_read(app, ada, theo, ladder, consent, monkeypatch, way):
    module = {"sync": sync, "history": history}[way]
    looked = module.looked

    def meanwhile(*told):
        other = threading.Thread(target=lambda: withdraw(ada, consent["id"]))
        other.start()
        other.join(30)
        return looked(*told)

    monkeypatch.setattr(module, "looked", meanwhile)
    answer = ask(theo, ladder.space) if way == "sync" else theo.client.get(f"/api/history/{ladder.step}")
    assert answer.status_code == 503
    assert "窓" not in answer.get_data(as_text=True)
    assert lines(ada) == []
    monkeypatch.undo()
    assert ask(theo, ladder.space).status_code in (200, 404)
