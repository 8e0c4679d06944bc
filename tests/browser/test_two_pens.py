"""One ladder, two pens, two browsers: from the invitation to the end of the link, and no word is lost on the way.

The person's browser is a phone with a disk of its own, the therapist's a laptop that keeps nothing. Either may be
off the network; either may be the first to come back.
"""

import json
import re
import time
import uuid

import pytest
from playwright.sync_api import expect

from tests.browser.common import CONTROLLED, FIREFOX, FIREFOX_PREFS, until
from tests.browser.common import phone as phone_options
from tests.browser.device import Device, agree
from tests.browser.faraway import invited
from tests.browser.pair import Desk, stored

STEPS = ("カナリア一歩め", "カナリア二歩め", "カナリア三歩め")
CANARY = "カナリア"
EMPTY = {"local": {}, "session": {}, "cookie": "", "caches": [], "bases": [], "workers": []}
ADA, THEO = "Ada", "Theo"


@pytest.fixture
def couple(playwright, browser, open_chromium, server, watch):
    """couple("chromium" | "firefox") -> the person's phone, the therapist's desk; neither knows of the other yet."""
    opened = []

    def start(which):
        phone = Device(open_chromium, server)
        opened.append(phone.remove)
        laptop = browser
        if which == "firefox":
            options = {"channel": "moz-firefox", "executable_path": FIREFOX, "firefox_user_prefs": FIREFOX_PREFS}
            laptop = playwright.firefox.launch(timeout=60_000, **options)
            opened.append(laptop.close)
        context = watch(laptop.new_context(**phone_options("en", wide=True)))
        desk = Desk(context, server.port)
        opened.extend([desk.close, context.close])
        return phone, desk.begin(THEO)

    yield start
    for close in reversed(opened):
        close()


class Story:
    """What the two do, told in order."""

    def __init__(self, phone, desk):
        self.phone, self.desk = phone, desk
        self.ada, self.theo = phone.start().begins(ADA), desk.hand
        phone.ready()

    def writes_a_ladder(self):
        self.ada.makes_a_ladder()
        for title in STEPS:
            self.ada.writes_a_step(title)
        until(self.phone.page, CONTROLLED)
        agree(self.phone)
        rows = self.phone.held()["rows"]
        (ladder,) = [row for row in rows if row["kind"] == "ladder"]
        self.ladder, self.space = ladder["id"], ladder["space"]
        self.steps = {row["fields"]["title"]: row["id"] for row in rows if row["kind"] == "step"}

    def invites_and_says_yes(self, way="Sees it and proposes; you decide"):
        """The code is read out; nothing can be read before the yes."""
        code, page = invited(self.ada), self.desk.page
        page.goto(f"{self.desk.url}/therapist#/join")
        self.theo.sees("join")
        self.theo.write(page.locator("input[name=code]"), code.lower().replace("-", " "))
        self.theo.tap("Go on")
        self.theo.sees("join/:code")
        self.theo.page.get_by_label("Tuesday").first.check()
        self.theo.tap("Accept the invitation")
        self.theo.sees("")
        asking = self.phone.page.locator("a.card[href^='#/consent/']")
        expect(asking).to_contain_text(THEO)
        assert CANARY not in page.content()
        assert self.pull()["spaces"].keys() == {self.desk.me["space"]}
        self.consent = asking.get_attribute("href").rpartition("/")[2]
        self.ada.touch(asking)
        self.ada.sees("consent/:id")
        self.ada.choose(way)
        self.ada.choose("All but those I keep to myself")
        self.ada.choose("We may write to each other")
        self.ada.tap("Yes, read with me")
        expect(self.phone.page.get_by_role("heading", name=self.ada.say("End it"), exact=True)).to_be_visible()
        person = page.locator(f"a[href='#/person/{self.consent}']").first
        expect(person).to_be_visible()

    def both_open(self, title):
        """The same step on both screens."""
        step = self.steps[title]
        self.desk.goes(f"/person/{self.consent}/step/{step}", "person/:consent/step/:id")
        self.ada.goes(f"/step/{step}/edit")
        self.ada.sees("step/:id/edit")
        expect(self.desk.page.locator(".step-title")).to_have_text(title)

    def theo_rewords(self, words, sent="Propose it", told="Propose other words"):
        page = self.desk.page
        page.locator("details.more summary", has_text=self.theo.say(told)).click()
        self.theo.write(page.locator("textarea[name=title]"), words)
        page.get_by_role("button", name=self.theo.say(sent), exact=True).click()

    def ada_rewords(self, words):
        self.ada.write(self.phone.page.locator("textarea[name=title]"), words)
        self.ada.tap("Keep these words")
        self.ada.leaves("step/:id/edit")

    def back_online(self, order):
        """One after the other; the second only when the first has said all."""
        for who in order:
            place = self.phone if who == ADA else self.desk
            place.line.on()
            place.page.evaluate("dispatchEvent(new Event('online'))")
            self.arrived(place.page)

    @staticmethod
    def arrived(page):
        expect(page.locator(".chip")).to_have_count(0, timeout=30_000)

    def pull(self, *spaces):
        """What the house tells the therapist, of these spaces or of all."""
        asked = {"v": 1, "device": str(uuid.uuid4()), "zone": "Asia/Tokyo", "cursors": {}, "edits": []}
        return self.desk.ask("/api/sync", **asked, **({"spaces": list(spaces)} if spaces else {}))

    def both_are_equal(self):
        """The phone's disk and what the therapist is told: row for row, field for field."""
        end = time.monotonic() + 15
        while True:
            told = {row["id"]: row["fields"] for row in self.pull(self.space)["spaces"][self.space]["rows"]}
            held = {row["id"]: row["fields"] for row in self.phone.held()["rows"] if row["space"] == self.space}
            if told == held:
                return held
            assert time.monotonic() < end, {key: (held.get(key), told.get(key)) for key in held.keys() | told.keys()
                                            if held.get(key) != told.get(key)}  # fmt: skip
            self.phone.page.wait_for_timeout(150)

    def ada_ends_it(self):
        self.ada.goes(f"/consent/{self.consent}")
        self.ada.sees("consent/:id")
        self.ada.tap("End reading together now")
        self.ada.sees("consents")

    def desk_is_empty(self, patience):
        """Told in words, nothing of hers on the screen, nothing in the browser. Returns the seconds it took."""
        began = time.monotonic()
        told = self.theo.say("{name} has closed this page", name=ADA)
        expect(self.desk.page.get_by_role("heading", name=told)).to_be_visible(timeout=patience * 1000)
        took = time.monotonic() - began
        main = self.desk.page.locator("main").inner_text()
        for title in STEPS:
            assert title not in main
        assert self.pull()["spaces"].keys() == {self.desk.me["space"]}
        self.keeps_nothing()
        return took

    def keeps_nothing(self):
        kept = stored(self.desk.page)
        assert CANARY not in kept
        assert json.loads(kept) == EMPTY


def tell(story, order):
    """The whole of it, once."""
    story.writes_a_ladder()
    story.invites_and_says_yes()
    story.keeps_nothing()
    words_meet(story, order)
    story.ada.goes(f"/ladder/{story.ladder}")
    taken_with_both_names(story)
    together(story)
    ends_while_the_desk_is_away(story)
    story.invites_and_says_yes("Sees it and writes on it")
    ends_while_it_is_read(story)


def words_meet(story, order):
    """Both are off the network and reword one step; they come back in this order."""
    story.both_open(STEPS[0])
    story.desk.line.off()
    story.phone.line.off()
    story.theo_rewords("カナリア テオの言葉")
    expect(story.desk.page.locator(".beside-state")).to_have_text(story.theo.say("not sent yet"))
    story.ada_rewords("カナリア エイダの言葉")
    story.back_online(order)
    held = story.both_are_equal()
    step = story.steps[STEPS[0]]
    assert held[step]["title"] == "カナリア エイダの言葉"
    offered = [row for row in held.values() if row.get("target") == step and row.get("field") == "title"]
    assert [(row["value"], row["state"]) for row in offered] == [("カナリア テオの言葉", "open")]
    expect(story.desk.page.locator(".step-title")).to_have_text("カナリア エイダの言葉")
    expect(story.desk.page.locator(".beside-card")).to_contain_text("カナリア テオの言葉")


def taken_with_both_names(story):
    """She takes his words for it; the history says whose they were, and hers can be brought back."""
    ada = story.ada
    ada.touch(story.phone.page.locator(".small-banner"))
    ada.sees("ladder/:id/proposals")
    card = story.phone.page.locator(".proposal")
    expect(card).to_contain_text("カナリア エイダの言葉")
    expect(card).to_contain_text("カナリア テオの言葉")
    ada.tap("Take it")
    expect(card).to_have_count(0)
    expect(story.desk.page.locator(".step-title")).to_have_text("カナリア テオの言葉")
    expect(story.desk.page.locator(".beside-card")).to_have_count(0)
    ada.goes(f"/step/{story.steps[STEPS[0]]}/changes")
    ada.sees("step/:id/changes")
    newest = story.phone.page.locator(".change").first
    expect(newest).to_contain_text(re.compile(THEO))
    expect(newest).to_contain_text("カナリア エイダの言葉")


def together(story):
    """She opens it for a call: what he writes stands at once, each sees where the other is; one tap, and it is over."""
    ada, page = story.ada, story.phone.page
    ada.goes(f"/ladder/{story.ladder}")
    ada.sees("ladder/:id")
    ada.tap("Write together, in a call")
    ada.tap("Open it")
    step = story.steps[STEPS[1]]
    story.desk.goes(f"/person/{story.consent}/step/{step}", "person/:consent/step/:id")
    expect(story.desk.page.locator("#together")).to_be_visible(timeout=5_000)
    expect(page.locator(f"#rung-{step} .here")).to_be_visible()
    ada.goes(f"/step/{step}")
    ada.sees("step/:id")
    expect(story.desk.page.locator("#together .here")).to_contain_text(ADA)
    story.theo_rewords("カナリア ふたりの言葉", "Keep these words", "Change the words")
    expect(page.locator(".step-title")).to_have_text("カナリア ふたりの言葉")
    ada.goes(f"/ladder/{story.ladder}")
    ada.tap("End it now")
    expect(story.desk.page.locator("#together")).to_have_count(0)
    story.theo_rewords("カナリア あとの言葉")
    expect(story.desk.page.locator(".beside-card")).to_contain_text("カナリア あとの言葉")
    held = story.both_are_equal()
    assert held[step]["title"] == "カナリア ふたりの言葉"


def ends_while_the_desk_is_away(story):
    """He is off the network with words unsent; when he comes back they are told to him, and nothing else is there."""
    step = story.steps[STEPS[2]]
    story.desk.goes(f"/person/{story.consent}/step/{step}", "person/:consent/step/:id")
    expect(story.desk.page.locator(".step-title")).to_have_text(STEPS[2])
    story.desk.line.off()
    story.theo_rewords("トンネルの中の言葉")
    expect(story.desk.page.locator(".beside-state")).to_have_text(story.theo.say("not sent yet"))
    story.ada_ends_it()
    story.desk.line.on()
    story.desk.page.evaluate("dispatchEvent(new Event('online'))")
    expect(story.desk.page.locator(".kept-words")).to_have_text("トンネルの中の言葉")
    story.desk_is_empty(5)
    held = [row["fields"] for row in story.phone.held()["rows"]]
    assert "トンネルの中の言葉" not in json.dumps(held, ensure_ascii=False)


def ends_while_it_is_read(story):
    """He is reading, his stream is open: two seconds and a glance later the screen is empty."""
    path = f"/person/{story.consent}/ladder/{story.ladder}"
    story.desk.goes(path, "person/:consent/ladder/:id")
    expect(story.desk.page.locator(".rung")).to_have_count(3)
    story.ada_ends_it()
    assert story.desk_is_empty(4) <= 3


@pytest.mark.parametrize("order", [(ADA, THEO), (THEO, ADA)], ids="-".join)
def test_two_write_far_apart_and_no_word_is_lost(couple, order):
    tell(Story(*couple("chromium")), order)


@pytest.mark.nightly
@pytest.mark.parametrize("time_of_ten", range(10))
def test_ten_times_in_a_row(couple, time_of_ten):
    """Every other time the laptop has Firefox."""
    order = ((ADA, THEO), (THEO, ADA))[time_of_ten // 2 % 2]
    tell(Story(*couple(("chromium", "firefox")[time_of_ten % 2])), order)
