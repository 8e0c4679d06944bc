"""Mutants: requests that are nearly right, for the fuzz test. Each has one or more things about it that hurt."""

import copy
import json
import random
from typing import Any

ODD_TEXTS = (
    "",
    "\0",
    "a\0b",
    "\ud800",
    "\udfff\ud800",
    "\u202edesrever",
    "\u200b" * 30,
    "e" + "\u0301" * 50,
    "👩\u200d👩\u200d👧\u200d👦",
    "𝕏" * 70,
    "' OR 1=1; --",
    "{{7*7}}",
    "${7*7}",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "%00",
    "\r\nSet-Cookie: a=b",
    "١٢٣",
    "１２",
    "null",
    "true",
    "NaN",
    "1e999",
    "0x10",
    "00000000-0000-0000-0000-000000000000",
    "A" * 300,
    "あ" * 6000,
    "\uffff",
    "\x7f\x1b[31m",
    "2026-02-31",
    "25:61",
    "Asia/../Tokyo",
    "Mars/Base",
    "Z" * 250,
)
ODD_NUMBERS = (
    0,
    -1,
    1,
    101,
    2**31 - 1,
    2**31,
    2**53,
    2**63 - 1,
    2**63,
    10**400,
    -(2**63) - 1,
    0.5,
    -0.0,
    1e308,
    5e-324,
)
ODD_OTHERS: tuple[Any, ...] = (
    None,
    True,
    False,
    [],
    {},
    [[]],
    [None],
    {"a": {"a": {"a": 1}}},
    [1, "a", None, {}],
    {"": ""},
    {"__proto__": 1},
)
ODD_BODIES = (
    b"",
    b"null",
    b"[]",
    b"[{}]",
    b'"a"',
    b"1",
    b"{",
    b"}",
    b"{]",
    b"{}{}",
    b'{"a":}',
    b"{'a':1}",
    b'{"a":1,}',
    b"\xff\xfe{\x00}\x00",
    b"\xef\xbb\xbf{}",
    b"\x00",
    b"\x80\x81\x82",
    b'{"v":NaN}',
    b'{"v":Infinity}',
    b'{"v":1e999}',
    b'{"v":1,"v":1}',
    b'{"\\ud800":1}',
    b'{"a":"\\u0000"}',
    b"[" * 5000,
    b'{"a":' * 5000,
    b'{"a":"' + b'\\"' * 2000,
    b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
    b"--boundary\r\n",
    b"a=1&b=2",
)
ODD_HEADERS: tuple[tuple[str, str], ...] = (
    ("Content-Type", "text/plain"),
    ("Content-Type", "application/json; charset=utf-16"),
    ("Content-Type", ""),
    ("Content-Type", "application/json/x"),
    ("Content-Type", "multipart/form-data; boundary=x"),
    ("Content-Encoding", "gzip"),
    ("Content-Encoding", "br"),
    ("Sec-Fetch-Site", "cross-site"),
    ("Sec-Fetch-Site", "\x7f"),
    ("Origin", "null"),
    ("Origin", "http://["),
    ("Origin", "https://evil.example"),
    ("Accept-Language", "xx;q=abc,,,;;"),
    ("Accept-Language", "ja" * 3000),
    ("Accept", "text/html"),
    ("Cookie", "ippo=" + "a" * 64),
    ("Cookie", "ippo=\xff; =; ;;"),
    ("Cookie", "ippo"),
    ("If-None-Match", '"' * 50),
    ("Range", "bytes=9-1,-,x"),
    ("Host", "evil.example"),
    ("Host", "["),
    ("X-Forwarded-For", "a, b, \x01"),
    ("Transfer-Encoding", "chunked"),
    ("Last-Event-ID", "\x00"),
    ("Accept-Encoding", "br;q=x, *;q=-1"),
    ("User-Agent", "é" * 500),
)
ODD_QUERIES = (
    "?",
    "?a=%00",
    "?before=%00",
    "?before=1.1",
    "?before=-1.1",
    "?before=99999999999.1",
    "?before=１.1",
    "?lang=../..",
    "?country=%ff%fe",
    "?lang=ja&lang=en",
    "?" + "&".join(f"a{n}=1" for n in range(5000)),
    "?%",
    "?=&=&",
    "?before[]=1",
    "?country[$ne]=JP",
    "?lang=%E3%81",
)
ODD_PATHS = ("%00", "..%2f..%2fetc", "%ff%fe", "x" * 3000, "1", "9" * 30, "٣", "a b", "%2e%2e", "::", "{}", "é")


def odd(dice: random.Random) -> Any:
    """A value that nobody means well."""
    kind = dice.random()
    if kind < 0.45:
        return dice.choice(ODD_TEXTS)
    return copy.deepcopy(dice.choice(ODD_NUMBERS if kind < 0.7 else ODD_OTHERS))


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value inside a JSON value."""
    found = [at] if at else []
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        found += places(part, (*at, key))
    return found


def mutate_value(body: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    """The same body with something odd inside, something missing or something more."""
    made: dict[str, Any] = json.loads(json.dumps(body))
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        ways = places(made)
        if not ways:
            made["more"] = odd(dice)
            continue
        *way, last = dice.choice(ways)
        inside: Any = made
        for step in way:
            inside = inside[step]
        what = dice.random()
        if what < 0.7:
            inside[last] = odd(dice)
        elif what < 0.85:
            del inside[last]
        elif isinstance(inside, dict):
            inside[f"{last}{dice.choice(ODD_TEXTS[:8])}"] = odd(dice)
        else:
            inside.append(odd(dice))
    return made


def mutate_bytes(raw: bytes, dice: random.Random) -> bytes:
    """The same bytes cut, doubled, shot through, or told in another encoding."""
    what = dice.randrange(7)
    at = dice.randrange(len(raw) + 1)
    if what == 0:
        return raw[:at]
    if what == 1:
        return raw[:at] + bytes(dice.randrange(256) for _ in range(dice.randrange(1, 6))) + raw[at:]
    if what == 2:
        return raw.decode("utf-8", "replace").encode("utf-16")
    if what == 3:
        return b'{"a":1,' + raw[1:] if dice.random() < 0.5 else raw + raw
    if what == 4:
        return raw[:at] + bytes([raw[at] ^ (1 << dice.randrange(8))]) + raw[at + 1 :] if at < len(raw) else raw[:-1]
    if what == 5:
        return b'{"a":"' + b"x" * 300_000 + b'"}' if dice.random() < 0.02 else b"[" + raw + b"]"
    return dice.choice(ODD_BODIES)
