"""Fifty-six ways in which an ad is laid out, drawn with a known truth.

Set in Noto (Debian package fonts-noto-cjk): what no font shows is marked so. "Hand-written" and "sprayed" are glyphs
shaken, thickened and broken up; real handwriting is harder. "Embossed" is light and shade alone, "curved" a card around
a lamp post, "tiny" a card of a fifth of the picture's width.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass

from bench.leaflet_papers import card, notice, poster, sign, vertical
from bench.leaflet_pens import Drawn
from bench.leaflet_rough import curved, embossed, shaken, tiny
from bench.leaflet_screens import chat, sms
from bench.leaflet_walls import wall


@dataclass(frozen=True, slots=True)
class Layout:
    """`family` groups layouts in the table; `rough` ones (hand-written, sprayed, embossed, curved, tiny) have a row of their own."""

    name: str
    family: str
    draw: Callable[[random.Random], Drawn]

    @property
    def rough(self) -> bool:
        return self.family in ("hand-written", "sprayed", "embossed", "curved", "tiny")


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
        card(_Y, _K, _R, band=True), card(_W, _K, _R, frame=True), card(_PINK, _K, _B, code="below"),
        card(_SKY, _B, _R, columns=True), card(_W, _K, _G, face="Serif", code="none"), card(_Y, _R, _R, size=60, code="none"),
        card(_CREAM, _K, _R, spacing=2.1), card(_W, _K, _K, band=True, code="below", frame=True), card(_K, _W, _Y),
        card(_G, _W, _Y, band=True),
    ), start=1)),
    *(Layout(f"white on red {number}", "white on red", draw) for number, draw in enumerate((
        card(_R, _W, _Y), card(_R, _Y, _W, columns=True, code="none"), card((170, 0, 0), _W, _W, frame=True, spacing=1.9),
    ), start=1)),
    *(Layout(f"A4 notice {number}", "A4 notice", draw) for number, draw in enumerate((
        notice("Sans", True), notice("Serif", True), notice("Sans", False), notice("Serif", False),
    ), start=1)),
    *(Layout(f"elevator poster {number}", "elevator poster", draw) for number, draw in enumerate((
        poster(_R, (120, 0, 40), _Y), poster(_B, (10, 20, 70), _W), poster((255, 160, 40), _R, _W), poster(_W, _SKY, _B),
        poster(_G, (5, 50, 30), _W),
    ), start=1)),
    *(Layout(f"SMS {number}", "SMS", sms(dark)) for number, dark in enumerate((False, True), start=1)),
    *(Layout(f"chat {number}", "chat", chat(colour)) for number, colour in enumerate(((149, 236, 105), (200, 220, 255)), 1)),
    *(Layout(f"long screenshot {number}", "long screenshot", chat(colour, long=True))
      for number, colour in enumerate(((149, 236, 105), (200, 220, 255)), start=1)),
    *(Layout(f"shop sign {number}", "shop sign", draw) for number, draw in enumerate((
        sign(_R, _Y, 2), sign(_B, _W, 1), sign(_W, _R, 3), sign(_K, (255, 200, 60), 2),
    ), start=1)),
    *(Layout(f"vertical {number}", "vertical", draw) for number, draw in enumerate((
        vertical(_R, _Y), vertical(_W, _K, "Serif"), vertical(_Y, _R), vertical(_B, _W),
    ), start=1)),
    *(Layout(f"hand-written {number}", "hand-written", draw) for number, draw in enumerate((
        shaken(_W, _K, False), shaken(_CREAM, _B, False), shaken((70, 60, 50), _W, False),
    ), start=1)),
    *(Layout(f"sprayed {number}", "sprayed", draw) for number, draw in enumerate((
        shaken((188, 176, 160), (25, 25, 25), True), shaken((150, 148, 142), (170, 20, 20), True),
    ), start=1)),
    *(Layout(f"embossed {number}", "embossed", draw) for number, draw in enumerate((
        embossed((150, 150, 155), 1.2), embossed((190, 60, 50), 1.6),
    ), start=1)),
    *(Layout(f"curved {number}", "curved", draw) for number, draw in enumerate((
        curved(_W, _R, 0.8), curved(_Y, _K, 1.15),
    ), start=1)),
    *(Layout(f"tiny {number}", "tiny", draw) for number, draw in enumerate((tiny(_W, _R), tiny(_Y, _K)), start=1)),
    *(Layout(f"several ads {number}", "several ads", draw) for number, draw in enumerate((
        wall("row"), wall("column"), wall("row", same_ground=True, gap=150), wall("scatter", honest=2), wall("scatter", honest=3),
        wall("row", gap=14), wall("column", gap=14), wall("column", honest=2), wall("row", honest=2),
    ), start=1)),
)  # fmt: skip
