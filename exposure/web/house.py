"""What a request may reach for: the house it is in, the person who asks, and the time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import current_app
from flask_login import current_user

from exposure.config import Settings
from exposure.errors import NotSignedIn
from exposure.keys import VapidKeys
from exposure.live import Hub
from exposure.logins import Visitor
from exposure.vault import Vault


@dataclass
class House:
    """Everything made once at the start of the process."""

    settings: Settings
    vault: Vault
    vapid: VapidKeys
    hub: Hub
    now: Callable[[], datetime]


def house() -> House:
    return cast(House, current_app.extensions["ippo"])


def now() -> datetime:
    """The time, aware and UTC; tests move it."""
    return house().now()


def visitor() -> Visitor:
    """The person asking. Raises NotSignedIn."""
    if not current_user.is_authenticated:
        raise NotSignedIn
    return cast(Visitor, current_user._get_current_object())
