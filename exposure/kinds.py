"""The vocabulary: which kinds of rows there are, in which spaces, what their fields may hold.

`static/js/kinds.js` is its twin in the browser.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from exposure.fits import (
    CLOCK,
    CLOCK_OR_NONE,
    CODE,
    DAY,
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
    Fits,
    flag,
    is_id,
    is_moment,
    is_zone,
    listing,
    matching,
    number,
    one_of,
    or_empty,
    or_null,
    rating_during,
    text,
    with_id,
)


@dataclass(frozen=True)
class Kind:
    """One kind of row: where it lives, what it holds, what an `add` cannot do without."""

    space: str  # private | ladder | thread
    fields: Mapping[str, Fits]
    needs: tuple[str, ...] = ()
    made_by_server: bool = field(default=False)
    own_words: bool = field(default=False)  # said by somebody: added at once by either side, changed by its author only


WAITS: Final = ("open", "asked")
"""The states of a proposal that still waits for the owner."""

KINDS: dict[str, Kind] = {
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
            "today_day": or_null(or_empty(matching(DAY))),
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
            "sharing": SHARING,
            "archived": flag,
        },
        ("step",),
    ),
    "rest": Kind(
        "private",
        {
            "day": matching(DAY),
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
            "day": matching(DAY),
            "choice": one_of("might", "later", "not_today", "as_is"),
            "at": MOMENT,
            "again": MOMENT,
            "archived": flag,
        },
        ("reminder", "choice"),
    ),
    "ladder": Kind(
        "ladder",
        {
            "title": NAME,
            "wish": WORDS,
            "wish_unknown": flag,
            "position": matching(POSITION),
            "archived": flag,
        },
    ),
    "step": Kind(
        "ladder",
        {
            "ladder": is_id,
            "title": TITLE,
            "hint": WORDS,
            "time": NAME,
            "place": NAME,
            "people": NAME,
            "aids": NAME,
            "length": NAME,
            "predicted": SUDS,
            "position": matching(POSITION),
            "from_library": or_empty(matching(re.compile(r"[A-Z][0-9]{2}"))),
            "split_from": REF,
            "form": one_of("action", "imaginal", "body"),
            "archived": flag,
        },
        ("ladder", "title", "position"),
    ),
    "proposal": Kind(
        "ladder",
        {
            "target": is_id,
            "target_kind": one_of("ladder", "step"),
            "field": text(24),
            "value": lambda _value: True,
            "by": is_id,
            "state": one_of(*WAITS, "taken", "left"),
            "conflict": flag,
            "at": MOMENT,
        },
        made_by_server=True,
    ),
    "note": Kind("private", {"about": is_id, "text": STORY, "at": MOMENT, "archived": flag}, ("about", "text")),
    # What the table `consent` says, for the person's own phone. Nobody sets it by sync.
    "consent": Kind(
        "private",
        {
            "therapist": is_id,
            "name": NAME,
            "state": one_of("accepted", "confirmed", "withdrawn"),
            "ladders": listing(with_id(one_of("propose", "write")), 500),
            "entries": one_of("none", "chosen", "all"),
            "messages": flag,
            "thread": REF,
            "accepted": MOMENT,
            "confirmed": MOMENT,
            "withdrawn": MOMENT,
            "together": listing(with_id(is_moment), 500),
        },
        made_by_server=True,
    ),
    "comment": Kind(
        "ladder",
        {
            "target": is_id,
            "target_kind": one_of("ladder", "step", "proposal"),
            "text": WORDS,
            "by": is_id,
            "at": MOMENT,
            "archived": flag,
        },
        ("target", "target_kind", "text"),
        own_words=True,
    ),
    "idea": Kind(
        "ladder",
        {
            "step": REF,
            "ladder": REF,
            "days": DAYS,
            "time": matching(CLOCK),
            "window": number(5, 1440),
            "words": text(80),
            "by": is_id,
            "state": one_of("open", "taken", "left"),
            "at": MOMENT,
            "archived": flag,
        },
        ("days", "time"),
        own_words=True,
    ),
    "message": Kind(
        "thread",
        {"text": STORY, "by": is_id, "at": MOMENT, "worry": flag, "archived": flag},
        ("text",),
        own_words=True,
    ),
    # One to each thread, its id is the space's: when the therapist reads, and what each side wants told of reading.
    "thread": Kind(
        "thread",
        {
            "reads_days": DAYS,
            "reads_note": LINE,
            "away_until": DAY_OR_NONE,
            "receipts_person": flag,
            "receipts_therapist": flag,
            "seen_person": MOMENT,
            "seen_therapist": MOMENT,
        },
        made_by_server=True,
    ),
}
