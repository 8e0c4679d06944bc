"""Every door of the house, and who may stand before it, written by hand: a new door without a line fails."""

import re
from dataclasses import dataclass, field
from typing import Any

from flask import Flask

from tests.web.household import PERSONS, READERS, ROLES, THERAPISTS

EVERYBODY, SIGNED = set(ROLES), set(ROLES) - {"anonymous"}
PAIR = {"owner", "proposer", "editor"}


@dataclass(frozen=True)
class Door:
    """Who may stand here; of Ada's things that this door can be asked for, who reaches which."""

    open: set[str]
    reach: dict[str, set[str]] = field(default_factory=dict)
    body: dict[str, Any] | None = None
    ends: bool = False  # the visitor's own session or account ends here


PUBLIC = Door(EVERYBODY)
OWN = Door(SIGNED)
ADAS = {"owner"}
TERMS = {"ladders": {}, "entries": "none", "messages": False}
WORDS_SEEN = {
    **dict.fromkeys(("ladder", "step", "comment"), READERS),
    **dict.fromkeys(("open", "follows", "private", "running", "rest", "diary", "diary shown", "other"), ADAS),
    "message": {"owner", "proposer"},
    "thread": {"owner", "proposer"},
    "note": {"proposer"},
}
LADDERS = {"private space": set(), "thread": set(), "consent": set()}
NO_CONSENTS = {"accepted": set(), "space": set(), "private space": set(), "ended": set()}

DOORS: dict[str, Door] = {
    "GET /": PUBLIC,
    "GET /help": PUBLIC,
    "GET /privacy": PUBLIC,
    "GET /app": PUBLIC,
    "GET /therapist": PUBLIC,
    "GET /static/<build>/<path:name>": PUBLIC,
    "GET /static/icons/<name>": PUBLIC,
    "GET /static/screenshots/<name>": PUBLIC,
    "GET /favicon.ico": PUBLIC,
    "GET /manifest.json": PUBLIC,
    "GET /service-worker.js": PUBLIC,
    "GET /robots.txt": PUBLIC,
    "GET /.well-known/security.txt": PUBLIC,
    "GET /healthz": PUBLIC,
    "POST /api/start": PUBLIC,
    "POST /api/signin": PUBLIC,
    "POST /api/signin/recovery": PUBLIC,
    "POST /api/signin/passkey": PUBLIC,
    "POST /api/signin/passkey/options": PUBLIC,
    "POST /api/invitations/look": PUBLIC,
    "POST /api/signout": Door(SIGNED, ends=True),
    "POST /api/sync": OWN,
    "GET /api/live": OWN,
    "GET /api/me": OWN,
    "PUT /api/me": OWN,
    "GET /api/logins": OWN,
    "PUT /api/password": OWN,
    "POST /api/recovery": OWN,
    "DELETE /api/account": Door(SIGNED, ends=True),
    "GET /api/passkeys": OWN,
    "POST /api/passkeys": OWN,
    "POST /api/passkeys/options": OWN,
    "GET /api/export": OWN,
    "GET /api/export.csv": OWN,
    "POST /api/import": OWN,
    "PUT /api/push": OWN,
    "DELETE /api/push": OWN,
    "POST /api/push/test": OWN,
    "GET /api/reminders": OWN,
    "GET /api/reminders/<uuid:reminder>.ics": Door(SIGNED, {"reminder": ADAS, "step": set()}),
    "GET /calendar/<token:token>.ics": PUBLIC,
    "POST /api/calendar": OWN,
    "DELETE /api/calendar": OWN,
    "PUT /api/mailbox": OWN,
    "POST /api/mailbox/confirm": OWN,
    "DELETE /api/mailbox": OWN,
    "GET /mail/off/<token:token>": PUBLIC,
    "POST /mail/off/<token:token>": PUBLIC,
    "GET /api/invitations": OWN,
    "GET /api/consents": OWN,
    "GET /api/visits": OWN,
    "POST /api/invitations": Door(PERSONS),
    "POST /api/invitations/accept": Door(THERAPISTS, body={"code": "AAAAA-AAAAA", "name": "x", "reads_days": []}),
    "POST /api/totp": Door(THERAPISTS),
    "POST /api/totp/confirm": Door(THERAPISTS, body={"code": "000000"}),
    "DELETE /api/totp": Door(THERAPISTS),
    "POST /api/signin/factor": Door(THERAPISTS, body={"code": "000000"}),
    "GET /api/people": OWN,
    "GET /api/people/<uuid:consent>": Door(
        SIGNED, {"consent": {"proposer"}, "other consent": {"editor"}, **NO_CONSENTS}
    ),
    "GET /api/history/<uuid:row>": Door(SIGNED, WORDS_SEEN),
    "GET /api/history/ladder/<uuid:space>": Door(SIGNED, {"space": READERS, "other space": ADAS, **LADDERS}),
    "DELETE /api/logins/<uuid:login>": Door(SIGNED, {"login": ADAS}),
    "DELETE /api/passkeys/<uuid:passkey>": Door(SIGNED, {"passkey": ADAS}),
    "DELETE /api/invitations/<uuid:invitation>": Door(SIGNED, {"invitation": ADAS, "consent": set()}),
    "PUT /api/consents/<uuid:consent>": Door(SIGNED, {"accepted": ADAS, "consent": ADAS, "ended": set()}, TERMS),
    "DELETE /api/consents/<uuid:consent>": Door(
        SIGNED, {"accepted": ADAS, "consent": ADAS, "other consent": ADAS, "invitation": set()}
    ),
    "GET /api/together/<uuid:space>": Door(SIGNED, {"space": PAIR, "other space": ADAS, **LADDERS}),
    "PUT /api/together/<uuid:space>": Door(SIGNED, {"space": ADAS, **LADDERS}, {}),
    "DELETE /api/together/<uuid:space>": Door(SIGNED, {"space": ADAS, **LADDERS}),
    "PUT /api/together/<uuid:space>/here": Door(SIGNED, {"space": PAIR, **LADDERS}, {"step": None}),
}


def doors_of(app: Flask) -> set[str]:
    """Method and rule of every route there is."""
    return {
        f"{m} {rule.rule}" for rule in app.url_map.iter_rules() for m in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def path_of(rule: str, thing: str) -> str:
    """An address under this rule, with the id of a thing where one is asked for."""
    path = re.sub(r"<path:\w+>|<build>|<name>", "app.css", rule).replace("<token:token>", "t" * 43)
    return re.sub(r"<uuid:\w+>", thing, path)
