"""A house in which every free text is a word that wants to be a program (tests/payloads.py).

Row `n` of a kind carries another payload in each of its texts, so that over all rows every field meets every payload.
"""

from sqlalchemy import select

from exposure import laid
from exposure.db import writing
from exposure.kinds import KINDS
from exposure.merge import Row
from exposure.people import Person
from tests.conftest import Actor, enter, new_id, sign_in
from tests.linking import accept, agree, invite, link
from tests.payloads import PAYLOADS

BATCH = 200
NEEDED = {"days": [0, 2], "time": "18:30", "zone": "Asia/Tokyo", "position": "a0", "outcome": "did", "before": 50}


def texts(kind):
    """The fields of a kind that take whatever somebody writes."""
    fields = KINDS[kind].fields
    return [name for name in fields if all(fields[name](payload) for payload in PAYLOADS) and name != "value"]


def inked(kind, n, **given):
    """The fields of row `n`: all its texts, what it cannot do without, and what is given."""
    fields = {name: NEEDED[name] for name in KINDS[kind].fields if name in NEEDED}
    words = {name: PAYLOADS[(n + 23 * at) % len(PAYLOADS)] for at, name in enumerate(texts(kind))}
    return {**fields, **words, **given}


class Inked:
    """Ada and Theo, every word between them a payload. `rows` says how many of each kind, `people` how many links."""

    def __init__(self, app, ada: Actor, theo: Actor, rows: int, people: int):
        self.app, self.ada, self.theo, self.rows, self.people = app, ada, theo, rows, people
        self.space, self.ladder = new_id(), new_id()
        self.steps = [new_id() for _ in range(rows)]
        self.attempts = [new_id() for _ in range(rows)]
        self.reminders = [new_id() for _ in range(rows)]
        self.pages = [new_id() for _ in range(rows)]  # of the diary
        self.supports = [new_id() for _ in range(rows)]
        self.ladders = [new_id() for _ in range(people)]
        self.write()
        self.consent = self.link()
        self.talk()
        self.surround()

    def send(self, actor, *edits):
        for at in range(0, len(edits), BATCH):
            answers = actor.sync(*edits[at : at + BATCH])["answers"]
            refused = [one for one in answers if one["outcome"] == "refused"]
            assert not refused, refused[:3]

    def write(self):
        ada, space, ladder, at = self.ada, self.space, self.ladder, 1_763_760_000_000
        edits = [
            ada.edit("set", "setting", ada.space, **inked("setting", 0, country="JP")),
            ada.edit("add", "ladder", ladder, space, **inked("ladder", 0)),
        ]
        edits += [ada.edit("add", "ladder", one, new_id(), **inked("ladder", n)) for n, one in enumerate(self.ladders)]
        for n, (step, attempt, reminder) in enumerate(zip(self.steps, self.attempts, self.reminders, strict=True)):
            place = {"ladder": ladder, "position": f"a{n:04d}1"}
            about = {"step": step, "ladder": ladder}
            when = {"started": at - n * 3_600_000, "ended": at - n * 3_600_000 + 60_000, "sharing": "open"}
            day = f"20{26 - n // 336:02d}-{1 + n // 28 % 12:02d}-{1 + n % 28:02d}"
            edits += [
                ada.edit("add", "step", step, space, **inked("step", n, **place)),
                ada.edit("add", "attempt", attempt, **inked("attempt", n, **about, **when, peak=60, after=40)),
                ada.edit("add", "rest", new_id(), **inked("rest", n, day=day, at=at - n * 86_400_000, sharing="open")),
                ada.edit("add", "reminder", reminder, **inked("reminder", n, **about, on=False)),
                *self.alone(n, day),
                ada.edit("add", "comment", new_id(), space, **inked("comment", n, target=step, target_kind="step")),
            ]
        self.send(ada, *edits)

    def alone(self, n, day):
        """What she keeps for herself and shows by itself, row `n` of each."""
        ada, at = self.ada, {"day": day, "at": 1_763_760_000_000 - n * 86_400_000, "sharing": "open"}
        asked = {"about": "harder", "harder": "a_little"} if n % 2 else {"about": "days", "ease": 40, "direction": 60}
        near = {"sort": "animal", "near": n % 3, "liked": n % 2 == 0, "position": f"a{n:04d}1"}
        plan = {"at": at["at"], "sharing": "open"}
        return [
            ada.edit("add", "diary", self.pages[n], **inked("diary", n, **at)),
            ada.edit("add", "checkin", new_id(), **inked("checkin", n, **at, **asked)),
            ada.edit("add", "support", self.supports[n], **inked("support", n, **near)),
            ada.edit("add", "plan", new_id(), **inked("plan", n, **plan)),
        ]

    def link(self):
        reads = {"name": PAYLOADS[1], "reads_note": PAYLOADS[2]}
        consent = accept(self.theo, invite(self.ada), **reads)
        return agree(self.ada, consent, {self.space: "propose"}, entries="all")

    def talk(self):
        """What both say: messages, comments, ideas, proposals, notes; a wording that was changed."""
        ada, theo, space, thread = self.ada, self.theo, self.space, self.consent["thread"]
        theirs, mine = [], []
        for n, step in enumerate(self.steps):
            more = [inked("step", n + at) for at in (31, 57)]
            on_step = {"target": step, "target_kind": "step"}
            theirs += [
                theo.edit("add", "message", new_id(), thread, **inked("message", n)),
                theo.edit("add", "comment", new_id(), space, **inked("comment", n + 9, **on_step)),
                theo.edit("add", "idea", new_id(), space, **inked("idea", n, step=step, ladder=self.ladder)),
                theo.edit("add", "note", new_id(), **inked("note", n, about=self.consent["id"])),
                theo.edit("set", "step", step, space, **{name: more[0][name] for name in texts("step")}),
            ]
            mine += [
                ada.edit("add", "message", new_id(), thread, **inked("message", n + 100)),
                ada.edit("set", "step", step, space, **{name: more[1][name] for name in ("title", "hint")}),
            ]
        theirs.append(theo.edit("add", "setting", theo.space, **inked("setting", 5)))
        self.send(theo, *theirs)
        self.send(ada, *mine)
        theo.client.get(f"/api/people/{self.consent['id']}")

    def surround(self):
        """Many others: persons of these names on Theo's list, therapists of these names on Ada's."""
        for n in range(self.people):
            other, space = enter(self.app), new_id()
            self.send(
                other,
                other.edit("add", "setting", other.space, **inked("setting", n)),
                other.edit("add", "ladder", new_id(), space, **inked("ladder", n + 40)),
            )
            link(other, self.theo, {space: "write"})
        ada = self.ada
        with self.app.app_context(), writing() as bound:
            wrapped = bound.execute(select(Person.key_wrapped).where(Person.id == ada.person)).scalar_one()
            key = self.app.extensions["ippo"].vault.opener(ada.person, wrapped)
            mirrors = []
            for n in range(self.people):
                state = ("accepted", "confirmed", "withdrawn")[n % 3]
                told = {"name": PAYLOADS[n], "state": state, "ladders": [], "entries": "none", "messages": False}
                about = {"therapist": new_id(), "thread": None, "together": [], "accepted": 1, "confirmed": 1}
                mirrors.append(Row(new_id(), ada.space, "consent", {**told, **about, "withdrawn": None}))
            laid.lay(bound, key, mirrors, ada.person)
        self.mirrors = [row.id for row in mirrors]


def actor_of(app, page):
    """Whoever is on this phone, with a hand on the server's side."""
    me = page.evaluate("fetch('/api/me').then((r) => r.json())")
    return Actor(sign_in(app, me["person"]), me["person"], me["space"])


def persons_tour(house: Inked, every: int):
    """Where the person goes: every screen, those of single rows at each `every`-th."""
    ladder, consent = house.ladder, house.consent["id"]
    paths = [
        "/", "/ladders", f"/ladder/{ladder}", f"/ladder/{ladder}/edit", f"/ladder/{ladder}/library",
        f"/ladder/{ladder}/proposals", f"/ladder/{ladder}/changes", "/rest", "/toomuch", "/anchors", "/help",
        "/settings", "/account", "/devices", "/signin", "/waiting", "/consents", f"/consent/{consent}", "/invite",
        "/visits", f"/messages/{consent}", "/reminders", "/install", "/checkin",
    ]  # fmt: skip
    for step, attempt, reminder in list(zip(house.steps, house.attempts, house.reminders, strict=True))[::every]:
        paths += [f"/step/{step}", f"/step/{step}/edit", f"/step/{step}/history", f"/step/{step}/changes"]
        paths += [f"/try/{step}", f"/attempt/{attempt}", f"/reminder/{reminder}", f"/reminder/{reminder}/open"]
    for step, attempt in list(zip(house.steps, house.attempts, strict=True))[::every]:
        paths += [f"/step/{step}/smaller", f"/step/{step}/another", f"/toomuch?step={step}", f"/lookback/{attempt}"]
    paths += [f"/diary/{one}" for one in house.pages[::every]]
    paths += [f"/support/{one}" for one in house.supports[::every]]
    paths += [f"/ladder/{one}" for one in house.ladders[::every]]
    return paths + [f"/consent/{one}" for one in house.mirrors[::every]]


def therapists_tour(house: Inked, every: int):
    """Where the therapist goes."""
    who = f"/person/{house.consent['id']}"
    paths = ["/", "/join", "/settings", "/keys", "/devices", "/account", "/unsent", who, f"{who}/messages"]
    paths += [f"{who}/idea", f"{who}/notes", f"{who}/ladder/{house.ladder}"]
    return paths + [f"{who}/step/{step}" for step in house.steps[::every]]
