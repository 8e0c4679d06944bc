"""Every screen of a person's page at the therapist's desk, with something to see on each: for pictures and for axe."""

import time
from urllib.parse import urlsplit

from tests.browser.calm import Calm
from tests.browser.common import phone
from tests.browser.deskside import SENT
from tests.browser.hand import Hand
from tests.browser.life import DAY, live, new
from tests.browser.pair import Desk, link, post

WORDS = {
    "ja": {
        "ada": "エイダ",
        "place": "池のある公園",
        "step": "となりの猫にあいさつする",
        "comment": "ゆっくりで大丈夫です。",
        "asked": "雨の日はどうでしょう",
        "hello": "はしごを読みました。ゆっくりいきましょう。",
        "worry": "明日、電話がかかってくるかもしれません。",
        "note": "公園の話から始めてみる",
        "idea": "窓を開けてみてもいい時間",
        "unsent": "まだ送っていない言葉",
        "page": "夕方、窓を開けた。となりの家のカレーのにおいがして、少しおなかがすいた。",
        "month": "夜はまだ長い。",
        "plan": {"signs": "昼と夜が入れかわる", "helps": "湯たんぽと、あたたかいお茶", "smaller": "カーテンだけでいい"},
    },
    "en": {
        "ada": "Ada",
        "place": "the park with the pond",
        "step": "Say hello to the cat next door",
        "comment": "There is no hurry with this one.",
        "asked": "What about rainy days?",
        "hello": "I have read your ladder. Let us go slowly.",
        "worry": "There may be a phone call tomorrow.",
        "note": "Perhaps begin with the park",
        "idea": "a good time to open the window",
        "unsent": "words that were not sent yet",
        "page": "I opened the window towards evening. It smelled of curry from next door, and I was a little hungry.",
        "month": "The nights are still long.",
        "plan": {"signs": "I sleep by day", "helps": "A hot-water bottle and warm tea", "smaller": "Only the curtain"},
    },
}


class Between:
    """Ada on her phone and Theo at his desk, with words of both."""

    def __init__(self, page, lang, url):
        self.words, self.url = WORDS[lang], url
        self.desk = Desk(page.context, urlsplit(url).port, lang).begin()
        wide = page.viewport_size["width"] > 600
        self.phone = page.context.browser.new_context(**phone(lang, wide=wide))
        self.ada = self.phone.new_page()
        self.ada.goto(url + "/app")
        Hand(self.ada, lang).begins(self.words["ada"])
        self.life = live(self.ada, lang)
        self.consent = link(self.phone, self.desk, url, {self.life.space: "propose"})
        self.path = f"/person/{self.consent['id']}"
        self.talk()

    def says(self, space, kind, row=None, verb="add", **fields):
        self.desk.ask(
            "/api/sync",
            v=1,
            device=new(),
            zone="Asia/Tokyo",
            cursors={},
            spaces=[space],
            edits=[self.edit(space, kind, row, verb, fields)],
        )

    def answers(self, space, kind, row=None, verb="add", **fields):
        self.ada.evaluate(SENT, [self.edit(space, kind, row, verb, fields)])

    def edit(self, space, kind, row, verb, fields):
        whole = {"id": new(), "space": space, "kind": kind, "target": row or new(), "verb": verb, "fields": fields}
        return {**whole, "at": int(time.time() * 1000), "base": {}}

    def talk(self):
        life, words, now = self.life, self.words, int(time.time() * 1000)
        ladder, thread, step = life.space, self.consent["thread"], life.steps[4]
        self.says(ladder, "step", step, "set", place=words["place"], predicted=40)
        self.says(ladder, "step", ladder=life.ladder, title=words["step"], position="a2V")
        self.says(ladder, "step", life.steps[0], "set", position="a1V")
        self.says(ladder, "comment", target=step, target_kind="step", text=words["comment"])
        self.answers(ladder, "comment", target=step, target_kind="step", text=words["asked"])
        self.says(thread, "message", text=words["hello"], at=now - DAY)
        self.answers(thread, "message", text=words["worry"], worry=True, at=now - DAY // 24)
        self.says(self.desk.me["space"], "note", about=self.consent["id"], text=words["note"], at=now)
        self.says(ladder, "idea", days=[1, 4], time="15:30", window=60, words=words["idea"], at=now)

        self.shows(now)

    def shows(self, now):
        """A page of the diary, what was asked once a month, and the plan, each opened by itself."""
        mine, words = self.life.me["space"], self.words
        day = time.strftime("%Y-%m-%d", time.gmtime((now - DAY) / 1000))
        shown = {"sharing": "open", "at": now - DAY}
        self.answers(mine, "diary", day=day, text=words["page"], feelings=["calm", "surprised"], **shown)
        self.answers(mine, "checkin", day=day, about="days", ease=45, direction=70, note=words["month"], **shown)
        self.answers(mine, "checkin", day=day, about="harder", harder="no", **shown)
        self.answers(mine, "plan", **words["plan"], **shown)

    def end(self):
        self.desk.close()
        self.phone.close()


def nothing(_hand):
    """As it is."""


def unfold(hand):
    hand.page.locator("details.more summary").first.click()


def marks(hand):
    """The form that says when another step is offered, in sight."""
    hand.page.locator("details.more summary").first.click()
    hand.page.locator("input[name=ready_share]").first.scroll_into_view_if_needed()


def screens(life):
    """A name, the address behind the person's, the screen, and what to do there before looking."""
    ladder, step = f"/ladder/{life.ladder}", f"/step/{life.steps[4]}"
    return {
        "desk-person": ("", "person/:consent", nothing),
        "desk-ladder": (ladder, "person/:consent/ladder/:id", nothing),
        "desk-arranging": (ladder, "person/:consent/ladder/:id", lambda hand: hand.tap("Propose another order")),
        "desk-marks": (ladder, "person/:consent/ladder/:id", marks),
        "desk-step": (step, "person/:consent/step/:id", nothing),
        "desk-words": (step, "person/:consent/step/:id", unfold),
        "desk-changes": (f"/changes/{life.ladder}", "person/:consent/changes/:id", nothing),
        "desk-messages": ("/messages", "person/:consent/messages", nothing),
        "desk-idea": ("/idea", "person/:consent/idea", nothing),
        "desk-notes": ("/notes", "person/:consent/notes", nothing),
    }


def walk_desk(page, lang, url):
    """Yields (name, page): the person's page and all behind it; then writing together, and the link's end."""
    between = Between(page, lang, url)
    desk, life, calm = between.desk.sits_down(), between.life, Calm(page)
    try:
        for name, (path, screen, act) in screens(life).items():
            desk.goes("/settings", "settings").goes(between.path + path, screen)
            calm.settle()
            act(desk.hand)
            calm.settle()
            yield name, page
        post(between.phone, f"{url}/api/together/{life.space}", "PUT")
        between.ada.evaluate("(path) => { location.hash = path; }", f"/step/{life.steps[2]}")
        desk.goes(f"{between.path}/ladder/{life.ladder}", "person/:consent/ladder/:id")
        page.locator("#together li:not(.note)").wait_for()
        calm.settle()
        yield "desk-together", page
        page.locator("#write-step").click()
        desk.hand.write(page.locator("#new-step"), between.words["unsent"])
        post(between.phone, f"{url}/api/consents/{between.consent['id']}", "DELETE")
        page.locator(".kept-words").wait_for()
        calm.settle()
        yield "desk-ended", page
    finally:
        between.end()
