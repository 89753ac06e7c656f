"""PDF files put together byte by byte, honest and otherwise."""

import zlib
from collections.abc import Sequence

LEAFLET_PAGE = b"BT /F1 36 Tf 40 700 Td (CALL 13800138000) Tj ET"


def stream(body: bytes, words: bytes = b"", packed: bool = True) -> bytes:
    held = zlib.compress(body, 9) if packed else body
    how = b"/Filter /FlateDecode " if packed else b""
    return b"<< " + how + words + b" /Length %d >>\nstream\n" % len(held) + held + b"\nendstream"


def written(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A file of numbered objects, the first of which is the catalogue."""
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        data
        + b"xref\n0 %d\n0000000000 65535 f \n" % size
        + table
        + b"trailer\n<< /Size %d /Root 1 0 R " % size
        + trailer
        + b">>\nstartxref\n%d\n%%%%EOF\n" % len(data)
    )


def document(
    content: bytes = stream(LEAFLET_PAGE), box: bytes = b"0 0 595 842", more: Sequence[bytes] = (),
    resources: bytes = b"", catalogue: bytes = b"", trailer: bytes = b"", pages: int = 1,
) -> bytes:  # fmt: skip
    """Pages that all show `content`; `more` are objects from number 6 on."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [" + box + b"] /Contents 4 0 R /Resources << "
    page += b"/Font << /F1 5 0 R >> " + resources + b" >> >>"
    return written(
        [
            b"<< /Type /Catalog /Pages 2 0 R " + catalogue + b">>",
            b"<< /Type /Pages /Kids [" + b"3 0 R " * pages + b"] /Count %d >>" % pages,
            page,
            content,
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            *more,
        ],
        trailer,
    )


def locked() -> bytes:
    """One whose password nobody knows (standard security handler, revision 2)."""
    encrypt = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >>"
    return document(more=[encrypt], trailer=b"/Encrypt 6 0 R /ID [<00> <00>] ")


def image_of(width: int, height: int, pixels: bytes) -> bytes:
    """One page that shows an image of a claimed size, one bit a pixel."""
    words = b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 1"
    return document(
        stream(b"500 0 0 500 40 40 cm /I1 Do"),
        more=[stream(pixels, words % (width, height))],
        resources=b"/XObject << /I1 6 0 R >>",
    )


def drawing_itself() -> bytes:
    """A form that draws itself twice, and so on."""
    form = stream(b"/X1 Do /X1 Do", b"/Type /XObject /Subtype /Form /BBox [0 0 500 500] /Resources << /XObject << /X1 6 0 R >> >>")  # fmt: skip
    return document(stream(b"/X1 Do"), more=[form], resources=b"/XObject << /X1 6 0 R >>")


def a_billion_forms() -> bytes:
    """Nine forms, each of which draws the next ten times."""
    words = b"/Type /XObject /Subtype /Form /BBox [0 0 500 500] /Resources << /XObject << /X1 %d 0 R >> >>"
    forms = [stream(b"/X1 Do " * 10, words % (7 + place)) for place in range(9)]
    forms.append(stream(b"0 0 9 9 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 500 500]"))
    return document(stream(b"/X1 Do"), more=forms, resources=b"/XObject << /X1 6 0 R >>")


def page_tree(depth: int) -> bytes:
    """One page at the bottom of so many nested groups of pages."""
    groups = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (place + 3) for place in range(depth)]
    return written(
        [b"<< /Type /Catalog /Pages 2 0 R >>", *groups, b"<< /Type /Page /MediaBox [0 0 500 500] >>"]
    )


def with_attachment(content: bytes) -> bytes:
    """A page, and a file attached to it."""
    named = b"<< /Type /Filespec /F (a.exe) /EF << /F 7 0 R >> >>"
    catalogue = b"/Names << /EmbeddedFiles << /Names [(a.exe) 6 0 R] >> >> "
    return document(more=[named, stream(content)], catalogue=catalogue)


def packed_twice(content: bytes) -> bytes:
    """A stream that is small once unpacked and huge when unpacked again."""
    once = stream(zlib.compress(content, 9))
    return once.replace(b"/Filter /FlateDecode", b"/Filter [/FlateDecode /FlateDecode]", 1)
