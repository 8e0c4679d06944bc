"""Shared: the kinds of rows that others may see or say something in, and the mirror of who they are."""

import re
from typing import Final

from exposure.fits import (
    CLOCK,
    DAY_OR_NONE,
    DAYS,
    LINE,
    MOMENT,
    NAME,
    POSITION,
    REF,
    STORY,
    SUDS,
    TITLE,
    WORDS,
    flag,
    is_id,
    is_moment,
    listing,
    matching,
    number,
    one_of,
    or_empty,
    text,
    with_id,
)
from exposure.kind import Kind

WAITS: Final = ("open", "asked")
"""The states of a proposal that still waits for the owner."""

SHARED: Final[dict[str, Kind]] = {
    "ladder": Kind(
        "ladder",
        {
            "title": NAME,
            "wish": WORDS,
            "wish_unknown": flag,
            # When another step may be ready (docs/rules.md U2); null is the rule's own number.
            "ready_times": number(1, 20),
            "ready_days": number(1, 20),
            "ready_rating": number(0, 100),
            "ready_share": number(1, 100),
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
            "varied_from": REF,
            "turned": one_of("", "time", "place", "people", "aids", "length", "imagined"),  # the dial that differs
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
