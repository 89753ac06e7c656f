"""Whether a picture is somebody's own: of an identity card, a bank card, a face.

Cards are known by the words that were read, an identity card of which few could be read by its portrait too; a bank card
without words by its number alone. Other papers that name their holder (passport, driving licence, social security card,
household register) count as identity cards: what is asked about them is the same.
"""

import re
from collections.abc import Sequence

from knowledge.pictures.codes import Code
from knowledge.pictures.faces import Face
from knowledge.pictures.lines import SURE_FROM, TextLine
from knowledge.pictures.private_numbers import holds_identity_number, is_card_number

_FRONT = ("姓名", "性别", "民族", "出生", "住址", "公民身份号码")
_BACK = ("居民身份证", "签发机关", "有效期限")
_OTHER_PAPERS = (
    ("机动车驾驶证", "准驾车型", "初次领证", "drivinglicense", "有效期限", "档案编号"),
    ("机动车行驶证", "号牌号码", "车辆识别代号", "发动机号码", "所有人", "使用性质"),
    ("护照", "passport", "签发机关", "surname", "givennames", "dateofbirth", "placeofbirth", "出生地点"),
    ("社会保障卡", "社会保障号", "发卡日期", "socialsecuritycard", "卡号"),
    ("常住人口登记", "居民户口簿", "户主", "与户主关系", "曾用名", "籍贯", "户别"),
    ("居住证", "通行证", "签发机关", "有效期限", "公民身份号码", "换证次数"),
)
"""What is printed on each; three of them and few words beside, and it is one."""
_MACHINE_READABLE = re.compile(r"P[<«K]?CHN[A-Z]{2,}|[A-Z]{2,}<<+[A-Z]{2,}")
"""The beginning of a passport's line for machines (ICAO 9303)."""
_LETTERS_ON_PAPERS = 260
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
_ADVERTISED = re.compile(r"电话|热线|微信|薇信|扫码|办理|代办|vx|qq|https?:|www\.|1[3-9]\d{9}", re.IGNORECASE)
_ASKED_TO_PAY = re.compile(r"收款|打款|转账|汇款|转到|汇到|账号|帐号|户名")
"""Then the number is somebody else's, to whom money is to go."""
_LETTERS_BESIDE_A_NUMBER = 40
"""A bank's name, a date, the holder's name: what is read on a card of which the number is embossed."""
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
    number = any(holds_identity_number(line.text) for line in lines)
    enough = 2 if face is not None and _letters(lines) <= MOST_LETTERS else 4
    back = sum(label in text for label in _BACK)
    state_emblem = "中华人民共和国" in text and "居民身份证" in text and _letters(lines) <= MOST_LETTERS
    return (
        labels >= enough
        or (number and labels >= 2)
        or back >= 2
        or state_emblem
        or _is_other_paper(lines, text)
    )


def _is_other_paper(lines: Sequence[TextLine], text: str) -> bool:
    if _letters(lines) > _LETTERS_ON_PAPERS or _ADVERTISED.search(text):
        return False
    low = text.lower()
    printed = max(sum(label in low for label in labels) for labels in _OTHER_PAPERS)
    return printed >= 3 or _MACHINE_READABLE.search(text) is not None


def _labels(text: str) -> int:
    return sum(label in text for label in _FRONT)


def shows_bank_card(lines: Sequence[TextLine]) -> bool:
    """Whether the writing is that of a bank card: a card's number alone on its line, and the words of a card, or next to
    nothing else."""
    others = [line for line in lines if not is_card_number(line.text)]
    if len(others) == len(lines):
        return False
    return _ON_CARDS.search(_closed_up(lines)) is not None or (
        _letters(others) <= _LETTERS_BESIDE_A_NUMBER
        and _CONTACT.search(_closed_up(others)) is None
        and _ASKED_TO_PAY.search(_closed_up(others)) is None
    )


def _closed_up(lines: Sequence[TextLine]) -> str:
    return re.sub(r"\s", "", "".join(line.text for line in lines))
