"""Several ads in one picture told apart: a plumber's card beside a loan shark's is not evidence against the plumber.

Pure geometry and colour. Pieces of writing and codes are joined from the nearest pair outwards. What holds two
pieces apart is room between them (in line heights, so that large print may stand wide) and above all a ground
of another colour between them: the wall between two papers. An ad is something said and a way to answer it, so
two groups that each have both are joined only when they stand close on one ground, while a group that lacks one
of the two is drawn to its neighbour.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot
from typing import Any

import numpy as np
from numpy import float32, uint8
from numpy.typing import NDArray

from knowledge.pictures.codes import Box
from knowledge.pictures.reading_order import Point, Strip, in_reading_order


@dataclass(frozen=True, slots=True)
class Ad:
    """One ad on a picture. `lines` and `codes` are places in those of the reading; `box` in pixels of the
    whole upright picture.
    """

    box: Box
    lines: tuple[int, ...]
    codes: tuple[int, ...]

    def to_json(self) -> dict[str, Any]:
        return {"box": list(self.box), "lines": list(self.lines), "codes": list(self.codes)}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Ad":
        left, top, right, bottom = stored["box"]
        return cls((left, top, right, bottom), tuple(stored["lines"]), tuple(stored["codes"]))


def around(boxes: Sequence[Box]) -> Box:
    """The box around at least one box."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of writing, or a code (without text). Corners in pixels of the picture that is looked at."""

    corners: tuple[Point, Point, Point, Point]
    text: str = ""


def told_apart(
    parts: Sequence[Part], along: Point, colour: NDArray[uint8] | None = None
) -> tuple[tuple[int, ...], ...]:
    """The parts by ad, as indices; ads in reading order. `along` is the direction in which the picture's text
    runs; `colour` its pixels (height × width × 3), without which only the room between parts is weighed.
    """
    placed = [place(part, along) for part in parts]
    groups = {index: _Group([index], *_says(part)) for index, part in enumerate(parts)}
    home = list(range(len(parts)))
    for bond in _bonds(placed, along, colour):
        one, other = groups[home[bond.one]], groups[home[bond.other]]
        if one is other or bond.cost > _most(one, other, bond):
            continue
        one.parts += other.parts
        one.calls, one.says = one.calls or other.calls, one.says + other.says
        one.loosest = max(one.loosest, other.loosest, bond.room)
        for index in other.parts:
            home[index] = home[one.parts[0]]
    members = [sorted(groups[key].parts) for key in sorted(set(home))]
    strips = [_around([placed[index] for index in group], along) for group in members]
    order = in_reading_order(strips)
    return tuple(tuple(members[index]) for row in order.rows for index in row)


_CLOSE = 2.0
"""Room, in line heights, up to which two complete ads on one ground are one: paragraphs of one notice."""
_BESIDE = 1.2
"""The same for ads side by side: columns stand closer than paragraphs."""
_WIDE = 5.0
"""And up to which a group that lacks its words or its number is drawn to another."""
_LINE_BETWEEN = 1.5
"""What a ruled line, or a change of ground (a headline on its band), adds to the room."""
_WALL_BETWEEN = 6.0
"""What a stretch of a third colour adds."""
_ACROSS_A_WALL = 7.0
"""A number in a frame of its own, or a headline within a border, still belongs to what it nearly touches."""
_FAR = 13.0
"""And up to which words that lack a number are drawn to a number that lacks words, whatever lies between."""
_OTHER_COLOUR = 30.0
"""Of 255, in one channel: more than shadow and noise do over the width of a gap."""
_COMPLETE_FROM = 4
"""Letters beside labels and names from which a group says something."""
_FARTHEST = 12.0
_NEIGHBOURS = 12

_CALL = re.compile(
    r"(?:\d[\s\-—.·_]{0,2}){7,}|微信|薇信|威信|wechat|weixin|\bv[x信]|[加十+➕]\s*[v薇威徽卫]|q\s?q|扣扣|www\.|\.(?:com|cn|net)\b",
    re.IGNORECASE,
)
_LABELS = re.compile(
    r"电话|手机|热线|联系人?|咨询|微信|同号|号码|扫码|扫一扫|二维码|添加|详情|欢迎|来电|致电|请加?|先生|女士|小姐|经理|老师|师傅|地址|客服|好友|24小时"
)
_HAN = re.compile(r"[一-鿿]")


@dataclass(slots=True)
class _Group:
    parts: list[int]
    calls: bool
    """Holds a number, an account or a code."""
    says: int
    """Letters of what is offered."""
    loosest: float = 0.0
    """The widest room between parts that were joined."""

    @property
    def complete(self) -> bool:
        return self.calls and self.says >= _COMPLETE_FROM


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


@dataclass(frozen=True, slots=True)
class _Bond:
    one: int
    other: int
    room: float
    cost: float
    beside: bool


def _most(one: _Group, other: _Group, bond: _Bond) -> float:
    if one.complete and other.complete:
        return _BESIDE if bond.beside else max(_CLOSE, 1.4 * min(one.loosest, other.loosest, _CLOSE))
    if one.calls != other.calls and (one.says < _COMPLETE_FROM) != (other.says < _COMPLETE_FROM):
        return _FAR  # words without a number, and a number without words: the bar at the foot of a poster
    if bond.cost - bond.room >= _WALL_BETWEEN:
        return _ACROSS_A_WALL
    return _WIDE


def _says(part: Part) -> tuple[bool, int]:
    if not part.text:
        return True, 0
    return bool(_CALL.search(part.text)), len(_HAN.findall(_LABELS.sub("", part.text)))


def place(part: Part, along: Point) -> Placed:
    """Where a part stands in the frame of the text."""
    ahead = sorted(x * along[0] + y * along[1] for x, y in part.corners)
    down = sorted(y * along[0] - x * along[1] for x, y in part.corners)
    # The middle of each pair spares a slanted line the height that its slant would add.
    top, bottom = (down[0] + down[1]) / 2, (down[2] + down[3]) / 2
    return Placed(ahead[0], top, ahead[3], max(bottom, top + 1.0), not part.text)


def _around(placed: Sequence[Placed], along: Point) -> Strip:
    left, right = min(one.left for one in placed), max(one.right for one in placed)
    top, bottom = min(one.top for one in placed), max(one.bottom for one in placed)
    corners = [_back(x, y, along) for x, y in ((left, top), (right, top), (right, bottom), (left, bottom))]
    return Strip((corners[0], corners[1], corners[2], corners[3]), along, 1)


def _back(ahead: float, down: float, along: Point) -> Point:
    return (ahead * along[0] - down * along[1], ahead * along[1] + down * along[0])


def _bonds(placed: Sequence[Placed], along: Point, colour: NDArray[uint8] | None) -> list[_Bond]:
    """Pairs that might belong together, the closest first."""
    heights = [one.height for one in placed if not one.is_code]
    usual = float(np.median(heights)) if heights else 40.0
    grounds = [ground_of(one, along, colour, usual) for one in placed]
    near: set[tuple[float, int, int]] = set()
    for index, one in enumerate(placed):
        rooms = [
            (_room(one, other, usual), min(index, at), max(index, at))
            for at, other in enumerate(placed)
            if at != index
        ]
        near.update(room for room in sorted(rooms)[:_NEIGHBOURS] if room[0] <= _FARTHEST)
    bonds = []
    for room, first, second in near:
        one, other = placed[first], placed[second]
        between = 0.0
        if colour is not None:
            between = _between(one, other, grounds[first], grounds[second], along, colour, usual)
        across = min(one.right, other.right) - max(one.left, other.left)
        bonds.append(_Bond(first, second, room, room + between, across < 0))
    return sorted(bonds, key=lambda bond: (bond.cost, bond.one, bond.other))


def _unit(one: Placed, other: Placed, usual: float) -> float:
    heights = [part.height for part in (one, other) if not part.is_code]
    return sum(heights) / len(heights) if heights else usual


def _room(one: Placed, other: Placed, usual: float) -> float:
    aside = max(0.0, one.left - other.right, other.left - one.right)
    below = max(0.0, one.top - other.bottom, other.top - one.bottom)
    return hypot(aside, below) / _unit(one, other, usual)


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
    """What the part stands on: the median just outside its edges, `sides` of them."""
    if colour is None:
        return np.zeros(3, float32)
    margin = 0.06 * one.height if one.is_code else 0.1 * min(one.height, 2 * usual)
    across = np.linspace(one.left, one.right, 40, dtype=float32)
    places = {"above": one.top - margin, "below": one.bottom + margin}
    edges = [colours_at(across, np.full(40, places[side], float32), along, colour) for side in sides]
    return np.median(np.concatenate(edges), axis=0).astype(float32)


def _between(
    one: Placed, other: Placed, ground: NDArray[float32], ground2: NDArray[float32],
    along: Point, colour: NDArray[uint8], usual: float,
) -> float:  # fmt: skip
    """What stands between two parts, beside room: 0, a line or a change of ground, or a wall."""
    unit = _unit(one, other, usual)
    margin = 0.1 * unit
    if min(one.right, other.right) > max(one.left, other.left):  # one below the other
        upper, lower = (one, other) if one.top <= other.top else (other, one)
        grounds = (ground, ground2) if upper is one else (ground2, ground)
        begin, end = upper.bottom + margin, lower.top - margin
        low, high = max(one.left, other.left), min(one.right, other.right)
        upright = True
    else:
        before, after = (one, other) if one.left <= other.left else (other, one)
        grounds = (ground, ground2) if before is one else (ground2, ground)
        begin, end = before.right + margin, after.left - margin
        low, high = max(one.top, other.top), min(one.bottom, other.bottom)
        upright = False
        if high <= low:  # neither beside nor below: look along the middle of the gap
            low = high = (low + high) / 2
    steps = int(end - begin)
    if steps < 2:
        return 0.0
    count = min(steps, 200)
    ways = np.linspace(begin, end, count, dtype=float32)
    lanes = np.linspace(low + 0.05 * (high - low), high - 0.05 * (high - low), 15, dtype=float32)
    way, lane = np.meshgrid(ways, lanes, indexing="ij")
    seen = colours_at(lane, way, along, colour) if upright else colours_at(way, lane, along, colour)
    profile = np.median(seen, axis=1)
    # A gradient of light lies between the two grounds: only what is off the line between them is another.
    toward = grounds[1] - grounds[0]
    length = float(toward @ toward)
    share = (
        np.clip((profile - grounds[0]) @ toward / length, 0, 1) if length > 1 else np.zeros(count, float32)
    )
    off = np.abs(profile - (grounds[0] + share[:, None] * toward)).max(axis=1) > _OTHER_COLOUR
    stretch = _longest(off) * (end - begin) / count
    if stretch > max(2.0, 0.25 * unit):
        return _WALL_BETWEEN
    changed = float(np.abs(toward).max()) > 2 * _OTHER_COLOUR
    return _LINE_BETWEEN if changed or stretch >= max(1.5, 0.04 * unit) else 0.0


def _longest(holds: NDArray[np.bool_]) -> int:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], holds, [False]))))
    return int((edges[1::2] - edges[::2]).max()) if edges.size else 0
