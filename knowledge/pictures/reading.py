"""Reading one picture: its lines, its codes, its fingerprints.

Pure and heavy, on one thread; services read through `reader`.
"""

import io
from dataclasses import dataclass
from enum import StrEnum
from time import perf_counter
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from knowledge.pictures.addresses import LookAlike, OfficialDomains, hosts_in, look_alikes
from knowledge.pictures.ads import Ad, around
from knowledge.pictures.chats import Chat
from knowledge.pictures.code_kinds import hides_its_goal
from knowledge.pictures.codes import Code, find_codes
from knowledge.pictures.documents import FIRST_PAGES
from knowledge.pictures.edges import running_off
from knowledge.pictures.faces import largest_face
from knowledge.pictures.fingerprints import picture_hash, sha256
from knowledge.pictures.headers import MediaType
from knowledge.pictures.lines import SURE_FROM, TextLine
from knowledge.pictures.opening import DEFAULT_LIMITS, OpenedPicture, PictureLimits, open_picture
from knowledge.pictures.privacy import may_show_a_person, shows_bank_card, shows_identity_card, shows_selfie

MOST_PIXELS = 16_000_000
"""A larger picture is halved before it is read: writing that is lost by it, no eye reads either."""


class ReadingWarning(StrEnum):
    """What an officer should know about a reading."""

    NO_TEXT = "no_text"  # nothing written was found
    DOUBTFUL_TEXT = "doubtful_text"  # some lines were read with low confidence
    TURNED = "turned"  # the writing stands on its side or on its head
    UNREAD_PART = "unread_part"  # something like a line of writing could not be read at all
    UNREAD_CODE = "unread_code"  # a QR code was seen and could not be read
    CUT_OFF = "cut_off"  # a very long picture: only its first part was read
    RUNS_OFF = "runs_off"  # some lines go on beyond the edge of the picture
    IDENTITY_CARD = "identity_card"  # looks like somebody's identity card
    BANK_CARD = "bank_card"  # looks like a bank card
    SELFIE = "selfie"  # a large face and few words
    LOOK_ALIKE_ADDRESS = "look_alike_address"  # an address imitates a bank's or an authority's
    HIDDEN_ADDRESS = "hidden_address"  # a short link: it says nothing of where it leads
    FIRST_FRAME_ONLY = "first_frame_only"  # a moving GIF: only its first frame was read
    FIRST_PAGES_ONLY = "first_pages_only"  # a longer PDF: only its first pages were read


@dataclass(frozen=True, slots=True)
class PictureReading:
    """What is on the picture. `width`, `height` and all boxes are in pixels of the whole upright picture.
    `pdq` is None where it could not tell this picture from others; `pdq_quality` says how near it came.
    """

    width: int
    height: int
    lines: tuple[TextLine, ...]
    codes: tuple[Code, ...]
    sha256: str
    pdq: str | None
    pdq_quality: int
    warnings: tuple[ReadingWarning, ...]
    milliseconds: int
    ads: tuple[Ad, ...] = ()
    """The ads on it; none in a reading kept from before they were told apart."""
    stages: tuple[tuple[str, int], ...] = ()
    """What the milliseconds went into, by stage."""
    look_alikes: tuple[LookAlike, ...] = ()
    """Addresses in words or codes that imitate an official one."""
    chat: Chat | None = None
    """Who said what, where the picture is a chat's screenshot."""
    runs_off: tuple[int, ...] = ()
    """Places of the lines that go on beyond the edge of the picture."""
    faint: tuple[TextLine, ...] = ()
    """What may be writing and was read with so little confidence that it counts for nothing."""

    @property
    def parts(self) -> tuple[Ad, ...]:
        """The ads; everything as one where they were not told apart, nothing where there is nothing."""
        boxes = [line.box for line in self.lines] + [code.box for code in self.codes]
        if self.ads or not boxes:
            return self.ads
        return (Ad(around(boxes), tuple(range(len(self.lines))), tuple(range(len(self.codes)))),)

    def text_of(self, ad: Ad) -> str:
        """The lines of one ad that were read with confidence."""
        lines = (self.lines[place] for place in ad.lines)
        return "\n".join(line.text for line in lines if line.confidence >= SURE_FROM)

    @property
    def text(self) -> str:
        """The lines that were read with confidence, one below the other."""
        return "\n".join(line.text for line in self.lines if line.confidence >= SURE_FROM)

    def to_json(self) -> dict[str, Any]:
        return {
            "width": self.width,
            "height": self.height,
            "lines": [line.to_json() for line in self.lines],
            "codes": [code.to_json() for code in self.codes],
            "sha256": self.sha256,
            "pdq": self.pdq,
            "pdq_quality": self.pdq_quality,
            "warnings": [warning.value for warning in self.warnings],
            "milliseconds": self.milliseconds,
            "ads": [ad.to_json() for ad in self.ads],
            "stages": dict(self.stages),
            "look_alikes": [one.to_json() for one in self.look_alikes],
            "chat": self.chat.to_json() if self.chat is not None else None,
            "runs_off": list(self.runs_off),
            "faint": [line.to_json() for line in self.faint],
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "PictureReading":
        """Raises KeyError, TypeError or ValueError for anything that `to_json` did not write."""
        return cls(
            width=stored["width"],
            height=stored["height"],
            lines=tuple(TextLine.from_json(line) for line in stored["lines"]),
            codes=tuple(Code.from_json(code) for code in stored["codes"]),
            sha256=stored["sha256"],
            pdq=stored["pdq"],
            pdq_quality=stored["pdq_quality"],
            warnings=tuple(ReadingWarning(warning) for warning in stored["warnings"]),
            milliseconds=stored["milliseconds"],
            ads=tuple(Ad.from_json(ad) for ad in stored.get("ads", ())),
            stages=tuple(stored.get("stages", {}).items()),
            look_alikes=tuple(LookAlike.from_json(one) for one in stored.get("look_alikes", ())),
            chat=Chat.from_json(stored["chat"]) if stored.get("chat") else None,
            runs_off=tuple(stored.get("runs_off", ())),
            faint=tuple(TextLine.from_json(line) for line in stored.get("faint", ())),
        )


def read(data: bytes, limits: PictureLimits = DEFAULT_LIMITS) -> PictureReading:
    """Opens and reads a picture file. Raises a `PictureRefused` for what is not taken."""
    return read_opened(open_picture(data, limits, MOST_PIXELS), data)


def warm_up() -> None:
    """Loads every library and model and reads a made-up line: a first picture is several times slower."""
    made_up = Image.new("RGB", (320, 96), "white")
    ImageDraw.Draw(made_up).text((10, 20), "13800138000", "black", ImageFont.load_default(40))
    written = io.BytesIO()
    made_up.save(written, "JPEG")
    if not read(written.getvalue()).lines:
        raise RuntimeError("the OCR models find no writing where there is some")


def read_opened(
    opened: OpenedPicture, data: bytes, officials: OfficialDomains | None = None
) -> PictureReading:
    """Reads a picture that is already open; `data` is the file it came from; `officials`: whose addresses
    might be imitated, those of the project's own file where none are given.
    """
    from knowledge.pictures.ocr import find_lines  # brings OpenCV with it: in a worker only

    watch = _Watch()
    colour = np.ascontiguousarray(np.asarray(opened.image)[:, :, ::-1])
    grey = np.asarray(opened.image.convert("L"))
    watch.note("prepare")
    seen = find_codes(grey, opened.scale)
    codes = seen.codes
    watch.note("codes")
    found = find_lines(colour, opened.scale, codes)
    watch.note("text")
    face = largest_face(colour) if may_show_a_person(found.lines, codes) else None
    watch.note("face")
    likeness = picture_hash(opened.image)
    watch.note("likeness")
    written = "\n".join([*(line.text for line in found.lines), *(code.payload for code in codes)])
    # A chat goes on above and below its screenshot, which cuts no message that could be photographed again.
    runs_off = running_off(found.lines, grey, opened.scale) if found.chat is None else ()
    hosts = hosts_in(written)
    imitating = look_alikes(hosts, officials or OfficialDomains.read())
    watch.note("addresses")
    document = opened.facts.media_type is MediaType.PDF
    warnings = {
        ReadingWarning.NO_TEXT: not found.lines,
        ReadingWarning.DOUBTFUL_TEXT: bool(found.faint)
        or any(line.confidence < SURE_FROM for line in found.lines),
        ReadingWarning.TURNED: abs(found.angle) > 45,
        ReadingWarning.UNREAD_PART: found.unread,
        ReadingWarning.UNREAD_CODE: seen.unread,
        ReadingWarning.CUT_OFF: found.cut_off,
        ReadingWarning.RUNS_OFF: bool(runs_off),
        ReadingWarning.IDENTITY_CARD: shows_identity_card(found.lines, face),
        ReadingWarning.BANK_CARD: shows_bank_card(found.lines),
        ReadingWarning.SELFIE: shows_selfie(found.lines, codes, face),
        ReadingWarning.LOOK_ALIKE_ADDRESS: bool(imitating),
        ReadingWarning.HIDDEN_ADDRESS: any(hides_its_goal(host) for host in hosts),
        ReadingWarning.FIRST_FRAME_ONLY: not document and opened.facts.frames > 1,
        ReadingWarning.FIRST_PAGES_ONLY: document and opened.facts.frames > FIRST_PAGES,
    }
    return PictureReading(
        width=opened.width,
        height=opened.height,
        lines=found.lines,
        codes=codes,
        sha256=sha256(data),
        pdq=likeness.pdq,
        pdq_quality=likeness.quality,
        warnings=tuple(warning for warning, holds in warnings.items() if holds),
        milliseconds=watch.total,
        ads=found.ads,
        stages=tuple(watch.stages),
        look_alikes=imitating,
        chat=found.chat,
        runs_off=runs_off,
        faint=found.faint,
    )


class _Watch:
    """Milliseconds by stage."""

    def __init__(self) -> None:
        self._begun = self._last = perf_counter()
        self.stages: list[tuple[str, int]] = []

    def note(self, stage: str) -> None:
        """A stage is over."""
        now = perf_counter()
        self.stages.append((stage, round((now - self._last) * 1000)))
        self._last = now

    @property
    def total(self) -> int:
        return round((self._last - self._begun) * 1000)
