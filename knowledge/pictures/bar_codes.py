"""Bar codes however they are held: fields in which all edges run one way are found, turned upright and read.

The decoder looks along rows and columns, so that bars at 30° to 60° are not seen; and kinds without a check digit
(Code 39, ITF, Codabar) are "found" in rows of printed characters. Both are mended by reading only a field of bars, turned
upright, and by believing what two separate strips of it say alike.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy import float32, float64, uint8
from numpy.typing import NDArray

from knowledge.pictures.symbols import BARS, CHECKED_BARS, Grey, Symbol, read_symbols


@dataclass(frozen=True, slots=True)
class BarField:
    """A rectangle of bars. `across` is a unit vector over the bars, `along` one along them; the field lies between
    these distances from the picture's origin, in pixels.
    """

    across: NDArray[float64]
    along: NDArray[float64]
    left: float
    right: float
    top: float
    bottom: float

    @property
    def middle(self) -> NDArray[float64]:
        return self.across * (self.left + self.right) / 2 + self.along * (self.top + self.bottom) / 2

    def holds(self, other: "BarField") -> bool:
        """Whether the middle of the other lies in it."""
        across, along = float(other.middle @ self.across), float(other.middle @ self.along)
        return self.left < across < self.right and self.top < along < self.bottom

    def is_nearly(self, other: "BarField") -> bool:
        """Whether it is another field cut a little otherwise."""
        room = 0.2 * (other.right - other.left) + _STEP
        mine = (self.left, self.right, self.top, self.bottom)
        its = (other.left, other.right, other.top, other.bottom)
        same_way = abs(float(self.across @ other.across)) > 0.9
        return same_way and all(abs(a - b) < room for a, b in zip(mine, its, strict=True))


_STEP = 4
"""Pixels of a cell, over which directions are gathered."""
_ONE_WAY = 0.75
"""How much all edges in a neighbourhood run one way, from 0 to 1."""
_EDGES = (64_000.0, 16_000.0, 4_000.0)
"""Mean square of the slope from which cells are taken together, in turn: black bars on white have some 200 000, grey ones
4 000; the edge of a paper, which would join a field to what is beside it, has less than the bars on that paper."""
_CELLS = 60
_SHORTEST, _LOWEST = 50, 8
"""Pixels of a field over and along the bars."""
_FILLED = 0.5
_MOST_FIELDS = 8
_ENLARGED_BELOW = 500
_SHORTEST_UNCHECKED = 4
"""Characters of a code without a check digit."""
_COVERED = 0.42
"""Of the strip's width that such a code must take; a whole one takes .46 to .65 with what is kept beside it. A part of
other bars is no code."""


def find_bar_fields(grey: Grey) -> list[BarField]:
    """Where a picture may have bar codes, those of the strongest contrast first."""
    import cv2

    over, down = cv2.Sobel(grey, cv2.CV_32F, 1, 0, ksize=3), cv2.Sobel(grey, cv2.CV_32F, 0, 1, ksize=3)
    size = max(1, grey.shape[1] // _STEP), max(1, grey.shape[0] // _STEP)

    def gathered(slopes: NDArray[float32]) -> NDArray[float32]:
        coarse = cv2.blur(cv2.resize(slopes, size, interpolation=cv2.INTER_AREA), (9, 9))
        return coarse.astype(float32, copy=False)

    xx, yy, xy = gathered(over * over), gathered(down * down), gathered(over * down)
    runs_one_way = np.hypot(xx - yy, 2 * xy) / (xx + yy + 1) > _ONE_WAY
    fields: list[BarField] = []
    for edges in _EDGES:
        cells = (runs_one_way & (xx + yy > edges)).astype(uint8)
        cells = cv2.morphologyEx(cells, cv2.MORPH_CLOSE, np.ones((3, 3), uint8)).astype(uint8, copy=False)
        count, labels, sizes, _ = cv2.connectedComponentsWithStats(cells)
        large = sorted(range(1, count), key=lambda one: -int(sizes[one, cv2.CC_STAT_AREA]))
        for label in large[: 2 * _MOST_FIELDS]:
            rows, columns = np.nonzero(labels == label)
            if len(rows) < _CELLS:
                break
            tensor = (float(one[rows, columns].sum()) for one in (xx, yy, xy))
            field = _field((np.stack([columns, rows], 1) + 0.5).astype(float64) * _STEP, *tensor)
            if field is not None and not any(field.is_nearly(one) for one in fields):
                fields.append(field)
    return fields[:_MOST_FIELDS]


def _field(points: NDArray[float64], xx: float, yy: float, xy: float) -> BarField | None:
    """The rectangle that cells (n × 2) fill, turned as their edges are; None where they fill none."""
    turn = 0.5 * np.arctan2(2 * xy, xx - yy)
    across = np.array([np.cos(turn), np.sin(turn)])
    along = np.array([-np.sin(turn), np.cos(turn)])
    left, right = np.percentile(points @ across, (1, 99))
    top, bottom = np.percentile(points @ along, (5, 95))
    if right - left < _SHORTEST or bottom - top < _LOWEST:
        return None
    if len(points) * _STEP**2 < _FILLED * (right - left) * (bottom - top):
        return None
    return BarField(across, along, float(left), float(right), float(top), float(bottom))


def read_bars(grey: Grey) -> Iterator[Symbol]:
    """The bar codes in fields of bars, each once."""
    read: list[BarField] = []
    for field in find_bar_fields(grey):
        if any(one.holds(field) for one in read):
            continue
        upright, back = _upright(grey, field)
        if (symbol := _agreed(upright)) is not None:
            read.append(field)
            yield symbol.moved(lambda corners, back=back: corners @ back[:, :2].T + back[:, 2])  # type: ignore[misc]


def _agreed(upright: Grey) -> Symbol | None:
    """What two of three strips of a field say alike; all three where no check digit vouches for it."""
    height, width = upright.shape
    third = height / 3
    read = [
        symbol
        for strip in range(3)
        for symbol in read_symbols(
            np.ascontiguousarray(upright[round(strip * third) : round((strip + 1) * third)]), BARS, level=True
        )
        if _believed(symbol, width)
    ]
    said = Counter((symbol.symbology, symbol.payload) for symbol in read)
    if not said:
        return None
    most = said.most_common(1)[0]
    if most[1] < (2 if most[0][0] in CHECKED_BARS else 3):
        return None
    first = next(symbol for symbol in read if (symbol.symbology, symbol.payload) == most[0])
    across = np.array(first.corners)[:, 0]
    left, right = float(across.min()), float(across.max())
    top, bottom = 0.0, float(height)
    upside_down = first.corners[0][0] > first.corners[1][0]
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    return Symbol(*most[0], corners if not upside_down else (*corners[2:], *corners[:2]))


def _believed(symbol: Symbol, width: int) -> bool:
    if symbol.symbology in CHECKED_BARS:
        return True
    across = np.array(symbol.corners)[:, 0]
    covers = float(across.max() - across.min()) >= _COVERED * width
    return covers and len(symbol.payload) >= _SHORTEST_UNCHECKED


_BESIDE = 0.15
"""Of the field's width, kept at each end: the bars there are thinner than a cell, and the quiet zone is wanted."""


def _upright(grey: Grey, field: BarField) -> tuple[Grey, NDArray[float64]]:
    """The field with its bars upright, and the way back (2 × 3) to the picture."""
    import cv2

    long, high = field.right - field.left, field.bottom - field.top
    scale = 2.0 if long < _ENLARGED_BELOW else 1.0
    beside = 12 + _BESIDE * long
    origin = field.across * (field.left - beside) + field.along * field.top
    back = np.stack([field.across / scale, field.along / scale, origin], axis=1)
    size = round((long + 2 * beside) * scale), max(6, round(high * scale))
    upright = cv2.warpAffine(
        grey, back, size, flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE
    )
    return upright.astype(uint8, copy=False), back
