"""A chat's screenshot taken apart: who said what. Pure geometry and colour.

A message stands in a bubble: a patch of one colour, close around its words, on a ground of another. The other side's
bubbles keep to one edge and one's own to the other, whatever the program; the time stands between them on the
ground, and in a group the name above its bubble. A picture on which that does not hold is no chat.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

import numpy as np
from numpy import float32, uint8
from numpy.typing import NDArray

from knowledge.pictures.ads import calls
from knowledge.pictures.grounds import Part, Placed, colours_at, ground_of, place
from knowledge.pictures.reading_order import Point
from knowledge.pictures.symbols import Box


class Side(StrEnum):
    """Where a speaker's bubbles stand."""

    LEFT = "left"
    """The other side, or the others of a group."""
    RIGHT = "right"
    """Whoever took the screenshot."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One bubble. `lines` are places in those of the reading; `name` and `time` as they stand on the picture, empty
    where they do not; `box` in pixels of the whole upright picture.
    """

    side: Side
    lines: tuple[int, ...]
    box: Box
    name: str = ""
    time: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "side": self.side.value,
            "lines": list(self.lines),
            "box": list(self.box),
            "name": self.name,
            "time": self.time,
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        left, top, right, bottom = stored["box"]
        return cls(
            Side(stored["side"]),
            tuple(stored["lines"]),
            (left, top, right, bottom),
            str(stored["name"]),
            str(stored["time"]),
        )


@dataclass(frozen=True, slots=True)
class Chat:
    """`title`: what stands above all bubbles, a person's or a group's name; `turns` from top to bottom."""

    title: str
    turns: tuple[Turn, ...]

    def to_json(self) -> dict[str, Any]:
        return {"title": self.title, "turns": [turn.to_json() for turn in self.turns]}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        return cls(str(stored["title"]), tuple(Turn.from_json(turn) for turn in stored["turns"]))


Speaker = tuple[Side, str]
"""Side and name."""

_MOST_OF_A_REPLY = 24
"""Letters up to which one's own words without a way to answer offer nothing: two or three short replies."""


def answered(
    turns: Sequence[tuple[Speaker, str]], holding: Collection[Speaker] = ()
) -> dict[Speaker, Speaker]:
    """Whom somebody who only replies replies to, of turns from top to bottom, each with its words: whoever took the
    screenshot and says little, gives no way to answer and sends no code (`holding`: who does), the one they first
    follow. Their words are part of that conversation and no ad beside it.
    """
    said: dict[Speaker, str] = {}
    for speaker, words in turns:
        said[speaker] = said.get(speaker, "") + "\n" + words
    speakers = [speaker for speaker, _ in turns]
    found: dict[Speaker, Speaker] = {}
    for own, words in said.items():
        little = sum(letter.isalnum() for letter in words) <= _MOST_OF_A_REPLY
        if own[0] is not Side.RIGHT or own in holding or not little or calls(words):
            continue
        first = speakers.index(own)
        near = [one for one in (*reversed(speakers[:first]), *speakers[first:]) if one[0] is Side.LEFT]
        if near:
            found[own] = near[0]
    return found


@dataclass(slots=True)
class Bubble:
    """`parts`: places of the parts in it, from top to bottom; edges in the frame in which the text runs right."""

    parts: list[int]
    left: float
    top: float
    right: float
    bottom: float
    colour: NDArray[float32]
    side: Side = Side.LEFT
    name: int | None = None
    """Place of the part that names the speaker."""
    time: int | None = None


@dataclass(frozen=True, slots=True)
class Bubbles:
    """`title`: place of the part above all bubbles; `others`: parts in no bubble that are no title, name or time."""

    bubbles: tuple[Bubble, ...]
    title: int | None
    others: tuple[int, ...]


_OFF_GROUND = 10.0
"""Of 255, in one channel: a white bubble on WeChat's grey differs by 18."""
_SAME = 9.0
_ALIGNED = 0.8
"""Line heights within which bubbles of one side begin (or end) at one edge."""
_TIGHT = 2.5
"""Line heights of padding between a bubble's edge and its words: a poster's band has more."""
_TIME = re.compile(
    r"^(?:(?:昨天|前天|今天|星期.|周.|上午|下午|凌晨|早上|中午|晚上|傍晚|\d{4}年|\d{1,2}月\d{1,2}日|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|"
    r"am|pm)\s*)*(?:\d{1,2}[:：]\d{2}(?:[:：]\d{2})?\s*(?:am|pm)?)?$",
    re.IGNORECASE,
)


def find_bubbles(parts: Sequence[Part], along: Point, colour: NDArray[uint8]) -> Bubbles | None:
    """The bubbles of a chat among parts that have text, or None where the picture is no chat."""
    import cv2  # in a worker only

    if len(parts) < 2:
        return None
    placed = [place(part, along) for part in parts]
    usual = float(np.median([one.height for one in placed]))
    colour = cv2.blur(colour, (7, 7)).astype(
        uint8, copy=False
    )  # grain, and the stripes of a photographed screen
    ground = _common_colour(colour)
    held: list[tuple[int, Bubble]] = []
    for index, one in enumerate(placed):
        above, below = (ground_of(one, along, colour, usual, (edge,)) for edge in ("above", "below"))
        around = ((above + below) / 2).astype(float32)
        # Above and below it: a name stands on the ground, close over its bubble.
        off = min(float(np.abs(edge - ground).max()) for edge in (above, below)) > _OFF_GROUND
        if off and float(np.abs(above - below).max()) <= 2 * _SAME:
            left, right = _reach(one, -1, around, along, colour), _reach(one, 1, around, along, colour)
            if one.left - left <= _TIGHT * one.height:
                held.append((index, Bubble([index], left, one.top, right, one.bottom, around)))
    bubbles = _joined(sorted(held, key=lambda pair: pair[1].top), placed, ground, along, colour)
    if not bubbles or not _take_sides(bubbles, usual, [part.text for part in parts]):
        return None
    inside = {index for bubble in bubbles for index in bubble.parts}
    if len(inside) < len(parts) / 2:
        return None
    return _with_names(bubbles, [index for index in range(len(parts)) if index not in inside], placed, parts)


def _common_colour(colour: NDArray[uint8]) -> NDArray[float32]:
    """The mean of the commonest colour, in steps of sixteen."""
    height, width = colour.shape[:2]
    step = max(1, int((height * width / 40_000) ** 0.5))
    seen = colour[::step, ::step].reshape(-1, 3)
    keys = (seen >> 4).astype(np.int32) @ np.array([256, 16, 1], np.int32)
    common = np.median(seen[keys == np.bincount(keys).argmax()], axis=0)
    return np.asarray(common, float32)


def _reach(
    one: Placed, way: int, around: NDArray[float32], along: Point, colour: NDArray[uint8]
) -> float:  # fmt: skip
    """How far the colour around a part goes to the left (-1) or to the right (+1)."""
    edge = one.right if way > 0 else one.left
    steps = np.arange(1, max(colour.shape[:2]), 2)[:1200].astype(float32)
    margin = 0.12 * one.height
    rows = [one.top - margin, one.bottom + margin]
    seen = np.stack([
        colours_at((edge + way * steps).astype(float32), np.full(steps.shape, row, float32), along, colour) for row in rows
    ])  # fmt: skip
    off = np.abs(seen - around).max(axis=2).min(axis=0) > _SAME
    run = off[:-2] & off[1:-1] & off[2:]
    return float(edge + way * (steps[int(np.argmax(run))] if run.any() else steps[-1]))


def _joined(
    held: list[tuple[int, Bubble]], placed: Sequence[Placed], ground: NDArray[float32], along: Point,
    colour: NDArray[uint8],
) -> list[Bubble]:  # fmt: skip
    """Lines that stand in one patch are one bubble."""
    bubbles: list[Bubble] = []
    for index, line in held:
        for bubble in reversed(bubbles[-4:]):
            height = placed[index].height
            if (
                np.abs(bubble.colour - line.colour).max() <= 2 * _SAME
                and line.top - bubble.bottom < 1.6 * height
                and min(bubble.right, line.right) > max(bubble.left, line.left)
                and not _ground_between(bubble, line, ground, along, colour)
            ):
                bubble.parts.append(index)
                bubble.left, bubble.right = min(bubble.left, line.left), max(bubble.right, line.right)
                bubble.bottom = max(bubble.bottom, line.bottom)
                break
        else:
            bubbles.append(line)
    for bubble in bubbles:
        bubble.parts.sort(key=lambda index: (placed[index].top, placed[index].left))
    return bubbles


def _ground_between(
    upper: Bubble, lower: Bubble, ground: NDArray[float32], along: Point, colour: NDArray[uint8]
) -> bool:
    steps = int(lower.top - upper.bottom)
    if steps < 3:
        return False
    way = np.linspace(upper.bottom + 1, lower.top - 1, min(steps, 100), dtype=float32)
    left, right = max(upper.left, lower.left), min(upper.right, lower.right)
    lanes = [left + share * (right - left) for share in (0.3, 0.5, 0.7)]
    seen = np.stack([colours_at(np.full(way.shape, lane, float32), way, along, colour) for lane in lanes])
    return bool((np.abs(seen - ground).max(axis=2).max(axis=0) <= _SAME).any())


def _take_sides(bubbles: list[Bubble], usual: float, texts: Sequence[str]) -> bool:
    """Gives every bubble its side. False where they do not keep to their edges as a chat's do."""
    if len(bubbles) < (2 if any(_is_time(text) for text in texts) else 3):
        return False  # two coloured panels stand at two edges of any poster
    first, last = min(bubble.left for bubble in bubbles), max(bubble.right for bubble in bubbles)
    for bubble in bubbles:
        bubble.side = Side.LEFT if bubble.left - first <= last - bubble.right else Side.RIGHT
    left = [bubble for bubble in bubbles if bubble.side is Side.LEFT]
    right = [bubble for bubble in bubbles if bubble.side is Side.RIGHT]
    near = _ALIGNED * usual
    aligned = all(bubble.left - first <= near for bubble in left) and all(
        last - bubble.right <= near for bubble in right
    )
    if not aligned or not all(map(_of_one_colour, (left, right))):
        return False
    if left and right:
        return (
            min(bubble.left for bubble in right) - first > near
            and last - max(bubble.right for bubble in left) > near * 0.5
        )
    rights = [bubble.right for bubble in left]
    ragged = max(rights) - min(rights) > 2 * usual if left else False
    return ragged and (len(left) >= 3 or any(_is_time(text) for text in texts))


def _of_one_colour(bubbles: Sequence[Bubble]) -> bool:
    if not bubbles:
        return True
    colours = np.stack([bubble.colour for bubble in bubbles])
    return bool((np.abs(colours - np.median(colours, axis=0)).max(axis=1) <= 2 * _SAME).all())


def _is_time(text: str) -> bool:
    return bool(text.strip()) and _TIME.fullmatch(text.strip()) is not None


def _with_names(
    bubbles: list[Bubble], outside: list[int], placed: Sequence[Placed], parts: Sequence[Part]
) -> Bubbles:
    """Times, names and the title, from what stands on the ground."""
    bubbles.sort(key=lambda bubble: bubble.top)
    middle = (min(one.left for one in placed) + max(one.right for one in placed)) / 2
    title: int | None = None
    others: list[int] = []
    for index in sorted(outside, key=lambda index: placed[index].top):
        one = placed[index]
        below = [bubble for bubble in bubbles if bubble.top >= one.bottom - 0.3 * one.height]
        if _is_time(parts[index].text):
            if below:
                below[0].time = index
            continue
        named = next((bubble for bubble in below if _names(one, bubble, placed)), None)
        if named is not None and named.name is None:
            named.name = index
        elif title is None and len(below) == len(bubbles) and one.left < middle < one.right:
            title = index
        else:
            others.append(index)
    return Bubbles(tuple(bubbles), title, tuple(others))


def _names(one: Placed, bubble: Bubble, placed: Sequence[Placed]) -> bool:
    """Whether a part stands above a bubble as a speaker's name does: near, smaller, at the same edge."""
    height = placed[bubble.parts[0]].height
    edge = abs(one.left - bubble.left) if bubble.side is Side.LEFT else abs(one.right - bubble.right)
    return 0 <= bubble.top - one.bottom < 1.8 * height and one.height < 0.95 * height and edge < 1.2 * height
