"""The account on two real phones: a way back in, coming in, devices, files, leaving."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.common import until
from tests.browser.hand import Hand

PASSWORD = "shizuka na umi no soba"
POST = """async ([path, body]) => {
  const answer = await fetch(path, {method: 'POST', body, headers: {'Content-Type': 'application/json'}});
  return [answer.status, await answer.json()];
}"""
OUTSIDE, OTHER = "Going outside", "Talking with people"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Lock:
    """The phone's own lock, as Chromium's virtual authenticator plays it."""

    def __init__(self, page):
        self.cdp = page.context.new_cdp_session(page)
        self.cdp.send("WebAuthn.enable")
        self.id = self.cdp.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})["authenticatorId"]

    def keys(self):
        return self.cdp.send("WebAuthn.getCredentials", {"authenticatorId": self.id})["credentials"]

    def take_over(self, keys):
        """A password keeper brings the same passkeys to another phone."""
        for key in keys:
            self.cdp.send("WebAuthn.addCredential", {"authenticatorId": self.id, "credential": key})


@pytest.fixture
def ada(open_phone):
    """Ada's phone with a ladder, everything sent."""
    hand = Hand(open_phone(path="/app"))
    hand.begins("エイダ").makes_a_ladder(OUTSIDE).writes_a_step("窓を開ける")
    all_sent(hand.page)
    return hand


def all_sent(page):
    page.evaluate("location.hash = '#/waiting'")
    expect(page.locator("main .lead").first).to_have_text(Hand(page).say("Everything is in your account."))


def choose_password(hand, name):
    hand.goes("/account")
    hand.tap("Choose a name and a password")
    hand.page.locator("input[name=username]").fill(name)
    hand.page.locator("input[name=password]").fill(PASSWORD)
    hand.tap("Keep this name and password")
    return code_shown(hand.page)


def code_shown(page):
    """The recovery code as it stands on the screen."""
    expect(page.locator(".code")).to_be_visible()
    return "-".join(page.locator(".code span").all_text_contents())


def come_in_by_password(hand, name):
    hand.goes("/signin")
    hand.tap("With name and password")
    hand.page.locator("input[name=username]").fill(name)
    hand.page.locator("input[name=password]").fill(PASSWORD)
    hand.tap("Come in")


def is_in(hand):
    """Home again, as somebody with an account."""
    return hand.sees("")


def sees(hand, ladder, *, soon=5):
    """The ladder of this name is on the list within so many seconds."""
    hand.goes("/ladders")
    expect(hand.page.get_by_text(hand.say(ladder)).first).to_be_visible(timeout=soon * 1000)


def test_a_passkey_opens_the_same_notebook_on_another_phone(ada, open_phone):
    lock = Lock(ada.page)
    ada.goes("/account")
    ada.tap("Use this phone’s own lock (passkey)")
    assert len(code_shown(ada.page)) == 29
    (key,) = lock.keys()
    assert key["rpId"] == "localhost"
    assert key["isResidentCredential"] is True
    other = Hand(open_phone(path="/app"))
    Lock(other.page).take_over([key])
    other.goes("/signin")
    other.tap("Come in with a passkey")
    is_in(other)
    sees(other, OUTSIDE)


def test_an_answer_of_a_passkey_opens_nothing_a_second_time(ada, open_phone):
    lock = Lock(ada.page)
    ada.goes("/account")
    ada.tap("Use this phone’s own lock (passkey)")
    code_shown(ada.page)
    other = Hand(open_phone(path="/app"))
    Lock(other.page).take_over(lock.keys())
    sent = []
    other.page.on("request", lambda r: sent.append(r.post_data) if r.url.endswith("/api/signin/passkey") else None)
    other.goes("/signin")
    other.tap("Come in with a passkey")
    is_in(other)
    sees(other, OUTSIDE)
    status, told = other.page.evaluate(POST, ["/api/signin/passkey", sent[0]])
    assert (status, told["error"]) == (401, "no_match")
    _, fresh = other.page.evaluate(POST, ["/api/signin/passkey/options", "{}"])
    bent = json.dumps({**json.loads(sent[0]), "ceremony": fresh["ceremony"]})
    status, told = other.page.evaluate(POST, ["/api/signin/passkey", bent])
    assert (status, told["error"]) == (401, "no_match")


def test_a_passkey_is_taken_away_after_a_question_and_opens_nothing_then(ada, open_phone):
    lock = Lock(ada.page)
    ada.goes("/account")
    ada.tap("Use this phone’s own lock (passkey)")
    code_shown(ada.page)
    ada.tap("Take this passkey away")
    ada.tap("Keep this passkey")
    expect(ada.page.get_by_text(ada.say("Not used to come in yet"))).to_be_visible()
    ada.tap("Take this passkey away")
    ada.tap("Take it away for good")
    expect(ada.page.get_by_text(ada.say("Your passkeys"))).to_have_count(0)
    other = Hand(open_phone(path="/app"))
    Lock(other.page).take_over(lock.keys())
    other.goes("/signin")
    other.tap("Come in with a passkey")
    words = other.say("This passkey does not open anything here. You can try again, or sign in another way.")
    expect(other.page.get_by_text(words)).to_be_visible()


def test_who_changes_their_mind_at_the_lock_meets_no_reproach(ada):
    lock = Lock(ada.page)
    lock.cdp.send("WebAuthn.setUserVerified", {"authenticatorId": lock.id, "isUserVerified": False})
    ada.goes("/account")
    button = ada.page.get_by_role("button", name=ada.say("Use this phone’s own lock (passkey)"))
    button.tap()
    expect(button).to_be_enabled(timeout=70_000)
    assert ada.page.locator(".code").count() == 0
    trouble = ada.say("The passkey could not be made. You can try again, or choose a password instead.")
    assert ada.page.get_by_text(trouble).count() == 0
    assert ada.page.get_by_role("alert").count() == 0


def test_a_password_and_then_the_code_open_it_too(ada, open_phone):
    code = choose_password(ada, "ada-of-two-phones")
    by_password = Hand(open_phone(path="/app"))
    come_in_by_password(by_password, "Ada-of-two-phones")
    is_in(by_password)
    sees(by_password, OUTSIDE)
    by_code = Hand(open_phone(path="/app"))
    by_code.goes("/signin")
    by_code.tap("With the recovery code")
    by_code.page.locator("input[name=code]").fill(code.lower())
    by_code.tap("Come in")
    expect(by_code.page.locator('main[data-screen="account"]')).to_be_visible()
    sees(by_code, OUTSIDE)


def test_a_short_password_is_turned_away_beside_the_field_and_nothing_typed_is_lost(ada):
    ada.goes("/account")
    ada.tap("Choose a name and a password")
    ada.page.locator("input[name=username]").fill("ada")
    ada.page.locator("input[name=password]").fill("short")
    ada.tap("Keep this name and password")
    expect(ada.page.get_by_role("alert")).to_be_visible()
    assert ada.page.locator("input[name=username]").input_value() == "ada"
    assert ada.page.locator("input[name=password]").input_value() == "short"


def test_what_was_written_before_signing_in_comes_along(ada, open_phone):
    choose_password(ada, "ada-who-brings")
    other = Hand(open_phone(path="/app"))
    other.begins("").makes_a_ladder(OTHER).writes_a_step("波の音を聞く")
    come_in_by_password(other, "ada-who-brings")
    is_in(other)
    sees(other, OUTSIDE)
    sees(other, OTHER)
    all_sent(other.page)
    sees(ada, OTHER, soon=25)  # a phone that found no room for a stream asks every 20 s


def test_a_page_of_the_diary_and_a_half_typed_one_come_along_too(ada, open_phone):
    choose_password(ada, "ada-who-writes")
    other = Hand(open_phone(path="/app"))
    other.begins("").goes("/diary/new")
    other.write(other.page.locator("textarea"), "雨の音")
    other.tap("Keep it")
    other.leaves("diary/:id")
    other.goes("/diary/new")
    other.write(other.page.locator("textarea"), "まだ途中")
    come_in_by_password(other, "ada-who-writes")
    is_in(other)
    other.goes("/diary")
    other.reads("雨の音")
    other.goes("/diary/new")
    expect(other.page.locator("textarea")).to_have_value("まだ途中")


def test_words_unsent_when_somebody_else_comes_in_wait_for_who_wrote_them(ada, open_phone):
    choose_password(ada, "ada-who-waits")
    other = Hand(open_phone(path="/app"))
    other.begins("").makes_a_ladder(OTHER)
    all_sent(other.page)
    choose_password(other, "una-for-a-while")
    other.page.context.clear_cookies()
    other.goes("/rest")
    other.tap("Today is a day of not doing")
    other.goes("/waiting")
    other.reads(other.say("{n} thing is only on this phone so far.", n=1))
    come_in_by_password(other, "ada-who-waits")
    is_in(other)
    sees(other, OUTSIDE)
    other.goes("/settings")
    other.tap("Sign out on this device")
    other.tap("Sign out")
    other.sees("welcome")
    come_in_by_password(other, "una-for-a-while")
    is_in(other)
    all_sent(other.page)
    until(other.page, """async () => (await (await fetch('/api/export')).text()).includes('"kind": "rest"')""")


def test_a_device_that_is_ended_elsewhere_keeps_its_words_and_says_so(ada, open_phone):
    choose_password(ada, "ada-of-devices")
    other = Hand(open_phone(path="/app"))
    come_in_by_password(other, "ada-of-devices")
    is_in(other)
    sees(other, OUTSIDE)
    ada.goes("/devices")
    expect(ada.page.locator("main .card")).to_have_count(2)
    ada.tap("End it there")
    expect(ada.page.locator("main .card")).to_have_count(1)
    other.goes("/rest")
    other.tap("Today is a day of not doing")
    other.goes("/waiting")
    other.reads(other.say("Please sign in again on this device. Nothing written here is lost."))
    other.reads(other.say("{n} thing is only on this phone so far.", n=1))
    come_in_by_password(other, "ada-of-devices")
    is_in(other)
    all_sent(other.page)
    until(ada.page, """async () => (await (await fetch('/api/export')).text()).includes('"kind": "rest"')""")


def test_everything_leaves_as_a_file_and_comes_back_in(ada, open_phone, tmp_path):
    ada.goes("/account")
    with ada.page.expect_download() as download:
        ada.page.get_by_role("link", name=ada.say("Save everything (JSON)")).tap()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert "窓を開ける" in file.read_text("utf-8")
    other = Hand(open_phone(path="/app"))
    other.begins("")
    all_sent(other.page)
    other.goes("/account")
    other.page.locator("input[type=file]").set_input_files(file)
    expect(other.page.locator(".toast")).to_be_visible()
    sees(other, OUTSIDE)


def test_deleting_asks_first_and_then_leaves_nothing(ada, open_phone):
    choose_password(ada, "ada-who-leaves")
    ada.goes("/account")
    ada.tap("Delete everything for good")
    ada.tap("Keep everything")
    sees(ada, OUTSIDE)
    ada.goes("/account")
    ada.tap("Delete everything for good")
    ada.tap("Delete for good")
    expect(ada.page.locator('main[data-screen="welcome"]')).to_be_visible()
    expect(ada.page.locator(".toast")).to_have_text(ada.say("Everything of yours is deleted."))
    other = Hand(open_phone(path="/app"))
    come_in_by_password(other, "ada-who-leaves")
    expect(other.page.get_by_role("alert")).to_be_visible()


def test_the_language_changes_at_once_and_for_the_next_visit(ada):
    ada.goes("/words")
    ada.page.locator("button[lang=en]").tap()
    expect(ada.page.locator("html")).to_have_attribute("lang", "en")
    until(ada.page, "async () => (await (await fetch('/api/me')).json()).language === 'en'")
    ada.page.reload()
    expect(ada.page.locator("html")).to_have_attribute("lang", "en")
