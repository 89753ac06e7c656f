"""A line on a bent paper laid straight: a card around a lamp post, a poster on a pillar.

Its arc is sought by trying: pushed up and down by the right one, column for column, the rows of the crop fall into ink and
gaps as far apart as they can be. Neighbouring lines are bent alike, so that what of them is in the crop only helps.
"""

from typing import Any

import numpy as np
from numpy import float32, uint8
from numpy.typing import NDArray

_TALL = 48
"""Pixels of height in which an arc is sought."""
_ARCS = np.arange(-24, 25, 3)
"""Heights of an arc, and below of a slope, in those pixels."""
_SLOPES = np.arange(-9, 10, 3)
_CLEARER_BY = 1.15
"""Times as far apart as without an arc; less is a line that is straight already."""
_BAND = 0.35
"""Of the fullest row's ink: with less, a row lies between two lines."""


def straightened(crop: NDArray[uint8]) -> NDArray[uint8] | None:
    """The line in the middle of an upright crop (height × width × BGR) laid straight and cut out; None where it is
    straight, or too short to tell."""
    import cv2  # in a worker only

    tall, wide = crop.shape[:2]
    if wide < 3 * tall:
        return None
    scale = tall / _TALL
    width = round(wide / scale)
    small = cv2.resize(crop, (width, _TALL), interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    ink = np.abs(grey.astype(float32) - cv2.medianBlur(grey, 31).astype(float32))
    profiles = {
        (int(arc), int(slope)): _pushed(ink, float(arc), float(slope), 1.0).sum(axis=1)
        for arc in _ARCS
        for slope in _SLOPES
    }
    best = max(profiles, key=lambda shape: float(np.var(profiles[shape])))
    if best[0] == 0 or np.var(profiles[best]) < _CLEARER_BY * np.var(profiles[0, 0]):
        return None
    top, bottom = _band(profiles[best])
    flat = _pushed(crop, *best, scale)
    return np.ascontiguousarray(flat[round(top * scale) : round(bottom * scale)]).astype(uint8, copy=False)


def _pushed(image: NDArray[uint8] | NDArray[float32], arc: float, slope: float, scale: float) -> NDArray[Any]:
    """The image with its columns pushed up and down along an arc and a slope, given at `_TALL` pixels of height."""
    import cv2

    tall, wide = image.shape[:2]
    along = np.linspace(-1, 1, wide, dtype=float32)
    shift = scale * (arc * (1 / 3 - along * along) + slope * along)
    down = (np.arange(tall, dtype=float32)[:, None] + shift[None, :]).astype(float32)
    across = np.ascontiguousarray(np.broadcast_to(np.arange(wide, dtype=float32), (tall, wide)))
    return np.asarray(cv2.remap(image, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))


def _band(profile: NDArray[float32]) -> tuple[int, int]:
    """From and until which row the line in the middle runs, with a little around it."""
    third = _TALL // 3
    fullest = third + int(np.argmax(profile[third : 2 * third]))
    empty = profile < _BAND * profile[fullest]
    above, below = np.flatnonzero(empty[:fullest]), np.flatnonzero(empty[fullest:])
    top = int(above[-1]) if above.size else 0
    bottom = fullest + int(below[0]) if below.size else _TALL
    room = max(2, (bottom - top) // 6)
    return max(0, top - room), min(_TALL, bottom + room)
