"""The doors: pages the server draws for whoever comes by, without asking who it is.

What Ippo is, people to talk to, what is kept. They speak the language the browser asks for, or the one chosen here.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from flask import Blueprint, Response, make_response, render_template, request

from exposure.lines import ELSEWHERE, lines
from exposure.web.house import house
from exposure.words import LANGUAGES, N_, SOURCE, choose_language, gettext_for, ngettext_for

blueprint = Blueprint("doors", __name__)

NAMES: Final = {"ja": "日本語", "en": "English"}
COOKIE: Final = "lang"
YEAR_SECONDS: Final = 365 * 24 * 3600
# Where a language alone points to; a region in the browser's wish ("en-GB") says it better.
HOME: Final = {"ja": "JP", "ko": "KR", "en": "US"}
_NUMBER: Final = re.compile(r"(\+?\d[\d-]{5,}\d)")
_REGION: Final = re.compile(r"([a-z]{2,3})(?:-[A-Za-z]{4})?(?:-([A-Za-z]{2}))?(?=[,;]|\Z)")


@blueprint.app_template_filter()
def by_numbers(text: str) -> list[str]:
    """The sentence in parts; every second one is a telephone number."""
    return _NUMBER.split(text)


@blueprint.app_template_filter()
def day_words(day: date, spoken: str) -> str:
    """1 March 2021, as the language writes it."""
    written = gettext_for(spoken)(N_("{day} {month} {year}"))
    return written.format(day=day.day, month=f"{day:%B}" if spoken == SOURCE else day.month, year=day.year)


@blueprint.get("/")
def landing() -> Response:
    """What this is, what it is not, and one clear way in."""
    return page("landing")


@blueprint.get("/help")
def help_card() -> Response:
    """Lines to call, by country, with hours, source and the day they were checked (rules X1-X3)."""
    known = lines()
    wished = request.args.get("country", "")
    country = wished if wished in known.countries else near(request.headers.get("Accept-Language", ""))
    spoken = language()
    return page(
        "help",
        country=country,
        countries=[(code, names[spoken]) for code, names in known.countries.items()],
        # Whoever is in danger has no time to read to the end of a list.
        lines=sorted(known.near(country), key=lambda line: line.kind != "emergency"),
        certainty=known.certainty,
    )


@blueprint.get("/privacy")
def privacy() -> Response:
    """What is kept, for what, and how it leaves (rule C2)."""
    return page("privacy")


def page(name: str, status: int = 200, **about: Any) -> Response:
    """One door, in the language of whoever asks."""
    spoken = language()
    others = [(code, own) for code, own in NAMES.items() if code != spoken]
    about |= {"_": gettext_for(spoken), "ngettext": ngettext_for(spoken), "language": spoken}
    drawn = render_template(f"doors/{name}.html", page=name, status=status, others=others, **about)
    answer = make_response(drawn, status)
    answer.headers["Vary"] = "Accept-Language, Cookie"
    if status == 200:
        answer.headers["Cache-Control"] = "private, no-cache"
        answer.headers["X-Robots-Tag"] = "all"
    if request.args.get("lang") in LANGUAGES:
        _remember(answer, spoken)
    return answer


def language() -> str:
    """The language chosen here just now, or earlier, or else the browser's."""
    chosen = request.args.get("lang", "")
    wished = chosen if chosen in LANGUAGES else request.cookies.get(COOKIE, "")
    return choose_language(request.headers.get("Accept-Language", ""), wished if wished in LANGUAGES else "")


def _remember(answer: Response, spoken: str) -> None:
    secure = house().settings.secure
    answer.set_cookie(COOKIE, spoken, max_age=YEAR_SECONDS, path="/", secure=secure, httponly=True, samesite="Lax")


def near(accepted: str) -> str:
    """The country whose lines to show first, from the Accept-Language header; it can be changed on the page."""
    known = lines().countries
    for tongue, region in _REGION.findall(accepted[:200]):
        guess = region.upper() or HOME.get(tongue, "")
        if guess in known:
            return str(guess)
        if tongue in HOME:
            return HOME[tongue]
    return ELSEWHERE
