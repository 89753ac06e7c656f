"""Draws leaflets such as loan sharks post, for tests that need a real picture with a known text.

The writing is set in Noto Sans CJK (Debian package fonts-noto-cjk), so an OCR engine finds it easier than a
photograph of a street corner: a test may ask that the text is read, not how well reading does in general.
"""

import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter, ImageFont

_FONTS = Path("/usr/share/fonts/opentype/noto")
_SIMPLIFIED_CHINESE = 2
"""Which face of the collection: 0 Japanese, 1 Korean, 2 simplified Chinese."""

LOAN_SHARK_LINES = (
    "急用钱找我",
    "无抵押 秒下款 黑户可做",
    "身份证就能贷 当天到账",
    "电话 13800138000",
    "加微信 qianshao_demo",
)
"""A whole leaflet: slogans, a telephone number and a WeChat id, all of them made up."""


class FontMissing(RuntimeError):
    """The font is not on this machine."""


@cache
def chinese_font(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    """Noto Sans CJK SC in pixels. Raises `FontMissing` with what to install."""
    file = _FONTS / f"NotoSansCJK-{'Bold' if bold else 'Regular'}.ttc"
    if not file.exists():
        raise FontMissing(f"{file} is missing: install the Debian package fonts-noto-cjk")
    return ImageFont.truetype(str(file), size, index=_SIMPLIFIED_CHINESE)


def draw_leaflet(
    lines: Sequence[str] = LOAN_SHARK_LINES,
    qr: str | None = None,
    angle: float = 0.0,
    quality: int = 85,
    *,
    phone: str | None = None,
    wechat: str | None = None,
    blur: float = 0.0,
    width: int = 900,
) -> bytes:
    """A JPEG of a leaflet on a grey wall: the first line as a headline on a red band, the others below it,
    then `phone` and `wechat` as lines of their own, and a code that holds `qr`.

    `angle` in degrees counterclockwise, `blur` as a Gaussian radius in pixels, `quality` of the JPEG 1–95.
    """
    image = leaflet_image(lines, qr, phone=phone, wechat=wechat, width=width)
    if angle:
        image = image.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=_WALL)
    if blur:
        image = image.filter(ImageFilter.GaussianBlur(blur))
    return as_jpeg(image, quality)


def leaflet_image(
    lines: Sequence[str],
    qr: str | None = None,
    *,
    phone: str | None = None,
    wechat: str | None = None,
    width: int = 900,
) -> Image.Image:
    """The leaflet before it is turned, blurred or compressed."""
    wanted = [*lines, *([f"电话：{phone}"] if phone else []), *([f"微信：{wechat}"] if wechat else [])]
    margin, band, step = width // 15, width // 6, width // 9
    code = _code_image(qr, width // 3) if qr else None
    height = band + step * len(wanted) + (code.height + margin if code else 0) + margin
    paper = Image.new("RGB", (width, height), _PAPER)
    draw = ImageDraw.Draw(paper)
    draw.rectangle((0, 0, width, band), fill=_RED)
    for place, line in enumerate(wanted):
        bold = place == 0 or line.startswith(("电话", "微信"))
        font = _fitting(line, width - 2 * margin, width // 10 if place == 0 else width // 16, bold)
        top = band // 2 if place == 0 else band + step * (place - 1) + step // 2
        ink = "white" if place == 0 else _RED if bold else "black"
        at, anchor = ((width // 2, top), "mm") if place == 0 else ((margin, top), "lm")
        draw.text(at, line, ink, font, anchor=anchor)
    if code:
        paper.paste(code, (width - margin - code.width, height - margin - code.height))
    wall = Image.new("RGB", (width + 2 * margin, height + 2 * margin), _WALL)
    wall.paste(paper, (margin, margin))
    return wall


def wall_of(*leaflets: Image.Image) -> Image.Image:
    """A wall on which these hang beside each other, each a little lower than the one before."""
    wall = Image.new(
        "RGB",
        (
            sum(leaflet.width for leaflet in leaflets),
            max(leaflet.height for leaflet in leaflets) + 40 * len(leaflets),
        ),
        _WALL,
    )
    left = 0
    for place, leaflet in enumerate(leaflets):
        wall.paste(leaflet, (left, 40 * place))
        left += leaflet.width
    return wall


def as_jpeg(image: Image.Image, quality: int = 85) -> bytes:
    written = io.BytesIO()
    image.save(written, "JPEG", quality=quality)
    return written.getvalue()


_PAPER, _RED, _WALL = (255, 236, 120), (200, 20, 20), (150, 148, 142)


def _fitting(line: str, room: int, size: int, bold: bool) -> ImageFont.FreeTypeFont:
    font = chinese_font(size, bold)
    length = font.getlength(line)
    return font if length <= room else chinese_font(max(12, int(size * room / length)), bold)


def _code_image(payload: str, side: int) -> Image.Image:
    code = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.QRCode)
    pixels = Image.fromarray(np.array(code.to_image(scale=4)))
    return pixels.resize((side, side), Image.Resampling.NEAREST).convert("RGB")
