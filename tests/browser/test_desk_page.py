"""A person's page at the therapist's desk: five minutes, on the screen, on paper and as text; two pens; withdrawn at once."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.common import until
from tests.browser.hand import Hand
from tests.browser.life import DAY, live, new
from tests.browser.pair import Desk, link, post


@pytest.fixture
def two(open_phone, browser, server, watch):
    """two(lang, role, entries, **more) -> (Ada's hand, her life, Theo's desk), linked and confirmed."""
    desks, contexts = [], []

    def start(lang="en", role="propose", entries="all", *, attempts=8, wide=True, dark=False, **terms):
        from tests.browser.common import phone

        page = open_phone(lang, path="/app")
        ada = Hand(page, lang).begins("Ada")
        life = live(page, lang, attempts)
        context = watch(browser.new_context(**phone(lang, wide=wide, dark=dark), permissions=["clipboard-read", "clipboard-write"]))
        contexts.append(context)
        desk = Desk(context, server.port, lang).begin()
        desks.append(desk)
        desk.consent = link(page.context, desk, server.url, {life.space: role}, entries=entries, **terms)
        desk.path = f"/person/{desk.consent['id']}"
        return ada, life, desk

    yield start
    for desk in desks:
        desk.close()
    for context in contexts:
        context.close()


def opens(desk, path="", screen="person/:consent"):
    """Theo comes in and opens this person's page, or one behind it."""
    desk.sits_down().goes(desk.path + path, screen)
    return desk.hand


def pages(pdf):
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_a_page_says_what_was_tried_and_rested_the_surprise_and_one_question(two):
    _ada, _life, desk = two()
    hand = opens(desk)
    main = desk.page.locator("main")
    for english in ("Biggest surprise", "Where it sticks", "Tried", "Rested", "In their own words", "One question to ask"):
        if english != "Where it sticks":
            expect(main.get_by_role("heading", name=hand.say(english), exact=True)).to_be_visible()
    expect(main.locator(".two-sides")).to_contain_text("Nobody came by. The wind was a little warm.")
    assert not re.search(r"\d\s*%|overdue|missed|streak", main.inner_text())
    first = main.locator(".question .lead").inner_text()
    hand.tap("Another question")
    assert main.locator(".question .lead").inner_text() != first


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_on_paper_it_is_one_page_however_much_there_is(two, lang):
    ada, life, desk = two(lang, attempts=150)
    ada.page.evaluate(FLOOD, [life.me["space"], life.steps, life.now, new(), life.zone])
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


FLOOD = """async ([space, steps, now, device, zone]) => {
  const long = 'とても長い言葉 and long words '.repeat(40);
  const edits = Array.from({ length: 120 }, (_, n) => ({ id: crypto.randomUUID(), space, kind: 'attempt', verb: 'add',
    target: crypto.randomUUID(), at: now, fields: { step: crypto.randomUUID(), title: `${n} ${long}`.slice(0, 480), guess: long.slice(0, 900), likelihood: 90,
      happened: 'no', found_out: long, before: 80, peak: 90, after: 20, outcome: 'turned_back', aids: `${long.slice(0, 200)}`,
      started: now - n * 3600000, ended: now - n * 3600000 + 1000, zone } }));
  for (let at = 0; at < edits.length; at += 20) {
    const answer = await fetch('/api/sync', { method: 'POST', headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ v: 1, device, zone, cursors: {}, edits: edits.slice(at, at + 20) }) }).then((r) => r.json());
    const bad = answer.answers?.filter((one) => one.outcome !== 'written') ?? [answer];
    if (bad.length) throw new Error(JSON.stringify(bad[0])); } }"""


def test_copied_as_text_it_is_the_same_page_without_private_notes(two):
    _ada, _life, desk = two()
    hand = opens(desk, "/notes", "person/:consent/notes")
    hand.type("A new note", "my own thought, for nobody")
    hand.tap("Keep this note")
    desk.goes(desk.path, "person/:consent")
    hand.tap("Copy as text")
    text = until(desk.page, "navigator.clipboard.readText()")
    assert "Nobody came by." in text and hand.say("One question to ask") in text
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
    told = ada.page.evaluate(PULL)
    assert "quiet-canary" not in told


PULL = """() => fetch('/api/sync', { method: 'POST', headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ v: 1, device: crypto.randomUUID(), zone: 'Asia/Tokyo', cursors: {}, edits: [] }) }).then((r) => r.text())"""


def test_entries_kept_to_oneself_leave_no_trace(two):
    _ada, _life, desk = two(entries="none")
    hand = opens(desk)
    hand.reads(hand.say("{name} keeps their entries to themselves. That is a full choice.", name="Ada"))
    assert not re.search(r"\d+ (time|day)", desk.page.locator("main").inner_text())
    expect(desk.page.locator(".sheet")).to_have_count(0)


def test_only_chosen_entries_are_read(two):
    ada, life, desk = two(entries="chosen")
    hand = opens(desk)
    hand.reads(hand.say("Nothing has been shared yet. A ladder can be talked about all the same.")
               if desk.page.get_by_text(hand.say("everything"), exact=True).is_checked() else hand.say("Nothing was shared from this time."))
    edit = {"id": new(), "space": life.me["space"], "kind": "attempt", "target": life.kept[0], "verb": "set", "fields": {"sharing": "open"}, "at": life.now, "base": {}}
    ada.page.evaluate(SENT, [edit])
    expect(desk.page.locator(".two-sides")).to_contain_text("Nobody came by. The wind was a little warm.", timeout=8_000)


SENT = """(edits) => fetch('/api/sync', { method: 'POST', headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ v: 1, device: crypto.randomUUID(), zone: 'Asia/Tokyo', cursors: {}, edits }) }).then((r) => r.json())"""


def test_a_proposal_lies_beside_the_words_and_changes_none(two):
    ada, life, desk = two()
    hand = opens(desk, f"/step/{life.steps[4]}", "person/:consent/step/:id")
    title = desk.page.locator(".step-title")
    before = title.inner_text()
    desk.page.locator("details.more summary").click()
    hand.type("Where", "the park with the pond")
    desk.page.get_by_role("button", name=hand.say("Propose it")).click()
    expect(desk.page.locator(".beside-card")).to_contain_text("the park with the pond")
    expect(desk.page.locator(".beside-card .badge")).to_have_text(hand.say("waits for {name}", name="Ada"))
    expect(title).to_have_text(before)
    ada.goes(f"/ladder/{life.ladder}")
    ada.sees("ladder/:id")
    expect(ada.page.locator(".small-banner")).to_be_visible()
    assert "the park with the pond" not in ada.page.locator(".ladder").inner_text()


def test_without_a_network_a_proposal_waits_and_says_so_and_is_sent_once(two):
    _ada, life, desk = two()
    hand = opens(desk, f"/ladder/{life.ladder}", "person/:consent/ladder/:id")
    expect(desk.page.locator(".rung")).to_have_count(7)
    desk.line.off()
    hand.write(desk.page.locator("#new-step"), "say hello to the cat")
    hand.tap("Propose this step")
    beside = desk.page.locator(".beside-rung")
    expect(beside).to_contain_text("say hello to the cat")
    expect(beside).to_contain_text(hand.say("not sent yet"))
    expect(desk.page.locator(".rung:not(.beside-rung)")).to_have_count(7)
    desk.line.on()
    expect(beside).to_contain_text(hand.say("waits for {name}", name="Ada"), timeout=15_000)
    expect(beside).to_have_count(1)


def test_together_both_write_directly_and_see_where_the_other_is(two, server):
    ada, life, desk = two()
    hand = opens(desk, f"/ladder/{life.ladder}", "person/:consent/ladder/:id")
    hand.reads(hand.say("What you change here is a proposal. The words stay as they are until {name} takes it.", name="Ada"))
    post(ada.page.context, f"{server.url}/api/together/{life.space}", "PUT")
    expect(desk.page.locator("#together")).to_be_visible(timeout=8_000)
    ada.goes(f"/step/{life.steps[2]}")
    ada.sees("step/:id")
    expect(desk.page.locator("#together .here")).to_contain_text("Ada", timeout=15_000)
    hand.write(desk.page.locator("#new-step"), "a step for both of us")
    hand.tap("Put it on the ladder")
    expect(desk.page.locator(".rung:not(.beside-rung)")).to_have_count(8)
    ada.goes(f"/ladder/{life.ladder}")
    expect(ada.page.locator(".rung", has_text="a step for both of us")).to_be_visible(timeout=8_000)
    post(ada.page.context, f"{server.url}/api/together/{life.space}", "DELETE")
    expect(desk.page.locator("#together")).to_have_count(0, timeout=15_000)


def test_a_move_is_a_proposal_told_by_its_neighbour(two):
    _ada, life, desk = two()
    hand = opens(desk, f"/ladder/{life.ladder}", "person/:consent/ladder/:id")
    order = desk.page.locator(".rung .rung-words").all_inner_texts()
    hand.tap("Change the order")
    desk.page.locator(f"#rung-{life.steps[0]} [data-move=up]").click()
    expect(desk.page.locator(f"#rung-{life.steps[0]} .badge")).to_contain_text(hand.say("waits for {name}", name="Ada"))
    after = desk.page.locator(".rung .rung-words").all_inner_texts()
    assert [one.split("\n")[0] for one in after] == [one.split("\n")[0] for one in order]


def test_a_link_that_ends_empties_the_screen_and_hands_back_what_was_unsent(two, server):
    ada, life, desk = two()
    hand = opens(desk, f"/ladder/{life.ladder}", "person/:consent/ladder/:id")
    expect(desk.page.locator(".rung")).to_have_count(7)
    words = desk.page.locator(".rung-words").first.inner_text().split("\n")[0]
    hand.write(desk.page.locator("#new-step"), "half typed and not sent")
    post(ada.page.context, f"{server.url}/api/consents/{desk.consent['id']}", "DELETE")
    expect(desk.page.get_by_role("heading", name=hand.say("{name} has closed this page", name="Ada"))).to_be_visible(timeout=4_000)
    assert words not in desk.page.content()
    expect(desk.page.locator(".kept-words")).to_have_text("half typed and not sent")
    hand.tap("Copy the words")
    assert until(desk.page, "navigator.clipboard.readText()") == "half typed and not sent"


def test_a_link_that_ends_while_the_desk_is_away_hands_back_the_unsent_proposals(two, server):
    ada, life, desk = two()
    hand = opens(desk, f"/ladder/{life.ladder}", "person/:consent/ladder/:id")
    expect(desk.page.locator(".rung")).to_have_count(7)
    desk.line.off()
    hand.write(desk.page.locator("#new-step"), "proposed in a tunnel")
    hand.tap("Propose this step")
    expect(desk.page.locator(".beside-rung")).to_have_count(1)
    post(ada.page.context, f"{server.url}/api/consents/{desk.consent['id']}", "DELETE")
    desk.line.on()
    expect(desk.page.locator(".kept-words")).to_have_text("proposed in a tunnel", timeout=20_000)
    expect(desk.page.locator(".rung")).to_have_count(0)


def test_an_idea_for_a_reminder_waits_for_the_person(two):
    ada, life, desk = two()
    hand = opens(desk, "/idea", "person/:consent/idea")
    hand.type("Words for it", "tea by the window")
    hand.tap("Send this idea")
    expect(desk.page.locator("main")).to_contain_text(hand.say("waits for {name}", name="Ada"))
    ada.goes("/reminders")
    ada.sees("reminders")
    expect(ada.page.locator("main")).to_contain_text("tea by the window", timeout=8_000)
    reminders = ada.page.evaluate(PULL)
    assert reminders.count('"kind":"reminder"') + reminders.count('"kind": "reminder"') == 1  # the one of her own


def test_words_go_both_ways_and_nobody_is_told_of_reading_unless_both_wish(two):
    ada, _life, desk = two()
    hand = opens(desk, "/messages", "person/:consent/messages")
    hand.reads(hand.say("{name} is told that you read on these days: {days}.", name="Ada", days="Tue, Fri"))
    hand.write(desk.page.locator("#message"), "No hurry at all.")
    hand.tap("Send")
    ada.goes(f"/messages/{desk.consent['id']}")
    ada.sees("messages/:id")
    expect(ada.page.locator(".talk")).to_contain_text("No hurry at all.", timeout=8_000)
    ada.write(ada.page.locator("#message"), "Thank you.")
    ada.tap("Send")
    expect(desk.page.locator(".talk")).to_contain_text("Thank you.", timeout=8_000)
    assert hand.say("read {when}").split("{")[0] not in desk.page.locator(".talk").inner_text().split("Thank you.")[0]


def test_days_are_measured(two):
    """A period is chosen by hand, and says what lies in it."""
    _ada, _life, desk = two()
    hand = opens(desk)
    hand.choose("everything")
    assert desk.page.locator("#tried + ul > li").count() == 4
    assert DAY == 86_400_000
