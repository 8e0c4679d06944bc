"""Draws the PNG icons from their SVGs: `python tests/browser/icons.py`, after an SVG has been changed."""

import shutil
import struct
import zlib
from pathlib import Path

from playwright.sync_api import sync_playwright

ICONS = Path(__file__).resolve().parents[2] / "static" / "icons"
DRAWN = {
    "icon-192": ("icon", 192),
    "icon-512": ("icon", 512),
    "maskable-512": ("maskable", 512),
    "apple-touch-icon": ("maskable", 180),
    "favicon-48": ("icon", 48),
    "badge-96": ("badge", 96),
    "shortcut-today-96": ("shortcut-today", 96),
    "shortcut-rest-96": ("shortcut-rest", 96),
}


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, (source, size) in DRAWN.items():
            page = browser.new_page(viewport={"width": size, "height": size})
            svg = (ICONS / f"{source}.svg").read_text().replace("<svg ", f'<svg width="{size}" height="{size}" ', 1)
            page.set_content(f"<head><style>body{{margin:0}} svg{{display:block}}</style></head><body>{svg}</body>")
            (ICONS / f"{name}.png").write_bytes(smaller(page.screenshot(omit_background=True)))
            page.close()
        browser.close()


def smaller(png: bytes) -> bytes:
    """The same picture with unfiltered lines: flat colours then take a third of the bytes."""
    chunks, at = [], 8
    while at < len(png):
        length = struct.unpack(">I", png[at : at + 4])[0]
        chunks.append((png[at + 4 : at + 8], png[at + 8 : at + 8 + length]))
        at += 12 + length
    header = next(data for kind, data in chunks if kind == b"IHDR")
    width, height, _depth, colours = struct.unpack(">IIBB", header[:10])
    pixel = {2: 3, 6: 4}[colours]
    lines = unfiltered(
        zlib.decompress(b"".join(data for kind, data in chunks if kind == b"IDAT")), width * pixel, pixel
    )
    plain = zlib.compress(b"".join(b"\0" + line for line in lines[:height]), 9)
    kept = [(b"IHDR", header), (b"IDAT", plain), (b"IEND", b"")]
    return png[:8] + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in kept
    )


def unfiltered(raw: bytes, stride: int, pixel: int) -> list[bytes]:
    """The lines of a PNG with its filters taken away (PNG specification, 9.2)."""
    before, lines = bytes(stride), []
    for start in range(0, len(raw), stride + 1):
        kind, line = raw[start], bytearray(raw[start + 1 : start + 1 + stride])
        for i in range(stride):
            left = line[i - pixel] if i >= pixel else 0
            up, corner = before[i], before[i - pixel] if i >= pixel else 0
            nearest = min((left, up, corner), key=lambda one, sum_=left + up - corner: abs(sum_ - one))
            line[i] = (line[i] + (0, left, up, (left + up) // 2, nearest)[kind]) % 256
        before = bytes(line)
        lines.append(before)
    return lines


if __name__ == "__main__":
    main()
