"""What may be learnt of a text: its wording, never whose it is.

Kept: the words of an advertisement or a message, names of companies, sums of money. Replaced: every contact, address
on the net and long number, a number plate, a date. A placeholder is of the same kind, because that a contact stands
there is itself telling. Then each clause is looked at: where it names a person or a place, or tells of whoever
writes, only such pieces of it are kept as speak of a scheme; the rest is dropped. What cannot be judged is dropped
too: an exemplar lives from the swindler's words.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from opencc import OpenCC

from knowledge.learning.oneself import is_of_oneself, kin_in, of_oneself_in
from knowledge.learning.people import people_in
from knowledge.learning.places import places_in
from knowledge.learning.wording import speaks_of_a_scheme, tokens, vocabulary
from knowledge.matching import IndicatorKind, Normalized, find_indicators, normalize
from knowledge.matching.indicators import in_digits

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
SHORTEST: Final = 6
"""Characters; of less than a clause nothing can be learnt."""
_PIECE: Final = 4
"""Characters of a clause beside a name that are worth keeping by themselves."""
_ROUNDS: Final = 6

_GAP: Final = r"[\s\-—–._*~/,:]{0,3}"
_MONEY_AFTER: Final = r"(?!\s*(?:多|余|来)?(?:元|块|万|亿|股|人次))"
_LONG_NUMBER: Final = re.compile(
    rf"(?<![\d.])\d(?:{_GAP}\d){{6,}}(?:{_GAP}x)?(?!\d){_MONEY_AFTER}|\d(?:{_GAP}\d){{11,}}(?:{_GAP}x)?"
)
_NUMBER: Final = re.compile(rf"(?<![\d.])(?!0+(?!\d))\d{{5,}}(?![\d.]){_MONEY_AFTER}")
_TAIL: Final = re.compile(
    r"(?:尾号|后四位|末四位|尾数|卡号|账号|工号|学号|编号|车牌号?|警号)[^0-9a-z,，。;；\n]{0,4}(?!0+(?!\d))(\d{3,})"
)
_PLATE: Final = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领]\s?[a-z][\s·•.\-]?(?=[a-z0-9]*\d)[a-z0-9]{4,5}[a-z0-9学警港澳挂]"
)
_AMOUNT: Final = "[0-9零〇一二三四五六七八九十两]"
_DATE: Final = re.compile(
    rf"(?:{_AMOUNT}{{2,4}}年{_AMOUNT}{{1,3}}月(?:{_AMOUNT}{{1,3}}[日号]?)?|{_AMOUNT}{{2,4}}年(?:出?生|生人|的人)|(?:农历|阴历|阳历|腊月|正月)[^，。,\n]{{0,2}}{_AMOUNT}{{1,3}}[日号]?|"
    rf"\d{{2,4}}[./\-]\d{{1,2}}[./\-]\d{{1,4}}(?!\d))"
)
_MAIL: Final = re.compile(
    r"[a-z0-9._+\-]+\s?(?:@|\(at\)|\[at\]|#at#|艾特)\s?[a-z0-9\-]+(?:\s?[.。点]\s?[a-z0-9\-]+)+"
)
_MIXED: Final = re.compile(r"(?<![a-z0-9_\-])(?=[a-z_\-]*\d)(?=[0-9_\-]*[a-z])[a-z0-9][a-z0-9_\-]{4,}")
_LATIN: Final = re.compile(r"(?<![a-z0-9_@.])[a-z]{3,}(?:[ ._\-][a-z]{2,})*(?![a-z0-9_@])")
_CLAUSE: Final = re.compile(r"[^，。！？；,!?;\n、]+[，。！？；,!?;\n、]*|[，。！？；,!?;\n、]+")
_FILLER: Final = {"name": "某某", "place": "某地", "kin": "家里人", "own": ""}


_SPOKEN: Final = "零〇洞幺么一壹二两贰三叁四肆五伍六陆七柒拐八捌九玖"
_SPOKEN_RUN: Final = re.compile(rf"[0-9{_SPOKEN}](?:[\s\-—–.·_*~、,，/]?[0-9{_SPOKEN}]){{6,}}")
_PUBLIC: Final = re.compile(r"1\d{4}|9[56]\d{3}|[48]00\d{7}|0+")
"""Hotlines and banks' numbers, and what a number was replaced with."""


def learnable(text: str, *, told: bool = False) -> str:
    """What may be learnt of a text, empty where that is less than a clause; of what may be learnt all may be.

    `told` says that a citizen wrote it: then also a clause is dropped that says nothing of a scheme and something of
    themself.
    """
    for _ in range(_ROUNDS):
        before = text
        text = mask(text)
        for view in (_plain, normalize):
            text = _sifted(text, view(text), told=told)
        if text == before:
            return text if _says_something(text) else ""
    return ""  # it would not settle, so it cannot be judged


def _says_something(text: str) -> bool:
    words = text
    for blank in (*PLACEHOLDERS.values(), *_FILLER.values(), "某日", "车牌", "name@example.com"):
        words = words.replace(blank, "")
    return len(text) >= SHORTEST and sum(char.isalpha() for char in words) >= _PIECE


def of_tip(*, on_pictures: str, words: str, place: str) -> str:
    """What may be learnt of a tip: what its pictures say or, where they say nothing, the reporter's words."""
    text, told = (on_pictures, False) if len(on_pictures.strip()) >= SHORTEST else (words, True)
    if len(place.strip()) >= 2:
        text = text.replace(place.strip(), _FILLER["place"])
    return learnable(text, told=told)


def as_kept(text: str) -> tuple[str, ...]:
    """What would be kept of the text, as an advertisement's and as a citizen's words."""
    return learnable(text), learnable(text, told=True)


def mask(text: str) -> str:
    """The text with every number, plate, date and address replaced; masking twice is masking once."""
    for _ in range(_ROUNDS):
        before, text = text, _masked(text)
        if text == before:
            return text
    return ""


def _masked(text: str) -> str:
    folded = normalize(text)
    kept = text[: folded.ends[-1]] if folded.cut and folded.ends else text
    found = [(*i.span, PLACEHOLDERS[i.kind]) for i in find_indicators(kept) if i.kind in PLACEHOLDERS]
    for start, end, placeholder in (*_numbers(folded.text), *_strange_letters(folded.text)):
        found.append((*folded.raw_span(start, end), placeholder))
    return _replaced(kept, found).strip()


def _numbers(text: str) -> Iterator[tuple[int, int, str]]:
    said = in_digits(text)
    for pattern, placeholder in (
        (_MAIL, "name@example.com"), (_DATE, "某日"), (_LONG_NUMBER, "0000000"), (_PLATE, "车牌"), (_TAIL, "0000"), (_NUMBER, "00000"),
    ):  # fmt: skip
        for hit in pattern.finditer(said):
            start, end = hit.span(pattern.groups)
            if not _PUBLIC.fullmatch(said[start:end]):
                yield start, end, placeholder
    for hit in _SPOKEN_RUN.finditer(text):
        if not hit[0].isascii():  # digits alone may be a sum
            yield *hit.span(), "0000000"


def _strange_letters(text: str) -> Iterator[tuple[int, int, str]]:
    """Words in Latin letters that are not the pack's, and what mixes letters with digits."""
    known = vocabulary().latin
    for pattern in (_MIXED, _LATIN):
        for hit in pattern.finditer(text):
            strange = any(len(word) > 2 and word not in known for word in re.findall(r"[a-z]+", hit[0]))
            if strange or (pattern is _MIXED and hit[0] not in PLACEHOLDERS.values()):
                yield *hit.span(), "xx"


def _replaced(text: str, found: list[tuple[int, int, str]]) -> str:
    pieces, end = [], 0
    for start, stop, placeholder in sorted(found, key=lambda f: (f[0], -f[1])):
        if start < end:
            continue
        pieces += [text[end:start], placeholder]
        end = stop
    return "".join([*pieces, text[end:]])


def _sifted(raw: str, view: Normalized, *, told: bool) -> str:
    """The raw text without what its view shows to be somebody's, clause by clause."""
    kept: list[str] = []
    label = False
    for clause in _CLAUSE.finditer(view.text):
        start, end = clause.span()
        said = clause[0].rstrip("，。！？；,!?;\n、 ")
        follows, label = label, _LABEL_ALONE.search(said) is not None
        # 举报人： and the name on the next line
        spans = ((0, len(said), "own"),) if follows or label else _somebodys(said, told)
        if not spans and not (told and is_of_oneself(said) and not speaks_of_a_scheme(said)):
            kept.append(raw[slice(*view.raw_span(start, end))])
            continue
        after = raw[slice(*view.raw_span(start + len(said), end))]
        kept.append(_pieces(raw, view, start, said, spans) + after)
    return re.sub(r"[，,、;；\s]*([。！？!?\n])|([，,、;；])[，,、;；]+", r"\1\2", "".join(kept)).strip(
        "，,、;； "
    )


@lru_cache(maxsize=4096)
def _somebodys(said: str, told: bool) -> tuple[tuple[int, int, str], ...]:
    words = tokens(said)
    spans = [(*span, "name") for span in people_in(said, words)]
    spans += [(*span, "place") for span in places_in(said, words)]
    spans += [(*span, "own") for span in of_oneself_in(said, may_quote=not told and not spans)]
    spans += [(*span, "kin") for span in kin_in(said)]
    return tuple(sorted((start, end, kind) for start, end, kind in spans if end > start))


def _pieces(
    raw: str, view: Normalized, start: int, said: str, spans: tuple[tuple[int, int, str], ...]
) -> str:
    """What of a clause speaks of a scheme by itself, with a blank for whom or what was named."""
    pieces: list[str] = []
    done = 0
    for first, last, kind in (*spans, (len(said), len(said), "")):
        if first > done:
            piece = said[done:first]
            if len(piece) >= _PIECE and speaks_of_a_scheme(piece):
                pieces.append(raw[slice(*view.raw_span(start + done, start + first))])
        if last > done or kind == "":
            pieces.append(_FILLER.get(kind, ""))
        done = max(done, last)
    text = "".join(pieces)
    return text if speaks_of_a_scheme(normalize(text).text) else ""


def _plain(text: str) -> Normalized:
    """The text with its characters in their usual form and nothing undone: a name that sounds like a finance word
    is one here."""
    shown: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for index, char in enumerate(text):
        folded = _usual(char)
        shown.append(folded)
        starts += [index] * len(folded)
        ends += [index + 1] * len(folded)
    return Normalized("".join(shown), tuple(starts), tuple(ends), {}, 0.0)


@lru_cache(maxsize=1 << 14)
def _usual(char: str) -> str:
    if unicodedata.category(char) in ("Cf", "Cc", "Cs", "Co", "Mn", "Me") and char != "\n":
        return ""
    return "".join(_SIMPLIFIED.convert(c) for c in unicodedata.normalize("NFKC", char)).lower()


_SIMPLIFIED: Final = OpenCC("t2s")
_LABEL_ALONE: Final = re.compile(
    r"(?:举报人|投诉人|反映人|报案人|联系人|姓名|名字|署名|落款|签名|住址|地址|身份证号码?|出生日期|生日|此致|敬礼|户名|收款人|持卡人|机主)[:：]?$"
)
