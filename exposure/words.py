"""Words: the two languages the app speaks, and which one a person is addressed in."""

import gettext as catalogues
from collections.abc import Callable
from functools import cache
from pathlib import Path

LANGUAGES = ("ja", "en")
SOURCE = "en"  # the language the code is written in; its catalogue may stay empty
FOLDER = Path(__file__).parent / "translations"


@cache
def translator(language: str) -> catalogues.NullTranslations:
    """The compiled catalogue of one of LANGUAGES.

    The source language works without a compiled catalogue. Any other raises
    FileNotFoundError, because half a page in the wrong language is worse than a clear stop.
    """
    known(language)
    return catalogues.translation("messages", FOLDER, languages=[language], fallback=language == SOURCE)


def N_(sentence: str) -> str:  # noqa: N802 (the name gettext tools look for)
    """Marks a sentence for the catalogues where it is written; it is translated where it is said."""
    return sentence


def known(language: str) -> str:
    """The language itself when the app speaks it; raises ValueError otherwise."""
    if language not in LANGUAGES:
        raise ValueError(f"the app does not speak {language!r}")
    return language


def gettext_for(language: str) -> Callable[[str], str]:
    """A function from an English sentence to the same sentence in `language`."""
    return translator(language).gettext


def ngettext_for(language: str) -> Callable[[str, str, int], str]:
    """A function from (singular, plural, number) to the sentence in `language`."""
    return translator(language).ngettext


def choose_language(accepted: str, wished: str = "") -> str:
    """The language for a visitor: their own wish first, else what the browser accepts.

    `accepted` is the Accept-Language header as sent; it comes from outside, so whatever is
    odd in it is ignored. English when nothing fits.
    """
    if wished in LANGUAGES:
        return wished
    offers = sorted(map(weighed, accepted[:500].split(",")), key=lambda offer: -offer[1])
    for language, weight in offers:
        if weight > 0 and language in LANGUAGES:
            return language
    return SOURCE


def weighed(offer: str) -> tuple[str, float]:
    """One part of an Accept-Language header: ('ja', 0.8); weight 0 when it makes no sense."""
    name, _, rest = offer.partition(";")
    language = name.strip().lower().partition("-")[0]
    quality = rest.strip().lower().removeprefix("q=")
    if not rest:
        return language, 1.0
    try:
        return language, float(quality)
    except ValueError:
        return language, 0.0
