"""Mailings: what is told goes to the mailbox, too: once for the eyes, and decided at the last moment."""

# ruff: noqa: F811 - fixtures come in by import and are asked for by name

import pytest
from sqlalchemy import select

from exposure.db import connection
from exposure.reminders import Reminder
from tests.dispatching import (
    done,
    post_office,  # noqa: F401 - a fixture
    rest_today,
)
from tests.mailing import app, box, due, mailings, server, states, walk  # noqa: F401 - some are fixtures
from tests.test_mail import ADA

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


def test_an_address_from_before_that_would_write_headers_is_written_to_no_more(post, ada, una, clock, server):
    box(post, ada, "=?utf-8?q?a=0D=0ABcc=3Av?=@mail.example")
    box(post, una, "una@mail.example")
    post.remind(ada)
    post.remind(una)
    due(post, clock)
    assert walk(post) == {"delivered": 1, "refused": 1}
    assert [to for _, (to,) in server.envelopes] == ["una@mail.example"]
