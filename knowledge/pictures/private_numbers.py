"""Numbers of identity cards and bank cards on a picture: found, masked in the text and covered on the copy.

An ad that names an account still names it by its last four digits: those stay. A number may be misread, spaced out or
broken into two lines; where a card or a label says that there is one, whatever is about as long is taken for it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from PIL import Image, ImageDraw

from knowledge.pictures.lines import TextLine
from knowledge.pictures.symbols import Box

KEPT_DIGITS = 4
"""The last digits of a number, which stay legible: what people and banks tell cards apart by."""

Span = tuple[int, int]
"""Where a number stands in a line, but for the digits that are kept."""

_GAP = r"[ \t\-·.]{0,2}"
_IDENTITY = re.compile(
    rf"(?<!\d)(?:\d{_GAP}){{6}}(?:1{_GAP}9|2{_GAP}0){_GAP}(?:\d{_GAP}){{9}}[\dXx](?![\dA-Za-z])"
)
"""18 places: six of the region, eight of the birthday, three of the person, one check digit (GB 11643)."""
_CARD = re.compile(rf"(?<!\d)(?:\d{_GAP}){{15,18}}\d(?!\d)")
"""16–19 digits (ISO/IEC 7812-1; cards of Chinese banks mostly begin with 62)."""
_LONG = re.compile(rf"(?<!\d)(?:\d{_GAP}){{13,18}}[\dXx](?!\d)")
"""14–19 places: what is left of such a number when digits of it were lost."""
_IDENTITY_LABEL = re.compile(r"身份证号|身份证[:：]|身份号码")
_ANY_LABEL = re.compile(rf"{_IDENTITY_LABEL.pattern}|卡号|[账帐][号户]|银行卡|储蓄卡")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_END = re.compile(rf"(?<!\d)(?:\d{_GAP}){{5,}}$")
_BEGINNING = re.compile(rf"^(?:\d{_GAP})*[\dXx](?![\dA-Za-z])")

_GROUP = re.compile(rf"(?:\d{_GAP}){{2,8}}")
_GROUP_AT_END = re.compile(rf"(?<!\d)(?:\d{_GAP}){{2,8}}$")

_MISREAD = str.maketrans("OoQDIl|!SBZ", "00001111582")
"""Letters that digits are misread as, one for one."""
_REAL_DIGITS = 12
"""As many of a number must have been read as digits for its letters to be taken for digits too."""


def holds_identity_number(text: str) -> bool:
    """Whether an identity card's number stands in the text."""
    return any(_is_identity(found.group()) for found in _IDENTITY.finditer(text))


def is_card_number(text: str) -> bool:
    """Whether the text is a bank card's number and nothing else."""
    return _CARD.fullmatch(text.strip()) is not None and _is_card(text)


def private_boxes(
    lines: Sequence[TextLine], *, on_card: bool = False, turned: bool = False
) -> tuple[Box, ...]:
    """What to cover, in pixels of the whole upright picture: each number but its last digits. In a line that is not
    level, or where the writing is `turned`, all of the line is covered, since where in its box the number stands is not
    known. `on_card`: the picture is of a card, whose number may be badly read.
    """
    found = _spans([line.text for line in lines], on_card=on_card)
    return tuple(
        line.box if turned else _cover(line, span)
        for line, spans in zip(lines, found, strict=True)
        for span in spans
    )


def masked(text: str, *, identity_alone: bool = False, on_card: bool = False) -> str:
    """The text, line by line, with the same digits replaced by “*” that the copy covers."""
    lines = text.split("\n")
    found = _spans(lines, identity_alone=identity_alone, on_card=on_card)
    return "\n".join(_starred(line, spans) for line, spans in zip(lines, found, strict=True))


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


def _starred(line: str, spans: Sequence[Span]) -> str:
    letters = list(line)
    for begin, end in spans:
        letters[begin:end] = ["*" if letter.isalnum() else letter for letter in letters[begin:end]]
    return "".join(letters)


def _spans(texts: Sequence[str], *, identity_alone: bool = False, on_card: bool = False) -> list[list[Span]]:
    """The numbers in each line; `identity_alone`: those of identity cards only."""
    folded = [text.translate(_MISREAD) for text in texts]
    label = _IDENTITY_LABEL if identity_alone else _ANY_LABEL
    found: list[list[Span]] = []
    before = ""
    for text, digits in zip(texts, folded, strict=True):
        is_named = on_card or label.search(f"{before}\n{text}") is not None
        found.append(list(_in_line(text, digits, identity_alone, is_named)))
        before = text
    for place, (upper, lower) in enumerate(pairwise(folded)):
        if not found[place] and not found[place + 1]:
            for one, span in zip((place, place + 1), _over_two(upper, lower, identity_alone), strict=False):
                found[one].append(span)
    for place in range(len(folded)):
        for count in (5, 4, 3):
            here = range(place, min(place + count, len(folded)))
            if len(here) == count and not any(found[one] for one in here):
                for one, span in zip(
                    here, _over_more([folded[one] for one in here], identity_alone), strict=False
                ):
                    found[one].append(span)
    return found


def _in_line(text: str, digits: str, identity_alone: bool, is_named: bool) -> Iterator[Span]:
    taken: list[Span] = []
    sorts: list[tuple[re.Pattern[str], Callable[[str], bool]]] = [(_IDENTITY, _is_identity)]
    sorts += [] if identity_alone else [(_CARD, _is_card)]
    sorts += [(_LONG, bool)] if is_named else []
    for pattern, is_one in sorts:
        for hit in pattern.finditer(digits):
            begin, end = hit.span()
            really = sum(letter.isdigit() for letter in text[begin:end])
            is_free = not any(begin < until and since < end for since, until in taken)
            if is_free and really >= _REAL_DIGITS and is_one(hit.group()):
                taken.append((begin, end))
                yield begin, _kept_from(digits, begin, end)


def _over_two(upper: str, lower: str, identity_alone: bool) -> tuple[Span, Span] | tuple[()]:
    """A number of which the first line has the beginning and the second one the rest."""
    upper = upper.rstrip()
    end, beginning = _END.search(upper), _BEGINNING.match(lower)
    if end is None or beginning is None or _MOBILE.fullmatch(_closed(end.group())):
        return ()
    whole = _closed(end.group() + beginning.group())
    is_identity = _IDENTITY.fullmatch(whole) is not None and _is_identity(whole)
    is_card = not identity_alone and _CARD.fullmatch(whole) is not None and _is_card(whole)
    if not is_identity and not is_card:
        return ()
    below = _closed(beginning.group())
    if len(below) >= KEPT_DIGITS:
        return end.span(), (beginning.start(), _kept_from(lower, *beginning.span()))
    kept_above = KEPT_DIGITS - len(below)
    places = [place for place in range(*end.span()) if upper[place].isalnum()]
    return (end.start(), places[-kept_above]), (0, 0)


def _over_more(parts: Sequence[str], identity_alone: bool) -> list[Span]:
    """A number in groups below each other, nothing else on their lines but before the first and behind the last."""
    first, *middle, last = (part.strip() for part in parts)
    end, beginning = _GROUP_AT_END.search(first), _BEGINNING.match(last)
    if end is None or beginning is None or not all(_GROUP.fullmatch(part) for part in middle):
        return []
    whole = _closed("".join([end.group(), *middle, beginning.group()]))
    is_identity = _IDENTITY.fullmatch(whole) is not None and _is_identity(whole)
    is_card = not identity_alone and _CARD.fullmatch(whole) is not None and _is_card(whole)
    if not is_identity and not is_card:
        return []
    below = len(_closed(beginning.group()))
    kept = _kept_from(last, *beginning.span()) if below > KEPT_DIGITS else 0
    spans = [(len(parts[0]) - len(parts[0].lstrip()) + end.start(), len(parts[0].rstrip()))]
    spans += [(0, len(part)) for part in parts[1:-1]]
    return [*spans, (0, kept)] if kept else spans


def _kept_from(text: str, begin: int, end: int) -> int:
    return [place for place in range(begin, end) if text[place].isalnum()][-KEPT_DIGITS]


def _closed(number: str) -> str:
    return re.sub(r"[^\dXx]", "", number)


def _is_identity(number: str) -> bool:
    """By the birthday alone: one digit misread must not leave a number uncovered."""
    digits = _closed(number)
    return 1 <= int(digits[10:12]) <= 12 and 1 <= int(digits[12:14]) <= 31


def _is_card(number: str) -> bool:
    digits = re.sub(r"\D", "", number)
    return digits.startswith("62") or _luhn(digits)


def _luhn(digits: str) -> bool:
    """The check digit of ISO/IEC 7812-1."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _cover(line: TextLine, span: Span) -> Box:
    left, top, right, bottom = line.box
    begin, end = span
    widths = [2 if ord(letter) > 0x2E7F else 1 for letter in line.text]
    # A level line is about as long as its letters are wide; a tilted one has a box too tall for them.
    if bottom - top > 1.6 * 2 * (right - left) / max(1, sum(widths)):
        return line.box
    letter = (right - left) / sum(widths)
    begins, ends = left + letter * sum(widths[:begin]), left + letter * sum(widths[:end])
    return (max(left, round(begins - letter)), top, min(right, round(ends)), bottom)
