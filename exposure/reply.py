"""Reply: an HTTP/1.1 answer as far as a sender of push messages must understand it, read from bytes as they come.

`http.client` reads a header like a mail with all its liberties, and costs as much as sealing does. Wanted is: the
status, Retry-After, and whether the connection may be used again. What is odd is never guessed at: the connection is
closed, and what cannot be an answer at all raises BadReply.
"""

from __future__ import annotations

import re

MOST = 8 * 1024
"""Bytes of an answer; what says more is told good-bye."""

_STATUS = re.compile(rb"HTTP/1\.([01]) ([1-9][0-9][0-9])(?: [^\r\n]*)?", re.ASCII)
_HEADER = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r\n]*?)[ \t]*", re.ASCII)
_NO_BODY = (204, 304)


class BadReply(ValueError):
    """Not an HTTP answer."""


class Reply:
    """Feed it what was received until it is whole."""

    __slots__ = ("_held", "_left", "keeps", "retry_after", "status", "whole")

    def __init__(self) -> None:
        self.status = 0
        self.retry_after = ""
        self.keeps = False  # whether the connection can be used once more
        self.whole = False
        self._held = b""
        self._left: int | None = None  # bytes of the body still to come; -1 when it comes in chunks

    def feed(self, data: bytes) -> bool:
        """Whether the answer is whole now. Raises BadReply."""
        held = self._held = self._held + data if self._held else data
        while self._left is None:
            end = held.find(b"\r\n\r\n")
            if end < 0:
                if len(held) > MOST:
                    raise BadReply("an endless head")
                return False
            self._read_head(held[:end])
            held = self._held = held[end + 4 :]
        return self._end_of_body(held)

    def _read_head(self, head: bytes) -> None:
        first, *lines = head.split(b"\r\n")
        status = _STATUS.fullmatch(first)
        if status is None:
            raise BadReply("no status line")
        self.status = int(status[2])
        headers: dict[bytes, bytes] = {}
        for line in lines:
            one = _HEADER.fullmatch(line)
            if one is None:
                raise BadReply("an odd header")
            name = one[1].lower()
            headers[name] = headers[name] + b"," + one[2] if name in headers else one[2]
        if self.status == 101:
            raise BadReply("another protocol")
        if self.status < 200:
            return  # more is to come
        self.retry_after = headers.get(b"retry-after", b"").decode("latin-1")
        self.keeps = status[1] == b"1" and b"close" not in headers.get(b"connection", b"").lower()
        self._left = self._length(headers)

    def _length(self, headers: dict[bytes, bytes]) -> int:
        """How long the body is; where that is not plain, it is not waited for and the connection is closed."""
        length, coding = headers.get(b"content-length"), headers.get(b"transfer-encoding")
        if self.status in _NO_BODY:
            return 0
        if coding is not None:
            if coding.lower() == b"chunked" and length is None:
                return -1
        elif length is not None and length.isdigit() and len(length) < 6 and int(length) <= MOST:
            return int(length)
        self.keeps = False
        return 0

    def _end_of_body(self, held: bytes) -> bool:
        if self._left == -1:
            end = _end_of_chunks(held)
            if end is None and len(held) <= MOST:
                return False
            # A body without an end is as good as none: what it says was in the head.
            self.keeps = self.keeps and end == len(held)
        else:
            assert self._left is not None
            if len(held) < self._left and self.keeps:
                return False
            self.keeps = self.keeps and len(held) == self._left  # more than asked for belongs to nobody
        self.whole = True
        return True


def _end_of_chunks(held: bytes) -> int | None:
    """Where a chunked body ends, -1 when it is none, None when more is to come."""
    at = 0
    while True:
        end = held.find(b"\r\n", at)
        if end < 0:
            return None
        size = held[at:end].partition(b";")[0].strip()
        if not re.fullmatch(rb"[0-9A-Fa-f]{1,6}", size):
            return -1
        if int(size, 16) == 0:
            if held[end : end + 4] == b"\r\n\r\n":
                return end + 4
            return -1 if len(held) >= end + 4 else None  # a trailer: nobody sends one
        at = end + 2 + int(size, 16)
        if len(held) < at + 2:
            return None
        if held[at : at + 2] != b"\r\n":
            return -1
        at += 2
