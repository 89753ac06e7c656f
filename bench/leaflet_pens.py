"""What every leaflet is drawn with: letters of Noto (Debian package fonts-noto-cjk), codes, walls."""

import random
from functools import cache
from pathlib import Path

import numpy as np
import zxingcpp
from PIL import Image, ImageDraw, ImageFont

from bench.leaflet_texts import CROOKED, Posted, posted

Colour = tuple[int, int, int]
Drawn = tuple[Image.Image, tuple[Posted, ...]]
_FONTS = Path("/usr/share/fonts/opentype/noto")
WALLS: tuple[Colour, ...] = ((150, 148, 142), (188, 176, 160), (96, 104, 110), (205, 205, 200))


@cache
def font(size: int, face: str = "Sans", bold: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(
        str(_FONTS / f"Noto{face}CJK-{'Bold' if bold else 'Regular'}.ttc"), size, index=2
    )


def code_image(payload: str, side: int) -> Image.Image:
    """A QR code with its quiet zone."""
    drawn = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.QRCode).to_image(scale=4)
    return Image.fromarray(np.array(drawn)).resize((side, side), Image.Resampling.LANCZOS).convert("RGB")


def write(
    draw: ImageDraw.ImageDraw, at: tuple[float, float], words: str, ink: Colour, size: int, room: float,
    *, face: str = "Sans", bold: bool = False, anchor: str = "la",
) -> int:  # fmt: skip
    """Writes a line no wider than `room` and returns its size."""
    length = font(size, face, bold).getlength(words)
    size = size if length <= room else max(14, int(size * room / length))
    draw.text(at, words, ink, font(size, face, bold), anchor=anchor)
    return size


def crooked(chance: random.Random, **ways: bool) -> Posted:
    return posted(chance.choice(CROOKED), chance, **ways)
