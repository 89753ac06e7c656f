"""Which lines of writing run off the edge of a picture: what is not on it nobody can read, and it can be taken again."""

from collections.abc import Sequence

import numpy as np
from numpy import uint8
from numpy.typing import NDArray

from knowledge.pictures.lines import TextLine
from knowledge.pictures.symbols import Box

_NEAR = 0.06
"""Of a line's height: whatever ends nearer to the edge than this goes on behind it, or ends exactly there."""
_BAND = 2
"""Pixels at the edge in which ink is looked for."""
_INKED = 0.5
"""Of the line's own contrast: what ends exactly at the edge leaves the band bland."""
_LEVEL = 1.9
"""Times as high as its letters are broad: a line with a taller box is tilted, and the box holds much beside it."""
_LEAST_CONTRAST = 40.0
"""Of 255, for a line and for its ink at the edge."""


def running_off(lines: Sequence[TextLine], grey: NDArray[uint8], scale: float) -> tuple[int, ...]:
    """The places, among the lines, of those with ink at the very edge. `grey`: the picture (height × width);
    `scale`: pixels of the whole picture, in which the boxes are, for one of it.
    """
    return tuple(
        place
        for place, line in enumerate(lines)
        if len(line.text) > 1 and _is_level(line) and _runs_off([edge / scale for edge in line.box], grey)
    )


def _is_level(line: TextLine) -> bool:
    """Whether it stands upright, in a row or in a column."""
    across, down = line.box[2] - line.box[0], line.box[3] - line.box[1]
    letters = sum(2 if ord(letter) > 0x2E7F else 1 for letter in line.text)
    return min(across, down) <= _LEVEL * 2 * max(across, down) / letters


def _runs_off(box: Sequence[float], grey: NDArray[uint8]) -> bool:
    height, width = grey.shape
    left, top, right, bottom = box
    near = max(_BAND, _NEAR * min(right - left, bottom - top))
    inside = _cut((round(left), round(top), round(right), round(bottom)), grey)
    contrast = _contrast(inside)
    if contrast < _LEAST_CONTRAST:
        return False
    bands = [
        inside[:, :_BAND] if left <= near else None,
        inside[:_BAND] if top <= near else None,
        inside[:, -_BAND:] if right >= width - near else None,
        inside[-_BAND:] if bottom >= height - near else None,
    ]
    least = max(_LEAST_CONTRAST, _INKED * contrast)
    return any(_contrast(band) >= least for band in bands if band is not None)


def _cut(box: Box, grey: NDArray[uint8]) -> NDArray[uint8]:
    """The box, out to the edge where it nearly reaches it."""
    height, width = grey.shape
    left, top, right, bottom = box
    near = max(_BAND, round(_NEAR * min(right - left, bottom - top)))
    return grey[
        0 if top <= near else top : height if bottom >= height - near else bottom,
        0 if left <= near else left : width if right >= width - near else right,
    ]


def _contrast(piece: NDArray[uint8]) -> float:
    if not piece.size:
        return 0.0
    darkest, lightest = np.percentile(piece, (4, 96))
    return float(lightest - darkest)
