"""What the JSON doors answer when all is well: written by hand, and held against real answers by schemathesis."""

from typing import Any

from tests.api.asked import ID, closed, opened

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
COUNT: Schema = {"type": "integer", "minimum": 0}
MOMENT: Schema = {"type": "integer", "description": "milliseconds UTC"}
NEVER: Schema = {"type": "null"}


def told(**properties: Schema) -> Schema:
    """An object of exactly these."""
    return closed(properties, list(properties))


def some(**properties: Schema) -> Schema:
    """An object of these and no others; each may be missing."""
    return closed(properties, [])


def each(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def maybe(schema: Schema) -> Schema:
    return {"anyOf": [schema, NEVER]}


def pair(schema: Schema) -> Schema:
    """A space's id, and what is said of it."""
    return {"type": "array", "items": {"anyOf": [ID, schema]}, "minItems": 2, "maxItems": 2}


def one_of(*words: str) -> Schema:
    return {"enum": list(words)}


def with_more(schema: Schema, **properties: Schema) -> Schema:
    """The same object, in which these may stand, too."""
    return {**schema, "properties": {**schema["properties"], **properties}}


ROW = opened({"id": ID, "kind": TEXT, "fields": {"type": "object"}})
ME = with_more(
    told(
        person=ID, nickname=TEXT, language=TEXT, zone=TEXT, kind=one_of("person", "therapist", "supporter"), guest=FLAG,
        ways=each(one_of("passkey", "password", "recovery")), space=ID, login=ID,
        factor=one_of("none", "needed", "totp", "passkey"), vapid=TEXT, now=MOMENT,
    ),
    expires=MOMENT, hours_left={"type": "integer"}, totp=FLAG, recovery_left=COUNT,
)  # fmt: skip
CONSENT = told(
    id=ID, therapist=ID, name=TEXT, state=one_of("accepted", "confirmed", "withdrawn"),
    ladders=each(pair(TEXT)), entries=one_of("none", "chosen", "all"), messages=FLAG,
    thread=maybe(ID), accepted=MOMENT, confirmed=maybe(MOMENT), withdrawn=maybe(MOMENT),
    together=each(pair(MOMENT)),
)  # fmt: skip
MAIL = with_more(told(address=TEXT, state=one_of("none", "waiting", "on", "stopped")), next=TEXT)
LOGIN = told(id=ID, device=TEXT, created=MOMENT, seen=MOMENT, current=FLAG)
EDIT = told(
    id=ID, at_server=MOMENT, at_device=MOMENT, actor=told(id=maybe(ID)), kind=TEXT, target=ID, verb=TEXT,
    changes={}, outcome=TEXT, kept={},
)  # fmt: skip
HISTORY = told(edits=each(EDIT), before=maybe(TEXT))
ANSWER = with_more(
    closed({"id": ID, "outcome": one_of("written", "kept", "refused", "known", "")}, ["id", "outcome"]),
    kept={"type": "array"}, reason=TEXT, detail=TEXT,
)  # fmt: skip
SPACE = told(kind=one_of("private", "ladder", "thread"), role=TEXT, revision=COUNT, rows=each(ROW), more=FLAG)
PERSON = told(
    consent=ID, state=one_of("accepted", "confirmed"), person=maybe(ID), name=TEXT, since=MOMENT,
    ladders=each(told(space=ID, role=TEXT, title=TEXT)), thread=maybe(ID), entries=one_of("none", "chosen", "all"),
    together=maybe(MOMENT), news={"type": "object", "additionalProperties": COUNT}, last_look=maybe(MOMENT),
)  # fmt: skip
PAGE = opened({"consent": ID, "person": ID, "name": TEXT, "terms": {"type": "object"}, "attempts": each(ROW),
               "fresh": each(ID), "before": maybe(TEXT), "last_look": maybe(MOMENT)})  # fmt: skip
CEREMONY = told(ceremony=ID, options={"type": "object"})
NAMED = {"Me": ME, "Consent": CONSENT, "History": HISTORY, "Ceremony": CEREMONY, "Page": PAGE}
NOTHING = None  # no content
OTHER = {
    "GET /api/live": "text/event-stream",
    "GET /api/export.csv": "text/csv",
    "GET /api/reminders/<uuid:reminder>.ics": "text/calendar",
}

# door -> status, what it tells
TOLD: dict[str, tuple[int, Schema | None]] = {
    "GET /healthz": (200, told(well=FLAG, clock=TEXT, held_up=COUNT)),
    "POST /api/start": (201, ME),
    "POST /api/signin": (200, ME),
    "POST /api/signin/recovery": (200, ME),
    "POST /api/signin/passkey": (200, ME),
    "POST /api/signin/passkey/options": (200, CEREMONY),
    "POST /api/signin/factor": (200, ME),
    "POST /api/signout": (200, told(ended=ID)),
    "POST /api/sync": (200, told(
        v={"const": 1}, now=MOMENT, answers=each(ANSWER),
        spaces={"type": "object", "additionalProperties": {"anyOf": [SPACE, told(gone={"const": True})]}})),
    "GET /api/live": (200, TEXT),
    "GET /api/me": (200, ME),
    "PUT /api/me": (200, ME),
    "GET /api/logins": (200, told(logins=each(LOGIN))),
    "DELETE /api/logins/<uuid:login>": (200, told(ended=ID)),
    "PUT /api/password": (200, ME),
    "POST /api/recovery": (200, told(code=TEXT)),
    "DELETE /api/account": (200, told(deleted=ID)),
    "GET /api/passkeys": (200, told(passkeys=each(told(id=ID, created=MOMENT, used=maybe(MOMENT))))),
    "POST /api/passkeys": (201, ME),
    "POST /api/passkeys/options": (200, CEREMONY),
    "DELETE /api/passkeys/<uuid:passkey>": (200, ME),
    "GET /api/export": (200, opened({"ippo": {"const": 1}, "made": TEXT, "spaces": each(
        opened({"id": ID, "kind": TEXT, "rows": each(ROW), "edits": each({"type": "object"})}))})),
    "GET /api/export.csv": (200, TEXT),
    "POST /api/import": (200, told(added=COUNT, refused=COUNT)),
    "PUT /api/push": (200, told(subscription=ID)),
    "DELETE /api/push": (200, told(forgotten=FLAG)),
    "POST /api/push/test": (200, told(sent=FLAG)),
    "GET /api/reminders": (200, told(
        reminders=each(told(id=ID, unanswered=COUNT, rarer=FLAG, silent=FLAG, told=maybe(MOMENT), next=maybe(MOMENT))),
        devices=each(told(id=ID, name=TEXT, here=FLAG, delivered=maybe(MOMENT), state=one_of("on", "stopped"))),
        mail=maybe(MAIL), calendar=FLAG)),
    "GET /api/reminders/<uuid:reminder>.ics": (200, TEXT),
    "POST /api/calendar": (200, told(address=TEXT)),
    "DELETE /api/calendar": (200, told(calendar=FLAG)),
    "PUT /api/mailbox": (200, told(mail=maybe(MAIL))),
    "POST /api/mailbox/confirm": (200, told(mail=maybe(MAIL))),
    "DELETE /api/mailbox": (200, told(mail=MAIL)),
    "GET /api/invitations": (200, told(invitations=each(told(id=ID, created=MOMENT, expires=MOMENT)))),
    "POST /api/invitations": (201, told(id=ID, code=TEXT, link=TEXT, qr={}, expires=MOMENT)),
    "POST /api/invitations/look": (200, told(expires=MOMENT)),
    "POST /api/invitations/accept": (201, told(consent=ID, state=TEXT)),
    "DELETE /api/invitations/<uuid:invitation>": (204, NOTHING),
    "GET /api/consents": (200, told(consents=each(CONSENT))),
    "PUT /api/consents/<uuid:consent>": (200, CONSENT),
    "DELETE /api/consents/<uuid:consent>": (204, NOTHING),
    "GET /api/together/<uuid:space>": (200, told(
        until=maybe(MOMENT), role=TEXT, here=each(told(person=ID, name=TEXT, step=maybe(ID), you=FLAG)))),
    "PUT /api/together/<uuid:space>": (200, told(until=maybe(MOMENT))),
    "DELETE /api/together/<uuid:space>": (204, NOTHING),
    "PUT /api/together/<uuid:space>/here": (204, NOTHING),
    "GET /api/history/<uuid:row>": (200, HISTORY),
    "GET /api/history/ladder/<uuid:space>": (200, HISTORY),
    "GET /api/people": (200, told(people=each(PERSON))),
    "GET /api/people/<uuid:consent>": (200, PAGE),
    "GET /api/visits": (200, told(
        visits=each(told(at=MOMENT, until=MOMENT, name=TEXT, what=TEXT, title=maybe(TEXT))), before=maybe(TEXT))),
    "POST /api/totp": (200, told(secret=TEXT, uri=TEXT, qr={})),
    "POST /api/totp/confirm": (200, told(recovery=each(TEXT))),
    "DELETE /api/totp": (200, ME),
}  # fmt: skip
