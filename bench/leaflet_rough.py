"""Hard to read: hand-written, sprayed, embossed, around a post, tiny. What no font shows is glyphs shaken, thickened
and broken up; real handwriting is harder.
"""

import random
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from bench.leaflet_papers import card_of
from bench.leaflet_pens import WALLS, Colour, Drawn, crooked, font


def shaken(ground: Colour, ink: Colour, spray: bool) -> Callable[[random.Random], Drawn]:
    """Each letter turned, shifted and resized a little; sprayed ones are blurred and speckled too."""

    def draw(chance: random.Random) -> Drawn:
        truth = crooked(chance, wechat=False, code=False)
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
                ImageDraw.Draw(glyph).text((80, 80), letter, 255, font(size, "Serif"), anchor="mm")
                glyph = glyph.rotate(chance.uniform(-14, 14), Image.Resampling.BICUBIC)
                glyph = glyph.transform(
                    (160, 160), Image.Transform.AFFINE, (1, chance.uniform(-0.2, 0.2), 0, 0, 1, 0),
                    Image.Resampling.BICUBIC,
                )  # fmt: skip
                layer.paste(255, (int(ahead), 60 + row * 190 + chance.randrange(-14, 14)), glyph)
                ahead += font(size, "Serif").getlength(letter) * 0.98
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


def embossed(ground: Colour, deep: float) -> Callable[[random.Random], Drawn]:
    """Letters of the ground's own colour, raised: lit from the upper left."""

    def draw(chance: random.Random) -> Drawn:
        truth = crooked(chance, wechat=False, code=False)
        image = Image.new("L", (1200, 160 + 170 * len(truth.lines)), 0)
        pen = ImageDraw.Draw(image)
        for row, line in enumerate(truth.lines):
            length = font(100, bold=True).getlength(line)
            size = min(100, int(100 * 1080 / length))
            pen.text((60, 70 + row * 170), line, 255, font(size, bold=True))
        raised = np.asarray(image.filter(ImageFilter.GaussianBlur(2.0)), np.float32)
        slope = np.gradient(raised, axis=0) + np.gradient(raised, axis=1)
        lit = np.array(ground, np.float32) + deep * slope[:, :, None]
        return Image.fromarray(np.clip(lit, 0, 255).astype(np.uint8)), (truth,)

    return draw


def curved(paper: Colour, ink: Colour, bend: float) -> Callable[[random.Random], Drawn]:
    """A card around a post, seen from a little above: squeezed, bowed and darker towards its edges."""

    def draw(chance: random.Random) -> Drawn:
        truth = crooked(chance, code=False)
        card = np.asarray(card_of(truth, paper, ink, ink))
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


def tiny(paper: Colour, ink: Colour) -> Callable[[random.Random], Drawn]:
    """A card somewhere on a wall five times as wide."""

    def draw(chance: random.Random) -> Drawn:
        truth = crooked(chance)
        card = card_of(truth, paper, ink, ink)
        wall = Image.new("RGB", (5000, 3400), chance.choice(WALLS))
        wall.paste(card, (chance.randrange(200, 3800), chance.randrange(200, 2500)))
        return wall.resize((2500, 1700), Image.Resampling.LANCZOS), (truth,)

    return draw
