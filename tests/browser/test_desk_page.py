"""A person's page at the desk: five minutes, on the screen, on paper and as text; nothing more than was shared."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.common import until
from tests.browser.deskside import SENT, Deskside, opens
from tests.browser.life import new
from tests.browser.pair import post


@pytest.fixture
def two(open_phone, browser, server, watch):
    side = Deskside(open_phone, browser, server, watch)
    yield side.start
    side.end()


FLOOD = """async ([space, now, device, zone]) => {
  const long = 'とても長い言葉 and long words '.repeat(40), id = () => crypto.randomUUID();
  const said = { guess: long.slice(0, 900), likelihood: 90, happened: 'no', found_out: long, aids: long.slice(0, 200) };
  const rated = { before: 80, peak: 90, after: 20, outcome: 'turned_back', zone };
  const edits = Array.from({ length: 120 }, (_, n) => ({ id: id(), space, kind: 'attempt', verb: 'add',
    target: id(), at: now, fields: { ...said, ...rated, step: id(), title: `${n} ${long}`.slice(0, 480),
      started: now - n * 3600000, ended: now - n * 3600000 + 1000 } }));
  const headers = { 'Content-Type': 'application/json' };
  for (let at = 0; at < edits.length; at += 20) {
    const body = JSON.stringify({ v: 1, device, zone, cursors: {}, edits: edits.slice(at, at + 20) });
    const answer = await fetch('/api/sync', { method: 'POST', headers, body }).then((r) => r.json());
    const bad = answer.answers?.filter((one) => one.outcome !== 'written') ?? [answer];
    if (bad.length) throw new Error(JSON.stringify(bad[0])); } }"""


def pages(pdf):
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_a_page_says_what_was_tried_and_rested_the_surprise_and_one_question(two):
    _ada, _life, desk = two()
    hand = opens(desk)
    main = desk.page.locator("main")
    for english in (
        "Biggest surprise",
        "Where it sticks",
        "Tried",
        "Rested",
        "In their own words",
        "One question to ask",
    ):
        if english != "Where it sticks":
            expect(main.get_by_role("heading", name=hand.say(english), exact=True)).to_be_visible()
    expect(main.locator(".two-sides")).to_contain_text("Nobody came by. The wind was a little warm.")
    assert not re.search(r"\d\s*%|overdue|missed|streak", main.inner_text())
    first = main.locator(".question .lead").inner_text()
    hand.tap("Another question")
    expect(main.locator(".question .lead")).not_to_have_text(first)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_on_paper_it_is_one_page_however_much_there_is(two, lang):
    ada, life, desk = two(lang, attempts=150)
    ada.page.evaluate(FLOOD, [life.me["space"], life.now, new(), life.zone])
    opens(desk)
    desk.hand.choose("everything")
    expect(desk.page.locator(".sheet")).to_have_count(1)
    pdf = desk.page.pdf(prefer_css_page_size=True)
    assert pages(pdf) == 1
    desk.page.emulate_media(media="print")
    sheet = desk.page.locator(".sheet")
    expect(sheet).to_be_visible()
    for english in ("Tried", "One question to ask", "In their own words"):
        expect(sheet.get_by_text(desk.hand.say(english), exact=True)).to_be_visible()
    expect(desk.page.locator(".top")).to_be_hidden()


def test_copied_as_text_it_is_the_same_page_without_private_notes(two):
    _ada, _life, desk = two()
    hand = opens(desk, "/notes", "person/:consent/notes")
    hand.type("A new note", "my own thought, for nobody")
    hand.tap("Keep this note")
    desk.goes(desk.path, "person/:consent")
    hand.tap("Copy as text")
    text = until(desk.page, "navigator.clipboard.readText()")
    assert "Nobody came by." in text
    assert hand.say("One question to ask") in text
    assert "for nobody" not in text
    assert "for nobody" not in desk.page.locator(".sheet").inner_text()


def test_a_private_note_is_kept_in_the_account_and_never_reaches_the_person(two):
    ada, _life, desk = two()
    hand = opens(desk, "/notes", "person/:consent/notes")
    hand.type("A new note", "quiet-canary-note")
    hand.tap("Keep this note")
    expect(desk.page.locator(".kept-words")).to_have_text("quiet-canary-note")
    desk.sits_down().goes(f"{desk.path}/notes", "person/:consent/notes")
    expect(desk.page.locator(".kept-words")).to_have_text("quiet-canary-note")
    told = ada.page.evaluate(SENT, [])
    assert "quiet-canary" not in told


def test_entries_kept_to_oneself_leave_no_trace(two):
    _ada, _life, desk = two(entries="none")
    hand = opens(desk)
    hand.reads(hand.say("{name} keeps their entries to themselves. That is a full choice.", name="Ada"))
    assert not re.search(r"\d+ (time|day)", desk.page.locator("main").inner_text())
    expect(desk.page.locator(".sheet")).to_have_count(0)


def test_only_chosen_entries_are_read(two):
    ada, life, desk = two(entries="chosen")
    hand = opens(desk)
    hand.reads(
        hand.say("Nothing has been shared yet. A ladder can be talked about all the same.")
        if desk.page.get_by_text(hand.say("everything"), exact=True).is_checked()
        else hand.say("Nothing was shared from this time.")
    )
    edit = {
        "id": new(),
        "space": life.me["space"],
        "kind": "attempt",
        "target": life.kept[0],
        "verb": "set",
        "fields": {"sharing": "open"},
        "at": life.now,
        "base": {},
    }
    ada.page.evaluate(SENT, [edit])
    expect(desk.page.locator(".two-sides")).to_contain_text("Nobody came by. The wind was a little warm.")


def test_a_period_is_chosen_by_hand(two):
    _ada, _life, desk = two()
    hand = opens(desk)
    hand.choose("everything")
    expect(desk.page.locator("#tried + ul > li")).to_have_count(4)


def test_showing_less_takes_the_entries_off_the_open_page(two, server):
    ada, life, desk = two()
    hand = opens(desk)
    expect(desk.page.locator(".two-sides")).to_contain_text("Nobody came by.")
    # Nothing needs to be asked for once it is known that nothing is shown.
    desk.page.route(f"**/api/people/{desk.consent['id']}", lambda asked: asked.abort())
    terms = {"ladders": {life.space: "propose"}, "entries": "none", "messages": False}
    post(ada.page.context, f"{server.url}/api/consents/{desk.consent['id']}", "PUT", **terms)
    hand.reads(hand.say("{name} keeps their entries to themselves. That is a full choice.", name="Ada"))
    assert "Nobody came by." not in desk.page.content()
    expect(desk.page.locator("aside").get_by_text(hand.say("Messages"))).to_have_count(0)


def test_a_page_that_cannot_be_reached_says_so_and_is_read_once_it_can(two):
    _ada, _life, desk = two()
    desk.sits_down()
    expect(desk.page.locator("main .list a")).to_have_count(1)
    desk.line.off()
    desk.goes(desk.path, "person/:consent")
    desk.hand.reads(desk.hand.say("There is no connection just now."))
    desk.line.on()
    desk.hand.tap("Try again")
    expect(desk.page.locator(".two-sides")).to_contain_text("Nobody came by.")


def test_older_entries_are_read_when_somebody_asks_for_them(two):
    _ada, _life, desk = two(attempts=410)
    hand = opens(desk)
    hand.choose("everything")
    tried = desk.page.locator("#tried + ul")
    every = f"{hand.say('Part of it')}: 137"
    expect(tried).to_contain_text(hand.say("Part of it"))
    expect(tried).not_to_contain_text(every)
    hand.tap("Read older entries")
    expect(tried).to_contain_text(every)
    expect(desk.page.get_by_role("button", name=hand.say("Read older entries"))).to_have_count(0)
