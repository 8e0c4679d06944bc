"""The screens of reminders that come, go rare, fall silent or travel, to be looked at (see shots.py)."""

from datetime import datetime
from zoneinfo import ZoneInfo

from tests.browser.common import OPENED, until
from tests.browser.life import SEND, new

DAY = 86_400_000


def screens(life):
    """A name, the address inside the app, and what to do there before looking."""
    opened = f"/reminder/{life.reminder}/open"
    return {
        "home-due": ("/", lambda hand: due(hand, life)),
        "reminder-later": (f"{opened}?later", lambda _hand: None),
        "reminders-travelled": ("/reminders", lambda hand: travelled(hand, life)),
        "home-question": ("/reach", lambda hand: goes(hand, life, rarer=True)),
        "reminders-silent": ("/reach", lambda hand: goes(hand, life, silent=True, then="/reminders")),
        "reach": ("/reach", lambda hand: goes(hand, life, then="/reach")),
        "install-iphone": ("/install", an_iphone),
    }


def change(hand, life, **fields):
    """The reminder of this life becomes so."""
    edit = {"id": new(), "space": life.me["space"], "kind": "reminder", "target": life.reminder, "verb": "set"}
    asked = {
        "v": 1,
        "device": new(),
        "zone": life.zone,
        "cursors": {},
        "edits": [{**edit, "fields": fields, "at": life.now}],
    }
    [answer] = hand.page.evaluate(SEND, asked)["answers"]
    assert answer["outcome"] == "written"
    hand.page.evaluate("dispatchEvent(new Event('online'))")


def due(hand, life):
    """Its hour is now."""
    change(hand, life, days=list(range(7)), time=f"{datetime.now(ZoneInfo(life.zone)):%H:%M}")
    hand.page.locator("a.due").wait_for()


def goes(hand, life, *, then="/", **how):
    """What the account says of it, and of two devices."""
    change(hand, life, days=[0, 2, 4], time="15:30", zone=life.zone)
    one = {"id": life.reminder, "unanswered": 0, "rarer": False, "silent": False, "told": life.now, "next": None, **how}
    other = {"id": new(), "here": False, "delivered": life.now - 3 * DAY}
    devices = [
        {**other, "name": "iPhone · Safari", "state": "on"},
        {**other, "name": "Android · Chrome", "state": "stopped"},
        {**other, "here": True, "name": "", "state": "on", "delivered": life.now - DAY},
    ]
    told = {"reminders": [one], "devices": devices, "mail": None, "calendar": False}
    hand.page.route("**/api/reminders", lambda route: route.fulfill(json=told))
    for path in ("/settings", "/reach"):
        hand.goes(path)
        hand.sees(path[1:])
    until(hand.page, KNOWN, argument=[life.me["person"], life.reminder])
    hand.goes("/settings")
    hand.sees("settings")
    hand.goes(then)


KNOWN = """([person, id]) => new Promise((done) => { const asked = indexedDB.open('ippo-' + person);
  asked.onsuccess = async () => { const { reach } = Object.fromEntries((await OPENED(asked.result, 'meta'))[0]);
    asked.result.close(); done(reach?.reminders.some((it) => it.id === id)); }; })""".replace("OPENED", OPENED)


def travelled(hand, life):
    """It follows the clock of another place."""
    change(hand, life, zone="America/New_York" if life.zone != "America/New_York" else "Asia/Tokyo")
    hand.page.locator(".travel").wait_for()


def an_iphone(hand):
    """As Safari on an iPhone shows it."""
    hand.goes("/settings")
    hand.sees("settings")
    hand.page.evaluate(IPHONE)
    hand.goes("/install")
    hand.sees("install")
    hand.page.evaluate("addEventListener('hashchange', () => { delete navigator.userAgent; }, { once: true })")


IPHONE = """Object.defineProperty(navigator, 'userAgent', { configurable: true, value:
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 Version/18.4 Safari/604.1' })"""
