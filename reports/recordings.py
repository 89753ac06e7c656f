"""Voice, film and other files that are no pictures: what they are, by their content, and whether a browser plays them."""

from dataclasses import dataclass

UNKNOWN = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Recording:
    """A sort of file. `plays`: officers' browsers play it themselves; all else is only handed out to be saved."""

    media_type: str
    ending: str
    plays: bool = False


_MP4_SOUND = frozenset({b"M4A ", b"M4B ", b"F4A "})
_3GP = frozenset({b"3gp4", b"3gp5", b"3gp6", b"3g2a"})


def recognise(data: bytes) -> Recording:
    """By the first bytes, never by a name or by what the sender says. Anything unknown is only a file."""
    head = data[:64]
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        if brand in _MP4_SOUND:
            return Recording("audio/mp4", "m4a", plays=True)
        if brand in _3GP:
            return Recording("video/3gpp", "3gp")
        if brand == b"qt  ":
            return Recording("video/quicktime", "mov")
        return Recording("video/mp4", "mp4", plays=True)
    if head.startswith(b"OggS"):
        return Recording("audio/ogg", "ogg", plays=True)
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return Recording("video/webm", "webm", plays=True)
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return Recording("audio/wav", "wav", plays=True)
    if head.startswith(b"ID3") or (len(head) > 1 and head[0] == 0xFF and head[1] in (0xFB, 0xFA, 0xF3, 0xF2)):
        return Recording("audio/mpeg", "mp3", plays=True)
    if head.startswith((b"#!AMR-WB\n", b"#!AMR\n")):
        return Recording("audio/amr", "amr")
    if b"#!SILK_V3" in head[:12]:
        return Recording("audio/silk", "silk")
    if head.startswith(b"%PDF-"):
        return Recording("application/pdf", "pdf")
    return Recording(UNKNOWN, "bin")


PLAYED = frozenset({"audio/mp4", "audio/ogg", "audio/wav", "audio/mpeg", "video/mp4", "video/webm"})
"""The media types of what `plays`."""
