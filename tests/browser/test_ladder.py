"""The ladder by keyboard and by finger: order, undo, Japanese conversion, the library, splitting, no network."""

import pytest
from playwright.sync_api import expect

from tests.browser.common import WHOLE, until
from tests.browser.hand import Hand

STEPS = ("カーテンを開ける", "玄関まで行く", "角まで歩く")


@pytest.fixture
def hand(settled):
    """Ada, on her first ladder."""
    return settled(*STEPS)


ORDER = """(wanted) => { const rungs = [...document.querySelectorAll('.rung')].reverse();
  const found = rungs.map((rung) => wanted.find((title) => rung.textContent.includes(title)));
  return JSON.stringify(found) === JSON.stringify(wanted); }"""
BOXES = "all => all.map((one) => one.getBoundingClientRect().toJSON())"
TOPS = "(all, wanted) => wanted.map((title) => all.find((one) => one.innerText.includes(title)).offsetTop)"
PRESS = "(grip, key) => grip.dispatchEvent(new KeyboardEvent('keydown', {...key, bubbles: true}))"


def expect_rungs(page, *titles):
    """These and no others, from the foot to the top."""
    until(page, ORDER, argument=list(titles))


def heard(page, words):
    expect(page.locator("#live")).to_contain_text(words)


def test_the_first_written_step_is_the_lowest_rung(hand):
    expect_rungs(hand.page, *STEPS)
    tops = hand.page.locator(".rung").evaluate_all(TOPS, STEPS)
    assert tops == sorted(set(tops), reverse=True)


def test_a_step_moves_by_its_buttons_keeps_the_focus_and_is_announced(hand):
    page = hand.page
    hand.tap("Change the order")
    hand.tap("Move up: {title}", title=STEPS[0])
    expect_rungs(page, STEPS[1], STEPS[0], STEPS[2])
    heard(page, hand.say("{title}: rung {n} of {of} from below", title=STEPS[0], n=2, of=3))
    expect(page.get_by_role("button", name=hand.say("Move up: {title}", title=STEPS[0]))).to_be_focused()
    page.reload()
    expect_rungs(page, STEPS[1], STEPS[0], STEPS[2])


def test_every_button_that_moves_is_large_enough_for_a_thumb(hand):
    hand.tap("Change the order")
    for box in hand.page.locator(".movers .icon").evaluate_all(BOXES):
        assert min(box["width"], box["height"]) >= 44


def test_a_step_moves_by_the_arrow_keys_and_says_where_the_end_is(hand):
    page = hand.page
    hand.tap("Change the order")
    grip = page.get_by_role("button", name=hand.say("Drag, or move with the arrow keys: {title}", title=STEPS[2]))
    grip.focus()
    page.keyboard.press("ArrowDown")
    expect_rungs(page, STEPS[0], STEPS[2], STEPS[1])
    expect(grip).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect_rungs(page, STEPS[2], STEPS[0], STEPS[1])
    page.keyboard.press("ArrowDown")
    heard(page, hand.say("This is the lowest rung already."))
    expect_rungs(page, STEPS[2], STEPS[0], STEPS[1])


def test_alt_and_an_arrow_moves_a_step_without_any_mode(hand):
    page = hand.page
    until(page, WHOLE)  # the keys come with the second shelf
    link = page.get_by_role("link", name=STEPS[0])
    link.focus()
    page.keyboard.press("Alt+ArrowUp")
    expect_rungs(page, STEPS[1], STEPS[0], STEPS[2])
    expect(link).to_be_focused()


def test_an_arrow_that_chooses_a_conversion_moves_nothing(hand):
    page = hand.page
    hand.tap("Change the order")
    page.locator(".grip").first.evaluate(PRESS, {"key": "ArrowDown", "keyCode": 229, "isComposing": True})
    page.locator(".grip").last.evaluate(PRESS, {"key": "ArrowUp"})
    expect_rungs(page, STEPS[1], STEPS[0], STEPS[2])


def drag(hand, title, onto, *, let_go=True):
    """By the mouse, as a finger would: several small moves."""
    page = hand.page
    hand.tap("Change the order")
    start = page.locator(".rung", has_text=title).locator(".grip").bounding_box()
    end = page.locator(".rung", has_text=onto).locator(".grip").bounding_box()
    page.mouse.move(start["x"] + 22, start["y"] + 22)
    page.mouse.down()
    page.mouse.move(end["x"] + 22, end["y"] + 20, steps=8)
    expect(page.locator(".rung.held")).to_have_count(1)
    if let_go:
        page.mouse.up()


def test_a_step_is_dragged_by_its_handle_and_undo_puts_it_back(hand):
    drag(hand, STEPS[0], STEPS[2])
    expect_rungs(hand.page, STEPS[1], STEPS[2], STEPS[0])
    expect(hand.page.locator(".held")).to_have_count(0)
    hand.tap("Undo")
    expect_rungs(hand.page, *STEPS)


def test_escape_lets_a_dragged_step_go_back(hand):
    drag(hand, STEPS[0], STEPS[2], let_go=False)
    hand.page.keyboard.press("Escape")
    expect(hand.page.locator(".held")).to_have_count(0)
    hand.page.mouse.up()
    expect_rungs(hand.page, *STEPS)
    assert hand.page.locator(".rung").evaluate_all("all => all.map(one => one.style.transform)") == ["", "", ""]


def test_the_handle_does_not_scroll_the_page_under_the_finger(hand):
    hand.tap("Change the order")
    assert hand.page.locator(".grip").first.evaluate("grip => getComputedStyle(grip).touchAction") == "none"


def test_enter_that_confirms_a_conversion_adds_no_step(hand):
    page = hand.page
    hand.touch(page.locator("#write-step"))
    keys = page.context.new_cdp_session(page)
    keys.send("Input.imeSetComposition", {"text": "まど", "selectionStart": 2, "selectionEnd": 2})
    enter = {"type": "rawKeyDown", "key": "Process", "windowsVirtualKeyCode": 229, "code": "Enter"}
    keys.send("Input.dispatchKeyEvent", enter)
    keys.send("Input.insertText", {"text": "窓"})
    keys.send("Input.dispatchKeyEvent", {"type": "keyUp", "key": "Enter", "windowsVirtualKeyCode": 13, "code": "Enter"})
    expect(page.locator("#new-step")).to_have_value("窓")
    expect(page.locator(".rung")).to_have_count(3)
    page.keyboard.press("Enter")
    expect(page.locator(".rung")).to_have_count(4)
    expect(page.locator("#new-step")).to_be_focused()
    expect(page.locator("#new-step")).to_have_value("")


def test_half_a_step_is_still_there_after_the_page_was_lost(hand):
    page = hand.page
    hand.touch(page.locator("#write-step"))
    page.locator("#new-step").press_sequentially("コンビニの前ま")
    page.wait_for_timeout(150)
    page.reload()
    expect(page.locator("#new-step")).to_have_value("コンビニの前ま")


def test_a_step_taken_off_comes_back_by_undo_and_again_from_the_list(hand):
    page = hand.page
    hand.touch(page.get_by_role("link", name=STEPS[1]))
    hand.tap("Take it off the ladder")
    expect_rungs(page, STEPS[0], STEPS[2])
    hand.tap("Undo")
    expect_rungs(page, *STEPS)
    hand.touch(page.get_by_role("link", name=STEPS[1]))
    hand.tap("Take it off the ladder")
    expect_rungs(page, STEPS[0], STEPS[2])
    hand.tap("Name and wish", role="link")
    hand.touch(page.get_by_role("button", name=STEPS[1]))
    hand.tap("Back", role="button")
    expect_rungs(page, *STEPS)


def test_one_touch_makes_smaller_steps_below_the_one_they_come_from(hand):
    page = hand.page
    hand.touch(page.get_by_role("link", name=STEPS[2]))
    hand.tap("Make smaller steps of it")
    drafts = page.locator("#smaller textarea")
    expect(drafts).to_have_count(3)
    drafts.first.fill("角のほうを、窓から見る")
    page.wait_for_timeout(150)
    page.reload()
    expect(drafts.first).to_have_value("角のほうを、窓から見る")
    hand.tap("Put them on the ladder")
    expect(page.locator(".rung")).to_have_count(6)
    expect(page.locator(".rung").nth(3)).to_contain_text("角のほうを、窓から見る")
    hand.tap("Undo")
    expect_rungs(page, *STEPS)


def test_the_library_is_searched_in_both_languages_and_leaves_the_number_to_the_person(hand):
    page = hand.page
    hand.tap("From the library", role="link")
    search = page.get_by_role("searchbox")
    search.fill("window")
    expect(page.locator("[data-entry=H05]")).to_be_visible()
    search.fill("マド 開")
    expect(page.locator("[data-entry]")).to_have_count(0)
    search.fill("窓 あけ")
    expect(page.locator("[data-entry]")).to_have_count(0)
    search.fill("窓　開け")
    hand.touch(page.locator("[data-entry=H05]"))
    expect(page.locator("[data-entry=H05]")).to_contain_text(hand.say("On the ladder"))
    hand.touch(page.locator(".dock .primary"))
    expect(page.locator(".rung")).to_have_count(4)
    expect(page.locator(".rung").first).to_contain_text(hand.say("no number of your own yet"))


def test_a_step_of_the_body_is_taken_only_after_its_health_note(hand):
    page = hand.page
    hand.tap("From the library", role="link")
    page.get_by_role("searchbox").fill("足踏み")
    expect(page.locator("[data-entry=H10]")).to_have_count(0)
    hand.tap("Read the health note first")
    expect(page.get_by_role("note")).to_be_visible()
    hand.touch(page.locator("[data-entry=H10]"))
    expect(page.locator("[data-entry=H10]")).to_contain_text(hand.say("On the ladder"))


def test_work_and_school_stay_closed_until_the_person_opens_them(hand):
    page = hand.page
    hand.tap("From the library", role="link")
    expect(page.locator("[data-entry=W01]")).to_have_count(0)
    page.get_by_role("searchbox").fill("学校")
    expect(page.locator("[data-entry^=W]")).to_have_count(0)
    hand.tap("Open work and school")
    expect(page.locator("[data-entry^=W]").first).to_be_visible()


def test_not_knowing_the_wish_is_a_full_answer(open_phone):
    hand = Hand(open_phone(lang="en", path="/app"), "en").begins()
    hand.tap("My own days")
    hand.touch(hand.page.get_by_role("checkbox"))
    expect(hand.page.get_by_label("How would you like your days to be?")).to_have_count(0)
    hand.tap("Make this ladder")
    hand.sees("ladder/:id")
    expect(hand.page.locator(".wish")).to_have_count(0)
    hand.tap("Name and wish", role="link")
    expect(hand.page.get_by_role("checkbox")).to_be_checked()


def test_the_own_number_is_kept_when_the_page_is_left_at_once(hand):
    page = hand.page
    hand.touch(page.get_by_role("link", name=STEPS[0]))
    hand.rate("own-number", 35)
    hand.tap("Back")
    expect(page.locator(".rung", has_text=STEPS[0])).to_contain_text("35")
    page.reload()
    expect(page.locator(".rung", has_text=STEPS[0])).to_contain_text("35")
    expect_rungs(page, *STEPS)


def test_a_ladder_put_away_can_be_brought_back(hand):
    page = hand.page
    hand.tap("Name and wish", role="link")
    hand.tap("Put this ladder away", exact=False)
    hand.sees("ladders")
    page.locator("summary").tap()
    hand.tap("Bring back", exact=False)
    expect(page.locator(".small-ladder")).to_have_count(1)


def test_everything_on_the_ladder_works_without_a_network_and_is_sent_later(settled, line):
    hand = settled(*STEPS, url=line.url)
    page = hand.page
    until(page, WHOLE)
    line.off()
    hand.writes_a_step("夜、外の空気を吸う")
    page.keyboard.press("Escape")
    hand.tap("Change the order")
    hand.tap("Move down: {title}", title="夜、外の空気を吸う")
    expect_rungs(page, STEPS[0], STEPS[1], "夜、外の空気を吸う", STEPS[2])
    page.reload()
    expect_rungs(page, STEPS[0], STEPS[1], "夜、外の空気を吸う", STEPS[2])
    hand.tap("From the library", role="link")
    hand.touch(page.locator("[data-entry=H01]"))
    hand.touch(page.locator(".dock .primary"))
    expect(page.locator(".rung")).to_have_count(5)
    expect(page.locator(".chip")).to_be_visible()
    line.on()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator(".chip")).to_have_count(0)


def test_earlier_words_of_a_step_can_be_read_and_brought_back_and_offline_a_sentence_says_why_not(settled, line):
    hand = settled("角まで歩く", url=line.url)
    page = hand.page
    hand.touch(page.get_by_role("link", name="角まで歩く"))
    hand.tap("Change the words", role="link")
    hand.write(page.locator("textarea[name=title]"), "門まで歩く")
    hand.tap("Keep these words")
    expect(page.locator(".step-title")).to_have_text("門まで歩く")
    hand.tap("Earlier wordings", role="link")
    hand.sees("step/:id/changes")
    expect(page.locator(".change s")).to_have_text("角まで歩く")
    hand.tap("Bring back what stood before")
    expect(page.locator(".step-title")).to_have_text("角まで歩く")
    expect(page.locator(".change s").first).to_have_text("門まで歩く")
    hand.tap("Undo")
    expect(page.locator(".step-title")).to_have_text("門まで歩く")
    hand.tap("Back")
    line.off()
    hand.tap("Earlier wordings", role="link")
    hand.reads(hand.say("Earlier wordings are kept in your account. They can be seen when there is a network."))
