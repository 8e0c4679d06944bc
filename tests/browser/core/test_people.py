"""People who come and go on one phone: nothing of theirs is lost while they stay, nothing is left when they go."""

from tests.browser.common import Line, until
from tests.browser.core.bare import NOTES, QUIET, REST, START, STATUS, Open
from tests.browser.servers import ThreadServer


def test_a_session_that_ended_keeps_everything_waiting(phone: Open, house: ThreadServer) -> None:
    page = phone()
    page.evaluate(START)
    until(page, QUIET)
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.evaluate(REST, "待っている")
    until(page, "() => ippo.status.status().signedOut")
    assert (page.evaluate(STATUS)["waiting"], page.evaluate(NOTES)) == (1, ["待っている"])
    page.context.add_cookies(cookies)
    me = page.evaluate("() => ippo.api.ask('GET', '/api/me').then(({body}) => body)")
    assert page.evaluate("(me) => ippo.here.adopt(me)", me) is True
    state = page.evaluate(STATUS)
    assert (state["waiting"], state["signedOut"]) == (0, False)


def test_leaving_wipes_the_phone_also_without_a_network_and_in_every_tab(phone: Open, house: ThreadServer) -> None:
    line = Line(house.port)
    page = phone(line.url)
    me = page.evaluate(START)
    other = phone(line.url, page.context)
    page.evaluate(REST, "わたしの")
    page.evaluate("() => ippo.drafts.saveDraft('step/new', '書きかけ')")
    until(page, QUIET)
    line.off()
    page.evaluate("() => ippo.here.signOutHere()")
    assert page.evaluate("() => ippo.rows.me()") is None
    assert page.evaluate(NOTES) == []
    left = page.evaluate("() => indexedDB.databases().then((all) => all.map(({name}) => name))")
    assert f"ippo-{me['person']}" not in left
    line.on()
    until(other, "() => !document.hidden && typeof ippo === 'object' && !ippo.rows.me()")
    line.stop()


def test_who_left_without_a_network_is_not_let_in_again_when_it_is_back(phone: Open, house: ThreadServer) -> None:
    line = Line(house.port)
    page = phone(line.url)
    page.evaluate(START)
    until(page, QUIET)
    line.off()
    page.evaluate("() => ippo.here.signOutHere()")
    line.on()
    again = phone(line.url, page.context)
    page.close()
    until(again, "() => ippo.api.ask('GET', '/api/me').then(({status}) => status === 401)")
    assert again.evaluate("() => ippo.rows.me()") is None
    line.stop()


def test_what_a_browser_cleared_by_itself_comes_back_from_the_account(phone: Open, house: ThreadServer) -> None:
    page = phone()
    me = page.evaluate(START)
    page.evaluate(REST, "また会えた")
    until(page, QUIET)
    page.goto("about:blank")
    cleared = page.context.new_cdp_session(page)
    cleared.send("Storage.clearDataForOrigin", {"origin": house.url, "storageTypes": "indexeddb"})
    again = phone(context=page.context)
    until(again, "() => ippo.rows.all('rest').length === 1")
    assert (again.evaluate(NOTES), again.evaluate("() => ippo.rows.me().person")) == (["また会えた"], me["person"])


def test_a_second_person_on_the_phone_meets_nothing_of_the_first(phone: Open) -> None:
    page = phone()
    first = page.evaluate(START)
    page.evaluate(REST, "ひとりめ")
    page.evaluate("() => ippo.drafts.saveDraft('x', 'ひとりめ')")
    until(page, QUIET)
    page.evaluate("() => ippo.here.signOutHere()")
    second = page.evaluate(START)
    assert second["person"] != first["person"]
    assert page.evaluate(NOTES) == []
    assert page.evaluate("() => ippo.drafts.draft('x') === undefined")
