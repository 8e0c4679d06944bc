"""One ladder, two pens, on the person's phone: proposals, comments, together, what changed, who sees what."""

import time
import uuid

import pytest
from playwright.sync_api import expect

from tests.browser.common import until
from tests.browser.faraway import linked
from tests.browser.pen import NAME, STEPS, Pen


@pytest.fixture
def theo(browser, server):
    made = Pen(browser, server.url)
    yield made
    made.leaves()


@pytest.fixture
def hand(settled, line, theo):
    """A person whose line can break, whose ladder Theo reads, on that ladder."""
    made = settled(*STEPS, url=line.url)
    theo.knows(made.page)
    linked(made, theo)
    made.goes(f"/ladder/{theo.ladder}")
    made.sees("ladder/:id")
    return made


def banner(hand):
    return hand.page.locator(".small-banner")


def cards(hand):
    return hand.page.locator(".proposal")


def opens_proposals(hand, count):
    expect(banner(hand)).to_contain_text(hand.say("{n} proposal from {name}", n=count, name=NAME))
    hand.touch(banner(hand))
    hand.sees("ladder/:id/proposals")
    expect(cards(hand)).to_have_count(count)


def test_a_proposal_comes_by_itself_stands_beside_the_old_words_and_is_taken_with_a_way_back(hand, theo):
    theo.proposes(STEPS[2], title="門まで歩く")
    opens_proposals(hand, 1)
    card = cards(hand)
    expect(card.locator("dd").first).to_have_text(STEPS[2])
    expect(card.locator("dd").last).to_have_text("門まで歩く")
    expect(card.locator("mark")).to_have_text("門")
    expect(card).to_contain_text(hand.say("A proposal from {name}", name=NAME))
    hand.tap("Take it")
    expect(cards(hand)).to_have_count(0)
    hand.tap("Undo")
    expect(cards(hand)).to_have_count(1)
    hand.tap("Take it")
    hand.touch(hand.page.locator(".dock a"))
    hand.sees("ladder/:id")
    expect(hand.page.locator(".rung").first).to_contain_text("門まで歩く")
    expect(banner(hand)).to_have_count(0)
    until(hand.page, "fetch('/api/me').then((r) => r.ok)")
    hand.page.wait_for_timeout(500)
    assert theo.field(STEPS[2], "title") == "門まで歩く"


def test_what_is_left_stays_as_it_is_and_can_be_looked_at_again(hand, theo):
    theo.proposes(STEPS[0], hint="雨の日に")
    opens_proposals(hand, 1)
    hand.tap("Leave as it is")
    expect(cards(hand)).to_have_count(0)
    hand.page.locator("summary").tap()
    hand.tap("Look at it again")
    expect(cards(hand)).to_have_count(1)
    hand.goes(f"/step/{theo.steps[STEPS[0]]}")
    hand.sees("step/:id")
    expect(hand.page.get_by_text("雨の日に")).to_be_visible()
    hand.tap("Leave as it is")
    expect(hand.page.get_by_text("雨の日に")).to_have_count(0)


def test_all_at_once_without_a_network_and_taken_back_in_one_touch(hand, theo, line):
    theo.proposes(STEPS[0], title="カーテンを半分あける", hint="ゆっくり")
    step = str(uuid.uuid4())
    assert theo.edits("add", "step", step, ladder=theo.ladder, title="ポストまで", position="zz") == "kept"
    opens_proposals(hand, 3)
    line.off()
    hand.tap("Take all {n}", n=3)
    expect(cards(hand)).to_have_count(0)
    hand.tap("Undo")
    expect(cards(hand)).to_have_count(3)
    hand.tap("Take all {n}", n=3)
    hand.touch(hand.page.locator(".dock a"))
    expect(hand.page.locator(".rung")).to_have_count(4)
    expect(hand.page.locator(".rung").first).to_contain_text("ポストまで")
    line.on()
    hand.page.evaluate("dispatchEvent(new Event('online'))")
    expect(hand.page.locator(".chip")).to_have_count(0)
    until(hand.page, "() => true")
    end = time.time() + 10
    while theo.field(STEPS[0], "hint") != "ゆっくり":
        assert time.time() < end
        time.sleep(0.2)
    assert step in theo.rows


def test_asking_keeps_it_waiting_and_the_answer_stands_beside_it(hand, theo):
    theo.proposes(STEPS[1], title="門まで行く")
    opens_proposals(hand, 1)
    hand.tap("Ask about it")
    box = cards(hand).locator("textarea")
    expect(box).to_be_focused()
    hand.write(box, "どの門ですか")
    hand.page.wait_for_timeout(200)
    hand.page.reload()
    expect(box).to_have_value("どの門ですか")
    hand.tap("Ask")
    expect(cards(hand)).to_contain_text(hand.say("You asked about it"))
    expect(cards(hand).locator(".said")).to_contain_text("どの門ですか")
    end = time.time() + 10
    while True:
        theo.field(STEPS[0], "title")
        found = [row for row in theo.rows.values() if row["kind"] == "proposal" and row["fields"]["state"] == "asked"]
        if found:
            break
        assert time.time() < end
        time.sleep(0.2)
    proposal = found[0]["id"]
    said = {"target": proposal, "target_kind": "proposal", "text": "緑の門です"}
    assert theo.edits("add", "comment", str(uuid.uuid4()), **said) == "written"
    expect(cards(hand).locator(".said")).to_contain_text("緑の門です")
    hand.goes(f"/ladder/{theo.ladder}")
    expect(banner(hand)).to_contain_text(hand.say("An answer to what you asked"))


def test_a_place_on_the_ladder_is_told_in_words(hand, theo):
    theo.proposes(STEPS[0], position="zz")
    opens_proposals(hand, 1)
    expect(cards(hand).locator("dd").first).to_have_text(hand.say("at the foot"))
    expect(cards(hand).locator("dd").last).to_have_text(hand.say("just above “{title}”", title=STEPS[2]))
    hand.tap("Take it")
    hand.touch(hand.page.locator(".dock a"))
    expect(hand.page.locator(".rung").first).to_contain_text(STEPS[0])


def test_a_comment_goes_both_ways_is_reworded_and_is_new_until_it_was_seen(hand, theo):
    step = theo.steps[STEPS[0]]
    said = {"target": step, "target_kind": "step", "text": "朝と夜、どちらが楽ですか"}
    assert theo.edits("add", "comment", str(uuid.uuid4()), **said) == "written"
    rung = hand.page.locator(f"#rung-{step}")
    expect(rung).to_contain_text(hand.say("a new comment"))
    hand.touch(rung.locator("a"))
    hand.touch(hand.page.locator(".comments summary"))
    expect(hand.page.locator(".said")).to_contain_text("朝と夜、どちらが楽ですか")
    hand.write(hand.page.locator(".say textarea"), "夜")
    hand.tap("Write it down")
    own = hand.page.locator(".said .own")
    expect(own).to_contain_text("夜")
    hand.touch(own.get_by_role("button", name=hand.say("Change it")))
    hand.write(own.locator("textarea"), "夜のほうが楽です")
    hand.tap("Keep it")
    expect(own).to_contain_text("夜のほうが楽です")
    hand.tap("Back")
    hand.sees("ladder/:id")
    expect(rung).not_to_contain_text(hand.say("a new comment"))
    hand.page.wait_for_timeout(500)
    theo.field(STEPS[0], "title")
    assert "夜のほうが楽です" in [row["fields"].get("text") for row in theo.rows.values()]


def test_together_both_write_at_once_each_sees_where_the_other_is_and_one_tap_ends_it(hand, theo):
    step = theo.steps[STEPS[1]]
    hand.tap("Write together, in a call")
    hand.tap("Open it")
    room = hand.page.locator("#together")
    expect(room).to_contain_text(hand.say("Nobody else is here just now."))
    theo.ask("PUT", f"/api/together/{theo.space}/here", 204, {"step": step})
    expect(room).to_contain_text(hand.say("{name} is at “{title}”", name=NAME, title=STEPS[1]))
    expect(hand.page.locator(f"#rung-{step} .here")).to_contain_text(hand.say("{name} is here", name=NAME))
    hand.touch(hand.page.locator(f"#rung-{step} a"))
    hand.sees("step/:id")
    until_here(theo, step)
    assert theo.words(step, title="門まで行く") == "written"
    expect(hand.page.locator(".step-title")).to_have_text("門まで行く")
    expect(hand.page.locator("p.here")).to_contain_text(hand.say("{name} is here, too", name=NAME))
    hand.tap("Back")
    hand.tap("End it now")
    expect(room).to_have_count(0)
    assert theo.words(step, title="もっと先") == "kept"
    expect(banner(hand)).to_be_visible()


def test_words_written_into_the_same_field_at_once_are_both_kept_and_it_is_said_while_one_types(hand, theo):
    step = theo.steps[STEPS[0]]
    hand.tap("Write together, in a call")
    hand.tap("Open it")
    expect(hand.page.locator("#together")).to_be_visible()
    hand.goes(f"/step/{step}/edit")
    title = hand.page.locator("textarea[name=title]")
    hand.write(title, "カーテンを少し開ける")
    assert theo.words(step, title="窓ごと開ける", hint="朝に") == "written"
    said = hand.say("Meanwhile somebody wrote: “{words}”. Keep yours, and neither is lost.", words="窓ごと開ける")
    hand.reads(said)
    expect(title).to_have_value("カーテンを少し開ける")
    expect(hand.page.locator("textarea[name=hint]")).to_have_value("朝に")
    hand.tap("Keep these words")
    hand.sees("ladder/:id")
    hand.goes(f"/step/{step}")
    expect(hand.page.locator(".step-title")).to_have_text("カーテンを少し開ける")
    expect(cards(hand)).to_contain_text("窓ごと開ける")
    expect(hand.page.get_by_text("朝に")).to_be_visible()


def test_what_was_ended_on_another_phone_ends_here_and_says_so(hand, theo):
    hand.tap("Write together, in a call")
    hand.tap("Open it")
    room = hand.page.locator("#together")
    expect(room).to_be_visible()
    hand.page.evaluate("(space) => fetch(`/api/together/${space}`, { method: 'DELETE' })", theo.space)
    expect(room).to_have_count(0)
    expect(hand.page.locator(".toast")).to_contain_text(
        hand.say("It has ended. From now on changes are proposals again.")
    )


def until_here(theo, step):
    """Theo's screen shows the person at this step."""
    end = time.time() + 10
    while step not in [one["step"] for one in theo.ask("GET", f"/api/together/{theo.space}")["here"] if not one["you"]]:
        assert time.time() < end
        time.sleep(0.2)


def test_what_changed_tells_both_names_and_brings_back(hand, theo):
    theo.proposes(STEPS[2], title="門まで歩く")
    opens_proposals(hand, 1)
    hand.tap("Take it")
    hand.goes(f"/ladder/{theo.ladder}/edit")
    hand.tap("What changed on this ladder", role="link")
    hand.sees("ladder/:id/changes")
    newest = hand.page.locator(".change").first
    expect(newest).to_contain_text(hand.say("You took what {from} proposed", **{"from": NAME}))
    expect(newest).to_contain_text(STEPS[2])
    expect(hand.page.locator(".change").nth(1)).to_contain_text(hand.say("{name} proposed", name=NAME))
    hand.touch(newest.get_by_role("button", name=hand.say("Bring back what stood before")))
    expect(newest).to_contain_text(hand.say("You changed"))
    hand.goes(f"/step/{theo.steps[STEPS[2]]}")
    expect(hand.page.locator(".step-title")).to_have_text(STEPS[2])


def test_who_sees_an_entry_is_chosen_where_it_is_read(settled, server, theo):
    hand = settled(*STEPS)
    page = hand.page
    theo.knows(page)
    linked(hand, theo, entries="Those I show, one by one")
    hand.goes(f"/try/{theo.steps[STEPS[0]]}")
    hand.rate("before", 40)
    hand.tap("Begin")
    hand.tap("Did it")
    hand.choose("Only I")
    hand.tap("Keep it")
    hand.sees("attempt/:id")
    hand.reads(hand.say("It leaves no trace for anybody else, not even a number."))
    page.wait_for_timeout(500)
    assert theo.ask("GET", f"/api/people/{theo.consent}")["attempts"] == []
    hand.touch(page.locator(".sharing label").filter(has_text=NAME))
    hand.reads(hand.say("{names} can see it.", names=NAME))
    page.wait_for_timeout(500)
    assert len(theo.ask("GET", f"/api/people/{theo.consent}")["attempts"]) == 1
    hand.goes(f"/step/{theo.steps[STEPS[0]]}/history")
    expect(page.locator(".history-entry")).to_contain_text(hand.say("{names} can see it", names=NAME))
