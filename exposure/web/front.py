"""The front of the house: the shell, its files, the manifest and the worker. All of it is the same for everybody.

Nothing here knows who asks, so all of it may lie in any cache: for a year where the address holds the build, and asked
about again each time ("no-cache", answered 304 by ETag) where it does not.
"""

from __future__ import annotations

import json
from typing import Any, cast

from flask import Blueprint, Flask, Response, abort, current_app, make_response, render_template, request
from flask.sansio.blueprints import BlueprintSetupState
from flask_compress import Compress

from exposure.web.house import house
from exposure.web.shelf import Item, Shelf
from exposure.words import LANGUAGES, choose_language, gettext_for

blueprint = Blueprint("front", __name__)

FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
A_WEEK = "public, max-age=604800"
ONE_PACKET = 1200  # bytes
ROBOTS = "User-agent: *\nAllow: /$\nAllow: /help\nAllow: /privacy\nDisallow: /\n"


def N_(text: str) -> str:  # noqa: N802 (the name gettext tools look for)
    """Mark a sentence for the catalogues; it is translated where it is used."""
    return text


MANIFEST_WORDS = (
    N_("Ippo"),
    N_("Small steps, at your own pace."),
    N_("One for today"),
    N_("A day of not doing"),
    N_("Steps of your own"),
    N_("What came of it"),
)


@blueprint.record_once
def lay_out(state: BlueprintSetupState) -> None:
    """Once per app: read the shelf, tell templates the build, and pack what the other blueprints answer."""
    app = cast(Flask, state.app)
    app.extensions["ippo-shelf"] = found = Shelf.of()
    app.jinja_env.globals["build"] = found.build
    # An event stream must never be held back to be packed.
    app.config["COMPRESS_MIMETYPES"] = ["text/html", "text/csv", "application/json"]
    app.config["COMPRESS_STREAMS"] = False
    app.config["COMPRESS_ALGORITHM"] = ["br", "gzip"]
    app.config["COMPRESS_REGISTER"] = False
    packer = Compress(app)

    @app.after_request
    def pack(answer: Response) -> Response:
        # What fits into one packet anyway is not worth the work, nor worth asking about: most answers are that small.
        small = answer.is_streamed or (answer.content_length or 0) < ONE_PACKET
        return answer if small else packer.after_request(answer)


def shelf() -> Shelf:
    """The shelf of this app."""
    found: Shelf = current_app.extensions["ippo-shelf"]
    return found


@blueprint.get("/app")
def shell() -> Response:
    """The app itself. Its ETag names the build, which the worker reads before it keeps the page."""
    page = Item(render_template("app.html", script=shelf().script(), icon=shelf().icon()).encode(), "text/html")
    return send(page, ASK_AGAIN, etag=f"{shelf().build}-{page.sha256[:8]}")


@blueprint.get("/therapist")
def desk() -> Response:
    """The therapist's desk: any browser, nothing to install, and nothing of it kept there, not even this page."""
    page = Item(render_template("therapist.html").encode(), "text/html")
    return send(page, "no-store", etag=f"{shelf().build}-{page.sha256[:8]}")


@blueprint.get("/static/<build>/<path:name>")
def static(build: str, name: str) -> Response:
    """A file of the shelf. A page of an older build still gets today's file, and is told not to keep it."""
    item = shelf().items.get(name)
    if item is None:
        abort(404)
    return send(item, FOR_EVER if build == shelf().build else ASK_AGAIN)


@blueprint.get("/static/icons/<name>")
def icon(name: str) -> Response:
    """An icon under an address that never changes, because phones remember where an installed app's icon lies."""
    return picture("icons", name)


@blueprint.get("/static/screenshots/<name>")
def screenshot(name: str) -> Response:
    """A picture for the sheet that asks whether to install; no page loads it."""
    return picture("screenshots", name)


def picture(folder: str, name: str) -> Response:
    """A picture of the shelf, kept for a week. Aborts with 404 when there is none."""
    item = shelf().items.get(f"{folder}/{name}")
    if item is None:
        abort(404)
    return send(item, A_WEEK)


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    """For whoever asks without having read the page."""
    return icon("favicon-48.png")


@blueprint.get("/manifest.json")
def manifest() -> Response:
    """What the phone's home screen is told, in the language of the phone or the one asked for by `?lang=`."""
    wished = request.args.get("lang", "")
    language = choose_language(request.headers.get("Accept-Language", ""), wished if wished in LANGUAGES else "")
    say = gettext_for(language)
    told = said(json.loads((shelf().front / "manifest.json").read_text(encoding="utf-8")), say)
    for one in told["screenshots"]:
        one["src"] = one["src"].replace("/en-", f"/{language}-")
    body = json.dumps({**told, "lang": language}, ensure_ascii=False, separators=(",", ":")).encode()
    answer = send(Item(body, "application/manifest+json"), ASK_AGAIN)
    answer.vary.add("Accept-Language")
    return answer


@blueprint.get("/service-worker.js")
def worker() -> Response:
    """The worker, with the list of what it keeps in its first line."""
    script = shelf().worker(kill=house().settings.worker_kill)
    listed = json.dumps({"build": shelf().build, "files": shelf().precache()}, separators=(",", ":"))
    return send(Item(f"self.__PRECACHE={listed};\n".encode() + script, "text/javascript"), ASK_AGAIN)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """The doors may be found; the app is nobody's to index."""
    return send(Item(ROBOTS.encode(), "text/plain"), A_WEEK)


def send(item: Item, keep: str, etag: str = "") -> Response:
    """The item in the smallest form this browser takes, or 304 when it has it already."""
    body, coding = item.packed(lambda name: request.accept_encodings.quality(name) > 0)
    answer = make_response(body)
    answer.mimetype = item.mimetype
    answer.headers["Cache-Control"] = keep
    answer.vary.add("Accept-Encoding")
    if coding:
        answer.headers["Content-Encoding"] = coding
    answer.set_etag(f"{etag or item.sha256[:16]}{'-' + coding if coding else ''}")
    answer.make_conditional(request)
    return answer


def said(value: Any, say: Any) -> Any:
    """The manifest with the words of its names and labels in the person's language; everything else as it stands."""
    if isinstance(value, list):
        return [said(one, say) for one in value]
    if not isinstance(value, dict):
        return value
    spoken = ("name", "short_name", "description", "label")
    return {key: say(one) if key in spoken else said(one, say) for key, one in value.items()}
