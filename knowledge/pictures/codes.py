"""The codes on a picture: found, read and sorted by what their payload is for. A payload is never opened."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy import float64
from numpy.typing import NDArray

from knowledge.pictures.bar_codes import read_bars
from knowledge.pictures.code_kinds import CodeKind, classify, names_carton
from knowledge.pictures.square_codes import (
    EyedCode,
    eyed_codes,
    find_eyes,
    read_closely,
    supposed_codes,
    with_their_like,
)
from knowledge.pictures.symbols import (
    BARS,
    CHECKED_BARS,
    GOODS,
    LESSER_SQUARE,
    SQUARE,
    Box,
    Grey,
    Symbol,
    Symbology,
    read_symbols,
)

__all__ = ["Box", "Code", "CodeKind", "FoundCodes", "classify", "find_codes"]


@dataclass(frozen=True, slots=True)
class Code:
    """One code. `payload` is what it holds, letter for letter; `symbology` a value of `Symbology`, or a name that
    was in use when a reading was kept.
    """

    kind: CodeKind
    payload: str
    box: Box
    symbology: str = Symbology.QR.value
    corners: tuple[tuple[float, float], ...] = field(default=(), compare=False)
    """From the top left on, clockwise, in pixels of the whole picture; not kept with a reading."""

    @property
    def names_goods(self) -> bool:
        """Whether it is the number of some goods, which stands on every packet and points at nobody."""
        return self.kind is CodeKind.GOODS or _names_goods(self.symbology, self.payload)

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "payload": self.payload,
            "box": list(self.box),
            "symbology": self.symbology,
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Code":
        left, top, right, bottom = stored["box"]
        return cls(
            CodeKind(stored["kind"]), stored["payload"], (left, top, right, bottom), stored["symbology"]
        )


@dataclass(frozen=True, slots=True)
class FoundCodes:
    """The codes from top to bottom, each place once, and whether there are some that could not be read."""

    codes: tuple[Code, ...] = ()
    unread: bool = False


def find_codes(grey: Grey, scale: float = 1.0) -> FoundCodes:
    """Every code in a grey picture. `scale` turns its pixels into those of the whole picture."""
    seen = read_symbols(grey, (*SQUARE, *CHECKED_BARS))
    closely, unread = _by_their_eyes(grey, seen)
    bars = list(read_bars(grey))
    apart = [
        one for one in seen if one.symbology not in BARS or not any(_inside(bar, one.centre) for bar in bars)
    ]
    symbols: list[Symbol] = []
    for symbol in [*bars, *closely, *apart, *_lesser(grey, [*closely, *apart], unread)]:
        if not any(symbol.payload == one.payload and _inside(one, symbol.centre) for one in symbols):
            symbols.append(symbol)
    sound = [one for one in symbols if not any(_misread_within(one, other) for other in symbols)]
    codes = sorted((_code(one, scale) for one in sound), key=lambda code: (code.box[1], code.box[0]))
    return FoundCodes(tuple(codes), bool(unread))


def _by_their_eyes(grey: Grey, seen: Sequence[Symbol]) -> tuple[list[Symbol], list[EyedCode]]:
    """What a close look reads where eyes are and nothing was read yet, and the codes that it cannot read either."""
    read, unread = [], []
    eyes = [eye for eye in find_eyes(grey) if not any(_inside(one, eye.middle) for one in seen)]
    for code in eyed_codes(with_their_like(grey, eyes)):
        symbol = read_closely(grey, code)
        if symbol is not None:
            read.append(symbol)
        else:
            unread.append(code)
    left = [eye for eye in eyes if not any(_inside(one, eye.middle) for one in read)]
    for code in supposed_codes(left):
        if (symbol := read_closely(grey, code)) is not None and not any(
            _inside(one, symbol.centre) for one in read
        ):
            read.append(symbol)
    return read, [code for code in unread if not any(_inside(one, code.middle) for one in read)]


def _lesser(grey: Grey, others: Sequence[Symbol], unread: Sequence[EyedCode]) -> list[Symbol]:
    """Codes of one eye, but those "found" in an eye of a larger code."""
    eyes = [eye.middle for code in unread for eye in code.eyes]
    return [
        symbol
        for symbol in read_symbols(grey, LESSER_SQUARE)
        if not any(_inside(one, symbol.centre) for one in others)
        and not any(_inside(symbol, eye) for eye in eyes)
    ]


def _inside(symbol: Symbol, point: NDArray[float64], around: float = 0.1) -> bool:
    """Whether a point lies in the box around a symbol, a little wider than its outermost modules."""
    corners = np.array(symbol.corners)
    low, high = corners.min(axis=0), corners.max(axis=0)
    room = around * (high - low)
    return bool(np.all(point >= low - room) and np.all(point <= high + room))


def _misread_within(symbol: Symbol, other: Symbol) -> bool:
    """Whether a bar code was "found" inside another: a slanted row of its bars read amiss with a right check digit."""
    if symbol.symbology not in BARS or symbol.symbology is not other.symbology or symbol is other:
        return False
    heights = [float(np.ptp(np.array(one.corners)[:, 1])) for one in (symbol, other)]
    return _inside(other, symbol.centre, 0.0) and heights[0] < heights[1]


def _code(symbol: Symbol, scale: float) -> Code:
    exact = tuple((x * scale, y * scale) for x, y in symbol.corners)
    across, down = [round(x) for x, _ in exact], [round(y) for _, y in exact]
    box = (max(0, min(across)), max(0, min(down)), max(across), max(down))
    goods = _names_goods(symbol.symbology, symbol.payload)
    kind = CodeKind.GOODS if goods else classify(symbol.payload)
    return Code(kind, symbol.payload, box, symbol.symbology.value, exact)


def _names_goods(symbology: str, payload: str) -> bool:
    return symbology in GOODS or (symbology == Symbology.ITF and names_carton(payload))
