"""The therapist's pen: it proposes, writes together, talks and has ideas; and what becomes of it when a link ends."""

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


def test_a_proposal_lies_beside_the_words_and_changes_none(two):
    ada, life, desk = two()
    hand = opens(desk, f"/step/{life.steps[4]}", "person/:consent/step/:id")
    title = desk.page.locator(".step-title")
    before = title.inner_text()
    desk.page.locator("details.more summary").click()
    hand.type("Where", "the park with the pond")
    desk.page.get_by_role("button", name=hand.say("Propose it")).click()
    expect(desk.page.locator(".beside-card")).to_contain_text("the park with the pond")
    expect(desk.page.locator(".beside-state")).to_have_text(hand.say("waits for {name}", name="Ada"))
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
    desk.page.locator("#write-step").click()
    hand.write(desk.page.locator("#new-step"), "say hello to the cat")
    hand.tap("Propose this step")
    beside = desk.page.locator(".beside-rung")
    expect(beside).to_contain_text("say hello to the cat")
    expect(beside).to_contain_text(hand.say("not sent yet"))
    expect(desk.page.locator(".rung:not(.beside-rung)")).to_have_count(7)
    desk.line.on()
    expect(beside).to_contain_text(hand.say("waits for {name}", name="Ada"))
    expect(beside).to_have_count(1)


def test_a_proposal_can_be_taken_back_until_it_is_sent(two):
    ada, life, desk = two()
    hand = opens(desk, f"/step/{life.steps[4]}", "person/:consent/step/:id")
    desk.page.locator("details.more summary").click()
    desk.line.off()
    hand.type("Where", "quite the wrong place")
    hand.type("When", "on a quiet evening")
    hand.tap("Propose it")
    cards = desk.page.locator(".beside-card")
    expect(cards).to_have_count(2)
    wrong = cards.filter(has_text="quite the wrong place")
    wrong.get_by_role("button", name=hand.say("Take it back")).click()
    expect(wrong).to_have_count(0)
    desk.line.on()
    expect(cards.locator(".beside-state")).to_have_text(hand.say("waits for {name}", name="Ada"))
    assert "on a quiet evening" in ada.page.evaluate(SENT, [])
    assert "quite the wrong place" not in ada.page.evaluate(SENT, [])


def test_a_proposal_that_was_sent_can_be_taken_back_while_it_waits_and_proposed_again(two):
    ada, life, desk = two()
    hand = opens(desk, f"/step/{life.steps[4]}", "person/:consent/step/:id")
    desk.page.locator("details.more summary").click()
    hand.type("Where", "quite the wrong place")
    hand.tap("Propose it")
    card = desk.page.locator(".beside-card")
    expect(card.locator(".beside-state")).to_have_text(hand.say("waits for {name}", name="Ada"))
    ada.goes(f"/ladder/{life.ladder}/proposals")
    ada.sees("ladder/:id/proposals")
    wrong = ada.page.locator("main", has_text="quite the wrong place")
    expect(wrong).to_be_visible()
    card.get_by_role("button", name=hand.say("Take it back")).click()
    expect(card).to_have_count(0)
    expect(wrong).to_have_count(0)  # nor among what was decided
    hand.tap("Undo")
    expect(card).to_contain_text("quite the wrong place")
    expect(wrong).to_be_visible()


def test_together_both_write_directly_and_see_where_the_other_is(two, server):
    ada, life, desk = two()
    hand = opens(desk, f"/ladder/{life.ladder}", "person/:consent/ladder/:id")
    hand.reads(
        hand.say("What you change here is a proposal. The words stay as they are until {name} takes it.", name="Ada")
    )
    post(ada.page.context, f"{server.url}/api/together/{life.space}", "PUT")
    expect(desk.page.locator("#together")).to_be_visible()
    ada.goes(f"/step/{life.steps[2]}")
    ada.sees("step/:id")
    expect(desk.page.locator("#together .here")).to_contain_text("Ada")
    desk.page.locator("#write-step").click()
    hand.write(desk.page.locator("#new-step"), "a step for both of us")
    hand.tap("Put it on the ladder")
    expect(desk.page.locator(".rung:not(.beside-rung)")).to_have_count(8)
    ada.goes(f"/ladder/{life.ladder}")
    expect(ada.page.locator(".rung", has_text="a step for both of us")).to_be_visible()
    post(ada.page.context, f"{server.url}/api/together/{life.space}", "DELETE")
    expect(desk.page.locator("#together")).to_have_count(0)


def test_a_move_is_a_proposal_told_by_its_neighbour(two):
    _ada, life, desk = two()
    hand = opens(desk, f"/ladder/{life.ladder}", "person/:consent/ladder/:id")
    expect(desk.page.locator(".rung")).to_have_count(7)
    order = desk.page.locator(".rung .rung-words").all_inner_texts()
    hand.tap("Propose another order")
    desk.page.locator(f"#rung-{life.steps[0]} [data-move=up]").click()
    expect(desk.page.locator(f"#rung-{life.steps[0]} .badge")).to_contain_text(hand.say("waits for {name}", name="Ada"))
    after = desk.page.locator(".rung .rung-words").all_inner_texts()
    assert [one.split("\n")[0] for one in after] == [one.split("\n")[0] for one in order]


def test_a_link_that_ends_empties_the_screen_and_hands_back_what_was_unsent(two, server):
    ada, life, desk = two()
    hand = opens(desk, f"/ladder/{life.ladder}", "person/:consent/ladder/:id")
    expect(desk.page.locator(".rung")).to_have_count(7)
    words = desk.page.locator(".rung-words").first.inner_text().split("\n")[0]
    desk.page.locator("#write-step").click()
    hand.write(desk.page.locator("#new-step"), "half typed and not sent")
    post(ada.page.context, f"{server.url}/api/consents/{desk.consent['id']}", "DELETE")
    expect(desk.page.get_by_role("heading", name=hand.say("{name} has closed this page", name="Ada"))).to_be_visible(
        timeout=4_000
    )
    assert words not in desk.page.content()
    expect(desk.page.locator(".kept-words")).to_have_text("half typed and not sent")
    hand.tap("Copy the words")
    assert until(desk.page, "navigator.clipboard.readText()") == "half typed and not sent"


def test_a_link_that_ends_while_the_desk_is_away_hands_back_the_unsent_proposals(two, server):
    ada, life, desk = two()
    hand = opens(desk, f"/ladder/{life.ladder}", "person/:consent/ladder/:id")
    expect(desk.page.locator(".rung")).to_have_count(7)
    desk.line.off()
    desk.page.locator("#write-step").click()
    hand.write(desk.page.locator("#new-step"), "proposed in a tunnel")
    hand.tap("Propose this step")
    expect(desk.page.locator(".beside-rung")).to_have_count(1)
    post(ada.page.context, f"{server.url}/api/consents/{desk.consent['id']}", "DELETE")
    desk.line.on()
    expect(desk.page.locator(".kept-words")).to_have_text("proposed in a tunnel")
    expect(desk.page.locator(".rung")).to_have_count(0)


def test_an_idea_for_a_reminder_waits_for_the_person(two):
    ada, _life, desk = two()
    hand = opens(desk, "/idea", "person/:consent/idea")
    hand.type("Words for it", "tea by the window")
    hand.tap("Send this idea")
    expect(desk.page.locator("main")).to_contain_text(hand.say("waits for {name}", name="Ada"))
    ada.goes("/reminders")
    ada.sees("reminders")
    expect(ada.page.locator("main")).to_contain_text("tea by the window")
    reminders = ada.page.evaluate(SENT, [])
    assert reminders.count('"kind":"reminder"') + reminders.count('"kind": "reminder"') == 1  # the one of her own


def test_words_go_both_ways_and_nobody_is_told_of_reading_unless_both_wish(two):
    ada, _life, desk = two()
    hand = opens(desk, "/messages", "person/:consent/messages")
    hand.reads(hand.say("{name} is told that you read on these days: {days}.", name="Ada", days="Tue, Fri"))
    hand.write(desk.page.locator("#message"), "No hurry at all.")
    hand.tap("Send")
    ada.goes(f"/messages/{desk.consent['id']}")
    ada.sees("messages/:id")
    expect(ada.page.locator(".talk")).to_contain_text("No hurry at all.")
    ada.write(ada.page.locator("#message"), "Thank you.")
    ada.tap("Send")
    expect(desk.page.locator(".talk")).to_contain_text("Thank you.")
    read = desk.page.locator(".talk-foot", has_text=hand.say("read {when}", when="").strip())
    expect(read).to_have_count(0)
    desk.page.locator("main details summary").first.click()
    desk.page.get_by_label(hand.say("Tell each other when a message was read")).check()
    ada.page.get_by_text(ada.say("About this conversation")).click()
    ada.page.get_by_label(ada.say("Tell each other when a message was read")).check()
    expect(ada.page.locator("main")).to_contain_text(ada.say("On for both of you."))
    hand.write(desk.page.locator("#message"), "A second word.")
    hand.tap("Send")
    expect(read).to_have_count(1)


def test_what_changed_is_told_with_both_names_and_leads_to_the_step(two, server):
    ada, life, desk = two(role="write")
    hint = {
        "id": new(),
        "space": life.space,
        "kind": "step",
        "target": life.steps[1],
        "verb": "set",
        "fields": {"hint": "in slippers"},
        "at": life.now,
    }
    ada.page.evaluate(SENT, [hint])
    hand = opens(desk, f"/step/{life.steps[4]}", "person/:consent/step/:id")
    desk.page.locator("details.more summary").click()
    hand.type("Where", "the park with the pond")
    hand.tap("Keep these words")
    expect(desk.page.locator(".dials")).to_contain_text("the park with the pond")
    desk.goes(f"{desk.path}/changes/{life.ladder}", "person/:consent/changes/:id")
    changes = desk.page.locator(".changes")
    expect(changes).to_contain_text(hand.say("You changed"))
    expect(changes).to_contain_text(hand.say("{name} changed", name="Ada"))
    expect(changes).to_contain_text("in slippers")
    changes.locator("a").first.click()
    hand.sees("person/:consent/step/:id")
