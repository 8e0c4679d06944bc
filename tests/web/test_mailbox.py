"""Mailbox: an address counts once its code came back; one touch in any mail ends it; nobody is told anything else."""

import json
import logging
import re
from dataclasses import replace

import pytest
from sqlalchemy import select

from exposure import mailboxes
from exposure.app import create_app
from exposure.db import connection, db
from exposure.mailboxes import Mailbox
from exposure.web import mailbox
from tests.conftest import enter, new_id
from tests.mail_server import MailServer, Mute
from tests.test_mail import ADA


@pytest.fixture
def server():
    with MailServer() as made:
        yield made


@pytest.fixture
def app(settings, clock, server):
    made = create_app(
        replace(settings, smtp=f"smtp://127.0.0.1:{server.port}", mail_from="care@ippo.example"), now=clock
    )
    yield made
    with made.app_context():
        db.engine.dispose()


def give(actor, address=ADA):
    return actor.client.put("/api/mailbox", json={"address": address})


def code_in(letter):
    (code,) = re.findall(r"\b\d{6}\b", letter["Subject"])
    assert code in letter.get_content()
    return code


def confirmed(actor, server, address=ADA):
    assert give(actor, address).status_code == 200
    answer = actor.client.post("/api/mailbox/confirm", json={"code": code_in(server.seen[-1])})
    assert answer.get_json() == {"mail": {"address": address, "state": "on"}}


def standing(actor):
    return actor.client.get("/api/reminders").get_json()["mail"]


def off_address(app, actor):
    with app.app_context():
        its_id = connection().execute(select(Mailbox.id).where(Mailbox.person_id == actor.person)).scalar_one()
        return f"/mail/off/{mailboxes.off_secret(app.extensions['ippo'].vault, its_id)}"


# ---- whose it is


def test_an_address_is_on_once_its_code_came_back(ada, server):
    assert standing(ada) == {"address": "", "state": "none"}
    assert give(ada).get_json() == {"mail": {"address": ADA, "state": "waiting"}}
    (letter,) = server.seen
    assert letter["To"] == ADA
    assert letter["List-Unsubscribe"] is None  # it is no list yet
    code = code_in(letter)
    spaced = f" {code[:3]} {code[3:]} ".translate({ord(str(n)): "０１２３４５６７８９"[n] for n in range(10)})
    assert ada.client.post("/api/mailbox/confirm", json={"code": spaced}).status_code == 200
    assert standing(ada) == {"address": ADA, "state": "on"}
    assert give(ada).get_json() == {"mail": {"address": ADA, "state": "on"}}
    assert len(server.seen) == 1


def test_a_wrong_code_opens_nothing_and_the_fifth_ends_it(ada, server):
    give(ada)
    code = code_in(server.seen[0])
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for _ in range(mailboxes.CODE_TRIES):
        answer = ada.client.post("/api/mailbox/confirm", json={"code": wrong})
        assert (answer.status_code, answer.get_json()["error"]) == (400, "bad_code")
    assert ada.client.post("/api/mailbox/confirm", json={"code": code}).status_code == 400
    assert standing(ada)["state"] == "waiting"


def test_a_code_opens_for_an_hour_and_only_for_whom_it_was_mailed(ada, una, server, clock):
    give(ada)
    code = code_in(server.seen[0])
    assert una.client.post("/api/mailbox/confirm", json={"code": code}).status_code == 400
    clock.pass_by(minutes=61)
    assert ada.client.post("/api/mailbox/confirm", json={"code": code}).status_code == 400


ODD = (
    *("", "ada", "@mail.example", "ada@", "ada@mail", "ada@@mail.example", "a da@mail.example", "ada@mail..example"),
    *("ada@mail.example\r\nBcc: all@mail.example", "Ada <ada@mail.example>", "ada@-mail.example", "ada@[127.0.0.1]"),
    *(
        "ada@127.0.0.1",
        "あだ@mail.example",
        '"a b"@mail.example',
        "a" * 65 + "@mail.example",
        "ada@" + "m" * 250 + ".ex",
        "=?utf-8?q?a=0D=0ABcc=3Av?=@mail.example",
        "=?utf-8?q?a=40mail.example=2C?=@mail.example",
    ),
)


def test_what_is_no_mail_address_is_refused_with_a_sentence(ada, server):
    for odd in ODD:
        answer = give(ada, odd)
        assert (answer.status_code, answer.get_json()["error"]) == (400, "bad_address"), odd
        assert answer.get_json()["detail"]
    assert server.envelopes == []


def test_addresses_that_people_have_are_taken(ada, server):
    for fine in ("a..b.@docomo.example", "ADA+ippo@Mail.Example", "ａｄａ@mail.example", " ada@mail.example\n"):
        assert give(ada, fine).status_code == 200
    assert [to for _, (to,) in server.envelopes] == [
        *("a..b.@docomo.example", "ADA+ippo@mail.example"),
        *(ADA, ADA),
    ]


def test_a_house_without_a_mail_server_offers_no_mail(settings, clock):
    made = create_app(settings, now=clock)
    actor = enter(made)
    assert give(actor).status_code == 404
    assert standing(actor) is None
    with made.app_context():
        db.engine.dispose()


def test_a_mail_server_that_hangs_is_told_and_leaves_nothing_behind(settings, clock, monkeypatch):
    mute = Mute()
    monkeypatch.setattr("exposure.mail.SECONDS", 0.5)
    made = create_app(replace(settings, smtp=f"smtp://127.0.0.1:{mute.port}", mail_from="care@ippo.example"), now=clock)
    actor = enter(made)
    answer = give(actor)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert standing(actor) == {"address": "", "state": "none"}
    mute.close()
    with made.app_context():
        db.engine.dispose()


# ---- how often


def test_a_strangers_mailbox_is_not_filled_with_codes_whoever_asks(app, server):
    answers = [give(enter(app)).status_code for _ in range(8)]
    assert answers[:4] == [200] * 4
    assert answers[-1] == 429
    assert len(server.seen) <= 5


def test_nor_by_other_spellings_of_it(app, server):
    spelled = [
        "ada+1@mail.example",
        "a.da@mail.example",
        "ADA+22@mail.example",
        "ada@mail.example",
        "a.d.a+3@mail.example",
    ]
    assert [give(enter(app), address).status_code for address in spelled] == [200] * 4 + [429]
    assert len(server.seen) == 4


def test_many_guests_together_do_not_write_to_everybody(app, server, monkeypatch):
    monkeypatch.setattr(mailbox, "PER_HOUSE", replace(mailbox.PER_HOUSE, most=3))
    assert [give(enter(app), f"a{n}b@mail.example").status_code for n in range(4)] == [200, 200, 200, 429]


def test_one_person_does_not_write_to_everybody(ada, server):
    answers = [give(ada, f"a{n}@mail.example").status_code for n in range(14)]
    assert answers[-1] == 429
    assert len(server.seen) <= 11


# ---- the end of it


def test_whoever_takes_the_address_away_has_none(ada, server, app):
    confirmed(ada, server)
    assert ada.client.delete("/api/mailbox").get_json() == {"mail": {"address": "", "state": "none"}}
    assert standing(ada) == {"address": "", "state": "none"}
    with app.app_context():
        assert connection().execute(select(Mailbox.id)).all() == []


@pytest.mark.parametrize(
    "sent",
    [
        {"data": "List-Unsubscribe=One-Click", "content_type": "application/x-www-form-urlencoded"},
        {"data": {"List-Unsubscribe": "One-Click"}, "content_type": "multipart/form-data"},
        {"headers": {"Sec-Fetch-Site": "cross-site", "Origin": "https://mail.example"}},
    ],
    ids=["form", "parts", "elsewhere"],
)
def test_the_button_of_a_mail_program_ends_it_from_anywhere_with_no_cookie(app, ada, una, server, sent):
    confirmed(ada, server)
    confirmed(una, server, "una@mail.example")
    address = off_address(app, ada)
    answer = app.test_client().post(address, **sent)
    assert answer.status_code == 200
    assert "Location" not in answer.headers
    assert standing(ada) == {"address": "", "state": "none"}
    assert standing(una)["state"] == "on"
    # Once more, or with a secret that never was: the same answer, and nothing happens.
    assert app.test_client().post(address, **sent).data == app.test_client().post(f"/mail/off/{'x' * 43}", **sent).data


def test_a_secret_that_was_made_up_takes_no_lock(app, ada, server, monkeypatch):
    confirmed(ada, server)
    monkeypatch.setattr(mailbox, "writing", None)  # whoever opens a write now fails
    assert app.test_client().post(f"/mail/off/{'x' * 43}").status_code == 200


def test_a_visit_alone_ends_nothing_and_shows_one_button(app, ada, server):
    confirmed(ada, server)
    address = off_address(app, ada)
    answer = app.test_client().get(address, headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    assert answer.get_data(as_text=True).count("<button") == 1
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "form-action 'self'" in answer.headers["Content-Security-Policy"]
    assert standing(ada)["state"] == "on"
    assert ADA not in answer.get_data(as_text=True)


def test_the_address_stands_in_what_its_person_takes_along(ada, una, server):
    confirmed(ada, server)
    assert json.loads(ada.client.get("/api/export").data)["person"]["mail"] == {"address": ADA, "state": "on"}
    assert json.loads(una.client.get("/api/export").data)["person"]["mail"] is None


def test_the_mailbox_ends_with_the_account(app, ada, server):
    confirmed(ada, server)
    assert ada.client.delete("/api/account").status_code == 200
    with app.app_context():
        assert connection().execute(select(Mailbox.id)).all() == []


# ---- nobody is told


def test_no_address_no_code_and_no_secret_is_in_a_log(app, ada, server, caplog, capfd):
    caplog.set_level(logging.DEBUG, "exposure")
    caplog.set_level(logging.DEBUG, "ippo")
    address = f"canary{new_id()[:8]}@mail.example"
    confirmed(ada, server, address)
    off = off_address(app, ada)
    server.answer(f"450 4.2.1 {address} is busy")
    give(ada, f"x{address}")
    ada.client.post("/api/mailbox/confirm", json={"code": address})
    app.test_client().post(off)
    said = capfd.readouterr()
    heard = caplog.text + "".join(str(vars(record)) for record in caplog.records) + said.out + said.err
    for secret in (address, off.rpartition("/")[2], code_in(server.seen[0])):
        assert secret not in heard


def test_the_address_lies_sealed(app, ada, server):
    confirmed(ada, server)
    with app.app_context():
        (row,) = connection().execute(select(Mailbox.__table__)).all()
    assert ADA not in json.dumps([str(part) for part in row])
    assert ADA.encode() not in bytes(row.sealed)


@pytest.mark.parametrize(
    "body", [{}, {"address": 1}, {"address": ADA, "more": 1}, {"address": "x" * 600}], ids=range(4)
)
def test_an_odd_body_is_refused(ada, server, body):
    assert ada.client.put("/api/mailbox", json=body).status_code == 400
    assert server.seen == []
