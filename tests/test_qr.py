"""The picture of a code is the code: every module where the standard puts it, and a quiet border."""

import re

import pytest
import segno

from exposure.qr import QUIET, drawn


def dark(picture):
    """The squares that the path fills, as (x, y)."""
    filled = set()
    for x, y, run, back in re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", picture["path"]):
        assert run == back
        squares = {(int(x) + step, int(y)) for step in range(int(run))}
        assert not squares & filled
        filled |= squares
    return filled


@pytest.mark.parametrize(
    "text", ["a", "https://ippo.example/therapist#/join/ABCDE-FGHJK", "otpauth://totp/Ippo:" + "x" * 200]
)
def test_every_module_stands_where_the_standard_puts_it(text):
    picture = drawn(text)
    matrix = segno.make(text, error="m", micro=False).matrix
    assert picture["size"] == len(matrix) + 2 * QUIET
    assert dark(picture) == {(x + QUIET, y + QUIET) for y, line in enumerate(matrix) for x, on in enumerate(line) if on}


def test_the_path_is_nothing_but_moves_and_runs():
    assert re.fullmatch(r"(M\d+ \d+h\d+v1h-\d+z)+", drawn("x")["path"])


def test_the_three_corners_a_camera_looks_for_are_there():
    picture = drawn("https://ippo.example/therapist#/join/ABCDE-FGHJK")
    filled, last = dark(picture), picture["size"] - QUIET - 1
    for x, y in ((QUIET, QUIET), (last - 6, QUIET), (QUIET, last - 6)):
        ring = {(x + i, y + j) for i in range(7) for j in range(7) if i in {0, 6} or j in {0, 6}}
        heart = {(x + i, y + j) for i in range(2, 5) for j in range(2, 5)}
        assert ring | heart <= filled
