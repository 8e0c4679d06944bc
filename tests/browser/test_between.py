"""What lies between the steps, with no network: kindness, a breath, the diary, what supports, the plan, the day."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.between import filled, page_of
from tests.browser.common import CONTROLLED, WHOLE, until
from tests.browser.faraway import reads_along
from tests.browser.hand import Hand
from tests.browser.life import live
from tests.browser.trying import OUTCOMES, ready, sentences

PULLED = """async () => { const device = crypto.randomUUID();
  const body = JSON.stringify({ v: 1, device, zone: 'UTC', cursors: {}, edits: [] });
  const answer = await fetch('/api/sync', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  const { spaces } = await answer.json();
  const rows = Object.values(spaces).flatMap((space) => space.rows);
  return rows.filter(({ fields }) => !fields.archived).map(({ kind, fields }) => ({ kind, ...fields })); }"""
LATER = "(ahead) => { const real = (Date.real ??= Date.now); Date.now = () => real() + ahead; }"
DAY = 86_400_000
PAGES = ("雨の音と、猫", "ギターの弦を替えた", "何もない日")


@pytest.fixture
def flown(open_phone, line):
    """Somebody with one step whose phone has just lost its network."""
    page = open_phone(url=line.url, path="/app")
    hand = ready(page)
    until(page, CONTROLLED)
    until(page, WHOLE)
    line.off()
    return hand


def test_all_between_the_steps_works_with_no_network_and_arrives(flown, line):
    hand, page = flown, flown.page
    kindness_whatever_came_of_it(hand)
    a_breath(hand)
    a_page(hand)
    what_supports(hand)
    the_plan(hand)
    the_day(hand)
    line.on()
    page.evaluate("dispatchEvent(new Event('online'))")
    until(page, f"async () => (await ({PULLED})()).some(({{ kind, fixed_on }}) => kind === 'setting' && fixed_on)")
    rows = page.evaluate(PULLED)
    by = {kind: [row for row in rows if row["kind"] == kind] for kind in ("diary", "support", "plan", "setting")}
    assert {(row["text"], row["sharing"]) for row in by["diary"]} == {(text, "private") for text in PAGES}
    assert [row["name"] for row in by["support"]] == [hand.say("a song")]
    assert by["plan"][0]["signs"] == hand.say("I sleep at other hours")
    assert (by["setting"][0]["fixed_point"], by["setting"][0]["fixed_time"]) == (hand.say("Open the curtain"), "23:30")


def kindness_whatever_came_of_it(hand):
    """A kind sentence and a minute beside it, after turning back as after anything else; nothing of it is asked for."""
    hand.tap("Try it", role="link")
    hand.sees("try/:id")
    for outcome in ("turned_back", "did"):
        hand.tap("Begin")
        hand.tap(OUTCOMES[outcome])
        hand.tap("Keep it")
        hand.sees("attempt/:id")
        said = hand.page.locator(".kind").inner_text()
        assert said in {hand.say(one) for one in sentences(outcome)}
        hand.tap("A minute of kindness", role="link")
        hand.sees("kind")
        if outcome == "turned_back":
            a_minute(hand)
        else:
            hand.tap("No thanks")
        hand.sees("attempt/:id")
        if outcome == "turned_back":
            hand.tap("Once more", role="link")
            hand.sees("try/:id")


def a_minute(hand):
    """Three thoughts that pass by themselves or at a touch; then it is over and leads back."""
    hand.tap("Begin")
    for thought in (
        "This took something.",
        "Other people know this feeling, too.",
        "What would you say to a friend now?",
    ):
        hand.reads(hand.say(thought))
        hand.tap("Go on")
    hand.reads(hand.say("That was a minute. It is yours."))
    expect(hand.page.get_by_role("button", name=hand.say("Go on"))).to_have_count(0)
    hand.tap("Back to where I was")


def a_breath(hand):
    """Words and dots go with it; it ends at any moment. And the senses, for whom breath is no company."""
    hand.goes("/breathe")
    hand.sees("breathe").tap("Begin")
    word = hand.page.locator(".breath-word")
    expect(word).to_have_text(hand.say("Breathe in"))
    expect(word).to_have_text(hand.say("Breathe out"))
    hand.tap("That is enough")
    hand.leaves("breathe").goes("/breathe")
    hand.sees("breathe").choose("Not the breath: look around")
    hand.tap("Begin")
    hand.reads(hand.say("{n} thing you can see", n=5))
    for at in range(5):
        hand.touch(hand.page.locator(".sense").nth(at))
    hand.reads(hand.say("{n} thing you can touch", n=4))
    for _ in range(4):
        hand.tap("Go on")
    hand.reads(hand.say("Here you are."))


def a_page(hand):
    """Half a page lives through a closed app; kept it is found, changed, taken away and taken back."""
    page = hand.page
    hand.goes("/diary")
    hand.sees("diary").tap("Write something", role="link")
    hand.sees("diary/:id")
    hand.write(page.locator("[name=text]"), "雨の音")
    page.reload()
    expect(page.locator("[name=text]")).to_have_value("雨の音")
    hand.tap("Keep it")
    hand.sees("diary").touch(page.locator(".diary-page"))
    hand.sees("diary/:id").tap("Change it")
    hand.write(page.locator("[name=text]"), "雨の音と、猫")
    hand.tap("Keep it")
    hand.reads("雨の音と、猫")
    hand.tap("Take this page away")
    hand.sees("diary").reads(hand.say("A word, a line, a page."))
    hand.tap("Undo")
    pages = page.locator(".diary-page")
    expect(pages).to_have_count(1)
    for n, text in enumerate(PAGES[1:], 2):
        hand.tap("Write something", role="link")
        hand.sees("diary/:id").write(page.locator("[name=text]"), text)
        hand.tap("Keep it")
        expect(pages).to_have_count(n)
    it_is_found(hand, pages)


def it_is_found(hand, pages):
    """By a word in any writing; and what was looked up still stands when one comes back from a page."""
    hand.write(hand.page.get_by_role("searchbox"), "ぎたー")
    expect(pages).to_have_count(1)
    hand.touch(pages)
    hand.sees("diary/:id").tap("Back")
    hand.sees("diary")
    expect(pages).to_have_text(re.compile(PAGES[1]))
    hand.write(hand.page.get_by_role("searchbox"), "どこにもない")
    hand.reads(hand.say("There is no page with these words."))


def what_supports(hand):
    """Something once liked, named without a keyboard, onto the map; its smallest way becomes a step."""
    page = hand.page
    hand.goes("/support")
    hand.sees("support").tap("Something you once liked", role="link")
    hand.sees("liked").tap("a song")
    hand.sees("support/:id")
    expect(page.locator("[name=name]")).to_have_value(hand.say("a song"))
    hand.write(page.locator("[name=tiny]"), "イントロだけ")
    hand.tap("Keep it")
    hand.sees("liked").touch(page.locator(".joys a"))
    hand.sees("support/:id").tap("Put it on a ladder")
    hand.reads(hand.say("It stands on a ladder."))
    hand.goes("/support")
    mark = page.locator(".support-mark")
    expect(mark).to_have_text(hand.say("a song"))
    assert min(mark.locator(".support-touch").bounding_box().get(side) for side in ("width", "height")) >= 44
    hand.goes("/joy")
    hand.sees("joy").touch(page.locator(".joy").first)
    expect(page.locator(".joy").first).to_be_disabled()
    hand.goes("/ladders")
    hand.sees("ladders").touch(page.get_by_role("link", name=re.compile(hand.say("My first ladder"))))
    hand.sees("ladder/:id").reads("イントロだけ")
    hand.reads(hand.say("Open the curtain by a hand’s width"))


def the_plan(hand):
    """Five questions by ready words alone; those left empty are not in the letter."""
    hand.goes("/plan")
    hand.sees("plan").tap("Begin", role="link")
    hand.choose("I sleep at other hours")
    for _ in range(3):
        hand.touch(hand.page.locator(".dock .primary"))
    hand.reads(hand.say("What may be smaller in such a week?"))
    hand.touch(hand.page.locator(".dock .primary"))
    hand.choose("The ladder stays where it is.")
    hand.tap("Keep it")
    expect(hand.page.locator(".letter h2")).to_have_text([hand.say("How I notice it"), hand.say("From me, for me")])


def the_day(hand):
    """One fixed point at any hour stands on the page for today, with nothing to tick and nothing counted."""
    page = hand.page
    hand.goes("/rhythm")
    hand.sees("rhythm").choose("Open the curtain")
    hand.write(page.locator("[name=fixed_time]"), "23:30")
    hand.tap("Keep it")
    hand.goes("/")
    line = page.locator(".fixed-point")
    expect(line).to_have_text(re.compile("23:30.*" + hand.say("Open the curtain"), re.DOTALL))
    assert line.locator("input, button").count() == 0


def test_the_look_back_comes_once_the_day_after_and_only_where_it_was_wished(flown):
    hand, page = flown, flown.page
    hand.tap("Try it", role="link")
    hand.sees("try/:id").tap("Begin")
    hand.tap("Did it")
    hand.tap("Keep it")
    hand.sees("attempt/:id").tap("Look back once, softly, tomorrow")
    card = page.locator("#look-back")
    for days, there in ((0, 0), (2, 0), (60, 0), (1, 1)):
        page.evaluate(LATER, days * DAY)
        hand.goes("/settings")
        hand.sees("settings").goes("/")
        hand.sees("")
        expect(card).to_have_count(there)
    answers = page.locator(".offer:has(#look-back) .choice")
    sizes = [answers.nth(at).bounding_box() for at in (0, 1)]
    assert {round(one["height"]) for one in sizes} == {round(sizes[0]["height"])}
    hand.tap("Look back")
    hand.sees("lookback/:id")
    hand.write(page.locator("[name=looked_back]"), "風のにおい")
    hand.tap("Keep it")
    hand.sees("")
    expect(card).to_have_count(0)


def test_the_flower_opens_only_where_motion_is_wished(open_phone):
    page = open_phone(path="/app", reduced_motion="reduce")
    hand = Hand(page).begins()
    hand.goes("/breathe")
    shape = "(at) => getComputedStyle(at).transform"
    still = page.locator(".petal").first.evaluate(shape)
    hand.sees("breathe").tap("Begin")
    expect(page.locator(".breath-dots .full")).to_have_count(2)
    assert page.locator(".petal").first.evaluate(shape) == still
    page.emulate_media(reduced_motion="no-preference")
    until(page, f"({shape})(document.querySelector('.petal')) !== '{still}'")


def test_a_page_is_shown_by_a_hand_of_its_own_and_the_others_stay_alone(open_phone):
    page = open_phone(path="/app")
    hand = Hand(page).begins()
    life = live(page)
    reads_along(page, "ja", life)
    hand.goes("/diary")
    filled(hand, life)
    hand.goes(f"/diary/{page_of(life)}")
    hand.sees("diary/:id").reads(hand.say("It leaves no trace for anybody else, not even a number."))
    expect(page.locator("input[name=sharing][value=private]")).to_be_checked()
    hand.touch(page.locator("label.choice:has(input[value=open])"))
    expect(page.locator("input[name=sharing][value=open]")).to_be_checked()
    hand.goes("/diary")
    hand.sees("diary")
    expect(page.locator(".diary-page", has_text="Theo")).to_have_count(1)
    until(page, f"async () => (await ({PULLED})()).some(({{ sharing }}) => sharing === 'open')")
    rows = page.evaluate(PULLED)
    assert sorted(row["sharing"] for row in rows if row["kind"] in ("diary", "plan")) == ["open", *["private"] * 5]
