"""The scripts of the sync proof, played by the JS core in real browsers against the real app.

Ada has a phone with two tabs and a tablet, Theo a laptop: the devices here are the ones people will hold.
"""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Error

from exposure import migrate
from exposure.app import create_app
from exposure.config import Settings
from tests.browser.household import Replay
from tests.browser.replay import PLANTED, Gadget, Porter, bundle, in_small_batches, spoiled
from tests.browser.servers import ThreadServer
from tests.conftest import MASTER

SCRIPTS = int(os.environ.get("IPPO_REPLAYS", "12"))
STEPS = 30
TRIES = 10  # scripts a planted bug may survive: fewer than are played every day

Stage = tuple[ThreadServer, str, Callable[[str], list[Gadget]]]


@pytest.fixture(scope="module")
def stage(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The house, the core, and a way to put the core on three browsers."""
    patch = pytest.MonkeyPatch()
    patch.setattr("exposure.rows.PAGE", 3)  # small pages and batches, so that every script turns some
    server = ThreadServer(None)
    server.app = create_app(Settings(data=tmp_path_factory.mktemp("replay"), url=server.url, master_key=MASTER))
    migrate.to_present(server.app)
    server.app.wsgi_app = Porter(server.app.wsgi_app)
    server.start()
    script = in_small_batches(bundle(tmp_path_factory.mktemp("core")))
    contexts: list[BrowserContext] = []

    def three(core: str) -> list[Gadget]:
        made = [browser.new_context() for _ in range(3)]
        contexts.extend(made)
        return [Gadget(context, server.url, core) for context in made]

    yield server, script, three
    for context in contexts:
        context.close()
    server.stop()
    patch.undo()


@pytest.fixture(scope="module")
def gadgets(stage: Stage) -> list[Gadget]:
    """Three browsers for all scripts: whoever plays next signs in over whoever was there."""
    _, script, three = stage
    return three(script)


def play(server: ThreadServer, gadgets: list[Gadget], seed: int) -> None:
    replay = Replay(server, gadgets, seed)
    for _ in range(STEPS):
        replay.step()
    replay.check()


def play_all(server: ThreadServer, gadgets: list[Gadget], scripts: int) -> None:
    for seed in range(scripts):
        play(server, gadgets, seed)


@pytest.mark.parametrize("seed", range(SCRIPTS))
def test_no_word_is_lost_between_real_browsers(stage: Stage, gadgets: list[Gadget], seed: int) -> None:
    play(stage[0], gadgets, seed)


@pytest.mark.nightly
@pytest.mark.parametrize("bug", PLANTED)
def test_a_planted_bug_is_noticed(stage: Stage, bug: str) -> None:
    server, script, three = stage
    gadgets = three(spoiled(script, bug))
    try:
        with pytest.raises((AssertionError, Error)):
            play_all(server, gadgets, TRIES)
    finally:
        for gadget in gadgets:
            gadget.context.close()
