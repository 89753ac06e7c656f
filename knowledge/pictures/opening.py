"""Opening a stranger's picture: what it is, the pixels upright, and the copy that people look at.

`inspect` is plain Python over the file's structure and may run anywhere. `open_picture` and `display_copy`
hand the bytes to native decoders: a service calls them through `reader.PictureReader`, in a worker process.
"""

import io
import re
from dataclasses import dataclass
from functools import cache

from PIL import Image, ImageStat

from knowledge.pictures.documents import draw_pages
from knowledge.pictures.errors import (
    AnimatedPicture,
    NotAPicture,
    PictureBroken,
    PictureTooLarge,
    PictureTooSmall,
    PictureTruncated,
    PolyglotPicture,
    TooManyPixels,
    UnsupportedFormat,
)
from knowledge.pictures.headers import Header, MediaType, read_header, sniff

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class PictureLimits:
    """What is taken. 10 MB and 40 megapixels let through every photo a phone sends in a chat (48-megapixel
    modes are scaled down by the chat programs); below 32 pixels no writing can be read.
    """

    max_bytes: int = 10 * _MEGABYTE
    max_pixels: int = 40_000_000
    max_side: int = 65_535
    min_side: int = 32


DEFAULT_LIMITS = PictureLimits()


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """`width` and `height` in pixels as stored, before a camera's orientation mark is applied; 0 × 0 for a PDF
    that is not drawn yet. `frames`: of a GIF, of which only the first is read; of an opened PDF its pages.
    """

    media_type: MediaType
    width: int
    height: int
    frames: int


@dataclass(frozen=True, slots=True)
class OpenedPicture:
    """`image`: RGB, upright, perhaps reduced; `width`, `height`: the upright picture in full; `scale`: pixels
    of the full picture for one of `image`.
    """

    image: Image.Image
    facts: PictureFacts
    width: int
    height: int
    scale: float


@dataclass(frozen=True, slots=True)
class DisplayCopy:
    """`data` is a JPEG made anew from the pixels: upright, without metadata, of bounded size."""

    data: bytes
    width: int
    height: int


def inspect(data: bytes, limits: PictureLimits = DEFAULT_LIMITS) -> PictureFacts:
    """What the file is, by its content alone. Raises a `PictureRefused` for what is not taken: see `errors`.
    A picture that passes may still be damaged inside; only decoding tells.
    """
    if len(data) > limits.max_bytes:
        raise PictureTooLarge(
            megabytes=-(-len(data) // _MEGABYTE), limit_megabytes=limits.max_bytes // _MEGABYTE
        )
    media_type = sniff(data)
    if media_type is None:
        raise _not_ours(data)
    header = read_header(data, media_type)
    if header.frames > 1 and media_type is not MediaType.GIF:
        raise AnimatedPicture()
    if media_type is not MediaType.PDF:  # drawn at a size of our choosing
        _check_size(header.width, header.height, limits)
    if _holds_another_file(data, header):
        raise PolyglotPicture()
    return PictureFacts(media_type, header.width, header.height, header.frames)


def open_picture(
    data: bytes, limits: PictureLimits = DEFAULT_LIMITS, most_pixels: int | None = None
) -> OpenedPicture:
    """Decodes the first frame (of a PDF the first pages), upright and in RGB, halved until it has at most
    `most_pixels`. Raises what `inspect` raises, and `PictureTruncated` or `PictureBroken` for damage that shows
    in decoding, `DocumentLocked` for a PDF with a password.
    """
    facts = inspect(data, limits)
    if facts.media_type is MediaType.PDF:
        return _opened_document(data, facts, limits, most_pixels)
    if facts.media_type is MediaType.HEIC:
        _take_heic()
    try:
        with Image.open(io.BytesIO(data), formats=[_PILLOW_NAMES[facts.media_type]]) as image:
            # The structure may say one size and the decoder find another.
            _check_size(*image.size, limits)
            width, height = image.size
            if most_pixels is not None and width * height > most_pixels:
                image.draft(None, (width // 2, height // 2))  # a JPEG decodes at half its size for a quarter
            image.load()
            turn = _TURNS.get(_orientation(image))
            pixels = _as_rgb(image)
            pixels.info = {}  # else a comment or a profile would be written into the copy
    except (PictureTooSmall, TooManyPixels, MemoryError):
        raise
    except OSError as problem:
        raise (PictureTruncated() if "truncated" in str(problem) else PictureBroken()) from problem
    except Exception as problem:  # a damaged file makes Pillow raise nearly anything
        raise PictureBroken() from problem
    pixels = _reduced(pixels, most_pixels)
    if turn is not None:
        pixels = pixels.transpose(turn)
    if turn in _SWAPPING_TURNS:
        width, height = height, width
    return OpenedPicture(pixels, facts, width, height, scale=width / pixels.width)


def _opened_document(
    data: bytes, facts: PictureFacts, limits: PictureLimits, most_pixels: int | None
) -> OpenedPicture:
    drawn = draw_pages(data)
    width, height = drawn.image.size
    _check_size(width, height, limits)
    pixels = _reduced(drawn.image, most_pixels)
    known = PictureFacts(facts.media_type, width, height, drawn.pages)
    return OpenedPicture(pixels, known, width, height, scale=width / pixels.width)


def _reduced(pixels: Image.Image, most_pixels: int | None) -> Image.Image:
    while most_pixels is not None and pixels.width * pixels.height > most_pixels:
        pixels = pixels.reduce(2)
    return pixels


@cache
def _take_heic() -> None:
    """Teaches Pillow the format, in this process. One thread; no depth maps or gain maps, which nobody reads."""
    import pillow_heif

    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)


_PILLOW_NAMES = {
    **{kind: kind.name for kind in MediaType if kind is not MediaType.PDF},
    MediaType.HEIC: "HEIF",
}


def display_copy(data: bytes, limits: PictureLimits = DEFAULT_LIMITS) -> DisplayCopy:
    """The copy that officers and citizens see: a JPEG, upright, without metadata, its longer side at most
    1600 pixels (a strip keeps up to 800 pixels of width, so that a long screenshot stays legible).
    Raises what `open_picture` raises.
    """
    return display_of(open_picture(data, limits, most_pixels=16_000_000))


def display_of(opened: OpenedPicture) -> DisplayCopy:
    """The display copy of a picture that is already open."""
    image = opened.image
    longer, shorter = max(image.size), min(image.size)
    scale = min(1.0, max(1600 / longer, min(800 / shorter, 12_000 / longer)))
    if scale < 1.0:
        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    written = io.BytesIO()
    image.save(written, "JPEG", quality=85, optimize=True)
    return DisplayCopy(written.getvalue(), *image.size)


def _check_size(width: int, height: int, limits: PictureLimits) -> None:
    if width * height > limits.max_pixels or max(width, height) > limits.max_side:
        raise TooManyPixels(width=width, height=height)
    if min(width, height) < limits.min_side:
        raise PictureTooSmall(width=width, height=height)


_FOREIGN_FORMATS: tuple[tuple[int, bytes, str], ...] = (
    (4, b"ftypavif", "AVIF"),
    (4, b"ftypavis", "AVIF"),
    (4, b"ftypmif1", "AVIF"),  # HEIC, which begins so too, is known by its other brands
    (4, b"ftyp", "视频"),
    (0, b"II*\0", "TIFF"),
    (0, b"MM\0*", "TIFF"),
    (0, b"8BPS", "PSD"),
    (0, b"\0\0\x01\0", "ICO"),
    (0, b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (0, b"\xff\x0a", "JPEG XL"),
)
"""Formats that people do send, named so that the sentence can say which; the same order as they are tried."""


def _not_ours(data: bytes) -> UnsupportedFormat | NotAPicture | PictureTruncated:
    if not data or (data[4:8] == b"ftyp" and len(data) < 16):
        return PictureTruncated()
    for at, mark, name in _FOREIGN_FORMATS:
        if data[at : at + len(mark)] == mark:
            return UnsupportedFormat(format=name)
    return NotAPicture()


_SCRIPT = re.compile(rb"<script|<\?php|<!doctype html|<html[\s>]", re.IGNORECASE)
_FOREIGN_TAILS = (
    b"PK\x03\x04", b"PK\x05\x06", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x7fELF", b"MZ", b"%PDF-", b"#!",
)  # fmt: skip
_ZIP_END_REACH = 22 + 65_535
"""A zip reader looks for its directory so near the end of a file: the end record and the longest comment."""


def _holds_another_file(data: bytes, header: Header) -> bool:
    """Whether some other program would open the same bytes as a page, an archive, a document or a program.

    What phones append is let through: the film of a motion photo, the second picture of an HDR or depth
    photo, a maker's notes. Only the original keeps it; the display copy is made from the pixels.
    """
    tail = data[header.end :].lstrip(b"\0\r\n\t ")
    if tail.startswith(_FOREIGN_TAILS):
        return True
    if b"PK\x05\x06" in data[-_ZIP_END_REACH:] and b"PK\x01\x02" in data:
        return True
    if header.media_type is MediaType.PDF:
        return _SCRIPT.search(data) is not None
    if b"%PDF-" in data[:1024]:  # PDF readers accept the mark anywhere in the first kilobyte
        return True
    return _SCRIPT.search(data) is not None


_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What sets a picture upright, by its EXIF orientation mark."""
_SWAPPING_TURNS = frozenset(_TURNS[mark] for mark in (5, 6, 7, 8))


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(0x0112, 1))
    except Exception:  # broken metadata is no reason to refuse good pixels
        return 1


def _as_rgb(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I") or image.mode == "F":  # 16 bits of grey: `convert` would clip it to white
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L").convert("RGB")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        clear = image.convert("RGBA")
        alpha = clear.getchannel("A")
        # White writing on nothing is common in exported posters: lay it on black, anything else on white.
        seen = ImageStat.Stat(clear.convert("L"), alpha.point(lambda value: 255 * (value > 127)))
        bright = bool(seen.count[0]) and seen.mean[0] > 160
        ground = Image.new("RGB", clear.size, (0, 0, 0) if bright else (255, 255, 255))
        ground.paste(clear, mask=alpha)
        return ground
    return image.convert("RGB")
