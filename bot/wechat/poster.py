"""A poster to print: the code that leads to the account, the place's name, and what to do, on A6."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import zxingcpp
from PIL import Image, ImageDraw, ImageFont

from bot.conversation.languages import Language
from bot.own_words import OwnWords
from foundation.errors import Refusal
from moderation.promises import promise_in

DPI: Final = 300
_WIDTH, _HEIGHT = 1240, 1748
"""Pixels: 105 by 148 mm at 300 dots an inch."""
_CODE: Final = 820
_MARGIN: Final = 90

_FONTS: Final = (
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc", 2),
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/noto-cjk/NotoSansCJK-Bold.ttc", 2),
    ("/usr/share/fonts/google-noto-cjk/NotoSansCJK-Bold.ttc", 2),
    ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", 0),
    ("/System/Library/Fonts/PingFang.ttc", 0),
    ("C:/Windows/Fonts/msyhbd.ttc", 0),
)
"""Chinese fonts where systems keep them, and the face within the collection."""

_TITLE: Final = OwnWords("看见可疑的金融广告？", "Seen a suspicious financial ad?")
_STEPS: Final = (
    OwnWords("① 打开微信，扫上面的码", "① Open WeChat, scan the code"),
    OwnWords("② 点“我要举报”，拍张照", "② Tap “我要举报”, take a photo"),
    OwnWords("③ 拿不准，点“问一问”", "③ Not sure? Tap “问一问” and ask"),
)
"""The menu's names stay as the account has them: that is what whoever looks for them will see."""
_CAUTION: Final = OwnWords(
    "不收钱，不问密码和验证码。已经转了钱，马上打 110。",
    "Free. We ask for no password or code. Money sent? Call 110.",
)


class NoChineseFont(Refusal):
    """There is no Chinese font where systems keep them: install fonts-noto-cjk, or name a font file with --font."""


class PlaceTooLong(Refusal):
    """The place's name has room for {most} characters."""


class PlacePromises(Refusal):
    """The place's name says “{words}”, which promises something; a poster may not."""


_LONGEST_PLACE: Final = 24


def draw_poster(
    address: str, place: str, *, font: Path | None = None, language: Language = Language.SIMPLIFIED
) -> Image.Image:
    """The poster of one place; `address` is what the code says. Raises NoChineseFont, PlaceTooLong or
    PlacePromises."""
    if len(place) > _LONGEST_PLACE:
        raise PlaceTooLong(most=_LONGEST_PLACE)
    if words := promise_in(place):
        raise PlacePromises(words=words)
    poster = Image.new("RGB", (_WIDTH, _HEIGHT), "white")
    pen = ImageDraw.Draw(poster)
    lines = _Lines(pen, font)
    lines.centred(_TITLE.spoken(language), 60, 104)
    code = _code(address)
    poster.paste(code, ((_WIDTH - code.width) // 2, 215))
    lines.centred(place, 215 + code.height + 18, 68)
    top = 215 + code.height + 130
    for step in _STEPS:
        lines.at_margin(step.spoken(language), top, 76)
        top += 122
    pen.line((_MARGIN, top + 8, _WIDTH - _MARGIN, top + 8), fill="black", width=3)
    lines.centred(_CAUTION.spoken(language), top + 32, 46)
    return poster


def _code(address: str) -> Image.Image:
    """Black on white, a whole number of pixels for each module, with the quiet zone that readers need."""
    small = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M").to_image(
        scale=1, add_quiet_zones=True
    )
    image = Image.fromarray(small)
    factor = max(1, _CODE // image.width)
    return image.resize((image.width * factor, image.height * factor), Image.Resampling.NEAREST)


class _Lines:
    def __init__(self, pen: ImageDraw.ImageDraw, font: Path | None) -> None:
        self._pen = pen
        self._file, self._face = _font(font)

    def centred(self, text: str, top: int, size: int) -> None:
        font = self._fitting(text, size)
        width = self._pen.textlength(text, font)
        self._pen.text(((_WIDTH - width) / 2, top), text, "black", font)

    def at_margin(self, text: str, top: int, size: int) -> None:
        self._pen.text((_MARGIN, top), text, "black", self._fitting(text, size))

    def _fitting(self, text: str, size: int) -> ImageFont.FreeTypeFont:
        """The size asked for, or the largest below it in which the line fits."""
        while True:
            font = ImageFont.truetype(self._file, size, index=self._face)
            if size <= 20 or self._pen.textlength(text, font) <= _WIDTH - 2 * _MARGIN:
                return font
            size -= 2


def _font(named: Path | None) -> tuple[str, int]:
    candidates: Iterator[tuple[str, int]] = iter(_FONTS if named is None else ((str(named), 0),))
    for file, face in candidates:
        if Path(file).is_file():
            return file, face
    raise NoChineseFont
