"""What tells that two files show the same picture: SHA-256 of the bytes, PDQ of the pixels."""

import hashlib
from dataclasses import dataclass

import numpy as np
from PIL import Image

COMPARABLE_FROM = 50
"""PDQ quality from which a hash says anything: the figure of Meta's "The TMK+PDQF Video-Hashing Algorithm and
the PDQ Image-Hashing Algorithm" (2019). Below it, blank walls would all be "the same picture"."""


@dataclass(frozen=True, slots=True)
class PictureHash:
    """`pdq`: 64 hexadecimal digits, or None when the picture has too little in it to be told from others.
    `quality`: 0–100.
    """

    pdq: str | None
    quality: int


def sha256(data: bytes) -> str:
    """64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def picture_hash(image: Image.Image) -> PictureHash:
    """PDQ of an RGB picture, brought to 512 × 512 first as the reference does (which also bounds memory)."""
    import pdqhash  # loaded in a worker only

    small = np.ascontiguousarray(image.resize((512, 512), Image.Resampling.BOX))
    bits, quality = pdqhash.compute(small)
    if quality < COMPARABLE_FROM:
        return PictureHash(None, int(quality))
    return PictureHash(np.packbits(bits.astype(np.uint8)).tobytes().hex(), int(quality))
