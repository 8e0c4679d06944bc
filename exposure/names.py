"""Names: what somebody is called by others, so that a sentence with it in can be read."""

import re
import unicodedata
from typing import Final

# Nothing is to be seen of these, though they count as letters, marks or signs.
_BLANK: Final = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]")
# Between two signs a joiner shapes them, in Persian and in Hindi; nowhere else is it part of a name.
_JOINED: Final = re.compile("(?<=[^\\s\u200c\u200d])[\u200c\u200d](?=[^\\s\u200c\u200d])")
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co"})


def tidy(written: str) -> str:
    """The name in one form, single spaces between its words."""
    return " ".join(unicodedata.normalize("NFKC", written).split())


def can_be_read(name: str) -> bool:
    """Whether there is a letter or a number in it, and nothing that hides or turns what stands around it."""
    seen = _JOINED.sub("", name)
    kinds = [unicodedata.category(sign) for sign in seen]
    return not _BLANK.search(seen) and _UNSEEN.isdisjoint(kinds) and any(kind[0] in "LN" for kind in kinds)
