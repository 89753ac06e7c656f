"""The languages a citizen can be spoken to in, and how one is guessed before it is chosen. Total and pure."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Final

from opencc import OpenCC


class Language(StrEnum):
    """What a citizen reads. A language that is not there is the first one."""

    SIMPLIFIED = "zh-Hans"
    TRADITIONAL = "zh-Hant"
    ENGLISH = "en"

    @classmethod
    def _missing_(cls, value: object) -> "Language":
        return cls.SIMPLIFIED


NAMES: Final[Mapping[Language, str]] = MappingProxyType(
    {Language.SIMPLIFIED: "简体中文", Language.TRADITIONAL: "繁體中文", Language.ENGLISH: "English"}
)
"""Each language in its own words, which is how it is offered whatever is spoken now."""

_TRADITIONAL_TAG = re.compile(r"zh[-_](?:\w+[-_])*(?:hant|tw|hk|mo)(?![a-z])", re.IGNORECASE)
_WEIGHT = re.compile(r";\s*q=([0-9.]+)")


def guessed_from_tag(tags: str) -> Language | None:
    """The first language that we speak in a platform's tag (“zh-TW”) or a browser's Accept-Language list, the
    most wanted one first; None where there is none of ours."""
    wanted = []
    for position, part in enumerate(tags.split(",")):
        weight = _WEIGHT.search(part)
        wanted.append((-_as_number(weight.group(1) if weight else "1"), position, part.strip().lower()))
    for _, _, tag in sorted(wanted):
        if _TRADITIONAL_TAG.match(tag):
            return Language.TRADITIONAL
        if re.match(r"zh(?![a-z])", tag):
            return Language.SIMPLIFIED
        if re.match(r"en(?![a-z])", tag):
            return Language.ENGLISH
    return None


def _as_number(weight: str) -> float:
    try:
        return float(weight)
    except ValueError:
        return 0.0


_HAN = re.compile(r"[\u3400-\u9fff]")
_ENGLISH_WORD = re.compile(
    r"\b(?:i|i'm|my|me|you|your|we|they|them|the|is|are|was|this|that|to|of|for|and|a|an|in|on|can|could|do|does|have|has"
    r"|want|need|please|help|report|scam|money|what|how|where|who|someone|english|am|it|it's|not|don't|can't|he|she|his|her|there|which|when|why"
    r"|would|should|will|with|at|from|be|very|too|old|people|person|phone|photo|picture|big|bigger|small|letters|wrong|wait|thank|again|talk|speak)\b"
)
_SURE_OF_ENGLISH: Final = 2


def guessed_from_words(text: str, now: Language) -> Language | None:
    """What somebody writes in, who has been spoken to in `now`; None where a word or two do not tell: “hello” and
    “ok” are said by everybody, and “你好” is written alike in both kinds of characters."""
    begun = text[:400]
    if not _HAN.search(begun):
        heard = set(_ENGLISH_WORD.findall(begun.lower()))
        return Language.ENGLISH if len(heard) >= _SURE_OF_ENGLISH else None
    traditional = sum(c in TO_SIMPLIFIED for c in begun)
    simplified = sum(c in _SIMPLE for c in begun)
    if traditional > simplified:
        return Language.TRADITIONAL
    if simplified:
        return Language.SIMPLIFIED
    return Language.SIMPLIFIED if now is Language.ENGLISH else None


def _character_table() -> Mapping[str, str]:
    everything = "".join(map(chr, range(0x3400, 0xA000)))
    simple = OpenCC("t2s").convert("\n".join(everything)).split("\n")
    return {old: new for old, new in zip(everything, simple, strict=True) if old != new and len(new) == 1}


TO_SIMPLIFIED: Final[Mapping[str, str]] = MappingProxyType(_character_table())
"""Each traditional character and its simplified form. For understanding only: evidence is never changed by it."""

_SIMPLE: Final = frozenset(TO_SIMPLIFIED.values()) - frozenset(
    OpenCC("s2t").convert("".join(sorted(set(TO_SIMPLIFIED.values()))))
)
"""Characters that are written in simplified texts only."""


@cache
def _to_traditional() -> OpenCC:
    return OpenCC("s2tw")


_WORDS: Final = (
    ("“", "「"), ("”", "」"), ("‘", "『"), ("’", "』"),
    ("短視頻", "短影片"), ("視頻", "影片"), ("鏈接", "連結"), ("賬號", "帳號"), ("賬戶", "帳戶"), ("賬單", "帳單"),
    ("轉賬", "轉帳"), ("到賬", "到帳"), ("走賬", "走帳"), ("過賬", "過帳"), ("掛賬", "掛帳"), ("賬", "帳"),
    ("相冊", "相簿"), ("小區", "社區"), ("菜場", "菜市場"), ("咱們", "我們"), ("這兒", "這裡"), ("哪兒", "哪裡"),
    ("二維碼", "QR 碼"), ("聊天記錄", "聊天紀錄"), ("信用記錄", "信用紀錄"), ("轉帳記錄", "轉帳紀錄"),
    ("短信", "簡訊"),
    ("人頭髮", "人頭發"),
    ("臺", "台"),
    ("合並", "合併"),
    ("信息", "訊息"), ("籤", "簽"), ("標簽", "標籤"), ("書簽", "書籤"), ("抽簽", "抽籤"), ("好嘞", "好的"), ("菜市場市場", "菜市場"),
)  # fmt: skip
"""Where the words differ and not only the characters: the ones that readers in Taiwan and in Hong Kong both use."""


def in_traditional(text: str) -> str:
    """The same in traditional characters, with the words and the quotation marks that go with them."""
    converted: str = _to_traditional().convert(text)
    for word, other in _WORDS:
        converted = converted.replace(word, other)
    return converted
