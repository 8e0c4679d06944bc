"""The line to the house: none, thin, hanging, mended without a word; and the poke that saves asking."""

from typing import Any

from sqlalchemy import func, select

from exposure.db import connection
from exposure.people import Person
from tests.browser.common import Line, until
from tests.browser.core.bare import NOTES, QUIET, REST, START, STATUS, Open, logged
from tests.browser.servers import ThreadServer
from tests.conftest import sign_in


def test_a_person_begins_and_writes_without_a_network_and_the_account_hears_of_it_later(
    phone: Open, house: ThreadServer
) -> None:
    line = Line(house.port)
    page = phone(line.url)
    line.off()
    me = page.evaluate(START)
    page.evaluate(REST, "電波なし")
    until(page, "() => ippo.status.status().offline")
    again = phone(line.url, page.context)  # a second start of the app, still without a network
    page.close()
    assert again.evaluate(NOTES) == ["電波なし"]
    assert again.evaluate(STATUS)["waiting"] == 2
    line.on()
    again.evaluate("() => dispatchEvent(new Event('online'))")
    until(again, QUIET)
    assert logged(house, me["person"]) == 2
    line.stop()


def test_the_next_try_comes_by_itself_when_no_event_tells_that_the_network_is_back(
    phone: Open, house: ThreadServer
) -> None:
    line = Line(house.port)
    page = phone(line.url)
    page.evaluate(START)
    until(page, QUIET)
    line.off()
    page.evaluate(REST, "あとで")
    until(page, "() => ippo.status.status().offline")
    line.on()
    until(page, QUIET, timeout=15)
    assert page.evaluate(STATUS)["offline"] is False
    line.stop()


def test_a_start_whose_answer_was_lost_begins_once(phone: Open, house: ThreadServer) -> None:
    page = phone()
    lost = []

    def lose(route: Any) -> None:
        answer = route.fetch()
        lost.append(answer.status)
        route.abort() if len(lost) == 1 else route.fulfill(response=answer)

    page.route("**/api/start", lose)
    me = page.evaluate(START)
    until(page, QUIET, timeout=15)
    assert lost == [201, 201]
    with house.app.app_context():
        person = Person.__table__.c.id
        found = connection().execute(select(func.count()).where(person == me["person"])).scalar_one()
    assert (found, logged(house, me["person"])) == (1, 1)


def test_a_line_that_hangs_does_not_hold_writing_up(phone: Open, house: ThreadServer) -> None:
    line = Line(house.port)
    page = phone(line.url)
    page.evaluate(START)
    until(page, QUIET)
    line.mode = "hang"
    for n in range(20):
        page.evaluate(REST, f"{n:02}")
    assert len(page.evaluate(NOTES)) == 20
    line.mode = "pass"
    until(page, QUIET, timeout=15)
    line.stop()


def test_a_poke_brings_the_other_phones_change_within_a_moment(phone: Open, house: ThreadServer) -> None:
    one = phone()
    me = one.evaluate(START)
    until(one, QUIET)
    two = phone()
    token = sign_in(house.app, me["person"]).get_cookie("ippo", domain="localhost").value
    two.context.add_cookies([{"name": "ippo", "value": token, "url": house.url}])
    with two.expect_request("**/api/live"):
        two.evaluate("() => ippo.api.ask('GET', '/api/me').then(({body}) => ippo.here.adopt(body))")
    two.wait_for_timeout(500)
    one.evaluate(REST, "となりへ")
    until(two, "() => ippo.rows.all('rest').length === 1", timeout=5)


def test_where_the_house_has_no_room_for_another_stream_the_phone_asks_now_and_then(
    phone: Open, house: ThreadServer
) -> None:
    one = phone()
    me = one.evaluate(START)
    until(one, QUIET)
    two = phone()
    two.close()
    context = two.context
    token = sign_in(house.app, me["person"]).get_cookie("ippo", domain="localhost").value
    context.add_cookies([{"name": "ippo", "value": token, "url": house.url}])
    full = []
    context.route("**/api/live", lambda route: (full.append(1), route.fulfill(status=503, body="full")))
    context.clock.install()
    two = phone(context=context)
    two.evaluate("() => ippo.api.ask('GET', '/api/me').then(({body}) => ippo.here.adopt(body))")
    until(two, "() => ippo.rows.me() && !ippo.status.status().syncing")
    one.evaluate(REST, "あとから")
    until(one, QUIET)
    two.wait_for_timeout(300)
    assert two.evaluate(NOTES) == []
    two.clock.fast_forward(21_000)
    until(two, "() => ippo.rows.all('rest').length === 1", timeout=5)
    for _ in range(3):
        two.clock.fast_forward(21_000)
    two.wait_for_timeout(300)
    assert len(full) == 2, "it never asked for a stream again"
