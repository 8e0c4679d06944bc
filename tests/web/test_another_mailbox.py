"""Mailbox: another address takes the place of the one that works once its code came back, and not before."""

from tests.test_mail import ADA
from tests.web.test_mailbox import app, code_in, confirmed, give, off_address, server, standing  # noqa: F401

BEA = "ada@other.example"


def test_another_address_takes_the_place_once_its_code_is_on_its_way(ada, server):  # noqa: F811
    confirmed(ada, server)
    server.answer("550 5.1.1 nobody")
    answer = give(ada, "nobody@mail.example")
    assert (answer.status_code, answer.get_json()["error"]) == (400, "bad_address")
    assert standing(ada) == {"address": ADA, "state": "on"}
    assert give(ada, BEA).get_json()["mail"] == {"address": ADA, "state": "on", "next": BEA}
    code = {"code": code_in(server.seen[-1])}
    assert ada.client.post("/api/mailbox/confirm", json=code).get_json()["mail"] == {"address": BEA, "state": "on"}
    assert ada.client.post("/api/mailbox/confirm", json=code).status_code == 400


def test_until_then_the_one_that_works_goes_on_and_may_be_kept(app, ada, server):  # noqa: F811
    confirmed(ada, server)
    end = off_address(app, ada)
    give(ada, BEA)
    code = {"code": code_in(server.seen[-1])}
    assert off_address(app, ada) == end
    assert give(ada).get_json()["mail"] == {"address": ADA, "state": "on"}
    assert ada.client.post("/api/mailbox/confirm", json=code).status_code == 400
    assert standing(ada) == {"address": ADA, "state": "on"}


def test_the_secret_of_the_old_mails_ends_nothing_at_the_new_address(app, ada, server):  # noqa: F811
    confirmed(ada, server)
    before = off_address(app, ada)
    confirmed(ada, server, BEA)
    assert off_address(app, ada) != before
    app.test_client().post(before)
    assert standing(ada) == {"address": BEA, "state": "on"}
