"""Limits: guessing gets slow, the person's own devices do not, and nobody learns which names exist."""

import statistics
import time
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import delete, select, text

from exposure import limits, passwords
from exposure.app import create_app
from exposure.db import connection, writing
from exposure.errors import Busy, TooMany
from exposure.limits import PER_ACCOUNT, Limit, Tally
from tests.web.people import PASSWORD, begin, come_in, give_password


def guess(app, name, password="not the password at all", address="203.0.113.5"):
    return app.test_client().post(
        "/api/signin", json={"name": name, "password": password}, environ_base={"REMOTE_ADDR": address}
    )


def test_the_eleventh_wrong_password_is_not_even_looked_at(app):
    give_password(begin(app), "ada")
    codes = [guess(app, "ada", address=f"198.51.100.{n}").status_code for n in range(12)]
    assert codes == [401] * 10 + [429] * 2
    late = guess(app, "ada", PASSWORD, address="198.51.100.99")
    assert late.status_code == 429
    assert 1 <= int(late.headers["Retry-After"]) <= 30


def test_the_owners_open_session_goes_on_while_others_guess(app):
    ada = begin(app)
    give_password(ada, "ada")
    for n in range(12):
        guess(app, "ada", address=f"198.51.100.{n}")
    assert ada.client.get("/api/me").status_code == 200
    ada.sync(ada.add("rest", day="2026-11-20"))


def test_a_phone_of_ones_own_can_prove_itself_while_strangers_guess(app):
    ada, una = begin(app), begin(app)
    give_password(ada, "ada")
    for n in range(12):
        guess(app, "ada", address=f"198.51.100.{n}")
    proof = {"name": "ada", "password": PASSWORD}
    assert ada.client.post("/api/signin", json=proof).status_code == 200
    assert guess(app, "ada", PASSWORD).status_code == 429
    assert una.client.post("/api/signin", json=proof).status_code == 429


def test_a_phone_of_ones_own_is_counted_too_and_by_itself(app):
    ada = begin(app)
    give_password(ada, "ada")
    wrong = {"name": "ada", "password": "not the password at all"}
    codes = [ada.client.post("/api/signin", json=wrong).status_code for _ in range(11)]
    assert codes == [401] * 10 + [429]
    assert come_in(app, "ada")


def test_the_wait_doubles_and_ends_after_a_quiet_quarter_of_an_hour(app, clock):
    give_password(begin(app), "ada")
    waits = []
    for n in range(14):
        answer = guess(app, "ada", address=f"198.51.100.{n}")
        if answer.status_code == 429:
            waits.append(int(answer.headers["Retry-After"]))
            clock.pass_by(seconds=waits[-1])
            assert guess(app, "ada", address=f"198.51.100.{n}").status_code == 401
    assert waits == [30, 60, 120, 240]
    clock.pass_by(minutes=15, seconds=1)
    assert come_in(app, "ada")
    assert guess(app, "ada").status_code == 401


def test_a_good_sign_in_forgets_the_wrong_ones_before_it(app):
    give_password(begin(app), "ada")
    for _ in range(3):
        assert [guess(app, "ada").status_code for _ in range(9)] == [401] * 9
        assert come_in(app, "ada")


def try_code(app, address):
    """A wrong recovery code: counted for the address as a wrong password is, and cheaper for a test."""
    code = {"code": "00000-00000-00000-00000-00000"}
    return app.test_client().post("/api/signin/recovery", json=code, environ_base={"REMOTE_ADDR": address})


def test_one_address_may_be_wrong_a_hundred_times_an_hour(app):
    codes = [try_code(app, "203.0.113.5").status_code for _ in range(101)]
    assert codes == [401] * 100 + [429]
    assert guess(app, "nobody", address="203.0.113.5").status_code == 429
    assert guess(app, "nobody", address="198.51.100.7").status_code == 401


def test_a_household_is_one_address_however_many_it_has(app):
    codes = [try_code(app, f"2001:db8:1:2::{n:x}").status_code for n in range(1, 102)]
    assert codes == [401] * 100 + [429]
    assert try_code(app, "2001:db8:1:3::1").status_code == 401


def test_two_processes_count_together(app, settings, clock):
    give_password(begin(app), "ada")
    other = create_app(settings, now=clock)
    codes = [guess(one, "ada", address=f"198.51.100.{n}").status_code for n, one in enumerate([app, other] * 6)]
    assert codes == [401] * 10 + [429] * 2


def test_known_and_unknown_names_are_answered_alike(app):
    give_password(begin(app), "ada")
    known, unknown = guess(app, "ada"), guess(app, "nobody")
    assert known.data == unknown.data
    assert known.status_code == unknown.status_code == 401
    skip = {"Date"}
    assert {k: v for k, v in known.headers if k not in skip} == {k: v for k, v in unknown.headers if k not in skip}


def test_known_and_unknown_names_take_the_same_time(app, monkeypatch):
    monkeypatch.setattr("exposure.web.signin.limits.PER_ACCOUNT", Limit("account", 10_000, timedelta(minutes=15)))
    monkeypatch.setattr("exposure.web.signin.limits.PER_ADDRESS", Limit("address", 10_000, timedelta(hours=1)))
    give_password(begin(app), "ada")
    took = {"ada": [], "nobody": []}
    for _ in range(12):
        for name, times in took.items():
            began = time.process_time()
            guess(app, name)
            times.append(time.process_time() - began)
    known, unknown = statistics.median(took["ada"]), statistics.median(took["nobody"])
    # A name that costs no hash would be ten times as fast; the bound leaves room for a busy machine.
    assert 0.6 < known / unknown < 1.7


def test_what_is_counted_cannot_be_read_from_the_table(app):
    guess(app, "a-name-of-my-own", address="203.0.113.77")
    with app.app_context():
        stored = repr(connection().execute(text("SELECT * FROM tally")).all())
    assert "a-name-of-my-own" not in stored
    assert "203.0.113.77" not in stored


def test_counts_past_their_time_are_forgotten(app, clock):
    guess(app, "nobody")
    clock.pass_by(hours=2)
    guess(app, "somebody")
    with app.app_context():
        assert connection().execute(text("SELECT count(*) FROM tally")).scalar() == 2


@pytest.mark.parametrize("tries", range(1, 40))
def test_no_wait_is_longer_than_the_window(tries):
    assert timedelta(0) <= PER_ACCOUNT.wait_after(tries) <= PER_ACCOUNT.window


def test_a_refused_try_is_not_counted(app, clock):
    with app.app_context():
        for _ in range(10):
            with writing() as bound:
                limits.count(bound, PER_ACCOUNT, "key", clock())
        for _ in range(50):
            with pytest.raises(TooMany) as caught, writing() as bound:
                limits.count(bound, PER_ACCOUNT, "key", clock())
            assert caught.value.retry_after == 30


def test_a_new_password_is_judged_only_for_who_proved_it_and_twenty_times_an_hour(app, clock, monkeypatch):
    ada, judged = begin(app), []
    monkeypatch.setattr(passwords, "too_common", lambda password, name: judged.append(name) or True)
    ask = {"name": "ada", "password": PASSWORD}
    codes = [ada.client.put("/api/password", json=ask).status_code for _ in range(21)]
    assert codes == [400] * 20 + [429]
    assert len(judged) == 20
    ada.client.post("/api/recovery", json={})
    clock.pass_by(hours=2)
    assert ada.client.put("/api/password", json=ask).status_code == 403
    assert len(judged) == 20


@pytest.mark.parametrize(("proxies", "counted_apart"), [(0, False), (1, True)])
def test_an_address_is_believed_only_from_a_proxy_of_our_own(settings, clock, proxies, counted_apart):
    app = create_app(replace(settings, proxies=proxies), now=clock)

    def try_from(told):
        code, headers = {"code": "00000-00000"}, {"X-Forwarded-For": told}
        return app.test_client().post("/api/signin/recovery", json=code, headers=headers).status_code

    codes = [try_from(f"203.0.113.{n}") for n in range(101)]
    assert codes == [401] * 100 + [401 if counted_apart else 429]
    if proxies:
        # What stands before the proxy's own word is the visitor's invention.
        codes = [try_from(f"10.0.0.{n}, 198.51.100.1") for n in range(101)]
        assert codes == [401] * 100 + [429]


def test_which_names_are_taken_is_not_asked_by_one_guest_after_another(app, clock):
    give_password(begin(app), "ada")

    def choose(name, address="203.0.113.9"):
        new = {"name": name, "password": PASSWORD}
        guest = begin(app)
        return guest.client.put("/api/password", json=new, environ_base={"REMOTE_ADDR": address}).status_code

    assert [choose("ada") for _ in range(29)] == [409] * 29
    assert [choose(f"una-{n}") for n in range(5)] == [200] * 5  # what is free, and theirs from now on, costs nothing
    assert [choose("ada") for _ in range(3)] == [409, 429, 429]
    assert choose("ada", "198.51.100.7") == 409
    clock.pass_by(hours=1)
    assert choose("ken") == 200


def test_a_tally_that_is_swept_away_by_another_process_in_this_very_moment_is_begun_anew(app, clock, monkeypatch):
    """With PostgreSQL; it was a 500 at the door."""
    opened, real = [], limits._OPEN.each

    def swept(bound, rows):
        real(bound, rows)
        opened.append(rows)
        if len(opened) in gone:
            bound.execute(delete(Tally))

    monkeypatch.setattr(limits, "_OPEN", SimpleNamespace(each=swept))
    with app.app_context(), writing() as bound:
        gone = [1]
        limits.count(bound, PER_ACCOUNT, "a key", clock())
        assert (len(opened), bound.execute(select(Tally.tries)).scalars().all()) == (2, [1])
        gone = [3, 4]
        with pytest.raises(Busy):
            limits.count(bound, PER_ACCOUNT, "another key", clock())


def test_bringing_that_fails_is_not_tried_without_end(app, clock, monkeypatch):
    """All of it is opened, planned and rolled back while everybody waits for the pen."""
    ada, guest, account = begin(app), begin(app), {"name": "ada", "password": PASSWORD, "bring": True}
    give_password(ada, "ada")
    guest.sync(guest.add("rest", day="2026-11-20"))
    monkeypatch.setattr("exposure.web.signin.bring_in", lambda *_: (0, 1))
    assert [guest.client.post("/api/signin", json=account).status_code for _ in range(7)] == [409] * 5 + [429] * 2
    clock.pass_by(hours=1)
    monkeypatch.undo()
    assert guest.client.post("/api/signin", json=account).get_json()["person"] == ada.person
