"""Two hundred words that want to be a program, in every free text, on every screen of both roles: none of them is one.

Three witnesses: the function they all call, the content security policy (any breach fails, see conftest), and a look at
the page itself for elements, handlers and addresses that can only have come out of a text.
"""

import pytest

from exposure import room
from tests.browser.common import FIREFOX, FIREFOX_PREFS, phone, until
from tests.browser.hand import Hand
from tests.browser.inked import Inked, actor_of, persons_tour, therapists_tour
from tests.conftest import enter
from tests.payloads import PAYLOADS

HOOK = "globalThis.xss5 = () => console.error('a payload ran');"
TOUR = """async ([paths, payloads]) => {
  const wrong = [], seen = new Set(), missed = [];
  const rest = () => new Promise((yes) => requestAnimationFrame(() => setTimeout(yes)));
  const scripted = /^[\\s\\x00-\\x20]*(javascript|vbscript|data:text)/i;
  const asks = ['href', 'src', 'action', 'formaction', 'data', 'xlink:href', 'srcdoc', 'poster'];
  const never = 'iframe object embed base applet portal marquee math video audio isindex'.split(' ');
  const scripts = document.scripts.length, sheets = document.styleSheets.length;
  const look = (path) => {
    for (const one of document.querySelectorAll('*')) {
      if (/x5/i.test(one.localName) || never.includes(one.localName)) wrong.push([path, one.outerHTML.slice(0, 200)]);
      for (const { name, value } of one.attributes) {
        if (name.startsWith('on') || /x5/i.test(name)) wrong.push([path, one.outerHTML.slice(0, 200)]);
        if (asks.includes(name) && scripted.test(value)) wrong.push([path, one.outerHTML.slice(0, 200)]);
      }
    }
    const more = document.scripts.length > scripts || document.styleSheets.length > sheets;
    if (more) wrong.push([path, 'a script or style more']);
    const fields = [...document.querySelectorAll('input, textarea')].map((one) => one.value);
    const words = [document.body.textContent, document.title, ...fields].join('\\n').replace(/\\s+/g, ' ');
    payloads.forEach((payload, at) => { if (words.includes(payload.replace(/\\s+/g, ' ').trim())) seen.add(at); });
  };
  for (const path of paths) {
    location.hash = path;
    const main = () => document.querySelector('main:not([aria-busy=true])');
    await rest();
    for (let at = 0; at < 40 && !main()?.childElementCount; at += 1) await new Promise((yes) => setTimeout(yes, 25));
    for (const details of document.querySelectorAll('details')) details.open = true;
    await rest();
    if (location.hash !== '#' + path) missed.push(path);
    look(path);
  }
  return { wrong, seen: [...seen], missed }; }"""


def tour(page, paths):
    """Visit all of them and look; which payloads stood there as plain words."""
    found = page.evaluate(TOUR, [paths, PAYLOADS])
    assert found["wrong"] == []
    return set(found["seen"]), found["missed"]


@pytest.fixture
def households(in_thread, watch, monkeypatch):
    """households(browser, rows, people) -> (house, the person's page, the therapist's page)."""
    monkeypatch.setattr(room, "MOST_WAITING", 10_000)  # here every field of every step has a proposal
    opened = []

    def start(browser, rows, people):
        server = in_thread()
        wide = browser.browser_type.name != "chromium"  # only there a finger can be played
        contexts = [
            watch(browser.new_context(**phone("ja", wide=wide))),
            watch(browser.new_context(**phone("en", wide=True))),
        ]
        opened.extend(contexts)
        for context in contexts:
            context.add_init_script(HOOK)
        page, desk = (context.new_page() for context in contexts)
        page.goto(server.url + "/app")
        Hand(page, "ja").begins()
        until(page, "fetch('/api/me').then((r) => r.ok)")
        theo = enter(server.app, "therapist")
        house = Inked(server.app, actor_of(server.app, page), theo, rows, people)
        cookie = theo.client.get_cookie("ippo", domain="localhost").value
        contexts[1].add_cookies([{"name": "ippo", "value": cookie, "url": server.url}])
        page.reload()
        until(page, HELD, timeout=60, argument=[house.ada.person, house.mirrors[-1]])
        desk.goto(server.url + "/therapist")
        Hand(desk, "en").sees("")
        return house, page, desk

    yield start
    for context in opened:
        context.close()


HELD = """([person, id]) => new Promise((done) => { const asked = indexedDB.open('ippo-' + person);
  asked.onsuccess = () => { const one = asked.result.transaction('rows').objectStore('rows').get(id);
    one.onsuccess = () => { asked.result.close(); done(Boolean(one.result)); }; }; })"""


def everywhere(house, page, desk, every):
    """Both roles, all their screens; every payload was there to be read on each side."""
    for one, paths in ((page, persons_tour(house, every)), (desk, therapists_tour(house, every))):
        seen, missed = tour(one, paths)
        assert missed == []
        unseen = [PAYLOADS[at] for at in range(len(PAYLOADS)) if at not in seen]
        assert unseen == [], f"{len(unseen)} payloads were never shown: the look would not have found them"


def test_no_word_becomes_a_program_on_any_screen_of_either_role(browser, households):
    everywhere(*households(browser, len(PAYLOADS), 12), every=40)


@pytest.mark.nightly
@pytest.mark.parametrize("which", ["chromium", "firefox"])
def test_no_word_becomes_a_program_in_any_field_of_any_screen(browser, households, playwright, which):
    """Each of them in each field, its own screen opened, in two browsers."""
    if which == "firefox":
        browser = playwright.firefox.launch(
            channel="moz-firefox", executable_path=FIREFOX, timeout=60_000, firefox_user_prefs=FIREFOX_PREFS
        )
    everywhere(*households(browser, len(PAYLOADS), len(PAYLOADS)), every=1)
    if which == "firefox":
        browser.close()


def test_the_look_would_notice(browser, households, complaints):
    _, page, _ = households(browser, 1, 1)
    page.evaluate("document.querySelector('main').prepend(document.createElement('marquee'))")
    with pytest.raises(AssertionError, match="marquee"):
        tour(page, ["/settings"])
    page.evaluate("document.querySelector('marquee').remove()")
    page.evaluate("document.querySelector('h1').setAttribute('x5', '')")
    with pytest.raises(AssertionError, match="x5"):
        tour(page, ["/settings"])
    page.evaluate("try { document.body.innerHTML = '<img src=x onerror=xss5()>'; } catch { }")
    page.evaluate("xss5()")
    page.wait_for_timeout(100)
    assert "a payload ran" in complaints
    assert any("CSP" in said for said in complaints)
    complaints.clear()
