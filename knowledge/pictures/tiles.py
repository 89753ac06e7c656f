"""Cutting a long screenshot or a banner into pieces that are read one after another at full size.

Scaled down as a whole, a screenshot of 1080 × 20,000 pixels would be 70 pixels wide. So a strip is cut along
its longer side where it is blandest: between two lines, not through one. Where no row is bland (a dense page, a patterned
ground) two tiles overlap, so that the line on the seam is whole in one of them, and `read_once` tells which reading counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy import uint8
from numpy.typing import NDArray

TALL_FROM = 2.5
"""Taller than this many times its width, a picture is a strip. (A phone's own screen is at most 2.3.)"""
WIDE_FROM = 16.0
"""Wider than this many times its height likewise. A banner has one or two lines of large writing, which
suffer less from being scaled down than from being cut."""
MOST_TILES = 24
"""As many as can be read within the time for one picture; the rest is reported as not read."""

_STEP = 12
"""Of 255: less between two neighbouring pixels is the grain of a JPEG."""
_NEARLY = 2
"""Changes more than in the blandest row that a bland one may have."""


_BLAND_BELOW = 0.04
"""Changes for each pixel of a row's width: writing has more, a bubble's edges and a scroll bar a handful in all."""
_OVERLAP = 0.1
"""Of a tile's length: two lines of a phone's ordinary letters."""
_SAME = 0.5
"""Of the smaller box that the other one covers where both are one line."""
_AT_EDGE = 4
"""Pixels from a tile's edge within which a line may be cut."""

Box = tuple[int, int, int, int]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A piece of the picture, in its pixels: left, top, right, bottom."""

    left: int
    top: int
    right: int
    bottom: int


def tiles(grey: NDArray[uint8], length: int) -> tuple[Tile, ...]:
    """The whole picture (height × width) as one tile, or a strip cut into tiles of about `length` along its
    longer side. The caller reads at most `MOST_TILES` of them.
    """
    height, width = grey.shape
    if height <= TALL_FROM * width and width <= WIDE_FROM * height:
        return (Tile(0, 0, width, height),)
    step = max(length, min(height, width))
    if height > width:
        room = round(_OVERLAP * step)
        cut = []
        for top, bottom in pairwise(_cuts(grey, step)):
            begin = max(0, top - room) if top and _is_busy(grey[top]) else top
            cut.append(
                Tile(
                    0,
                    begin,
                    width,
                    min(height, bottom + room) if bottom < height and _is_busy(grey[bottom]) else bottom,
                )
            )
        return tuple(cut)
    edges = _cuts(grey.T, step)
    return tuple(Tile(left, 0, right, height) for left, right in pairwise(edges))


def read_once(
    upper: Tile, lower: Tile, above: Sequence[tuple[Box, float]], below: Sequence[tuple[Box, float]]
) -> tuple[set[int], set[int]]:
    """Which readings (box, confidence) of two tiles that overlap are of a line that the other one has read better: places
    among `above`, and among `below`. A line that its tile's edge cuts gives way to the other, then the less sure one.
    """
    worse: tuple[set[int], set[int]] = (set(), set())
    for place, (box, sure) in enumerate(above):
        if box[3] <= lower.top:
            continue
        for other, (again, sure_again) in enumerate(below):
            if again[1] >= upper.bottom or not _is_same(box, again):
                continue
            cut, cut_again = box[3] >= upper.bottom - _AT_EDGE, again[1] <= lower.top + _AT_EDGE
            gives_way = cut if cut != cut_again else sure < sure_again
            worse[0 if gives_way else 1].add(place if gives_way else other)
    return worse


def _is_same(box: Box, other: Box) -> bool:
    across = min(box[2], other[2]) - max(box[0], other[0])
    down = min(box[3], other[3]) - max(box[1], other[1])
    smaller = min((one[2] - one[0]) * (one[3] - one[1]) for one in (box, other))
    return across > 0 and down > 0 and across * down >= _SAME * smaller


def _is_busy(row: NDArray[uint8]) -> bool:
    return bool(int(_changes(row[None, :])[0]) >= _BLAND_BELOW * row.shape[0])


def _cuts(grey: NDArray[uint8], step: int) -> list[int]:
    """Where to cut a tall picture, its two ends included; each cut is sought in the last third of a step."""
    height = grey.shape[0]
    edges = [0]
    while height - edges[-1] > step * 1.2:
        begin = edges[-1] + step * 2 // 3
        edges.append(begin + _blandest(_changes(grey[begin : edges[-1] + step])))
    return [*edges, height]


def _changes(window: NDArray[uint8]) -> NDArray[np.int64]:
    """How often each row changes from light to dark or back. Not by its contrast: the edge of a bubble or a scroll bar
    runs through every row, and a line of writing changes far more often.
    """
    steps = np.abs(np.diff(window.astype(np.int16), axis=1)) >= _STEP
    return np.asarray(np.count_nonzero(steps, axis=1))


def _blandest(changes: NDArray[np.int64]) -> int:
    """The middle of the longest run of rows that are nearly as bland as the blandest one."""
    bland = changes <= int(changes.min()) + _NEARLY
    starts_and_ends = np.flatnonzero(np.diff(np.concatenate(([False], bland, [False]))))
    starts, ends = starts_and_ends[::2], starts_and_ends[1::2]
    longest = int(np.argmax(ends - starts))
    return int(starts[longest] + ends[longest]) // 2
