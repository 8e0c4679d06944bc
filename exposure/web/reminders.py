"""GET /api/reminders: how one's reminders are met, which devices they reach, and what other ways there are."""

from flask import Blueprint, Response, jsonify

from exposure import outlook
from exposure.db import connection
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
        mail=None,
        calendar=False,
    )
