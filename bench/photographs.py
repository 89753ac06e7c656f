"""What a phone's camera does to a leaflet: turned, seen from the side, out of focus, badly lit, squeezed."""

import io
import random
from enum import StrEnum

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from bench.leaflet_pens import WALLS


class Level(StrEnum):
    """How it was photographed."""

    MILD = "mild"  # held nearly straight, JPEG 70
    HARD = "hard"  # turned up to 25°, from the side, and one of blur, noise, shadow, glare; JPEG 30
    SMALL = "640 px"  # nearly straight, 640 pixels wide
    SCREEN = "screen"  # photographed from another screen


LONGER_SIDE = 1600
"""Pixels of a photograph as chat programs send it."""


def photographed(picture: Image.Image, level: Level, chance: random.Random, strip: bool = False) -> bytes:
    """A JPEG. A `strip` is a screenshot and stays straight: it is scaled and squeezed only."""
    if strip:
        scale = 640 / picture.width if level is Level.SMALL else 1.0
        image = picture.resize(
            (round(picture.width * scale), round(picture.height * scale)), Image.Resampling.LANCZOS
        )
        return as_jpeg(image, 30 if level is Level.HARD else 70)
    hard = level is Level.HARD
    image = _on_wall(picture, chance)
    image = _from_the_side(image, chance, 0.09 if hard else 0.02)
    image = image.rotate(
        chance.uniform(-25, 25) if hard else chance.uniform(-5, 5), Image.Resampling.BICUBIC, expand=True,
        fillcolor=image.getpixel((2, 2)),
    )  # fmt: skip
    longer = 640 * max(1.0, image.height / image.width) if level is Level.SMALL else LONGER_SIDE
    scale = longer / max(image.size)
    image = image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.LANCZOS)
    if hard:
        image = spoilt(image, chance)
    if level is Level.SCREEN:
        image = _from_a_screen(image, chance)
    return as_jpeg(image, 30 if hard else 70)


def spoilt(image: Image.Image, chance: random.Random) -> Image.Image:
    """Out of focus, grainy, in shadow or in glare: one of them."""
    return chance.choice((_blurred, _noisy, _shadowed, _glaring))(image, chance)


def as_jpeg(image: Image.Image, quality: int) -> bytes:
    """The file that a camera would write."""
    written = io.BytesIO()
    image.save(written, "JPEG", quality=quality)
    return written.getvalue()


def _on_wall(picture: Image.Image, chance: random.Random) -> Image.Image:
    margin = round(max(picture.size) * chance.uniform(0.05, 0.15))
    wall = Image.new("RGB", (picture.width + 2 * margin, picture.height + 2 * margin), chance.choice(WALLS))
    wall.paste(picture, (margin, margin))
    return wall


def _from_the_side(image: Image.Image, chance: random.Random, most: float) -> Image.Image:
    width, height = image.size
    here = [(0, 0), (width, 0), (width, height), (0, height)]
    there = [
        (x + chance.uniform(-most, most) * width, y + chance.uniform(-most, most) * height) for x, y in here
    ]
    rows = []
    for (x, y), (u, v) in zip(there, here, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    solved = np.linalg.solve(np.array(rows, float), np.array(here, float).ravel())
    ground = image.getpixel((2, 2))
    return image.transform(
        image.size, Image.Transform.PERSPECTIVE, solved.tolist(), Image.Resampling.BICUBIC, fillcolor=ground
    )


def _blurred(image: Image.Image, chance: random.Random) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(chance.uniform(1.0, 1.8)))


def _noisy(image: Image.Image, chance: random.Random) -> Image.Image:
    grain = np.random.default_rng(chance.randrange(10**6)).normal(0, 16, (image.height, image.width, 3))
    return Image.fromarray(np.clip(np.asarray(image, np.float32) * 0.6 + grain, 0, 255).astype(np.uint8))


def _shadowed(image: Image.Image, chance: random.Random) -> Image.Image:
    shade = Image.new("L", image.size, 255)
    edge = chance.uniform(0.2, 0.8) * image.width
    corners = [(edge, 0), (image.width, 0), (image.width, image.height), (edge * 0.6, image.height)]
    ImageDraw.Draw(shade).polygon(corners, fill=100)
    lit = np.asarray(shade.filter(ImageFilter.GaussianBlur(30)), np.float32)[:, :, None] / 255
    return Image.fromarray((np.asarray(image, np.float32) * lit).astype(np.uint8))


def _glaring(image: Image.Image, chance: random.Random) -> Image.Image:
    down, across = np.mgrid[0 : image.height, 0 : image.width].astype(np.float32)
    x, y = chance.uniform(0.2, 0.8) * image.width, chance.uniform(0.2, 0.8) * image.height
    light = 150 * np.exp(-((across - x) ** 2 + (down - y) ** 2) / (2 * (0.16 * max(image.size)) ** 2))
    return Image.fromarray(
        np.clip(np.asarray(image, np.float32) + light[:, :, None], 0, 255).astype(np.uint8)
    )


def _from_a_screen(image: Image.Image, chance: random.Random) -> Image.Image:
    down, across = np.mgrid[0 : image.height, 0 : image.width].astype(np.float32)
    turn = chance.uniform(0.03, 0.12)
    stripes = 14 * np.sin((across + turn * down) * 2 * np.pi / chance.uniform(3.1, 4.7))
    beats = 10 * np.sin((down - turn * across) * 2 * np.pi / chance.uniform(40, 90))
    seen = np.asarray(image.filter(ImageFilter.GaussianBlur(0.6)), np.float32)
    return Image.fromarray(np.clip(seen + (stripes + beats)[:, :, None], 0, 255).astype(np.uint8))
