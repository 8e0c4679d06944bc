"""The home screen: Chromium's own check finds the app installable, installs it and opens it; phones without a button
get pictures. All in a profile that lasts, for an incognito one is never installable."""

import base64
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.common import WHOLE, until
from tests.browser.hand import Hand, speech

AN_IPHONE = """delete window.PushManager;
  Object.defineProperty(navigator, 'standalone', { value: false });
  Object.defineProperty(navigator, 'userAgent', { value:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 Version/18.4 Safari/604.1' });
  addEventListener('beforeinstallprompt', (event) => event.stopImmediatePropagation(), true);"""


def opened(context, url, path="/app"):
    page = context.pages[0] if context.pages else context.new_page()
    page.goto(url + path)
    until(page, WHOLE)
    return page


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_chromium_itself_finds_the_app_installable(server, open_chromium, lang):
    page = opened(open_chromium(lang=lang), server.url)
    cdp = page.context.new_cdp_session(page)
    told = cdp.send("Page.getAppManifest")
    assert told["errors"] == []
    assert told["url"].startswith(server.url + "/manifest.json")
    assert speech(lang)("Ippo") in told["data"]
    assert cdp.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    assert cdp.send("Page.getAppId")["appId"] == server.url + "/app"


def test_one_touch_asks_the_phone_to_install(server, open_chromium):
    page = opened(open_chromium(), server.url)
    hand = Hand(page).begins()
    hand.goes("/install")
    button = page.get_by_role("button", name=hand.say("Put it on the home screen"))
    expect(button).to_be_visible(timeout=30_000)
    page.evaluate("addEventListener('appinstalled', () => { window.installed = true; })")
    hand.touch(button)
    # The question is the browser's own; asked once, the page goes on with where the menu is.
    expect(button).to_have_count(0)
    expect(page.locator(".steps, .card.soft").first).to_be_visible()


def test_installed_it_opens_as_an_app_of_its_own_and_starts_with_no_server(own_server, open_chromium, profile):
    # The phone's own wish: an app that opens by itself may be quicker than what says so for a page.
    wish = Path(profile) / "Default" / "Preferences"
    wish.parent.mkdir()
    wish.write_text('{"intl": {"accept_languages": "ja", "selected_languages": "ja"}}')
    context = open_chromium()
    page = opened(context, own_server.url)
    Hand(page).begins()
    until(page, WHOLE)
    cdp = page.context.new_cdp_session(page)
    identity = own_server.url + "/app"
    cdp.send("PWA.install", {"manifestId": identity})
    cdp.send("PWA.changeAppUserSettings", {"manifestId": identity, "displayMode": "standalone"})
    own_server.stop()
    with context.expect_page() as launched:
        cdp.send("PWA.launch", {"manifestId": identity})
    app = launched.value
    expect(app.locator("main[data-screen]")).to_be_visible()
    assert app.evaluate("matchMedia('(display-mode: standalone)').matches")
    # What is of no use without a network says so kindly, and comes once there is one.
    app.evaluate("location.hash = '#/install'")
    expect(app.locator("h1")).to_have_text(speech("ja")("This page needs a connection"))
    own_server.start()
    with app.expect_event("load"):
        Hand(app).tap("Try again")
    expect(app.get_by_text(speech("ja")("It is on your home screen. There is nothing more to do."))).to_be_visible()
    cdp.send("PWA.uninstall", {"manifestId": identity})


def test_an_iphone_is_shown_pictures_and_told_what_its_home_screen_keeps(server, open_chromium):
    context = open_chromium()
    context.add_init_script(AN_IPHONE)
    page = opened(context, server.url)
    hand = Hand(page).begins()
    hand.goes("/install")
    steps = page.locator(".steps li")
    expect(steps).to_have_count(4)
    assert all(one.locator("svg.picture").is_visible() for one in steps.all())
    expect(page.locator(".card.warm a[href='#/account']")).to_be_visible()
    # Reminders say the same before anybody asks the browser.
    hand.goes("/reminder/new")
    hand.tap("Keep this reminder")
    hand.reads(hand.say("On an iPhone or iPad, reminders come once the app is on the home screen."))
    expect(page.locator(".device a[href='#/install']")).to_be_visible()


def test_the_icon_keeps_inside_the_safe_circle_of_every_mask(server, open_phone):
    """Outside the circle of 80 % there is only the ground, so no phone cuts into the mark."""
    page = open_phone(path="/healthz")
    picture = page.request.get(server.url + "/static/icons/maskable-512.png").body()
    page.goto("about:blank")
    outside = page.evaluate(
        """async (data) => {
          const image = new Image(); image.src = 'data:image/png;base64,' + data; await image.decode();
          const canvas = new OffscreenCanvas(512, 512).getContext('2d'); canvas.drawImage(image, 0, 0);
          const { data: dots } = canvas.getImageData(0, 0, 512, 512); const seen = new Set();
          for (let y = 0; y < 512; y++) for (let x = 0; x < 512; x++)
            if (Math.hypot(x - 255.5, y - 255.5) > 205)
              seen.add(dots.slice((y * 512 + x) * 4, (y * 512 + x) * 4 + 4).join());
          return [...seen]; }""",
        base64.b64encode(picture).decode(),
    )
    assert outside == ["42,100,85,255"]
