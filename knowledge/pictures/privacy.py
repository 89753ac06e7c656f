"""What on a picture is somebody's own: an identity card, a bank card, a face; and the numbers that are covered.

Cards are known by the words that were read, an identity card of which few could be read by its portrait too. An ad
that names an account still names it by its last four digits: those stay.
"""

import re
from collections.abc import Iterator, Sequence

from PIL import Image, ImageDraw

from knowledge.pictures.codes import Box, Code
from knowledge.pictures.faces import Face
from knowledge.pictures.lines import SURE_FROM, TextLine

KEPT_DIGITS = 4
"""The last digits of a number, which stay legible: what people and banks tell cards apart by."""

_GAP = r"[ \t\-·.]?"
_IDENTITY = re.compile(
    rf"(?<!\d)(?:\d{_GAP}){{6}}(?:1{_GAP}9|2{_GAP}0){_GAP}(?:\d{_GAP}){{9}}[\dXx](?![\dA-Za-z])"
)
"""18 places: six of the region, eight of the birthday, three of the person, one check digit (GB 11643)."""
_CARD = re.compile(rf"(?<!\d)(?:\d{_GAP}){{15,18}}\d(?!\d)")
"""16–19 digits (ISO/IEC 7812-1; cards of Chinese banks mostly begin with 62)."""
_FRONT = ("姓名", "性别", "民族", "出生", "住址", "公民身份号码")
_BACK = ("居民身份证", "签发机关", "有效期限")
_ON_CARDS = re.compile(
    r"银联|union\s?pay|valid|thru|有效期|借记卡|储蓄卡|贷记卡|debit|credit|visa|master", re.IGNORECASE
)


MOST_LETTERS = 60
"""More than this and it is a leaflet or a screenshot, whoever's face is on it. A camera's own stamp (time, place)
has some forty."""
LEAST_SHARE = 0.02
"""Of the picture's area: a selfie's face has a tenth of it and more, a bust a fortieth; people in a street less."""
_LETTERS_FOR_A_FACE = 400
"""Letters that a face filling the whole picture would outweigh: a larger face may stand beside more of them."""
_CONTACT = re.compile(r"电话|手机|热线|微信|薇信|扫码|vx|qq|https?:|www\.|\d{7}", re.IGNORECASE)
"""What an ad has and a photograph of oneself has not."""
_DATE = re.compile(r"20\d\d[\-./年]\d{1,2}[\-./月]\d{1,2}日?")


def may_show_a_person(lines: Sequence[TextLine], codes: Sequence[Code]) -> bool:
    """Whether it is worth looking for a face: little is written on it and nobody advertises, or some of an identity
    card's labels were read."""
    return _is_nearly_bare(lines, codes) or _labels(_closed_up(lines)) >= 2


def shows_selfie(lines: Sequence[TextLine], codes: Sequence[Code], face: Face | None) -> bool:
    """Whether it is a picture of a person rather than of an ad: a large face and few words."""
    if face is None or face.share < LEAST_SHARE or not _is_nearly_bare(lines, codes):
        return False
    return _letters(lines) <= _LETTERS_FOR_A_FACE * face.share


def _is_nearly_bare(lines: Sequence[TextLine], codes: Sequence[Code]) -> bool:
    written = "\n".join(re.sub(r"[ \t\-]", "", _DATE.sub("/", line.text)) for line in lines)
    return not codes and _letters(lines) <= MOST_LETTERS and _CONTACT.search(written) is None


def _letters(lines: Sequence[TextLine]) -> int:
    sure = (line.text for line in lines if line.confidence >= SURE_FROM)
    return sum(letter.isalnum() for text in sure for letter in text)


def shows_identity_card(lines: Sequence[TextLine], face: Face | None = None) -> bool:
    """Whether the writing is that of an identity card: its printed labels, of which an ad has at most one. Beside a
    portrait fewer of them will do, where not much else is written.
    """
    text = _closed_up(lines)
    labels = _labels(text)
    number = any(_is_identity(found) for line in lines for found in _IDENTITY.finditer(line.text))
    enough = 2 if face is not None and _letters(lines) <= MOST_LETTERS else 4
    return labels >= enough or (number and labels >= 2) or sum(label in text for label in _BACK) >= 2


def _labels(text: str) -> int:
    return sum(label in text for label in _FRONT)


def shows_bank_card(lines: Sequence[TextLine]) -> bool:
    """Whether the writing is that of a bank card: a card's number alone on its line, and the words of a card."""
    alone = any(
        (found := _CARD.fullmatch(line.text.strip())) is not None and _is_card(found) for line in lines
    )
    return alone and _ON_CARDS.search(_closed_up(lines)) is not None


def private_boxes(lines: Sequence[TextLine]) -> tuple[Box, ...]:
    """What to cover, in pixels of the whole upright picture: each number but its last digits. In a line that
    is not level the whole line is covered, since where in its box the number stands is not known.
    """
    return tuple(box for line in lines for found in _numbers(line.text) for box in (_cover(line, found),))


def masked(text: str, *, identity_alone: bool = False) -> str:
    """The text with the same digits replaced by “*” that the copy covers."""
    letters = list(text)
    for begin, end in _numbers(text, identity_alone=identity_alone):
        letters[begin:end] = ["*" if letter.isalnum() else letter for letter in letters[begin:end]]
    return "".join(letters)


def covered(image: Image.Image, boxes: Sequence[Box], scale: float) -> Image.Image:
    """The picture with the boxes painted over; `scale`: pixels of the whole picture for one of `image`."""
    if not boxes:
        return image
    image = image.copy()
    draw = ImageDraw.Draw(image)
    for box in boxes:
        left, top, right, bottom = (edge / scale for edge in box)
        draw.rectangle((left, top, right, bottom), fill=(40, 40, 40))
    return image


def _numbers(text: str, *, identity_alone: bool = False) -> Iterator[tuple[int, int]]:
    """Where private numbers stand in a line, but for the digits that are kept."""
    taken: list[tuple[int, int]] = []
    sorts = ((_IDENTITY, _is_identity), (_CARD, _is_card))
    for pattern, is_one in sorts[:1] if identity_alone else sorts:
        for found in pattern.finditer(text):
            begin, end = found.span()
            if is_one(found) and not any(begin < until and since < end for since, until in taken):
                taken.append((begin, end))
                places = [place for place in range(begin, end) if text[place].isalnum()]
                yield begin, places[-KEPT_DIGITS]


def _is_identity(found: re.Match[str]) -> bool:
    """By the birthday alone: one digit misread must not leave a number uncovered."""
    digits = re.sub(r"[^\dXx]", "", found.group())
    return 1 <= int(digits[10:12]) <= 12 and 1 <= int(digits[12:14]) <= 31


def _is_card(found: re.Match[str]) -> bool:
    digits = re.sub(r"\D", "", found.group())
    return digits.startswith("62") or _luhn(digits)


def _luhn(digits: str) -> bool:
    """The check digit of ISO/IEC 7812-1."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _cover(line: TextLine, place: tuple[int, int]) -> Box:
    left, top, right, bottom = line.box
    begin, end = place
    widths = [2 if ord(letter) > 0x2E7F else 1 for letter in line.text]
    # A level line is about as long as its letters are wide; a tilted one has a box too tall for them.
    if bottom - top > 1.6 * 2 * (right - left) / max(1, sum(widths)):
        return line.box
    letter = (right - left) / sum(widths)
    begins, ends = left + letter * sum(widths[:begin]), left + letter * sum(widths[:end])
    return (max(left, round(begins - letter)), top, min(right, round(ends)), bottom)


def _closed_up(lines: Sequence[TextLine]) -> str:
    return re.sub(r"\s", "", "".join(line.text for line in lines))
