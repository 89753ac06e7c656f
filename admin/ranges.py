"""Parts of a file: a browser that plays a film asks for it piece by piece (RFC 9110, section 14)."""

import re

from fastapi import Response

_ONE_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def answer(data: bytes, wanted: str | None, headers: dict[str, str], media_type: str) -> Response:
    """The part that the Range header names, or everything where it names none, several, or makes no sense; 416 for
    what lies beyond the end."""
    headers = {**headers, "Accept-Ranges": "bytes"}
    found = _ONE_RANGE.fullmatch(wanted.strip()) if wanted else None
    if found is None or found.groups() == ("", ""):
        return Response(data, media_type=media_type, headers=headers)
    size = len(data)
    if not found[1]:  # the last so many bytes
        first, last = max(0, size - int(found[2])), size - 1
    else:
        first, last = int(found[1]), min(int(found[2]) if found[2] else size - 1, size - 1)
        if found[2] and int(found[2]) < first:
            return Response(data, media_type=media_type, headers=headers)
    if first >= size or (not found[1] and int(found[2]) == 0):
        return Response(status_code=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return Response(data[first : last + 1], status_code=206, media_type=media_type, headers=headers)
