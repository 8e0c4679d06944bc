"""Unhurried words, and ideas for reminders: when they are read is said before the first, and they are kept and sent."""

import time

import pytest
from playwright.sync_api import expect

from tests.browser.common import WHOLE, until
from tests.browser.faraway import FRIDAY, TUESDAY, Faraway, linked

STEP = "カーテンを開けてみる"
NAME = {"name": "Theoさん"}


@pytest.fixture
def theo(browser, server):
    made = Faraway(browser, server.url)
    yield made
    made.leaves()


@pytest.fixture
def hand(settled, line, theo):
    """A person whose line can break, linked with Theo, on the screen of their messages."""
    made = settled(STEP, url=line.url)
    linked(made, theo)
    made.goes(f"/messages/{theo.consent}")
    made.sees("messages/:id")
    until(made.page, WHOLE)
    return made


def talk(hand):
    return hand.page.locator(".talk-one")


def writes(hand, text):
    """Written and sent off; `sent` waits until the account has it."""
    hand.write(hand.page.locator("#message"), text)
    hand.tap("Send")
    expect(talk(hand).filter(has_text=text)).to_have_count(1)


def sent(hand):
    expect(talk(hand).get_by_text(hand.say("goes when there is a connection"))).to_have_count(0)


def soon(look, wanted):
    """What the other side sees, once it has come there."""
    end = time.time() + 10
    while (found := look()) != wanted and time.time() < end:
        time.sleep(0.1)
    assert found == wanted


def test_before_the_first_word_it_is_said_when_it_is_read_and_that_nobody_watches(hand):
    card = hand.page.locator("section.card.soft")
    expect(card).to_contain_text("火")
    expect(card).to_contain_text("金")
    expect(card).to_contain_text("昼休みに読みます。")
    expect(card).to_contain_text(
        hand.say("Nobody watches live. It is not for emergencies; for those there are people who help.")
    )
    expect(hand.page.locator("#read-by")).to_contain_text("までに読みます")
    expect(talk(hand)).to_have_count(0)


def test_words_written_with_no_network_are_kept_and_go_later(hand, line, theo):
    hand.write(hand.page.locator("#message"), "まだ書きかけ")
    hand.page.wait_for_timeout(300)
    hand.page.reload()
    expect(hand.page.locator("#message")).to_have_value("まだ書きかけ")
    line.off()
    writes(hand, "電波のないところから")
    expect(talk(hand)).to_contain_text(hand.say("goes when there is a connection"))
    expect(hand.page.locator("#message")).to_have_value("")
    line.on()
    hand.page.evaluate("dispatchEvent(new Event('online'))")
    sent(hand)
    [row] = theirs(theo, "message")
    assert (row["fields"]["text"], row["fields"]["worry"]) == ("電波のないところから", False)


def theirs(theo, kind):
    """What Theo has got of the thread, as his client fetches it."""
    return [row for row in theo.sends(theo.thread).values() if row["kind"] == kind]


def test_an_answer_comes_by_itself_and_is_news_on_the_home_screen_until_it_was_read(hand, theo):
    theo.writes("急がなくて大丈夫です")
    expect(talk(hand)).to_contain_text("急がなくて大丈夫です")
    expect(talk(hand)).to_contain_text("Theoさん")
    hand.goes("/")
    hand.sees("")
    told = hand.say("{name} wrote to you. There is no hurry.", **NAME)
    expect(hand.page.get_by_text(told)).to_have_count(0)
    theo.writes("もうひとつだけ")
    hand.touch(hand.page.get_by_text(told))
    hand.sees("messages/:id")
    expect(talk(hand).last).to_contain_text("もうひとつだけ")
    hand.goes("/")
    hand.sees("")
    expect(hand.page.get_by_text(told)).to_have_count(0)


def test_a_worry_says_the_true_time_and_has_people_to_call_beside_it(hand, theo):
    hand.touch(hand.page.locator("input[name=worry]"))
    card = hand.page.locator("#worry-card")
    expect(card).to_contain_text(
        hand.say("{name} sees that this worries you. It does not reach them any faster.", **NAME)
    )
    when = hand.page.locator("#read-by").inner_text()
    expect(card).to_contain_text(when)
    assert card.locator("a[href^='tel:']").count() == 2
    expect(card.locator("a[href='#/help']")).to_be_visible()
    writes(hand, "明日の電話がこわい")
    expect(talk(hand).locator(".badge")).to_have_text(hand.say("This worries me"))
    expect(card).to_have_count(0)
    sent(hand)
    assert [row["fields"]["worry"] for row in theirs(theo, "message")] == [True]


def test_when_it_is_too_much_one_may_write_with_the_flag_set_and_no_network(hand, line, theo):
    line.off()
    hand.goes("/toomuch")
    hand.sees("toomuch")
    hand.tap("Write to {name}", role="link", **NAME)
    hand.sees("messages/:id")
    expect(hand.page.locator("input[name=worry]")).to_be_checked()
    expect(hand.page.locator("#worry-card")).to_be_visible()
    writes(hand, "今日はもう無理です")
    line.on()
    hand.page.evaluate("dispatchEvent(new Event('online'))")
    sent(hand)
    soon(lambda: [row["fields"]["worry"] for row in theirs(theo, "message")], [True])


def test_nobody_is_told_what_was_read_unless_both_wish_it(hand, theo):
    writes(hand, "読めたら読んでください")
    sent(hand)
    thread = theo.thread
    seen = theirs(theo, "message")[0]["fields"]["at"]
    theo.says(thread, "thread", "set", thread, receipts_therapist=True, seen_therapist=seen)
    hand.touch(hand.page.locator("summary", has_text=hand.say("About this conversation")))
    expect(hand.page.locator("details .note")).to_contain_text(
        hand.say("Off: neither of you is told. It begins only when both of you wish it.")
    )
    expect(talk(hand).locator(".talk-foot span")).to_have_count(0)
    hand.touch(hand.page.locator("details input[type=checkbox]"))
    expect(talk(hand).locator(".talk-foot span")).to_contain_text("既読")
    hand.touch(hand.page.locator("details input[type=checkbox]"))
    expect(talk(hand).locator(".talk-foot span")).to_have_count(0)


def test_my_own_words_can_be_taken_back_and_theirs_cannot(hand, theo):
    theo.writes("Theoの言葉")
    writes(hand, "言いすぎたかもしれない")
    expect(talk(hand)).to_have_count(2)
    takers = talk(hand).get_by_role("button", name="取り消す")
    expect(takers).to_have_count(1)
    hand.touch(takers)
    expect(talk(hand)).to_have_count(1)
    hand.tap("Undo")
    expect(talk(hand)).to_have_count(2)


def test_after_the_end_the_words_stay_and_nothing_more_can_be_written(hand, theo):
    writes(hand, "ここまでありがとう")
    sent(hand)
    hand.goes(f"/consent/{theo.consent}")
    hand.tap("End reading together now")
    hand.sees("consents").goes(f"/messages/{theo.consent}")
    hand.sees("messages/:id")
    expect(talk(hand)).to_contain_text("ここまでありがとう")
    hand.reads(hand.say("This has ended. What was written stays with you here."))
    expect(hand.page.locator("#message")).to_have_count(0)


def test_an_idea_for_a_reminder_is_nothing_before_it_was_taken(hand, theo):
    [ladder] = theo.ask("GET", "/api/people", 200)["people"][0]["ladders"]
    idea = {"days": [TUESDAY, FRIDAY], "time": "15:30", "words": "窓を開けてみてもいい時間"}
    theo.says(ladder["space"], "idea", **idea)
    hand.goes("/")
    hand.touch(hand.page.get_by_text(hand.say("There is an idea for a reminder. You decide.")))
    hand.sees("reminders")
    assert hand.page.locator(".reminder").count() == 0
    boxes = [one.bounding_box() for one in hand.page.locator("article.idea .choice").all()]
    assert abs(boxes[0]["width"] - boxes[1]["width"]) < 2
    hand.tap("Have a look")
    hand.sees("reminder/:id")
    expect(hand.page.locator("input[name=time]")).to_have_value("15:30")
    expect(hand.page.locator("input[name=words]")).to_have_value(idea["words"])
    hand.write(hand.page.locator("input[name=time]"), "16:00")
    hand.tap("Keep this reminder")
    hand.sees("reminders")
    expect(hand.page.locator(".reminder")).to_have_count(1)
    expect(hand.page.locator(".reminder-time").first).to_have_text("16:00")
    expect(hand.page.locator("article.idea")).to_have_count(0)
    soon(lambda: ideas(theo, ladder["space"]), ["taken"])


def test_an_idea_that_is_left_comes_to_nothing(hand, theo):
    [ladder] = theo.ask("GET", "/api/people", 200)["people"][0]["ladders"]
    theo.says(ladder["space"], "idea", days=[TUESDAY], time="08:00")
    hand.goes("/reminders")
    hand.sees("reminders")
    hand.tap("No thanks")
    expect(hand.page.locator("article.idea")).to_have_count(0)
    expect(hand.page.locator(".reminder")).to_have_count(0)
    soon(lambda: ideas(theo, ladder["space"]), ["left"])


def ideas(theo, space):
    return [row["fields"]["state"] for row in theo.sends(space).values() if row["kind"] == "idea"]
