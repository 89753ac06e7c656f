"""What a camera wrote into a file is read, weighed as text and numbers, and never stands in the way."""

import io

import pytest
from PIL import ExifTags, Image

from knowledge.pictures.metadata import Taken, taken_of
from tests.leaflets import LOAN_SHARK_LINES, leaflet_image


def photographed(**fields: object) -> bytes:
    """A leaflet as a phone saves it."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = fields.get("make", "Xiaomi")
    exif[ExifTags.Base.Model] = "Xiaomi 13"
    inner = exif.get_ifd(ExifTags.IFD.Exif)
    inner[ExifTags.Base.DateTimeOriginal] = fields.get("at", "2026:03:01 09:30:15")
    inner[ExifTags.Base.OffsetTimeOriginal] = "+08:00"
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef] = "N"
    gps[ExifTags.GPS.GPSLatitude] = fields.get("latitude", (30.0, 15.0, 36.0))
    gps[ExifTags.GPS.GPSLongitudeRef] = "W"
    gps[ExifTags.GPS.GPSLongitude] = (120.0, 30.0, 0.0)
    written = io.BytesIO()
    leaflet_image(LOAN_SHARK_LINES).save(written, "JPEG", exif=exif)
    return written.getvalue()


def test_time_place_and_device_are_read() -> None:
    taken = taken_of(photographed())
    assert taken == Taken("2026-03-01 09:30:15 +08:00", 30.26, -120.5, "Xiaomi 13", "")
    assert Taken.from_json(taken.to_json()) == taken


@pytest.mark.parametrize(
    ("fields", "left"),
    [
        ({"latitude": (300.0, 0.0, 0.0)}, "place"),
        ({"latitude": (0.0, 0.0)}, "place"),
        ({"make": "长" * 500}, "device"),
        ({"make": "<b>\x00\x1b[2J</b>"}, "device"),
        ({"at": "0000:00:00 00:00:00" + "9" * 500}, "at"),
    ],
)
def test_nonsense_is_bounded_or_left_out(fields: dict[str, object], left: str) -> None:
    taken = taken_of(photographed(**fields))
    assert taken is not None
    if left == "place":
        assert (taken.latitude, taken.longitude) == (None, None)
    assert all(len(text) <= 170 and text.isprintable() for text in (taken.at, taken.device))


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xd8\xff", photographed()[:400], b"%PDF-1.7", b"\xff\xd8\xff\xe1\xff\xffExif\0\0MM"]
)
def test_a_file_without_metadata_says_nothing(data: bytes) -> None:
    assert taken_of(data) in (None, taken_of(photographed()))
