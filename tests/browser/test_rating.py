"""The rating control by finger, by key and by ear; nothing is rated that was not touched."""

from playwright.sync_api import expect

from tests.browser.trying import about_to_try


def test_what_was_not_touched_is_not_rated(settled):
    hand = about_to_try(settled)
    page = hand.page
    expect(page.locator("#before")).to_have_attribute("aria-valuetext", "not chosen yet")
    box = page.locator(".rating-track").bounding_box()
    touch = page.context.new_cdp_session(page)  # a finger that comes down on the line and scrolls the page
    x, y = box["x"] + 80, box["y"] + 30
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for up in range(10, 200, 10):
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y - up}]})
    page.wait_for_timeout(300)  # it rests before it lifts; a fling would swallow the next tap anywhere
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.locator("#before")).to_have_attribute("aria-valuetext", "not chosen yet")
    hand.tap("Begin")
    hand.tap("Part of it")
    hand.tap("Keep it")
    hand.sees("attempt/:id")
    expect(page.locator(".numbers")).to_have_count(0)


def test_a_finger_may_slide_and_the_middle_may_be_chosen(settled):
    hand = about_to_try(settled)
    page = hand.page
    hand.rate("before", 50)
    expect(page.locator("#before")).to_have_attribute("aria-valuetext", "50, uneasy")
    box = page.locator(".rating-track").bounding_box()
    touch = page.context.new_cdp_session(page)
    at = lambda part: {"x": box["x"] + box["width"] * part, "y": box["y"] + 28}  # noqa: E731
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at(0.5)]})
    for part in (0.6, 0.7, 0.8, 1.2):
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [at(part)]})
    page.wait_for_timeout(300)
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.locator("#before")).to_have_value("100")
    hand.tap("{label}: one less", label=hand.say("How hard is it, before you begin?"))
    expect(page.locator("#before")).to_have_value("99")


def test_own_marks_stand_beside_the_scale_and_one_touch_takes_their_number(settled):
    hand = about_to_try(settled)
    page, address = hand.page, hand.page.url
    hand.goes("/anchors")
    hand.write(page.locator("input[name=anchor_75]"), "the day at the till")
    page.reload()
    expect(page.locator("input[name=anchor_75]")).to_have_value("the day at the till")
    hand.tap("Keep them")
    hand.sees("try/:id")  # where one came from
    assert page.url == address
    hand.touch(page.get_by_role("button", name="the day at the till"))
    expect(page.locator("#before")).to_have_value("75")
    expect(page.locator("#before")).to_have_attribute("aria-valuetext", "75, near: the day at the till")


def test_a_step_can_be_done_with_keys_alone(settled):
    page = about_to_try(settled).page
    tab_to(page, "input#before")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("PageUp")
    expect(page.locator("#before")).to_have_attribute("aria-valuetext", "61, uneasy")
    tab_to(page, "textarea[name=guess]")
    page.keyboard.type("They will look")
    tab_to(page, "input#likelihood")
    page.keyboard.press("End")
    tab_to(page, ".dock .primary")
    page.keyboard.press("Enter")
    tab_to(page, ".outcomes .choice:nth-child(2)")
    page.keyboard.press("Enter")
    tab_to(page, "input[name=outcome]:checked")
    page.keyboard.press("ArrowLeft")
    tab_to(page, "input#after")
    page.keyboard.press("Home")
    tab_to(page, ".dock .primary")
    page.keyboard.press("Enter")
    expect(page.locator(".badge")).to_have_text("Did it")
    expect(page.locator(".numbers dd")).to_have_text(["61", "0"])
    expect(page.locator(".beside")).to_contain_text("100")


def test_on_the_smallest_phone_less_and_more_stand_side_by_side_and_no_answer_breaks(settled):
    hand = about_to_try(settled, "ja")
    page = hand.page
    page.set_viewport_size({"width": 320, "height": 568})
    hand.rate("before", 45)
    less, more = (page.locator(".rating-nudge").nth(one).bounding_box() for one in (0, 1))
    assert less["y"] == more["y"]
    hand.tap("Begin")
    expect(page.locator(".outcomes .choice")).to_have_count(3)
    assert page.evaluate(LINES) == [1, 1, 1]


# On how many lines the words of each answer stand.
LINES = """() => [...document.querySelectorAll('.outcomes .choice')].map((one) => {
  const words = document.createRange();
  words.selectNodeContents(one);
  return new Set([...words.getClientRects()].filter((part) => part.width).map((part) => Math.round(part.top))).size;
})"""


def tab_to(page, selector):
    for _ in range(40):
        if page.evaluate("(s) => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way by Tab to {selector}")
