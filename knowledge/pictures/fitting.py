"""Fitting a picture of our own into what a platform takes: smaller, narrower or padded, and no more than is needed."""

import io
from dataclasses import dataclass
from typing import Final

from PIL import Image

_QUALITIES: Final = (85, 75, 65)
_SMALLER: Final = 0.75
_LEAST_SIDE: Final = 64


@dataclass(frozen=True, slots=True)
class SendLimits:
    """What a platform takes of one picture: bytes, the sum of both sides in pixels, and how many times as long as wide."""

    max_bytes: int
    max_sides: int = 100_000
    max_ratio: float = 1000.0


def fitted(data: bytes, limits: SendLimits) -> bytes:
    """The JPEG as it is where it fits; else one of its pixels that does. A strip that is too long for its width gets white
    margins, because cutting it would cut what it says. For copies of our own making: it decodes in this process.
    """
    with Image.open(io.BytesIO(data), formats=["JPEG"]) as opened:
        if len(data) <= limits.max_bytes and _has_shape(opened.size, limits):
            return data
        image = opened.convert("RGB")
    image = _shaped(image, limits)
    while True:
        for quality in _QUALITIES:
            written = io.BytesIO()
            image.save(written, "JPEG", quality=quality, optimize=True)
            if written.tell() <= limits.max_bytes:
                return written.getvalue()
        if max(image.size) * _SMALLER < _LEAST_SIDE:
            raise ValueError("no picture is so small")
        image = _scaled(image, _SMALLER)


def _has_shape(size: tuple[int, int], limits: SendLimits) -> bool:
    return sum(size) <= limits.max_sides and max(size) <= limits.max_ratio * min(size)


def _shaped(image: Image.Image, limits: SendLimits) -> Image.Image:
    least = -(-max(image.size) // int(limits.max_ratio))
    if min(image.size) < least:
        ground = Image.new("RGB", (max(image.width, least), max(image.height, least)), "white")
        ground.paste(image, ((ground.width - image.width) // 2, (ground.height - image.height) // 2))
        image = ground
    if (sides := sum(image.size)) > limits.max_sides:
        image = _scaled(image, limits.max_sides / sides)
    return image


def _scaled(image: Image.Image, factor: float) -> Image.Image:
    size = (max(1, int(image.width * factor)), max(1, int(image.height * factor)))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
