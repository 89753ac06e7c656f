"""Files that strangers could send instead of a photograph, made here; none does harm beyond its size."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

import pillow_heif
from PIL import Image

from tests.knowledge.pictures import documents
from tests.leaflets import as_jpeg, leaflet_image

pillow_heif.register_heif_opener()


def saved(image: Image.Image, format_: str, **options: object) -> bytes:
    written = io.BytesIO()
    image.save(written, {"HEIC": "HEIF"}.get(format_, format_), **options)
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


def resized_in_boxes(heic: bytes, width: int, height: int) -> bytes:
    """A HEIC file that claims another size than its picture has."""
    at = heic.index(b"ispe") + 8
    return heic[:at] + struct.pack(">II", width, height) + heic[at + 8 :]


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
    yield "half a document", b"%PDF-1.7\n" + bytes(500)
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
    yield "jpeg of a thousand passes", jpeg_of_passes(1000)
    yield "png of 150,000 empty chunks", png[:33] + png_chunk(b"tIME", b"") * 150_000 + png[33:]
    yield "png of one byte at a time", png_in_pieces()
    yield "png that moves", moving("PNG")
    yield "webp that moves", moving("WEBP")
    yield "TIFF", saved(picture, "TIFF")
    yield (
        "bmp of run lengths that end early",
        b"BM"
        + struct.pack("<IHHI", 100, 0, 0, 1078)
        + struct.pack("<IiiHHIIiiII", 40, 6000, 6000, 1, 8, 1, 0, 0, 0, 256, 0)
        + bytes(1024)
        + b"\xff\x01" * 100
        + b"\0\1",
    )
    yield "jpeg whose EXIF leads to itself", with_jpeg_segment(jpeg, 0xE1, exif_in_a_circle())
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
    yield from _in_boxes(saved(picture, "HEIC", quality=60))
    yield from _documents()
    whole_ones = {"jpeg": jpeg, "png": png, "webp": webp, "gif": gif, "bmp": bmp}
    whole_ones |= {"heic": saved(picture, "HEIC", quality=60), "pdf": saved(picture, "PDF")}
    for name, whole in whole_ones.items():
        yield from (
            (f"{name} cut at {length} bytes", whole[:length]) for length in range(1024, len(whole), 1024)
        )
        middle = len(whole) // 2
        yield f"{name} with a hole", whole[:middle] + bytes(200) + whole[middle + 200 :]
        yield f"{name} under another's signature", b"\x89PNG\r\n\x1a\n" + whole[8:]
    yield "strip of 20,000 pixels", as_jpeg(Image.new("RGB", (20_000, 40), "white"))
    yield "strip of 65,000 pixels", as_jpeg(Image.new("L", (40, 65_000), 255))
    yield "CMYK", saved(picture.convert("CMYK"), "JPEG")
    yield "16 bits of grey", saved(Image.new("I;16", (300, 300), 40_000), "PNG")
    yield "two colours", saved(picture.convert("1"), "PNG")
    yield "all transparent", saved(Image.new("RGBA", (300, 300), (0, 0, 0, 0)), "PNG")
    yield "16 bits of each colour", png_of_16_bits()
    yield (
        "CMYK of Adobe, inverted",
        with_jpeg_segment(saved(picture.convert("CMYK"), "JPEG"), 0xEE, b"Adobe\0\x64\0\0\0\0\2"),
    )
    yield "junk for a profile of WebP", saved(picture, "WEBP", icc_profile=bytes(range(256)) * 40)


def jpeg_of_passes(count: int) -> bytes:
    """A progressive picture whose last pass comes again and again: each costs the decoder a whole picture's work."""
    written = io.BytesIO()
    Image.new("RGB", (6000, 6000), "white").save(written, "JPEG", quality=10, progressive=True)
    jpeg = written.getvalue()
    end = jpeg.rindex(b"\xff\xd9")
    return jpeg[:end] + jpeg[jpeg.rindex(b"\xff\xda") : end] * count + jpeg[end:]


def png_in_pieces() -> bytes:
    pixels = zlib.compress((b"\0" + bytes(900)) * 300, 0)
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", 300, 300, 8, 2, 0, 0, 0))
    pieces = b"".join(png_chunk(b"IDAT", pixels[at : at + 2]) for at in range(0, len(pixels), 2))
    return b"\x89PNG\r\n\x1a\n" + header + pieces + png_chunk(b"IEND", b"")


def moving(format_: str) -> bytes:
    first, *others = (Image.new("RGB", (400, 300), (shade, 0, 0)) for shade in range(0, 200, 40))
    return saved(first, format_, save_all=True, append_images=others)


def exif_in_a_circle() -> bytes:
    entry = struct.pack(">HHII", 0x8769, 4, 1, 8)
    return b"Exif\0\0" + b"MM\0*\0\0\0\x08" + struct.pack(">H", 1) + entry + struct.pack(">I", 8)


def png_of_16_bits() -> bytes:
    row = b"\0" + b"\xff\x00\x80\x00\x00\xff" * 200
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", 200, 200, 16, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + header + png_chunk(b"IDAT", zlib.compress(row * 200)) + png_chunk(b"IEND", b"")
    )


def _in_boxes(heic: bytes) -> Iterator[tuple[str, bytes]]:
    meta = heic.index(b"meta") - 4
    yield "heic claiming the largest numbers", resized_in_boxes(heic, 0xFFFFFFFF, 0xFFFFFFFF)
    yield "heic claiming 65,535 pixels a side", resized_in_boxes(heic, 65_535, 65_535)
    yield "heic that says it is smaller", resized_in_boxes(heic, 40, 40)
    yield "heic of no width", resized_in_boxes(heic, 0, 100)
    yield "heic of countless empty boxes", heic[:meta] + b"\0\0\0\x08free" * 10**6
    yield "heic with a box of no length", heic[:meta] + b"\0\0\0\x01meta" + bytes(8) + heic[meta:]
    yield "heic with a box longer than any file", heic[:meta] + b"\0\0\0\x01mdat" + b"\xff" * 8
    yield "heic of its first box alone", heic[:meta]
    yield "heic and archive", heic + archive()
    yield "heic and page", heic + b"<html><script>alert(1)</script>"
    yield "film under the name of a photo", b"\0\0\0\x18ftypheic\0\0\0\0heicmif1" + b"\0\0\0\x08moov"
    yield "heic with another picture's coding", heic.replace(b"hvcC", b"av1C", 1)
    yield (
        "heic whose pixels are noise",
        heic[: heic.index(b"mdat") + 20]
        + bytes((place * 37) % 251 for place in range(len(heic) - heic.index(b"mdat") - 20)),
    )


def _documents() -> Iterator[tuple[str, bytes]]:
    whole = documents.document()
    yield "document with a password", documents.locked()
    yield "document without a page", documents.document(pages=0)
    yield "document that says it has a billion pages", whole.replace(b"/Count 1", b"/Count 999999999")
    yield "document whose pages lead in a circle", whole.replace(b"/Kids [3 0 R ]", b"/Kids [2 0 R ]")
    yield "document of a page as thin as a hair", documents.document(box=b"0 0 14400 3")
    yield "document of a page as large as a town", documents.document(box=b"0 0 1e9 1e9")
    yield "document with an image of ten gigapixels", documents.image_of(100_000, 100_000, bytes(1000))
    yield "document of brackets", documents.document(documents.stream(b"[" * 5_000_000))
    yield (
        "document with a script",
        documents.document(catalogue=b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> "),
    )
    yield "document of ten thousand pages", documents.document(pages=10_000)
    yield "document of pages twenty thousand deep", documents.page_tree(20_000)
    yield "document with a program attached", documents.with_attachment(b"MZ" + bytes(50_000_000))
    yield "document packed twice", documents.document(documents.packed_twice(bytes(200_000_000)))
    yield "document and archive", whole + archive()
    yield "document and page", whole + b"<html><script>alert(1)</script>"
