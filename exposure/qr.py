"""QR: a text as a picture that a camera reads: the `d` of one SVG path, drawn by the browser in its own colours."""

from typing import Any, Final

import segno

QUIET: Final = 4  # modules of empty border; with less some cameras find nothing


def drawn(text: str) -> dict[str, Any]:
    """`size` of the square in modules, its quiet border with it, and the `path` of everything dark."""
    matrix = segno.make(text, error="m", micro=False).matrix
    runs = [
        f"M{start + QUIET} {y + QUIET}h{length}v1h-{length}z"
        for y, line in enumerate(matrix)
        for start, length in _runs(line)
    ]
    return {"size": len(matrix) + 2 * QUIET, "path": "".join(runs)}


def _runs(line: Any) -> list[tuple[int, int]]:
    """Where the dark stretches of a line begin and how long they are."""
    found: list[tuple[int, int]] = []
    for x, dark in enumerate(line):
        if not dark:
            continue
        if found and sum(found[-1]) == x:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((x, 1))
    return found
