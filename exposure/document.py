"""Document: the shape of a file that holds what is somebody's (see export), and what of it is brought in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from exposure.fits import is_id
from exposure.kinds import KINDS

FORMAT: Final = 1


def of_file(given: Mapping[str, Any]) -> dict[str, Any] | None:
    """A file as a document to bring in, or None when it is none of ours. What else stands in it by whatever hand is not
    taken along: `changed` above all, which lets a guest's own words go over what is here."""
    if not is_document(given):
        return None
    spaces = [
        {
            "id": space["id"],
            "kind": space["kind"],
            "rows": [{name: row[name] for name in ("id", "kind", "fields")} for row in space["rows"]],
        }
        for space in given["spaces"]
    ]
    return {"person": given.get("person"), "spaces": spaces}


def is_document(given: Mapping[str, Any]) -> bool:
    """Whether this is shaped as `as_json` writes it; single rows are judged one by one when they are added."""
    spaces = given.get("spaces")
    return (
        given.get("ippo") == FORMAT and isinstance(spaces, list) and len(spaces) <= 500 and all(map(_is_space, spaces))
    )


def _is_space(space: Any) -> bool:
    return (
        isinstance(space, dict)
        and is_id(space.get("id"))
        and space.get("kind") in ("private", "ladder", "thread")  # a tuple: what was sent may have no hash
        and isinstance(space.get("rows"), list)
        and all(map(_is_row, space["rows"]))
    )


def _is_row(row: Any) -> bool:
    return (
        isinstance(row, dict)
        and is_id(row.get("id"))
        and isinstance(row.get("kind"), str)
        and row["kind"] in KINDS
        and isinstance(row.get("fields"), dict)
    )
