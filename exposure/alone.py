"""Alone: the kinds of rows in a person's private space, what they keep for themselves."""

import re
from typing import Final

from exposure.fits import (
    CLOCK,
    CLOCK_OR_NONE,
    CODE,
    DAY_OR_NONE,
    DAYS,
    LINE,
    MOMENT,
    NAME,
    POSITION,
    REF,
    SHARING,
    STORY,
    SUDS,
    TITLE,
    WORDS,
    flag,
    is_day,
    is_id,
    is_zone,
    listing,
    matching,
    number,
    one_of,
    or_empty,
    or_null,
    rating_during,
    text,
)
from exposure.kind import Kind

ALONE: Final[dict[str, Kind]] = {
    "setting": Kind(
        "private",
        {
            "nickname": NAME,
            "anchor_0": LINE,
            "anchor_25": LINE,
            "anchor_50": LINE,
            "anchor_75": LINE,
            "anchor_100": LINE,
            "stages_open": flag,
            "today_step": REF,
            "today_day": or_null(or_empty(is_day)),
            "during_ratings": flag,
            "entry_read": flag,
            "country": or_empty(matching(re.compile(r"[A-Z]{2}"))),
            "reminder_offer": one_of("", "declined", "accepted"),
            "reminder_offered_at": MOMENT,
            "install_hint": flag,
            # How a person wants to be reminded: when they sleep, how often in a day, not at all for a while.
            "quiet_from": CLOCK_OR_NONE,
            "quiet_to": CLOCK_OR_NONE,
            "ceiling": number(1, 4),
            "paused": one_of("", "until", "open"),
            "paused_until": MOMENT,
            "zone_kept": or_empty(is_zone),
            "visits_offered": listing(is_id, 50),
            # The rhythm of a day, and what is offered in it.
            "fixed_point": LINE,
            "fixed_time": CLOCK_OR_NONE,
            "fixed_on": flag,
            "look_back": flag,
            "breath": one_of("", "slow", "even", "still"),
            "asked_harder": DAY_OR_NONE,
            "asked_days": DAY_OR_NONE,
            # The person's own words for things ('' is the house's), and how Japanese is to be read.
            "term_helper": NAME,
            "term_step": NAME,
            "term_scale": NAME,
            "reading": one_of("", "plain", "furigana"),  # "plain" was never offered; it reads as ''
            # A therapist's own: when messages are read, for the next link.
            "reads_days": DAYS,
            "reads_note": LINE,
            "away_until": DAY_OR_NONE,
        },
    ),
    "attempt": Kind(
        "private",
        {
            "step": is_id,
            "ladder": REF,
            "title": TITLE,
            "guess": WORDS,
            "likelihood": SUDS,
            "before": SUDS,
            "during": listing(rating_during, 200),
            "peak": SUDS,
            "after": SUDS,
            "outcome": one_of("did", "part", "turned_back", None),
            "happened": STORY,
            "found_out": STORY,
            "aids": LINE,
            "feelings": listing(matching(CODE), 20),
            "started": MOMENT,
            "ended": MOMENT,
            "timer": number(0, 86_400),
            "zone": or_empty(is_zone),
            "book": one_of(None, "kept", "left"),  # of surprises: put in by hand, taken out; None goes by the rule
            "first_time": or_null(flag),
            "where": NAME,
            "looked_back": STORY,
            "looked_back_at": MOMENT,
            "ready_answer": one_of(None, "yes", "no"),
            "sharing": SHARING,
            "archived": flag,
        },
        ("step",),
    ),
    "rest": Kind(
        "private",
        {
            "day": is_day,
            "note": STORY,
            "source": one_of("home", "notification", "reminder"),
            "at": MOMENT,
            "sharing": SHARING,
            "archived": flag,
        },
        ("day",),
    ),
    "reminder": Kind(
        "private",
        {
            "step": REF,
            "ladder": REF,
            "days": DAYS,
            "time": matching(CLOCK),
            "date": DAY_OR_NONE,  # on that one day only
            "window": number(5, 1440),
            "zone": is_zone,
            "cue": LINE,
            "words": text(80),
            "neutral": flag,
            "on": flag,
            "archived": flag,
        },
        ("days", "time", "zone"),
    ),
    # What somebody said to one coming of a reminder.
    "answer": Kind(
        "private",
        {
            "reminder": is_id,
            "day": is_day,
            "choice": one_of("might", "later", "not_today", "as_is"),
            "at": MOMENT,
            "again": MOMENT,
            "archived": flag,
        },
        ("reminder", "choice"),
    ),
    "diary": Kind(
        "private",
        {
            "day": is_day,
            "text": STORY,
            "feelings": listing(matching(CODE), 20),
            "at": MOMENT,
            "sharing": SHARING,  # only `open` shares it: no consent reaches what stands here by itself
            "archived": flag,
        },
        ("day",),
    ),
    # What is asked once a month, and may be passed over: whether the app made anything harder, and how the days are.
    "checkin": Kind(
        "private",
        {
            "day": is_day,
            "about": one_of("harder", "days"),
            "harder": one_of(None, "no", "a_little", "yes"),
            "ease": SUDS,
            "direction": SUDS,
            "note": STORY,
            "skipped": flag,  # no app of ours writes it: passing over makes no row. Kept for files of others
            "sharing": SHARING,  # as with the diary
            "at": MOMENT,
            "archived": flag,
        },
        ("day", "about"),
    ),
    # Who and what is a support: a map for the person alone.
    "support": Kind(
        "private",
        {
            "name": LINE,
            "sort": one_of("person", "place", "animal", "thing", "doing", "other"),
            "near": number(0, 2),
            "note": WORDS,
            "liked": flag,
            "tiny": NAME,
            "position": matching(POSITION),
            "archived": flag,
        },
        ("name",),
    ),
    # For hard weeks; the newest is the one.
    "plan": Kind(
        "private",
        {
            "signs": STORY,
            "helps": STORY,
            "who": STORY,
            "smaller": STORY,
            "words": STORY,
            "sharing": SHARING,  # as with the diary
            "at": MOMENT,
            "archived": flag,
        },
    ),
    "note": Kind("private", {"about": is_id, "text": STORY, "at": MOMENT, "archived": flag}, ("about", "text")),
}
