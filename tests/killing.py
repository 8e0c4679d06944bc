"""Clocks that are killed at any moment while reminders fall due, and what is left in the end.

run = Killing(settings, service)         # a house, a nursery of clocks, a push service that may be in a bad mood
told = run.survive(kills=200, each=3)    # `each` reminders fall due for every kill
told.lost, told.repeats, told.shown      # read from the service's side and from the database
"""

import os
import random
import signal
import statistics
import subprocess
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import bindparam, func, select, text, update

from exposure import reminders, subscriptions
from exposure.app import create_app
from exposure.db import connection, db, writing
from exposure.deliveries import Delivery
from exposure.logins import LIFETIME, Login
from exposure.merge import Row
from exposure.people import Person
from exposure.reminders import Reminder
from exposure.spaces import Space
from tests.conftest import new_id
from tests.push_service import HANG, RESET_AFTER, RESET_BEFORE, PushService

HOSTS = 12  # names under the service's own, so that one that asks for rest does not silence the house
PATIENCE = 90  # seconds for what is left when the killing is over


def bad_mood(seed: int = 7):
    """A push service as they are on bad days: 5 % 500, 3 % 429, 2 % reset before and 2 % after, 1 % too slow."""
    dice = random.Random(seed)
    moods = [500] * 5 + [429] * 3 + [RESET_BEFORE] * 2 + [RESET_AFTER] * 2 + [HANG] + [201] * 87
    return lambda _path: (dice.choice(moods), "1")


class Nursery:
    """See clock_nursery."""

    def __init__(self, settings, service, bug=""):
        command = [sys.executable, "-m", "tests.clock_nursery", str(settings.data), settings.database_url]
        self.process = subprocess.Popen(
            [*command, str(service.port), service.certificate, bug],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self.process.stdout.readline() == "ready\n"

    def start(self):
        self.process.stdin.write("start\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def close(self):
        # With every clock: one that never came to itself after its fork would hold our pipe for ever.
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate()


@dataclass
class Told:
    """What came of it."""

    reminders: int
    kills: int
    states: dict[str, int]
    copies: Counter  # of each that a device was given: by path and topic
    forced: int  # repeats that nobody can avoid: the answer was lost, not the message
    screens: dict[str, dict[str, set]]  # path -> tag -> what was shown under it
    late: list[float]
    seconds: float

    @property
    def lost(self):
        return self.reminders - len(self.copies)

    @property
    def repeats(self):
        return sum(self.copies.values()) - len(self.copies)

    @property
    def shown_twice(self):
        """Devices whose screen holds more than one notification, or two things under one name."""
        return [path for path, tags in self.screens.items() if len(tags) != 1 or len(*tags.values()) != 1]

    def __str__(self):
        late = sorted(self.late)
        return (
            f"{self.kills} kills, {self.reminders} reminders, {self.lost} lost, {self.repeats} repeats "
            f"({self.forced} forced, at most {max(self.copies.values(), default=0)} copies), lateness "
            f"p50 {statistics.median(late):.2f} p99 {late[len(late) * 99 // 100]:.2f} max {late[-1]:.2f} s, "
            f"{self.seconds:.0f} s"
        )


class Killing:
    """See the top of the file."""

    def __init__(self, settings, service: PushService, bug: str = ""):
        self.service, self.settings, self.bug = service, settings, bug
        self.app = create_app(settings)
        self.due: dict[str, float] = {}

    def survive(self, kills: int, each: int = 3, pause: float = 0.09) -> Told:
        """Kill one of two clocks again and again while reminders fall due."""
        begun = time.monotonic()
        self.crowd(1, seconds=0)
        nursery = Nursery(self.settings, self.service, self.bug)
        try:
            self.crowd(kills * each, seconds=kills * pause)
            clocks = [nursery.start(), nursery.start()]
            for _ in range(kills):
                time.sleep(random.uniform(0.3, 1.7) * pause)
                victim = random.randrange(2)
                os.kill(clocks[victim], signal.SIGKILL)
                clocks[victim] = nursery.start()
            states = self.until_settled(1 + kills * each)
        finally:
            nursery.close()
            self._is_whole()
        return self._told(kills, states, time.monotonic() - begun)

    def crowd(self, people: int, seconds: float, below=lambda number: f"p{number % HOSTS}") -> list[str]:
        """So many people, each with a device and one reminder; all fall due within the coming seconds. Their paths."""
        made = [(new_id(), new_id(), new_id()) for _ in range(people)]
        with self.app.app_context(), writing() as bound:
            self._people(bound, made)
            rows = [self._device_and_reminder(bound, *one, below(number)) for number, one in enumerate(made)]
            at = datetime.now(UTC) + timedelta(seconds=0.3)
            for number, row in enumerate(rows):
                row["to"] = at + timedelta(seconds=seconds * number / people)
                row["end"] = row["to"] + timedelta(hours=1)
                self.due[row["path"]] = row["to"].timestamp()
            moved = update(Reminder).where(Reminder.__table__.c.id == bindparam("which"))
            moved = moved.values(due=bindparam("to"), until=bindparam("end"))
            bound.execute(moved, [{key: row[key] for key in ("which", "to", "end")} for row in rows])
        return [row["path"] for row in rows]

    def _people(self, bound, made) -> None:
        vault, at = self.app.extensions["ippo"].vault, datetime.now(UTC)
        common = {"kind": "person", "language": "ja", "zone": noon(), "created": at}
        keyed = [common | {"id": person, "key_wrapped": vault.new_person_key(person)} for person, _, _ in made]
        bound.execute(Person.__table__.insert(), keyed)
        spaces = [{"id": space, "owner_id": person, "kind": "private", "revision": 0} for person, space, _ in made]
        bound.execute(Space.__table__.insert(), spaces)
        signed_in = {"device": b"", "created": at, "seen": at, "expires": at + LIFETIME, "proved": None}
        logins = [signed_in | {"id": login, "person_id": person, "token_hash": login} for person, _, login in made]
        bound.execute(Login.__table__.insert(), logins)

    def _device_and_reminder(self, bound, person, space, login, below):
        vault, now = self.app.extensions["ippo"].vault, datetime.now(UTC)
        device = self.service.device(below=below)
        wrapped = bound.execute(select(Person.key_wrapped).where(Person.id == person)).scalar_one()
        key = vault.opener(person, wrapped)
        subscriptions.keep(bound, vault, key, device.keys, person_id=person, login_id=login, now=now)
        wall = (now + timedelta(hours=12 - now.hour, minutes=30)).strftime("%H:%M")
        fields = {"days": list(range(7)), "time": wall, "zone": noon(), "window": 60, "on": True, "neutral": True}
        row = Row(new_id(), space, "reminder", fields)
        reminders.project(bound, person, [row], now)
        return {"which": row.id, "path": device.endpoint.partition(self.service.host)[2]}

    def until_settled(self, total: int) -> dict[str, int]:
        """Wait until nothing is on its way any more; how many ended how. The last may be due after the last kill."""
        patience = time.monotonic() + max(0.0, max(self.due.values()) - time.time()) + PATIENCE
        while True:
            with self.app.app_context():
                counts = select(Delivery.state, func.count()).group_by(Delivery.state)
                states = dict(tuple(row) for row in connection().execute(counts))
            if (sum(states.values()) >= total and "open" not in states) or time.monotonic() > patience:
                return states
            time.sleep(0.1)

    def _is_whole(self) -> None:
        with self.app.app_context():
            if db.engine.dialect.name == "sqlite":
                assert connection().execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
                assert connection().execute(text("PRAGMA foreign_key_check")).all() == []
            db.engine.dispose()

    def _told(self, kills, states, seconds) -> Told:
        taken = [seen for seen in self.service.seen if seen.taken]
        copies = Counter((seen.path, seen.headers["topic"]) for seen in taken)
        screens = defaultdict(lambda: defaultdict(set))
        first: dict[str, float] = {}
        for seen in taken:
            screens[seen.path][seen.opened["tag"]].add(tuple(sorted(seen.opened["data"].items())))
            first.setdefault(seen.path, seen.wall)
        late = [at - self.due[path] for path, at in first.items()]
        forced = sum(seen.status in (RESET_AFTER, HANG) for seen in taken)
        return Told(len(self.due), kills, states, copies, forced, screens, late, seconds)


def noon() -> str:
    """A zone in which it is about noon now: nothing here is about nights."""
    ahead = 12 - datetime.now(UTC).hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"
