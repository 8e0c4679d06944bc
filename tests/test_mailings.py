"""Mailings: what is told goes to the mailbox, too: once for the eyes, decided at the last moment, in nobody's way."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from exposure import create_app, mailboxes
from exposure.clock import Clock
from exposure.db import connection, db, writing
from exposure.mail import Mail
from exposure.mailboxes import Mailbox
from exposure.mailings import LEASE, Mailing, claim
from exposure.people import Person
from exposure.postman import Postman
from exposure.reminders import Reminder
from tests.conftest import enter
from tests.dispatching import Post, done, rest_today
from tests.mail_server import MailServer, Mute
from tests.push_service import PushService
from tests.test_mail import ADA

FROM = "care@ippo.example"


@pytest.fixture
def server():
    with MailServer() as made:
        yield made


@pytest.fixture
def app(settings, clock, server):
    made = create_app(replace(settings, smtp=f"smtp://127.0.0.1:{server.port}", mail_from=FROM), now=clock)
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def post(app, clock):
    service = PushService()
    made = Post(app, service, clock)
    yield made
    made.dispatch.close()
    service.close()


def box(post, actor, address=ADA, *, confirmed=True):
    """A mailbox of this person's, as the routes make it."""
    with post.write() as bound:
        vault, key = post.app.extensions["ippo"].vault, post.key(bound, actor)
        at = post.clock()
        mailboxes.keep(bound, vault, key, person_id=actor.person, address=address, code="123456", now=at)
        assert not confirmed or mailboxes.confirm(bound, vault, actor.person, "123456", at)


def walk(post, mail=None):
    """One walk of the postman; only what happened is told."""
    house = post.app.extensions["ippo"]
    postman = Postman(mail or Mail.of(house.settings), house.vault, "https://ippo.example", post.clock)
    return {name: n for name, n in Clock(post.app, post.dispatch, postman).walk().items() if n}


def due(post, clock, **passes):
    clock.pass_by(**(passes or {"minutes": 1}))
    post.tick()


def mailings(post):
    with post.app.app_context():
        return list(connection().execute(select(Mailing.__table__).order_by(Mailing.occurrence)))


def states(post):
    return sorted(row.state for row in mailings(post))


def state_of(post, actor):
    with post.app.app_context():
        return mailboxes.told(connection(), post.key(connection(), actor), actor.person)["state"]


# ---- the ordinary way


def test_a_reminder_goes_to_the_mailbox_beside_the_devices_and_counts_once(post, ada, una, clock, server):
    post.device(ada)
    box(post, ada)
    box(post, una, "una@mail.example")
    reminder = post.remind(ada, words="canary", neutral=False)
    due(post, clock)
    assert len(post.service.seen) == 1
    assert walk(post) == {"delivered": 1}
    assert walk(post) == {}
    (letter,) = server.seen
    assert (letter["To"], letter["Subject"]) == (ADA, "Ippo")
    assert f"https://ippo.example/app#/reminder/{reminder}/open" in letter.get_content()
    assert "canary" not in letter.as_string() + letter.get_content()
    assert states(post) == ["sent"]
    with post.app.app_context():
        assert connection().execute(select(Reminder.unanswered)).scalars().all() == [1]


def test_its_button_ends_the_mails_of_this_mailbox(post, ada, clock, server):
    box(post, ada)
    post.remind(ada)
    due(post, clock)
    walk(post)
    (letter,) = server.seen
    address = letter["List-Unsubscribe"].strip("<>").removeprefix("https://ippo.example")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    answer = post.app.test_client().post(
        address, data="List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 200
    due(post, clock, days=1)
    assert walk(post) == {}
    assert len(server.seen) == 1


def test_whoever_did_not_show_whose_mailbox_it_is_gets_no_mail(post, ada, clock, server):
    box(post, ada, confirmed=False)
    post.remind(ada)
    due(post, clock)
    assert walk(post) == {}
    assert mailings(post) == []


def test_a_mailbox_alone_fills_the_day_as_a_phone_does(post, ada, clock, server):
    box(post, ada)
    post.remind(ada)
    post.remind(ada)
    due(post, clock)
    assert walk(post) == {"delivered": 1}
    assert len(server.seen) == 1


# ---- decided at the last moment


@pytest.mark.parametrize("why", ["rests", "did it", "pauses", "switched it off", "took the mailbox away"])
def test_what_is_not_wanted_any_more_is_not_mailed(post, ada, clock, server, why):
    box(post, ada)
    reminder = post.remind(ada)
    due(post, clock)
    match why:
        case "rests":
            ada.sync(rest_today(ada, clock))
        case "did it":
            ada.sync(done(ada, clock))
        case "pauses":
            ada.sync(ada.edit("add", "setting", ada.space, paused="open"))
        case "switched it off":
            ada.sync(ada.change("reminder", reminder, on=False))
        case _:
            assert ada.client.delete("/api/mailbox").status_code == 200
    walk(post)
    assert server.seen == []
    assert states(post) == ["gone" if "mailbox" in why else "unwanted"]


def test_quiet_hours_hold_a_mail_back_and_their_end_lets_it_go(post, ada, clock, server):
    box(post, ada)
    post.remind(ada, window=240)
    due(post, clock)
    ada.sync(ada.edit("add", "setting", ada.space, quiet_from="21:00", quiet_to="22:00"))
    assert walk(post) == {"quiet": 1}
    clock.pass_by(minutes=50)
    assert walk(post) == {}
    clock.pass_by(minutes=10)
    assert walk(post) == {"delivered": 1}


def test_what_comes_after_its_window_is_not_mailed(post, ada, clock, server):
    box(post, ada)
    post.remind(ada, window=10)
    due(post, clock)
    clock.pass_by(minutes=10)
    assert walk(post) == {"late": 1}
    assert (server.seen, states(post)) == ([], ["late"])


# ---- trouble


def test_trouble_is_tried_again_inside_the_window(post, ada, clock, server):
    box(post, ada)
    post.remind(ada, window=60)
    due(post, clock)
    server.answer("450 4.2.1 busy")
    assert walk(post) == {"later": 1}
    assert walk(post) == {}
    clock.pass_by(seconds=61)
    assert walk(post) == {"delivered": 1}
    assert [row.tries for row in mailings(post)] == [2]


def test_a_mailbox_that_is_not_there_rests_after_three(post, ada, clock, server):
    box(post, ada)
    post.remind(ada)
    for day in range(3):
        server.answer("550 5.1.1 nobody of that name")
        due(post, clock, **({"minutes": 1} if day == 0 else {"days": 1}))
        assert walk(post) == {"refused": 1}
        assert state_of(post, ada) == ("on" if day < 2 else "stopped")
    due(post, clock, days=1)
    assert walk(post) == {}
    assert server.seen == []


def test_our_own_trouble_with_the_server_stops_nobodys_mailbox(post, ada, una, clock, server):
    for actor in (ada, una):
        box(post, actor)
        post.remind(actor, window=600)
    due(post, clock)
    mail = replace(Mail.of(post.app.extensions["ippo"].settings), user="ippo", password="another")
    for _ in range(4):
        assert walk(post, mail) == {"outage": 1}  # and the rest of the bag comes home untried
        clock.pass_by(minutes=9)
    assert (state_of(post, ada), state_of(post, una)) == ("on", "on")
    assert walk(post) == {"delivered": 2}


def test_a_server_that_hangs_is_asked_once_and_holds_no_push(post, ada, clock):
    """The postman stands before a server that says nothing; a push that falls due meanwhile goes at once."""
    mute = Mute()
    people = [ada, *(enter(post.app) for _ in range(3))]
    for actor in people:
        box(post, actor)
        post.remind(actor, window=600)
    due(post, clock)
    mail = Mail("smtp", "127.0.0.1", mute.port, FROM, "ippo.example", seconds=3.0)
    counts = {}
    walking = threading.Thread(target=lambda: counts.update(walk(post, mail)))
    walking.start()
    late = enter(post.app)
    post.device(late)
    post.remind(late)
    clock.pass_by(minutes=1)
    assert post.tick()["delivered"] == 1
    assert walking.is_alive()
    walking.join(30)
    assert counts == {"later": 1}
    assert mute.connections == 1
    mute.close()
    clock.pass_by(minutes=2)
    assert walk(post)["delivered"] == len(people)


# ---- two clocks


def test_two_clocks_mail_each_once_and_what_a_dead_one_held_comes_under_the_same_name(post, ada, una, clock, server):
    for actor in (ada, una):
        box(post, actor)
        post.remind(actor, window=600)
    due(post, clock)
    with post.write() as bound:
        held = claim(bound, clock())
        assert claim(bound, clock()) == []
    assert len(held) == 2
    assert walk(post) == {}
    clock.at += LEASE
    assert walk(post) == {"delivered": 2}
    assert {letter["Message-ID"] for letter in server.seen} == {f"<{each.id}@ippo.example>" for each in held}


def test_a_clock_set_back_mails_nothing_again(post, ada, clock, server):
    box(post, ada)
    post.remind(ada)
    due(post, clock)
    walk(post)
    clock.pass_by(minutes=-30)
    post.tick()
    due(post, clock, minutes=31)
    assert walk(post) == {}
    assert len(server.seen) == 1


def test_what_is_long_past_is_let_go(post, ada, clock, server):
    box(post, ada)
    reminder = post.remind(ada)
    due(post, clock)
    walk(post)
    ada.sync(ada.change("reminder", reminder, on=False))
    clock.pass_by(days=90)
    post.tick()
    assert mailings(post) == []


def test_a_key_that_opens_nothing_ends_one_mailing_and_no_round(post, ada, una, clock, server):
    for actor in (ada, una):
        box(post, actor, f"{actor.person}@mail.example")
        post.remind(actor)
    due(post, clock)
    with post.app.app_context(), writing() as bound:
        bound.execute(update(Mailbox).where(Mailbox.person_id == ada.person).values(sealed=b"\x01broken"))
    assert walk(post) == {"refused": 1, "delivered": 1}
    with post.app.app_context():
        assert connection().execute(select(Person.id)).first() is not None
    assert [letter["To"] for letter in server.seen] == [f"{una.person}@mail.example"]


def test_a_round_is_over_at_once_where_the_window_closes_on_the_way(post, ada, clock, server):
    box(post, ada)
    post.remind(ada, window=5)
    due(post, clock)
    server.answer("450 4.2.1 busy")
    clock.pass_by(minutes=4, seconds=30)
    assert walk(post) == {"later": 1}
    assert states(post) == ["late"]
    clock.pass_by(minutes=10)
    assert walk(post) == {}
    assert timedelta(minutes=5) < LEASE
