"""Real browsers against the real app. The short way in:

    def test_something(open_phone):
        page = open_phone()                    # a phone in Japanese, the app's front page, a fresh person
        page = open_phone(lang="en", dark=True, path="/app#/help")

    server      the app as `exposure web` serves it, shared by the whole run (each phone is a new person)
    own_server  one of this test's own, to stop() and start()
    copied      the app from a copy of the house that the test may change: a deploy of its own
    in_thread   in_thread(now=clock) -> a server in this process, its clock and database within reach
    settled     settled("a step", lang="en") -> the Hand of somebody who has begun, over the wire: a third less
    laptop      laptop(url, "en") -> the Hand of somebody at a computer: a fresh browser, wide
    line        a line to `server` that can be off(), hang and be cut(); open_phone(url=line.url)
    open_chromium / open_firefox   on `profile`, a folder that outlives the browser: kill -9, install, real push
    ways        a real browser (Chromium, then Firefox), a push service and a desktop: real push, end to end
    notifyd     the desktop's notification service: sees what is shown, clicks for real

page.wait_for_function() breaks on our content security policy: use until(page, expression) of common.py.

An error in a page, or a breach of the content security policy, fails the test that opened it.
"""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from exposure.app import create_app
from exposure.config import Settings
from tests.browser.common import (
    CHROMIUM,
    CHROMIUM_FLAGS,
    FIREFOX,
    FIREFOX_ENV,
    FIREFOX_PREFS,
    ROOT,
    WINDOWS,
    Line,
)
from tests.browser.common import phone as phone_options
from tests.browser.fake_notifyd import NotifyDaemon
from tests.browser.fresh import fresh_house
from tests.browser.hand import Hand
from tests.browser.moved_in import move_in, settled  # noqa: F401 -- one is a fixture
from tests.browser.servers import LiveServer, ThreadServer
from tests.browser.ways import ways  # noqa: F401 -- a fixture
from tests.canaries import RUN

expect.set_options(timeout=15_000)  # two browsers on a busy machine; a shorter time stands where it is the claim

HERE = Path(__file__).parent
WATCH = """document.addEventListener('securitypolicyviolation',
  (e) => console.error('CSP: ' + e.violatedDirective + ' ' + e.blockedURI));"""


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": WINDOWS, "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def built():
    """Bundle, catalogues and data files, as `make assets` leaves them (it locks, so two runs may meet here)."""
    subprocess.run([sys.executable, "-P", "exposure/assets.py"], cwd=ROOT, check=True)


@pytest.fixture(scope="session")
def one_server(built):
    live = LiveServer().start()
    yield live
    RUN.folder(live.data, RUN.ever)
    live.remove()


@pytest.fixture
def server(one_server):
    """The server all tests share. Each begins with no tries counted: together they begin far more than sixty
    households an hour from one address, which the house rightly refuses."""
    with sqlite3.connect(one_server.data / "ippo.db", timeout=10) as database:
        database.execute("DELETE FROM tally")
    return one_server


@pytest.fixture
def own_server(built):
    live = LiveServer().start()
    yield live
    live.remove()


@pytest.fixture
def copied(built, tmp_path):
    """A deploy of its own: the app served from a copy that a test may change."""
    live = LiveServer()
    live.root = tmp_path / "house"
    live.root.mkdir()
    for name in ("exposure", "templates", "static/built", "static/icons"):
        shutil.copytree(ROOT / name, live.root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("manifest.json", "service-worker.js", "service-worker.kill.js"):
        shutil.copy(ROOT / name, live.root / name)
    yield live.start()
    live.remove()


@pytest.fixture
def in_thread(built, tmp_path):
    """in_thread(now=…, port=…, **settings) -> a started ThreadServer; `.app` is the app."""
    started = []

    def start(now=None, **settings):
        data = shutil.copytree(fresh_house(), tmp_path / f"data{len(started)}")
        live = ThreadServer(None, settings.pop("port", 0))
        live.app = create_app(Settings(data=data, url=live.url, **settings), now=now)
        started.append(live.start())
        return live

    yield start
    for live in started:
        live.stop()


@pytest.fixture
def line(server):
    made = Line(server.port)
    yield made
    made.stop()


@pytest.fixture
def complaints():
    """What pages complained about; anything left here at the end fails the test. Clear it where trouble is meant."""
    heard = []
    yield heard
    assert heard == []


@pytest.fixture
def watch(complaints):
    """watch(context): collect errors of all its pages."""

    def start(context):
        context.add_init_script(WATCH)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on("console", lambda said: complaints.append(said.text) if is_ours(said) else None)
        return context

    return start


def is_ours(said):
    """An error our code made; not the browser's own remark that a request did not get through."""
    return said.type == "error" and not said.text.startswith("Failed to load resource")


@pytest.fixture
def open_phone(browser, server, watch):
    """open_phone(lang="ja", dark=False, wide=False, url=None, path="/", **context options) -> page of a new person.

    With `steps` it is somebody's who has been here before and has these on a ladder; `at` sets their hour.
    """
    opened = []

    def start(lang="ja", *, dark=False, wide=False, url=None, path="/", steps=None, at=None, **more):
        context = watch(browser.new_context(**{**phone_options(lang, dark=dark, wide=wide), **more}))
        opened.append(context)
        if steps is not None:
            path = move_in(context, url or server.url, lang, steps)
        page = context.new_page()
        if at is not None:
            page.clock.install(time=at)
        page.goto((url or server.url) + path)
        return page

    yield start
    for context in opened:
        context.close()


@pytest.fixture
def laptop(browser, watch):
    """laptop(url, lang="ja") -> the hand of somebody at a desk with nothing on it."""
    opened = []

    def start(url, lang="ja", **more):
        context = watch(browser.new_context(**{**phone_options(lang, wide=True), **more}))
        opened.append(context)
        page = context.new_page()
        page.goto(url)
        return Hand(page, lang)

    yield start
    for context in opened:
        context.close()


@pytest.fixture
def profile():
    folder = tempfile.mkdtemp(prefix="ippo-profile")
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def open_chromium(playwright, profile, watch):
    """open_chromium(args=[…], env={…}, profile=…) -> context on the same profile each time."""
    opened = []

    def start(args=(), env=None, lang="ja", profile=profile, **more):
        options = {**phone_options(lang), "permissions": ["notifications"], **more}
        environment = {**os.environ, "XDG_DATA_HOME": profile + "/xdg", **(env or {})}
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=CHROMIUM, args=[*CHROMIUM_FLAGS, *args], env=environment, **options
        )
        opened.append(context)
        return watch(context)

    yield start
    close(opened)


def launch_firefox(playwright, profile, prefs, env, options):
    """Debian's firefox-esr, driven by Playwright over WebDriver BiDi (channel moz-firefox)."""
    return playwright.firefox.launch_persistent_context(
        profile,
        channel="moz-firefox",
        executable_path=FIREFOX,
        timeout=60_000,
        firefox_user_prefs={**FIREFOX_PREFS, **prefs},
        env={**os.environ, **FIREFOX_ENV, **env},
        **options,
    )


@pytest.fixture(scope="session")
def firefox_once_started(playwright):
    """A profile that has seen no page: what Firefox makes for itself at its very first start is half of that start."""
    folder = tempfile.mkdtemp(prefix="ippo-firefox")
    launch_firefox(playwright, folder, {}, {}, {}).close()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def open_firefox(playwright, profile, firefox_once_started, watch):
    opened = []

    def start(prefs=None, env=None, lang="ja", **more):
        if not any(Path(profile).iterdir()):
            ignored = shutil.ignore_patterns("lock", ".parentlock")
            shutil.copytree(firefox_once_started, profile, dirs_exist_ok=True, ignore=ignored)
        options = {**phone_options(lang, mobile=False), **more}
        context = launch_firefox(playwright, profile, prefs or {}, env or {}, options)
        opened.append(context)
        return watch(context)

    yield start
    close(opened)


def close(contexts):
    for context in contexts:
        with contextlib.suppress(Exception):  # a browser that a test killed cannot be closed again
            context.close()


@pytest.fixture
def notifyd():
    with NotifyDaemon() as daemon:
        yield daemon
