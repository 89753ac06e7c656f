"""Fifty-six ways in which an ad is laid out, drawn with a known truth.

Set in Noto (Debian package fonts-noto-cjk): what no font shows is marked so. "Hand-written" and "sprayed" are glyphs
shaken, thickened and broken up; real handwriting is harder. "Embossed" is light and shade alone, "curved" a card around
a lamp post, "tiny" a card of a fifth of the picture's width.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from bench.leaflet_texts import CROOKED, HONEST, Posted, posted

Colour = tuple[int, int, int]
Drawn = tuple[Image.Image, tuple[Posted, ...]]
_FONTS = Path("/usr/share/fonts/opentype/noto")
WALLS: tuple[Colour, ...] = ((150, 148, 142), (188, 176, 160), (96, 104, 110), (205, 205, 200))


@dataclass(frozen=True, slots=True)
class Layout:
    """`family` groups layouts in the table; `rough` ones (hand-written, sprayed, embossed, curved, tiny) have a row of their own."""

    name: str
    family: str
    draw: Callable[[random.Random], Drawn]

    @property
    def rough(self) -> bool:
        return self.family in ("hand-written", "sprayed", "embossed", "curved", "tiny")


@cache
def _font(size: int, face: str = "Sans", bold: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(
        str(_FONTS / f"Noto{face}CJK-{'Bold' if bold else 'Regular'}.ttc"), size, index=2
    )


def code_image(payload: str, side: int) -> Image.Image:
    """A QR code with its quiet zone."""
    drawn = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.QRCode).to_image(scale=4)
    return Image.fromarray(np.array(drawn)).resize((side, side), Image.Resampling.LANCZOS).convert("RGB")


def _write(
    draw: ImageDraw.ImageDraw, at: tuple[float, float], words: str, ink: Colour, size: int, room: float,
    *, face: str = "Sans", bold: bool = False, anchor: str = "la",
) -> int:  # fmt: skip
    """Writes a line no wider than `room` and returns its size."""
    length = _font(size, face, bold).getlength(words)
    size = size if length <= room else max(14, int(size * room / length))
    draw.text(at, words, ink, _font(size, face, bold), anchor=anchor)
    return size


def _crooked(chance: random.Random, **ways: bool) -> Posted:
    return posted(chance.choice(CROOKED), chance, **ways)


def _card(
    paper: Colour, ink: Colour, accent: Colour, *, band: bool = False, code: str = "right", face: str = "Sans",
    size: int = 52, columns: bool = False, frame: bool = False, spacing: float = 1.5,
) -> Callable[[random.Random], Drawn]:  # fmt: skip
    """A small card: title, offer, number; the code at the right, below, or none."""

    def draw(chance: random.Random) -> Drawn:
        truth = _crooked(chance, code=code != "none")
        return _card_of(truth, paper, ink, accent, band, code, face, size, columns, frame, spacing), (truth,)

    return draw


def _card_of(
    truth: Posted, paper: Colour, ink: Colour, accent: Colour, band: bool = False, code: str = "right",
    face: str = "Sans", size: int = 52, columns: bool = False, frame: bool = False, spacing: float = 1.5,
) -> Image.Image:  # fmt: skip
    width, margin, step = 1000, 50, int(size * spacing)
    side = 260 if truth.code else 0
    body = list(truth.offer.lines)
    rows = (len(body) + 1) // 2 if columns else len(body)
    below = truth.lines[1 + len(body) :]
    height = int(size * 2.6) + step * rows + step * len(below) + margin
    height += side + 20 if side and code == "below" else max(0, side - step * len(below)) if side else 0
    image = Image.new("RGB", (width, height), paper)
    pen = ImageDraw.Draw(image)
    if frame:
        pen.rectangle((12, 12, width - 12, height - 12), outline=accent, width=5)
    if band:
        pen.rectangle((0, 0, width, int(size * 2.2)), fill=accent)
    head = paper if band else accent
    _write(pen, (width / 2, size * 1.1), truth.offer.title, head, int(size * 1.6), width - 2 * margin,
           face=face, bold=True, anchor="mm")  # fmt: skip
    top = int(size * 2.6)
    for place, line in enumerate(body):
        column, row = (place % 2, place // 2) if columns else (0, place)
        room = (width - 2 * margin) / (2 if columns else 1) - 20
        _write(pen, (margin + column * (width / 2), top + row * step), line, ink, size, room, face=face)
    top += rows * step
    room = width - 2 * margin - (side + 30 if code == "right" else 0)
    for place, line in enumerate(below):
        _write(pen, (margin, top + place * step), line, accent, int(size * 1.1), room, face=face, bold=True)
    if side:
        at = (
            (width - margin - side, top)
            if code == "right"
            else (width // 2 - side // 2, top + len(below) * step)
        )
        image.paste(code_image(truth.code, side), at)
    return image


def _poster(top: Colour, bottom: Colour, ink: Colour) -> Callable[[random.Random], Drawn]:
    """An elevator poster: a ground that changes colour, a large title, the number in a bar at the foot."""

    def draw(chance: random.Random) -> Drawn:
        truth = _crooked(chance)
        width, height = 1000, 1500
        blend = np.linspace(0, 1, height)[:, None, None]
        ground = np.array(top) * (1 - blend) + np.array(bottom) * blend
        image = Image.fromarray(np.broadcast_to(ground, (height, width, 3)).astype(np.uint8).copy())
        pen = ImageDraw.Draw(image)
        _write(pen, (500, 200), truth.offer.title, ink, 150, 900, bold=True, anchor="mm")
        for place, line in enumerate(truth.offer.lines):
            _write(pen, (500, 480 + place * 130), line, ink, 72, 860, anchor="mm")
        pen.rectangle((0, 1150, width, height), fill=(250, 250, 250))
        for place, line in enumerate(truth.lines[1 + len(truth.offer.lines) :]):
            _write(pen, (60, 1210 + place * 110), line, (20, 20, 20), 60, 560, bold=True)
        image.paste(code_image(truth.code, 300), (650, 1175))
        return image, (truth,)

    return draw


def _notice(face: str, centred: bool) -> Callable[[random.Random], Drawn]:
    """An A4 sheet, black on white."""

    def draw(chance: random.Random) -> Drawn:
        truth = _crooked(chance, code=centred)
        image = Image.new("RGB", (1100, 1556), (252, 252, 250))
        pen = ImageDraw.Draw(image)
        _write(pen, (550, 160), truth.offer.title, (0, 0, 0), 110, 950, face=face, bold=True, anchor="mm")
        for place, line in enumerate(truth.lines[1:]):
            at, anchor = ((550, 340 + place * 120), "mm") if centred else ((110, 310 + place * 120), "la")
            _write(pen, at, line, (15, 15, 15), 64, 880, face=face, anchor=anchor)
        if truth.code:
            image.paste(code_image(truth.code, 340), (380, 1050))
        return image, (truth,)

    return draw


def _sms(dark: bool) -> Callable[[random.Random], Drawn]:
    """A message on a phone's screen."""

    def draw(chance: random.Random) -> Drawn:
        truth = _crooked(chance, code=False)
        ground, bubble, ink = (((18, 18, 20), (48, 48, 52), (240, 240, 240)) if dark else
                               ((255, 255, 255), (233, 233, 235), (0, 0, 0)))  # fmt: skip
        image = Image.new("RGB", (1080, 1500), ground)
        pen = ImageDraw.Draw(image)
        pen.text((540, 60), "短信", ink, _font(44), anchor="mm")
        pen.rounded_rectangle((50, 200, 930, 240 + 84 * len(truth.lines)), 40, fill=bubble)
        for place, line in enumerate(truth.lines):
            _write(pen, (90, 225 + place * 84), line, ink, 48, 800)
        return image, (truth,)

    return draw


def _chat(bubbles: Colour, long: bool = False) -> Callable[[random.Random], Drawn]:
    """A chat, of which the other side's bubbles hold the ad. A long one is a strip with small talk first."""

    def draw(chance: random.Random) -> Drawn:
        truth = _crooked(chance, code=False)
        talk = [(True, "你好 在吗"), (False, "在的 请问什么事")] * (9 if long else 1)
        said = [*talk, *((True, line) for line in truth.lines), (False, "我考虑一下")]
        image = Image.new("RGB", (1080, 200 + 170 * len(said)), (237, 237, 237))
        pen = ImageDraw.Draw(image)
        pen.text((540, 70), "小李", (0, 0, 0), _font(46, bold=True), anchor="mm")
        for place, (theirs, line) in enumerate(said):
            top, length = 170 + place * 170, _font(46).getlength(line) + 60
            left = 170 if theirs else 910 - length
            pen.rectangle(
                (30, top, 130, top + 100) if theirs else (950, top, 1050, top + 100), fill=(120, 140, 170)
            )
            pen.rounded_rectangle(
                (left, top, left + length, top + 100), 14, fill=(255, 255, 255) if theirs else bubbles
            )
            pen.text((left + 30, top + 22), line, (20, 20, 20), _font(46))
        return image, (truth,)

    return draw


def _sign(ground: Colour, ink: Colour, lines: int) -> Callable[[random.Random], Drawn]:
    """A shop's sign: one or two lines of large writing and a number."""

    def draw(chance: random.Random) -> Drawn:
        truth = _crooked(chance, wechat=False, code=False)
        image = Image.new("RGB", (1600, 300 + 140 * lines), ground)
        pen = ImageDraw.Draw(image)
        _write(pen, (800, 130), truth.offer.title, ink, 170, 1500, bold=True, anchor="mm")
        shown = truth.offer.lines[: lines - 1]
        for place, line in enumerate((*shown, f"电话：{truth.phone}")):
            _write(pen, (800, 300 + place * 140), line, ink, 92, 1400, bold=True, anchor="mm")
        kept = Posted(type(truth.offer)(truth.offer.title, shown, truth.offer.schemes), truth.phone, "", "")
        return image, (kept,)

    return draw


def _vertical(ground: Colour, ink: Colour, face: str = "Sans") -> Callable[[random.Random], Drawn]:
    """Columns from right to left, the number across the foot."""

    def draw(chance: random.Random) -> Drawn:
        truth = _crooked(chance, wechat=False, code=False)
        image = Image.new("RGB", (760, 1320), ground)
        pen = ImageDraw.Draw(image)
        for column, line in enumerate((truth.offer.title, *truth.offer.lines)):
            size = 96 if column == 0 else 64
            for place, letter in enumerate(line.replace(" ", "")):
                at = (640 - column * 170, 90 + place * size * 1.12)
                pen.text(at, letter, ink, _font(size, face, bold=column == 0), anchor="mm")
        _write(pen, (380, 1250), f"电话：{truth.phone}", ink, 64, 700, bold=True, anchor="mm")
        return image, (truth,)

    return draw


def _shaken(ground: Colour, ink: Colour, spray: bool) -> Callable[[random.Random], Drawn]:
    """Each letter turned, shifted and resized a little; sprayed ones are blurred and speckled too."""

    def draw(chance: random.Random) -> Drawn:
        truth = _crooked(chance, wechat=False, code=False)
        image = Image.new("RGB", (1200, 200 + 190 * len(truth.lines)), ground)
        if spray:
            pen = ImageDraw.Draw(image)
            for row in range(0, image.height, 60):
                pen.line((0, row, 1200, row), fill=tuple(value - 30 for value in ground), width=4)  # type: ignore[arg-type]
        layer = Image.new("L", image.size, 0)
        for row, line in enumerate(truth.lines):
            ahead = 80.0
            for letter in line:
                size = chance.randrange(92, 118)
                glyph = Image.new("L", (160, 160), 0)
                ImageDraw.Draw(glyph).text((80, 80), letter, 255, _font(size, "Serif"), anchor="mm")
                glyph = glyph.rotate(chance.uniform(-14, 14), Image.Resampling.BICUBIC)
                glyph = glyph.transform(
                    (160, 160), Image.Transform.AFFINE, (1, chance.uniform(-0.2, 0.2), 0, 0, 1, 0),
                    Image.Resampling.BICUBIC,
                )  # fmt: skip
                layer.paste(255, (int(ahead), 60 + row * 190 + chance.randrange(-14, 14)), glyph)
                ahead += _font(size, "Serif").getlength(letter) * 0.98
        grain = np.random.default_rng(chance.randrange(10**6))
        if spray:
            thick = np.asarray(
                layer.filter(ImageFilter.MaxFilter(7)).filter(ImageFilter.GaussianBlur(4)), np.float32
            )
            holes = grain.random(thick.shape) > 0.25
            layer = Image.fromarray((thick * holes).astype(np.uint8))
        image.paste(ink, (0, 0), layer)
        return image, (truth,)

    return draw


def _embossed(ground: Colour, deep: float) -> Callable[[random.Random], Drawn]:
    """Letters of the ground's own colour, raised: lit from the upper left."""

    def draw(chance: random.Random) -> Drawn:
        truth = _crooked(chance, wechat=False, code=False)
        image = Image.new("L", (1200, 160 + 170 * len(truth.lines)), 0)
        pen = ImageDraw.Draw(image)
        for row, line in enumerate(truth.lines):
            length = _font(100, bold=True).getlength(line)
            size = min(100, int(100 * 1080 / length))
            pen.text((60, 70 + row * 170), line, 255, _font(size, bold=True))
        raised = np.asarray(image.filter(ImageFilter.GaussianBlur(2.0)), np.float32)
        slope = np.gradient(raised, axis=0) + np.gradient(raised, axis=1)
        lit = np.array(ground, np.float32) + deep * slope[:, :, None]
        return Image.fromarray(np.clip(lit, 0, 255).astype(np.uint8)), (truth,)

    return draw


def _curved(paper: Colour, ink: Colour, bend: float) -> Callable[[random.Random], Drawn]:
    """A card around a post, seen from a little above: squeezed, bowed and darker towards its edges."""

    def draw(chance: random.Random) -> Drawn:
        truth = _crooked(chance, code=False)
        card = np.asarray(_card_of(truth, paper, ink, ink))
        height, width = card.shape[:2]
        seen, sag = int(width * np.sin(bend) / bend), 0.12 * width
        down, across = np.mgrid[0 : height + int(sag), 0:seen].astype(np.float32)
        aside = np.clip((across / seen * 2 - 1) * np.sin(bend), -1, 1)
        x = (np.arcsin(aside) / bend + 1) / 2 * (width - 1)
        y = down - sag * (np.sqrt(1 - aside**2) - np.cos(bend)) / (1 - np.cos(bend))
        off = (y < 0) | (y > height - 1)
        shade = 0.45 + 0.55 * np.sqrt(1 - aside**2)
        found = card[np.clip(y, 0, height - 1).astype(int), np.clip(x, 0, width - 1).astype(int)]
        lit = np.where(off[:, :, None], 110.0, found.astype(np.float32)) * shade[:, :, None]
        return Image.fromarray(lit.astype(np.uint8)), (truth,)

    return draw


def _tiny(paper: Colour, ink: Colour) -> Callable[[random.Random], Drawn]:
    """A card somewhere on a wall five times as wide."""

    def draw(chance: random.Random) -> Drawn:
        truth = _crooked(chance)
        card = _card_of(truth, paper, ink, ink)
        wall = Image.new("RGB", (5000, 3400), chance.choice(WALLS))
        wall.paste(card, (chance.randrange(200, 3800), chance.randrange(200, 2500)))
        return wall.resize((2500, 1700), Image.Resampling.LANCZOS), (truth,)

    return draw


def _wall(
    places: str, *, honest: int = 1, gap: int = 40, same_ground: bool = False
) -> Callable[[random.Random], Drawn]:
    """A crooked card among honest ones: beside each other ("row"), below each other ("column"), or apart ("scatter")."""

    def draw(chance: random.Random) -> Drawn:
        truths = [_crooked(chance), *(posted(one, chance) for one in chance.sample(HONEST, honest))]
        chance.shuffle(truths)
        papers: list[Colour] = [(255, 236, 120), (250, 250, 250), (180, 225, 255), (255, 205, 215)]
        chance.shuffle(papers)
        wall = chance.choice(WALLS)
        cards = []
        for truth, paper in zip(truths, papers, strict=False):
            card = _card_of(truth, wall if same_ground else paper, (10, 10, 10), (150, 0, 0))
            cards.append(card.resize((760, int(card.height * 0.76)), Image.Resampling.LANCZOS))
        if places == "row":
            spots = [
                (gap + place * (760 + gap), gap + chance.randrange(0, 80)) for place in range(len(cards))
            ]
        elif places == "column":
            tops = np.cumsum([gap, *(card.height + gap for card in cards[:-1])])
            spots = [(gap + chance.randrange(0, 60), int(top)) for top in tops]
        else:
            spots = [
                ((place % 2) * 830 + gap, (place // 2) * 760 + (place % 2) * 120 + gap)
                for place in range(len(cards))
            ]
        size = (
            max(x + card.width for (x, _), card in zip(spots, cards, strict=True)) + gap,
            max(y + card.height for (_, y), card in zip(spots, cards, strict=True)) + gap,
        )
        image = Image.new("RGB", size, wall)
        for card, (x, y) in zip(cards, spots, strict=True):
            tilt = 0 if same_ground else chance.uniform(-4, 4)
            mask = Image.new("L", card.size, 255).rotate(tilt, expand=True)
            image.paste(card.rotate(tilt, Image.Resampling.BICUBIC, expand=True), (x, y), mask)
        return image, tuple(truths)

    return draw


_W, _K, _R, _Y, _B, _G = (
    (255, 255, 255),
    (15, 15, 15),
    (200, 20, 20),
    (255, 236, 120),
    (20, 60, 160),
    (20, 110, 60),
)
_PINK, _SKY, _CREAM = (255, 205, 215), (190, 225, 255), (250, 243, 225)

LAYOUTS: tuple[Layout, ...] = (
    *(Layout(f"card {number}", "card", draw) for number, draw in enumerate((
        _card(_Y, _K, _R, band=True), _card(_W, _K, _R, frame=True), _card(_PINK, _K, _B, code="below"),
        _card(_SKY, _B, _R, columns=True), _card(_W, _K, _G, face="Serif", code="none"), _card(_Y, _R, _R, size=60, code="none"),
        _card(_CREAM, _K, _R, spacing=2.1), _card(_W, _K, _K, band=True, code="below", frame=True), _card(_K, _W, _Y),
        _card(_G, _W, _Y, band=True),
    ), start=1)),
    *(Layout(f"white on red {number}", "white on red", draw) for number, draw in enumerate((
        _card(_R, _W, _Y), _card(_R, _Y, _W, columns=True, code="none"), _card((170, 0, 0), _W, _W, frame=True, spacing=1.9),
    ), start=1)),
    *(Layout(f"A4 notice {number}", "A4 notice", draw) for number, draw in enumerate((
        _notice("Sans", True), _notice("Serif", True), _notice("Sans", False), _notice("Serif", False),
    ), start=1)),
    *(Layout(f"elevator poster {number}", "elevator poster", draw) for number, draw in enumerate((
        _poster(_R, (120, 0, 40), _Y), _poster(_B, (10, 20, 70), _W), _poster((255, 160, 40), _R, _W), _poster(_W, _SKY, _B),
        _poster(_G, (5, 50, 30), _W),
    ), start=1)),
    *(Layout(f"SMS {number}", "SMS", _sms(dark)) for number, dark in enumerate((False, True), start=1)),
    *(Layout(f"chat {number}", "chat", _chat(colour)) for number, colour in enumerate(((149, 236, 105), (200, 220, 255)), 1)),
    *(Layout(f"long screenshot {number}", "long screenshot", _chat(colour, long=True))
      for number, colour in enumerate(((149, 236, 105), (200, 220, 255)), start=1)),
    *(Layout(f"shop sign {number}", "shop sign", draw) for number, draw in enumerate((
        _sign(_R, _Y, 2), _sign(_B, _W, 1), _sign(_W, _R, 3), _sign(_K, (255, 200, 60), 2),
    ), start=1)),
    *(Layout(f"vertical {number}", "vertical", draw) for number, draw in enumerate((
        _vertical(_R, _Y), _vertical(_W, _K, "Serif"), _vertical(_Y, _R), _vertical(_B, _W),
    ), start=1)),
    *(Layout(f"hand-written {number}", "hand-written", draw) for number, draw in enumerate((
        _shaken(_W, _K, False), _shaken(_CREAM, _B, False), _shaken((70, 60, 50), _W, False),
    ), start=1)),
    *(Layout(f"sprayed {number}", "sprayed", draw) for number, draw in enumerate((
        _shaken((188, 176, 160), (25, 25, 25), True), _shaken((150, 148, 142), (170, 20, 20), True),
    ), start=1)),
    *(Layout(f"embossed {number}", "embossed", draw) for number, draw in enumerate((
        _embossed((150, 150, 155), 1.2), _embossed((190, 60, 50), 1.6),
    ), start=1)),
    *(Layout(f"curved {number}", "curved", draw) for number, draw in enumerate((
        _curved(_W, _R, 0.8), _curved(_Y, _K, 1.15),
    ), start=1)),
    *(Layout(f"tiny {number}", "tiny", draw) for number, draw in enumerate((_tiny(_W, _R), _tiny(_Y, _K)), start=1)),
    *(Layout(f"several ads {number}", "several ads", draw) for number, draw in enumerate((
        _wall("row"), _wall("column"), _wall("row", same_ground=True, gap=150), _wall("scatter", honest=2), _wall("scatter", honest=3),
        _wall("row", gap=14), _wall("column", gap=14), _wall("column", honest=2), _wall("row", honest=2),
    ), start=1)),
)  # fmt: skip
