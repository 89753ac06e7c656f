"""What a HEIC file's boxes say: the size of its picture, and where it ends. Plain Python, no decoder.

Sources: ISO/IEC 14496-12 (boxes, `meta`, `pitm`, `iprp`) and ISO/IEC 23008-12 (`ispe`, brands). A phone cuts its
photo into tiles of 512 pixels; the property `ispe` of the primary item gives the size of the whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from struct import unpack_from

from knowledge.pictures.errors import PictureBroken, PictureTruncated

_STILLS = frozenset((b"heic", b"heix", b"heim", b"heis"))
_SEQUENCES = frozenset((b"hevc", b"hevx", b"hevm", b"hevs", b"msf1"))
_GENERAL = frozenset((b"mif1", b"mif2", b"miaf"))
"""Brands that say "pictures in boxes" and leave open how they are coded; AVIF uses them too."""
_MOST_BOXES = 4_000
"""A phone's photo has some 150 boxes, 100 of them the properties of its tiles."""


@dataclass(frozen=True, slots=True)
class Boxes:
    """Size in pixels: of the primary picture or, where a box names a larger one, of that, since a decoder may
    be made to build it. `frames` is 2 where the file is a moving sequence; `end` is just past the last box.
    """

    width: int
    height: int
    frames: int
    end: int


def is_heic(data: bytes) -> bool:
    """By the brands in the file's first box."""
    if data[4:8] != b"ftyp":
        return False
    major, brands = data[8:12], _brands(data)
    if major in _STILLS | _SEQUENCES - {b"msf1"}:
        return True
    return major in _GENERAL | {b"msf1"} and bool(brands & (_STILLS | _SEQUENCES - {b"msf1"}))


def read_boxes(data: bytes) -> Boxes:
    """Raises `PictureTruncated` where a box reaches beyond the file, `PictureBroken` where no picture is named,
    and struct.error where the file stops within a number.
    """
    end, frames = 0, 1
    sizes: list[tuple[int, int]] = []
    for name, body, after in _boxes(data, 0, len(data), outermost=True):
        if name == b"meta" and not sizes:  # the first one counts
            sizes = list(_sizes(data, body + 4, after))
        elif name == b"moov":
            frames = 2
        end = after
    if not sizes:
        if frames > 1:  # nothing but the sequence
            return Boxes(0, 0, frames, end)
        raise PictureBroken() if end == len(data) else PictureTruncated()
    width, height = max(sizes, key=lambda size: size[0] * size[1])
    return Boxes(width, height, frames, end)


def _brands(data: bytes) -> set[bytes]:
    length = int.from_bytes(data[:4], "big")
    stop = min(length, len(data), 8 + 4 * 64)
    return {data[at : at + 4] for at in (8, *range(16, stop, 4))}


def _boxes(data: bytes, at: int, end: int, outermost: bool = False) -> Iterator[tuple[bytes, int, int]]:
    """Name of each box, where its body begins and where it ends."""
    for _ in range(_MOST_BOXES):
        if at + 8 > end:
            return
        length, name = unpack_from(">I4s", data, at)
        body = at + 8
        if length == 1:
            (length,) = unpack_from(">Q", data, body)
            body += 8
        elif length == 0:  # to the end of what holds it
            length = end - at
        if outermost and at and not (name.isascii() and name.isalnum()):
            return  # something that was appended
        if length < body - at:
            raise PictureBroken()
        if at + length > end:
            raise PictureTruncated() if outermost else PictureBroken()
        yield name, body, at + length
        at += length
    raise PictureBroken()


def _sizes(data: bytes, at: int, end: int) -> Iterator[tuple[int, int]]:
    """Every size among the properties of the items."""
    for name, body, after in _boxes(data, at, end):
        if name in (b"iprp", b"ipco"):
            yield from _sizes(data, body, after)
        elif name == b"ispe":
            width, height = unpack_from(">II", data, body + 4)
            yield width, height
