"""What a request may reach for: the house it is in, the person who asks, and the time."""

from datetime import datetime
from typing import cast

from flask import current_app, g, request
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from exposure.db import close, connection, is_full, writing
from exposure.errors import NotSignedIn
from exposure.house import House
from exposure.logins import SEEN_EVERY, Visitor, is_there, touch, visitor_of


def house() -> House:
    return cast(House, current_app.extensions["ippo"])


def now() -> datetime:
    """The time, aware and UTC; tests move it."""
    return house().now()


def visitor() -> Visitor:
    """The person asking. Raises NotSignedIn."""
    found = recognised()
    if found is None:
        raise NotSignedIn
    return found


def recognised() -> Visitor | None:
    """The person asking, or nobody; the cookie names a row, the row decides, once a request."""
    if "visitor" not in g:
        token = request.cookies.get(cookie_name(house().settings.secure), "")
        # Nothing of ours has another length, so nothing else costs a look at the database.
        g.visitor = visitor_of(connection(), token, now()) if 20 <= len(token) <= 100 else None
    return cast(Visitor | None, g.visitor)


def has_gone() -> bool:
    """Whether the login of who asks was there a moment ago and is not any more: deleted, or ended elsewhere."""
    who = g.get("visitor")
    if who is None:
        return False
    try:
        close()  # what was read before would not tell
        return not is_there(connection(), who.login)
    except SQLAlchemyError:
        return False


def ends_here() -> None:
    """This request itself has ended the login it came with."""
    g.visitor = None


def renewed(who: Visitor) -> bool:
    """Renew a login in use, at most once an hour; whether it was. On a full disk it is not, and reading goes on."""
    if now() - who.seen < SEEN_EVERY:
        return False
    try:
        with writing() as bound:
            touch(bound, who, now())
    except OperationalError as error:
        if not is_full(error):
            raise
        return False
    return True


def cookie_name(secure: bool) -> str:
    """`__Host-` ties the cookie to https and this host; plain where there is no TLS (localhost)."""
    return "__Host-ippo" if secure else "ippo"
