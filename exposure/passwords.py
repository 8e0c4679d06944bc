"""Password: is it too common, is it the one that was set. A few at a time: each costs memory and much thinking."""

from __future__ import annotations

import secrets
import threading
import unicodedata
from typing import TYPE_CHECKING, Final

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from exposure.errors import Busy
from exposure.lazily import lazily
from exposure.turns import resting

if TYPE_CHECKING:
    import zxcvbn
else:
    zxcvbn = lazily("zxcvbn")  # its lists of words are 12 MB, which most processes never open

LEAST: Final = 12
MOST: Final = 256
# Fewer guesses than this and it is on, or next to, every list of common passwords (zxcvbn's lists).
LEAST_GUESSES_LOG10: Final = 8.0
# What somebody would try first at this door (ASVS 6.1.2); beside the person's own name.
OUR_WORDS: Final = ("ippo", "exposure", "ladder", "therapist", "一歩", "いっぽ", "はしご", "治療")
# zxcvbn tries every reading of signs that stand for letters (@ for a, $ for s): with ten kinds of them it thinks for
# seconds. Digits are cheap; of the other signs it is shown three kinds, and 32 letters in all: 0.1 s at the very worst.
_JUDGED_LETTERS: Final = 32
_JUDGED_SIGNS: Final = 3
_SIGNS: Final = frozenset("@({[<!|$+%")

# OWASP's floor: 19 MiB, two passes, one lane. Two at once bound the memory, also while being hammered.
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)
_TWO: Final = threading.BoundedSemaphore(2)
_WAIT_SECONDS: Final = 10.0
# zxcvbn keeps the name in a table all threads share; and it is loaded by whoever comes first.
_JUDGE: Final = threading.Lock()
# Verified when the name is unknown, so that knowing and not knowing take the same time.
_NOBODY: Final = _HASHER.hash(secrets.token_urlsafe(32))


def tidy_password(password: str) -> str:
    """Composed and decomposed letters look the same on every keyboard, so they are the same here."""
    return unicodedata.normalize("NFC", password)


def too_common(password: str, name: str) -> bool:
    """Whether a guesser would come to it soon: common passwords, keyboard rows, repeats, our words, the name.

    Raises Busy when too many ask at once.
    """
    kinds: dict[str, int] = {}
    beginning = _judged(password, kinds)
    with _Turn(), _JUDGE:
        found = zxcvbn.zxcvbn(beginning, user_inputs=[*OUR_WORDS, _judged(name, kinds)])
    return float(found["guesses_log10"]) < LEAST_GUESSES_LOG10


def _judged(text: str, kinds: dict[str, int]) -> str:
    """What zxcvbn is shown: the beginning, in which signs past the third kind become signs it knows nothing about."""
    # Another sign for each, so that a row of different ones does not turn into an easy repeat.
    return "".join(
        letter
        if letter not in _SIGNS or kinds.setdefault(letter, len(kinds)) < _JUDGED_SIGNS
        else chr(0xE000 + ord(letter))
        for letter in text[:_JUDGED_LETTERS]
    )


def hashed(password: str) -> bytes:
    """The argon2id text to store. Raises Busy when too many are being hashed."""
    with _Turn():
        return _HASHER.hash(tidy_password(password)).encode("ascii")


def fits(stored: bytes | None, password: str) -> bool:
    """Whether `password` is the one hashed in `stored`; None costs the same time and never fits. Raises Busy."""
    text = _NOBODY if stored is None else stored.decode("ascii")
    with _Turn():
        try:
            _HASHER.verify(text, tidy_password(password))
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None


def is_old(stored: bytes) -> bool:
    """Whether the hash was made with weaker settings than today's."""
    return _HASHER.check_needs_rehash(stored.decode("ascii"))


class _Turn:
    """One of two places at the hashing bench."""

    def __enter__(self) -> None:
        with resting():
            free = _TWO.acquire(timeout=_WAIT_SECONDS)
        if not free:
            raise Busy(5)

    def __exit__(self, *_: object) -> None:
        _TWO.release()
