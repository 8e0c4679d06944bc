"""Takes the pictures the install sheet shows: `python -m tests.browser.storefront`, after a screen has changed."""

import subprocess
import sys

from playwright.sync_api import sync_playwright

from exposure.words import LANGUAGES
from tests.browser.common import CHROMIUM, CHROMIUM_FLAGS, ROOT, phone
from tests.browser.servers import LiveServer
from tests.browser.shots import walk

FOLDER = ROOT / "static" / "screenshots"
WANTED = {False: ("home", "ladder", "attempt"), True: ("home", "ladder")}
LIMIT = 80_000  # bytes of one picture; they are fetched by the install sheet, never by the page


def main() -> None:
    subprocess.run([sys.executable, "-P", "exposure/assets.py"], cwd=ROOT, check=True)
    server = LiveServer().start()
    FOLDER.mkdir(exist_ok=True)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
            for lang in LANGUAGES:
                for wide, names in WANTED.items():
                    context = browser.new_context(**phone(lang, wide=wide), reduced_motion="reduce")
                    for name, page in walk(context.new_page(), lang, server.url):
                        if name in names:
                            (FOLDER / f"{lang}-{'wide' if wide else 'phone'}-{name}.jpg").write_bytes(smallest(page))
                        if name == names[-1]:
                            break
                    context.close()
            browser.close()
    finally:
        server.remove()


def smallest(page) -> bytes:
    """As sharp as fits into the limit."""
    for quality in (85, 75, 65, 55, 45):
        taken = page.screenshot(type="jpeg", quality=quality)
        if len(taken) <= LIMIT:
            return taken
    raise ValueError("this picture does not fit")


if __name__ == "__main__":
    main()
