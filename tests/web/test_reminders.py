"""GET /api/reminders: what only the server knows of one's reminders and devices, and nothing of anybody else's."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import text, update

from exposure import outlook
from exposure.db import milliseconds
from exposure.subscriptions import Subscription
from tests.conftest import START, new_id
from tests.dispatching import done, post_office  # noqa: F401 - a fixture
from tests.statements import statements
from tests.web.people import taken

HOUR = 3_600_000


def asked(actor):
    answer = actor.client.get("/api/reminders")
    assert answer.status_code == 200
    return answer.get_json()


def one_of(actor):
    (only,) = asked(actor)["reminders"]
    return only


def ms(**ahead):
    return milliseconds(START + timedelta(**ahead))


def test_a_new_account_has_nothing_to_tell(ada):
    told = asked(ada)
    assert (told["reminders"], told["devices"]) == ([], [])
    assert set(told) == {"reminders", "devices", "mail", "calendar"}


def test_how_a_reminder_is_met_is_told_as_it_comes(post, ada, clock):
    post.device(ada)
    one = post.remind(ada)
    assert one_of(ada) == {
        "id": one, "unanswered": 0, "rarer": False, "silent": False, "told": None, "next": ms(minutes=1),
    }  # fmt: skip
    seen = []
    clock.pass_by(minutes=1)
    for _ in range(17):
        post.tick()
        now = one_of(ada)
        seen.append((now["unanswered"], now["rarer"], now["silent"], (now["next"] or 0) - milliseconds(clock())))
        clock.pass_by(days=1)
    day = 24 * HOUR
    assert seen[:5] == [(1, 0, 0, day), (2, 0, 0, day), (3, 1, 0, 2 * day), (3, 1, 0, day), (4, 1, 0, 2 * day)]
    assert seen[6] == (5, 1, 0, 4 * day)
    assert seen[-1] == (7, 0, 1, -milliseconds(clock() - timedelta(days=1)))
    ada.sync(done(ada, clock))
    now = one_of(ada)
    assert (now["unanswered"], now["silent"], now["told"]) == (0, False, ms(days=14, minutes=1))
    assert now["next"] > milliseconds(clock())


@pytest.mark.parametrize(
    ("manners", "ahead"),
    [
        ({"paused": "open"}, None),
        ({"paused": "until", "paused_until": ms(days=3)}, {"days": 3, "minutes": 1}),
        ({"quiet_from": "20:00", "quiet_to": "21:30"}, {"minutes": 30}),
        ({"quiet_from": "20:00", "quiet_to": "08:00"}, None),
    ],
)
def test_when_it_comes_next_knows_of_pauses_and_sleep(post, ada, manners, ahead):
    post.remind(ada)
    ada.sync(ada.edit("add", "setting", ada.space, **manners))
    assert one_of(ada)["next"] == (ahead and ms(**ahead))


def test_when_it_comes_next_is_the_later_somebody_asked_for(post, ada, clock):
    one = post.remind(ada)
    clock.pass_by(minutes=2)
    post.tick()
    again = milliseconds(clock()) + HOUR
    ada.sync(ada.add("answer", reminder=one, day="2026-11-21", choice="later", at=milliseconds(clock()), again=again))
    assert one_of(ada)["next"] == again


def test_one_that_is_off_or_put_away_is_not_told_of(post, ada):
    post.remind(ada, on=False)
    away = post.remind(ada)
    ada.sync(ada.change("reminder", away, archived=True))
    assert asked(ada)["reminders"] == []


def test_devices_tell_when_something_last_reached_them(app, post, ada, clock):
    device = post.device(ada)
    other = post.device(ada)
    for each in asked(ada)["devices"]:
        assert (each["here"], each["delivered"], each["state"]) == (True, None, "on")
        assert each["name"] == ""
    post.service.answer(other, 410)
    post.remind(ada)
    clock.pass_by(minutes=1)
    post.tick()
    (left,) = asked(ada)["devices"]
    assert left["delivered"] == milliseconds(clock())
    with post.write() as bound:
        bound.execute(update(Subscription).values(stopped=clock()))
    assert asked(ada)["devices"][0]["state"] == "stopped"
    assert device.keys.endpoint not in json.dumps(asked(ada))


def test_nobody_is_told_of_anybody_elses(post, ada, una):
    post.device(ada)
    post.remind(ada)
    told = asked(una)
    assert (told["reminders"], told["devices"]) == ([], [])


def test_it_costs_the_same_for_one_reminder_as_for_many(post, ada):
    post.device(ada)
    post.remind(ada)
    few = statements(lambda: asked(ada))
    for _ in range(9):
        post.remind(ada)
        post.device(ada)
    assert statements(lambda: asked(ada)) == few


@pytest.mark.parametrize(
    ("manners", "ahead"),
    [
        ({"paused": "until", "paused_until": ms(days=300)}, {"days": 300, "minutes": 1}),
        ({"paused": "until", "paused_until": 253402300799000}, None),
        ({"quiet_from": "20:00", "quiet_to": "08:00"}, None),
    ],
    ids=["a long pause", "a pause without an end", "quiet whenever it comes"],
)
def test_what_is_held_back_for_long_is_not_looked_through_day_by_day(post, ada, manners, ahead, monkeypatch):
    post.remind(ada)
    ada.sync(ada.edit("add", "setting", ada.space, **manners))
    looked = []
    real = outlook.next_due
    monkeypatch.setattr(outlook, "next_due", lambda *given: looked.append(given) or real(*given))
    assert one_of(ada)["next"] == (ms(**ahead) if ahead else None)
    assert len(looked) <= 8


def test_how_a_reminder_was_met_stands_in_what_its_person_takes_along(post, ada, clock):
    post.device(ada)
    one = post.remind(ada)
    clock.pass_by(minutes=1)
    post.tick()
    about = taken(ada)["person"]
    assert about["calendar"] is False
    assert about["reminders"] == [{"id": one, "unanswered": 1, "told": ms(minutes=1), "answered": None}]


def test_nothing_of_reminders_is_left_when_somebody_leaves(app, post, ada, clock):
    post.device(ada)
    one = post.remind(ada)
    ada.sync(
        ada.edit("add", "setting", ada.space, quiet_from="01:00", quiet_to="09:00"),
        ada.add("answer", reminder=one, choice="might"),
        ada.add("rest", day="2026-11-20"),
    )
    clock.pass_by(minutes=1)
    assert post.tick() == {"due": 1, "delivered": 1}
    tables = ("reminder", "manner", "told_day", "day_mark", "delivery", "subscription")
    assert counted(post, tables) == [1] * len(tables)
    assert ada.client.delete("/api/account").status_code == 200
    assert counted(post, tables) == [0] * len(tables)


def counted(post, tables):
    with post.write() as bound:
        return [bound.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in tables]


def test_an_answer_that_is_brought_in_points_to_its_reminder_under_its_new_id(ada):
    """A row of a ladder has the reminder's id here, so the reminder gets another one."""
    shared = new_id()
    ada.sync(ada.edit("add", "ladder", shared, new_id(), title="外へ", position="a0"))
    rows = [
        {"id": shared, "kind": "reminder", "fields": {"days": [0], "time": "08:00", "zone": "Asia/Tokyo"}},
        {"id": new_id(), "kind": "answer", "fields": {"reminder": shared, "choice": "later", "day": "2026-11-20"}},
    ]
    body = {"ippo": 1, "spaces": [{"id": new_id(), "kind": "private", "rows": rows}]}
    assert ada.client.post("/api/import", json=body).get_json() == {"added": 2, "refused": 0}
    brought = {row["kind"]: row for space in taken(ada)["spaces"] for row in space["rows"]}
    assert brought["answer"]["fields"]["reminder"] == brought["reminder"]["id"] != shared


def test_what_is_brought_in_reminds_like_what_was_made_here(post, ada, una, clock):
    post.remind(ada, cue="お茶をいれたら", date="2026-11-23", days=[])
    ada.sync(ada.edit("add", "setting", ada.space, ceiling=2, quiet_from="02:00", quiet_to="10:00"))
    post.device(una)
    una.client.post("/api/import", json=taken(ada))
    assert one_of(una)["next"] == ms(days=2, minutes=1)
    clock.pass_by(days=2, minutes=1)
    assert post.tick() == {"due": 2, "delivered": 1}  # Ada has no device
