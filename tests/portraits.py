"""Draws somebody who does not exist, head and shoulders, near enough to a photograph for a face detector.

The proportions were tried until a detector was sure of them: the drawing shows that faces are looked for and what
follows, and nothing about how well faces are found on photographs.
"""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
_SKIN: Colour = (214, 170, 140)
_HAIR: Colour = (34, 26, 24)
_SHADE: Colour = (60, 24, 14)


def portrait(width: int = 900, height: int = 1200, head: float = 0.5) -> Image.Image:
    """`head`: breadth of the head's frame as a share of the picture's width; the face has about a third of the
    picture's area at .65 and a twentieth at .25.
    """
    pen = _Pen(Image.new("RGB", (width, height), (190, 195, 190)), head)
    pen.oval(0, 1.5, 1.0, 0.68, (50, 70, 110))
    pen.box(0.2, 0.35, 0.95, _mixed(_SKIN, _SHADE, 0.3))
    pen.oval(0, -0.12, 0.447, 0.78, _HAIR)
    for side in (-1, 1):
        pen.oval(0.387 * side, 0.03, 0.06, 0.12, _mixed(_SKIN, _SHADE, 0.2))
    pen.oval(0, 0, 0.387, 0.68, _SKIN)
    pen.blur(0.01)
    pen.light(0.387, 0.68)
    pen.fringe()
    for side in (-1, 1):
        pen.haze(0.227 * side, -0.041, 0.108, 0.07, _SHADE, 0.24, 0.03)
        pen.haze(0.26 * side, 0.2, 0.1, 0.09, (220, 90, 80), 0.11, 0.05)
    pen.haze(-0.06, 0.072, 0.03, 0.072, _SHADE, 0.147, 0.025)
    pen.haze(0.02, 0.086, 0.03, 0.072, (255, 240, 225), 0.35, 0.02)
    pen.haze(0, 0.178, 0.122, 0.03, _SHADE, 0.147, 0.02)
    pen.haze(0, 0.446, 0.1, 0.03, _SHADE, 0.209, 0.02)
    for side in (-1, 1):
        pen.eye(0.227 * side, -0.021)
        pen.oval(0.056 * side, 0.163, 0.02, 0.012, (70, 34, 28))
    pen.oval(0, 0.336, 0.119, 0.046, _mixed(_SKIN, (165, 50, 60), 0.6))
    pen.arc((-0.125, 0.313, 0.125, 0.349), (10, 170), (86, 26, 30), 0.016)
    pen.blur(0.012)
    return pen.with_grain()


class _Pen:
    """Draws in breadths of the head's frame, from the middle of the face."""

    def __init__(self, image: Image.Image, head: float) -> None:
        self.image = image
        self.unit = head * image.width
        self.x, self.y = image.width / 2, 0.42 * image.height

    def _corners(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        left, top, right, bottom = (edge * self.unit for edge in box)
        return self.x + left, self.y + top, self.x + right, self.y + bottom

    def _oval(self, x: float, y: float, across: float, down: float) -> tuple[float, float, float, float]:
        return self._corners((x - across, y - down, x + across, y + down))

    def oval(self, x: float, y: float, across: float, down: float, colour: Colour) -> None:
        ImageDraw.Draw(self.image).ellipse(self._oval(x, y, across, down), fill=colour)

    def box(self, across: float, top: float, bottom: float, colour: Colour) -> None:
        ImageDraw.Draw(self.image).rectangle(self._corners((-across, top, across, bottom)), fill=colour)

    def arc(
        self, box: tuple[float, float, float, float], degrees: tuple[int, int], colour: Colour, pen: float
    ) -> None:
        width = max(1, round(pen * self.unit))
        ImageDraw.Draw(self.image).arc(self._corners(box), *degrees, fill=colour, width=width)

    def fringe(self) -> None:
        box = self._corners((-0.417, -0.76, 0.417, -0.078))
        ImageDraw.Draw(self.image).chord(box, 180, 360, fill=_HAIR)

    def haze(
        self, x: float, y: float, across: float, down: float, colour: Colour, share: float, soft: float
    ) -> None:
        mask = Image.new("L", self.image.size, 0)
        ImageDraw.Draw(mask).ellipse(self._oval(x, y, across, down), fill=round(255 * share))
        self.image.paste(
            Image.new("RGB", self.image.size, colour),
            mask=mask.filter(ImageFilter.GaussianBlur(soft * self.unit)),
        )

    def eye(self, x: float, y: float) -> None:
        self.oval(x, y, 0.083, 0.032, (235, 230, 224))
        self.oval(x, y, 0.026, 0.026, (50, 32, 24))
        self.oval(x, y, 0.018, 0.018, (8, 6, 6))
        self.oval(x - 0.012, y - 0.012, 0.009, 0.009, (250, 250, 250))
        self.arc((x - 0.09, y - 0.04, x + 0.09, y + 0.035), (185, 355), (30, 18, 16), 0.011)
        brow = _mixed(_HAIR, _SHADE, 0.4)
        self.arc((x - 0.13, y - 0.1, x + 0.13, y + 0.05), (205, 335), brow, 0.031)

    def blur(self, radius: float) -> None:
        self.image = self.image.filter(ImageFilter.GaussianBlur(radius * self.unit))

    def light(self, across: float, down: float) -> None:
        rows, columns = np.mgrid[0 : self.image.height, 0 : self.image.width].astype(np.float32)
        x, y = (columns - self.x) / (across * self.unit), (rows - self.y) / (down * self.unit)
        away = np.clip(x**2 + y**2, 0, 1)
        lit = np.where(away < 1, 1.05 - 0.683 * away**1.5 - 0.06 * x, 1.0)[:, :, None]
        shaded = np.asarray(self.image, np.float32) * lit
        self.image = Image.fromarray(np.clip(shaded, 0, 255).astype(np.uint8))

    def with_grain(self) -> Image.Image:
        grain = np.random.default_rng(0).normal(0, 3, (self.image.height, self.image.width, 1))
        return Image.fromarray(np.clip(np.asarray(self.image, np.float32) + grain, 0, 255).astype(np.uint8))


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue
