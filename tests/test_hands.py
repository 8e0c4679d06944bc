"""Hands: every piece of work comes back once, more hands come only where waiting is all there is to do."""

import threading

import pytest

from exposure import hands
from exposure.hands import FIRST, Hands


def all_of(those, count):
    found = []
    while len(found) < count:
        found += those.take(5.0)
    return found


def test_every_piece_comes_back_once_with_what_became_of_it():
    those = Hands(lambda number: number * 2, 64)
    those.give(range(1000))
    assert sorted(all_of(those, 1000)) == [(number, number * 2) for number in range(1000)]
    assert (those.out, those.take(0.0)) == (0, [])
    assert those.count == FIRST
    those.close()


def test_few_pieces_want_few_hands():
    those = Hands(str, 64)
    those.give([1, 2])
    assert len(all_of(those, 2)) == 2
    assert those.count == 2
    those.close()


def test_what_the_work_raises_is_raised_where_it_is_taken():
    those = Hands(lambda number: 1 // number, 4)
    those.give([0])
    with pytest.raises(ZeroDivisionError):
        those.take(5.0)
    those.give([1])  # and the hand lives on
    assert those.take(5.0) == [(1, 1)]
    those.close()


def test_hands_that_only_wait_become_more_up_to_the_most(monkeypatch):
    monkeypatch.setattr(hands, "LOOK", 0.0)
    free = threading.Event()
    those = Hands(lambda _: free.wait(10), 40)
    those.give(range(100))
    counts = []
    for _ in range(200):
        those.look()
        counts.append(those.count)
        if those.count == 40:
            break
        threading.Event().wait(0.01)  # time in which nobody is busy
    free.set()
    assert counts[-1] == 40
    assert len(all_of(those, 100)) == 100
    those.close()


def test_hands_that_are_not_needed_go_home_but_for_the_first(monkeypatch):
    monkeypatch.setattr(hands, "IDLE", 0.05)
    monkeypatch.setattr(hands, "LOOK", 0.0)
    free = threading.Event()
    those = Hands(lambda _: free.wait(10), 40)
    those.give(range(100))
    while those.count < 40:
        those.look()
        threading.Event().wait(0.01)
    free.set()
    all_of(those, 100)
    for _ in range(500):
        if those.count == FIRST:
            break
        threading.Event().wait(0.01)
    assert those.count == FIRST
    those.close()
