"""A browser writes what stands in a form into its profile, unsealed, unless each field tells it not to."""

import re
from collections.abc import Iterator
from pathlib import Path

JS = Path(__file__).resolve().parent.parent / "static" / "js"
MARKS = re.compile(r'type="(checkbox|radio|file)"')


def fields(text: str) -> Iterator[str]:
    """Every field's tag, read over what stands in `${...}`."""
    for begun in re.finditer(r"<(?:input|textarea|select)(?=\s)", text):
        depth = at = 0
        for at in range(begun.end(), len(text)):
            depth += text.startswith("${", at) or (depth > 0 and text[at] == "{" and text[at - 1] != "$")
            depth -= depth > 0 and text[at] == "}"
            if not depth and text[at] == ">":
                break
        yield text[begun.start() : at]


def test_no_browser_keeps_what_stands_in_a_field() -> None:
    tags = [(path.name, tag) for path in JS.rglob("*.js") for tag in fields(path.read_text(encoding="utf-8"))]
    assert len(tags) > 40
    assert [found for found in tags if not MARKS.search(found[1]) and "autocomplete=" not in found[1]] == []
