"""GET /api/reminders: how one's reminders are met, which devices they reach, and what other ways there are."""

from flask import Blueprint, Response, jsonify

from exposure import calendars, mailboxes, outlook
from exposure.db import connection
from exposure.mail import Mail
from exposure.vault import PersonKey
from exposure.web.house import house, now, visitor

blueprint = Blueprint("reminders", __name__)


@blueprint.get("/api/reminders")
def reminders() -> Response:
    """What only the server knows: how often a reminder comes now, when next, and which devices are reached."""
    who = visitor()
    key = house().vault.opener(who.person, who.key_wrapped)
    return jsonify(
        reminders=outlook.reminders_of(connection(), who.person, now()),
        devices=outlook.devices_of(connection(), key, who),
        mail=_mailbox(who.person, key),
        calendar=calendars.has_address(connection(), who.person),
    )


def _mailbox(person: str, key: PersonKey) -> dict[str, str] | None:
    """This person's mailbox; None where this house sends no mail."""
    if Mail.of(house().settings) is None:
        return None
    return mailboxes.told(connection(), key, person) or mailboxes.NONE
