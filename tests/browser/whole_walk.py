"""Every screen of the app, of a person and of a therapist, in one browser, before the whole house with its clock.

Run on an island (tests/island.py), where everybody who is asked for is written down.
"""

import base64
import os
import shutil
import tempfile
import uuid
from itertools import islice
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests.browser.common import CHROMIUM, CHROMIUM_FLAGS, FIREFOX, FIREFOX_ENV, FIREFOX_PREFS, free_port, phone
from tests.browser.desktour import tour
from tests.browser.deskwalk import walk_desk
from tests.browser.pair import post
from tests.browser.shots import walk
from tests.processes import Running
from tests.push_service import PushService

WAYS = (walk, tour, walk_desk)


def main(engine: str, most: str = "") -> dict:
    """Walk through all of it, or through the first `most` screens of the first two ways; what was seen."""
    expect.set_options(timeout=30_000)
    folder, port = Path(tempfile.mkdtemp(prefix="ippo-walk-")), free_port()
    url = f"http://localhost:{port}"
    server = Running(folder, port=port, IPPO_URL=url)
    try:
        with sync_playwright() as playwright:
            browser = opened(playwright, engine)
            screens, asked = look_round(browser, engine, url, int(most) if most else None)
            told = try_a_push(browser, url)
            version = browser.version
            browser.close()
        server.end()
    finally:
        server.process.kill()
        shutil.rmtree(folder, ignore_errors=True)
    return {"screens": screens, "asked": asked, "push": told, "browser": version, "said": server.said}


def opened(playwright, engine):
    if engine == "chromium":
        return playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
    return playwright.firefox.launch(
        channel="moz-firefox",
        executable_path=FIREFOX,
        firefox_user_prefs=FIREFOX_PREFS,
        env={**os.environ, **FIREFOX_ENV},
    )


def look_round(browser, engine, url, most):
    """The names of the screens that were open, and every address that any page asked for outside of the house."""
    screens, asked = [], set()
    for way in WAYS if most is None else WAYS[:2]:
        context = browser.new_context(**phone("ja", wide=engine == "firefox"), reduced_motion="reduce")
        context.on("request", lambda request: asked.add(request.url.partition("?")[0]))
        shown = way(context.new_page(), "ja", url)
        screens += [name for name, _page in islice(shown, most)]
        shown.close()
        context.close()
    return screens, sorted(each for each in asked if not each.startswith(("http://localhost:", "data:", "blob:")))


def try_a_push(browser, url):
    """The one host the house may speak with: the push service that a person's own browser named."""
    service = PushService()
    device = service.device()
    service.close()
    context = browser.new_context()
    secret = base64.urlsafe_b64encode(os.urandom(32)).rstrip(b"=").decode()
    ids = {"person": str(uuid.uuid4()), "space": str(uuid.uuid4()), "secret": secret}
    post(context, f"{url}/api/start", **ids, nickname="", language="ja", zone="Asia/Tokyo", device="")
    post(context, f"{url}/api/push", "PUT", **device.json)
    answer = context.request.post(f"{url}/api/push/test", data={"endpoint": device.endpoint})
    context.close()
    return {"host": service.host, "status": answer.status}
