"""Whether somebody's face fills a good part of a picture: so that a selfie sent by a slip is asked about.

CenterFace (Xu et al., arXiv 1911.03599; the file and its licence: `models/NOTICE.txt`) looks for faces at a reduced
size. It tells where a face is and nothing of whose it is, and nothing that it found is kept but the largest share.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy import float32, uint8
from numpy.typing import NDArray

MODEL = Path(__file__).parent / "models" / "centerface.onnx"
LONGEST_SIDE = 320
"""Pixels: a face that matters here is still 40 or more of them wide."""
SURE_FROM = 0.6
"""Of 1: photographed faces reach .8 and more at that size, walls, fruit and leaflets stay below .56."""
_STRIDE = 32
"""What the network's sides must be multiples of."""
_CELL = 4
"""Pixels for one place of what it answers."""


@dataclass(frozen=True, slots=True)
class Face:
    """`share`: of the picture's area, 0–1; `confidence`: 0–1."""

    share: float
    confidence: float


def largest_face(colour: NDArray[uint8]) -> Face | None:
    """The largest upright face on a picture (height × width × BGR); None where there is none."""
    import cv2  # in a worker only

    height, width = colour.shape[:2]
    scale = min(1.0, LONGEST_SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(colour, size, interpolation=cv2.INTER_AREA)
    beside, below = -size[0] % _STRIDE, -size[1] % _STRIDE
    small = cv2.copyMakeBorder(small, 0, below, 0, beside, cv2.BORDER_REPLICATE)
    net = _network()
    net.setInput(cv2.dnn.blobFromImage(small))
    heat, extent, _, _ = net.forward(["537", "538", "539", "540"])
    sure = heat[0, 0]
    peaks = (sure >= SURE_FROM) & (sure >= cv2.dilate(sure, np.ones((5, 5), uint8)))
    found = [
        Face(_share(extent, row, column, size), float(sure[row, column]))
        for row, column in np.argwhere(peaks)
    ]
    return max(found, key=lambda face: face.share, default=None)


def _share(extent: NDArray[float32], row: int, column: int, size: tuple[int, int]) -> float:
    tall, wide = (_CELL * float(np.exp(extent[0, place, row, column])) for place in (0, 1))
    return min(1.0, tall * wide / (size[0] * size[1]))


@cache
def _network() -> Any:
    import cv2

    if not MODEL.is_file():
        raise FileNotFoundError(MODEL)
    cv2.setNumThreads(1)  # workers are the unit of parallel work
    return cv2.dnn.readNetFromONNX(str(MODEL))
