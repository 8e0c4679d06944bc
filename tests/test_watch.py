"""Watch: whoever runs the house sees the clock, the queue and each push service, and nobody's words."""

import logging

import pytest

from exposure import watch
from exposure.clock import Clock
from exposure.config import PUSH_HOSTS
from exposure.db import connection
from exposure.endpoints import service_of
from tests.conftest import enter
from tests.dispatching import post_office  # noqa: F401 - a fixture
from tests.push_service import HOST


def seen(post):
    with post.app.app_context():
        return list(watch.lines(connection(), post.clock()))


def test_an_empty_house_says_so(post):
    assert seen(post) == ["clock     none was started yet", "queue     nothing waits", "later     0 reminders asleep"]


def test_what_is_due_is_told_with_the_age_of_the_oldest(post, ada, clock):
    post.device(ada)
    post.remind(ada)
    assert "later     1 reminder asleep" in seen(post)
    clock.pass_by(minutes=4)
    assert "queue     1 due, the oldest 3 minutes ago" in seen(post)


def test_each_push_service_is_told_by_the_name_on_the_list(post, app, ada, clock):
    for status in (201, 201, 410, 503, 400):
        actor = enter(app)
        device = post.device(actor)
        post.remind(actor, words="窓まで", neutral=False)
        post.service.answer(device, status)
    clock.pass_by(minutes=1)
    post.tick()
    clock.pass_by(hours=2)
    told = seen(post)
    assert told[-1] == (
        f"service   {HOST}: 2 taken, 1 later, 1 refused, 1 gone since yesterday; last taken 2 hours ago; "
        + told[-1].rpartition("; ")[2]
    )
    assert told[-1].rpartition("; ")[2] in ("last trouble 503 2 hours ago", "last trouble 400 2 hours ago")
    assert "clock     silent, last heard 2 hours ago" in told
    assert "窓" not in "".join(told)
    assert "/wpush/" not in "".join(told)
    clock.pass_by(days=2)
    assert not [line for line in seen(post) if line.startswith("service")]


def test_two_rounds_add_up(post, ada, clock):
    post.device(ada)
    post.remind(ada)
    clock.pass_by(minutes=1)
    post.tick()
    clock.pass_by(days=1)
    post.tick()
    assert seen(post)[-1].startswith(f"service   {HOST}: 2 taken, 0 later, 0 refused, 0 gone since yesterday")


@pytest.mark.parametrize(
    ("endpoint", "name"),
    [
        (f"https://{HOST}/wpush/v2/x", HOST),
        ("https://WEB.push.apple.com/Q", "push.apple.com"),
        ("https://anything.notify.windows.com:443/w", "notify.windows.com"),
        ("https://fcm.googleapis.com.evil.example/x", "elsewhere"),
        ("https://fcm.googleapis.com:8443/x", "elsewhere"),
        ("https://", "elsewhere"),
        ("not an address", "elsewhere"),
    ],
)
def test_a_service_has_the_name_on_the_list_or_none(endpoint, name):
    assert service_of(endpoint, PUSH_HOSTS) == name


def test_a_tick_that_did_something_leaves_one_line(post, ada, clock, caplog):
    caplog.set_level(logging.INFO, "ippo.clock")
    post.device(ada)
    post.remind(ada)
    Clock(post.app, post.dispatch).tick()
    assert caplog.messages == []
    clock.pass_by(minutes=1)
    Clock(post.app, post.dispatch).tick()
    (said,) = caplog.messages
    assert said.startswith("1 due: 1 delivered in ")
