"""Postman: a mail server in a bad mood, two clocks, a clock of its own process: nothing lost, nobody held up."""

# ruff: noqa: F811 - fixtures come in by import and are asked for by name

import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, select, update

from exposure import mailboxes, migrate
from exposure.app import create_app
from exposure.config import Settings
from exposure.db import connection, db, writing
from exposure.mail import Mail
from exposure.mailboxes import Mailbox
from exposure.mailings import LEASE, Mailing, claim
from exposure.people import Person
from tests.conftest import MASTER, enter, new_id
from tests.dispatching import post_office  # noqa: F401 - a fixture
from tests.mail_server import MailServer, Mute
from tests.mailing import FROM, app, box, due, mailings, server, state_of, states, walk  # noqa: F401 - fixtures
from tests.processes import bare_environment
from tests.test_mail import ADA

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
    assert len(mailings(post)) == 1, "a clock that leapt lets go of nothing yet"
    clock.pass_by(days=1)
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


# ---- a clock in a process of its own


class House:
    """One person with a mailbox and a mail that is due now, in a folder; `exposure clock` on it."""

    def __init__(self, data, port):
        self.app = create_app(Settings(data=data, master_key=MASTER))
        migrate.to_present(self.app)
        ada, now = enter(self.app), datetime.now(UTC)
        reminder = ada.add("reminder", days=[0], time="12:00", zone="Asia/Tokyo", on=True)
        ada.sync(reminder)
        vault = self.app.extensions["ippo"].vault
        with self.app.app_context(), writing() as bound:
            wrapped = bound.execute(select(Person.key_wrapped)).scalar_one()
            key = vault.opener(ada.person, wrapped)
            mailboxes.keep(bound, vault, key, person_id=ada.person, address=ADA, code="123456", now=now)
            assert mailboxes.confirm(bound, vault, ada.person, "123456", now)
            box = bound.execute(select(Mailbox.id)).scalar_one()
            due = {"due": now, "until": now + timedelta(hours=1), "occurrence": now, "state": "open", "tries": 0}
            names = {"id": new_id(), "person_id": ada.person, "reminder_id": reminder["target"], "mailbox_id": box}
            bound.execute(insert(Mailing).values(**names, **due, lease=None, again=False))
        with self.app.app_context():
            db.engine.dispose()
        told = {"IPPO_SMTP": f"smtp://127.0.0.1:{port}", "IPPO_MAIL_FROM": FROM, "IPPO_MASTER_KEY": MASTER}
        command = [sys.executable, "-m", "exposure.cli", "clock", "--data", str(data)]
        self.clock = subprocess.Popen(command, env=bare_environment(**told), stderr=subprocess.PIPE, text=True)

    def ends(self):
        """SIGTERM; the seconds it takes."""
        began = time.monotonic()
        self.clock.send_signal(signal.SIGTERM)
        said = self.clock.communicate(timeout=20)[1]
        assert self.clock.returncode == 0, said
        return time.monotonic() - began, said


def until(holds):
    deadline = time.monotonic() + 40
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_clock_of_the_house_mails_and_tells_nobody_to_whom(data):
    with MailServer() as server:
        house = House(data, server.port)
        until(lambda: server.seen)
        _, said = house.ends()
    assert "mail: delivered 1" in said
    assert ADA not in said


def test_a_clock_ends_in_time_while_its_mail_server_hangs(data):
    mute = Mute()
    house = House(data, mute.port)
    until(lambda: mute.connections)
    seconds, _ = house.ends()
    mute.close()
    assert seconds < 5  # the promise of design 6: nothing waits for a mail server
    with house.app.app_context():
        assert [row.state for row in connection().execute(select(Mailing.state))] == ["open"]
        db.engine.dispose()
