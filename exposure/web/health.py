"""Health: one address that says whether this house is alive, for whoever watches over it."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from exposure import deliveries, heartbeats
from exposure.db import connection
from exposure.heartbeats import SILENT
from exposure.web.house import now

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def health() -> tuple[Response, int]:
    """200 while the database answers and a clock was alive within the last minute; 503 when one has fallen silent.

    Where no clock was ever started there is none to miss.
    """
    last = heartbeats.last(connection())
    held_up = deliveries.held_up(connection(), now())
    if last is None:
        return jsonify(well=True, clock="none", held_up=held_up), 200
    at, note = last
    alive = abs(now() - at) <= SILENT  # a heartbeat from the future tells of no clock of now
    clock = (note or "alive") if alive else "silent"
    return jsonify(well=alive, clock=clock, held_up=held_up), 200 if alive else 503
