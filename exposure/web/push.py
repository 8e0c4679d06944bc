"""Push: this device agrees to be nudged, takes it back, or wants to see what a nudge looks like."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from flask import Blueprint, Response, jsonify, request

from exposure import limits, subscriptions
from exposure.db import close, connection, writing
from exposure.endpoints import LONGEST
from exposure.errors import Busy, NotFound
from exposure.limits import Limit
from exposure.notification import trial
from exposure.push import Message, Outcome
from exposure.strict import read_object
from exposure.subscriptions import BadSubscription, Gone
from exposure.turns import resting
from exposure.web.edge import Fields
from exposure.web.house import house, now, visitor
from exposure.words import N_

blueprint = Blueprint("push", __name__)

CHANGES: Final = Limit("push", 60, timedelta(hours=1))
TRIALS: Final = Limit("push-trial", 10, timedelta(minutes=15))
QUIET: Final = N_("The notification service of this device does not answer just now. Please try again later.")
TRIAL_LIVES = 60  # seconds: somebody is looking at the phone


@blueprint.put("/api/push")
def keep() -> Response:
    """Keep this device's subscription, as its browser wrote it. Saying it again at every start changes nothing."""
    who = visitor()
    raw: dict[str, Any] = read_object(request.get_data())
    keys = subscriptions.read_keys(raw, house().push.hosts)
    key = house().vault.opener(who.person, who.key_wrapped)
    with writing() as bound:
        limits.count(bound, CHANGES, house().vault.lookup(who.person, "limit"), now())
        kept = subscriptions.keep(bound, house().vault, key, keys, person_id=who.person, login_id=who.login, now=now())
    return jsonify(subscription=kept)


@blueprint.delete("/api/push")
def forget() -> Response:
    """No more reminders on this device; those on other devices go on."""
    who = visitor()
    given = Fields(read_object(request.get_data()))
    endpoint = given.text("endpoint", LONGEST, least=1)
    given.done()
    with writing() as bound:
        subscriptions.forget(bound, house().vault, who.person, endpoint)
    return jsonify(forgotten=True)


@blueprint.post("/api/push/test")
def try_out() -> Response:
    """One notification to this device, now."""
    who = visitor()
    given = Fields(read_object(request.get_data()))
    endpoint = given.text("endpoint", LONGEST, least=1)
    given.done()
    with writing() as bound:
        limits.count(bound, TRIALS, house().vault.lookup(who.person, "limit"), now())
    key = house().vault.opener(who.person, who.key_wrapped)
    mine = subscriptions.of_person(connection(), key, who.person, who.login)
    found = next(((its_id, keys) for its_id, keys in mine if keys.endpoint == endpoint), None)
    if found is None:
        raise NotFound
    close()  # a push service may take ten seconds; no database connection waits with it
    message = Message(trial(who.language, house().settings.url), ttl=TRIAL_LIVES)
    with resting():
        outcome = house().push.send(found[1], message, now())
    return _told(found[0], outcome)


def _told(subscription: str, outcome: Outcome) -> Response:
    """What became of a trial, so that a person is never left looking at a silent phone."""
    if outcome.became == "delivered":
        with writing() as bound:
            subscriptions.note_delivered(bound, [subscription], now())
        return jsonify(sent=True)
    if outcome.became == "gone":
        with writing() as bound:
            subscriptions.forget_gone(bound, [subscription], now())
        raise Gone
    if outcome.became == "later":
        raise Busy(30, QUIET)
    raise BadSubscription
