"""Whether a picture is somebody's own: of an identity card, a bank card, a face.

Cards are known by the words that were read, an identity card of which few could be read by its portrait too.
"""

import re
from collections.abc import Sequence

from knowledge.pictures.codes import Code
from knowledge.pictures.faces import Face
from knowledge.pictures.lines import SURE_FROM, TextLine
from knowledge.pictures.private_numbers import holds_identity_number, is_card_number

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
    number = any(holds_identity_number(line.text) for line in lines)
    enough = 2 if face is not None and _letters(lines) <= MOST_LETTERS else 4
    return labels >= enough or (number and labels >= 2) or sum(label in text for label in _BACK) >= 2


def _labels(text: str) -> int:
    return sum(label in text for label in _FRONT)


def shows_bank_card(lines: Sequence[TextLine]) -> bool:
    """Whether the writing is that of a bank card: a card's number alone on its line, and the words of a card."""
    alone = any(is_card_number(line.text) for line in lines)
    return alone and _ON_CARDS.search(_closed_up(lines)) is not None


def _closed_up(lines: Sequence[TextLine]) -> str:
    return re.sub(r"\s", "", "".join(line.text for line in lines))
