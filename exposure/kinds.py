"""The vocabulary: which kinds of rows there are, in which spaces, what their fields may hold.

`static/js/kinds.js` is its twin in the browser.
"""

from typing import Final

from exposure.alone import ALONE
from exposure.kind import Kind
from exposure.shared import SHARED

KINDS: Final[dict[str, Kind]] = ALONE | SHARED
