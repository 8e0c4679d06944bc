"""Without notifications: a calendar that asks for itself, a file, a mail; each begun and ended by one's own hand."""

import re
import urllib.error
import urllib.request

import icalendar
import pytest
from playwright.sync_api import expect

from tests.browser.servers import LiveServer
from tests.mail_server import MailServer

STEP = "カーテンを開けてみる"
ADA = "ada@mail.example"


@pytest.fixture(scope="module")
def mail():
    with MailServer() as made:
        yield made


@pytest.fixture(scope="module")
def house(built, mail):
    live = LiveServer(IPPO_SMTP=f"smtp://127.0.0.1:{mail.port}", IPPO_MAIL_FROM="care@ippo.example").start()
    yield live
    live.remove()


@pytest.fixture
def hand(settled, house):
    """A person with one reminder, on the screen of the other ways."""
    hand = settled(STEP, url=house.url)
    hand.goes("/reminder/new")
    hand.sees("reminder/:id")
    hand.tap("Keep this reminder")
    hand.goes("/reminders")
    hand.sees("reminders")
    hand.tap("Calendar and mail", role="link")
    return hand.sees("ways")


def asked(address):
    """What a calendar program without a cookie gets there."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return list(icalendar.Calendar.from_ical(answer.read()).walk("VEVENT"))
    except urllib.error.HTTPError as error:
        return error.code


def test_a_calendar_finds_the_times_until_its_person_stops_it(hand):
    page = hand.page
    hand.tap("Make an address")
    shown = page.locator(".code.address")
    expect(shown).to_be_visible()
    address = shown.inner_text()
    assert len(asked(address)) > 10
    there = page.get_by_role("link", name=hand.say("Open in the calendar"))
    assert there.get_attribute("href") == address.replace("http:", "webcal:")
    hand.tap("I have kept it")
    expect(shown).to_have_count(0)
    hand.tap("Make a new address")
    expect(shown).not_to_have_text(address)
    second = shown.inner_text()
    assert (asked(address), len(asked(second)) > 10) == (404, True)
    hand.tap("I have kept it")
    hand.tap("Stop it")
    hand.tap("Leave it")
    assert asked(second) != 404
    hand.tap("Stop it")
    hand.tap("Stop it")
    hand.reads(hand.say("That address opens nothing any more."))
    assert asked(second) == 404
    expect(page.get_by_role("button", name=hand.say("Make an address"))).to_be_visible()


def test_one_reminder_is_had_as_a_file(hand):
    link = hand.page.get_by_role("link", name=re.compile(rf"^\d\d:\d\d .*{hand.say('File')}$"))
    with hand.page.expect_download() as download:
        hand.touch(link)
    assert download.value.suggested_filename == "ippo.ics"
    (event,) = icalendar.Calendar.from_ical(download.value.path().read_bytes()).walk("VEVENT")
    assert (event["summary"], "rrule" in event) == ("Ippo", True)
    hand.sees("ways")


def test_mails_begin_with_a_code_and_end_with_a_touch(hand, mail):
    page = hand.page
    hand.type("Mail address", "ada")
    hand.tap("Send a code there")
    hand.reads(hand.say("This does not look like a mail address. Perhaps a letter is missing."))
    # Half-typed words survive a look elsewhere.
    hand.goes("/reminders")
    hand.sees("reminders").goes("/ways")
    expect(page.get_by_label(hand.say("Mail address"))).to_have_value("ada")
    hand.type("Mail address", ADA)
    hand.tap("Send a code there")
    hand.reads(hand.say("A code is on its way to {address}.", address=ADA))
    code = mail.seen[-1]["Subject"].removeprefix("Ippo ")
    hand.type("Code from the mail", f"{(int(code) + 1) % 1_000_000:06}")
    hand.tap("That is the code")
    hand.reads(hand.say("This code does not fit. The newest mail has the one that does."))
    hand.type("Code from the mail", code)
    hand.tap("That is the code")
    hand.reads(hand.say("Reminders go to {address}.", address=ADA))
    hand.tap("No more mails")
    hand.tap("Leave it")
    hand.tap("No more mails")
    hand.tap("Stop it")
    expect(page.get_by_label(hand.say("Mail address"))).to_be_visible()


def test_the_page_behind_a_mail_asks_once_and_works_without_a_script(open_phone, house):
    page = open_phone(url=house.url, path=f"/mail/off/{'x' * 43}", lang="en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mails from Ippo")
    page.get_by_role("button", name="No more mails").tap()
    expect(page.get_by_text("No more mails come to you.")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)


def test_where_a_house_sends_no_mail_none_is_offered(settled):
    hand = settled(STEP)
    hand.goes("/ways")
    hand.sees("ways")
    expect(hand.page.get_by_role("button", name=hand.say("Make an address"))).to_be_visible()
    expect(hand.page.get_by_label(hand.say("Mail address"))).to_have_count(0)
