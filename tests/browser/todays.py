"""What belongs to the day, to be looked at (see shots.py): another one for today, too much, a question of the month."""

from tests.browser.life import send


def screens(life):
    """As the day begins."""
    step = life.steps[1]
    return {
        "home-surprised": ("/", lambda hand: hand.tap("Surprise me gently")),
        "too-much": (f"/toomuch?step={step}", nothing),
        "too-much-pausing": (f"/toomuch?step={step}", pausing),
        "check-in-harder": ("/checkin/harder", lambda hand: hand.choose("A little")),
        "check-in-days": ("/checkin/days", rated),
        "check-in": ("/checkin", answered),
    }


def later(life):
    """Once the day is a day of not doing."""
    return {
        "too-much-resting": (f"/toomuch?step={life.steps[1]}", nothing),
        "attempt-ready": ("/", lambda hand: ready(hand, life)),
    }


def nothing(_hand):
    """As it is."""


def pausing(hand):
    """For how long?"""
    hand.tap("Let the reminders rest")
    hand.page.locator(".pause").scroll_into_view_if_needed()


def rated(hand):
    """Two numbers, and the picture they make."""
    hand.rate("ease", 70)
    hand.rate("direction", 30)
    hand.page.evaluate("scrollTo(0, 0)")


def answered(hand):
    """Both questions answered: the words and numbers chosen before are still there."""
    for about in ("days", "harder"):
        hand.goes(f"/checkin/{about}")
        hand.sees("checkin/:about").tap("Keep it")
        hand.leaves("checkin/:about")
    hand.page.locator(".answers-before > li").nth(1).wait_for()


def ready(hand, life):
    """A step that is well known by now."""
    life.edits.clear()
    for back in (3, 2, 0):
        life.attempt(3, back, "did", before=25, guess=life.words["guess"], happened="bearable")
    send(hand.page, life)
    hand.goes(f"/attempt/{life.kept[-1]}")
    hand.page.locator(".ready").scroll_into_view_if_needed()
