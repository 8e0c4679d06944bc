"""Faults that clocks are known for, planted one at a time: the proof of killed clocks must find each of them.

The switch is here in the tests; the product has none.
"""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from exposure import deliveries, letters, push
from exposure.deliveries import Delivery
from exposure.push import Outcome


def written_down_before_it_is_sent() -> None:
    """What is on its way when the clock dies was never sent, and nobody will know."""
    plain = deliveries.claim

    def claim(bound: Any, now: Any, most: int, lease: timedelta) -> Any:
        claimed = plain(bound, now, most, lease)
        ids = [each.id for each in claimed]
        bound.execute(update(Delivery).where(Delivery.__table__.c.id.in_(ids)).values(state="sent"))
        return claimed

    deliveries.claim = claim


def a_claim_without_a_lease() -> None:
    """Whatever is claimed stays claimable: both clocks send it."""
    plain = deliveries.claim
    deliveries.claim = lambda bound, now, most, _lease: plain(bound, now, most, timedelta(0))


def a_lease_that_never_ends() -> None:
    """What a killed clock had in its hands stays there."""
    plain = deliveries.claim
    deliveries.claim = lambda bound, now, most, _lease: plain(bound, now, most, timedelta(days=1))


def trouble_is_taken_for_a_no() -> None:
    """A 500 is never tried again."""
    plain = push.became

    def became(*asked: Any) -> Outcome:
        outcome = plain(*asked)
        return Outcome("refused", outcome.why) if outcome.became == "later" else outcome

    push.became = became


def a_repeat_is_news() -> None:
    """Each copy has a name of its own: the second stands on the screen beside the first."""
    plain = letters.reminder

    def reminder(language: str, base: str, its_id: str, *more: Any, **rest: Any) -> bytes:
        text = plain(language, base, its_id, *more, **rest)
        return text.replace(f'"r-{its_id[:8]}"'.encode(), f'"r-{uuid.uuid4().hex[:8]}"'.encode())

    letters.reminder = reminder


BUGS: list[Callable[[], None]] = [
    written_down_before_it_is_sent,
    a_claim_without_a_lease,
    a_lease_that_never_ends,
    trouble_is_taken_for_a_no,
    a_repeat_is_news,
]


def plant(name: str) -> None:
    """Plant the fault of this name; none for an empty one."""
    for bug in BUGS:
        if bug.__name__ == name:
            bug()
