"""Who reads with me: somebody is invited and named, what they see is chosen, changed and ended, and looks are told."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.common import until
from tests.browser.faraway import Faraway, invited, linked
from tests.browser.hand import Hand

STEP = "カーテンを開けてみる"
WARNING = (
    "From that moment {name} sees nothing of yours any more. What was seen cannot be unseen, and this has no undo."
)


@pytest.fixture
def theo(browser, server):
    made = Faraway(browser, server.url)
    yield made
    made.leaves()


@pytest.fixture
def hand(settled):
    """A person with one ladder of one step, whose account knows of it."""
    return settled(STEP, permissions=["clipboard-read", "clipboard-write"])


def test_an_invitation_becomes_reading_together_and_nothing_is_seen_before(hand, theo):
    code = invited(hand)
    assert re.fullmatch(r"[2-9A-HJKMNP-TV-Z]{5}-[2-9A-HJKMNP-TV-Z]{5}", code)
    expect(hand.page.locator("svg.qr")).to_be_visible()
    hand.touch(hand.page.locator("main").get_by_role("button", name=hand.say("Copy the link")))
    assert hand.page.evaluate("navigator.clipboard.readText()") == f"{theo.url}/therapist#/join/{code}"
    # The phone goes dark: the code is known to nobody else any more, so the phone has kept it.
    hand.page.reload()
    expect(hand.page.locator(".invite .code")).to_have_text(code.replace("-", ""))

    theo.accepts(code.lower().replace("-", " "))
    used = hand.page.locator(f'a[href="#/consent/{theo.consent}"]')
    expect(used).to_contain_text("Theo")  # by itself, the screen was open
    expect(hand.page.locator(".invite")).to_have_count(0)  # single use: it is put away
    assert theo.status("GET", f"/api/people/{theo.consent}") == 404

    hand.touch(used)
    hand.sees("consent/:id")
    expect(hand.page.locator("main h2").first).to_have_text("Theo")
    told = hand.page.locator("section[aria-live=polite]")
    expect(told).to_contain_text(hand.say("Nothing at all."))
    assert hand.page.locator("main input:checked").evaluate_all("(all) => all.map((one) => one.value)") == [
        "no",
        "none",
        "false",
    ]
    hand.choose("Sees it and proposes; you decide")
    expect(told).to_contain_text(hand.say("Going outside"))
    hand.choose("We may write to each other")
    # Half decided, the phone goes dark: the choices are still there, and nobody has seen a thing.
    hand.page.reload()
    expect(told).to_contain_text(hand.say("Messages: you may write to each other"))
    assert theo.status("GET", f"/api/people/{theo.consent}") == 404
    hand.tap("Yes, read with me")
    expect(hand.page.get_by_role("heading", name=hand.say("End it"), exact=True)).to_be_visible()
    [person] = theo.ask("GET", "/api/people", 200)["people"]
    assert [one["role"] for one in person["ladders"]] == ["proposer"]
    assert (person["state"], person["entries"]) == ("confirmed", "none")


def test_saying_no_leaves_nothing_behind(hand, theo):
    theo.accepts(invited(hand))
    hand.touch(hand.page.locator(f'a[href="#/consent/{theo.consent}"]'))
    hand.tap("No, thank you")
    hand.sees("consents")
    hand.reads(hand.say("Nobody reads with you."))
    assert theo.status("GET", f"/api/people/{theo.consent}") == 404
    hand.page.reload()
    hand.reads(hand.say("Nobody reads with you."))


def test_more_is_asked_twice_and_less_is_not(hand, theo):
    linked(hand, theo)
    everything = hand.page.get_by_role("radio", name=hand.say("All but those I keep to myself"))
    none = hand.page.get_by_role("radio", name=hand.say("None of them"))
    hand.choose("All but those I keep to myself")
    expect(hand.page.locator("dialog")).to_contain_text(hand.say("What was seen cannot be unseen."))
    hand.tap("Leave it as it is")
    expect(none).to_be_checked()  # what the screen shows is what holds
    assert theo.ask("GET", "/api/people", 200)["people"][0]["entries"] == "none"
    hand.choose("All but those I keep to myself")
    hand.tap("Yes, show this")
    expect(everything).to_be_checked()
    until(hand.page, "fetch('/api/consents').then((r) => r.json()).then((o) => o.consents[0].entries === 'all')")
    assert theo.ask("GET", "/api/people", 200)["people"][0]["entries"] == "all"
    hand.choose("None of them")
    expect(hand.page.locator("dialog")).to_have_count(0)
    until(hand.page, "fetch('/api/consents').then((r) => r.json()).then((o) => o.consents[0].entries === 'none')")
    hand.choose("Not shown")
    until(
        hand.page,
        "fetch('/api/consents').then((r) => r.json()).then((o) => !o.consents[0].ladders.length)",
    )
    assert theo.ask("GET", "/api/people", 200)["people"][0]["ladders"] == []


def test_ending_it_is_one_tap_and_holds_at_once(hand, theo):
    linked(hand, theo)
    name = {"name": "Theoさん"}
    hand.reads(hand.say(WARNING, **name))
    taps = hand.taps
    hand.tap("End reading together now")
    assert hand.taps == taps + 1
    hand.sees("consents")
    assert theo.status("GET", f"/api/people/{theo.consent}") == 404
    hand.touch(hand.page.get_by_text(hand.say("Ended"), exact=True))
    hand.touch(hand.page.locator(f'a[href="#/consent/{theo.consent}"]'))
    hand.reads(hand.say("This has ended. {name} sees nothing of yours any more.", **name))


def test_what_is_ended_without_a_network_ends_by_itself_with_the_next_one(settled, line, theo):
    hand = settled(STEP, url=line.url)
    page = hand.page
    linked(hand, theo)
    told = hand.say("There is no connection just now. It ends by itself with the next one, while Ippo is open.")
    line.off()
    hand.tap("End reading together now")
    hand.reads(told)
    # A change of mind is free, and the phone remembers what holds.
    hand.tap("Do not end it after all")
    expect(page.get_by_text(told)).to_have_count(0)
    hand.tap("End reading together now")
    hand.reads(told)
    assert theo.status("GET", f"/api/people/{theo.consent}") == 200
    # The battery dies, another day begins: it is not forgotten.
    page.close()
    line.on()
    again = page.context.new_page()
    again.goto(line.url + "/app")
    Hand(again).sees("")
    until(again, "fetch('/api/consents').then((r) => r.json()).then((o) => o.consents[0].state === 'withdrawn')", 20)
    assert theo.status("GET", f"/api/people/{theo.consent}") == 404


def test_an_invitation_can_be_taken_back_and_then_opens_nothing(hand, theo):
    code = invited(hand)
    hand.goes("/consents")
    hand.sees("consents")
    hand.tap("Take it back")
    expect(hand.page.get_by_role("heading", name=hand.say("Open invitations"))).to_have_count(0)
    assert theo.status("POST", "/api/invitations/look", {"code": code}) == 404
    hand.goes("/invite")
    hand.sees("invite")
    expect(hand.page.get_by_role("button", name=hand.say("Make an invitation"))).to_be_visible()


def test_who_looked_stands_in_the_list_in_words_and_nobody_else_does(hand, theo):
    linked(hand, theo, entries="All but those I keep to myself")
    hand.goes("/visits")
    hand.sees("visits")
    hand.reads(hand.say("Nobody has looked at anything."))
    [person] = theo.ask("GET", "/api/people", 200)["people"]
    theo.ask("GET", f"/api/people/{theo.consent}", 200)
    theo.sends(person["ladders"][0]["space"])
    theo.sends(person["thread"])
    # Nobody touches the phone: whoever watches sees it within five seconds.
    lines = hand.page.locator(".visits li")
    expect(lines).to_have_count(4, timeout=5_000)
    for said in ("saw the overview", "read the messages", "opened the list you are in"):
        expect(lines.filter(has_text=hand.say(said))).to_have_count(1)
    ladder = hand.say("read the ladder “{title}”", title=hand.say("Going outside"))
    expect(lines.filter(has_text=ladder)).to_have_count(1)
    expect(lines.filter(has_text="Theo")).to_have_count(lines.count())
    expect(lines.filter(has_text=hand.say("looked at something"))).to_have_count(0)
