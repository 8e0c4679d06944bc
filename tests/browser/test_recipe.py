"""The stage itself: the app comes up, a line can be cut and mended, a killed browser keeps what was on disk."""

import pytest

from tests.browser.common import kill_browser, until


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_phone_opens_the_front_page_in_its_language(open_phone, lang):
    page = open_phone(lang)
    assert page.locator("html").get_attribute("lang") == lang
    assert page.locator("h1").inner_text() != ""


def test_a_line_can_be_cut_and_mended(open_phone, line):
    page = open_phone(url=line.url, path="/healthz")
    status = "fetch('/healthz').then((r) => r.status, () => 0)"
    assert page.evaluate(status) == 200
    line.off()
    assert page.evaluate(status) == 0
    line.on()
    until(page, f"{status}.then((s) => s === 200)")


def test_what_is_strictly_on_disk_outlives_a_killed_browser(open_chromium, profile, server):
    put = """() => new Promise((done) => { const asked = indexedDB.open('trial', 1);
        asked.onupgradeneeded = () => asked.result.createObjectStore('kept');
        asked.onsuccess = () => { const all = asked.result.transaction('kept', 'readwrite', {durability: 'strict'});
          all.objectStore('kept').put('words', 'k'); all.oncomplete = () => done(true); }; })"""
    get = """() => new Promise((done) => { const asked = indexedDB.open('trial', 1);
        asked.onsuccess = () => { const one = asked.result.transaction('kept').objectStore('kept').get('k');
          one.onsuccess = () => done(one.result); }; })"""
    page = open_chromium().pages[0]
    page.goto(server.url + "/healthz")
    assert page.evaluate(put)
    kill_browser(profile)
    page = open_chromium().pages[0]
    page.goto(server.url + "/healthz")
    assert page.evaluate(get) == "words"


def test_an_error_in_a_page_is_heard(open_phone, complaints):
    page = open_phone(path="/healthz")
    page.evaluate("setTimeout(() => { throw new Error('heard me'); })")
    page.wait_for_timeout(200)
    assert any("heard me" in said for said in complaints)
    complaints.clear()
