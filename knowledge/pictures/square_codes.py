"""QR codes that the decoder saw nothing of, or could not read: found by their eyes, laid flat, and made sharp.

A QR code has an eye in three of its corners: a dark ring seven modules wide around a dark square of three. Rings within
rings are rare elsewhere, so three eyes that stand in a right angle are a code, also where it is too small, too slanted
or too blurred for the decoder. From the eyes follows how it lies; laid flat at six pixels a module it is given again to
the decoder, as it is and with several amounts of blur taken back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

import numpy as np
from numpy import float32, float64, uint8
from numpy.typing import NDArray

from knowledge.pictures.symbols import Grey, Symbol, Symbology, read_symbols


@dataclass(frozen=True, slots=True)
class Eye:
    """The middle of a finder pattern and its width, in pixels of the grey picture."""

    x: float
    y: float
    width: float

    @property
    def middle(self) -> NDArray[float64]:
        return np.array([self.x, self.y])


@dataclass(frozen=True, slots=True)
class EyedCode:
    """Three eyes of one code: its first corner, then the two beside it clockwise."""

    corner: Eye
    right: Eye
    below: Eye

    @property
    def eyes(self) -> tuple[Eye, Eye, Eye]:
        return self.corner, self.right, self.below

    @property
    def middle(self) -> NDArray[float64]:
        return np.array([(self.right.x + self.below.x) / 2, (self.right.y + self.below.y) / 2])


MOST_CODES = 8
"""Codes of one picture that are looked at closely: a wall has a few, a sheet of them is no leaflet."""
_MOST_EYES = 30
_LEAST_CONTRAST, _MOST_CONTRAST = 32.0, 100.0
"""Grey values by which an eye's dark and light differ at least, and at most have to."""
_OF_GRAIN = 8.0
_MOST_CHANGES = 0.2
"""Of all neighbours, how many may differ; in the finest readable code a sixth do."""
_MOST_RINGS = 200
_MOST_NESTED = 10_000
"""Bounds on the work that a picture made of nothing but rings can cause."""
_FLAT_MODULE = 6
"""Pixels of a module in a code laid flat."""
_QUIET = 6
"""Modules around it: four belong to it, and its corners are known to within one or two."""
_FINE_UP_TO = 1_000_000
"""Pixels up to which eyes are looked for at twice the size: there a module may be a pixel and a half."""
_COARSE_FROM = 4_000_000
"""Pixels from which eyes are looked for at half the size: there a module has four pixels or more, and grain is averaged."""
_FINE = 3.0
"""How many times the surroundings of a lone eye are enlarged."""
_SMALL = 24
_NEIGHBOURS = 8.0
"""Widths of an eye within which the other eyes of a small code stand."""
_SHARPENED_BY = 4.0
_LOCAL = 31
"""Pixels of the neighbourhood that a pixel must be darker than: some eight modules of the small codes sought."""


def find_eyes(grey: Grey) -> list[Eye]:
    """The finder patterns in a picture, of some nine to a hundred pixels."""
    return _eyes(grey, 2.0 if grey.size <= _FINE_UP_TO else 1.0 if grey.size <= _COARSE_FROM else 0.5)


def with_their_like(grey: Grey, eyes: Sequence[Eye]) -> list[Eye]:
    """The eyes and, around the smallest, what enlarging brings to light: a blurred eye is seen no sooner."""
    found = list(eyes)
    looked = 0
    for eye in eyes:
        near = [one for one in found if np.hypot(one.x - eye.x, one.y - eye.y) < _NEIGHBOURS * eye.width]
        if eye.width > _SMALL or len(near) >= 3 or looked == MOST_CODES:
            continue
        looked += 1
        left, top = (max(0, round(at - _NEIGHBOURS * eye.width)) for at in (eye.x, eye.y))
        right, bottom = (round(at + _NEIGHBOURS * eye.width) for at in (eye.x, eye.y))
        for one in _eyes(np.ascontiguousarray(grey[top:bottom, left:right]), _FINE):
            _add(found, Eye(one.x + left, one.y + top, one.width))
    return found


def _add(eyes: list[Eye], eye: Eye) -> None:
    if not any(abs(eye.x - one.x) + abs(eye.y - one.y) < eye.width / 2 for one in eyes):
        eyes.append(eye)


def _eyes(grey: Grey, scale: float) -> list[Eye]:
    import cv2

    how = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    image = grey
    if scale != 1:
        image = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=how).astype(uint8, copy=False)
    soft = cv2.GaussianBlur(image, (0, 0), 2.0 * max(1.0, scale))
    sharp = cv2.addWeighted(image, 1 + _SHARPENED_BY, soft, -_SHARPENED_BY, 0)
    faint = _faint(image)
    eyes: list[Eye] = []
    for local in (_LOCAL, 3 * _LOCAL):
        dark = cv2.adaptiveThreshold(
            sharp,
            255,
            cv2.ADAPTIVE_THRESH_MEAN_C,
            cv2.THRESH_BINARY_INV,
            round(local * max(1.0, scale)) | 1,
            5,
        ).astype(uint8, copy=False)
        dark[faint] = 0
        if np.count_nonzero(dark[:, 1:] != dark[:, :-1]) > _MOST_CHANGES * dark.size:
            continue  # gravel, leaves: outlining all of it takes seconds
        for eye in islice(_rings(dark, scale), _MOST_RINGS):
            _add(eyes, eye)
    return sorted(eyes, key=lambda eye: -eye.width)[:_MOST_EYES]


def _faint(image: Grey) -> NDArray[np.bool_]:
    """Where nothing stands out from the grain of the picture: there sharpening would draw specks without number."""
    import cv2

    grain = float(np.median(np.abs(cv2.Laplacian(image[::2, ::2], cv2.CV_16S)))) / (0.6745 * np.sqrt(20))
    window = np.ones((9, 9), uint8)
    contrast = cv2.subtract(cv2.dilate(image, window), cv2.erode(image, window))
    return np.asarray(contrast < min(_MOST_CONTRAST, max(_LEAST_CONTRAST, _OF_GRAIN * grain)), np.bool_)


def _rings(dark: NDArray[uint8], scale: float) -> Iterator[Eye]:
    """Outlines that hold an outline that holds another, about as wide as an eye's: 7, 5 and 3 modules."""
    import cv2

    outlines, nested = cv2.findContours(dark, cv2.RETR_TREE, cv2.CHAIN_APPROX_SIMPLE)
    if nested is None:
        return
    child = nested[0][:, 2]
    outer = np.flatnonzero(child >= 0)
    for ring in outer[child[child[outer]] >= 0][:_MOST_NESTED]:
        hole = child[ring]
        core = child[hole]
        area = cv2.contourArea(outlines[ring])
        middle = cv2.contourArea(outlines[core])
        if area < 60 or middle <= 0 or not 2.5 < area / middle < 16:
            continue
        if not 1.2 < area / max(cv2.contourArea(outlines[hole]), 1.0) < 4:
            continue
        (x, y), (across, down), _ = cv2.minAreaRect(outlines[ring])
        (u, v), (own_across, own_down), _ = cv2.minAreaRect(outlines[core])
        width = float(np.sqrt(across * down))
        square = min(across, down) >= 0.6 * max(across, down) and area >= 0.7 * across * down
        if (
            square
            and abs(x - u) + abs(y - v) <= 0.2 * width
            and min(own_across, own_down) >= 0.5 * max(own_across, own_down)
        ):
            yield Eye(x / scale, y / scale, width / scale)


def eyed_codes(eyes: Sequence[Eye]) -> list[EyedCode]:
    """The eyes, three by three, that stand as those of one code do; each belongs to one code at most."""
    likely: list[tuple[float, EyedCode]] = []
    for corner in eyes:
        near = [one for one in eyes if one is not corner and _alike(one, corner)]
        for one, other in combinations(near, 2):
            if not _alike(one, other):
                continue
            u, v = one.middle - corner.middle, other.middle - corner.middle
            long, short = float(np.linalg.norm(u)), float(np.linalg.norm(v))
            width = (corner.width + one.width + other.width) / 3
            if (
                min(long, short) < 1.6 * width
                or max(long, short) > 25 * width
                or not 0.55 < long / short < 1.8
            ):
                continue
            lean = abs(float(u @ v)) / (long * short)
            if lean > 0.5:
                continue
            odd = lean + abs(float(np.log(long / short))) + 0.02 * max(long, short) / width
            likely.append((odd, EyedCode(corner, *_clockwise(corner, one, other))))
    taken: list[Eye] = []
    found = []
    for _, code in sorted(likely, key=lambda pair: pair[0]):
        if not any(eye is one for eye in code.eyes for one in taken):
            taken += code.eyes
            found.append(code)
    return found[:MOST_CODES]


def supposed_codes(eyes: Sequence[Eye]) -> list[EyedCode]:
    """Codes of which two eyes alone were seen, the third supposed where a square has it: on either side, or between."""
    supposed = []
    for one, other in combinations(eyes, 2):
        apart = other.middle - one.middle
        if not _alike(one, other) or not 1.6 <= np.linalg.norm(apart) / one.width <= _NEIGHBOURS:
            continue
        aside = np.array([-apart[1], apart[0]])
        width = (one.width + other.width) / 2
        for third in (aside, -aside):
            supposed.append(EyedCode(one, *_clockwise(one, other, _supposed(one.middle + third, width))))
        corner = _supposed(one.middle + (apart + aside) / 2, width)
        supposed.append(EyedCode(corner, *_clockwise(corner, one, other)))
    return supposed[: 3 * MOST_CODES]


def _supposed(middle: NDArray[float64], width: float) -> Eye:
    return Eye(float(middle[0]), float(middle[1]), width)


def _clockwise(corner: Eye, one: Eye, other: Eye) -> tuple[Eye, Eye]:
    u, v = one.middle - corner.middle, other.middle - corner.middle
    return (one, other) if u[0] * v[1] - u[1] * v[0] > 0 else (other, one)


def _alike(one: Eye, other: Eye) -> bool:
    """Of two eyes of one code the farther is not much smaller."""
    apart = np.hypot(one.x - other.x, one.y - other.y)
    return max(one.width, other.width) <= 1.6 * min(one.width, other.width) and apart <= 36 * one.width


def read_closely(grey: Grey, code: EyedCode) -> Symbol | None:
    """The code that these eyes belong to, where it can be read at all."""
    flat, back = _laid_flat(grey, code)
    for view in _views(flat):
        for whole_range in (False, True):
            for symbol in read_symbols(view, (Symbology.QR,), whole_range=whole_range):
                return symbol.moved(lambda corners: corners @ back[:, :2].T + back[:, 2])
    return None


def _laid_flat(grey: Grey, code: EyedCode) -> tuple[Grey, NDArray[float64]]:
    """The code upright and square with some of what is around it, and the way back (2 × 3) to the picture."""
    import cv2

    points = np.array([(eye.x, eye.y) for eye in code.eyes], float32)
    module = sum(eye.width for eye in code.eyes) / 21
    legs = (np.linalg.norm(points[1] - points[0]) + np.linalg.norm(points[2] - points[0])) / 2
    # A code of version v has 17 + 4v modules a side, seven more than lie between the middles of two eyes.
    side = 17 + 4 * min(40, max(1, round((float(legs) / module + 7 - 17) / 4)))
    first, last = (_QUIET + 3.5) * _FLAT_MODULE, (_QUIET + side - 3.5) * _FLAT_MODULE
    there = np.array([(first, first), (last, first), (first, last)], float32)
    size = (side + 2 * _QUIET) * _FLAT_MODULE
    flat = cv2.warpAffine(
        grey, cv2.getAffineTransform(points, there), (size, size),
        flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip
    back = cv2.getAffineTransform(there, points).astype(float64, copy=False)
    return flat.astype(uint8, copy=False), back


def _views(flat: Grey) -> Iterator[Grey]:
    """As it is, then with ever more blur taken back; the blur in modules, since the eyes are known to have been seen."""
    import cv2

    yield flat
    soft = cv2.GaussianBlur(flat, (0, 0), 0.6 * _FLAT_MODULE)
    yield cv2.addWeighted(flat, 3.0, soft, -2.0, 0).astype(uint8, copy=False)
    for blur in (0.45, 0.6, 0.75):
        yield _unblurred(flat, blur * _FLAT_MODULE)


_NOISE = 0.012
"""Of noise beside what is drawn, in power: how far a blur is taken back before grain is all that grows."""


def _unblurred(image: Grey, sigma: float) -> Grey:
    """The image with a Gaussian blur of that width taken back, after Wiener."""
    height, width = image.shape
    down, across = np.fft.fftfreq(height)[:, None], np.fft.rfftfreq(width)[None]
    kept = np.exp(-2 * np.pi**2 * sigma**2 * (down**2 + across**2))
    spectrum = np.fft.rfft2(image.astype(float64)) * kept / (kept * kept + _NOISE)
    return np.clip(np.fft.irfft2(spectrum, image.shape), 0, 255).astype(uint8)
