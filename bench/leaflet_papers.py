"""Printed papers: cards, posters, notices, shop signs, columns."""

import random
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw

from bench.leaflet_pens import Colour, Drawn, code_image, crooked, font, write
from bench.leaflet_texts import Posted


def card(
    paper: Colour, ink: Colour, accent: Colour, *, band: bool = False, code: str = "right", face: str = "Sans",
    size: int = 52, columns: bool = False, frame: bool = False, spacing: float = 1.5,
) -> Callable[[random.Random], Drawn]:  # fmt: skip
    """A small card: title, offer, number; the code at the right, below, or none."""

    def draw(chance: random.Random) -> Drawn:
        truth = crooked(chance, code=code != "none")
        return card_of(truth, paper, ink, accent, band, code, face, size, columns, frame, spacing), (truth,)

    return draw


def card_of(
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
    write(pen, (width / 2, size * 1.1), truth.offer.title, head, int(size * 1.6), width - 2 * margin,
           face=face, bold=True, anchor="mm")  # fmt: skip
    top = int(size * 2.6)
    for place, line in enumerate(body):
        column, row = (place % 2, place // 2) if columns else (0, place)
        room = (width - 2 * margin) / (2 if columns else 1) - 20
        write(pen, (margin + column * (width / 2), top + row * step), line, ink, size, room, face=face)
    top += rows * step
    room = width - 2 * margin - (side + 30 if code == "right" else 0)
    for place, line in enumerate(below):
        write(pen, (margin, top + place * step), line, accent, int(size * 1.1), room, face=face, bold=True)
    if side:
        at = (
            (width - margin - side, top)
            if code == "right"
            else (width // 2 - side // 2, top + len(below) * step)
        )
        image.paste(code_image(truth.code, side), at)
    return image


def poster(top: Colour, bottom: Colour, ink: Colour) -> Callable[[random.Random], Drawn]:
    """An elevator poster: a ground that changes colour, a large title, the number in a bar at the foot."""

    def draw(chance: random.Random) -> Drawn:
        truth = crooked(chance)
        width, height = 1000, 1500
        blend = np.linspace(0, 1, height)[:, None, None]
        ground = np.array(top) * (1 - blend) + np.array(bottom) * blend
        image = Image.fromarray(np.broadcast_to(ground, (height, width, 3)).astype(np.uint8).copy())
        pen = ImageDraw.Draw(image)
        write(pen, (500, 200), truth.offer.title, ink, 150, 900, bold=True, anchor="mm")
        for place, line in enumerate(truth.offer.lines):
            write(pen, (500, 480 + place * 130), line, ink, 72, 860, anchor="mm")
        pen.rectangle((0, 1150, width, height), fill=(250, 250, 250))
        for place, line in enumerate(truth.lines[1 + len(truth.offer.lines) :]):
            write(pen, (60, 1210 + place * 110), line, (20, 20, 20), 60, 560, bold=True)
        image.paste(code_image(truth.code, 300), (650, 1175))
        return image, (truth,)

    return draw


def notice(face: str, centred: bool) -> Callable[[random.Random], Drawn]:
    """An A4 sheet, black on white."""

    def draw(chance: random.Random) -> Drawn:
        truth = crooked(chance, code=centred)
        image = Image.new("RGB", (1100, 1556), (252, 252, 250))
        pen = ImageDraw.Draw(image)
        write(pen, (550, 160), truth.offer.title, (0, 0, 0), 110, 950, face=face, bold=True, anchor="mm")
        for place, line in enumerate(truth.lines[1:]):
            at, anchor = ((550, 340 + place * 120), "mm") if centred else ((110, 310 + place * 120), "la")
            write(pen, at, line, (15, 15, 15), 64, 880, face=face, anchor=anchor)
        if truth.code:
            image.paste(code_image(truth.code, 340), (380, 1050))
        return image, (truth,)

    return draw


def sign(ground: Colour, ink: Colour, lines: int) -> Callable[[random.Random], Drawn]:
    """A shop's sign: one or two lines of large writing and a number."""

    def draw(chance: random.Random) -> Drawn:
        truth = crooked(chance, wechat=False, code=False)
        image = Image.new("RGB", (1600, 300 + 140 * lines), ground)
        pen = ImageDraw.Draw(image)
        write(pen, (800, 130), truth.offer.title, ink, 170, 1500, bold=True, anchor="mm")
        shown = truth.offer.lines[: lines - 1]
        for place, line in enumerate((*shown, f"电话：{truth.phone}")):
            write(pen, (800, 300 + place * 140), line, ink, 92, 1400, bold=True, anchor="mm")
        kept = Posted(type(truth.offer)(truth.offer.title, shown, truth.offer.schemes), truth.phone, "", "")
        return image, (kept,)

    return draw


def vertical(ground: Colour, ink: Colour, face: str = "Sans") -> Callable[[random.Random], Drawn]:
    """Columns from right to left, the number across the foot."""

    def draw(chance: random.Random) -> Drawn:
        truth = crooked(chance, wechat=False, code=False)
        image = Image.new("RGB", (760, 1320), ground)
        pen = ImageDraw.Draw(image)
        for column, line in enumerate((truth.offer.title, *truth.offer.lines)):
            size = 96 if column == 0 else 64
            for place, letter in enumerate(line.replace(" ", "")):
                at = (640 - column * 170, 90 + place * size * 1.12)
                pen.text(at, letter, ink, font(size, face, bold=column == 0), anchor="mm")
        write(pen, (380, 1250), f"电话：{truth.phone}", ink, 64, 700, bold=True, anchor="mm")
        return image, (truth,)

    return draw
