"""What the tests of mails share: a house with a mail server of its own, people with a mailbox, a postman who walks."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from exposure import mailboxes
from exposure.app import create_app
from exposure.clock import Clock
from exposure.db import connection, db
from exposure.mail import Mail
from exposure.mailings import Mailing
from exposure.postman import Postman
from tests.mail_server import MailServer
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
