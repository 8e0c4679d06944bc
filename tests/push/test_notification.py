"""Notification: what a lock screen shows, in one payload of one size."""

import pytest

from exposure.notification import SIZE, TooLong, reminder, trial
from exposure.push import Message
from exposure.words import LANGUAGES
from tests.pushing import NOW


def test_nothing_on_the_lock_screen_tells_what_the_app_is_for():
    for language in LANGUAGES:
        text = reminder(language, "https://ippo.example", "0" * 36, 1).decode()
        words = text.lower()
        assert not [
            word
            for word in ("exposure", "anx", "fear", "ladder", "therap", "step", "不安", "階段", "練習")
            if word in words
        ]


def test_every_payload_has_one_size_whatever_it_says():
    long = "https://a-rather-long-name-of-a-house.example.org:8443"
    payloads = [
        reminder("ja", "https://ippo.example", "0" * 36, 1),
        reminder("en", long, "0" * 36, 1_795_000_000_000, "😀" * 80),
        reminder("ja", long, "0" * 36, 1_795_000_000_000, '"\\' * 40),
        trial("ja", "https://ippo.example"),
        trial("en", "https://ippo.example"),
    ]
    assert {len(payload) for payload in payloads} == {SIZE}


def test_a_house_with_an_endless_address_is_told_and_not_cut_off():
    with pytest.raises(TooLong):
        reminder("ja", "https://" + "a" * 900, "0" * 36, 1)


def test_one_payload_serves_safari_by_itself_and_the_worker(push, service):
    device = service.device()
    payload = reminder("en", "https://ippo.example", "ab" * 16, 5)
    push.send(device.keys, Message(payload, 60), NOW)
    shown = service.seen[0].opened
    assert service.seen[0].plain.startswith(b'{"web_push":8030,"notification":{')
    assert shown["navigate"] == f"https://ippo.example/app#/reminder/{'ab' * 16}/open"
    assert shown["tag"] == "r-abababab"
    assert [(action["action"], action["navigate"].partition("#")[2]) for action in shown["actions"]] == [
        ("later", f"/reminder/{'ab' * 16}/open?later"),
        ("nottoday", f"/reminder/{'ab' * 16}/open?nottoday"),
        ("start", f"/reminder/{'ab' * 16}/open?might"),
    ]
    assert shown["silent"] is False
    assert "app_badge" not in shown


def test_own_words_are_said_as_they_were_written():
    assert "窓をあけてみる".encode() in reminder("ja", "https://ippo.example", "0" * 36, 1, "窓をあけてみる")
