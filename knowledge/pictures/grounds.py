"""What ground pieces of writing and codes stand on, and what lies between two of them: room, a line, or a wall.

All in the frame in which the text runs to the right. Room is counted in line heights, so that large print may stand wide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

import numpy as np
from numpy import float32, uint8
from numpy.typing import NDArray

from knowledge.pictures.reading_order import Point

_LINE_BETWEEN = 1.5
"""What a ruled line, or a change of ground (a headline on its band), adds to the room."""
_PAPER_BETWEEN = 2.5
"""What a ground of another hue adds: shadow makes a paper darker, not bluer."""
WALL_BETWEEN = 6.0
"""What a stretch of a third colour adds."""
_OTHER_COLOUR = 30.0
"""Of 255, in one channel: more than shadow and noise do over the width of a gap."""
_OTHER_HUE = 0.12
"""In one channel, as a share of the three's mean."""
_FARTHEST = 12.0
_NEIGHBOURS = 12
_QUIET = 0.2
"""Of a code's side: the white border that belongs to it, at least four modules wide (ISO/IEC 18004, 9.1)."""
_SLANTS = (0.0, 0.04, -0.04, 0.08, -0.08, 0.13, -0.13, 0.19, -0.19)
"""How far the edge of a paper may lean against the writing (the tangent): papers hang askew, and a camera held aslant
turns their edges further."""
_LANES = 15


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of writing, or a code (without text). Corners in pixels of the picture that is looked at."""

    corners: tuple[Point, Point, Point, Point]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A part in the frame in which the text runs to the right."""

    left: float
    top: float
    right: float
    bottom: float
    is_code: bool

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def quiet(self) -> float:
        """How far its own white border reaches."""
        return _QUIET * self.height if self.is_code else 0.0


def place(part: Part, along: Point) -> Placed:
    """Where a part stands in the frame of the text."""
    ahead = sorted(x * along[0] + y * along[1] for x, y in part.corners)
    down = sorted(y * along[0] - x * along[1] for x, y in part.corners)
    # The middle of each pair spares a slanted line the height that its slant would add, and a turned code both.
    top, bottom = (down[0] + down[1]) / 2, (down[2] + down[3]) / 2
    left, right = ahead[0], ahead[3]
    if not part.text:
        left, right = (ahead[0] + ahead[1]) / 2, (ahead[2] + ahead[3]) / 2
    return Placed(left, top, right, max(bottom, top + 1.0), not part.text)


@dataclass(frozen=True, slots=True)
class Bond:
    """Two parts that might belong together, as indices. `cost`: the room between them and what lies in it."""

    one: int
    other: int
    room: float
    cost: float
    beside: bool


def colours_at(
    ahead: NDArray[float32], down: NDArray[float32], along: Point, colour: NDArray[uint8]
) -> NDArray[float32]:
    """The colours at places in the frame of the text."""
    height, width = colour.shape[:2]
    x = np.clip(ahead * along[0] - down * along[1], 0, width - 1).astype(np.intp)
    y = np.clip(ahead * along[1] + down * along[0], 0, height - 1).astype(np.intp)
    return colour[y, x].astype(float32)


def ground_of(
    one: Placed,
    along: Point,
    colour: NDArray[uint8] | None,
    usual: float,
    sides: tuple[str, ...] = ("above", "below"),
) -> NDArray[float32]:
    """What the part stands on: the median just outside its edges, `sides` of them; outside a code's border."""
    if colour is None:
        return np.zeros(3, float32)
    margin = 1.25 * one.quiet if one.is_code else 0.1 * min(one.height, 2 * usual)
    across = np.linspace(one.left, one.right, 40, dtype=float32)
    places = {"above": one.top - margin, "below": one.bottom + margin}
    edges = [colours_at(across, np.full(40, places[side], float32), along, colour) for side in sides]
    if one.is_code:
        upright = np.linspace(one.top, one.bottom, 40, dtype=float32)
        beside = (one.left - margin, one.right + margin)
        edges += [colours_at(np.full(40, edge, float32), upright, along, colour) for edge in beside]
    return np.median(np.concatenate(edges), axis=0).astype(float32)


class Grounds:
    """The parts of one picture and what lies between them. Without its pixels only the room is known."""

    def __init__(self, placed: Sequence[Placed], along: Point, colour: NDArray[uint8] | None) -> None:
        self._placed, self._along, self._colour = placed, along, colour
        heights = [one.height for one in placed if not one.is_code]
        self._usual = float(np.median(heights)) if heights else 40.0
        self._under = [ground_of(one, along, colour, self._usual) for one in placed]

    def bonds(self) -> list[Bond]:
        """Pairs that might belong together, the closest first."""
        near: set[tuple[float, int, int]] = set()
        for index in range(len(self._placed)):
            rooms = [
                (self._room(index, at), min(index, at), max(index, at))
                for at in range(len(self._placed))
                if at != index
            ]
            near.update(room for room in sorted(rooms)[:_NEIGHBOURS] if room[0] <= _FARTHEST)
        bonds = []
        for room, first, second in near:
            one, other = self._placed[first], self._placed[second]
            across = min(one.right, other.right) - max(one.left, other.left)
            bonds.append(Bond(first, second, room, room + self._between(first, second, (0.0,)), across < 0))
        return sorted(bonds, key=lambda bond: (bond.cost, bond.one, bond.other))

    def closely(self, bond: Bond) -> float:
        """What the bond costs when edges that lean are looked for too."""
        return max(bond.cost, bond.room + self._between(bond.one, bond.other, _SLANTS))

    def _unit(self, one: Placed, other: Placed) -> float:
        heights = [part.height for part in (one, other) if not part.is_code]
        return sum(heights) / len(heights) if heights else self._usual

    def _room(self, first: int, second: int) -> float:
        one, other = self._placed[first], self._placed[second]
        aside = max(0.0, one.left - other.right, other.left - one.right)
        below = max(0.0, one.top - other.bottom, other.top - one.bottom)
        return hypot(aside, below) / self._unit(one, other)

    def _between(self, first: int, second: int, slants: Sequence[float]) -> float:
        """What stands between two parts, beside room: 0, a line or a change of ground, or a wall. Along straight edges:
        at each slant the median over lanes from one part to the other shows an edge and no letters.
        """
        if self._colour is None:
            return 0.0
        one, other = self._placed[first], self._placed[second]
        unit = self._unit(one, other)
        if min(one.right, other.right) > max(one.left, other.left):  # one below the other
            upright, swapped = True, one.top > other.top
            low, high = max(one.left, other.left), min(one.right, other.right)
        else:
            upright, swapped = False, one.left > other.left
            low, high = max(one.top, other.top), min(one.bottom, other.bottom)
            if high <= low:  # neither beside nor below: look along the middle of the gap
                low = high = (low + high) / 2
        before, after = (other, one) if swapped else (one, other)
        grounds = self._under[second if swapped else first], self._under[first if swapped else second]
        begin, end = (before.bottom, after.top) if upright else (before.right, after.left)
        begin, end = begin + max(0.1 * unit, before.quiet), end - max(0.1 * unit, after.quiet)
        changed = _change(*grounds)
        steps = int(end - begin)
        if steps < 2:
            return changed if before.is_code or after.is_code else 0.0
        count = min(steps, 200)
        ways = np.linspace(begin, end, count, dtype=float32)
        inset = 0.05 * (high - low)
        lanes = np.linspace(low + inset, high - inset, _LANES, dtype=float32)
        found = changed
        for slant in slants:
            way = ways[:, None] + (lanes - (low + high) / 2)[None, :] * np.float32(slant)
            lane = np.broadcast_to(lanes, way.shape)
            seen = (
                colours_at(lane, way, self._along, self._colour)
                if upright
                else colours_at(way, lane, self._along, self._colour)
            )
            stretch = _stretch(np.median(seen, axis=1), grounds) * (end - begin) / count
            if stretch > max(2.0, 0.25 * unit):
                return WALL_BETWEEN
            if stretch >= max(1.5, 0.04 * unit):
                found = max(found, _LINE_BETWEEN)
        return found


def _change(one: NDArray[float32], other: NDArray[float32]) -> float:
    """What it means that two grounds differ."""
    hues = [ground / max(30.0, float(ground.mean())) for ground in (one, other)]
    if float(np.abs(hues[0] - hues[1]).max()) > _OTHER_HUE:
        return _PAPER_BETWEEN
    return _LINE_BETWEEN if float(np.abs(one - other).max()) > 2 * _OTHER_COLOUR else 0.0


def _stretch(profile: NDArray[float32], grounds: tuple[NDArray[float32], NDArray[float32]]) -> int:
    """The longest run of colours that lie between neither ground and the other: a gradient of light does."""
    toward = grounds[1] - grounds[0]
    length = float(toward @ toward)
    share = (
        np.clip((profile - grounds[0]) @ toward / length, 0, 1)
        if length > 1
        else np.zeros(len(profile), float32)
    )
    off = np.abs(profile - (grounds[0] + share[:, None] * toward)).max(axis=1) > _OTHER_COLOUR
    edges = np.flatnonzero(np.diff(np.concatenate(([False], off, [False]))))
    return int((edges[1::2] - edges[::2]).max()) if edges.size else 0
