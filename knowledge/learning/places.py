"""Where a text names a place narrow enough to find somebody by: a village, an estate, a house, a school, a works."""

import re
from collections.abc import Iterator
from typing import Final

from knowledge.learning.wording import Token, is_general, vocabulary

Span = tuple[int, int]

_KIND: Final = (
    "自治区|自治州|街道办|街道|小区|社区|花园|花苑|公寓|大厦|家园|新村|新城|家属院|大院|胡同|大道|广场|小学|中学|一中|二中|三中|大学|学院|学校|幼儿园|医院|卫生院|"
    "卫生室|派出所|居委会|村委会|村民组|生产队|大队|车间|机械厂|纺织厂|厂|矿|省|市|区|县|镇|乡|村|屯|寨|庄|街|路|巷|弄|苑|园|湾|坪|沟|堡|营|塘"
)
_ENDS_AS_PLACE: Final = re.compile(rf"(?:{_KIND})$")
_NARROW: Final = frozenset("街路巷弄村镇乡屯寨庄厂矿县区市省苑湾坪沟堡营塘")
_DIVISIONS: Final = frozenset("区县镇乡村市省")
_AMOUNT: Final = "[0-9零〇一二两三四五六七八九十百]"
_HOUSE: Final = re.compile(
    rf"{_AMOUNT}+\s?(?:号楼|号院|号房|号门|栋|幢|座|单元|室|弄|大队|生产队|组(?![织合团成员建长])|门牌|号铺|层(?!次|级|面|层))|(?:[a-z]|[东南西北])(?:座|栋|区)(?![0-9a-z别域块])|"
    rf"(?:路|街|巷|弄|道|村|胡同|里)\s?{_AMOUNT}+\s?号|门牌号?|单元楼"
)
_BEFORE: Final = (
    "n",
    "ns",
    "nr",
    "nz",
    "nt",
    "a",
    "b",
    "j",
    "i",
    "l",
    "g",
    "z",
    "s",
    "vn",
    "eng",
    "x",
    "m",
    "t",
)
"""Parts of speech that make a general word for a place a certain one: 幸福小区, 实验小学."""


def places_in(text: str, words: list[Token]) -> Iterator[Span]:
    """Where a normalised text names a place; `words` are its tokens."""
    for match in _HOUSE.finditer(text):
        yield match.span()
    for number, token in enumerate(words):
        if token.kind in ("ns", "nsf") and len(token.word) > 1 and not _is_known(token.word):
            yield token.start, token.end
            continue
        if not _ENDS_AS_PLACE.search(token.word):
            continue
        is_name = (
            token.kind.startswith(("ns", "nt", "nr", "nz"))
            or not is_general(token.word)
            or (len(token.word) > 2 and token.word[-1] in _DIVISIONS)
        )
        if is_name and len(token.word) > 1 and not _is_known(token.word):
            yield token.start, token.end
        elif re.fullmatch(_KIND, token.word) or token.word in _NARROW:
            start = _name_before(words, number)
            if start is not None and not _is_known(text[start : token.end]):
                yield start, token.end


def _name_before(words: list[Token], number: int) -> int | None:
    """Where the name of the place begins that stands before a general word for one; None where there is none."""
    start: int | None = None
    narrow = words[number].word in _NARROW
    for token in reversed(words[max(0, number - 3) : number]):
        fits = token.kind.startswith(_BEFORE) and not re.fullmatch(r"[\W_]+", token.word)
        verb = narrow and token.kind.startswith("v") and len(token.word) == 2 and start is None
        if token.word.isdigit() or not (fits or verb or (token.kind == "f" and start is None and narrow)):
            break
        start = token.start
    return start


def _is_known(word: str) -> bool:
    return word in vocabulary().words or (len(word) > 2 and word in vocabulary().text)
