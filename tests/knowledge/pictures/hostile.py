"""Files that strangers could send instead of a photograph, made here; none does harm beyond its size."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from PIL import Image

from tests.leaflets import as_jpeg, leaflet_image


def saved(image: Image.Image, format_: str, **options: object) -> bytes:
    written = io.BytesIO()
    image.save(written, format_, **options)
    return written.getvalue()


def png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_claiming(width: int, height: int, pixels: bytes = b"") -> bytes:
    """A PNG of any declared size with any pixel stream: 8-bit RGB."""
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + header + png_chunk(b"IDAT", zlib.compress(pixels, 9)) + png_chunk(b"IEND", b"")
    )


def gif_claiming(width: int, height: int, frame_width: int, frame_height: int) -> bytes:
    screen = b"GIF89a" + struct.pack("<HHBBB", width, height, 0xF0, 0, 0) + b"\0\0\0\xff\xff\xff"
    return (
        screen
        + b"\x2c"
        + struct.pack("<HHHHB", 0, 0, frame_width, frame_height, 0)
        + b"\x02\x02\x44\x01\x00;"
    )


def with_jpeg_segment(jpeg: bytes, marker: int, body: bytes) -> bytes:
    return jpeg[:2] + b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body + jpeg[2:]


def archive() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        packed.writestr("readme.txt", "hidden")
    return written.getvalue()


def leaflet(width: int = 400) -> Image.Image:
    return leaflet_image(("急用钱找我", "电话 13800138000"), width=width)


def corpus() -> Iterator[tuple[str, bytes]]:
    """Name and content of each file."""
    picture = leaflet()
    jpeg, png = as_jpeg(picture), saved(picture, "PNG")
    webp, gif, bmp = saved(picture, "WEBP"), saved(picture.convert("P"), "GIF"), saved(picture, "BMP")
    yield "nothing", b""
    yield "one byte", b"\xff"
    yield "only a signature", b"\xff\xd8\xff"
    yield "text", "急用钱加微信".encode()
    yield "page", b"<!doctype html><html><script>alert(1)</script></html>"
    yield "drawing with script", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"
    yield "archive", archive()
    yield "program", b"\x7fELF" + bytes(4000)
    yield "document", b"%PDF-1.7\n" + bytes(500)
    yield "film", b"\0\0\0\x18ftypmp42" + bytes(4000)
    yield "noise", bytes(range(256)) * 64
    yield "png of two gigapixels", png_claiming(46_000, 46_000, bytes(10_000))
    yield "png with too few pixels", png_claiming(6000, 6000, bytes(10_000))
    yield "png with too many pixels", png_claiming(100, 100, bytes(20_000_000))
    yield "png of no width", png_claiming(0, 100)
    yield "png claiming the largest numbers", png_claiming(0xFFFFFFFF, 0xFFFFFFFF)
    yield "gif with a frame beyond its screen", gif_claiming(40, 40, 65_535, 65_535)
    yield (
        "gif of endless tiny blocks",
        b"GIF89a" + struct.pack("<HHBBB", 40, 40, 0, 0, 0) + b"\x21\xfe" + b"\1\0" * 10**6,
    )
    yield (
        "webp claiming the largest canvas",
        webp[:12] + b"VP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + b"\xff\xff\xff" * 2,
    )
    yield (
        "jpeg of 65,535 pixels a side",
        jpeg.replace(jpeg[jpeg.index(b"\xff\xc0") :][5:9], b"\xff\xff\xff\xff", 1),
    )
    yield "jpeg of no height", jpeg.replace(jpeg[jpeg.index(b"\xff\xc0") :][5:7], b"\0\0", 1)
    yield "jpeg of a million empty segments", b"\xff\xd8" + b"\xff\xfe\x00\x02" * 10**6
    yield "bmp of negative width", bmp[:18] + struct.pack("<i", -40) + bmp[22:]
    yield "bmp claiming the largest numbers", bmp[:18] + struct.pack("<ii", 2**31 - 1, 2**31 - 1) + bmp[26:]
    yield "jpeg and page", jpeg + b"<html><script>alert(1)</script>"
    yield "jpeg and archive", jpeg + archive()
    yield "png and archive", png + archive()
    yield "jpeg and program", jpeg + b"MZ" + bytes(4000)
    yield "gif that is a script", b"GIF89a/*" + gif[8:] + b"*/=1;<script>alert(1)</script>"
    yield "jpeg with server code in a comment", with_jpeg_segment(jpeg, 0xFE, b"<?php system($_GET['c']); ?>")
    yield "jpeg with a document in a comment", with_jpeg_segment(jpeg, 0xFE, b"%PDF-1.4\n%")
    yield (
        "jpeg with junk for a colour profile",
        with_jpeg_segment(jpeg, 0xE2, b"ICC_PROFILE\0\1\1" + bytes(range(256)) * 100),
    )
    yield (
        "jpeg with junk for its EXIF",
        with_jpeg_segment(jpeg, 0xE1, b"Exif\0\0" + b"MM\0*\0\0\0\x08\xff\xff" * 500),
    )
    yield (
        "png with a bomb for a colour profile",
        png[:33] + png_chunk(b"iCCP", b"x\0\0" + zlib.compress(bytes(50_000_000), 9)) + png[33:],
    )
    yield (
        "png with a bomb for a text",
        png[:33] + png_chunk(b"zTXt", b"x\0\0" + zlib.compress(bytes(50_000_000), 9)) + png[33:],
    )
    for name, whole in (("jpeg", jpeg), ("png", png), ("webp", webp), ("gif", gif), ("bmp", bmp)):
        for part in (0.01, 0.3, 0.6, 0.95):
            yield f"{name} cut at {part:.0%}", whole[: int(len(whole) * part)]
        middle = len(whole) // 2
        yield f"{name} with a hole", whole[:middle] + bytes(200) + whole[middle + 200 :]
    yield "strip of 20,000 pixels", as_jpeg(Image.new("RGB", (20_000, 40), "white"))
    yield "strip of 65,000 pixels", as_jpeg(Image.new("L", (40, 65_000), 255))
    yield "CMYK", saved(picture.convert("CMYK"), "JPEG")
    yield "16 bits of grey", saved(Image.new("I;16", (300, 300), 40_000), "PNG")
    yield "two colours", saved(picture.convert("1"), "PNG")
    yield "all transparent", saved(Image.new("RGBA", (300, 300), (0, 0, 0, 0)), "PNG")
