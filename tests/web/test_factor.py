"""A therapist's second factor: without it nothing of anybody is open, and a stolen password sets up no other."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import text

from exposure import limits, qr
from exposure.accounts import PROVED_FOR
from exposure.db import connection
from exposure.limits import FACTORS
from tests.conftest import new_id
from tests.web.people import begin, come_in
from tests.web.test_passkeys import keep, made, options, owned  # noqa: F401 (a fixture is named to be used)
from tests.web.therapists import add_app, begin_therapist, code_at

CLOSED = (403, "second_factor")
ALWAYS_OPEN = {
    ("POST", "/api/start"), ("GET", "/api/me"), ("PUT", "/api/me"), ("POST", "/api/signout"),
    ("POST", "/api/signin"), ("POST", "/api/signin/recovery"), ("POST", "/api/signin/factor"),
    ("POST", "/api/signin/passkey"), ("POST", "/api/signin/passkey/options"),
}  # fmt: skip
TO_SET_UP = {
    ("PUT", "/api/password"), ("POST", "/api/totp"), ("POST", "/api/totp/confirm"),
    ("GET", "/api/passkeys"), ("POST", "/api/passkeys"), ("POST", "/api/passkeys/options"),
}  # fmt: skip


@pytest.fixture
def theo(app):
    return begin_therapist(app, "theo")


def told(answer):
    return answer.status_code, (answer.get_json() or {}).get("error")


def show(client, code):
    return client.post("/api/signin/factor", json={"code": code})


def factor_of(client):
    return client.get("/api/me").get_json()["factor"]


def routes(app):
    """Every method of every route under /api, with an id nobody has."""
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/"):
            for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
                yield method, rule.rule


def open_to(app, client):
    """The routes that do more for this login than ask for its second factor."""
    found = set()
    for method, rule in routes(app):
        if rule == "/api/signout":
            continue  # it would end the login we ask with; it is looked at below
        body = {} if method in ("GET", "DELETE") else {"json": {}}
        if told(client.open(re.sub(r"<[^>]+>", new_id(), rule), method=method, **body)) != CLOSED:
            found.add((method, rule))
    return found


def test_a_new_therapist_may_only_set_up_what_is_missing(app, theo):
    assert factor_of(theo.client) == "none"
    assert open_to(app, theo.client) == ALWAYS_OPEN - {("POST", "/api/signout")} | TO_SET_UP
    assert theo.client.post("/api/signout", json={}).status_code == 200


def test_a_password_alone_opens_nothing_and_sets_up_nothing_once_there_is_a_second_factor(app, theo, clock):
    add_app(theo, clock())
    thief = come_in(app, "theo")
    assert factor_of(thief) == "needed"
    assert open_to(app, thief) == ALWAYS_OPEN - {("POST", "/api/signout")}
    assert thief.post("/api/signout", json={}).status_code == 200


def test_the_code_of_the_app_opens_the_house(app, theo, clock):
    secret, _ = add_app(theo, clock())
    assert factor_of(theo.client) == "totp"
    browser = come_in(app, "theo")
    clock.pass_by(seconds=30)
    answer = show(browser, code_at(secret, clock()))
    assert (answer.status_code, answer.get_json()["factor"]) == (200, "totp")
    assert browser.post("/api/sync", json={"v": 1, "device": new_id()}).status_code == 200


def test_a_code_opens_once(app, theo, clock):
    secret, _ = add_app(theo, clock())
    first = code_at(secret, clock())
    assert told(show(come_in(app, "theo"), first)) == (400, "no_match")
    clock.pass_by(seconds=30)
    code = code_at(secret, clock())
    assert show(come_in(app, "theo"), code).status_code == 200
    assert told(show(come_in(app, "theo"), code)) == (400, "no_match")


@pytest.mark.parametrize(("seconds", "status"), [(-60, 400), (-30, 200), (0, 200), (30, 200), (60, 400)])
def test_a_phones_clock_may_be_half_a_minute_off_and_no_more(app, theo, clock, seconds, status):
    secret, _ = add_app(theo, clock())
    browser = come_in(app, "theo")
    at = clock.pass_by(seconds=180)
    clock.pass_by(seconds=seconds)
    code = code_at(secret, clock())
    clock.at = at
    assert show(browser, code).status_code == status


@pytest.mark.parametrize("written", ["{} {}", " {}{} ", "{}　{}"])
def test_a_code_is_understood_as_it_is_typed(app, theo, clock, written):
    secret, _ = add_app(theo, clock())
    browser = come_in(app, "theo")
    clock.pass_by(seconds=60)
    code = code_at(secret, clock())
    wide = code.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    assert show(browser, written.format(wide[:3], wide[3:])).status_code == 200


@pytest.mark.parametrize("written", ["", "0", "abcdef", "１２３", "\u0660\u0661\u0662\u0663\u0664\u0665", "🙂" * 20])
def test_nothing_else_opens(app, theo, clock, written):
    add_app(theo, clock())
    browser = come_in(app, "theo")
    assert show(browser, written).status_code == 400
    assert factor_of(browser) == "needed"


def test_each_of_the_ten_codes_on_paper_opens_once(app, theo, clock):
    _, paper = add_app(theo, clock())
    assert len(set(paper)) == 10
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}", code) for code in paper)
    about = theo.client.get("/api/me").get_json()
    assert (about["totp"], about["recovery_left"]) == (True, 10)
    browser = come_in(app, "theo")
    answer = show(browser, paper[3].lower().replace("-", " "))
    assert (answer.status_code, answer.get_json()["recovery_left"]) == (200, 9)
    assert told(show(come_in(app, "theo"), paper[3])) == (400, "no_match")
    assert show(come_in(app, "theo"), paper[4]).status_code == 200


def test_nobodys_codes_open_another_account(app, theo, clock):
    secret, paper = add_app(theo, clock())
    una = begin_therapist(app, "una")
    add_app(una, clock())
    clock.pass_by(seconds=60)
    browser = come_in(app, "una")
    for code in (paper[0], code_at(secret, clock())):
        assert told(show(browser, code)) == (400, "no_match")
    assert show(come_in(app, "theo"), paper[0]).status_code == 200


def test_the_accounts_recovery_code_is_a_second_factor_beside_the_password(app, theo, clock):
    add_app(theo, clock())
    code = theo.client.post("/api/recovery", json={}).get_json()["code"]
    una = begin_therapist(app, "una")
    add_app(una, clock())
    assert told(show(come_in(app, "una"), code)) == (400, "no_match")
    browser = come_in(app, "theo")
    assert show(browser, code).status_code == 200
    assert told(show(come_in(app, "theo"), code)) == (400, "no_match")


def test_the_recovery_code_alone_is_one_factor(app, theo, clock):
    add_app(theo, clock())
    code = theo.client.post("/api/recovery", json={}).get_json()["code"]
    browser = app.test_client()
    assert browser.post("/api/signin/recovery", json={"code": code}).get_json()["factor"] == "needed"
    assert told(browser.get("/api/logins")) == CLOSED


def test_guessing_is_let_try_a_few_times_and_the_right_code_forgets_them(app, theo, clock):
    secret, _ = add_app(theo, clock())
    browser, other = come_in(app, "theo"), come_in(app, "theo")
    for _ in range(FACTORS.most - 1):
        assert told(show(browser, "000000")) == (400, "no_match")
    clock.pass_by(seconds=60)
    assert show(browser, code_at(secret, clock())).status_code == 200
    answers = [told(show(other, "000000")) for _ in range(FACTORS.most + 1)]
    assert answers == [(400, "no_match")] * FACTORS.most + [(429, "too_many")]
    # Another login of the same account is no way round.
    assert told(show(come_in(app, "theo"), "000000")) == (429, "too_many")


def guess_until_shut(client):
    assert [told(show(client, "000000")) for _ in range(FACTORS.most + 1)][-1] == (429, "too_many")


def test_whoever_guesses_with_the_password_shuts_out_nobody_who_was_here_before(app, theo, clock):
    secret, _ = add_app(theo, clock())
    thief = come_in(app, "theo")
    guess_until_shut(thief)
    clock.pass_by(seconds=30)
    assert show(theo.client, code_at(secret, clock())).status_code == 200
    assert factor_of(thief) == "needed"


def test_tries_of_a_login_that_was_here_before_are_counted_too_and_apart(app, theo, clock):
    add_app(theo, clock())
    guess_until_shut(theo.client)
    assert told(show(come_in(app, "theo"), "000000")) == (400, "no_match")


def test_a_code_on_paper_opens_while_somebody_tries_digits(app, theo, clock):
    _, paper = add_app(theo, clock())
    recovery = theo.client.post("/api/recovery", json={}).get_json()["code"]
    guess_until_shut(come_in(app, "theo"))
    assert show(come_in(app, "theo"), paper[0]).status_code == 200
    assert show(come_in(app, "theo"), recovery).status_code == 200
    assert told(show(come_in(app, "theo"), "000000")) == (429, "too_many")


def test_codes_on_paper_are_counted_too(app, theo, clock, monkeypatch):
    monkeypatch.setattr(limits, "PAPERS", replace(limits.PAPERS, most=3))
    _, paper = add_app(theo, clock())
    assert {told(show(come_in(app, "theo"), "AAAAA-AAAAA")) for _ in range(3)} == {(400, "no_match")}
    assert told(show(come_in(app, "theo"), paper[0])) == (429, "too_many")


def test_a_new_app_is_confirmed_before_the_old_one_ends(app, theo, clock):
    old, paper = add_app(theo, clock())
    fresh = theo.client.post("/api/totp", json={}).get_json()["secret"]
    clock.pass_by(seconds=60)
    assert show(come_in(app, "theo"), code_at(old, clock())).status_code == 200
    assert told(theo.client.post("/api/totp/confirm", json={"code": "000000"})) == (400, "no_match")
    elsewhere = come_in(app, "theo")
    show(elsewhere, paper[0])
    clock.pass_by(seconds=60)
    answer = theo.client.post("/api/totp/confirm", json={"code": code_at(fresh, clock())})
    assert len(answer.get_json()["recovery"]) == 10
    # What the old app and the old paper opened is over, and so is whoever came in by them.
    assert elsewhere.get("/api/me").status_code == 401
    clock.pass_by(seconds=60)
    browser = come_in(app, "theo")
    for code in (code_at(old, clock()), paper[1]):
        assert told(show(browser, code)) == (400, "no_match")
    assert show(browser, code_at(fresh, clock())).status_code == 200


def test_the_last_second_factor_stays(app, theo, clock, made):  # noqa: F811
    add_app(theo, clock())
    assert told(theo.client.delete("/api/totp")) == (409, "last_factor")
    assert keep(theo, options(theo).get_json()["ceremony"]).status_code == 201
    assert theo.client.delete("/api/totp").status_code == 200
    assert told(theo.client.delete("/api/totp")) == (404, "not_found")
    about = theo.client.get("/api/me").get_json()
    assert (about["totp"], about["recovery_left"], about["factor"]) == (False, 0, "passkey")
    (one,) = owned(theo)
    assert told(theo.client.delete(f"/api/passkeys/{one['id']}")) == (409, "last_factor")
    add_app(theo, clock())
    assert theo.client.delete(f"/api/passkeys/{one['id']}").status_code == 200


def test_a_passkey_made_here_is_a_second_factor(app, theo, made):  # noqa: F811
    answer = keep(theo, options(theo).get_json()["ceremony"])
    assert (answer.status_code, answer.get_json()["factor"]) == (201, "passkey")
    assert theo.client.get("/api/logins").status_code == 200
    thief = come_in(app, "theo")
    assert factor_of(thief) == "needed"
    assert told(thief.post("/api/passkeys/options", json={})) == CLOSED


def test_what_cannot_be_undone_asks_again_who_it_is_and_the_code_is_an_answer(app, theo, clock):
    secret, _ = add_app(theo, clock())
    clock.pass_by(seconds=PROVED_FOR.total_seconds() + 1)
    assert told(theo.client.post("/api/totp", json={})) == (403, "prove_again")
    assert told(theo.client.delete("/api/totp")) == (403, "prove_again")
    assert show(theo.client, code_at(secret, clock())).status_code == 200
    assert theo.client.post("/api/totp", json={}).status_code == 200


def test_a_second_factor_is_of_no_use_without_a_first(app):
    bare = begin(app, kind="therapist")
    assert told(bare.client.post("/api/totp", json={})) == (409, "no_way_in")


def test_a_person_with_a_ladder_has_no_use_for_it(app, ada):
    assert told(ada.client.post("/api/totp", json={})) == (403, "not_allowed")
    assert told(ada.client.post("/api/totp/confirm", json={"code": "000000"})) == (403, "not_allowed")
    assert told(ada.client.delete("/api/totp")) == (403, "not_allowed")
    assert told(show(ada.client, "000000")) == (403, "not_allowed")
    assert factor_of(ada.client) == "none"
    assert "expires" not in ada.client.get("/api/me").get_json()


def test_neither_the_secret_nor_a_code_lies_open_in_the_database(app, theo, clock):
    secret, paper = add_app(theo, clock())
    with app.app_context():
        stored = repr([connection().execute(text(f"SELECT * FROM {t}")).all() for t in ("totp", "factor_code")])
    assert secret not in stored
    assert not any(code in stored or code.replace("-", "") in stored for code in paper)


def test_the_secret_travels_in_the_answer_alone_and_its_picture_says_the_same(app, theo):
    given = theo.client.post("/api/totp", json={}).get_json()
    assert set(given) == {"secret", "uri", "qr"}
    assert given["uri"].startswith("otpauth://totp/Ippo:")
    assert f"secret={given['secret']}" in given["uri"]
    assert given["qr"] == qr.drawn(given["uri"])
