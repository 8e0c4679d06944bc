"""POST /api/sync: a device's edits up, everything that changed down, in one round trip."""

from typing import Any

from flask import Blueprint, Response, jsonify, request

from exposure import answered, reminders, shareable
from exposure.db import connection, milliseconds, writing
from exposure.errors import Unreadable
from exposure.exchange import Exchange, Pull, pull
from exposure.fits import is_id
from exposure.history import Answer
from exposure.logins import SEEN_EVERY, touch
from exposure.spaces import Place
from exposure.strict import read_object
from exposure.sync import Projection, is_readable, push
from exposure.web.answers import translate
from exposure.web.house import house, renewed, visitor
from exposure.web.visits import looked
from exposure.words import N_

blueprint = Blueprint("sync", __name__)

PROJECTIONS: tuple[Projection, ...] = (reminders.project, answered.project, shareable.project)

REASONS = {
    "not_allowed": N_("This part is not open to you to change."),
    "missing": N_("What this belongs to is no longer there."),
    "full": N_("There is room for 500 ladders, and they are all there."),
    "many_proposals": N_("Many of your proposals wait here. There is room again once some are answered."),
    "many_words": N_("You have written a lot here already. There is no room for more."),
    "many_messages": N_("That is a lot of messages for one hour. Please send this one later."),
    "many_reminders": N_("There is room for 200 reminders, and they are all there."),
    "no_space": N_("This ladder is not open to you any more."),
    "unfit": N_("This did not fit: perhaps it is too long."),
    "unknown_kind": N_("This version of Ippo does not know this yet."),
}


@blueprint.post("/api/sync")
def sync() -> Response:
    """Apply the edits, each once, and answer with every row changed after the cursors."""
    who = visitor()
    asked = _read()
    at = house().now()
    if asked["edits"]:
        house().pours.add(who.person, len(request.get_data()), at)
    else:
        renewed(who)
        exchange = Exchange(connection(), house().vault, who.person, asked["device"], at, only=asked["spaces"])
        exchange.see(lock=False)
        pulled = pull(exchange, asked["cursors"])
        looked(who, (one.place for one in pulled[0] if one.rows))
        return _reply([], *pulled, exchange)
    with writing() as bound:
        exchange = Exchange(bound, house().vault, who.person, asked["device"], at, only=asked["spaces"])
        answers = push(exchange, asked["edits"], PROJECTIONS)
        if at - who.seen >= SEEN_EVERY:
            touch(bound, who, at)
        # Words for a page that is not open are sent without reading it.
        pulled = ([], []) if asked["blind"] else pull(exchange, asked["cursors"])
        # The answers tell of what is there, too: whoever writes somewhere was there.
        looked(who, [*(one.place for one in pulled[0] if one.rows), *_written(exchange, asked["edits"])])
    # Only after the commit: a poke that runs ahead of the rows would find nothing.
    house().hub.poke(exchange.moved, actor=who.person, but=who.login)
    return _reply(answers, *pulled, exchange)


def _written(exchange: Exchange, edits: list[dict[str, Any]]) -> list[Place]:
    """The places these edits were meant for, whatever came of them; to say when one reads is not to have been there."""
    named = {raw["space"] for raw in edits if isinstance(raw.get("space"), str) and raw.get("kind") != "thread"}
    return [place for space, place in exchange.places.items() if space in named]


def _read() -> dict[str, Any]:
    asked = read_object(request.get_data())
    if set(asked) - {"v", "device", "zone", "cursors", "edits", "spaces", "blind"} or asked.get("v") != 1:
        raise Unreadable
    asked.setdefault("edits", [])
    asked.setdefault("cursors", {})
    asked.setdefault("blind", False)
    cursors = asked["cursors"]
    if not is_id(asked.get("device")) or not is_readable(asked["edits"]):
        raise Unreadable
    if not isinstance(cursors, dict) or len(cursors) > 1000 or not isinstance(asked["blind"], bool):
        raise Unreadable
    if not all(is_id(s) and type(c) is int and 0 <= c < 2**31 for s, c in cursors.items()):
        raise Unreadable
    asked["spaces"] = _named(asked)
    return asked


def _named(asked: dict[str, Any]) -> frozenset[str] | None:
    """The spaces a device limits itself to: a therapist's asks of one person only, and keeps the others apart."""
    if "spaces" not in asked:
        return None
    spaces = asked["spaces"]
    if not isinstance(spaces, list) or len(spaces) > 1000 or not all(map(is_id, spaces)):
        raise Unreadable
    return frozenset(spaces)


def _reply(answers: list[Answer], pulls: list[Pull], gone: list[str], exchange: Exchange) -> Response:
    spaces: dict[str, Any] = {
        one.place.id: {
            "kind": one.place.kind,
            "role": one.place.role,
            "revision": one.revision,
            "rows": one.rows,
            "more": one.more,
        }
        for one in pulls
    }
    spaces.update({space: {"gone": True} for space in gone})
    return jsonify(
        v=1,
        now=milliseconds(exchange.now),
        answers=[_told(answer) for answer in answers],
        spaces=spaces,
    )


def _told(answer: Answer) -> dict[str, Any]:
    told: dict[str, Any] = {"id": answer.id, "outcome": answer.outcome}
    if answer.kept:
        told["kept"] = list(answer.kept)
    if answer.reason:
        told["reason"] = answer.reason
        told["detail"] = translate(REASONS[answer.reason])
    return told
