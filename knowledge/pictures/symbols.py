"""What the decoder reads in a grey image: symbols, under names of our own that outlive the decoder's releases."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any

import numpy as np
from numpy import float64, uint8
from numpy.typing import NDArray

Grey = NDArray[uint8]
"""Height × width."""
Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels of the whole upright picture."""
Point = tuple[float, float]
Corners = tuple[Point, Point, Point, Point]
"""From the top left on, clockwise as the symbol is read."""


class Symbology(StrEnum):
    """What kind of symbol it is. The values are kept with readings: none may change."""

    QR = "QRCode"
    MICRO_QR = "MicroQR"
    RMQR = "rMQR"
    AZTEC = "Aztec"
    DATA_MATRIX = "DataMatrix"
    PDF417 = "PDF417"
    EAN13 = "EAN13"
    EAN8 = "EAN8"
    UPCA = "UPCA"
    UPCE = "UPCE"
    CODE128 = "Code128"
    CODE93 = "Code93"
    CODE39 = "Code39"
    ITF = "ITF"
    CODABAR = "Codabar"


GOODS = frozenset({Symbology.EAN13, Symbology.EAN8, Symbology.UPCA, Symbology.UPCE, "EANUPC"})
"""The numbers of goods: the same on every packet of a brand. "EANUPC" stands in readings kept from before."""

SQUARE = (Symbology.QR, Symbology.AZTEC, Symbology.DATA_MATRIX, Symbology.PDF417)
LESSER_SQUARE = (Symbology.MICRO_QR, Symbology.RMQR)
"""Their one eye is that of a QR code too, in which they are "found": to be asked for and weighed apart."""
CHECKED_BARS = (Symbology.CODE128, Symbology.EAN13, Symbology.EAN8, Symbology.UPCA)
"""With a check digit that seldom lets a misread row pass."""
BARS = (*CHECKED_BARS, Symbology.UPCE, Symbology.CODE93, Symbology.CODE39, Symbology.ITF, Symbology.CODABAR)
"""All that is read where a field of bars was seen. The last three have no check digit and are "found" in rows of
printed characters when a whole picture is searched for them."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """One symbol and where it stands in the image that was given."""

    symbology: Symbology
    payload: str
    corners: Corners

    @property
    def centre(self) -> NDArray[float64]:
        return np.array(np.mean(self.corners, axis=0), float64)

    def moved(self, place: Callable[[NDArray[float64]], NDArray[float64]]) -> "Symbol":
        """The same symbol with its corners (4 × 2) elsewhere."""
        return replace(self, corners=_corners(place(np.array(self.corners, float64)).tolist()))


def read_symbols(
    image: Grey, wanted: tuple[Symbology, ...], *, level: bool = False, whole_range: bool = False
) -> list[Symbol]:
    """The symbols of the wanted kinds. `level`: bars stand upright, no other way need be tried. `whole_range`: one
    threshold from all of the image in place of one for each neighbourhood.
    """
    import zxingcpp  # loaded in a worker only

    way = zxingcpp.Binarizer.GlobalHistogram if whole_range else zxingcpp.Binarizer.LocalAverage
    read = zxingcpp.read_barcodes(image, formats=_formats(wanted), binarizer=way, try_rotate=not level)
    symbols = []
    for barcode in read:
        payload = barcode.text.strip("\0\r\n\t ")
        at = barcode.position
        corners = _corners(
            [(point.x, point.y) for point in (at.top_left, at.top_right, at.bottom_right, at.bottom_left)]
        )
        if payload and barcode.format.name in _OURS:
            symbols.append(Symbol(_OURS[barcode.format.name], payload, corners))
    return symbols


def _corners(points: Sequence[Sequence[float]]) -> Corners:
    first, second, third, fourth = ((float(x), float(y)) for x, y in points)
    return first, second, third, fourth


_THEIRS = {Symbology.QR: "QRCodeModel2", Symbology.MICRO_QR: "MicroQRCode", Symbology.RMQR: "RMQRCode"}
"""Where zxing-cpp's name is another. Its "QRCode" is a family that holds all three."""
_OURS = {
    **{_THEIRS.get(one, one.value): one for one in Symbology},
    "QRCode": Symbology.QR,
    "QRCodeModel1": Symbology.QR,
}


@cache
def _formats(wanted: tuple[Symbology, ...]) -> Any:
    import zxingcpp

    return zxingcpp.BarcodeFormats(
        [getattr(zxingcpp.BarcodeFormat, _THEIRS.get(one, one.value)) for one in wanted]
    )
