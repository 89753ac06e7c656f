"""What a citizen's own words tell of a tip: where, when, how much, with what contact. By a glance; matching
looks properly later. Total and pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from bot.conversation import vocabulary
from bot.conversation.understanding import any_in_text, any_of, fold, is_denied, is_latin, plain

_TIME = re.compile(any_in_text(vocabulary.TIMES))
_PLACE = re.compile(any_in_text(vocabulary.PLACES))
_CONTACT = re.compile(
    r"1[3-9]\d{9}|\d{3,4}-?\d{7,8}|\b400\d{7}|微信|vx|v信|加v|qq|http|www|\.com|\.cn|有限公司|公司|中心|工作室|(?i:app)"
)
_QUESTION = re.compile(
    r"[?？]|(?:吗|么|呢|多久|什么时候|怎么|咋|为啥|为什么|能不能|会不会|是不是|有没有|多少)"
    r"|^(?:is|are|am|do|does|did|can|could|should|would|will|may|how|what|why|when|where|who|which)\b"
)


def time_in(text: str) -> str:
    """When it was seen, in the citizen's own words; empty if nothing says so."""
    found = _TIME.search(fold(text))
    return found.group() if found else ""


def sounds_like_place(text: str) -> bool:
    """Whether the words are of the kind that places are told with."""
    return _PLACE.search(fold(text)) is not None


_SEEN_AT = re.compile(
    "(?:^|[，,。;；!！ ])(?:我|我们|俺|咱|刚才|昨天|今天|前天|早上|上午|下午|晚上|昨晚)*(?:在|路过)(?P<place>[^,，。;；!！?？]{2,16}?)(?:的时候)?[,， ]?"
    "(?=有人|有个|有一个|看到|看见|见到|碰到|碰见|遇到|遇见|听到|收到|贴|发(?!廊|现))"
)


def place_in(text: str) -> str:
    """Where it was seen, where a story says so (“在人民路菜场门口有人发传单”), in the citizen's own words; else empty."""
    found = _SEEN_AT.search(text)
    return found["place"].strip() if found and sounds_like_place(found["place"]) else ""


_STORY = re.compile(
    "说|讲|让我|叫我|拉我|拉人|骗|收费|收钱|要钱|投钱|投资|利息|贷款|征信|返利|返钱|保本|洗白"
    r"|\b(?:says?|said|told|promise[sd]?|asked|wants?|offer(?:s|ed)?|interest|loans?|invest(?:ment)?|profit|cheat(?:s|ed|ing)?)\b"
)


def sounds_like_story(text: str) -> bool:
    """Whether it tells what somebody said or offered, and names no place."""
    return _STORY.search(fold(text)) is not None and not sounds_like_place(text)


def has_contact(text: str) -> bool:
    """Whether a phone, account, address on the net or firm is in it, by a glance; matching looks properly
    later."""
    return _CONTACT.search(fold(text)) is not None


_REQUEST = re.compile(
    any_of(word for word in (*vocabulary.LEAD, *vocabulary.TAIL, *vocabulary.REQUEST) if not word.isascii())
)
_REQUEST_WORDS = frozenset(vocabulary.REQUEST)


def without_request(text: str) -> str:
    """What is left of “我要举报一个…” when the wish to report is taken away: the matter, or nothing."""
    if is_latin(text):
        return "".join(word for word in re.findall(r"[a-z0-9]+", fold(text)) if word not in _REQUEST_WORDS)
    return _REQUEST.sub("", plain(text))


def sounds_like_question(text: str) -> bool:
    """Whether something is being asked rather than told."""
    return _QUESTION.search(fold(text)) is not None


def mediums_in(text: str, words: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The codes whose words occur in the text, the longest word first."""
    heard = plain(text)
    hits = sorted(
        (
            (-len(word), code)
            for code, said in words.items()
            for word in said
            if word in heard and not is_denied(heard, heard.find(word))
        )
    )
    return tuple(dict.fromkeys(code for _, code in hits))


_DIGIT = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "几": 3}
_AMOUNT = re.compile(
    r"((?<!\d)\d+(?:\.\d+)?|[一二两三四五六七八九几]?十[一二三四五六七八九]?|[一二两三四五六七八九几])\s*(百万|千万|亿|万|w|千|k|百|元|块)(?!分之)"
)
_AMOUNT_ENGLISH = re.compile(
    r"(?:rmb|cny|yuan|¥|\$|hk\$|usd)?\s*(?<!\d)(\d+(?:\.\d+)?)\s*(k|thousand|million|yuan|rmb|dollars|bucks)\b"
    r"|(?:rmb|cny|yuan|¥|\$)\s*(\d+(?:\.\d+)?)"
)
_UNIT_ENGLISH: Final = {"k": 1_000, "thousand": 1_000, "million": 1_000_000}
_UNIT: Final = {
    "亿": 100_000_000,
    "千万": 10_000_000,
    "百万": 1_000_000,
    "万": 10_000,
    "w": 10_000,
    "千": 1_000,
    "k": 1_000,
    "百": 100,
    "元": 1,
    "块": 1,
}


def amount_band_in(text: str) -> str | None:
    """The band of the largest sum in the text, in yuan: under_10k, 10k_100k, 100k_1m, over_1m; None without
    a sum."""
    heard = fold(text).replace(",", "")
    sums = [_spoken(number) * _UNIT[unit] for number, unit in _AMOUNT.findall(heard)]
    sums += [
        float(number or alone) * _UNIT_ENGLISH.get(unit, 1)
        for number, unit, alone in _AMOUNT_ENGLISH.findall(heard)
    ]
    if not sums:
        return None
    largest = max(sums)
    for limit, band in ((10_000, "under_10k"), (100_000, "10k_100k"), (1_000_000, "100k_1m")):
        if largest < limit:
            return band
    return "over_1m"


def _spoken(number: str) -> float:
    if number[0].isascii():
        return float(number)
    if "十" in number:
        tens, _, ones = number.partition("十")
        return _DIGIT.get(tens, 1) * 10 + _DIGIT.get(ones, 0)
    return float(_DIGIT[number])
