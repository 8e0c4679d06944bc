"""Who may add a row of each kind, and set which field of it: written by hand from docs/rules.md (T1-T4, R-8)."""

from dataclasses import dataclass, field

OWNER, EDITOR, PROPOSER, VIEWER = "owner", "editor", "proposer", "viewer"
MEMBERS = (OWNER, EDITOR, PROPOSER, VIEWER)


@dataclass(frozen=True)
class May:
    """Who adds a kind, and who sets which field of it; `own` only of what they wrote themselves."""

    space: str
    fields: str
    add: tuple[str, ...] = (OWNER,)
    set: dict[str, str] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)


def private(fields: str) -> May:
    """Of one's own and nobody else's."""
    return May("private", fields, set={OWNER: fields})


PEN = "title hint time place people aids length predicted position form archived"
STEP = f"{PEN} ladder from_library split_from varied_from turned"
READY = "ready_times ready_days ready_rating ready_share"
LADDER = f"title wish wish_unknown position archived {READY}"
OF_OWNER = "receipts_person seen_person"
OF_THERAPIST = "reads_days reads_note away_until receipts_therapist seen_therapist"
COMMENT, MESSAGE = "target target_kind text by at archived", "text by at worry archived"
IDEA_OWN = "step ladder days time window words archived"
IDEA = "step ladder days time window words by state at archived"
THREE = (OWNER, EDITOR, PROPOSER)

WHO: dict[str, May] = {
    "setting": private(
        "nickname anchor_0 anchor_25 anchor_50 anchor_75 anchor_100 stages_open today_step today_day during_ratings "
        "entry_read country reminder_offer reminder_offered_at install_hint quiet_from quiet_to ceiling paused "
        "paused_until zone_kept visits_offered fixed_point fixed_time fixed_on look_back breath asked_harder "
        "asked_days term_helper term_step term_scale reading reads_days reads_note away_until"
    ),
    "attempt": private(
        "step ladder title guess likelihood before during peak after outcome happened found_out aids feelings started "
        "ended timer zone book first_time where looked_back looked_back_at ready_answer sharing archived"
    ),
    "rest": private("day note source at sharing archived"),
    "reminder": private("step ladder days date time window zone cue words neutral on archived"),
    "answer": private("reminder day choice at again archived"),
    "diary": private("day text feelings at sharing archived"),
    "checkin": private("day about harder ease direction note skipped sharing at archived"),
    "support": private("name sort near note liked tiny position archived"),
    "plan": private("signs helps who smaller words sharing at archived"),
    "note": private("about text at archived"),
    "consent": May(
        "private", "therapist name state ladders entries messages thread accepted confirmed withdrawn together", add=()
    ),
    "ladder": May("ladder", LADDER, set={OWNER: LADDER, EDITOR: f"title {READY}", PROPOSER: f"title {READY}"}),
    "step": May("ladder", STEP, add=THREE, set={OWNER: STEP, EDITOR: PEN, PROPOSER: PEN}),
    "proposal": May(  # its author's only to take back
        "ladder", "target target_kind field value by state conflict at",
        add=(), set={OWNER: "state"}, own={PROPOSER: "state"},
    ),
    "comment": May("ladder", COMMENT, add=THREE, set={OWNER: "archived"}, own=dict.fromkeys(THREE, "text archived")),
    "idea": May("ladder", IDEA, add=THREE, set={OWNER: "state"}, own=dict.fromkeys(THREE, IDEA_OWN)),
    "message": May("thread", MESSAGE, add=(OWNER, EDITOR), own={OWNER: "text archived worry", EDITOR: "text archived"}),
    "thread": May("thread", f"{OF_OWNER} {OF_THERAPIST}", add=(), set={OWNER: OF_OWNER, EDITOR: OF_THERAPIST}),
}
