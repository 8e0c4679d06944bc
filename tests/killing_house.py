"""A whole house under load whose web servers and clocks are killed with -9, again and again.

    told = KillingHouse(settings, service).live_through(kills=40)
    told.phones, told.clocks, told.web_kills, told.clock_kills

Every second kill takes a worker of `exposure web`, which its own master starts again; one in fifty takes the whole web
server. The others take one of two clocks. Three phones write all the time, and reminders fall due.
"""

import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

from tests.faithful import Phone, Told, at_work, come_home
from tests.killing import Killing, Nursery
from tests.killing import Told as Reminded
from tests.processes import bare_environment, children, free_port, until_it_answers

PHONES = 3
WHOLE = 50  # of so many kills the last but one takes the whole web server
PATIENCE = 60.0
UNFORESEEN = re.compile("unforeseen|Error handling request")  # as we say it, and as gunicorn does where we cannot


class Web:
    """`exposure web` on the house of these settings; `start` says how it is begun, where something is bent first."""

    def __init__(self, settings, workers=1, start=("-m", "exposure.cli"), before=()):
        self.port, self.log = free_port(), tempfile.TemporaryFile(mode="w+")  # noqa: SIM115 - until `end`
        said = [*start, "web", "--port", str(self.port), "--data", str(settings.data), "--workers", str(workers)]
        self.before, self.command = before, [*before, sys.executable, *said]
        self.environ = bare_environment(IPPO_MASTER_KEY=settings.master_key, DATABASE_URL=settings.database_url)
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.command, env=self.environ, stdout=self.log, stderr=self.log)
        try:
            until_it_answers(self.port, self.process)
        except AssertionError as error:
            self.log.seek(0)
            raise AssertionError(self.log.read()) from error

    def master(self):
        """The process that holds the door: the only child of whatever was put before it."""
        return children(self.process.pid)[0] if self.before else self.process.pid

    def workers(self):
        return children(self.master())

    def kill_one(self):
        if running := self.workers():
            os.kill(random.choice(running), signal.SIGKILL)

    def kill_whole(self):
        os.kill(self.master(), signal.SIGSTOP)  # or it would start another worker meanwhile
        for pid in [*self.workers(), self.master()]:
            os.kill(pid, signal.SIGKILL)
        self.process.wait()
        self.start()

    def end(self):
        """Ask it to end and wait. Returns what it said of troubles nobody had foreseen, each once."""
        if self.process.poll() is None:
            os.kill(self.master(), signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.seek(0)
        with self.log:
            return sorted({line.strip() for line in self.log if UNFORESEEN.search(line)})


@dataclass
class Lived:
    """What came of it."""

    phones: Told
    clocks: Reminded
    web_kills: int
    clock_kills: int
    unforeseen: list[str]  # as the web server said it

    def __str__(self):
        answers = dict(sorted(self.phones.answers.items()))
        return f"{self.web_kills} web kills, {self.phones.acknowledged} writes, answers {answers}; {self.clocks}"


class KillingHouse(Killing):
    """See the top of the file."""

    def live_through(self, kills: int, pause: float = 0.1, workers: int = 1, tick=lambda: None) -> Lived:
        begun = time.monotonic()
        self.crowd(1, seconds=0)
        nursery, phones = Nursery(self.settings, self.service, self.bug), []
        web = Web(self.settings, workers)
        try:
            phones = at_work(web.port, PHONES)
            self.crowd(kills, seconds=kills * pause * 2)
            clocks = [nursery.start(), nursery.start()]
            for number in range(kills):
                if number % 2:
                    time.sleep(random.uniform(0, pause))
                    victim = random.randrange(2)
                    os.kill(clocks[victim], signal.SIGKILL)
                    clocks[victim] = nursery.start()
                else:
                    until_all_write(phones)
                    time.sleep(random.uniform(0, pause))
                    (web.kill_whole if number % WHOLE == WHOLE - 2 else web.kill_one)()
                tick()
            states = self.until_settled(1 + kills)
            seen = come_home(phones)
        finally:
            for phone in phones:
                phone.stop.set()
            unforeseen = web.end()
            nursery.close()
            self._is_whole()
        told = self._told(kills // 2, states, time.monotonic() - begun)
        return Lived(seen, told, kills - kills // 2, kills // 2, unforeseen)


def until_all_write(phones: list[Phone]) -> None:
    """Wait until each phone was answered anew: a kill takes a house that is at work."""
    before = [len(phone.acknowledged) for phone in phones]
    deadline = time.monotonic() + PATIENCE
    while any(len(phone.acknowledged) == count for phone, count in zip(phones, before, strict=True)):
        assert time.monotonic() < deadline, "the house does not come back"
        time.sleep(0.005)
