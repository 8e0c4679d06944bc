"""Extract: finds the words for translation in JavaScript, also deep inside html`…${t("…")}…`.

Babel's own JavaScript extractor does not look into the ${} of a tagged template, which is
where nearly every sentence of a lit-html screen stands. babel.cfg names this one instead.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

NAME = re.compile(r"[A-Za-z_$][\w$]*")
NUMBER = re.compile(r"\d[\w.]*")
REGEX = re.compile(r"/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*")
ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|[\s\S]))")
PLAIN_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
BEFORE_A_REGEX = {"return", "typeof", "case", "in", "of", "new", "delete", "void", "throw"}


@dataclass(frozen=True)
class Token:
    """A piece of source: kind is 'name', 'text', 'number', 'mark' or 'template'."""

    kind: str
    value: str
    line: int


Found = tuple[int, str, list[str | None], list[str]]


def extract_lit(
    fileobj: IO[bytes],
    keywords: dict[str, object],
    _comment_tags: object,
    options: dict[str, str],
) -> Iterator[Found]:
    """Babel's extractor interface: yields (line, function, arguments, comments)."""
    source = fileobj.read().decode(options.get("encoding", "utf-8"))
    tokens = list(Scanner(source).code())
    for at, token in enumerate(tokens[:-1]):
        called = tokens[at + 1].value == "(" and tokens[at + 1].kind == "mark"
        before = tokens[at - 1].value if at else ""
        ours = token.kind == "name" and token.value in keywords
        if ours and called and before not in {".", "function"}:
            yield token.line, token.value, arguments(tokens[at + 2 :]), []


def arguments(tokens: list[Token]) -> list[str | None]:
    """The literal text of each argument, None for one that is not a plain text."""
    found: list[str | None] = []
    pieces: list[str] | None = []
    depth, empty = 0, True
    for token in tokens:
        if token.kind == "mark" and depth == 0 and token.value in {",", ")"}:
            if not empty:
                found.append("".join(pieces) if pieces else None)
            pieces, empty = [], True
            if token.value == ")":
                break
            continue
        empty = False
        if token.kind == "mark" and token.value in {"(", "[", "{"}:
            depth += 1
        elif token.kind == "mark" and token.value in {")", "]", "}"}:
            depth -= 1
        if pieces is not None and depth == 0 and token.kind == "text":
            pieces.append(token.value)
        elif not (token.kind == "mark" and token.value == "+" and depth == 0):
            pieces = None
    return found


class Scanner:
    """Reads JavaScript once, from left to right; templates are read by calling itself."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.last = Token("mark", "", 0)

    def code(self, inside: bool = False) -> Iterator[Token]:
        """The tokens up to the end, or up to the `}` that ends a ${}."""
        depth = 0
        while self.at < len(self.source):
            if self.skip():
                continue
            sign = self.source[self.at]
            if inside and sign == "}" and depth == 0:
                self.at += 1
                return
            depth += (sign == "{") - (sign == "}")
            for token in self.read(sign):
                self.last = token
                yield token

    def skip(self) -> bool:
        """Step over blanks and comments; False when there was neither."""
        rest = self.source[self.at : self.at + 2]
        if rest[:1].isspace():
            self.at += 1
        elif rest == "//":
            self.jump("\n")
        elif rest == "/*":
            self.at += 2
            self.jump("*/")
        else:
            return False
        return True

    def jump(self, mark: str) -> None:
        end = self.source.find(mark, self.at)
        self.at = len(self.source) if end < 0 else end + len(mark)

    def read(self, sign: str) -> Iterator[Token]:
        """The token at this place (a template gives many)."""
        if sign == "`":
            yield from self.template()
            return
        if sign in "\"'":
            yield self.quoted(sign)
            return
        for kind, pattern in (("name", NAME), ("number", NUMBER), ("regex", REGEX)):
            if kind == "regex" and not self.may_be_regex():
                continue
            if match := pattern.match(self.source, self.at):
                yield self.token(kind, match.group(), match.end())
                return
        yield self.token("mark", sign, self.at + 1)

    def may_be_regex(self) -> bool:
        """A slash after a value divides; anywhere else it begins a regular expression."""
        if self.last.kind == "name":
            return self.last.value in BEFORE_A_REGEX
        return self.last.kind == "mark" and self.last.value not in {")", "]", "}"}

    def token(self, kind: str, value: str, end: int) -> Token:
        made = Token(kind, value, self.source.count("\n", 0, self.at) + 1)
        self.at = end
        return made

    def quoted(self, quote: str) -> Token:
        end = self.at + 1
        while end < len(self.source) and self.source[end] != quote:
            end += 2 if self.source[end] == "\\" else 1
        return self.token("text", unescaped(self.source[self.at + 1 : end]), end + 1)

    def template(self) -> Iterator[Token]:
        """A template: one text when nothing is put in, else a sign and the code put in."""
        opening = self.token("template", "`", self.at + 1)
        start, holes = self.at, False
        while self.at < len(self.source) and self.source[self.at] != "`":
            if self.source.startswith("${", self.at):
                holes = True
                yield self.token("mark", "(", self.at + 2)
                self.last = Token("mark", "(", 0)
                yield from self.code(inside=True)
                yield Token("mark", ")", opening.line)
            else:
                self.at += 2 if self.source[self.at] == "\\" else 1
        text = self.source[start : self.at]
        self.at += 1
        kind, value = ("template", "`") if holes else ("text", unescaped(text))
        yield Token(kind, value, opening.line)


def unescaped(raw: str) -> str:
    """The text a JavaScript literal stands for."""

    def one(match: re.Match[str]) -> str:
        brace, four, two, plain = match.groups()
        if code := brace or four or two:
            return chr(int(code, 16))
        return "" if plain in {"\n", "\r\n"} else PLAIN_ESCAPES.get(plain, plain)

    return ESCAPE.sub(one, raw)
