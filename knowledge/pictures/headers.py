"""What a picture's own structure says, read in plain Python: format, size, frames, and where it ends.

No decoder sees a stranger's bytes here, so this may run in the web process. Every walk is bounded in steps,
so a file built of millions of tiny blocks costs no more than an honest one. Sources: ITU-T T.81 annex B
(JPEG), the PNG specification third edition, RFC 9649 (WebP), GIF89a, the BITMAPINFOHEADER documentation, and
ISO 32000-1 7.5 (PDF: of its structure only the two ends are looked at). HEIC has a file of its own, `boxes`.
"""

from dataclasses import dataclass
from enum import StrEnum
from struct import error as struct_error
from struct import unpack_from

from knowledge.pictures.boxes import is_heic, read_boxes
from knowledge.pictures.errors import PictureBroken, PictureTruncated

_MOST_BLOCKS = 200_000
"""More blocks than this no honest encoder writes within 10 MB (GIF: 255 bytes a block, 40,000 blocks)."""


_MOST_SCANS = 64
"""Passes over a JPEG's pixels. A progressive picture has some ten; each costs a decoder as much as the picture."""


class MediaType(StrEnum):
    """The formats that are taken."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    GIF = "image/gif"
    BMP = "image/bmp"
    HEIC = "image/heic"
    PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Header:
    """Size in pixels as stored (a camera's orientation mark is not applied); `end` is the offset just past
    the picture: what follows it is not part of it. `frames` counts no further than `_MOST_BLOCKS` blocks.
    A PDF's size is only known once it is drawn: here it is 0 × 0.
    """

    media_type: MediaType
    width: int
    height: int
    frames: int
    end: int


def sniff(data: bytes) -> MediaType | None:
    """The format by its signature, or None when it is none of ours."""
    if data[:3] == b"\xff\xd8\xff":
        return MediaType.JPEG
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return MediaType.PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return MediaType.WEBP
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return MediaType.GIF
    # "BM" alone begins too many texts; the four reserved bytes are zero and the header size is a known one.
    if data[:2] == b"BM" and data[6:10] == b"\0\0\0\0" and data[14:18] in _BMP_HEADER_SIZES:
        return MediaType.BMP
    if is_heic(data):
        return MediaType.HEIC
    if data[:5] == b"%PDF-":
        return MediaType.PDF
    return None


def read_header(data: bytes, media_type: MediaType) -> Header:
    """Walks the structure. Raises `PictureTruncated` when the file stops before the picture does and
    `PictureBroken` when the structure makes no sense.
    """
    walk = {
        MediaType.JPEG: _jpeg,
        MediaType.PNG: _png,
        MediaType.WEBP: _webp,
        MediaType.GIF: _gif,
        MediaType.BMP: _bmp,
        MediaType.HEIC: _heic,
        MediaType.PDF: _pdf,
    }[media_type]
    try:
        return walk(data)
    except (struct_error, IndexError):  # a read past the end
        raise PictureTruncated() from None


_JPEG_SIZE_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_BARE_MARKERS = frozenset({0x01, *range(0xD0, 0xD8)})


def _jpeg(data: bytes) -> Header:
    at, size = 2, (0, 0)
    for _ in range(_MOST_BLOCKS):
        if data[at] != 0xFF:
            raise PictureBroken()
        marker = data[at + 1]
        if marker == 0xFF:  # fill byte
            at += 1
            continue
        at += 2
        if marker in _JPEG_BARE_MARKERS:
            continue
        if marker == 0xD9:  # ended before any pixel
            raise PictureBroken()
        (length,) = unpack_from(">H", data, at)
        if length < 2:
            raise PictureBroken()
        if marker in _JPEG_SIZE_MARKERS:
            height, width = unpack_from(">HH", data, at + 3)
            size = (width, height)
        if marker == 0xDA:
            # The end mark cannot occur among the coded pixels: there 00 or a restart mark follows every FF.
            end = data.find(b"\xff\xd9", at + length)
            if end < 0:
                raise PictureTruncated()
            if data.count(b"\xff\xda", at, end) > _MOST_SCANS:
                raise PictureBroken()
            return Header(MediaType.JPEG, *size, frames=1, end=end + 2)
        at += length
    raise PictureBroken()


def _png(data: bytes) -> Header:
    if data[12:16] != b"IHDR":
        raise PictureBroken() if len(data) >= 16 else PictureTruncated()
    width, height = unpack_from(">II", data, 16)
    at, frames = 8, 1
    for _ in range(_MOST_BLOCKS):
        length, name = unpack_from(">I4s", data, at)
        if name == b"acTL":
            (frames,) = unpack_from(">I", data, at + 8)
        at += 12 + length
        if at > len(data):
            raise PictureTruncated()
        if name == b"IEND":
            return Header(MediaType.PNG, width, height, max(1, frames), at)
    raise PictureBroken()


def _webp(data: bytes) -> Header:
    (riff_length,) = unpack_from("<I", data, 4)
    end = 8 + riff_length
    if end > len(data):
        raise PictureTruncated()
    kind, frames = data[12:16], 1
    if kind == b"VP8 ":
        width, height = (side & 0x3FFF for side in unpack_from("<HH", data, 26))
    elif kind == b"VP8L":
        (bits,) = unpack_from("<I", data, 21)
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    elif kind == b"VP8X":
        width = int.from_bytes(data[24:27], "little") + 1
        height = int.from_bytes(data[27:30], "little") + 1
        if data[20] & 0x02:
            frames = _webp_frames(data, end)
    else:
        raise PictureBroken()
    return Header(MediaType.WEBP, width, height, frames, end)


def _webp_frames(data: bytes, end: int) -> int:
    at, frames = 12, 0
    for _ in range(_MOST_BLOCKS):
        if at + 8 > end:
            break
        name, length = unpack_from("<4sI", data, at)
        frames += name == b"ANMF"
        at += 8 + length + (length & 1)
    return max(1, frames)


def _gif(data: bytes) -> Header:
    width, height, flags = unpack_from("<HHB", data, 6)
    at = 13 + _gif_palette(flags)
    frames = steps = 0
    while steps < _MOST_BLOCKS:
        steps += 1
        kind = data[at] if at < len(data) else None
        if kind == 0x3B:
            break
        if kind is None and frames:  # the trailer is missing, but the first frame, all that is read, is whole
            return Header(MediaType.GIF, width, height, frames, len(data))
        if kind == 0x21:
            at += 2
        elif kind == 0x2C:
            left, top, across, down, local_flags = unpack_from("<HHHHB", data, at + 1)
            if not frames:  # a decoder widens the screen to hold its first frame
                width, height = max(width, left + across), max(height, top + down)
            at += 10 + _gif_palette(local_flags) + 1
        else:
            raise PictureTruncated() if kind is None else PictureBroken()
        while steps < _MOST_BLOCKS:  # sub-blocks, each with its length before it, up to one of length 0
            steps += 1
            length = data[at]
            at += 1 + length
            if length == 0:
                break
        frames += kind == 0x2C
    if not frames:
        raise PictureBroken()
    return Header(MediaType.GIF, width, height, frames, at + 1)


def _gif_palette(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


_BMP_HEADER_SIZES = frozenset(size.to_bytes(4, "little") for size in (12, 40, 52, 56, 64, 108, 124))


def _bmp(data: bytes) -> Header:
    pixels_at, header_size = unpack_from("<II", data, 10)
    if header_size == 12:
        width, height, _, depth = unpack_from("<HHHH", data, 18)
        compression = 0
    else:
        width, height, _, depth, compression = unpack_from("<iiHHI", data, 18)
        height = abs(height)  # negative: rows are stored top to bottom
    if width <= 0 or depth not in (1, 4, 8, 16, 24, 32):
        raise PictureBroken()
    if compression not in (0, 3):  # run-length coded: only the decoder knows where it ends
        return Header(MediaType.BMP, width, height, 1, len(data))
    end = pixels_at + (width * depth + 31) // 32 * 4 * height
    if end > len(data):
        raise PictureTruncated()
    return Header(MediaType.BMP, width, height, 1, end)


def _heic(data: bytes) -> Header:
    found = read_boxes(data)
    return Header(MediaType.HEIC, found.width, found.height, found.frames, found.end)


_PDF_END_REACH = 2048
"""Readers look for the end mark in the last kilobyte; mail programs append a little more."""


def _pdf(data: bytes) -> Header:
    begin = max(0, len(data) - _PDF_END_REACH)
    if b"startxref" not in data[begin:]:
        raise PictureTruncated()
    end = data.find(b"%%EOF", data.rfind(b"startxref"))
    return Header(MediaType.PDF, 0, 0, 1, len(data) if end < 0 else end + 5)
