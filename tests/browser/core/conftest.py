"""The core without its screens on a bare page, and a house for it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from exposure import migrate
from exposure.app import create_app
from exposure.config import Settings
from tests.browser.core.bare import Open
from tests.browser.replay import bundle
from tests.browser.servers import ThreadServer


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThreadServer]:
    server = ThreadServer(None)
    server.app = create_app(Settings(data=tmp_path_factory.mktemp("core-house"), url=server.url))
    migrate.to_present(server.app)
    yield server.start()
    server.stop()


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> str:
    return bundle(tmp_path_factory.mktemp("core-script"))


@pytest.fixture
def phone(browser: Browser, house: ThreadServer, script: str) -> Iterator[Open]:
    """phone(url=…, context=…) -> a page on the bare core, awake."""
    contexts: list[BrowserContext] = []

    def start(url: str = house.url, context: BrowserContext | None = None) -> Page:
        if context is None:
            context = browser.new_context()
            contexts.append(context)
            body = f"<!doctype html><meta charset=utf-8><title>core</title><script>{script}</script>"
            context.route("**/core", lambda route: route.fulfill(body=body, content_type="text/html"))
        page = context.new_page()
        page.goto(f"{url}/core")
        page.evaluate("() => ippo.here.wake()")
        return page

    yield start
    for context in contexts:
        context.close()
