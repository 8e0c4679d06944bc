"""The door of the therapist's desk, from invitation to lock, for pictures and for axe; deskwalk.py goes on inside."""

from tests.browser.arriving import NAME, begun, gives_a_name, invited, sets_up_the_app, signs_out
from tests.browser.calm import Calm
from tests.browser.common import until
from tests.browser.hand import Hand
from tests.browser.life import live
from tests.browser.pair import Desk, link


def tour(page, lang, url):
    """Yields (name, page): a therapist's own browser, on a laptop or on a phone."""
    browser = page.context.browser
    person, settled = browser.new_context(), Calm(page).settle
    begun(person, url)
    try:
        yield from arriving(page, lang, url, person, settled)
        yield from working(page, lang, url, browser, settled)
    finally:
        person.close()


def arriving(page, lang, url, person, settled):
    """From the invitation to waiting for the person's yes."""
    hand = Hand(page, lang)
    for name, path in {"desk-door": "/therapist", "desk-join": "/therapist#/join"}.items():
        page.goto(url + path)
        page.reload()
        yield name, settled()
    page.goto(invited(person, url)["link"])
    page.reload()
    hand.sees("join/:code")
    yield "desk-invitation", settled()
    gives_a_name(hand)
    yield "desk-first-key", settled()
    login = f"tour-{lang}-{page.viewport_size['width']}-{until(page, 'Date.now()')}"
    page.locator("input[name=username]").fill(login)
    page.locator("input[name=password]").fill("shizuka na umi no soba")
    hand.tap("Keep this name and password")
    yield "desk-second-key", settled()
    hand.tap("Set up the app")
    page.locator(".qr path").wait_for(state="attached")
    yield "desk-app", settled()
    page.reload()
    sets_up_the_app(hand)
    hand.sees("join/:code")
    yield "desk-answer", settled()
    hand.tap("Accept the invitation")
    hand.sees("")
    yield "desk-waiting", settled()
    for name in ("settings", "keys", "devices", "account", "unsent"):
        hand.goes(f"/{name}")
        hand.sees(name)
        yield f"desk-{name}", settled()
    signs_out(hand)
    page.locator("input[name=username]").fill(login)
    page.locator("input[name=password]").fill("shizuka na umi no soba")
    hand.tap("Come in")
    hand.sees("before/factor")
    yield "desk-code", settled()
    hand.tap("Leave it for now")
    hand.sees("before/nobody")


def working(page, lang, url, browser, settled):
    """With somebody who has said yes, and a life to read."""
    context = browser.new_context()
    phone = context.new_page()
    phone.goto(url + "/app")
    phone.locator(f".tongues button[lang={lang}]").click()
    Hand(phone, lang).begins("エイダ" if lang == "ja" else "Ada")
    life = live(phone, lang)
    desk = Desk(page.context, int(url.rpartition(":")[2]), lang).begin(NAME)
    link(context, desk, url, {life.space: "propose"})
    desk.close()
    hand = Hand(page, lang)
    page.goto(url + "/therapist")
    hand.sees("")
    page.locator("main .list a").first.wait_for()
    yield "desk-people", settled()
    page.context.clear_cookies()
    hand.goes("/settings")
    hand.goes("/")
    hand.sees("before/locked")
    yield "desk-locked", settled()
    context.close()
