"""`make shots`: a picture of every screen, Japanese and English, light and dark, on a phone and on a laptop.

python -m tests.browser.shots [--only SCREEN] [--lang ja] [--look light] [--size phone]
"""

import argparse
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser import between, locking, nudged, seen, todays
from tests.browser.calm import Calm
from tests.browser.common import CHROMIUM, CHROMIUM_FLAGS, ROOT, phone, stand_in, until
from tests.browser.desktour import tour
from tests.browser.deskwalk import walk_desk
from tests.browser.faraway import reads_along
from tests.browser.hand import Hand
from tests.browser.life import live, send
from tests.browser.offered import called, offers
from tests.browser.servers import LiveServer

FOLDER = ROOT / "shots"


def screens(life):
    """Every screen of the app: a name, the address inside the app, and what to do there before looking."""
    ladder, step = f"/ladder/{life.ladder}", f"/step/{life.steps[2]}"
    return {
        "home": ("/", nothing),
        "home-choosing": ("/", lambda hand: hand.tap("Another one")),
        "ladders": ("/ladders", nothing),
        "ladder": (ladder, nothing),
        "ladder-arranging": (ladder, lambda hand: hand.tap("Change the order")),
        "ladder-writing": (ladder, lambda hand: hand.touch(hand.page.locator("#write-step"))),
        "ladder-edit": (f"{ladder}/edit", nothing),
        "library": (f"{ladder}/library", nothing),
        "step": (step, nothing),
        "step-split": (f"{step}/smaller", nothing),
        "step-another": (f"{step}/another", nothing),
        "step-turned": (f"{step}/another", turned),
        "step-one-less": (f"{step}/another", one_less),
        "step-edit": (f"/step/{life.steps[4]}/edit", nothing),
        "step-edit-body": (f"/step/{life.steps[4]}/edit", lambda hand: hand.choose("in the body")),
        "try-before": (f"/try/{life.steps[0]}", lambda hand: hand.rate("before", 45)),
        "attempt": (f"/attempt/{life.kept[0]}", nothing),
        "history": (f"/step/{life.steps[0]}/history", nothing),
        "rest": ("/rest", nothing),
        **todays.screens(life),
        "anchors": ("/anchors", nothing),
        "help": ("/help", nothing),
        "settings": ("/settings", nothing),
        "words": ("/words", nothing),
        "words-own": ("/words", lambda hand: hand.touch(hand.page.locator("label.choice").nth(3))),
        "account": ("/account", nothing),
        "devices": ("/devices", nothing),
        "signin": ("/signin", nothing),
        "waiting": ("/waiting", nothing),
        "reminders": ("/reminders", nothing),
        "reminder": (f"/reminder/{life.reminder}", nothing),
        **nudged.screens(life),
        "reminder-new": ("/reminder/new", nothing),
        "reminder-date": (f"/reminder/new?step={life.steps[1]}&in=7", nothing),
        "reminder-cue": (f"/reminder/new?step={life.steps[0]}&in=21", tied),
        "quiet": ("/reminders/quiet", lambda hand: hand.choose("These hours")),
        "reminder-quiet": (f"/reminder/{life.reminder}", crowded),
        "reminders-pausing": ("/reminders", lambda hand: hand.tap("Let all reminders rest for a while")),
        "reminders-paused": ("/reminders", paused),
        "reminder-open": (f"/reminder/{life.reminder}/open", nothing),
        "ways": ("/ways", there("#way-calendar")),
        "ways-address": ("/ways", addressed),
        "ways-mail": ("/ways", mailed("none")),
        "ways-mail-code": ("/ways", mailed("waiting")),
        "ways-mail-on": ("/ways", mailed("on")),
        "install": ("/install", nothing),
        "proposals": (f"{ladder}/proposals", nothing),
        "proposals-asking": (f"{ladder}/proposals", lambda hand: hand.tap("Ask about it")),
        "ladder-changes": (f"{ladder}/changes", there(".change")),
        "step-comments": (step, lambda hand: hand.touch(hand.page.locator(".comments summary"))),
        "ladder-calling": (ladder, lambda hand: called(hand, life)),
        "step-calling": (step, lambda hand: hand.page.locator("p.here").wait_for()),
        "consents": ("/consents", nothing),
        "consent-deciding": (f"/consent/{life.una.consent}", nothing),
        "consent": (f"/consent/{life.theo.consent}", nothing),
        "invite": ("/invite", invite),
        "visits": ("/visits", nothing),
        "messages": (f"/messages/{life.theo.consent}", nothing),
        "messages-worry": (f"/messages/{life.theo.consent}?worry=1", nothing),
        "reminder-idea": (f"/reminder/new?idea={life.idea}", nothing),
        **between.screens(life),
        "try-during": (f"/try/{life.steps[1]}", lambda hand: hand.tap("Begin")),
        "home-unfinished": ("/", nothing),
        "try-after": (f"/try/{life.steps[1]}", finish),
        "home-rested": ("/", lambda hand: hand.tap("Today is a day of not doing")),
        "attempt-visit": ("/", lambda hand: moved_on(hand, life)),
        **todays.later(life),
        **seen.screens(life),
        **locking.screens(),
    }


DOORS = {"landing": "/", "door-help": "/help", "privacy": "/privacy", "nothing-here": "/no-such-page"}


def nothing(_hand):
    """As it is."""


def there(what):
    """Wait until it has come."""
    return lambda hand: hand.page.locator(what).first.wait_for()


def addressed(hand):
    """Make a calendar address."""
    hand.tap("Make an address")
    hand.page.locator(".code.address").wait_for()


def mailed(state):
    """As it is in a house that sends mail."""
    told = {"reminders": [], "devices": [], "calendar": True, "mail": {"address": "ada@mail.example", "state": state}}

    def act(hand):
        leave = stand_in(hand.page, "**/api/reminders", lambda route: route.fulfill(json=told))
        hand.goes("/settings")
        hand.sees("settings").goes("/ways")
        hand.page.locator("#way-mail").wait_for()
        leave()

    return act


def turned(hand):
    """A dial of the step is touched, and one of its stops."""
    hand.touch(hand.page.locator(".dial-knob").nth(1))
    hand.touch(hand.page.locator(".stops label"))


def one_less(hand):
    """Somebody says that one less may be tried."""
    hand.touch(hand.page.locator(".dial-knob").nth(3))
    hand.tap("I might be ready for one less")


def invite(hand):
    """Make one and wait for it."""
    hand.tap("Make an invitation")
    hand.page.locator(".invite .code").wait_for()


def tied(hand):
    """A reminder tied to a moment of the day."""
    hand.touch(hand.page.locator(".cue summary"))
    hand.choose("I have brushed my teeth")
    hand.page.locator(".cue-whole").scroll_into_view_if_needed()


def crowded(hand):
    """What stands in its way: it lies in the hours somebody sleeps, who sleeps by day."""
    hand.goes("/reminders/quiet")
    hand.choose("These hours")
    hand.write(hand.page.locator("input[name=from]"), "06:00")
    hand.write(hand.page.locator("input[name=to]"), "16:00")
    hand.tap("Keep it")
    hand.sees("reminder/:id")
    hand.page.locator(".outlook").scroll_into_view_if_needed()


def paused(hand):
    """All of them rest for a week."""
    hand.tap("Let all reminders rest for a while")
    hand.tap("A week")
    hand.page.locator(".paused").wait_for()


def moved_on(hand, life):
    """The first time on a step above one that is well known: what came of it."""
    life.moves_on()
    send(hand.page, life)
    hand.goes(f"/attempt/{life.kept[-1]}")
    hand.page.locator(".visit").scroll_into_view_if_needed()


def finish(hand):
    """Say how it went, look, keep it."""
    hand.tap("Did it")
    hand.rate("after", 30)


def after(name, hand):
    """What must happen once the picture is taken, so that the next screen is as it is meant."""
    if name == "try-after":
        hand.tap("Keep it")
        hand.sees("attempt/:id")
    if name == "reminder-quiet":
        hand.goes("/reminders/quiet")
        hand.choose("I would not say")
        hand.tap("Keep it")
        hand.sees("reminder/:id")
    if name == "reminders-paused":
        hand.tap("Let them come again")
    locking.after(name, hand)


UNTOUCHED = (nothing, between.as_it_is, todays.nothing)


def walk(page: Page, lang: str, url: str):
    """Yields (name, page) for every screen, each settled and ready to be looked at."""
    calm = Calm(page)
    for name, path in DOORS.items():
        page.goto(url + path)
        calm.settle()
        yield name, page
    page.goto(url + "/app")
    hand = Hand(page, lang).sees("welcome")
    calm.settle()
    yield "welcome", page
    hand.begins()
    calm.settle()
    yield "first-ladder", page
    hand.goes("/")
    hand.sees("")
    calm.settle()
    yield "home-first", page
    life = live(page, lang)
    reads_along(page, lang, life)
    offers(lang, life)
    for name, (path, act) in screens(life).items():
        hand.goes("/settings")
        hand.sees("settings")
        hand.goes(path)
        until(page, "(path) => location.hash === '#' + path", argument=path)
        calm.settle()
        if act not in UNTOUCHED:
            act(hand)
            calm.settle()
        yield name, page
        after(name, hand)


def main() -> int:
    parser = argparse.ArgumentParser()
    for name in ("only", "lang", "look", "size"):
        parser.add_argument(f"--{name}")
    wanted = parser.parse_args()
    subprocess.run([sys.executable, "-P", "exposure/assets.py"], cwd=ROOT, check=True)
    server = LiveServer().start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
            for lang, look, size in variants(wanted):
                for way in (walk, tour, walk_desk):
                    context = browser.new_context(
                        **phone(lang, dark=look == "dark", wide=size == "wide"), reduced_motion="reduce"
                    )
                    shown = way(context.new_page(), lang, server.url)
                    take(shown, FOLDER / f"{lang}-{look}-{size}", wanted.only)
                    context.close()
    finally:
        server.remove()
    return 0


def variants(wanted):
    for lang in ("ja", "en"):
        for look in ("light", "dark"):
            for size in ("phone", "wide"):
                if {wanted.lang, wanted.look, wanted.size} <= {lang, look, size, None}:
                    yield lang, look, size


def take(screens, folder: Path, only):
    folder.mkdir(parents=True, exist_ok=True)
    for name, shown in screens:
        if not only or only in name:
            shown.screenshot(path=folder / f"{name}.png")
    print(folder)


if __name__ == "__main__":
    sys.exit(main())
