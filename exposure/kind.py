"""Kind: what one kind of row is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from exposure.fits import Fits


@dataclass(frozen=True)
class Kind:
    """One kind of row: where it lives, what it holds, what an `add` cannot do without."""

    space: str  # private | ladder | thread
    fields: Mapping[str, Fits]
    needs: tuple[str, ...] = ()
    made_by_server: bool = field(default=False)
    own_words: bool = field(default=False)  # said by somebody: added at once by either side, changed by its author only
