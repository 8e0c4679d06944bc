"""Holds: how long nobody waits for a push service that hangs, asks for rest, or refuses our signature."""

from datetime import timedelta

from exposure.holds import Holds, Signature
from exposure.push import Outcome


def test_a_hold_ends_by_itself_and_never_lasts_longer_than_a_minute():
    holds = Holds()
    holds.hear("a", Outcome("later", "429", asked=True), 3600.0, 100.0)
    holds.hear("b", Outcome("later", "TimeoutError"), 5.0, 100.0)
    holds.hear("c", Outcome("later", "503"), 5.0, 100.0)
    assert [holds.left(host, 100.0) for host in "abcd"] == [60.0, 30.0, 0.0, 0.0]
    assert holds.left("a", 160.0) == 0.0


def test_names_that_are_free_again_are_forgotten_when_there_are_many():
    holds = Holds()
    for number in range(2 * Holds.MOST):
        holds.hear(f"n{number}", Outcome("later", "429", asked=True), 10.0, float(number))
    assert len(holds._until) <= Holds.MOST
    assert holds.left(f"n{2 * Holds.MOST - 1}", 2.0 * Holds.MOST) > 0


def test_one_refused_device_among_many_is_no_outage():
    signature = Signature()
    for number in range(100):
        signature.hear(Outcome("outage" if number % 6 == 0 else "delivered", ""), float(number), f"p{number}")
    assert not signature.is_out(100.0)


def test_an_outage_is_tried_again_after_a_minute():
    signature = Signature()
    for number in range(5):
        signature.hear(Outcome("outage", "403"), float(number), f"p{number}")
    assert signature.is_out(5.0)
    assert not signature.is_out(5.0 + timedelta(minutes=1).total_seconds())


def test_one_person_has_one_voice_however_many_devices_refuse():
    signature = Signature()
    for number in range(200):
        signature.hear(Outcome("outage", "403"), float(number), "eve")
    assert not signature.is_out(200.0)
    for number in range(4):
        signature.hear(Outcome("outage", "403"), 200.0, f"p{number}")
    assert signature.is_out(200.0)


def test_a_voice_is_heard_again_when_its_last_word_is_old():
    signature = Signature()
    for number in range(5):
        signature.hear(Outcome("outage", "403"), 301.0 * number, "eve")
    for number in range(3):
        signature.hear(Outcome("outage", "403"), 1204.0, f"p{number}")
    assert not signature.is_out(1204.0)
    signature.hear(Outcome("outage", "403"), 1204.0, "p3")
    assert signature.is_out(1204.0)
