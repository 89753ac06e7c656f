"""What may be learnt of a text: its wording, never whose it is.

Kept: the words of an advertisement or message, names of companies, sums of money. Replaced: telephone
numbers, WeChat and QQ numbers, addresses on the net and of mail, account numbers with their payee, identity
numbers and any other run of seven digits or more. A placeholder is of the same kind, because that a contact
stands there is itself telling. Of a tip only what its pictures say is kept; where it has none, the
reporter's words without the place they named and without the clauses in which they speak of themself.
"""

import re
from typing import Final

from knowledge.matching import IndicatorKind, find_indicators, normalize

PLACEHOLDERS: Final = {
    IndicatorKind.PHONE: "13800000000",
    IndicatorKind.WECHAT: "weixin_000",
    IndicatorKind.QQ: "100000000",
    IndicatorKind.TELEGRAM: "telegram_000",
    IndicatorKind.WHATSAPP: "10000000000",
    IndicatorKind.DOUYIN: "douyin_000",
    IndicatorKind.URL: "example.com",
    IndicatorKind.PAYEE: "0000000000000000",
}
_LONG_NUMBER = re.compile(r"(?<![\d.])\d(?:[\s\-]?\d){6,}x?(?!\d)(?!\s*(?:元|块|万|亿))")
_MAIL = re.compile(r"[a-z0-9._+\-]+@[a-z0-9\-]+(?:\.[a-z0-9\-]+)+")
_CLAUSE = re.compile(r"[^，。！？；,!?;\n]*[，。！？；,!?;\n]?")
_ONESELF = re.compile(
    r"我叫|我是|我姓|我们?家|我住|我的?(?:电话|手机|微信|名字|姓名|地址|单位|身份证|银行卡)|本人|姓名|家住|住在|住址|"
    r"联系我|打我|找我|身份证|小区|号楼|单元|门牌"
)
SHORTEST: Final = 6
"""Characters; of less than a clause nothing can be learnt."""


def mask(text: str) -> str:
    """The text with every number and address replaced; masking twice is masking once."""
    folded = normalize(text)
    kept = text[: folded.ends[-1]] if folded.cut and folded.ends else text
    found = [(*i.span, PLACEHOLDERS[i.kind]) for i in find_indicators(kept) if i.kind in PLACEHOLDERS]
    for pattern, placeholder in ((_MAIL, "name@example.com"), (_LONG_NUMBER, "0000000")):
        found += [(*folded.raw_span(*hit.span()), placeholder) for hit in pattern.finditer(folded.text)]
    pieces, end = [], 0
    for start, stop, placeholder in sorted(found, key=lambda f: (f[0], -f[1])):
        if start < end:
            continue
        pieces += [kept[end:start], placeholder]
        end = stop
    return "".join([*pieces, kept[end:]]).strip()


def of_tip(*, on_pictures: str, words: str, place: str) -> str:
    """What may be learnt of a tip; empty where nothing is left."""
    if len(on_pictures.strip()) >= SHORTEST:
        return mask(on_pictures)
    clauses = [c for c in _CLAUSE.findall(words) if c and not _ONESELF.search(normalize(c).text)]
    text = "".join(clauses)
    if len(place.strip()) >= 2:
        text = text.replace(place.strip(), "某地")
    masked = mask(text)
    return masked if len(masked) >= SHORTEST else ""
