"""The order in which a person reads the lines of a picture, however it was held. Pure geometry.

Every line has a direction (of its text) and a place. The lines agree on one direction for the whole picture;
seen along it, they fall into rows, top to bottom, each read left to right. The same rule serves a tilted
photograph, one turned on its side or upside down, and columns of vertical writing (read right to left).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, degrees, hypot

Point = tuple[float, float]
"""x to the right, y down, in pixels."""


@dataclass(frozen=True, slots=True)
class Strip:
    """Where a line of text lies: four corners, and the direction of its text as a unit vector."""

    corners: tuple[Point, Point, Point, Point]
    direction: Point
    characters: int


@dataclass(frozen=True, slots=True)
class Order:
    """`rows`: indices of the strips, row by row. `angle`: degrees by which the picture is turned clockwise,
    in (-180, 180]. `gaps`: for each index the free space before it in its row, in line heights.
    """

    rows: tuple[tuple[int, ...], ...]
    angle: float
    gaps: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Levelled:
    index: int
    left: float
    right: float
    middle: float
    height: float


def in_reading_order(strips: Sequence[Strip], along: Point | None = None) -> Order:
    """Puts strips in order. An empty sequence has no rows and angle 0. `along` is the direction they share,
    where it is known from more than these.
    """
    along = along or common_direction(strips)
    levelled = [_level(index, strip, along) for index, strip in enumerate(strips)]
    rows: list[list[_Levelled]] = []
    for line in sorted(levelled, key=lambda one: one.middle):
        row = rows[-1] if rows else None
        if row is not None and _in_row(line, row):
            row.append(line)
        else:
            rows.append([line])
    gaps = [0.0] * len(strips)
    for row in rows:
        row.sort(key=lambda one: one.left)
        for before, line in pairwise(row):
            gaps[line.index] = max(0.0, line.left - before.right) / max(1.0, min(line.height, before.height))
    return Order(
        tuple(tuple(line.index for line in row) for row in rows),
        degrees(atan2(along[1], along[0])),
        tuple(gaps),
    )


def common_direction(strips: Sequence[Strip]) -> Point:
    """The sum of all directions, a long line weighing more: a few lines read upside down are outvoted."""
    x = sum(strip.direction[0] * strip.characters for strip in strips)
    y = sum(strip.direction[1] * strip.characters for strip in strips)
    length = hypot(x, y)
    return (x / length, y / length) if length > 1e-6 else (1.0, 0.0)


def _level(index: int, strip: Strip, along: Point) -> _Levelled:
    across = (-along[1], along[0])
    ahead = [x * along[0] + y * along[1] for x, y in strip.corners]
    down = sorted(x * across[0] + y * across[1] for x, y in strip.corners)
    # The middle pair spares a slightly slanted line the height that its slant would add.
    height = (down[3] + down[2] - down[1] - down[0]) / 2
    return _Levelled(index, min(ahead), max(ahead), sum(down) / 4, max(1.0, height))


def _in_row(line: _Levelled, row: Sequence[_Levelled]) -> bool:
    nearest = min(row, key=lambda other: max(other.left - line.right, line.left - other.right))
    tolerance = 0.5 * min(line.height, nearest.height)
    shared = min(line.right, nearest.right) - max(line.left, nearest.left)
    apart = abs(line.middle - nearest.middle)
    # Boxes of tiny letters are as wide again as a letter: two of one height may share that much.
    return apart < tolerance and (shared < tolerance or (shared < 2 * tolerance and apart < tolerance / 2))
