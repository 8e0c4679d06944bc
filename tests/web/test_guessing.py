"""How many codes whoever has the password gets to try."""

from datetime import timedelta

from tests.web.people import come_in
from tests.web.test_factor import show, theo  # noqa: F401 (a fixture is named to be used)
from tests.web.therapists import add_app


def test_whoever_has_the_password_tries_about_a_hundred_codes_in_a_day(app, theo, clock):  # noqa: F811
    add_app(theo, clock())
    browser, tried = come_in(app, "theo"), 0
    over = clock() + timedelta(hours=11)  # a login lives for twelve
    while clock() < over:
        answer = show(browser, "000000")
        tried += answer.status_code == 400
        clock.pass_by(seconds=int(answer.headers.get("Retry-After", 0)))
    assert 40 < tried < 65
