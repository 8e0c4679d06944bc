"""What was ended stays ended: an older database is laid back, and nothing comes back with it that was over since."""

import shutil
import sqlite3
import stat
from dataclasses import dataclass, replace

import pytest
from flask.testing import FlaskClient

from exposure import endings, keystore
from exposure.app import create_app
from exposure.clock import Clock as Ticker
from exposure.config import Settings
from exposure.db import db, writing
from exposure.keystore import Ended
from tests.conftest import enter, new_id
from tests.test_consents import confirmed, invited, mirror
from tests.web.people import PASSWORD, begin, come_in, give_password
from tests.web.test_calendar import opened

OTHER = "kaze no nai hi no mizuumi"

pytestmark = pytest.mark.promise("Backup")


@pytest.fixture
def as_it_was(app, settings, clock, tmp_path, request):
    """Copies the database of now; later, `as_it_was().app` is a house in which nothing has happened since."""
    made = []

    def copy():
        with app.app_context():
            db.engine.dispose()
        if settings.database_url:
            cluster = request.getfixturevalue("cluster")
            url = cluster.copy_of(settings.database_url)
            request.addfinalizer(lambda: cluster.drop(url))
            there = replace(settings, database_url=url)
        else:
            folder = tmp_path / new_id()
            shutil.copytree(settings.data / "keys", folder / "keys")
            with sqlite3.connect(settings.data / "ippo.db") as live, sqlite3.connect(folder / "ippo.db") as kept:
                live.backup(kept)
            there = replace(settings, data=folder)
        made.append(create_app(there, now=clock))
        return made[-1]

    yield copy
    for one in made:
        with one.app_context():
            db.engine.dispose()


def cookie_of(client):
    return client.get_cookie("ippo").value


def there(older, token):
    """A browser with this cookie, at the older house."""
    moved = older.test_client()
    moved.set_cookie("ippo", token, domain="localhost")
    return moved


@dataclass
class Cast:
    ada: object
    theo: object
    ken: object
    ladder: object
    phone: FlaskClient
    address: str
    consent: str
    code: str
    recovery: str
    cookies: dict[str, str]


def together(app, ada, theo, ladder):
    """Ada, with everything that can be ended, and Ken, who will leave."""
    ken = begin(app)
    ken.sync(ken.add("rest", day="2026-11-20", note="canary-ken"))
    give_password(ada, "ada")
    recovery = ada.client.post("/api/recovery", json={}).get_json()["code"]
    consent = confirmed(ada, theo, ladder, entries="all", messages=True)
    code = invited(ada)["code"]
    phone = come_in(app, "ada")
    clients = {"phone": phone, "ada": ada.client, "theo": theo.client, "ken": ken.client}
    cookies = {name: cookie_of(client) for name, client in clients.items()}
    return Cast(ada, theo, ken, ladder, phone, opened(ada), consent, code, recovery, cookies)


def end_everything(cast):
    """One of each."""
    assert cast.phone.post("/api/signout", json={}).status_code == 200
    assert cast.ada.client.delete("/api/calendar").status_code == 200
    (open_one,) = cast.ada.client.get("/api/invitations").get_json()["invitations"]
    assert cast.ada.client.delete(f"/api/invitations/{open_one['id']}").status_code == 204
    assert cast.ada.client.delete(f"/api/consents/{cast.consent}").status_code == 204
    give_password(cast.ada, "ada", OTHER)
    cast.ada.client.post("/api/recovery", json={})
    assert cast.ken.client.delete("/api/account").status_code == 200


def back_again(older, cast):
    """Which of what was ended is there again."""
    nobody = older.test_client()
    theos = there(older, cast.cookies["theo"])
    sign_in = {"name": "ada", "password": PASSWORD}
    tried = {
        "a device that was signed out": there(older, cast.cookies["phone"]).get("/api/me").status_code == 200,
        "a cookie from before a new password": there(older, cast.cookies["ada"]).get("/api/me").status_code == 200,
        "an address of a calendar": nobody.get(cast.address).status_code == 200,
        "an invitation": theos.post("/api/invitations/look", json={"code": cast.code}).status_code == 200,
        "a therapist's place": theos.get(f"/api/people/{cast.consent}").status_code == 200,
        "an old password": nobody.post("/api/signin", json=sign_in).status_code == 200,
        "a recovery code": nobody.post("/api/signin/recovery", json={"code": cast.recovery}).status_code == 200,
        "somebody who was erased": there(older, cast.cookies["ken"]).get("/api/me").status_code == 200,
    }
    return {what for what, came in tried.items() if came}, set(tried)


def lay_back(older, settings, clock):
    with older.app_context(), writing() as bound:
        return endings.end_again(bound, older.extensions["ippo"].vault, keystore.ended(settings), clock())


def test_what_was_ended_after_a_backup_does_not_come_back_with_it(
    app, ada, theo, ladder, settings, clock, as_it_was, proof
):
    cast = together(app, ada, theo, ladder)
    without, older = as_it_was(), as_it_was()
    clock.pass_by(minutes=1)
    end_everything(cast)
    Ticker.of(app).tick()
    came, everything = back_again(without, cast)
    assert came == everything, "the test must see what comes back where no ledger is read"
    lay_back(older, settings, clock)
    came, _ = back_again(older, cast)
    proof.line(
        "Ended after a backup, and there again with it",
        wanted="0 of 8 kinds",
        measured=f"{len(came)} of {len(everything)} kinds",
    )
    assert came == set()


def test_what_was_not_ended_goes_on(app, ada, theo, ladder, settings, clock, as_it_was):
    cast = together(app, ada, theo, ladder)
    older = as_it_was()
    clock.pass_by(minutes=1)
    end_everything(cast)
    Ticker.of(app).tick()
    assert lay_back(older, settings, clock) >= 7
    assert lay_back(older, settings, clock) == 0, "once is enough"
    again = there(older, cookie_of(ada.client))
    assert again.get("/api/me").get_json()["person"] == ada.person
    # The newest password opens, also where an older one lies in the backup.
    come_in(older, "ada", OTHER)
    here = replace(ada, client=again)
    assert mirror(here, cast.consent)["state"] == "withdrawn"
    titles = [row["fields"].get("title") for row in here.sync()["spaces"][ladder.space]["rows"]]
    assert "窓を開ける" in titles


def test_showing_less_stays_less(app, ada, theo, ladder, settings, clock, as_it_was):
    consent = confirmed(ada, theo, ladder, entries="all", messages=True)
    older = as_it_was()
    clock.pass_by(minutes=1)
    less = {"ladders": {}, "entries": "chosen", "messages": False}
    assert ada.client.put(f"/api/consents/{consent}", json=less).status_code == 200
    Ticker.of(app).tick()
    lay_back(older, settings, clock)
    theos = replace(theo, client=there(older, cookie_of(theo.client)))
    assert ladder.space not in theos.sync()["spaces"]
    told = mirror(replace(ada, client=there(older, cookie_of(ada.client))), consent)
    assert (told["state"], told["ladders"], told["entries"], told["messages"]) == ("confirmed", [], "chosen", False)


def test_the_ledger_is_told_at_the_next_tick_and_is_ours_alone(app, ada, settings):
    gone = enter(app)
    gone.client.delete("/api/account")
    Ticker.of(app).tick()
    ledger = settings.data / "keys" / keystore.LEDGER
    assert stat.S_IMODE(ledger.stat().st_mode) == 0o600
    assert ("person", gone.person) in {(line.what, line.which) for line in keystore.ended(settings)}
    with app.app_context():
        assert endings.hand_over(settings) == 0


def test_a_line_that_a_power_cut_tore_spoils_no_other(data, tmp_path):
    house = replace(Settings(), data=data)
    keystore.note(house, [Ended("login", "one", 1)])
    with (data / "keys" / keystore.LEDGER).open("a") as file:
        file.write('["login", "tw')
    keystore.note(house, [Ended("login", "two", 2), Ended("password", "three", 3, ["x", "y"])])
    assert [line.which for line in keystore.ended(house)] == ["one", "two", "three"]


def test_whoever_was_erased_is_in_the_key_store_no_more(app, ada, settings):
    gone = enter(app)
    keystore.hold(settings, {gone.person: b"key", ada.person: b"key"})
    gone.client.delete("/api/account")
    Ticker.of(app).tick()
    assert set(keystore.held(settings)) == {ada.person}
    keystore.hold(settings, {gone.person: b"key"})  # a backup that began before
    assert set(keystore.held(settings)) == {ada.person}
