"""The front of the house: what every visitor gets, and how long they may keep it."""

import base64
import hashlib
import json
import re

import brotli
import pytest

from exposure import packing
from exposure.house import FRONT
from exposure.web.front import MANIFEST_WORDS
from exposure.web.shelf import Shelf
from exposure.words import LANGUAGES, gettext_for

ICON_LIMIT = 10_000
SCREENSHOT_LIMIT = 80_000


def precache(client):
    first = client.get("/service-worker.js").text.splitlines()[0]
    return json.loads(first.removeprefix("self.__PRECACHE=").removesuffix(";"))


@pytest.fixture
def shelf(app):
    return app.extensions["ippo-shelf"]


def test_the_worker_lists_every_file_with_the_hash_of_its_bytes(client, shelf):
    listed = precache(client)["files"]
    lies = {name.rsplit("/", 1)[1]: where for name, _, where in listed}
    assert lies.items() >= {
        *(("app.css", ""), ("ja.json", "ja"), ("en.json", "en")),
        *(("near.css", "near"), ("near.ja.json", "near"), ("near.en.json", "near")),
        *(("library.json", "near"), ("readings.json", "near")),
    }
    assert [name for name, where in lies.items() if name.endswith(".js") and not where] == [
        shelf.script().removeprefix("built/")
    ]
    assert not [name for name in lies if name.startswith(("far", "door", "therapist", "service-worker"))]
    for url, sha256, _ in listed:
        answer = client.get(url)
        assert base64.b64encode(hashlib.sha256(answer.data).digest()).decode() == sha256
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_the_shell_is_of_the_build_the_worker_names_and_loads_only_what_it_keeps(client):
    told = precache(client)
    shell = client.get("/app")
    assert told["build"] in shell.headers["ETag"]
    assert shell.headers["Cache-Control"] == "no-cache"
    loaded = re.findall(r'(?:href|src)="(/static/[^"]+/built/[^"]+)"', shell.text)
    assert loaded
    assert set(loaded) <= {url for url, _, where in told["files"] if not where}


def test_the_shell_is_the_same_for_everybody(client, ada):
    assert client.get("/app").data == ada.client.get("/app").data
    assert "Cookie" not in client.get("/app").headers.get("Vary", "")


@pytest.mark.parametrize("path", ["/app", "/manifest.json", "/service-worker.js"])
def test_a_page_that_has_not_changed_is_not_sent_again(client, path):
    first = client.get(path, headers={"Accept-Encoding": "br"})
    again = client.get(path, headers={"Accept-Encoding": "br", "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_file_of_an_older_build_is_todays_and_is_not_kept(client):
    answer = client.get("/static/0123456789ab/built/app.js")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    [
        "/static/x/built/nothing.js",
        "/static/x/js/app.js",
        "/static/x/../../exposure/config.py",
        "/static/x/%2e%2e/%2e%2e/exposure/config.py",
        "/static/x//etc/passwd",
        "/static/icons/..%2fbuilt%2fapp.js",
        "/static/icons/nothing.png",
    ],
)
def test_nothing_but_the_shelf_can_be_asked_for(client, path):
    assert client.get(path).status_code in (404, 308)


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_the_bundle_is_sent_packed(client, coding):
    url = next(url for url, *_ in precache(client)["files"] if url.endswith(".js"))
    plain, packed = client.get(url), client.get(url, headers={"Accept-Encoding": coding})
    assert packed.headers["Content-Encoding"] == coding
    assert len(packed.data) < len(plain.data) / 2
    assert packed.headers["ETag"] != plain.headers["ETag"]


def test_who_comes_first_waits_for_no_packing(client, monkeypatch):
    tried = []
    monkeypatch.setattr("exposure.web.shelf.tightly", tried.append)
    monkeypatch.setattr("exposure.packing.tightly", tried.append)
    for url, *_ in precache(client)["files"]:
        assert client.get(url, headers={"Accept-Encoding": "br"}).headers["Content-Encoding"] == "br"
    assert tried == []


@pytest.mark.parametrize("beside", [None, b"no Brotli at all", brotli.compress(b"another file, " * 30)])
def test_a_small_form_that_is_not_this_files_is_never_sent(tmp_path, beside):
    path, body = tmp_path / "one.js", b"what is to be sent, " * 30
    if beside is not None:
        packing.small_of(path).write_bytes(beside)
    assert brotli.decompress(packing.packed_beside(path, body)) == body


def test_a_page_that_is_the_same_for_everybody_is_packed_once(client):
    packed = packing.tightly.cache_info()
    for _ in range(3):
        assert client.get("/app", headers={"Accept-Encoding": "br"}).headers["Content-Encoding"] == "br"
    assert packing.tightly.cache_info().misses <= packed.misses + 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_manifest_speaks_the_phones_language_under_one_id(client, language):
    answer = client.get("/manifest.json", headers={"Accept-Language": f"{language};q=0.9"})
    told = answer.json
    assert (told["id"], told["start_url"], told["lang"]) == ("/app", "/app", language)
    assert told["name"] == gettext_for(language)("Ippo")
    assert "Accept-Language" in answer.headers["Vary"]
    assert client.get(f"/manifest.json?lang={language}").json["name"] == told["name"]


def test_every_word_of_the_manifest_is_in_the_catalogues():
    source = json.loads((FRONT / "manifest.json").read_text())
    written = [source["name"], source["short_name"], source["description"]]
    written += [one["name"] for one in source["shortcuts"]]
    written += [one["label"] for one in source["screenshots"]]
    assert set(written) == set(MANIFEST_WORDS)


def test_the_manifest_tells_nothing_of_what_the_app_is_for(client):
    for language in LANGUAGES:
        text = json.dumps(client.get(f"/manifest.json?lang={language}").json, ensure_ascii=False).lower()
        for word in ("fear", "anxi", "therap", "expos", "不安", "恐怖", "治療", "ひきこもり"):
            assert word not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_of_the_manifest_is_there_in_the_size_it_says(client, language):
    told = client.get(f"/manifest.json?lang={language}").json
    pictures = [*told["icons"], *(icon for one in told["shortcuts"] for icon in one["icons"]), *told["screenshots"]]
    for picture in pictures:
        answer = client.get(picture["src"])
        assert (answer.status_code, answer.mimetype) == (200, picture["type"]), picture["src"]
        if picture["type"] == "image/png":
            width, height = (int.from_bytes(answer.data[at : at + 4], "big") for at in (16, 20))
            assert picture["sizes"] == f"{width}x{height}"
        else:
            width, height = jpeg_size(answer.data) if picture["type"] == "image/jpeg" else ("any", "any")
        assert picture["sizes"] in (f"{width}x{height}", width)
        assert len(answer.data) <= (SCREENSHOT_LIMIT if "label" in picture else ICON_LIMIT), picture["src"]


def jpeg_size(data):
    """(width, height) out of the frame header (ITU T.81, B.2.2)."""
    at = 2
    while data[at + 1] not in (0xC0, 0xC1, 0xC2):
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")


def test_the_build_follows_every_byte_of_the_shelf(tmp_path):
    for folder in ("static/built", "static/icons", "templates"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "static/built/app.js").write_text("one")
    (tmp_path / "templates/app.html").write_text("page")
    (tmp_path / "service-worker.js").write_text("worker")
    builds = [Shelf.of(tmp_path).build]
    for name in ("static/built/app.js", "templates/app.html", "service-worker.js"):
        (tmp_path / name).write_text("two")
        builds.append(Shelf.of(tmp_path).build)
    assert len(set(builds)) == 4
    assert Shelf.of(tmp_path).build == builds[-1]


def test_robots_find_the_doors_and_not_the_app(client):
    assert "Allow: /$" in client.get("/robots.txt").text
    assert "Disallow: /" in client.get("/robots.txt").text
