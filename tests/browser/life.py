"""A life to look at: a person with two ladders, steps, attempts, rests and reminders, in their own language.

`live(page, lang)` puts it into the account of the person whose phone `page` is, and waits until it has come down.
"""

import time
import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.browser.common import PLACES, until
from tests.wordlists import library

HOUR, DAY = 3_600_000, 86_400_000
TEXTS = {
    "ja": {
        "ladder": "コンビニまで行くこと",
        "wish": "好きなときに、好きな飲み物を買いに行ける毎日",
        "other": "家族とすごすこと",
        "guess": "近所の人にじろじろ見られて、動けなくなりそう",
        "found": "誰も通らなかった。風が少しあたたかかった。",
        "part": "角まで行って、信号の前で戻った。ポストまでは行けた。",
        "note": "雨の音を聞いていた。",
        "anchors": [
            "ふとんの中の朝",
            "知らない番号からの電話",
            "階段で会釈した",
            "レジで声が出なかった",
            "途中で帰った日",
        ],
        "aids": "イヤホン、帽子",
        "hint": "帽子をかぶって",
        "place": "家の近く",
        "words": "窓を開けてみてもいい時間",
    },
    "en": {
        "ladder": "Going to the corner shop",
        "wish": "Days on which I can buy a drink I like, when I like",
        "other": "Being with my family",
        "guess": "A neighbour will stare at me and I will freeze",
        "found": "Nobody came by. The wind was a little warm.",
        "part": "I went to the corner and turned back at the lights. I reached the post box.",
        "note": "Listened to the rain.",
        "anchors": [
            "under the blanket",
            "an unknown number",
            "nodded on the stairs",
            "no voice at the till",
            "left halfway",
        ],
        "aids": "earphones, a cap",
        "hint": "with a cap",
        "place": "near home",
        "words": "a good time to open the window",
    },
}
MINE = ["H02", "H05", "T03", "T05", "T08", "S03", "S04"]


class Life:
    """Builds the edits; `attempts` is how many there are on the first step besides the other three."""

    def __init__(self, me, lang, attempts=8):
        self.me, self.lang, self.words, self.edits = me, lang, TEXTS[lang], []
        self.now = int(time.time() * 1000)
        self.ladder, self.other = new(), new()
        self.steps = [new() for _ in MINE]
        self.kept = []
        self.ladders()
        self.own()
        self.tries(attempts)

    def add(self, space, kind, target, verb="add", **fields):
        whole = {"id": new(), "space": space, "kind": kind, "target": target, "verb": verb, "fields": fields}
        self.edits.append({**whole, "at": self.now})

    def ladders(self):
        words = self.words
        self.space, far = new(), new()
        self.add(self.space, "ladder", self.ladder, title=words["ladder"], wish=words["wish"], position="a0")
        self.add(far, "ladder", self.other, title=words["other"], wish_unknown=True, position="a1")
        books = {row["id"]: row for row in library()}
        for at, (entry, step) in enumerate(zip(MINE, self.steps, strict=True)):
            row = books[entry]
            more = {"hint": words["hint"], "place": words["place"]} if entry == "T08" else {}
            named = {"title": row[f"{self.lang}_title"], "predicted": 10 + 12 * at if at % 3 else None, **more}
            self.add(self.space, "step", step, ladder=self.ladder, position=f"a{at}", from_library=entry, **named)

    def own(self):
        words, space = self.words, self.me["space"]
        marks = {f"anchor_{n}": text for n, text in zip((0, 25, 50, 75, 100), words["anchors"], strict=True)}
        self.add(space, "setting", space, "set", country="JP" if self.lang == "ja" else "GB", **marks)
        today = datetime.fromtimestamp(self.now / 1000, ZoneInfo(self.zone)).date()
        for back in (3, 9):
            day = str(today - timedelta(days=back))
            note = words["note"] if back == 3 else ""
            self.add(space, "rest", new(), day=day, note=note, source="home", at=self.now - back * DAY)
        self.reminder = new()
        about = {"step": self.steps[1], "ladder": self.ladder, "words": words["words"], "neutral": True}
        self.add(
            space, "reminder", self.reminder, days=[0, 2, 4], time="15:30", window=60, zone=self.zone, on=True, **about
        )

    @property
    def zone(self):
        return PLACES[self.lang][1]

    def tries(self, more):
        words = self.words
        told = {"guess": words["guess"], "likelihood": 80, "before": 65, "peak": 75, "after": 40}
        self.attempt(
            2,
            1,
            "did",
            **told,
            happened="no",
            found_out=words["found"],
            aids=words["aids"],
            feelings=["tense", "relieved"],
        )
        self.attempt(4, 2, "part", guess=words["guess"], likelihood=60, before=50, after=55, found_out=words["part"])
        self.attempt(3, 4, "turned_back", before=70, after=60)
        for n in range(more):
            self.attempt(0, 5 + n, ("did", "part", "did")[n % 3], before=40 - n % 7, peak=45, after=30 + n % 11)

    def moves_on(self):
        """The first time on a step above one that is well known by now; its attempt is the last of `kept`."""
        self.edits.clear()
        self.attempt(4, 0.5, "did", before=40, after=30)
        self.attempt(4, 0.6, "part", before=45, after=35)
        self.attempt(5, 0, "did", before=60, after=45, found_out=self.words["found"])

    def attempt(self, step, days_ago, outcome, **fields):
        started = self.now - int(days_ago * DAY) - 2 * HOUR
        made, books = new(), {row["id"]: row for row in library()}
        title = books[MINE[step]][f"{self.lang}_title"]
        where = {"step": self.steps[step], "ladder": self.ladder, "title": title, "zone": self.zone}
        times = {"started": started, "ended": started + 600_000}
        self.add(self.me["space"], "attempt", made, **where, **times, outcome=outcome, **fields)
        self.kept.append(made)


def new():
    return str(uuid.uuid4())


def live(page, lang="ja", attempts=8):
    """Give the person on this phone a life; returns it with the ids of everything. The page is loaded anew."""
    me = until(page, "fetch('/api/me').then((r) => r.ok && r.json())")
    until(page, SENT, argument=me["person"])  # or what the page says of itself meets what is said here
    life = Life(me, lang, attempts)
    send(page, life)
    return life


def send(page, life):
    """Bring its edits to the account, and wait until they have come down to the phone."""
    for at in range(0, len(life.edits), 150):
        asked = {"v": 1, "device": new(), "zone": life.zone, "cursors": {}, "edits": life.edits[at : at + 150]}
        answers = page.evaluate(SEND, asked)["answers"]
        assert [answer for answer in answers if answer["outcome"] != "written"] == []
    page.reload()
    until(page, HELD, argument=[life.me["person"], life.kept[-1]])


SEND = """(asked) => fetch('/api/sync', { method: 'POST', headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(asked) }).then((r) => r.json())"""
SENT = """(person) => new Promise((done) => { const asked = indexedDB.open('ippo-' + person);
  asked.onsuccess = () => { const waits = asked.result.transaction('outbox').objectStore('outbox').count();
    waits.onsuccess = () => { asked.result.close(); done(waits.result === 0); }; }; })"""
HELD = """([person, id]) => new Promise((done) => { const asked = indexedDB.open('ippo-' + person);
  asked.onsuccess = () => { const one = asked.result.transaction('rows').objectStore('rows').get(id);
    one.onsuccess = () => { asked.result.close(); done(Boolean(one.result)); }; }; })"""
