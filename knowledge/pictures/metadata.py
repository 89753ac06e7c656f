"""What a camera wrote into the file: when, where and with what it was taken. A trace to be weighed, not a proof: anybody
can write it anew, and most messengers take it out.
"""

import io
from dataclasses import asdict, dataclass
from typing import Any

from PIL import ExifTags, Image

LONGEST = 80
"""Characters of a field; what is longer is no camera's name."""


@dataclass(frozen=True, slots=True)
class Taken:
    """`at` as the camera's clock had it, without a zone unless it wrote one; degrees as GPS gives them (WGS 84)."""

    at: str = ""
    latitude: float | None = None
    longitude: float | None = None
    device: str = ""
    software: str = ""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Taken":
        return cls(**stored)


def taken_of(data: bytes) -> Taken | None:
    """What the file says of it; None where it says nothing, or nothing that makes sense. Never raises."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            exif = image.getexif()
        inner, gps = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
        place = _place(gps)
        device = [_text(exif.get(tag)) for tag in (ExifTags.Base.Make, ExifTags.Base.Model)]
        if device[0] and device[1].startswith(device[0]):
            device = device[1:]  # “Xiaomi Xiaomi 13” says it twice
        moment = _text(inner.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime))
        zone = _text(inner.get(ExifTags.Base.OffsetTimeOriginal))
        found = Taken(
            at=" ".join(part for part in (moment.replace(":", "-", 2), zone) if part),
            latitude=place[0] if place else None,
            longitude=place[1] if place else None,
            device=" ".join(part for part in device if part),
            software=_text(exif.get(ExifTags.Base.Software)),
        )
    except (
        Exception
    ):  # broken metadata makes Pillow raise nearly anything, and is no reason to refuse good pixels
        return None
    return found if found != Taken() else None


def _text(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("ascii", "ignore")
    if not isinstance(value, str):
        return ""
    return "".join(letter for letter in value if letter.isprintable()).strip()[:LONGEST]


def _place(gps: dict[int, Any]) -> tuple[float, float] | None:
    degrees = []
    for value, side, negative, most in (
        (ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLatitudeRef, "S", 90),
        (ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSLongitudeRef, "W", 180),
    ):
        parts = [float(part) for part in gps.get(value, ())]
        if len(parts) != 3:
            return None
        number = parts[0] + parts[1] / 60 + parts[2] / 3600
        if not 0 <= number <= most:  # also what is no number at all
            return None
        degrees.append(-number if _text(gps.get(side)) == negative else number)
    return (degrees[0], degrees[1]) if degrees != [0.0, 0.0] else None
