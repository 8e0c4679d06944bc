"""Mailbox: reminders by mail, for whoever wants them so; and the one touch that ends it, from inside any mail."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Final

from flask import Blueprint, Response, jsonify, request

from exposure import limits, mailboxes, postcard
from exposure.db import close, connection, writing
from exposure.errors import Busy, NotFound
from exposure.limits import Limit
from exposure.mail import Mail
from exposure.mailboxes import BadAddress, BadCode
from exposure.strict import read_object
from exposure.turns import resting
from exposure.web import cookies, doors, guard
from exposure.web.edge import Fields
from exposure.web.house import house, now, visitor
from exposure.words import N_

blueprint = Blueprint("mailbox", __name__)

PER_PERSON: Final = Limit("mailbox", 10, timedelta(hours=1))
PER_PLACE: Final = Limit("mailbox-place", 20, timedelta(hours=1))
# A stranger's mailbox is not filled with codes, whoever asks for them.
PER_MAILBOX: Final = Limit("mailbox-to", 4, timedelta(hours=24), first_wait=timedelta(hours=6))
# Nor are many strangers' by many guests, each with a few.
PER_HOUSE: Final = Limit("mailbox-house", 200, timedelta(hours=1))
CODES: Final = Limit("mailbox-code", 20, timedelta(hours=1))
NOT_SENT: Final = N_("The mail could not be sent just now. Please try again later.")
NO_SUCH: Final = N_("There is no such mailbox, says its mail server. Perhaps a letter is missing.")


@blueprint.put("/api/mailbox")
def keep() -> Response:
    """Keep an address and mail a code to it. Nothing else is mailed before the code came back."""
    who = visitor()
    mail = Mail.of(house().settings)
    given = Fields(read_object(request.get_data()))
    address = mailboxes.read_address(given.text("address", 2 * mailboxes.LONGEST))
    given.done()
    if mail is None:
        raise NotFound
    key = house().vault.opener(who.person, who.key_wrapped)
    told = mailboxes.told(connection(), key, who.person)
    if told is not None and (told["address"], told["state"]) == (address, "on"):
        with writing() as bound:
            mailboxes.keep_this(bound, who.person)
        return jsonify(mail={"address": address, "state": "on"})
    with writing() as bound:
        for limit, whose in (
            (PER_PLACE, cookies.address_key()),
            (PER_PERSON, house().vault.lookup(who.person, "limit")),
            (PER_MAILBOX, house().vault.lookup(mailboxes.box_of(address), "mailbox")),
            (PER_HOUSE, "all"),
        ):
            limits.count(bound, limit, whose, now())
    code = mailboxes.new_code()
    _mail_code(mail, who.language, address, code)
    with writing() as bound:
        # Only now: a code that never left must not take the place of a mailbox that works.
        mailboxes.keep(bound, house().vault, key, person_id=who.person, address=address, code=code, now=now())
    return jsonify(mail=mailboxes.told(connection(), key, who.person))


def _mail_code(mail: Mail, language: str, address: str, code: str) -> None:
    close()  # a mail server may take a while; no database connection waits with it
    letter = postcard.code(language, mail.sender, address, code=code, name=str(uuid.uuid4()), now=now())
    with resting(), mail.line() as line:
        outcome = line.send(address, letter, now())
    if outcome.became == "refused" and outcome.why == "recipient":
        raise BadAddress(NO_SUCH)
    if outcome.became != "delivered":
        raise Busy(60, NOT_SENT)


@blueprint.post("/api/mailbox/confirm")
def confirm() -> Response:
    """The code that was mailed comes back: it is this person's mailbox."""
    who = visitor()
    given = Fields(read_object(request.get_data()))
    code = given.text("code", 40)
    given.done()
    key = house().vault.opener(who.person, who.key_wrapped)
    with writing() as bound:
        limits.count(bound, CODES, house().vault.lookup(who.person, "limit"), now())
        fits = mailboxes.confirm(bound, house().vault, who.person, code, now())
        told = mailboxes.told(bound, key, who.person)
    if not fits:
        raise BadCode
    return jsonify(mail=told)


@blueprint.delete("/api/mailbox")
def forget() -> Response:
    """No more mails; the address is gone."""
    who = visitor()
    with writing() as bound:
        mailboxes.forget(bound, who.person)
    return jsonify(mail=mailboxes.NONE)


@blueprint.get("/mail/off/<token:token>")
def ask_to_leave(token: str) -> Response:  # noqa: ARG001 - the button sends it back to where it stands
    """A page with one button. A visit alone ends nothing: mail servers open every address in a mail by themselves."""
    return _leaving(done=False)


@blueprint.post("/mail/off/<token:token>")
def leave(token: str) -> Response:
    """No more mails, at one touch, with no signing in (RFC 8058). Whoever holds the secret got such a mail."""
    if mailboxes.is_open(connection(), house().vault, token):
        with writing() as bound:
            mailboxes.forget_by(bound, house().vault, token)
    return _leaving(done=True)


def _leaving(*, done: bool) -> Response:
    answer = doors.page("mail", done=done)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Content-Security-Policy"] = guard.POLICY.replace("form-action 'none'", "form-action 'self'")
    return answer
