"""The doors: small, honest, in both languages, and open to whoever comes by."""

import gzip
import re
from pathlib import Path

import pytest

from exposure.lines import lines
from exposure.web.doors import near
from tests.wordlists import NEVER

PAGES = ("/", "/help", "/privacy")
BUILT = Path(__file__).parents[2] / "static" / "built"


@pytest.fixture
def engine_name():
    """One database is enough: no door asks it anything, as the last test here proves."""
    return "sqlite"


def read(client, path, language="ja"):
    answer = client.get(path, headers={"Accept-Language": language, "Accept": "text/html"})
    return answer, answer.get_data(as_text=True)


def words_of(page):
    """What a person reads on it."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    ("asked", "spoken"), [("ja,en;q=0.8", "ja"), ("en-GB,ja;q=0.5", "en"), ("de", "en"), ("", "en")]
)
def test_a_door_speaks_the_language_of_whoever_comes(client, path, asked, spoken):
    answer, page = read(client, path, asked)
    assert answer.status_code == 200
    assert f'<html lang="{spoken}">' in page
    japanese = len(re.findall("[ぁ-ん]", words_of(page)))
    assert japanese > 80 if spoken == "ja" else japanese < 40
    assert "Accept-Language" in answer.headers["Vary"]


def test_a_language_chosen_here_is_remembered_here(client):
    answer, page = read(client, "/?lang=en")
    assert '<html lang="en">' in page
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert '<html lang="en">' in read(client, "/help")[1]
    assert '<html lang="ja">' in read(client, "/help?lang=ja")[1]


@pytest.mark.parametrize("odd", ["xx", "../..", "", "en'", "JA"])
def test_a_language_nobody_speaks_is_passed_over(client, odd):
    answer, page = read(client, f"/?lang={odd}")
    assert '<html lang="ja">' in page
    assert "Set-Cookie" not in answer.headers


def test_the_landing_page_has_one_clear_way_in_and_the_way_to_help(client):
    _, page = read(client, "/")
    assert re.findall(r'class="start" href="([^"]+)"', page) == ["/app"]
    assert page.count('href="/help"') >= 2
    assert 'href="/privacy"' in page
    assert "/app#/signin" in page


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_landing_page_with_its_style_weighs_at_most_14_kb(client, language):
    _, page = read(client, "/", language)
    sent = len(gzip.compress(page.encode())) + len(gzip.compress((BUILT / "door.css").read_bytes()))
    assert sent <= 14 * 1024
    assert "<script" not in page


@pytest.mark.parametrize("path", [*PAGES, "/nowhere"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_door_says_a_hard_word(client, path, language):
    _, page = read(client, path, language)
    assert NEVER.findall(words_of(page)) == []


@pytest.mark.parametrize("path", [*PAGES, "/nowhere"])
def test_nothing_on_a_door_comes_from_anywhere_else(client, path):
    _, page = read(client, path)
    assert re.findall(r'(?:src|<link[^>]+href)="(?:https?:)?//[^"]+"', page) == []
    assert "style=" not in page
    assert not re.search(r"\son\w+=", page)


@pytest.mark.parametrize("country", ["JP", "US", "GB"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_help_card_tells_all_there_is_to_know_about_each_line(client, country, language):
    _, page = read(client, f"/help?country={country}", language)
    known = [line for line in lines().lines if line.country == country]
    assert len(known) >= 3
    words = re.sub(r'<a class="number" [^>]*>([^<]*)</a>', r"\1", page).replace("&#39;", "'").replace("&amp;", "&")
    for line in known:
        source = "" if line.certainty == "general" else line.source  # which would only say the same again
        for said in (line.name[language], line.hours[language], line.limits[language], source):
            assert said in words
        for number in re.findall(r"\d[\d-]{5,}\d", line.hours[language] + line.limits[language]):
            assert f'<a class="number" href="tel:{number.replace("-", "")}">{number}</a>' in page
        if line.number:
            assert re.search(rf'href="(tel|sms):{re.escape(line.dial)}"', page)
        if line.checked_on:
            assert line.checked_on.isoformat() in page


def test_whoever_is_in_danger_finds_the_number_first(client):
    _, page = read(client, "/help?country=JP")
    assert min(page.index("tel:119"), page.index("tel:110")) < page.index("tel:0120279338")


@pytest.mark.parametrize(
    ("accepted", "country"),
    [
        ("ja", "JP"), ("ja-JP,en;q=0.5", "JP"), ("en-GB,en", "GB"), ("en-US", "US"), ("en", "US"), ("en-AU", "AU"),
        ("ko-KR", "KR"), ("de-DE,de;q=0.9", "*"), ("de,en-GB;q=0.5", "GB"), ("", "*"), ("zh-Hant-TW", "*"),
        (";;,,", "*"),
    ],
)  # fmt: skip
def test_the_country_is_guessed_from_what_the_browser_says(accepted, country):
    assert near(accepted) == country


def test_a_country_nobody_knows_falls_back_to_the_guess(client):
    assert read(client, "/help?country=XX")[1] == read(client, "/help")[1]


def test_a_page_that_is_not_there_says_so_gently_and_shows_the_way(client):
    answer, page = read(client, "/nowhere")
    assert answer.status_code == 404
    assert answer.mimetype == "text/html"
    assert 'href="/app"' in page
    assert 'href="/help"' in page
    program = client.get("/nowhere", headers={"Accept-Language": "ja"})
    assert set(program.get_json()) == {"error", "detail"}


def test_a_door_asks_the_database_nothing(app, client, monkeypatch):
    def refuse(*_args):
        raise AssertionError("a door looked at the database")

    monkeypatch.setattr("exposure.web.house.connection", refuse)
    client.set_cookie("ippo", "a" * 64, domain="localhost")
    assert [read(client, path)[0].status_code for path in PAGES] == [200, 200, 200]
