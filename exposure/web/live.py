"""GET /api/live: pokes as server-sent events, "data: <space>" (a therapist's also "data: <consent>") and nothing more.

A poke made in this process arrives at once. What another process wrote, a space shared or taken back, and a login ended
elsewhere are seen by one look at the database a second for all streams together; so any number of workers reach all.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator

from flask import Blueprint, Flask, Response, current_app
from sqlalchemy import select, union_all

from exposure import turns
from exposure.consents import Consent
from exposure.db import close, connection
from exposure.errors import Busy
from exposure.live import HEARTBEAT_SECONDS, LIFE_SECONDS, RETRY_SECONDS, Full, Hub, Listener
from exposure.logins import Login
from exposure.spaces import Membership, Space
from exposure.web.house import house, now, visitor

blueprint = Blueprint("live", __name__)
log = logging.getLogger("exposure")

LOOK_SECONDS = 1.0


@blueprint.get("/api/live")
def live() -> Response:
    """A stream of pokes for this device, for about 55 seconds; EventSource then comes back by itself."""
    who, hub = visitor(), house().hub
    # Looking first and listening second: what changes in between is found by the first look of the watch.
    spaces = seen({who.login}).get(who.login, {})
    try:
        listener = hub.listen(who.person, who.login, spaces)
    except Full:
        raise Busy(RETRY_SECONDS) from None
    # The stream holds a thread; it must not hold a database connection too, nor room for those who work.
    close()
    turns.rest()
    _look_after(current_app._get_current_object(), hub)  # type: ignore[attr-defined]  # noqa: SLF001
    answer = Response(told(hub, listener), mimetype="text/event-stream")
    answer.headers["X-Accel-Buffering"] = "no"
    # Also when not one byte was read: a generator that never began has no `finally`.
    answer.call_on_close(lambda: hub.leave(listener))
    return answer


def told(hub: Hub, listener: Listener, *, life: float = LIFE_SECONDS, beat: float = HEARTBEAT_SECONDS) -> Iterator[str]:
    """The text of the stream, until its life is over, the login ends or the process stops."""
    end = time.monotonic() + life
    try:
        yield f"retry: 3000\n: {len(listener.spaces)}\n\n"
        while (left := end - time.monotonic()) > 0:
            for space in listener.hear(min(beat, left)):
                yield f"data: {space}\n\n" if space else ": \n\n"
    except EOFError:
        return
    finally:
        hub.leave(listener)


_SPACES = (
    select(Login.id, Membership.space_id, Space.revision)
    .join(Membership, Membership.person_id == Login.person_id)
    .join(Space, Space.id == Membership.space_id)
    .where(Membership.until.is_(None))
)
# A therapist is not in the space of a person's entries: what they may see of it moves a number of their own.
_NEWS = (
    select(Login.id, Consent.id, Consent.news)
    .join(Consent, Consent.therapist_id == Login.person_id)
    .where(Consent.withdrawn_at.is_(None))
)


def seen(logins: set[str]) -> dict[str, dict[str, int]]:
    """login -> space -> revision, and consent -> news, for these logins as they stand now; one statement."""
    state: dict[str, dict[str, int]] = {}
    mine = (Login.id.in_(logins), Login.expires > now())  # a half day that is over ends its stream, too
    for login, what, number in connection().execute(union_all(_SPACES.where(*mine), _NEWS.where(*mine))):
        state.setdefault(login, {})[what] = number
    return state


_watch = threading.Lock()


def _look_after(app: Flask, hub: Hub) -> None:
    """Start the one thread that looks, unless it runs. It ends when nobody listens."""
    with _watch:
        if "ippo-watch" in app.extensions:
            return
        app.extensions["ippo-watch"] = True
        threading.Thread(target=_look, args=(app, hub), name="ippo-live", daemon=True).start()


def _look(app: Flask, hub: Hub) -> None:
    while True:
        time.sleep(LOOK_SECONDS)
        with _watch:
            logins = hub.logins()
            if not logins:
                del app.extensions["ippo-watch"]
                return
        try:
            with app.app_context():
                hub.compare(logins, seen(logins))
        except Exception as error:  # noqa: BLE001 (whatever befell the database: the streams stay, the next look tells)
            log.warning("no look at the database: %s", type(error).__name__)
