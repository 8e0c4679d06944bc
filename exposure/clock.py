"""Clock: every ten seconds, send what is due; once an hour, let go of what is past.

APScheduler only ticks: its job stores lose jobs on a kill, drop late ones and send twice with two processes
(reliability 0.1). The timetable lies in our own tables: any number of clocks may run, and one that dies loses nothing.
"""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from exposure import endings, falling, heartbeats, hosts, keeping, leaving, manners, marks
from exposure.db import connection, writing
from exposure.dispatch import Dispatch
from exposure.hands import in_long_turns
from exposure.mail import Mail
from exposure.postman import Postman

SECONDS = 10
SWEEP = timedelta(hours=1)

log = logging.getLogger("ippo.clock")


def said(counts: Counter[str]) -> str:
    """One calm line of how many ended how: `12 due: 11 delivered, 1 later`."""
    ends = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()) if count and name != "due")
    return f"{counts['due']} due" + (f": {ends}" if ends else "")


class Clock:
    """What one `exposure clock` does at each tick."""

    def __init__(self, app: Flask, dispatch: Dispatch, postman: Postman | None = None) -> None:
        self.app, self.dispatch, self.postman = app, dispatch, postman
        self._swept = datetime.min.replace(tzinfo=UTC)

    @classmethod
    def of(cls, app: Flask) -> Clock:
        """The clock of this house."""
        house = app.extensions["ippo"]
        url, mail = house.settings.url, Mail.of(house.settings)
        postman = Postman(mail, house.vault, url, house.now) if mail else None
        return cls(app, Dispatch(house.push, house.vault, url, house.now), postman)

    def tick(self) -> Counter[str]:
        """Send what is due, and now and then sweep. Returns how many ended how."""
        with self.app.app_context():
            begun, counts = time.monotonic(), self.dispatch.round()
            self._sweep(self.dispatch.now())
            leaving.scrub(connection())  # a deletion while somebody was reading
            endings.hand_over(self.app.extensions["ippo"].settings)
        if any(counts.values()):
            log.info("%s in %.1f s", said(counts), time.monotonic() - begun)
        return counts

    def walk(self) -> Counter[str]:
        """Mail what is due. Returns how many mails ended how."""
        if self.postman is None:
            return Counter()
        with self.app.app_context():
            counts = self.postman.round()
        if counts:
            log.info("mail: %s", " ".join(f"{name} {count}" for name, count in sorted(counts.items())))
        return counts

    def keep_walking(self, seconds: float) -> None:
        """In a thread of its own, ended with the process: a mail server may hang, a tick may not wait for it."""
        while self.postman is not None and not self.postman.stop.is_set():
            try:
                self.walk()
            except SQLAlchemyError as error:
                log.error("the database is away (%s); mail is tried again", type(error).__name__)
            except Exception as error:  # noqa: BLE001 - whatever it is, mail goes on for everybody else
                log.error("mail stumbled: unforeseen %s; it is tried again", type(error).__name__)
            self.postman.stop.wait(seconds)

    def try_to_tick(self) -> None:
        """A tick whose database may be away: said once a tick, tried again at the next."""
        try:
            self.tick()
        except SQLAlchemyError as error:
            log.error("the database is away (%s); trying again", type(error).__name__)
        except Exception as error:  # noqa: BLE001 - its type only: its words may be somebody's
            log.error("a tick stumbled: unforeseen %s; trying again", type(error).__name__)

    def run(self, seconds: float = SECONDS) -> None:
        """Tick until SIGTERM or Ctrl-C. What is on its way gets three seconds to arrive; nothing claimed is lost."""
        logging.basicConfig(level=logging.WARNING, format="%(message)s")
        log.setLevel(logging.INFO)
        in_long_turns()
        asked: list[int] = []
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda number, _frame: asked.append(number))
        scheduler = BackgroundScheduler(timezone=UTC)
        scheduler.add_job(
            self.try_to_tick,
            "interval",
            seconds=seconds,
            next_run_time=datetime.now(UTC),
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,  # its default drops a tick that is a second late
        )
        scheduler.start()
        threading.Thread(target=self.keep_walking, args=(seconds,), name="postman", daemon=True).start()
        while not asked:  # no Event here: one set by a signal handler can wait for itself for ever
            time.sleep(0.1)
        self.dispatch.stop.set()
        if self.postman is not None:
            self.postman.stop.set()
        scheduler.shutdown(wait=True)
        self.dispatch.close()

    def _sweep(self, now: datetime) -> None:
        if abs(now - self._swept) < SWEEP:
            return
        self._swept = now
        with writing() as bound:
            if heartbeats.steady(bound, now):
                keeping.forget_past(bound, now)
            manners.forget_days(bound, (now - marks.MARKS_KEPT).date())
            hosts.forget_past(bound, now)
            falling.set_right(bound, now)
