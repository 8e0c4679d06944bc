"""What leaves the house with a reminder, and what is said of it in the logs: nothing that anyone wrote.

The push service of the tests opens every payload of the whole run and looks at it when it closes (see lockscreen); here
a person has put a word nobody else knows into every text there is, and everything goes wrong that can.
"""

import logging
import os
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from exposure import notification
from exposure.kinds import KINDS
from exposure.words import LANGUAGES
from tests import lockscreen
from tests.conftest import enter, new_id
from tests.dispatching import Post
from tests.push_service import HANG, HOST, RESET_AFTER, RESET_BEFORE, Device, PushService, letters

ANSWERS = [201, 404, 410, 400, 413, 301, 403, 429, 500, RESET_BEFORE, RESET_AFTER, HANG]


def bird():
    return f"canary{new_id().replace('-', '')[:20]}"


@pytest.fixture
def post(app, clock):
    service = PushService()
    made = Post(app, service, clock, seconds=1)
    yield made
    made.dispatch.close()
    service.close()


def words_of(kind):
    """A canary in every free text of a kind."""
    return {name: bird() for name, fits in KINDS[kind].fields.items() if fits("canary of any words")}


def everything(post, actor, device):
    """A person with canaries everywhere, and a reminder of each sort: of a step, a ladder, today, one date."""
    space, ladder, step = new_id(), new_id(), new_id()
    post.subscribe(actor, device.keys)
    plain = {"position": "a0"}
    written = actor.sync(
        actor.edit("add", "setting", actor.space, **{**words_of("setting"), **plainly("setting"), "ceiling": 4}),
        actor.edit("add", "ladder", ladder, space, **words_of("ladder") | plain),
        actor.edit("add", "step", step, space, **words_of("step") | plain | {"ladder": ladder}),
    )
    assert [answer["outcome"] for answer in written["answers"]] == ["written"] * 3
    day = (post.clock() + timedelta(hours=9)).date().isoformat()
    for about in ({"step": step}, {"ladder": ladder}, {"date": day, "days": []}, {}):
        post.remind(actor, **{"words": bird(), "cue": bird(), "neutral": True} | about)
    return [step, ladder, space, actor.person, actor.space]


def plainly(kind):
    """Texts that are codes take no canary."""
    codes = {"setting": ("today_day", "country", "reminder_offer", "away_until")}
    return dict.fromkeys((name for name in codes.get(kind, ()) if name in KINDS[kind].fields), "")


def test_whatever_goes_wrong_nothing_that_anyone_wrote_is_sent_or_logged(post, app, clock, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    private = []
    for answer in ANSWERS:
        device = post.service.device(bird())
        post.service.answer(device, *[answer] * 4)
        private += everything(post, enter(app), device)
        private += [device.endpoint, letters(device.auth), letters(device.point)]
    hostile = Device(f"https://127.0.0.1/{bird()}", ec.generate_private_key(ec.SECP256R1()), os.urandom(16))
    private += everything(post, enter(app), hostile)
    caplog.clear()
    for _ in range(4):
        clock.pass_by(minutes=1)
        post.dispatch.close()
        post.dispatch = post.hands()
        post.tick()
    taken = [seen for seen in post.service.seen if seen.taken]
    assert len(taken) >= 4
    assert {len(seen.plain) for seen in taken} == {notification.SIZE}
    assert {len(seen.body) for seen in post.service.seen if seen.body} == {len(taken[0].body)}
    said = capfd.readouterr()
    logged = caplog.text + "".join(str(vars(record)) for record in ours(caplog.records)) + said.out + said.err
    assert "413" in logged
    assert lockscreen.CANARY.findall(logged.encode()) == []
    assert [each for each in private if each in logged] == []


def ours(records):
    """Records of the house: a library's may hold the objects it was called with, and is not set to say them."""
    return [record for record in records if record.name.startswith(("ippo", "exposure"))]


def test_headers_tell_nothing_but_what_is_needed(post, app, clock):
    for language in LANGUAGES:
        actor = enter(app)
        actor.client.put("/api/language", json={"language": language})
        post.device(actor)
        post.remind(actor, words=bird(), neutral=True)
    clock.pass_by(minutes=1)
    post.tick()
    names = {frozenset(seen.headers) for seen in post.service.seen}
    needed = {"host", "content-length", "content-encoding", "content-type", "authorization", "ttl", "urgency", "topic"}
    assert all(name <= needed for name in names)
    first, second = post.service.seen
    assert {**first.headers, "topic": "", "ttl": ""} == {**second.headers, "topic": "", "ttl": ""}
    assert first.headers["topic"] != second.headers["topic"]
    assert set(first.claims) == {"aud", "exp", "sub"}
    assert first.claims["aud"] == f"https://{HOST}"


@pytest.mark.parametrize("place", ["title", "body", "tag", "navigate", "data", "more"])
def test_the_look_finds_a_word_that_was_let_slip(place):
    plain = notification.reminder("ja", "https://ippo.example", new_id(), 1)
    assert lockscreen.look(plain, set()) == []
    word = "エレベーターに乗る"
    slips = {
        "title": (b'"Ippo"', f'"{word}"'),
        "body": (plain[plain.index(b'"body":"') + 8 :].partition(b'"')[0], word),
        "tag": (b'"tag":"r-', f'"tag":"{word}-'),
        "navigate": (b"/app#/reminder/", f"/app#/reminder/{word}/"),
        "data": (b'"data":{', f'"data":{{"step":"{word}",'),
        "more": (b'"lang"', f'"hint":"{word}","lang"'),
    }
    before, after = slips[place]
    slipped = plain.rstrip().replace(before, after.encode(), 1).ljust(notification.SIZE)
    assert lockscreen.look(slipped, set()) != []


def test_the_look_finds_another_size():
    plain = notification.reminder("ja", "https://ippo.example", new_id(), 1)
    assert lockscreen.look(plain.rstrip(), set()) != []
