"""What the app says of reminders inside: the one question about what nobody answered (R-5), another clock, where they
arrive. All of it can be answered without a network."""

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect
from sqlalchemy import select, update

from exposure.db import connection, writing
from exposure.reminders import Reminder
from tests.browser.common import OPENED, until
from tests.browser.hand import Hand
from tests.browser.saturday import SATURDAY

STEP = "カーテンを開けてみる"
TOLD = datetime(2026, 11, 20, tzinfo=UTC)
HOUR = 3_600_000
# Half a day away, so that whatever the hour of this run, its own hour is not what home speaks of.
FAR = "new Date(Date.now() + 43_200_000).toTimeString().slice(0, 2) + ':00'"
HEARD = """([person, many]) => new Promise((done) => { const asked = indexedDB.open('ippo-' + person);
  asked.onsuccess = async () => { const { reach } = Object.fromEntries((await OPENED(asked.result, 'meta'))[0]);
    asked.result.close(); done(reach?.reminders[0]?.unanswered === many); }; })""".replace("OPENED", OPENED)
ME = "fetch('/api/me').then((r) => r.json()).then((me) => me.person)"


class House:
    """A person with one step and one reminder, and the account behind them within reach."""

    def __init__(self, server, hand):
        self.server, self.hand, self.page = server, hand, hand.page
        self.hand.set_up(STEP).goes("/reminder/new")
        self.time = self.page.evaluate(FAR)
        self.hand.write(self.page.locator("input[name=time]"), self.time)
        self.hand.tap("Keep this reminder")
        self.hand.sees("reminders")
        until(self.page, "fetch('/api/reminders').then((r) => r.json()).then((told) => told.reminders.length === 1)")
        self.person = self.page.evaluate(ME)

    def row(self):
        with self.server.app.app_context():
            return connection().execute(select(Reminder.__table__)).one()

    def unanswered(self, many):
        """So many were told and nobody answered; the phone hears of it, and home is entered."""
        with self.server.app.app_context(), writing() as bound:
            told = "".join(f"{int(TOLD.timestamp() * 1000) + n} " for n in range(many))
            silent = {"due": None, "until": None, "day": None} if many >= 7 else {}
            bound.execute(update(Reminder).values(unanswered=many, tellings=told, told=TOLD, **silent))
        self.page.reload()
        until(self.page, HEARD, argument=[self.person, many])
        self.opens()

    def opens(self, path="/"):
        """Something else first, so that it is entered."""
        self.hand.goes("/settings")
        self.hand.sees("settings").goes(path)
        self.hand.sees(path[1:])


@pytest.fixture
def house(in_thread, open_phone):
    server = in_thread()
    page = open_phone(url=server.url, path="/healthz")
    page.clock.install()
    page.goto(server.url + "/app")
    return House(server, Hand(page))


def waits(house, true):
    """Until the account's side of the reminder is as it should be."""
    until(house.page, "fetch('/healthz').then((r) => r.ok)")
    end = time.time() + 10
    while not true(house.row()):
        assert time.time() < end, house.row()
        time.sleep(0.05)


def test_home_asks_what_is_wished_of_a_reminder_nobody_answers_and_any_answer_is_kept_offline(house):
    card = house.page.locator(".question")
    house.unanswered(2)
    expect(card).to_have_count(0)
    house.unanswered(3)
    expect(card).to_be_visible()
    answers = card.locator("button").all()
    assert len(answers) == 4
    assert len({(box["width"], box["height"]) for box in (one.bounding_box() for one in answers)}) == 1
    house.page.context.set_offline(True)
    house.hand.tap("As it is")
    expect(card).to_have_count(0)
    house.opens()
    expect(card).to_have_count(0)
    house.page.context.set_offline(False)
    waits(house, lambda row: row.unanswered == 0)


def test_it_asks_once_and_then_waits_with_the_reminder(house):
    card = house.page.locator(".question")
    house.unanswered(4)
    expect(card).to_be_visible()
    house.page.clock.fast_forward(23 * HOUR)
    house.opens()
    expect(card).to_be_visible()
    house.page.clock.fast_forward(2 * HOUR)
    house.opens()
    expect(card).to_have_count(0)
    house.opens("/reminders")
    expect(card).to_be_visible()
    house.hand.tap("Let it rest")
    expect(card).to_have_count(0)
    waits(house, lambda row: row.unanswered == 0 and row.due is None)


def test_what_fell_silent_says_so_and_begins_again_with_one_touch(house):
    house.unanswered(7)
    house.hand.reads(house.hand.say("This reminder has become silent"))
    house.hand.tap("Begin again")
    expect(house.page.locator(".question")).to_have_count(0)
    waits(house, lambda row: row.unanswered == 0 and row.due is not None)


def arrived(page):
    """The same person on a phone that begins empty."""
    return Hand(page).sees("")


def test_away_from_home_the_app_asks_before_it_moves_anything_and_once(house, open_phone):
    kept = house.page.context.storage_state()
    there = "Europe/London"
    page = open_phone(url=house.server.url, path="/app", timezone_id=there, storage_state=kept)
    hand, card = arrived(page), page.locator(".travel")
    today = datetime.now(ZoneInfo("Asia/Tokyo"))
    here = today.replace(hour=int(house.time[:2]), minute=0).astimezone(ZoneInfo(there))
    expect(card).to_contain_text(f"{here.hour}:{here:%M}")
    one, other = (button.bounding_box() for button in card.locator("button").all())
    assert (abs(one["width"] - other["width"]) < 2, one["height"]) == (True, other["height"])
    page.context.set_offline(True)
    hand.tap("Leave them")
    expect(card).to_have_count(0)
    page.context.set_offline(False)
    hand.goes("/reminders")
    hand.sees("reminders")
    expect(card).to_have_count(0)
    assert house.row().zone == "Asia/Tokyo"
    # A third place is another question, and there they come along.
    page = open_phone(url=house.server.url, path="/app", timezone_id="America/New_York", storage_state=kept)
    arrived(page).tap("{time} on the clock here", time=house.time.removeprefix("0"))
    expect(page.locator(".travel")).to_have_count(0)
    waits(house, lambda row: row.zone == "America/New_York")
    assert house.row().due.astimezone(ZoneInfo("America/New_York")).hour == int(house.time[:2])


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_all_answers_to_later_weigh_the_same_also_in_large_letters(settled, lang):
    """Where one of them takes two lines (rule R-4)."""
    hand = settled(STEP, lang=lang, at=SATURDAY)
    hand.goes("/reminder/new")
    hand.tap("Keep this reminder")
    hand.sees("reminders")
    address = hand.page.locator("a[href^='#/reminder/']:not([href$='new'])").first.get_attribute("href")
    hand.goes(f"{address.removeprefix('#')}/open?later")
    answers = hand.page.locator(".answers .choice")
    expect(answers).to_have_count(4)
    hand.page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    heights = answers.evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().height)")
    assert heights == pytest.approx([heights[0]] * 4, abs=0.5)
